"""冻结: the figures of a month are published once, signed in the log; what changes is a correction.

Nobody types a figure. A month is frozen on the sixth day of the next, when what is lawfully entered
afterwards is in; later changes are looked for at each freeze and published as corrections, beside
what they correct.
"""

import gzip
import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from openhall.cases.models import UnitMonth
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import MOVED, Moved, Refused
from openhall.deeds.writer import made_before, write
from openhall.glossary import Said
from openhall.ledger.queries import size_now
from openhall.ledger.rules.canonical import canonical
from openhall.organs.models import Organ
from openhall.statistics.behind import ROWS, last_day, opinions
from openhall.statistics.kinds import FIGURE
from openhall.statistics.models import Publication, PublicationRows
from openhall.statistics.permissions import may_audit_log
from openhall.statistics.queries import standing
from openhall.statistics.rules.bundle import (
    CITY,
    Row,
    Values,
    counted,
    line_of,
    mark_of,
    packed,
    root_of,
    statement,
)
from openhall.statistics.rules.figures import FREEZE_AFTER, month_after, months_back
from openhall.statistics.rules.hiding import OTHERS, Hidden, corrected, first, told_lines
from openhall.statistics.rules.measures import (
    DEFINITIONS,
    OF_A_DAY,
    PART,
    WHOLE,
    Definition,
    definition_on,
)
from openhall.statistics.terms import FigureAct, Measure

