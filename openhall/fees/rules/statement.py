"""The bank's daily file, and how it is compared with our receipts. 收缴分离, A12.

CSV with the heading ``serial,notice,amount,channel,paid_at``; amounts in fen, those of reversals
(冲正、退款) below zero. Every line is of the day compared; any bytes give lines or a list of what
is wrong.
"""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Final

from openhall.fees.terms import MatchState, PayChannel
from openhall.glossary import Said
from openhall.paging.sheets import Unreadable, csv_rows, written_safely
from openhall.paging.typed import fault_of_text, narrow
from openhall.paging.whole import whole

HEADING: Final = ("serial", "notice", "amount", "channel", "paid_at")
MOST: Final = 999_999_999_999  # fen of one line
LONGEST: Final = {"serial": 60, "notice": 40}
SUMS: Final = re.compile(r"合计|总计|小计|汇总|total|sum", re.I)
HERE: Final = timezone(timedelta(hours=8))
WRITTEN: Final = re.compile(
    r"([0-9]{4})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})日?(?:[T ]?[0-9: .]*|[0-9]{6})?"
)
CHANNELS: Final = {
    word: channel.value for channel in PayChannel for word in (channel.value, channel.zh)
}


@dataclass(frozen=True, slots=True)
class Line:
    """One payment, as the bank's file or our receipts have it. ``amount`` in fen."""

    serial: str
    notice: str
    amount: int


@dataclass(frozen=True, slots=True)
class Match:
    """What the comparison found of one payment."""

    line: Line
    state: MatchState
    note: str = ""


class UnreadableStatement(ValueError):
    """The file cannot be taken; ``faults`` lists every bad line with its reason."""

    def __init__(self, faults: list[Said]) -> None:
        super().__init__("；".join(fault.zh for fault in faults))
        self.faults = faults

    @property
    def said(self) -> Said:
        english = "; ".join(fault.en for fault in self.faults)
        return Said("；".join(fault.zh for fault in self.faults) + "。", f"{english}.")


def _day_of(said: str) -> date | None:
    """The day of a time as banks write it, on the clock of the city."""
    told = narrow(said)
    try:
        moment = datetime.fromisoformat(told)
        return (moment.astimezone(HERE) if moment.tzinfo else moment).date()
    except ValueError:
        found = WRITTEN.fullmatch(told)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _amount(said: str) -> int | None:
    """Whole fen, not zero; below zero for a reversal."""
    number = whole(said.removeprefix("-"), MOST)
    return (-number if said.startswith("-") else number) if number else None


def read(text: str, day: date) -> list[Line]:
    """Every payment and reversal of ``day``. Raises :class:`UnreadableStatement` with all faults.

    Rows of nothing are left out.
    """
    rows = csv_rows(text.lstrip("\ufeff"), "文件")
    try:
        _first, heading = next(rows, (1, []))
        heading = [str(cell).strip() for cell in heading]
        while len(heading) > len(HEADING) and not heading[-1]:
            heading.pop()
        if tuple(heading) != HEADING:
            wanted = ",".join(HEADING)
            raise UnreadableStatement([Said(f"第1行应为：{wanted}", f"Line 1 must be: {wanted}")])
        return _lines(rows, day)
    except Unreadable as problem:
        raise UnreadableStatement(
            [Said(problem.said.zh.rstrip("。"), problem.said.en.rstrip("."))]
        ) from problem


def _lines(rows: Iterable[tuple[int, list[str]]], day: date) -> list[Line]:
    lines: list[Line] = []
    faults: list[Said] = []
    seen: set[tuple[str, bool]] = set()
    for number, cells in rows:
        row = [str(cell).strip() for cell in cells]
        while len(row) > len(HEADING) and not row[-1]:
            row.pop()
        if not any(row):
            continue
        if fault := _fault(number, row, seen, day):
            faults.append(fault)
            continue
        amount = _amount(row[2])
        assert amount is not None
        seen.add((row[0], amount < 0))
        lines.append(Line(row[0], row[1], amount))
    if faults:
        raise UnreadableStatement(faults)
    return lines


