"""Two sides of a day held against each other: the bank's file and our receipts. A12.

Both are sorted on disk and walked side by side, so ten million lines need no more memory than a
thousand. What agrees is counted; each line that does not is told apart by what it is.
"""

import hashlib
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from itertools import filterfalse, groupby, islice
from pathlib import Path
from typing import Any, Final, NamedTuple

from openhall.fees.rules.exceptions import Bank, Known, Ours, Reversals, told_apart
from openhall.fees.rules.statement import Entry, UnreadableStatement
from openhall.fees.terms import MatchState
from openhall.glossary import Said

CACHE_KIB: Final = 48 * 1024  # of each of the two sides
ASKED_AT_ONCE: Final = 500
SCHEMA: Final = """
PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;
PRAGMA cache_size=-{cache};
CREATE TABLE there (serial TEXT, place INTEGER, notice TEXT, amount INTEGER, day INTEGER);
CREATE TABLE here (serial TEXT, notice TEXT, amount INTEGER);
"""


class Exceptional(NamedTuple):
    """A line that does not agree, and what it is."""

    place: int
    serial: str
    notice: str
    amount: int
    amount_here: int | None
    day: date | None
    state: MatchState
    note: Said


@dataclass(slots=True)
class Counted:
    """What the walk counted."""

    matched: int = 0
    amount_here: int = 0
    amount_there: int = 0
    lines: int = 0
    by_state: Counter[MatchState] = field(default_factory=Counter)
    digest: str = ""


Pair = tuple[Bank | None, Ours | None, bool]
Lookup = Callable[[list[str]], Mapping[str, Known]]


