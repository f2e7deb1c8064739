"""How each figure is counted: definitions as data, by version and by the month they hold from.

A definition is read by three programmes: the freeze, the page, and the one-file verifier that a
stranger runs. So it is data (columns, conditions, whole numbers), never code. What changes a figure
is a new version with the first month it holds for; an old month stays under its own.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from openhall.glossary import Said
from openhall.ledger.rules.canonical import canonical
from openhall.statistics.terms import FigureUnit, Measure

FORMAT: Final = "openhall-figure-definition/1"
BEGINNING: Final = date(2000, 1, 1)
PART, WHOLE, ALL, SUM = "part", "whole", "all", "sum"
Where = list[list[Any]]  # of [column, "=" or "<", value]; "$last" is the last day of the month


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number of a table: its rows ``where``, or the ``sums`` of a column over them."""

    name: str
    where: tuple[tuple[str, str, Any], ...] = ()
    sums: str = ""

    def plain(self) -> dict[str, Any]:
        said: dict[str, Any] = {"name": self.name, "where": [list(one) for one in self.where]}
        return said | ({"sum": self.sums} if self.sums else {})


@dataclass(frozen=True, slots=True)
class InLog:
    """How rows are found in the public log: ``entry`` of each is the place of one of ``acts``.

    ``whole``: the acts of which none of the month may be missing among the rows. ``kept``: a column
    that is 1 where the act's day is not after the promised day its entry names. ``stages``: rows
    are the cases that stand at one of them when the month is over, by their entries until then,
    ``due`` as the last of these tells it and ``stopped`` between an act of ``stops`` and one of
    ``runs``.
    """

    acts: tuple[str, ...]
    whole: tuple[str, ...] = ()
    kept: str = ""
    stages: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        said: dict[str, Any] = {
            "kind": "case",
            "acts": list(self.acts),
            "whole": list(self.whole),
            "kept": self.kept,
        }
        names = ("stages", "stops", "runs") if self.stages else ()
        return said | {name: list(getattr(self, name)) for name in names}


@dataclass(frozen=True, slots=True)
class Rows:
    """One list of rows. ``key`` rises from row to row, so nothing stands twice.

    ``group``: the column of the unit, where it is told by unit. ``within``: the column whose day
    lies in the month. ``hides``: the column left empty in rows of hidden cells.
    """

    name: str
    columns: tuple[str, ...]
    key: str
    counts: tuple[Count, ...]
    group: str = ""
    within: str = ""
    hides: str = ""
    log: InLog | None = None

    def plain(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "columns": list(self.columns),
            "key": self.key,
            "group": self.group,
            "within": self.within,
            "hides": self.hides,
            "counts": [one.plain() for one in self.counts],
            "log": self.log and self.log.plain(),
        }


@dataclass(frozen=True, slots=True)
class Definition:
    """One version of how a figure is counted. The figure is ``part`` of ``whole``, or a count."""

    measure: Measure
    version: int
    holds_from: date
    words: Said
    unit: FigureUnit
    tables: tuple[Rows, ...]
    part: tuple[str, str]  # table and count
    whole: tuple[str, str] | None = None

    def plain(self) -> dict[str, Any]:
        """As the bundle carries it."""
        return {
            "format": FORMAT,
            "figure": self.measure.value,
            "version": self.version,
            "from": f"{self.holds_from:%Y-%m}",
            "title": {"zh": self.measure.zh, "en": self.measure.en},
            "words": {"zh": self.words.zh, "en": self.words.en},
            "unit": self.unit.value,
            "basis": self.measure.basis,
            "tables": [one.plain() for one in self.tables],
            "part": list(self.part),
            "whole": None if self.whole is None else list(self.whole),
        }

    def text(self) -> bytes:
        """Its canonical bytes."""
        return canonical(self.plain())

    @property
    def digest(self) -> str:
        """Of its bytes; asked for each month of a board, so it is made once."""
        return _digest(self)

    def __hash__(self) -> int:
        return hash((self.measure, self.version))


