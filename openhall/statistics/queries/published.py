"""Published figures as doors and programmes read them: nothing is counted here, all was frozen."""

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import get_language

from openhall.deeds.models import Deed
from openhall.glossary import Said
from openhall.ledger.queries import places_of, receipt_for
from openhall.ledger.rules.finding import Finding
from openhall.ledger.rules.receipt import Receipt
from openhall.statistics.models import Publication, PublicationDeed, PublicationRows
from openhall.statistics.rules.bundle import CITY, root_of
from openhall.statistics.rules.figures import Reading
from openhall.statistics.rules.measures import (
    DEFINITIONS,
    Definition,
    definition_with,
)
from openhall.statistics.terms import FigureState, FigureUnit, Measure

ROOT: Final = "/figures/"  # where the portal has them (openhall/portal/urls.py)


@dataclass(frozen=True, slots=True)
class MonthOfFigure:
    """A published figure of one month. ``part`` and ``whole`` are None where they are hidden;
    ``whole`` also where the figure is a count. ``downloads``: paths on this site by format."""

    measure: Measure
    month: date
    edition: int
    version: int
    digest: str
    definition: str  # its SHA-256
    part: int | None
    whole: int | None
    rows: int
    published_at: datetime
    state: FigureState
    unit: FigureUnit

    @property
    def reading(self) -> Reading | None:
        """Part of whole; None for a count and where it is hidden."""
        if self.part is None or self.whole is None:
            return None
        return Reading(self.part, self.whole)

    @property
    def value(self) -> Decimal | int | None:
        """The figure itself, in its unit; None where it is hidden or there was nothing."""
        if self.unit == FigureUnit.CASES:
            return self.part
        return None if self.reading is None else self.reading.percent

    @property
    def path(self) -> str:
        """Its page."""
        return f"{ROOT}{self.measure}/{self.month:%Y-%m}/"

    @property
    def downloads(self) -> dict[str, str]:
        return {
            "bundle": f"{self.path}{self.edition}.zip",
            "json": f"{self.path}{self.edition}.json",
        }


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A figure that is published, with every month as it stands, newest first."""

    measure: Measure
    definition: Definition
    months: Sequence[MonthOfFigure] = field(default=())

    @property
    def id(self) -> str:
        return self.measure.value

    @property
    def title(self) -> Said:
        return Said(self.measure.zh, self.measure.en)

    @property
    def words(self) -> Said:
        return self.definition.words

    @property
    def unit(self) -> FigureUnit:
        return self.definition.unit

    @property
    def path(self) -> str:
        return f"{ROOT}{self.id}/"

    @property
    def downloads(self) -> dict[str, str]:
        """The series of all months: by format."""
        return {
            "csv": f"{self.path}series.csv",
            "csvw": f"{self.path}series.csv-metadata.json",
            "json": f"{self.path}series.json",
            "sqlite": f"{self.path}series.sqlite",
            "definition": f"{self.path}definition.json",
        }


def _told(row: Publication) -> MonthOfFigure:
    measure = Measure(row.measure)
    definition = definition_with(measure, row.version)
    return MonthOfFigure(
        measure,
        row.month,
        row.edition,
        row.version,
        row.digest,
        definition.digest,
        row.part,
        row.whole,
        row.rows,
        row.published_at,
        FigureState.FROZEN if row.edition == 1 else FigureState.CORRECTED,
        definition.unit,
    )


def _light() -> Any:
    return Publication.objects.defer("statement", "beneath", "salt")


def published_figures() -> list[PublishedFigure]:
    """Every figure, with what stands of each month: one statement."""
    latest: dict[tuple[str, date], Publication] = {}
    for row in _light().order_by("measure", "month", "edition"):
        latest[row.measure, row.month] = row
    found = []
    for measure, versions in DEFINITIONS.items():
        rows = [row for (code, _month), row in latest.items() if code == measure.value]
        months = sorted(map(_told, rows), key=lambda one: one.month, reverse=True)
        found.append(PublishedFigure(measure, versions[-1], months))
    return found


def published_figure(code: str) -> PublishedFigure | None:
    """One figure by its id; None where there is none."""
    if code not in Measure.codes() or Measure(code) not in DEFINITIONS:
        return None
    measure = Measure(code)
    latest: dict[date, Publication] = {}
    for row in _light().filter(measure=code).order_by("month", "edition"):
        latest[row.month] = row
    months = [_told(row) for _month, row in sorted(latest.items(), reverse=True)]
    return PublishedFigure(measure, DEFINITIONS[measure][-1], months)


def standing(measure: Measure, month: date) -> Publication | None:
    """What stands of a figure and month."""
    return editions(measure, month).last()


def editions(measure: Measure, month: date) -> Any:
    """Every publication of a figure and month, the first first."""
    rows = Publication.objects.filter(measure=measure.value, month=month)
    return rows.order_by("edition")


def publication(code: str, month: date, edition: int | None = None) -> Publication | None:
    """One publication: the edition asked for, or what stands."""
    if code not in Measure.codes():
        return None
    rows = editions(Measure(code), month)
    return rows.last() if edition is None else rows.filter(edition=edition).first()


def told(row: Publication) -> MonthOfFigure:
    """A publication in plain words."""
    return _told(row)


def series_by_unit(
    code: str, months: Sequence[date] = ()
) -> Iterator[tuple[MonthOfFigure, dict[str, Any], str, str]]:
    """Every month that stands: the month, its statement, the tables of unit and of the city."""
    rows = Publication.objects.filter(measure=code).order_by("month", "edition")
    if months:
        rows = rows.filter(month__in=months)
    latest = {row.month: row for row in rows}
    for row in latest.values():
        definition = definition_with(Measure(row.measure), row.version)
        by_unit = next((one.name for one in definition.tables if one.group), "")
        yield _told(row), json.loads(row.statement), by_unit, definition.part[0]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a series: ``unit`` is empty for the whole city; None is hidden or none."""

    month: MonthOfFigure
    unit: str
    names: tuple[str, str]
    part: int | None
    whole: int | None

    @property
    def value(self) -> float | None:
        """To be drawn."""
        return drawn(self.part, self.whole)


