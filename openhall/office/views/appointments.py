"""The desk of appointments: who is expected today, the unit's calendars, their days. A13."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from openhall.desk.pages import Subject, existing
from openhall.hours.rules.week import hour
from openhall.office.acts.appointments import (
    Arrive,
    ArriveByCode,
    BeginRules,
    CallOff,
    ChangeDay,
    CloseCalendar,
    Miss,
    OpenCalendar,
    WithdrawChange,
)
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.office.views.versions import TONES, at
from openhall.slots.kinds import RULES
from openhall.slots.permissions import RECEIVING, SHOWING
from openhall.slots.queries import (
    Appointment,
    BookingCalendar,
    CalendarRules,
    appointments_on,
    calendar_coded,
    calendars_of,
    crowded,
    exceptions_of,
    offers_at,
    rules_on,
    taken_of,
)
from openhall.slots.terms import AppointmentState, CalendarFor, DayChange
from openhall.slots.words import day_named, title_of
from openhall.vault.rules.masks import mask_name
from openhall.versions.queries import draft_of, family_of
from openhall.versions.terms import VersionState

WEEK = 7
S = AppointmentState
STATES = {S.CONFIRMED: "waiting", S.ARRIVED: "on_time", S.MISSED: "overdue"}


@dataclass(frozen=True, slots=True)
class Expected:
    """Who booked for ``day``."""

    organ: int
    day: date
    rows: list[Appointment]


def _seat(request: HttpRequest, where: dict[str, Any]) -> Seat:
    seat = seat_at(request, where["organ"], where["desk"])
    if seat.desk not in SHOWING:
        raise PermissionDenied(_("This desk keeps no calendar. Ask your window or your centre."))
    return seat


class Appointments(DeskPage):
    """Today's list, by time; another day by its date."""

    offers = (ArriveByCode, Arrive, Miss, CallOff, OpenCalendar)
    kind = "appointment"
    template, at = "office/appointments/day.html", "appointments"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Expected]:
        seat = _seat(request, where)
        try:
            day = date.fromisoformat(request.GET.get("day", ""))
        except ValueError:
            day = seat.day
        day = min(max(day, seat.day - timedelta(days=365)), seat.day + timedelta(days=365))
        rows = appointments_on(seat.organ, day)
        rows += [
            one
            for calendar in calendars_of(seat.organ)
            for one in crowded(calendar, seat.day)
            if one.pk not in [each.pk for each in rows]
        ]
        return seat, Expected(seat.organ.pk, day, rows)

    def context(
        self, request: HttpRequest, who: Seat, subject: Expected, **more: Any
    ) -> dict[str, Any]:
        return {
            "seat": who,
            "day": subject.day,
            "named": day_named(subject.day),
            "books": who.desk in RECEIVING,
            "bookable": offers_at(who.organ, who.day) if who.desk in RECEIVING else [],
            "earlier": subject.day - timedelta(days=1),
            "later": subject.day + timedelta(days=1),
            "rows": [
                (
                    one,
                    S(one.state),
                    STATES.get(S(one.state), "closed"),
                    title_of(one),
                    mask_name(one.name),
                )
                for one in subject.rows
            ],
            "calendars": [
                (one, CalendarFor(one.kind), rules_on(one, who.day))
                for one in calendars_of(who.organ)
            ],
        }


@dataclass(frozen=True, slots=True)
class Kept:
    """A calendar with the rules in force and the draft of the next."""

    calendar: BookingCalendar
    rules: CalendarRules | None
    draft: CalendarRules | None

    @property
    def seq(self) -> int:
        return self.calendar.seq


class CalendarPage(Subject):
    """One calendar: its next days, what differs, its rules."""

    offers = (BeginRules, ChangeDay, WithdrawChange, CloseCalendar)
    kind = "booking-calendar"
    template = "office/appointments/calendar.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Kept]:
        seat = _seat(request, where)
        calendar = existing(calendar_coded(where["code"]))
        if calendar.owner_id != seat.organ.pk:
            raise PermissionDenied(_("This calendar is another unit's."))
        draft = draft_of(CalendarRules, calendar=calendar)
        return seat, Kept(calendar, rules_on(calendar, seat.day), draft)

    def home(self, who: Seat, subject: Kept) -> str:
        args = [who.organ.code, who.desk.value, subject.calendar.code]
        return reverse("office:booking_calendar", args=args)

    def content(self, who: Seat, subject: Kept) -> dict[str, Any]:
        calendar = subject.calendar
        taken = taken_of(calendar, who.day, 2 * WEEK)
        some = subject.rules or subject.draft
        return {
            "seat": who,
            "calendar": calendar,
            "kind": CalendarFor(calendar.kind),
            "rules": subject.rules,
            "draft": subject.draft,
            "draft_at": at(who, RULES, subject.draft) if subject.draft else "",
            "days": [(day_named(day), *taken[day]) for day in sorted(taken)],
            "exceptions": [
                (day_named(one.day), DayChange(one.kind), hour(one.start), hour(one.end), one)
                for one in exceptions_of(calendar, who.day)
            ],
            "crowded": crowded(calendar, who.day),
            "versions": [
                (
                    one,
                    at(who, RULES, one),
                    VersionState(one.state),
                    TONES.get(VersionState(one.state), "closed"),
                )
                for one in (family_of(RULES, some) if some else [])
            ],
        }


page, calendar_page = official(Appointments()), official(CalendarPage())