def _fault(number: int, row: list[str], seen: set[tuple[str, bool]], day: date) -> Said | None:
    if SUMS.search(row[0]):
        return Said(
            f"第{number}行“{row[0]}”是合计，不是一笔缴款。请删去",
            f"line {number} (“{row[0]}”) is a sum, no payment; remove it",
        )
    if len(row) != len(HEADING):
        return Said(
            f"第{number}行应有{len(HEADING)}列，现有{len(row)}列",
            f"line {number} must have {len(HEADING)} columns and has {len(row)}",
        )
    for name, most in LONGEST.items():
        said = row[HEADING.index(name)]
        if not said or len(said) > most or fault_of_text(said) or not said.isprintable():
            return Said(
                f"第{number}行{name}“{said[:20]}”为空、过长或者含有无法保存的字符",
                f"{name} in line {number} (“{said[:20]}”) is empty, too long or holds signs that "
                "cannot be kept",
            )
    amount = _amount(row[2])
    if amount is None:
        return Said(
            f"第{number}行金额“{row[2][:30]}”不是整数（分；冲正为负数，不超过{MOST}）",
            f"the amount “{row[2][:30]}” in line {number} is not a whole number of fen "
            f"(below zero for a reversal, at most {MOST})",
        )
    if (row[0], amount < 0) in seen:
        return Said(
            f"第{number}行流水号“{row[0]}”重复",
            f"the serial number “{row[0]}” stands in line {number} once more",
        )
    if row[3] not in CHANNELS:
        known = "、".join(CHANNELS)
        return Said(
            f"第{number}行渠道“{row[3][:20]}”不认识。可用：{known}",
            f"the channel “{row[3][:20]}” in line {number} is unknown: {', '.join(PayChannel)}",
        )
    paid = _day_of(row[4])
    if paid != day:
        told = row[4][:30] if paid is None else f"{paid:%Y-%m-%d}"
        return Said(
            f"第{number}行的缴款时间“{told}”不是{day:%Y-%m-%d}，请核对是否选错了文件",
            f"line {number} was paid on “{told}”, not on {day}; check that this is the right file",
        )
    return None


def write(rows: Iterable[tuple[str, str, int, str, str]]) -> str:
    """A statement file of ``(serial, notice, amount, channel, paid_at)``."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADING)
    for serial, notice, *rest in rows:
        writer.writerow((written_safely(serial), written_safely(notice), *rest))
    return out.getvalue()


def _taken_back(theirs: list[Line]) -> set[int]:
    """The places of reversals and of the payments that they take back, each only once."""
    found: set[int] = set()
    for place, line in enumerate(theirs):
        if line.amount > 0:
            continue
        found.add(place)
        paid = (
            other
            for other, one in enumerate(theirs)
            if (one.notice, one.amount) == (line.notice, -line.amount) and other not in found
        )
        if (payment := next(paid, None)) is not None:
            found.add(payment)
    return found


def compare(theirs: Iterable[Line], ours: Iterable[Line]) -> list[Match]:
    """Each payment once: matched, different, reversed, or on one side; in order of serial."""
    told = list(theirs)
    here = {line.serial: line for line in ours}
    back = _taken_back(told)
    there = {one.serial for one in told if one.amount > 0}
    found = []
    for place, bank in enumerate(told):
        own = here.get(bank.serial) if bank.amount > 0 else None
        if bank.amount < 0:
            note = "银行冲正或者退款；本系统已记收的，须另行办理退付"
            found.append(Match(bank, MatchState.REVERSED, note))
        elif own is None:
            state = MatchState.REVERSED if place in back else MatchState.MISSING_HERE
            found.append(Match(bank, state, "当日已冲正" if place in back else ""))
        elif bank == own:
            found.append(Match(bank, MatchState.MATCHED))
        else:
            note = f"银行{bank.amount}分（{bank.notice}），本系统{own.amount}分（{own.notice}）"
            found.append(Match(bank, MatchState.DIFFERENT, note))
    found += [
        Match(own, MatchState.MISSING_THERE) for own in here.values() if own.serial not in there
    ]
    return sorted(found, key=lambda match: (match.line.serial, -match.line.amount))
