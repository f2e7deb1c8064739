"""The bank's daily file: read line by line, whatever its dress. 收缴分离, A12.

A :class:`Dress` says how a bank writes: comma-separated, fixed width in bytes, or camt.053; which
column is what; yuan or fen. Our own heading is ``serial,notice,amount,channel,paid_at`` with fen,
reversals (冲正、退款) below zero. Any bytes give entries or a list of what is wrong; nothing is
held in memory, so a file may be as long as it likes.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import IO, Final, NamedTuple

from openhall.fees.terms import FormatKind, PayChannel
from openhall.glossary import Said
from openhall.paging.sheets import (
    Unreadable,
    csv_rows_from,
    mark_of,
    text_of_bytes,
    written_safely,
)
from openhall.paging.typed import fault_of_text, narrow
from openhall.paging.whole import whole

HEADING: Final = ("serial", "notice", "amount", "channel", "paid_at")
MOST: Final = 999_999_999_999  # fen of one line
MOST_FAULTS: Final = 100  # then the rest is not read
IN_MEMORY: Final = 8 * 1024 * 1024  # a longer file is read in pieces
LONGEST: Final = {"serial": 60, "notice": 40}
# Words of their own: “CONSUM01” is a serial, not a sum.
SUMS: Final = re.compile(r"合计|总计|小计|汇总|(?<![a-z0-9])(?:total|sum)(?![a-z0-9])", re.I)
SHORTENED: Final = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]{1,3}", re.I)  # as Excel saves a serial
HERE: Final = timezone(timedelta(hours=8))
WRITTEN: Final = re.compile(
    r"([0-9]{4})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})日?(?:[T ]?[0-9: .]*|[0-9]{6})?"
)
CHANNELS: Final[Mapping[str, str]] = MappingProxyType(
    {word: channel.value for channel in PayChannel for word in (channel.value, channel.zh)}
)
YUAN: Final = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,2}0*)?")


class Entry(NamedTuple):
    """One payment or reversal of the bank's file. ``place`` is its line; ``amount`` in fen."""

    place: int
    serial: str
    notice: str
    amount: int
    channel: str
    day: date


class Raw(NamedTuple):
    """A line as it is written. ``back``: it is marked as money that went back."""

    place: int
    serial: str
    notice: str
    amount: str
    channel: str
    paid_at: str
    back: bool = False


class UnreadableStatement(ValueError):
    """The file cannot be taken; ``faults`` lists every bad line with its reason."""

    def __init__(self, faults: list[Said]) -> None:
        super().__init__("；".join(fault.zh for fault in faults))
        self.faults = faults

    @property
    def said(self) -> Said:
        english = "; ".join(fault.en for fault in self.faults)
        return Said("；".join(fault.zh for fault in self.faults) + "。", f"{english}.")


@dataclass(frozen=True, slots=True)
class Dress:
    """How one bank writes its file.

    ``columns`` names, for each of our five facts, the bank's heading (CSV), or where it stands
    (fixed width: first byte from 1 and length), or an element of the message (camt.053).
    ``back`` is a column and what it says of money that went back. ``skip``: lines above and below.
    """

    kind: FormatKind = FormatKind.CSV
    columns: Mapping[str, str] = field(default_factory=lambda: {one: one for one in HEADING})
    yuan: bool = False
    encoding: str = ""
    channels: Mapping[str, str] = field(default_factory=dict)
    channel: str = ""  # of every line, where the file does not say
    back: tuple[str, str] = ("", "")
    skip: tuple[int, int] = (0, 0)


OWN: Final = Dress()


def entries(file: IO[bytes], day: date, dress: Dress = OWN) -> Iterator[Entry]:
    """Every payment and reversal in ``file``. Raises :class:`UnreadableStatement` at its end with
    all faults, so nothing may be kept of it before.

    Rows of nothing are left out. A line of another day is an entry: who compares says what it is.
    """
    from openhall.fees.rules.dresses import raw_lines  # it makes Raw of each dress

    checked = _Checked(day, dress)
    try:
        for raw in raw_lines(file, dress):
            if isinstance(raw, Said):
                checked.faults.append(raw)
            elif (entry := checked.entry(raw)) is not None:
                yield entry
                continue
            if len(checked.faults) >= MOST_FAULTS:
                break
    except Unreadable as problem:
        checked.faults.append(Said(problem.said.zh.rstrip("。"), problem.said.en.rstrip(".")))
    if checked.faults:
        raise UnreadableStatement(checked.faults)