@lru_cache(maxsize=256)
def _digest(definition: Definition) -> str:
    return hashlib.sha256(definition.text()).hexdigest()


def _cases(
    within: str, log: InLog, *more: str, counts: tuple[Count, ...] = (Count(ALL),)
) -> tuple[Rows, ...]:
    columns = ("case", "unit", "item", within, *more, "entry")
    return (Rows("cases", columns, "case", counts, "unit", within, log=log),)


SUBMITTING: Final = InLog(("submit",), ("submit",))
# One deemed accepted by silence counts from the day it was received; its act comes later.
ACCEPTING: Final = InLog(
    ("accept", "accept_at_once", "deem_accepted"), ("accept", "accept_at_once")
)
DECIDING: Final = InLog(("decide",), ("decide",), "in_time")
STANDING: Final = InLog(
    ACCEPTING.acts,
    stages=("accepted", "handling", "forwarded", "reviewed"),
    stops=("suspend", "call_hearing"),
    runs=("resume", "hold_hearing"),
)
CLOSED_ROWS: Final = ("accepted", "days", "in_time")
OF_CLOSED: Final = "；申请人撤回的不计。补录的办件按事件发生的月份计。"
OF_CLOSED_EN: Final = "; withdrawn ones left out. What is entered later counts where it happened."


def _one(
    measure: Measure,
    words: Said,
    tables: tuple[Rows, ...],
    part: str = ALL,
    whole: str = "",
) -> tuple[Definition, ...]:
    unit = FigureUnit.PERCENT if whole else FigureUnit.CASES
    name = tables[0].name
    told = (name, whole) if whole else None
    return (Definition(measure, 1, BEGINNING, words, unit, tables, (name, part), told),)


def _owing(version: int, log: InLog, zh: str, en: str) -> Definition:
    columns = ("case", "unit", "item", "accepted", "due", "stopped", "entry")
    counts = (Count(PART, (("due", "<", "$last"), ("stopped", "=", 0))), Count(WHOLE))
    words = Said(
        "月末已受理而未办结的办件中，承诺日早于当月最后一天、且时限未依法中止的÷月末未办结的"
        f"办件。{zh}",
        "Of cases accepted and not closed at the end of the month: those whose promised "
        f"day lay before its last day and whose clock was not lawfully stopped. {en}",
    )
    table = Rows("cases", columns, "case", counts, "unit", log=log)
    of = (table.name, PART), (table.name, WHOLE)
    return Definition(Measure.OVERDUE, version, BEGINNING, words, FigureUnit.PERCENT, (table,), *of)


