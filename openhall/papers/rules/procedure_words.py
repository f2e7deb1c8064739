"""The values of the papers that the longer procedure gives. 行政许可法 34–36, 45–50, 69–79.

Beside ``papers``; the words around them stand in ``procedure_templates`` or in an office's own
version.
"""

from collections.abc import Sequence
from datetime import date

from openhall.papers.rules.words import Matter, Told, spoken
from openhall.papers.terms import PaperKind


def hearing_right(matter: Matter, why: str, ask_by: date) -> Told:
    """听证权利告知书."""
    return Told(PaperKind.HEARING_RIGHT, matter, 重大利益=why, 申请听证期限=spoken(ask_by))


def hearing(matter: Matter, held_on: date, place: str, host: str, days: int) -> Told:
    """听证通知书, which is also the written notice of the time excluded."""
    return Told(
        PaperKind.HEARING,
        matter,
        听证日期=spoken(held_on),
        听证地点=place,
        主持人=host,
        所需天数=str(days),
    )


def minutes(matter: Matter, held_on: date, host: str, said: str) -> Told:
    """听证笔录: the decision is taken on its ground."""
    return Told(PaperKind.MINUTES, matter, 听证日期=spoken(held_on), 主持人=host, 笔录=said)


def site_check(matter: Matter, on: date, place: str, officers: Sequence[str], found: str) -> Told:
    """实地核查笔录, signed by at least two."""
    return Told(
        PaperKind.SITE_CHECK,
        matter,
        核查日期=spoken(on),
        核查地点=place,
        核查人员="、".join(officers),
        核查情况=found,
    )


def forwarding(matter: Matter, superior: str, opinion: str, due: date) -> Told:
    """转报函: the opinion and all papers, which the applicant need not bring again."""
    return Told(
        PaperKind.FORWARDING, matter, 上级机关=superior, 审查意见=opinion, 审查期限=spoken(due)
    )


def consultation(matter: Matter, asked: str, question: str, due: date) -> Told:
    """征求意见函."""
    return Told(
        PaperKind.CONSULTATION, matter, 被征求单位=asked, 问题=question, 意见期限=spoken(due)
    )


def licence(matter: Matter, number: str, issued: date, until: date | None) -> Told:
    """许可证件."""
    term = f"有效期至{spoken(until)}" if until else "长期有效"
    return Told(PaperKind.LICENCE, matter, 许可编号=number, 生效日期=spoken(issued), 有效期=term)


def renewal(
    matter: Matter,
    number: str,
    until: date | None,
    *,
    granted: bool,
    deemed: bool = False,
    reason: str = "",
    remedy: str = "",
) -> Told:
    """延续决定书."""
    how = "准予延续" if granted else "不予延续"
    if deemed:
        how = "的延续申请，在有效期届满前未作出决定，视为准予延续"
    return Told(
        PaperKind.RENEWAL,
        matter,
        许可编号=number,
        延续情形=how,
        延续至=spoken(until) if granted else "",
        理由=reason,
        救济途径="" if granted else remedy,
    )


def change(
    matter: Matter, number: str, what: str, *, granted: bool, reason: str, remedy: str = ""
) -> Told:
    """变更决定书."""
    return Told(
        PaperKind.CHANGE,
        matter,
        许可编号=number,
        变更内容=what,
        决定="符合法定条件、标准，准予变更" if granted else "不予变更",
        理由=reason,
        救济途径="" if granted else remedy,
    )


def ended(
    kind: PaperKind, matter: Matter, number: str, ground: str, basis: str, why: str, remedy: str
) -> Told:
    """撤销决定书 and 注销决定书, on the very clause."""
    return Told(
        kind, matter, 许可编号=number, 情形=ground, 法律依据=basis, 理由=why, 救济途径=remedy
    )


def ban(matter: Matter, sentence: str, basis: str, why: str, remedy: str) -> Told:
    """不得再次申请告知书."""
    return Told(PaperKind.BAN, matter, 限制申请=sentence, 法律依据=basis, 理由=why, 救济途径=remedy)
