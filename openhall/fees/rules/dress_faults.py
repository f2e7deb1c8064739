"""Why a format cannot be used: said before it is in force, not on the evening of a day. A12."""

import codecs
import re
from collections.abc import Iterator, Mapping
from typing import Final

from openhall.fees.rules.statement import HEADING, Dress
from openhall.fees.terms import FormatKind, PayChannel
from openhall.glossary import Said

CUT: Final = re.compile(r"([1-9][0-9]{0,3})\+([1-9][0-9]{0,2})")
ELEMENT: Final = re.compile(r"[A-Za-z][A-Za-z0-9]{1,34}")
NEEDED: Final = ("serial", "notice", "amount", "paid_at")
WORDS: Final[Mapping[str, Said]] = {
    "serial": Said("流水号", "serial number"),
    "notice": Said("缴款书编号", "number of the notice"),
    "amount": Said("金额", "amount"),
    "channel": Said("渠道", "channel"),
    "paid_at": Said("缴款时间", "time of payment"),
    "back": Said("冲正、退款标志", "mark of a reversal"),
}


def faults_of(dress: Dress) -> Iterator[tuple[str, Said]]:
    """Each fault, with the field it stands beside."""
    if dress.encoding:
        try:
            codecs.lookup(dress.encoding)
        except LookupError:
            yield "encoding", Said("没有这种编码。", "There is no such encoding.")
    if dress.kind != FormatKind.CAMT053:
        for name in NEEDED:
            if not dress.columns.get(name):
                yield (
                    f"column_{name}",
                    Said(f"请填写{WORDS[name].zh}。", f"Give the {WORDS[name].en}."),
                )
        if not dress.columns.get("channel") and not dress.channel:
            yield (
                "channel",
                Said(
                    "文件没有渠道的，请选择一种渠道。",
                    "Where the file names no channel, choose one.",
                ),
            )
    places = {name: said for name, said in dress.columns.items() if said}
    if dress.back[0]:
        places["back"] = dress.back[0]
        if not dress.back[1]:
            yield (
                "back_says",
                Said(
                    "请填写冲正、退款时的标志值。", "Say what the mark is of money that went back."
                ),
            )
    shape = {FormatKind.FIXED: CUT, FormatKind.CAMT053: ELEMENT}.get(dress.kind)
    for name, said in places.items():
        field = "back_column" if name == "back" else f"column_{name}"
        if shape is not None and not shape.fullmatch(said):
            yield (
                field,
                Said(
                    f"{WORDS[name].zh}的位置“{said[:30]}”写法不对：定长写“起始字节+长度”，报文写元素名。",
                    f"“{said[:30]}” is no place of the {WORDS[name].en}: first byte + length, or "
                    "the name of an element.",
                ),
            )
    if dress.channel and dress.channel not in PayChannel.codes():
        yield "channel", Said("不认识的渠道。", "Unknown channel.")
    if dress.kind == FormatKind.CSV and len(set(places.values())) != len(places):
        yield "column_serial", Said("两项用了同一列。", "Two facts name one column.")
    if not set(dress.columns) <= set(HEADING):
        yield "column_serial", Said("有不认识的项。", "There is an unknown fact.")
