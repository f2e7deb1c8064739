"""Numbers and words of the printed papers. norms 3.1; 行政许可法 32, 38, 44, 45.

Each paper is told as values; the words around them stand in ``rules.templates`` or in the
office's own version. The words are composed once, when the paper is given, and frozen with it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from openhall.papers.rules.templates import BASIS, DEFAULTS
from openhall.papers.rules.wording import fill
from openhall.papers.terms import PaperKind

SIGNS: Final[Mapping[PaperKind, str]] = MappingProxyType(
    {
        PaperKind.RECEIPT: "收",
        PaperKind.ACCEPTANCE: "受",
        PaperKind.SUPPLEMENT: "补",
        PaperKind.DECLINE: "不受",
        PaperKind.HAND_OVER: "转",
        PaperKind.SUSPENSION: "特",
        PaperKind.EXTENSION: "延",
        PaperKind.PAYMENT: "缴",
        PaperKind.PAYMENT_SETTLED: "缴核",
        PaperKind.PAYMENT_RED: "缴红",
        PaperKind.GRANT: "准",
        PaperKind.REFUSAL: "不准",
        PaperKind.DELIVERY: "达",
        PaperKind.SUPPLEMENTED: "补收",
        PaperKind.HEARING_RIGHT: "听告",
        PaperKind.HEARING: "听",
        PaperKind.MINUTES: "听录",
        PaperKind.SITE_CHECK: "查",
        PaperKind.FORWARDING: "报",
        PaperKind.CONSULTATION: "征",
        PaperKind.LICENCE: "证",
        PaperKind.CHANGE: "变",
        PaperKind.RENEWAL: "续",
        PaperKind.REVOCATION: "撤",
        PaperKind.CANCELLATION: "注",
        PaperKind.BAN: "禁",
        PaperKind.JOINT_RECEIPT: "联收",
        PaperKind.JOINT_ACCEPTANCE: "联受",
        PaperKind.JOINT_FEES: "联费",
        PaperKind.JOINT_NOTICE: "联办",
        PaperKind.JOINT_MINUTES: "联纪",
        PaperKind.JOINT_REASONS: "联函",
        PaperKind.JOINT_REPORT: "联报",
        PaperKind.SUPERIOR_REPLY: "批告",
    }
)


def number_of(organ: str, kind: PaperKind, year: int, serial: int) -> str:
    """成民受〔2026〕12号: city and organ, the paper's sign, year, serial without gaps."""
    return f"成{organ}{SIGNS[kind]}〔{year}〕{serial}号"


# Written as numbers, because editors and forms like to turn these signs into half-width ones.
FULL: Final = str.maketrans(
    {",": "\uff0c", ":": "\uff1a", ";": "\uff1b", "(": "\uff08", ")": "\uff09"}
)
BETWEEN: Final = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[,:;()]|[,:;()](?=[\u3000-\u9fff])")


def full_width(words: str) -> str:
    """``words`` with the full-width signs of an official paper beside Chinese characters."""
    return BETWEEN.sub(lambda sign: sign[0].translate(FULL), words)


def spoken(day: date | None) -> str:
    """2026年11月24日, as papers write it; empty for no day."""
    return "" if day is None else f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True, slots=True)
class Matter:
    """What every paper says of the case it belongs to."""

    item: str
    organ: str
    received: date
    promise: date | None = None
    statutory: date | None = None


class Told(list[str]):
    """The paragraphs of a paper in the product's own words, and the values they were made of.

    Where an office has words of its own, the same values are filled into those.
    """

    def __init__(self, kind: PaperKind, matter: Matter, **said: str) -> None:
        self.kind = kind
        self.values = {
            "事项名称": matter.item,
            "机关名称": matter.organ,
            "收到日期": spoken(matter.received),
            "承诺期限": spoken(matter.promise),
            "法定期限": spoken(matter.statutory),
            "法律依据": BASIS[kind],
            **said,
        }
        super().__init__(fill(DEFAULTS[kind], self.values))

    def in_words(self, words: str) -> list[str]:
        """The paragraphs in the office's own ``words``."""
        return fill(words, self.values)


def _listed(things: Sequence[str]) -> str:
    return "\n".join(f"{n}. {thing}" for n, thing in enumerate(things, start=1))


def receipt(
    matter: Matter,
    answer_due: date | None,
    *,
    mark: str = "",
    had: Sequence[str] = (),
    to_show: Sequence[str] = (),
) -> Told:
    """接收回执: the form under its ``mark``, each paper had, and originals still to be shown."""
    listed = _listed([*([f"申请表（核对值{mark}）"] if mark else []), *had])
    return Told(
        PaperKind.RECEIPT,
        matter,
        答复期限=spoken(answer_due),
        收到材料=f"\n{listed}" if listed else "",
        待验原件="、".join(to_show),
    )


def acceptance(matter: Matter, accepted: date, *, by_silence: bool) -> Told:
    """受理通知书, with both limits."""
    how = (
        "因逾期未告知补正，自收到申请之日起即为受理"
        if by_silence
        else "经审查，申请材料齐全、符合法定形式，决定予以受理"
    )
    return Told(PaperKind.ACCEPTANCE, matter, 受理情形=how, 受理日期=spoken(accepted))