DEFINITIONS: Final[Mapping[Measure, tuple[Definition, ...]]] = MappingProxyType(
    {
        Measure.RECEIVED: _one(
            Measure.RECEIVED,
            Said("当月收到的申请，每件计一次。", "Applications received in the month, each once."),
            _cases("received", SUBMITTING),
        ),
        Measure.ACCEPTED: _one(
            Measure.ACCEPTED,
            Said(
                "当月受理的办件，含逾期不告知而视为受理的。",
                "Cases accepted in the month, those deemed accepted by silence included.",
            ),
            _cases("accepted", ACCEPTING),
        ),
        Measure.CLOSED: _one(
            Measure.CLOSED,
            Said(
                f"当月办结的已受理办件{OF_CLOSED}",
                f"Accepted cases decided in the month{OF_CLOSED_EN}",
            ),
            _cases(
                "closed", DECIDING, *CLOSED_ROWS, counts=(Count(ALL), Count("days", (), "days"))
            ),
        ),
        Measure.ON_TIME: _one(
            Measure.ON_TIME,
            Said(
                f"承诺时限内办结的办件÷当月办结的办件{OF_CLOSED}",
                f"Cases closed within the promise ÷ cases closed in the month{OF_CLOSED_EN}",
            ),
            _cases(
                "closed",
                DECIDING,
                *CLOSED_ROWS,
                counts=(Count(PART, (("in_time", "=", 1),)), Count(WHOLE)),
            ),
            PART,
            WHOLE,
        ),
        Measure.LATE: _one(
            Measure.LATE,
            Said(
                f"超过承诺时限办结的办件÷当月办结的办件{OF_CLOSED}",
                f"Cases closed after the promise ÷ cases closed in the month{OF_CLOSED_EN}",
            ),
            _cases(
                "closed",
                DECIDING,
                *CLOSED_ROWS,
                counts=(Count(PART, (("in_time", "=", 0),)), Count(WHOLE)),
            ),
            PART,
            WHOLE,
        ),
        Measure.OVERDUE: (
            _owing(
                1,
                InLog(ACCEPTING.acts),
                "以冻结时的记录为准，冻结后不再重算。",
                "As the records stood when it was frozen; it is not counted again.",
            ),
            _owing(
                2,
                STANDING,
                "承诺日和中止以月末前的登记为准，以后延期、中止或办结的不改变它。",
                "As the acts until then say; what was extended, stopped or closed later does not "
                "change it.",
            ),
        ),
        Measure.SATISFIED: (
            Definition(
                Measure.SATISFIED,
                1,
                BEGINNING,
                Said(
                    "当月收到的评价中，基本满意以上（3分及以上）的÷全部评价；没有评价不算满意。少于5的"
                    "数不公布，并同时隐去可用来倒推的数。",
                    "Ratings of three and above of the ratings received in the month; silence is "
                    "no satisfaction. Counts under five are hidden, and with them those from "
                    "which they could be computed back.",
                ),
                FigureUnit.PERCENT,
                (
                    Rows(
                        "city",
                        ("good", "mark"),
                        "mark",
                        (Count(PART, (("good", "=", 1),)), Count(WHOLE)),
                        hides="good",
                    ),
                    Rows(
                        "units",
                        ("unit", "good", "mark"),
                        "mark",
                        (Count(PART, (("good", "=", 1),)), Count(WHOLE)),
                        "unit",
                        hides="good",
                    ),
                ),
                ("city", PART),
                ("city", WHOLE),
            ),
        ),
        Measure.ANSWERED: _one(
            Measure.ANSWERED,
            Said(
                "按期答复的咨询÷答复期限在当月届满的咨询。",
                "Questions answered in time ÷ questions whose day of answer lies in the month.",
            ),
            (
                Rows(
                    "questions",
                    ("unit", "due", "in_time", "mark"),
                    "mark",
                    (Count(PART, (("in_time", "=", 1),)), Count(WHOLE)),
                    "unit",
                    "due",
                ),
            ),
            PART,
            WHOLE,
        ),
        Measure.RECTIFIED: _one(
            Measure.RECTIFIED,
            Said(
                "按期销号的整改事项÷整改期限在当月届满的事项。",
                "Findings closed in time ÷ findings whose day lies in the month.",
            ),
            (
                Rows(
                    "findings",
                    ("number", "unit", "due", "in_time"),
                    "number",
                    (Count(PART, (("in_time", "=", 1),)), Count(WHOLE)),
                    "unit",
                    "due",
                ),
            ),
            PART,
            WHOLE,
        ),
    }
)


# Counted from cases alone.
OF_CASES: Final = (
    *(Measure.RECEIVED, Measure.ACCEPTED, Measure.CLOSED),
    *(Measure.ON_TIME, Measure.LATE, Measure.OVERDUE),
)


def definition_on(measure: Measure, month: date) -> Definition:
    """The version that holds for ``month``."""
    return max(
        (one for one in DEFINITIONS[measure] if one.holds_from <= month),
        key=lambda one: one.version,
    )


def definition_with(measure: Measure, version: int) -> Definition:
    """One version of a figure."""
    return next(one for one in DEFINITIONS[measure] if one.version == version)
