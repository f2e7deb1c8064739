"""What one batch of a recomputation works out before it takes the lock: which cases move, and how.

Answers and words are worked out once for cases that are alike; only number and seq differ.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.utils import timezone

from openhall.cases.models import Extension, Forwarding, Suspension
from openhall.cases.rules.clock import Pause, WorkingCalendar
from openhall.cases.rules.recount_days import Question, Recounting
from openhall.cases.terms import Act, Stage
from openhall.catalogue.models import Item, ItemVersion
from openhall.catalogue.terms import DayUnit
from openhall.ledger.rules.canonical import canonical
from openhall.organs.models import Organ

DUES: Final = ("answer_due", "promise_due", "statutory_due", "delivery_due")
READ: Final = (
    "id",
    "seq",
    "number",
    "stage",
    "pack",
    "joint",
    "part_days",
    "organ_id",
    "item_id",
    "item_version_id",
    *DUES,
    "due_is_provisional",
    "received_at",
    "accepted_at",
    "decided_at",
    "closed_at",
    "suspended_since",
)
NUMBER, MOMENT, SEQ = (
    "@@number@@",
    "@@moment@@",
    987_654_321_987,
)  # what stands in a template until a case fills it
Dues = tuple[str | None, ...]


class Row(NamedTuple):
    """One open case as the database keeps it: texts on SQLite, dates on PostgreSQL."""

    pk: int
    seq: int
    number: str
    stage: str
    pack: str
    joint: bool
    part_days: int | None
    organ: int
    item: int
    version: int
    answer: Any
    promise: Any
    statutory: Any
    delivery: Any
    provisional: bool
    received: Any
    accepted: Any
    decided: Any
    closed: Any
    suspended: Any


class Moved(NamedTuple):
    """A case whose due days are others now, with what they were; days as 2026-11-25."""

    row: Row
    before: Dues
    dues: Dues
    provisional: bool


@dataclass(slots=True)
class Detours:
    """What makes a case of the batch unlike others: suspensions, extension, the superior's leg."""

    pauses: dict[int, list[Pause]] = field(default_factory=lambda: defaultdict(list))
    extended: dict[int, int] = field(default_factory=dict)
    above: dict[int, date] = field(default_factory=dict)

    @classmethod
    def of(cls, first: int, last: int) -> "Detours":
        """Those of the cases from ``first`` to ``last``."""
        made = cls()
        span = {"case_id__gte": first, "case_id__lte": last}
        paused = Suspension.objects.filter(**span, until__isnull=False)
        for pk, since, until, number in paused.values_list(
            "case_id", "since", "until", "notice_number"
        ):
            made.pauses[pk].append(Pause(since, until, bool(number)))
        legs = Forwarding.objects.filter(**span).values_list("case_id", "since", "until")
        for pk, since, until in legs:
            if until is None:
                made.above[pk] = since
            else:
                made.pauses[pk].append(Pause(since, until, True))
        made.extended = dict(Extension.objects.filter(**span).values_list("case_id", "days"))
        return made


def _iso(day: Any) -> str | None:
    return day if day is None or isinstance(day, str) else day.isoformat()


