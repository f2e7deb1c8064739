"""What may be booked, what was booked, and by which rules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from openhall.deeds.rules.codes import fault_of_code, tidy
from openhall.organs.models import Organ
from openhall.slots.models import (
    Appointment,
    BookingCalendar,
    CalendarRules,
    DayException,
    OpeningHours,
    Slot,
    SlotDeed,
)
from openhall.slots.rules.length import Free, Purpose, runs, slots_needed
from openhall.slots.rules.release import last_change, next_release
from openhall.slots.terms import AppointmentState, CalendarFor, DayChange
from openhall.vault.fields import blinds
from openhall.versions.queries import in_force, on_day

__all__ = ["Appointment", "BookingCalendar", "CalendarRules", "DayException", "OpeningHours"]
S = AppointmentState
COMING: Final = (S.CONFIRMED.value,)
TO_RECEIVE: Final = (S.CONFIRMED.value, S.ARRIVED.value, S.MISSED.value)


@dataclass(frozen=True, slots=True)
class Offer:
    """A purpose as it can be booked at one owner, by the calendars that offer it there."""

    owner: Organ
    purpose: Purpose
    calendars: tuple[tuple[BookingCalendar, CalendarRules], ...]


@dataclass(frozen=True, slots=True)
class Time:
    """A time that can be held: ``slots`` in order, at the calendar ``calendar``."""

    calendar: int
    slots: tuple[int, ...]
    starts: datetime
    ends: datetime
    seats: int  # free at the fullest of its slots


@dataclass(frozen=True, slots=True)
class DayOffered:
    """One day of the grid: its times, and why there are none."""

    day: date
    times: tuple[Time, ...]
    full: bool  # there are times, and all are taken
    notes: tuple[str, ...]


def rules_on(calendar: BookingCalendar, day: date) -> CalendarRules | None:
    """The rules of ``calendar`` in force on ``day``."""
    return in_force(CalendarRules, day, calendar=calendar)


def calendars_open(day: date) -> QuerySet[BookingCalendar]:
    """Calendars that are not closed on ``day``, with their owners."""
    rows = BookingCalendar.objects.select_related("owner")
    return rows.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))


def calendar_coded(code: str) -> BookingCalendar | None:
    return BookingCalendar.objects.select_related("owner").filter(code=code).first()


def calendars_of(owner: Organ) -> list[BookingCalendar]:
    """Every calendar of ``owner``, in order of code."""
    return list(BookingCalendar.objects.filter(owner=owner).order_by("code"))


def openings_of(rules: CalendarRules) -> list[OpeningHours]:
    return list(rules.openings.all())


def exceptions_of(calendar: BookingCalendar, since: date) -> list[DayException]:
    """How its days differ since, those that were withdrawn too."""
    return list(calendar.days.filter(day__gte=since))


def offers(day: date) -> list[Offer]:
    """Everything that can be booked online, purpose by purpose and owner by owner."""
    found: dict[tuple[int, str], tuple[Organ, Purpose, list[tuple[BookingCalendar, CalendarRules]]]]
    found = {}
    rows = CalendarRules.objects.filter(on_day(day)).select_related("calendar__owner")
    rows = rows.exclude(calendar__kind=CalendarFor.HEARING.value)  # who is called does not book
    here = rows.filter(Q(calendar__closed_on__isnull=True) | Q(calendar__closed_on__gt=day))
    for rules in here.order_by("calendar__owner__position", "calendar__code"):
        owner = rules.calendar.owner
        for purpose in rules.offered:
            place = found.setdefault((owner.pk, purpose.code), (owner, purpose, []))
            place[2].append((rules.calendar, rules))
    return [Offer(owner, purpose, tuple(with_)) for owner, purpose, with_ in found.values()]


def offer_of(owner: str, purpose: str, day: date) -> Offer | None:
    """One purpose at one owner."""
    for one in offers(day):
        if one.owner.code == owner and one.purpose.code == purpose:
            return one
    return None


def offers_at(owner: Organ, day: date) -> list[Offer]:
    """What can be booked at one owner."""
    return [one for one in offers(day) if one.owner.pk == owner.pk]


def offers_for_item(code: str, day: date) -> list[Offer]:
    """Where the matter ``code`` can be booked; a purpose that names no matter serves each."""
    return [one for one in offers(day) if not one.purpose.items or code in one.purpose.items]


def _free(calendars: Sequence[int], first: date, last: date, now: datetime) -> QuerySet[Slot]:
    rows = Slot.objects.filter(
        calendar__in=calendars, day__gte=first, day__lte=last, opens_at__lte=now, starts__gt=now
    )
    free = Q(seats__firm=False, seats__until__lt=int(now.timestamp() * 1000))
    return rows.annotate(free=Count("seats", filter=free)).order_by("starts", "pk")


def grid(offer: Offer, persons: int, first: date, days: int, now: datetime) -> list[DayOffered]:
    """The times of ``offer`` for a visit of ``persons``, day by day; three statements.

    Calendars that offer the same purpose there count together.
    """
    last = first + timedelta(days=days - 1)
    by_pk = {calendar.pk: rules for calendar, rules in offer.calendars}
    slots = list(_free(list(by_pk), first, last, now))
    notes = _notes(list(by_pk), first, last)
    found: dict[date, dict[tuple[datetime, datetime], Time]] = {}
    had: set[date] = {slot.day for slot in slots}
    for pk, rules in by_pk.items():
        purpose = rules.purpose(offer.purpose.code) or offer.purpose
        many = slots_needed(purpose.minutes_for(persons), rules.length)
        mine = {slot.pk: slot for slot in slots if slot.calendar_id == pk}
        free = [
            Free(slot.pk, _minute(slot.starts), _minute(slot.ends), slot.free)  # type: ignore[attr-defined]
            for slot in mine.values()
        ]
        for run in runs(free, many):
            begin, end = mine[run[0].slot], mine[run[-1].slot]
            time = Time(
                pk,
                tuple(one.slot for one in run),
                begin.starts,
                end.ends,
                min(one.seats for one in run),
            )
            at = (begin.starts, end.ends)
            day = found.setdefault(begin.day, {})
            if at not in day or day[at].seats < time.seats:
                day[at] = time
    return [
        DayOffered(
            day,
            tuple(found.get(day, {})[at] for at in sorted(found.get(day, {}))),
            day in had and day not in found,
            tuple(notes.get(day, ())),
        )
        for day in (first + timedelta(days=n) for n in range(days))
    ]


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60


def _notes(calendars: Sequence[int], first: date, last: date) -> dict[date, list[str]]:
    found: dict[date, list[str]] = {}
    rows = DayException.objects.filter(
        calendar__in=calendars, day__gte=first, day__lte=last, withdrawn=""
    )
    for one in rows:
        said = found.setdefault(one.day, [])
        if one.reason not in said:
            said.append(one.reason)
    return found


def run_from(offer: Offer, slot: int, persons: int, now: datetime) -> Time | None:
    """The time that begins with ``slot``, as it stands now; None where it is gone."""
    begin = Slot.objects.filter(pk=slot).first()
    if begin is None:
        return None
    for day in grid(offer, persons, begin.day, 1, now):
        for time in day.times:
            if time.slots[0] == slot or time.starts == begin.starts:
                return time
    return None


def released_next(offer: Offer, now: datetime) -> tuple[datetime, date] | None:
    """When the next day is released, and which; the earliest of its calendars."""
    local = timezone.localtime(now).replace(tzinfo=None)
    found = [
        next_release(local, rules.days_ahead, rules.release_at) for _c, rules in offer.calendars
    ]
    return min(found) if found else None


# ---------------------------------------------------------------- appointments
def _appointments() -> QuerySet[Appointment]:
    return Appointment.objects.select_related("calendar__owner")


def appointment_numbered(number: str) -> Appointment | None:
    return _appointments().filter(number=number).first()


def appointment_by_code(code: str) -> Appointment | None:
    """The appointment that ``code`` opens: only its index is kept, so it is found by that."""
    plain = tidy(code)
    if fault_of_code(plain):
        return None
    return _appointments().filter(code_blind__in=blinds(plain)).first()


def appointments_of_account(account: int) -> list[Appointment]:
    """Appointments to come of an account, the next first."""
    return list(_appointments().filter(account=account, state__in=COMING).order_by("starts"))


def appointments_on(owner: Organ, day: date) -> list[Appointment]:
    """Who is expected at ``owner`` on ``day``, who came and who did not, in order of time."""
    rows = _appointments().filter(calendar__owner=owner, day=day, state__in=TO_RECEIVE)
    return list(rows.order_by("starts", "pk"))


def expected(reference: str, day: date) -> list[Appointment]:
    """Who is expected at what ``reference`` names, by time: the hall asks this."""
    rows = _appointments().filter(calendar__reference=reference, day=day, state=S.CONFIRMED.value)
    return list(rows.order_by("starts", "pk"))


def last_change_of(one: Appointment) -> datetime:
    """Until when the person may change it or give it back."""
    rules = rules_on(one.calendar, one.day)
    return last_change(one.starts, rules.change_hours if rules else 0)


def story_of(one: Appointment) -> list[SlotDeed]:
    """What was done to it, in order."""
    rows = SlotDeed.objects.filter(subject="appointment", about=one.pk)
    return list(rows.select_related("actor").order_by("seq"))


def missed_days(person: Sequence[str], since: date) -> list[date]:
    """The days of appointments that this person (by any of their indexes) missed since."""
    rows = Appointment.objects.filter(person__in=person, state=S.MISSED.value, day__gte=since)
    return list(rows.order_by("day").values_list("day", flat=True))


def taken_of(calendar: BookingCalendar, first: date, days: int) -> Mapping[date, tuple[int, int]]:
    """Seats taken for good, and seats in all, by day."""
    rows = (
        Slot.objects.filter(calendar=calendar, day__gte=first, day__lt=first + timedelta(days=days))
        .order_by()
        .values("day")
        .annotate(all=Count("seats"), firm=Count("seats", filter=Q(seats__firm=True)))
    )
    return {row["day"]: (row["firm"], row["all"]) for row in rows}


def _takes_away(one: DayException) -> bool:
    """Hours closed, or hours added and withdrawn again."""
    return bool(one.withdrawn) == (one.kind == DayChange.EXTRA) and one.kind != DayChange.FEWER


def crowded(calendar: BookingCalendar, since: date) -> list[Appointment]:
    """Appointments at times that the calendar does not offer any more: to be called off or kept."""
    days: Iterable[DayException] = exceptions_of(calendar, since)
    found: list[Appointment] = []
    for day in {one.day for one in days}:
        changes = [one for one in days if one.day == day and _takes_away(one)]
        for one in _appointments().filter(calendar=calendar, day=day, state__in=COMING):
            start = timezone.localtime(one.starts)
            end = timezone.localtime(one.ends)
            at = (start.hour * 60 + start.minute, end.hour * 60 + end.minute)
            if any(at[0] < each.end and each.start < at[1] for each in changes):
                found.append(one)
    return sorted(found, key=lambda one: one.starts)


def doubled() -> list[int]:
    """Slots of which more appointments say they have a seat than there are: must be empty."""
    rows = Appointment.objects.filter(state__in=[S.CONFIRMED.value, S.ARRIVED.value])
    said: dict[tuple[int, int], int] = {}
    for seats in rows.values_list("seats", flat=True).iterator():
        for slot, no in seats:
            said[(slot, no)] = said.get((slot, no), 0) + 1
    return sorted({slot for (slot, _no), many in said.items() if many > 1})


def unlike() -> list[str]:
    """Confirmed appointments whose seats are not all theirs, by number: must be empty."""
    rows = Appointment.objects.filter(state=S.CONFIRMED.value).annotate(
        mine=Count("taken", filter=Q(taken__firm=True))
    )
    said = rows.values_list("number", "seats", "mine").iterator()
    return [number for number, seats, mine in said if mine != len(seats)]
