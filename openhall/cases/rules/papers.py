"""Numbers and words of the printed papers. norms 3.1; 行政许可法 32, 38, 44, 45.

The words are composed once, when the paper is given, and frozen with it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from openhall.cases.terms import PaperKind

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
        PaperKind.GRANT: "准",
        PaperKind.REFUSAL: "不准",
        PaperKind.DELIVERY: "达",
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
    }
)


def number_of(organ: str, kind: PaperKind, year: int, serial: int) -> str:
    """成民受〔2026〕12号: city and organ, the paper's sign, year, serial without gaps."""
    return f"成{organ}{SIGNS[kind]}〔{year}〕{serial}号"


FULL: Final = str.maketrans({",": ",", ":": ":", ";": ";", "(": "(", ")": ")"})
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


def receipt(matter: Matter, answer_due: date | None) -> list[str]:
    """接收回执."""
    words = [f"本机关于{spoken(matter.received)}收到您(单位)提交的“{matter.item}”申请。"]
    if answer_due is not None:
        words.append(
            f"本机关在{spoken(answer_due)}(含当日)前决定受理、一次告知需要补正的全部内容或者不予受理;"
            "逾期不告知的,自收到申请之日起即为受理(《行政许可法》第三十二条)。"
        )
    return words


def acceptance(matter: Matter, accepted: date, *, by_silence: bool) -> list[str]:
    """受理通知书, with both limits."""
    how = (
        "因逾期未告知补正,依照《行政许可法》第三十二条,自收到申请之日起即为受理"
        if by_silence
        else "经审查,申请材料齐全、符合法定形式,决定予以受理"
    )
    words = [f"您(单位)提交的“{matter.item}”申请,{how}。受理日期:{spoken(accepted)}。"]
    limits = f"本机关承诺在{spoken(matter.promise)}(含当日)前办结"
    if matter.statutory is not None:
        limits += f",法定期限至{spoken(matter.statutory)}"
    words.append(limits + "。法定节假日不计算在内(《行政许可法》第八十二条)。")
    return words


def supplement(matter: Matter, due: date, points: Sequence[tuple[str, str]]) -> list[str]:
    """申请材料补正告知书: everything, once."""
    head = (
        f"您(单位)提交的“{matter.item}”申请,需要补正以下全部内容。"
        f"请在{spoken(due)}前补正;补正只告知这一次(《行政许可法》第三十二条第一款第(四)项)。"
    )
    return [head, *(f"{n}. {name}:{why}" for n, (name, why) in enumerate(points, start=1))]


def decline(matter: Matter, ground: str, reason: str, competent: str, remedy: str) -> list[str]:
    """不予受理决定书."""
    words = [
        f"您(单位)提交的“{matter.item}”申请,因{ground},决定不予受理(《行政许可法》第三十二条)。",
        f"理由:{reason}",
    ]
    if competent:
        words.append(f"请向有权机关{competent}申请。")
    return [*words, remedy]


def hand_over(matter: Matter, things: Sequence[str], giver: str, taker: str) -> list[str]:
    """物料流转凭证. 接办件分离, 成办发〔2003〕75号 二(一)."""
    listed = [f"{n}. {thing}" for n, thing in enumerate(things, start=1)] or ["(无纸质材料)"]
    return [f"“{matter.item}”申请的下列材料由{giver}移交{taker}承办:", *listed]


def suspension(matter: Matter, ground: str, basis: str, days: int) -> list[str]:
    """特别程序期限告知书. Without it no day is excluded (行政许可法 45)."""
    return [
        f"“{matter.item}”申请需要依法进行{ground},依据:{basis}。",
        f"所需时间{days}个工作日,不计算在办理期限内(《行政许可法》第四十五条)。",
    ]


def decision(matter: Matter, *, granted: bool, reason: str, remedy: str) -> list[str]:
    """准予 or 不予准予决定书. A refusal gives its reason and the remedies (38)."""
    outcome = "决定准予" if granted else "决定不予准予"
    words = [f"您(单位)提交的“{matter.item}”申请,经审查,{outcome}(《行政许可法》第三十八条)。"]
    if reason:
        words.append(f"理由:{reason}")
    if remedy:
        words.append(f"救济途径:{remedy}")
    return words


def delivery(matter: Matter, way: str, receiver: str, day: date) -> list[str]:
    """送达回执."""
    return [
        f"“{matter.item}”的办理结果已于{spoken(day)}以{way}方式送达。",
        f"签收人:{receiver}",
    ]