def supplement(matter: Matter, due: date, points: Sequence[tuple[str, str]]) -> Told:
    """申请材料补正告知书: everything, once."""
    listed = _listed([f"{name}：{why}" for name, why in points])
    return Told(PaperKind.SUPPLEMENT, matter, 补正期限=spoken(due), 补正内容=listed)


def supplement_again(
    matter: Matter, due: date, points: Sequence[tuple[str, str]], new_facts: str
) -> list[str]:
    """再次告知: in the product's own words alone, for an office's say that it is told only once."""
    return [
        f"您（单位）提交的“{matter.item}”申请，首次告知后出现新的事实：{new_facts}",
        f"经本机关负责人准许，再次告知需要补正的以下全部内容，请在{spoken(due)}前补正；"
        f"此后不再告知补正（{BASIS[PaperKind.SUPPLEMENT]}）。",
        *_listed([f"{name}：{why}" for name, why in points]).split("\n"),
    ]


def supplemented(matter: Matter, day: date, things: Sequence[str]) -> Told:
    """补正材料接收凭证."""
    return Told(PaperKind.SUPPLEMENTED, matter, 补正日期=spoken(day), 补正内容=_listed(things))


def decline(matter: Matter, ground: str, reason: str, competent: str, remedy: str) -> Told:
    """不予受理决定书."""
    return Told(
        PaperKind.DECLINE,
        matter,
        不予受理情形=ground,
        理由=reason,
        有权机关=competent,
        救济途径=remedy,
    )


def hand_over(matter: Matter, things: Sequence[str], giver: str, taker: str, lie: str = "") -> Told:
    """物料流转凭证. 接办件分离, 成办发〔2003〕75号 二(一)."""
    listed = _listed(things) or "（无纸质材料）"
    return Told(
        PaperKind.HAND_OVER, matter, 移交人=giver, 接收人=taker, 物料清单=listed, 存放位置=lie
    )


def suspension(matter: Matter, ground: str, basis: str, days: int) -> Told:
    """特殊程序审查期限告知书. Without it no day is excluded (行政许可法 45)."""
    return Told(PaperKind.SUSPENSION, matter, 特殊程序=ground, 程序依据=basis, 所需天数=str(days))


def extension(matter: Matter, days: int, reason: str, approver: str) -> Told:
    """延长办理期限通知书: ``matter`` carries the new limits. 行政许可法 42."""
    return Told(PaperKind.EXTENSION, matter, 延长天数=str(days), 理由=reason, 批准人=approver)


@dataclass(frozen=True, slots=True)
class Bill:
    """What a payment notice prints of itself: its code and number apart, and who signed it."""

    number: str
    code: str
    serial: str
    check_code: str
    signature: str
    lines: Sequence[tuple[str, int]]

    def places(self) -> dict[str, str]:
        return {
            "收费明细": _listed([f"{name}：{yuan(amount)}元" for name, amount in self.lines]),
            "合计金额": yuan(sum(amount for _name, amount in self.lines)),
            "缴费编号": self.number,
            "票据代码": self.code,
            "票据号码": self.serial,
            "校验码": self.check_code,
        }


def payment(matter: Matter, bill: Bill, due: date) -> Told:
    """电子非税收入一般缴款书: each line with its basis, in fen. 行政许可法 59, 财库〔2021〕31号."""
    return Told(
        PaperKind.PAYMENT,
        matter,
        **bill.places(),
        缴费期限=spoken(due),
        单位签名=bill.signature,
    )


def payment_settled(matter: Matter, bill: Bill, paid: str, bank: str, serial: str) -> Told:
    """The notice after payment, with the finance bureau's signature. 财库〔2021〕31号."""
    return Told(
        PaperKind.PAYMENT_SETTLED,
        matter,
        **bill.places(),
        缴款时间=paid,
        代收银行=bank,
        银行流水号=serial,
        财政签名=bill.signature,
    )


def payment_red(matter: Matter, bill: Bill, red_of: str, reason: str) -> Told:
    """红字缴款书: what of a paid notice is taken back, and why. 财库〔2021〕31号."""
    return Told(
        PaperKind.PAYMENT_RED,
        matter,
        **bill.places(),
        所冲编号=red_of,
        原因=reason,
        单位签名=bill.signature,
    )


def yuan(fen: int) -> str:
    """2000 → 20.00"""
    return f"{fen // 100}.{fen % 100:02}"


def decision(matter: Matter, *, granted: bool, reason: str, remedy: str, term: str = "") -> Told:
    """准予 or 不予准予决定书. A refusal gives its reason and the remedies (38)."""
    if not granted:
        return Told(PaperKind.REFUSAL, matter, 理由=reason, 救济途径=remedy)
    return Told(PaperKind.GRANT, matter, 理由=reason, 救济途径=remedy, 准予的期限=term)


def delivery(
    matter: Matter,
    way: str,
    receiver: str,
    day: date,
    *,
    relation: str = "",
    signed: str = "",
    tracking: str = "",
    history: str = "",
) -> Told:
    """送达回执: who received it, how it was signed, and every attempt before."""
    return Told(
        PaperKind.DELIVERY,
        matter,
        送达日期=spoken(day),
        送达方式=way,
        签收人=receiver,
        签收人身份=relation,
        签收方式=signed,
        邮件编号=tracking,
        送达经过=history,
    )