def drawn(part: int | None, whole: int | None) -> float | None:
    """A count as it is, a share in percent; None where it is hidden or there was nothing."""
    if part is None or whole is None:
        return part
    percent = Reading(part, whole).percent
    return None if percent is None else float(percent)


def lines(code: str, months: Sequence[date] = ()) -> Iterator[Line]:
    """A figure's series, month by month: the city, then each unit."""
    for month, said, by_unit, _city in series_by_unit(code, months):
        definition = definition_with(month.measure, month.version)
        yield Line(month, CITY, ("全市", "The whole city"), month.part, month.whole)
        part = definition.part[1]
        whole = definition.whole and definition.whole[1]
        values: Mapping[str, Mapping[str, int | None]] = next(
            (one["values"] for one in said["tables"] if one["name"] == by_unit), {}
        )
        for unit, counts in sorted(values.items()):
            if unit == CITY:
                continue
            names = said["units"].get(unit, OTHERS_NAMED)
            yield Line(
                month,
                unit,
                (names[0], names[1]),
                counts.get(part),
                counts.get(whole) if whole else None,
            )


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit's line of a month, as a page shows it."""

    unit: str
    names: tuple[str, str]
    part: int | None
    whole: int | None

    @property
    def name(self) -> str:
        """In the reader's language."""
        return Said(*self.names).said_in(get_language())

    @property
    def share(self) -> str:
        """In percent; a dash where it is hidden or there was nothing."""
        if self.part is None or not self.whole:
            return "—"
        return f"{Reading(self.part, self.whole).percent}%"

    @property
    def shown(self) -> str:
        """A share in percent, a count as it is."""
        if self.whole is not None:
            return self.share
        return "—" if self.part is None else f"{self.part}"


@dataclass(frozen=True, slots=True)
class Units:
    """The units of one publication. ``share``: part of whole; ``hides``: something is hidden."""

    units: Sequence[UnitLine]
    share: bool
    hides: bool


def city_and_units(row: Publication) -> Units:
    """What a publication says of each unit, in the order of their codes."""
    definition, said = definition_for(row), json.loads(row.statement)
    table = next(one for one in definition.tables if one.group)
    values = next(one["values"] for one in said["tables"] if one["name"] == table.name)
    part, whole = definition.part[1], definition.whole and definition.whole[1]
    found = [
        UnitLine(
            unit,
            tuple(said["units"].get(unit, OTHERS_NAMED)),
            counts[part],
            counts[whole] if whole else None,
        )
        for unit, counts in sorted(values.items())
        if unit != CITY
    ]
    hidden = any(one.part is None for one in found)
    return Units(found, whole is not None, hidden)


def months_published() -> list[date]:
    """The months that are published, newest first."""
    rows = Publication.objects.order_by("-month").values_list("month", flat=True)
    return list(rows.distinct())


