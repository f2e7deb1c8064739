"""The words of the papers that the longer procedure gives. 行政许可法 34–36, 42, 46–50, 69–79.

Beside ``papers``, whose :class:`Matter` says what every paper says of its case.
"""

from collections.abc import Sequence
from datetime import date

from openhall.cases.rules.papers import Matter, spoken


def extension(matter: Matter, days: int, reason: str, approved_by: str) -> list[str]:
    """延长期限告知书: by whom, by how much, why, until when."""
    until = f"本机关承诺在{spoken(matter.promise)}（含当日）前办结"
    if matter.statutory is not None:
        until += f"，法定期限至{spoken(matter.statutory)}"
    return [
        f"“{matter.item}”申请不能在原定期限内作出决定。经{approved_by}批准，"
        f"办理期限延长{days}个工作日（《行政许可法》第四十二条）。",
        f"延长的理由：{reason}",
        until + "。",
    ]


def hearing_right(matter: Matter, why: str, ask_by: date) -> list[str]:
    """听证权利告知书."""
    return [
        f"“{matter.item}”申请直接涉及您（单位）与他人之间的重大利益关系：{why}",
        f"您（单位）有权要求听证。请在{spoken(ask_by)}（含当日）前提出；"
        "申请人、利害关系人不承担组织听证的费用（《行政许可法》第四十七条）。",
    ]


def hearing(matter: Matter, held_on: date, place: str, host: str, days: int) -> list[str]:
    """听证通知书, which is also the written notice of the time excluded."""
    return [
        f"“{matter.item}”申请的听证定于{spoken(held_on)}在{place}举行，主持人：{host}。"
        "认为主持人与本件有直接利害关系的，有权申请回避（《行政许可法》第四十八条）。",
        f"听证所需时间{days}个工作日，不计算在办理期限内（《行政许可法》第四十五条）。",
        "申请人、利害关系人不承担组织听证的费用。",
    ]


def minutes(matter: Matter, held_on: date, host: str, said: str) -> list[str]:
    """听证笔录: the decision is taken on its ground."""
    return [
        f"“{matter.item}”申请的听证于{spoken(held_on)}举行，主持人：{host}。",
        said,
        "本笔录交听证参加人确认无误后签字或者盖章；行政许可决定根据听证笔录作出"
        "（《行政许可法》第四十八条）。",
    ]


def site_check(
    matter: Matter, on: date, place: str, officers: Sequence[str], found: str
) -> list[str]:
    """实地核查笔录, signed by at least two."""
    return [
        f"{spoken(on)}，工作人员{'、'.join(officers)}对“{matter.item}”申请在{place}进行了核查"
        "（《行政许可法》第三十四条）。",
        f"核查情况：{found}",
    ]


def forwarding(matter: Matter, superior: str, opinion: str, due: date) -> list[str]:
    """转报函: the opinion and all papers, which the applicant need not bring again."""
    return [
        f"现将“{matter.item}”申请的初步审查意见和全部申请材料报送{superior}。",
        f"初步审查意见：{opinion}",
        f"请在{spoken(due)}前审查决定；不得要求申请人重复提供申请材料（《行政许可法》第三十五条）。",
    ]


def consultation(matter: Matter, asked: str, question: str, due: date) -> list[str]:
    """征求意见函."""
    return [
        f"{asked}：“{matter.item}”申请办理中需要征求贵单位意见。",
        f"征求的问题：{question}",
        f"请在{spoken(due)}前答复同意、不同意并说明理由，或者同意但需转报。",
    ]


def licence(matter: Matter, number: str, issued: date, until: date | None) -> list[str]:
    """许可证件."""
    term = f"有效期至{spoken(until)}" if until else "长期有效"
    return [
        f"经依法审查，准予“{matter.item}”。许可编号：{number}。",
        f"自{spoken(issued)}起生效，{term}（《行政许可法》第三十九条）。",
    ]


def renewal(
    matter: Matter, number: str, until: date | None, *, granted: bool, deemed: bool, reason: str
) -> list[str]:
    """延续决定书."""
    if deemed:
        return [
            f"许可“{number}”（{matter.item}）的延续申请，在有效期届满前未作出决定，"
            f"视为准予延续，有效期至{spoken(until)}（《行政许可法》第五十条）。"
        ]
    if granted:
        return [
            f"许可“{number}”（{matter.item}）准予延续，有效期至{spoken(until)}"
            "（《行政许可法》第五十条）。"
        ]
    return [f"许可“{number}”（{matter.item}）不予延续。", f"理由：{reason}"]


def change(matter: Matter, number: str, what: str, *, granted: bool, reason: str) -> list[str]:
    """变更决定书."""
    head = f"许可“{number}”（{matter.item}）的变更申请：{what}"
    if granted:
        return [head, "经审查，符合法定条件、标准，准予变更（《行政许可法》第四十九条）。"]
    return [head, "经审查，不予变更。", f"理由：{reason}"]


def ended(matter: Matter, number: str, verb: str, ground: str, basis: str, why: str) -> list[str]:
    """撤销决定书 and 注销决定书."""
    return [
        f"许可“{number}”（{matter.item}）因{ground}，予以{verb}（{basis}）。",
        f"理由：{why}",
    ]


def ban(matter: Matter, sentence: str, why: str) -> list[str]:
    """不得再次申请告知书."""
    return [f"关于“{matter.item}”申请：{why}", sentence]