class _Checked:
    """What each line must be; remembers the days it has read, which are few."""

    def __init__(self, day: date, dress: Dress) -> None:
        self.day, self.faults = day, list[Said]()
        self.days: dict[str, date | None] = {}
        self.channels = {**CHANNELS, **dress.channels}
        self.yuan, self.channel = dress.yuan, dress.channel

    def entry(self, raw: Raw) -> Entry | None:
        place, serial, notice, said, channel, paid_at, back = raw
        amount = _yuan(said) if self.yuan else _fen(said)
        if back and amount is not None and amount > 0:
            amount = -amount
        known = self.channels.get(channel, "") or self.channel
        paid = self._day(paid_at)
        if (
            amount is None
            or not known
            or paid is None
            or paid > self.day
            or not (0 < len(serial) <= LONGEST["serial"] and 0 < len(notice) <= LONGEST["notice"])
            or not (serial + notice).isascii()
            or not (serial + notice).isprintable()
            or ("+" in serial and SHORTENED.fullmatch(serial) is not None)
        ):
            fault = self._fault(raw, amount, known, paid)
            if fault is not None:
                self.faults.append(fault)
                return None
            assert amount is not None
            assert paid is not None
        return Entry(place, serial, notice, amount, known, paid)

    def _day(self, said: str) -> date | None:
        day = said[:10]
        if len(said) > 11 and said[10] in "T " and "Z" not in said and "+" not in said[11:]:
            key = day
        else:
            key = said
        if key not in self.days:
            if len(self.days) > 100_000:
                self.days.clear()
            self.days[key] = day_of(said)
        return self.days[key]

    def _fault(self, raw: Raw, amount: int | None, channel: str, paid: date | None) -> Said | None:
        number = raw.place
        if SUMS.search(raw.serial):
            return Said(
                f"第{number}行“{raw.serial[:20]}”是合计，不是一笔缴款。请删去",
                f"line {number} (“{raw.serial[:20]}”) is a sum, no payment; remove it",
            )
        for name, most in LONGEST.items():
            said = getattr(raw, name)
            if not said or len(said) > most or fault_of_text(said) or not said.isprintable():
                return Said(
                    f"第{number}行{name}“{said[:20]}”为空、过长或者含有无法保存的字符",
                    f"{name} in line {number} (“{said[:20]}”) is empty, too long or holds signs "
                    "that cannot be kept",
                )
            if SHORTENED.fullmatch(said):
                return Said(
                    f"第{number}行{name}“{said[:20]}”被表格软件改成了科学计数法，原来的数字已经丢失。"
                    "请重新取得银行的原始文件，不要用表格软件打开后保存",
                    f"{name} in line {number} (“{said[:20]}”) was shortened by a spreadsheet; its "
                    "digits are lost. Take the bank's own file, not one saved by a spreadsheet",
                )
        if amount is None:
            what = ("元，最多两位小数", "yuan with at most two decimals")
            if not self.yuan:
                what = ("整数（分；冲正为负数", "a whole number of fen (below zero for a reversal")
                what = (f"{what[0]}，不超过{MOST}）", f"{what[1]}, at most {MOST})")
            return Said(
                f"第{number}行金额“{raw.amount[:30]}”不是{what[0]}",
                f"the amount “{raw.amount[:30]}” in line {number} is not {what[1]}",
            )
        if not channel:
            known = "、".join(self.channels)
            return Said(
                f"第{number}行渠道“{raw.channel[:20]}”不认识。可用：{known}",
                f"the channel “{raw.channel[:20]}” in line {number} is unknown: "
                f"{', '.join(PayChannel)}",
            )
        if paid is None or paid > self.day:
            told = raw.paid_at[:30] if paid is None else f"{paid:%Y-%m-%d}"
            return Said(
                f"第{number}行的缴款时间“{told}”无法读出，或者晚于对账日{self.day:%Y-%m-%d}",
                f"line {number} was paid on “{told}”, which cannot be read or is after {self.day}",
            )
        return None


def day_of(said: str) -> date | None:
    """The day of a time as banks write it, on the clock of the city."""
    told = narrow(said)
    try:
        moment = datetime.fromisoformat(told)
        return (moment.astimezone(HERE) if moment.tzinfo else moment).date()
    except OverflowError:  # the first or last day there is, in another zone
        return None
    except ValueError:
        found = WRITTEN.fullmatch(told)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _fen(said: str) -> int | None:
    """Whole fen, not zero; below zero for a reversal."""
    number = whole(said.removeprefix("-"), MOST)
    return (-number if said.startswith("-") else number) if number else None


def _yuan(said: str) -> int | None:
    """Yuan with at most two decimals, as fen; thousands may be parted by commas."""
    bare = said.removeprefix("-").replace(",", "")
    if not YUAN.fullmatch(bare):
        return None
    try:
        number = int(Decimal(bare) * 100)
    except InvalidOperation:
        return None
    if not 0 < number <= MOST:
        return None
    return -number if said.startswith("-") else number


# ------------------------------------------------------------------------------ the file as text
def text_lines(file: IO[bytes], encoding: str = "") -> tuple[Iterable[str], str]:
    """The lines of a text file and the sign between its cells; decoded whole while it is short.

    Raises :class:`Unreadable` where it is no text.
    """
    head = file.read(IN_MEMORY)
    if len(head) < IN_MEMORY:
        try:
            text = head.decode(encoding) if encoding else text_of_bytes(head, "文件")
        except UnicodeDecodeError as problem:
            raise _not_in(encoding) from problem
        text = text.removeprefix("\ufeff")
        return io.StringIO(text, newline=""), mark_of(text)
    file.seek(0)
    if not encoding:
        try:
            head[:-4].decode("utf-8")
            encoding = "utf-8-sig"
        except UnicodeDecodeError as problem:
            encoding = "utf-8-sig" if problem.start > len(head) - 8 else "gb18030"
    stream = io.TextIOWrapper(file, encoding=encoding, newline="")
    return _decoded(stream, encoding), mark_of(head[:4_096].decode(encoding, "replace"))


def _decoded(stream: Iterable[str], encoding: str) -> Iterator[str]:
    try:
        yield from stream
    except UnicodeDecodeError as problem:
        raise _not_in(encoding) from problem


def _not_in(encoding: str) -> Unreadable:
    name = encoding.upper()
    return Unreadable(
        Said(
            f"文件不是{name}编码的文本。请核对银行文件或者对账格式的编码。",
            f"The file is no text in {name}. Check it, or the encoding of the format.",
        )
    )


def csv_lines(file: IO[bytes], encoding: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a comma-separated file, each with its number."""
    lines, mark = text_lines(file, encoding)
    yield from csv_rows_from(lines, mark, "文件")


def write(rows: Iterable[tuple[str, str, int, str, str]]) -> str:
    """A statement file of ``(serial, notice, amount, channel, paid_at)``."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADING)
    for serial, notice, *rest in rows:
        writer.writerow((written_safely(serial), written_safely(notice), *rest))
    return out.getvalue()