def matrix(month: date) -> tuple[list[MonthOfFigure], list[tuple[UnitLine, list[UnitLine | None]]]]:
    """A month as it stands: its figures, and each unit with its line of each figure."""
    latest: dict[str, Publication] = {}
    for row in Publication.objects.filter(month=month).order_by("edition"):
        latest[row.measure] = row
    shown = [latest[one.value] for one in DEFINITIONS if one.value in latest]
    found: dict[str, list[UnitLine | None]] = {}
    named: dict[str, UnitLine] = {}
    for at, row in enumerate(shown):
        for line in city_and_units(row).units:
            named.setdefault(line.unit, line)
            found.setdefault(line.unit, [None] * len(shown))[at] = line
    return [_told(row) for row in shown], [(named[unit], found[unit]) for unit in sorted(found)]


OTHERS_NAMED: Final = ("评价不足5条的单位合计", "Units with fewer than five ratings, together")


def of_unit(unit: str, months: int) -> list[tuple[PublishedFigure, list[Line]]]:
    """The newest months of every figure as published of one unit, the oldest first."""
    newest = months_published()[:months]
    found = []
    for measure, versions in DEFINITIONS.items():
        told = [line for line in lines(measure.value, newest) if line.unit == unit]
        found.append((PublishedFigure(measure, versions[-1]), told))
    return found


SHARES: Final = (Measure.ON_TIME, Measure.SATISFIED, Measure.ANSWERED, Measure.RECTIFIED)


def readings(units: Sequence[str], months: int = 12) -> dict[str, list[tuple[Measure, Reading]]]:
    """What the newest months say of each unit, as published: the shares that targets are set in
    and that inspectors mark beside. Hidden months are left out."""
    newest = months_published()[:months]
    found: dict[str, list[tuple[Measure, Reading]]] = {unit: [] for unit in units}
    for measure in SHARES:
        sums = dict.fromkeys(units, Reading(0, 0))
        for line in lines(measure.value, newest):
            if line.unit in sums and line.part is not None and line.whole is not None:
                before = sums[line.unit]
                sums[line.unit] = Reading(before.part + line.part, before.whole + line.whole)
        for unit, reading in sums.items():
            found[unit].append((measure, reading))
    return found


def opinions_published(months: Sequence[date]) -> dict[tuple[date, str], Reading | None]:
    """Good ratings of all ratings by month and unit ("" is the city), as far as published.

    None where the count is hidden. What is not in it is not published, or was nothing.
    """
    return {
        (line.month.month, line.unit): (
            Reading(line.part, line.whole)
            if line.part is not None and line.whole is not None
            else None
        )
        for line in lines(Measure.SATISFIED.value, months)
    }


def rows_of(row: Publication) -> dict[str, bytes]:
    """The tables of a publication: a line each row."""
    found = PublicationRows.objects.filter(publication=row).values_list("name", "packed")
    return {name: gzip.decompress(bytes(packed)) for name, packed in found}


def deed_of(row: Publication) -> Deed:
    """The deed by which it was published."""
    return PublicationDeed.objects.get(subject="figure", about=row.pk, seq=1)


def receipt_of(row: Publication) -> Receipt | None:
    """The proof that the log holds it; None until a checkpoint covers it."""
    return receipt_for(deed_of(row).entry)


def leaf_of(row: Publication) -> int | None:
    """Its place in the log."""
    entry = deed_of(row).entry
    return places_of([entry]).get(entry)


def definition_for(row: Publication) -> Definition:
    return definition_with(Measure(row.measure), row.version)


def faults(since: int, size: int) -> Iterator[Finding]:
    """Publications whose statement or rows are not what was signed (``LEDGER_CHECKS``)."""
    if since:
        return
    for row in Publication.objects.order_by("pk").iterator(chunk_size=50):
        if why := _fault_of(row):
            yield Finding(
                f"figure/{row.number}",
                f"公布的数字{row.number}与签名时不同（{why.zh}）：被改动。",
                f"The published figure {row.number} is not what was signed ({why.en}).",
            )


def _fault_of(row: Publication) -> Said | None:
    said = row.statement.encode()
    if hashlib.sha256(said).hexdigest() != row.digest:
        return Said("数字说明", "its statement")
    tables = {one["name"]: one["root"] for one in json.loads(said)["tables"]}
    kept = rows_of(row)
    for name, root in tables.items():
        if name not in kept or root_of(kept[name].splitlines()) != root:
            return Said(f"明细{name}", f"its rows {name}")
    if definition_for(row).digest != json.loads(said)["definition"]:
        return Said("口径", "its definition")
    return None