class Comparison:
    """A day's comparison on disk: fill both sides, then walk. A context manager."""

    def __init__(self, day: date, folder: Path | None = None) -> None:
        self.day, self.counted = day, Counted()
        self._folder = tempfile.TemporaryDirectory(prefix="day-", dir=folder)
        self._path = Path(self._folder.name) / "sides.sqlite3"
        self._books = sqlite3.connect(self._path)
        self._books.executescript(SCHEMA.format(cache=CACHE_KIB))
        self._reversals = Reversals()

    def __enter__(self) -> "Comparison":
        return self

    def __exit__(self, *_problem: object) -> None:
        self._books.close()
        self._folder.cleanup()

    def take_theirs(self, entries: Iterable[Entry]) -> None:
        """The bank's lines. Raises :class:`UnreadableStatement`; then nothing was compared."""
        others: Counter[date] = Counter()
        today = self.day.toordinal()
        counted, back = self.counted, self._reversals

        def rows() -> Iterator[tuple[str, int, str, int, int]]:
            for place, serial, notice, amount, _channel, day in entries:
                on = day.toordinal() if day is not self.day else today
                if on != today:
                    others[day] += 1
                elif amount < 0:
                    back.add(notice, amount)
                counted.lines += 1
                counted.amount_there += amount
                yield serial, place, notice, amount, on

        with self._books:
            self._books.executemany("INSERT INTO there VALUES (?, ?, ?, ?, ?)", rows())
        if 2 * sum(others.values()) > counted.lines:
            (most, many), *_rest = others.most_common(1)
            raise UnreadableStatement(
                [
                    Said(
                        f"文件{counted.lines}行中有{many}行的缴款时间“{most:%Y-%m-%d}”"
                        f"不是{self.day:%Y-%m-%d}，请核对是否选错了文件",
                        f"{many} of {counted.lines} lines were paid on “{most}”, not on "
                        f"{self.day}; check that this is the right file",
                    )
                ]
            )

    def take_ours(self, receipts: Iterable[tuple[str, str, int]]) -> None:
        """Our receipts of the day: serial, notice, fen (below zero: returned)."""
        counted = self.counted

        def rows() -> Iterator[tuple[str, str, int]]:
            for one in receipts:
                counted.amount_here += one[2]
                yield one

        with self._books:
            self._books.executemany("INSERT INTO here VALUES (?, ?, ?)", rows())

    def exceptions(self, lookup: Lookup) -> Iterator[Exceptional]:
        """Every line that does not agree, reversals last. ``lookup`` knows notices by number."""
        backwards: list[Pair] = []  # judged last, once every payment of the file is known
        waiting = self._walk()
        while some := list(islice(waiting, ASKED_AT_ONCE)):
            backwards += filter(_is_back, some)
            yield from self._told(list(filterfalse(_is_back, some)), lookup)
        for begin in range(0, len(backwards), ASKED_AT_ONCE):
            yield from self._told(backwards[begin : begin + ASKED_AT_ONCE], lookup)

    def _told(self, some: list[Pair], lookup: Lookup) -> Iterator[Exceptional]:
        asked = sorted({bank.notice for bank, _own, _again in some if bank is not None})
        known, today = lookup(asked) if asked else {}, self.day.toordinal()
        for bank, own, again in some:
            state, note = told_apart(bank, own, again, known, self._reversals, today)
            self.counted.by_state[state] += 1
            yield self._said(bank, own, state, note)

    def _said(
        self, bank: Bank | None, own: Ours | None, state: MatchState, note: Said
    ) -> Exceptional:
        if bank is None:
            assert own is not None
            return Exceptional(0, own.serial, own.notice, own.amount, own.amount, None, state, note)
        return Exceptional(
            bank.place,
            bank.serial,
            bank.notice,
            bank.amount,
            None if own is None else own.amount,
            None if bank.day == self.day.toordinal() else date.fromordinal(bank.day),
            state,
            note,
        )

    def _walk(self) -> Iterator[Pair]:
        """Each pair that does not agree: the bank's line, ours, whether its serial came before."""
        digest, today = hashlib.sha256(), self.day.toordinal()
        counted, back = self.counted, self._reversals
        with (
            closing(self._books.cursor()) as theirs,
            closing(self._books.cursor()) as ours,
        ):
            theirs.execute("SELECT serial, place, notice, amount, day FROM there ORDER BY 1, 2")
            ours.execute("SELECT serial, notice, amount FROM here ORDER BY 1")
            own = ours.fetchone()
            for serial, rows in groupby(theirs, _serial):
                while own is not None and own[0] < serial:
                    yield None, Ours(*own), False
                    own = ours.fetchone()
                mine = None
                if own is not None and own[0] == serial:
                    mine, own = own, ours.fetchone()
                first = next(rows)
                if (
                    mine is not None
                    and first[3] == mine[2]
                    and first[2] == mine[1]
                    and first[4] == today
                ):
                    counted.matched += 1
                    digest.update(f"{serial} {mine[1]} {mine[2]}\n".encode())
                    if first[3] > 0 and back:
                        back.paid(first[2], first[3])
                    for row in rows:
                        yield Bank(*row), None, True
                else:
                    yield from self._of_serial([first, *rows], mine, back)  # noqa: B031 - one way
            while own is not None:
                yield None, Ours(*own), False
                own = ours.fetchone()
        counted.digest = digest.hexdigest()

    def _of_serial(self, rows: list[Any], mine: Any, back: Reversals) -> Iterator[Pair]:
        """Lines of one serial of which the first does not agree: the one that does comes first."""
        today = self.day.toordinal()
        if mine is not None:
            rows.sort(key=lambda row: (row[4] != today, (row[2], row[3]) != mine[1:], row[1]))
            if (rows[0][2], rows[0][3]) == tuple(mine[1:]) and rows[0][4] == today:
                self.counted.matched += 1
                back.paid(rows[0][2], rows[0][3])
                for row in rows[1:]:
                    yield Bank(*row), None, True
                return
        positive = 0
        for row in rows:
            again = positive > 0 and row[3] > 0
            positive += row[3] > 0
            if row[3] > 0 and row[4] == today:
                back.paid(row[2], row[3])
            yield Bank(*row), None if mine is None else Ours(*mine), again
            mine = None


def _is_back(pair: Pair) -> bool:
    """Whether money went back in it."""
    return pair[0] is not None and pair[0].amount < 0


def _serial(row: Any) -> str:
    return str(row[0])