class Counting:
    """One run's answers under the new calendar, and its words."""

    def __init__(self, calendar: WorkingCalendar, today: date, cause: str) -> None:
        self.answers = Recounting(calendar, today)
        self.cause = cause
        self.organs = dict(Organ.objects.values_list("pk", "code"))
        self.items = dict(Item.objects.values_list("pk", "code"))
        self.versions: dict[int, tuple[int, str, int | None, str]] = {}
        self.days: dict[str, date] = {}
        self.plain: dict[tuple[Any, ...], tuple[str | None, str | None, bool]] = {}
        self.told: dict[tuple[Any, ...], str] = {}
        self.sheets: dict[tuple[Any, ...], tuple[str, ...]] = {}

    # ------------------------------------------------------------ which cases move
    def moved(self, rows: list[Row]) -> list[Moved]:
        """Those of ``rows`` whose due days are others under the new calendar."""
        if not rows:
            return []
        detours = Detours.of(rows[0].pk, rows[-1].pk)
        found = []
        for row in rows:
            before = (
                _iso(row.answer),
                _iso(row.promise),
                _iso(row.statutory),
                _iso(row.delivery),
            )
            dues, provisional = self._dues(row, before, detours)
            if dues != before or provisional != bool(row.provisional):
                found.append(Moved(row, before, dues, provisional))
        return found

    def _local(self, moment: Any) -> date:
        """The city's day of a stored moment; worked out once a minute of the clock."""
        minute = str(moment)[:16]
        found = self.days.get(minute)
        if found is None:
            aware = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
            if aware.tzinfo is None:
                aware = aware.replace(tzinfo=UTC)
            found = self.days[minute] = timezone.localtime(aware).date()
        return found

    def _dues(self, row: Row, before: Dues, detours: Detours) -> tuple[Dues, bool]:
        answer, promise, statutory, delivery = before
        provisional = bool(row.provisional)
        if row.stage == Stage.SUBMITTED:
            answer = _iso(self.answers.answer(self._local(row.received), row.pack))
        elif row.closed is not None:
            delivery = _iso(self.answers.delivery(self._local(row.decided), row.pack))
        elif row.pk in detours.above:
            promise = statutory = _iso(self.answers.above(detours.above[row.pk], row.pack))
        else:
            promise, statutory, provisional = self._limits(row, detours)
        return (answer, promise, statutory, delivery), provisional

    def _limits(self, row: Row, detours: Detours) -> tuple[str | None, str | None, bool]:
        pauses = tuple(detours.pauses.get(row.pk, ()))
        extended = detours.extended.get(row.pk, 0)
        accepted = self._local(row.accepted)
        alike = (accepted, row.version, row.part_days, row.pack, row.joint, extended, pauses)
        found = self.plain.get(alike)
        if found is None:
            promised, unit, lawful, lawful_unit = self._version(row.version)
            if row.part_days is not None:
                promised, unit = row.part_days, DayUnit.WORKING.value
            due = self.answers.deadlines(
                Question(
                    accepted,
                    promised,
                    unit,
                    lawful,
                    lawful_unit,
                    row.pack,
                    bool(row.joint),
                    extended,
                    pauses,
                )
            )
            found = self.plain[alike] = (
                due.promise.isoformat(),
                _iso(due.statutory),
                due.provisional,
            )
        return found

    def _version(self, pk: int) -> tuple[int, str, int | None, str]:
        found = self.versions.get(pk)
        if found is None:
            one = ItemVersion.objects.get(pk=pk)
            found = self.versions[pk] = (
                one.promised_days or 0,
                one.promised_unit,
                one.statutory_days,
                one.statutory_unit,
            )
        return found

    # ------------------------------------------------------------ what is said of them
    def _facts(self, one: Moved) -> Mapping[str, Any]:
        """The cause, and every due day that is another now."""
        facts: dict[str, Any] = {"cause": self.cause}
        for name, due, was in zip(DUES, one.dues, one.before, strict=True):
            if due != was:
                facts[name], facts[f"{name}_before"] = due, was
        if one.provisional != bool(one.row.provisional):
            facts["provisional"] = one.provisional
        return facts

    def facts(self, one: Moved) -> str:
        """The public facts of the event, as JSON."""
        alike = (one.before, one.dues, one.provisional, one.row.provisional)
        found = self.told.get(alike)
        if found is None:
            found = self.told[alike] = json.dumps(self._facts(one), ensure_ascii=False)
        return found

    def body(self, one: Moved, moment: str) -> bytes:
        """The canonical bytes of its entry in the log, of the same form as every act's."""
        row = one.row
        alike = (row.stage, row.organ, row.item, one.before, one.dues, one.provisional)
        sheet = self.sheets.get(alike)
        if sheet is None:
            sheet = self.sheets[alike] = self._sheet(one)
        first, then, between, facts, last = sheet
        said = f"{first}{row.number}{then}{moment}{between}{moment}{facts}{row.seq + 1}{last}"
        return said.encode()

    def _sheet(self, one: Moved) -> tuple[str, ...]:
        row = one.row
        whole = canonical(
            {
                "kind": "case",
                "v": 3,
                "log": settings.LEDGER_ORIGIN,
                "case": NUMBER,
                "seq": SEQ,
                "act": Act.RECALENDAR.value,
                "stage": row.stage,
                "organ": self.organs[row.organ],
                "item": self.items[row.item],
                "desk": "",
                "event_time": MOMENT,
                "entry_time": MOMENT,
                "facts": self._facts(one),
                "commitments": {},
                "open": {
                    **dict(zip(DUES, one.dues, strict=True)),
                    "due_is_provisional": one.provisional,
                },
            }
        ).decode()
        first, rest = whole.split(NUMBER)
        then, between, rest = rest.split(MOMENT)
        facts, last = rest.split(str(SEQ))
        return first, then, between, facts, last