LOOK_BACK: Final = 13  # months in which corrections are looked for
REASON_AT_LEAST: Final = 10
HELD: Final = Said(
    "新增的评价太少，更正会泄露单条评价；待数量足够时一并公布。",
    "Too few ratings were added: the correction would tell single ones. It waits for more.",
)
AFTERWARDS: Final = Said(
    "冻结后有补录、移送或更正，按办件重算后的数字与原公布的不同。",
    "Something was entered, handed over or put right after the freeze; counted anew from the "
    "records, the figure is another.",
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure of a month as it would be published now."""

    definition: Definition
    rows: Mapping[str, Sequence[Row]]
    values: Mapping[str, Values]
    beneath: str = ""

    def same_as(self, before: Publication) -> bool:
        """Whether it says what was published. Salted rows are anew each time, so they are not
        compared."""
        told = {one["name"]: one for one in json.loads(before.statement)["tables"]}
        for table in self.definition.tables:
            if told[table.name]["values"] != self.values[table.name]:
                return False
            salted = "mark" in table.columns
            if not salted and told[table.name]["root"] != _root(self.rows[table.name]):
                return False
        return before.version == self.definition.version


def _root(rows: Sequence[Row]) -> str:
    return root_of(line_of(row) for row in rows)


def count(measure: Measure, month: date, before: Publication | None = None) -> Counted | None:
    """Count a figure from the records; None where it cannot be corrected without giving away
    something that is hidden."""
    definition = definition_on(measure, month)
    if measure == Measure.SATISFIED:
        return _opinions(definition, month, before)
    rows, last = ROWS[measure](month), last_day(month).isoformat()
    values = {table.name: counted(table, rows[table.name], last) for table in definition.tables}
    return Counted(definition, rows, values)


def _opinions(definition: Definition, month: date, before: Publication | None) -> Counted | None:
    every = opinions(month)
    lines: dict[str, tuple[int, int]] = {}
    for unit, good, _number, _salt in every:
        line = lines.get(unit, (0, 0))
        lines[unit] = (line[0] + good, line[1] + 1 - good)
    if before is None:
        shown = first(lines)
    else:
        kept = _hidden_of(before)
        if told_lines(lines, kept.joined) == dict(kept.lines):
            shown = kept
        elif (found := corrected(lines, kept)) is None:
            return None
        else:
            shown = found
    edition = 1 if before is None else before.edition + 1
    said = f"{definition.measure} {month} {edition}"
    city: list[Row] = []
    units: list[Row] = []
    for unit, good, number, salt in every:
        code = OTHERS if unit in shown.joined else unit
        told = None if code in shown.hidden else good
        units.append((code, told, mark_of(salt, f"{number} {said} units")))
        mark = mark_of(salt, f"{number} {said} city")
        city.append((good if shown.city else None, mark))
    good_of_city = sum(line[0] for line in lines.values())
    values: dict[str, Values] = {
        "city": {CITY: {PART: good_of_city if shown.city else None, WHOLE: len(every)}},
        "units": {
            unit: {PART: None if unit in shown.hidden else line[0], WHOLE: sum(line)}
            for unit, line in shown.lines.items()
        },
    }
    rows = {
        "city": sorted(city, key=lambda row: str(row[-1])),
        "units": sorted(units, key=lambda row: str(row[-1])),
    }
    beneath = asdict(shown) | {"hidden": sorted(shown.hidden), "joined": sorted(shown.joined)}
    return Counted(definition, rows, values, json.dumps(beneath, sort_keys=True))


def _hidden_of(publication: Publication) -> Hidden:
    told = json.loads(publication.beneath)
    lines = {unit: (line[0], line[1]) for unit, line in told["lines"].items()}
    return Hidden(lines, frozenset(told["hidden"]), frozenset(told["joined"]), told["city"])


@dataclass(frozen=True, slots=True)
class Drawn:
    """A publication made ready before anything is locked: its row, its tables, what its entry says.

    Counting a month reads every case of it; nobody at a desk waits for that.
    """

    row: dict[str, Any]
    packed: Mapping[str, bytes]
    facts: dict[str, Any]


def _drawn(
    found: Counted, month: date, before: Publication | None = None, reason: Said | None = None
) -> Drawn:
    definition, edition = found.definition, 1 if before is None else before.edition + 1
    tables = [
        {
            "name": table.name,
            "rows": len(found.rows[table.name]),
            "root": _root(found.rows[table.name]),
            "values": found.values[table.name],
        }
        for table in definition.tables
    ]
    codes = {code for values in found.values.values() for code in values}
    names = Organ.objects.filter(code__in=codes).order_by("code")
    told = statement(
        definition,
        f"{month:%Y-%m}",
        edition,
        settings.LEDGER_ORIGIN,
        tables,
        {one.code: (one.name, one.name_en) for one in names},
        "" if before is None else before.digest,
        {} if reason is None else {"zh": reason.zh, "en": reason.en},
    )
    text = canonical(told)
    digest = hashlib.sha256(text).hexdigest()
    part, whole = (_city(found, where) for where in (definition.part, definition.whole))
    row = {
        "measure": definition.measure.value,
        "month": month,
        "edition": edition,
        "version": definition.version,
        "statement": text.decode(),
        "digest": digest,
        "rows": sum(len(rows) for rows in found.rows.values()),
        "part": part,
        "whole": whole,
        "log_size": size_now(),
        "beneath": found.beneath,
    }
    facts = {
        "figure": definition.measure.value,
        "month": f"{month:%Y-%m}",
        "edition": edition,
        "sha256": digest,
        "definition": definition.digest,
        "rows": {one["name"]: one["rows"] for one in tables},
        "roots": {one["name"]: one["root"] for one in tables},
        "part": part,
        "whole": whole,
        "corrects": told["corrects"],
    }
    kept = {name: gzip.compress(packed(rows), 6, mtime=0) for name, rows in found.rows.items()}
    return Drawn(row, kept, facts)


@acting()
def _publish(drawn: Drawn, act: FigureAct, doing: Doing) -> Publication:
    """Write what was made ready; what somebody published meanwhile stands."""
    measure, month = Measure(drawn.row["measure"]), drawn.row["month"]
    if (done := _done_before(act, measure, month, doing)) is not None:
        return done
    stands = standing(measure, month)
    if (stands.edition if stands else 0) + 1 != drawn.row["edition"]:
        raise Moved(MOVED)
    row = Publication.objects.create(**drawn.row, published_at=doing.at)
    PublicationRows.objects.bulk_create(
        PublicationRows(publication=row, name=name, packed=kept)
        for name, kept in drawn.packed.items()
    )
    write(FIGURE, row, act, doing, facts=drawn.facts)
    return row


def _city(found: Counted, where: tuple[str, str] | None) -> int | None:
    return None if where is None else found.values[where[0]][CITY][where[1]]


def _done_before(act: FigureAct, measure: Measure, month: date, doing: Doing) -> Publication | None:
    found: Publication | None = made_before(FIGURE, doing, act, measure=measure.value, month=month)
    return found


def freeze(measure: Measure, month: date, doing: Doing) -> Publication:
    """Publish a figure of a month. Refused while the month is not over; once, then it stands."""
    if (done := _done_before(FigureAct.FREEZE, measure, month, doing)) is not None:
        return done
    if doing.day < month_after(month) or month.day != 1:
        raise Refused(
            Said("这个月还没有结束，不能冻结。", "The month is not over; it cannot be frozen yet."),
            "month",
        )
    if (before := standing(measure, month)) is not None:
        return before
    found = count(measure, month)
    assert found is not None
    return _publish(_drawn(found, month), FigureAct.FREEZE, doing)


def correct(measure: Measure, month: date, reason: Said, doing: Doing) -> Publication | None:
    """Count a published figure anew and publish the correction; None where nothing changed.

    By the system at each freeze, or by the supervision bureau with its own reason.
    """
    if (done := _done_before(FigureAct.CORRECT, measure, month, doing)) is not None:
        return done
    if doing.actor is not None and not may_audit_log(doing.actor, doing.day):
        raise Refused(
            Said(
                "只有监察岗位的在岗人员可以更正公布的数字（成办发〔2003〕75号 二（三））。",
                "Only who is on duty at a supervision desk corrects a published figure "
                "(成办发〔2003〕75号 二（三）).",
            )
        )
    if len(reason.zh.strip()) < REASON_AT_LEAST:
        raise Refused(
            Said(
                f"请写明更正的原因（不少于{REASON_AT_LEAST}个字），它将公开。",
                f"Write why it is corrected, in at least {REASON_AT_LEAST} characters; it will be "
                "public.",
            ),
            "reason",
        )
    before = standing(measure, month)
    if before is None:
        raise Refused(
            Said("这个月的数字还没有公布。", "The figure of this month is not published yet."),
            "month",
        )
    if measure in OF_A_DAY:
        raise Refused(
            Said(
                "这是月末那一天的状况，冻结后不再重算。",
                "It tells how things stood on the last day of the month; it is not counted again.",
            )
        )
    found = count(measure, month, before)
    if found is None and doing.actor is not None:
        raise Refused(HELD)
    if found is None or found.same_as(before):
        return None
    return _publish(_drawn(found, month, before, reason), FigureAct.CORRECT, doing)


def last_to_freeze(day: date) -> date:
    """The newest month whose figures are frozen on ``day``."""
    this = day.replace(day=1)
    return months_back(this, 2 if day.day > FREEZE_AFTER else 3)[0]


def freeze_due(
    at: datetime,
    entered: datetime | None = None,
    measures: Collection[Measure] = tuple(DEFINITIONS),
) -> int:
    """Freeze every month that is due and not published; how many figures were.

    Each figure is an act of its own: what is done stays done.
    """
    at = timezone.localtime(at)
    last = last_to_freeze(at.date())
    begun = UnitMonth.objects.order_by("month").values_list("month", flat=True).first()
    if begun is None or begun > last:
        return 0
    there = set(Publication.objects.filter(edition=1).values_list("measure", "month"))
    done, month = 0, begun
    while month <= last:
        for measure in measures:
            if (measure.value, month) not in there:
                key = f"figure-{measure}-{month:%Y-%m}"
                freeze(measure, month, Doing(None, at, key, entered=entered))
                done += 1
        month = month_after(month)
    return done


def correct_due(at: datetime, entered: datetime | None = None) -> int:
    """Count the figures of the last months anew; publish what changed; how many did."""
    at, done = timezone.localtime(at), 0
    for month in months_back(last_to_freeze(at.date()), LOOK_BACK):
        for measure in DEFINITIONS.keys() - OF_A_DAY:
            if (before := standing(measure, month)) is None:
                continue
            key = f"figure-{measure}-{month:%Y-%m}-{before.edition + 1}"
            doing = Doing(None, at, key, entered=entered)
            done += correct(measure, month, AFTERWARDS, doing) is not None
    return done
