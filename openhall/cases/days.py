"""Both limits of a case, its due days as they stand, and the ledger of its days. 42–45, 82; A5."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import get_language

from openhall.cases.models import Case, Extension
from openhall.cases.rules.clock import (
    BY_CALENDAR,
    Deadlines,
    Limit,
    Pause,
    deadlines_after,
    statutory_limit,
)
from openhall.cases.rules.days_told import Halt, Stretch, Sum, days_told, stretches
from openhall.cases.rules.packs import pack_named
from openhall.cases.terms import DayReason, SuspensionGround
from openhall.catalogue.terms import DayUnit
from openhall.glossary import Said
from openhall.workdays.models import CalendarDay
from openhall.workdays.queries import calendar

LONGEST: Final = 400  # days told; a longer clock is told to its limits
WITHOUT_NOTICE: Final = Said("未给书面告知", "no written notice")


def pauses_of(case: Case) -> list[Pause]:
    """The suspensions of ``case`` as the clock reads them."""
    return [Pause(one.since, one.until, bool(one.notice_number)) for one in case.suspensions.all()]


def legs_of(case: Case) -> list[Pause]:
    """The time a superior organ took, which has a clock of its own. 行政许可法 43."""
    return [Pause(one.since, one.until, True) for one in case.forwardings.all()]


def limits_of(case: Case) -> tuple[Limit, Limit | None]:
    """The promised and the statutory limit of the version the case was accepted on."""
    version = case.item_version
    own = (
        None
        if version.statutory_days is None
        else Limit(version.statutory_days, DayUnit(version.statutory_unit))
    )
    promise = (
        Limit(version.promised_days or 0, DayUnit(version.promised_unit))
        if case.part_days is None
        else Limit(case.part_days)
    )
    return promise, statutory_limit(own, pack_named(case.pack), joint=case.joint)


def extended_by(case: Case) -> int:
    """Working days by which the limits of ``case`` were extended."""
    if case.page_read:  # the page of a matter has read it with the case
        return case.extension.days if hasattr(case, "extension") else 0
    days = Extension.objects.filter(case=case).values_list("days", flat=True).first()
    return days or 0


def recomputed(case: Case, today: date, *, extended: int | None = None) -> Deadlines:
    """Both due days of an accepted case, with what was suspended, forwarded and extended."""
    assert case.accepted_at is not None
    promise, statutory = limits_of(case)
    return deadlines_after(
        timezone.localtime(case.accepted_at).date(),
        promise,
        statutory,
        calendar(),
        [*pauses_of(case), *legs_of(case)],
        today,
        extended_by(case) if extended is None else extended,
    )


def due_changes(due: Deadlines) -> dict[str, object]:
    """What an act writes on the case when its due days move."""
    return {
        "promise_due": due.promise,
        "statutory_due": due.statutory,
        "due_is_provisional": due.provisional,
    }


def due_facts(due: Deadlines) -> dict[str, str | None]:
    """The same for the public event."""
    return {
        "promise_due": due.promise.isoformat(),
        "statutory_due": due.statutory.isoformat() if due.statutory else None,
    }


@dataclass(frozen=True, slots=True)
class DeadlineLedger:
    """Every stretch of days, both sums, and what the reader must know beside them."""

    accepted: date
    stretches: list[Stretch]
    sums: list[Sum]
    extended: int
    reason: str  # of the extension
    provisional: bool
    suspended: bool


def _halts(case: Case) -> list[Halt]:
    reader = get_language()
    unnoticed = WITHOUT_NOTICE.said_in(reader)
    paused = [
        Halt(
            one.since,
            one.until,
            bool(one.notice_number),
            f"{SuspensionGround(one.ground).said_in(reader)} · {one.notice_number or unnoticed}",
        )
        for one in sorted(case.suspensions.all(), key=lambda one: one.since)
    ]
    legs = [Halt(one.since, one.until, True, one.to, above=True) for one in case.forwardings.all()]
    return [*paused, *legs]


def deadline_ledger(case: Case, today: date) -> DeadlineLedger | None:
    """How both due days of ``case`` were counted; None before acceptance."""
    if case.accepted_at is None or case.promise_due is None:
        return None
    accepted = timezone.localtime(case.accepted_at).date()
    ended = timezone.localtime(case.closed_at).date() if case.closed_at else None
    until = ended or today
    halts = _halts(case)
    running = [halt for halt in halts if halt.until is None]
    dues = {"promise": case.promise_due, "statutory": case.statutory_due}
    if running and ended is None:  # as if the clock ran again today
        due = recomputed(case, today)
        dues = {"promise": due.promise, "statutory": due.statutory}
    limits = {name: day for name, day in dues.items() if day is not None}
    last = min(max([*limits.values(), until]), accepted + timedelta(days=LONGEST))
    promise, statutory = limits_of(case)
    promise_due = dues["promise"] or case.promise_due
    names = dict(
        CalendarDay.objects.filter(date__range=(accepted, last), worked=False).values_list(
            "date", "name"
        )
    )
    extended = extended_by(case)
    told = list(
        days_told(accepted, last, promise, promise_due, calendar(), names, halts, until, extended)
    )
    sums = [
        Sum(
            name,
            limit.days,
            limit.unit,
            extended,
            sum(
                one.reason in (DayReason.SUSPENDED, DayReason.ABOVE)
                and one.day <= limits[name]
                and (limit.unit in BY_CALENDAR or calendar().is_workday(one.day))
                for one in told
            ),
            limits[name],
        )
        for name, limit in (("promise", promise), ("statutory", statutory))
        if limit is not None and name in limits
    ]
    return DeadlineLedger(
        accepted,
        stretches(told, limits),
        sums,
        extended,
        case.extension.reason if extended else "",
        case.due_is_provisional,
        case.suspended_since is not None,
    )
