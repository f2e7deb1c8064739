"""The bank's daily file, and how it is compared with our receipts. 收缴分离, A12.

CSV in UTF-8 with the heading ``serial,notice,amount,channel,paid_at``; amounts in fen.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from openhall.fees.terms import MatchState
from openhall.glossary import Said
from openhall.paging.whole import whole

HEADING: Final = ("serial", "notice", "amount", "channel", "paid_at")


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


def read(text: str) -> list[Line]:
    """Every payment of the file. Raises :class:`UnreadableStatement` with all that is wrong."""
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff")))
    heading = next(rows, [])
    if tuple(heading) != HEADING:
        wanted = ",".join(HEADING)
        raise UnreadableStatement([Said(f"第1行应为：{wanted}", f"Line 1 must be: {wanted}")])
    lines: list[Line] = []
    faults: list[Said] = []
    seen: set[str] = set()
    for number, row in enumerate(rows, start=2):
        if not row:
            continue
        if fault := _fault(number, row, seen):
            faults.append(fault)
            continue
        seen.add(row[0])
        lines.append(Line(row[0], row[1], int(row[2])))
    if faults:
        raise UnreadableStatement(faults)
    return lines


def _fault(number: int, row: list[str], seen: set[str]) -> Said | None:
    if len(row) != len(HEADING):
        return Said(
            f"第{number}行应有{len(HEADING)}列，现有{len(row)}列",
            f"line {number} must have {len(HEADING)} columns and has {len(row)}",
        )
    if not whole(row[2]):
        return Said(
            f"第{number}行金额“{row[2]}”不是大于零的整数（分）",
            f"the amount “{row[2]}” in line {number} is not a whole number of fen above zero",
        )
    if row[0] in seen:
        return Said(
            f"第{number}行流水号“{row[0]}”重复",
            f"the serial number “{row[0]}” stands in line {number} once more",
        )
    return None


def write(rows: Iterable[tuple[str, str, int, str, str]]) -> str:
    """A statement file of ``(serial, notice, amount, channel, paid_at)``."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADING)
    writer.writerows(rows)
    return out.getvalue()


def compare(theirs: Iterable[Line], ours: Iterable[Line]) -> list[Match]:
    """Each payment once: matched, different, or only on one side; in order of serial."""
    there = {line.serial: line for line in theirs}
    here = {line.serial: line for line in ours}
    found = []
    for serial in sorted(there.keys() | here.keys()):
        bank, own = there.get(serial), here.get(serial)
        if own is None and bank is not None:
            found.append(Match(bank, MatchState.MISSING_HERE))
        elif bank is None and own is not None:
            found.append(Match(own, MatchState.MISSING_THERE))
        elif bank is not None and own is not None:
            if bank == own:
                found.append(Match(bank, MatchState.MATCHED))
            else:
                note = f"银行{bank.amount}分（{bank.notice}），本系统{own.amount}分（{own.notice}）"
                found.append(Match(bank, MatchState.DIFFERENT, note))
    return found
