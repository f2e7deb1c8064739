"""Both limits of a case as its item published them, and its due days as they stand. 42–45, 82."""

from datetime import date

from django.utils import timezone

from openhall.cases.models import Case, Extension, Forwarding
from openhall.cases.rules.clock import (
    Deadlines,
    Limit,
    Pause,
    deadlines_after,
    statutory_limit,
)
from openhall.cases.rules.packs import pack_named
from openhall.catalogue.terms import DayUnit
from openhall.workdays.queries import calendar


def pauses_of(case: Case) -> list[Pause]:
    """The suspensions of ``case`` as the clock reads them."""
    return [
        Pause(since, until, bool(number))
        for since, until, number in case.suspensions.values_list("since", "until", "notice_number")
    ]


def legs_of(case: Case) -> list[Pause]:
    """The time a superior organ took, which has a clock of its own. 行政许可法 43."""
    legs = Forwarding.objects.filter(case=case).values_list("since", "until")
    return [Pause(since, until, True) for since, until in legs]


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
