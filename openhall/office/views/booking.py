"""Booking at the counter: the free times of a purpose, and one appointment. A13."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openhall.desk.pages import Subject, existing
from openhall.office.acts.booking import BookFor, CancelFor, MoveTo
from openhall.office.seat import Seat, official, seat_at
from openhall.paging.whole import whole
from openhall.slots.permissions import RECEIVING
from openhall.slots.queries import (
    Appointment,
    DayOffered,
    Offer,
    appointment_numbered,
    grid,
    offer_of,
    rules_on,
)
from openhall.slots.terms import AppointmentState, MadeBy
from openhall.slots.words import day_named, moment, place_of, title_of
from openhall.vault.rules.masks import mask_name, mask_phone

DAYS = 14
S = AppointmentState
TONES = {S.CONFIRMED: "waiting", S.ARRIVED: "on_time", S.MISSED: "overdue"}


@dataclass
class Times:
    """The free times of one purpose; ``one`` is the appointment that is to have another."""

    offer: Offer | None
    persons: int
    first: date
    one: Appointment | None = None
    days: list[DayOffered] = field(default_factory=list)

    @property
    def seq(self) -> int | None:
        return None if self.one is None else self.one.seq

    @property
    def number(self) -> str:
        return "" if self.one is None else self.one.number


def _seat(request: HttpRequest, where: dict[str, Any]) -> Seat:
    seat = seat_at(request, where["organ"], where["desk"])
    if seat.desk not in RECEIVING:
        raise PermissionDenied(_("Only a window or the centre's management books for somebody."))
    return seat


def _free(offer: Offer, persons: int, first: date) -> list[DayOffered]:
    days = grid(offer, persons, first, DAYS, timezone.now())
    return [one for one in days if one.times]


class BookPage(Subject):
    """One purpose of the unit: choose a time, say who comes."""

    offers = (BookFor,)
    template = "office/appointments/book.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Times]:
        seat = _seat(request, where)
        offer = existing(offer_of(seat.organ.code, where["purpose"], seat.day))
        persons = max(1, min(whole(request.GET.get("persons")) or 1, offer.purpose.persons))
        return seat, Times(offer, persons, seat.day, days=_free(offer, persons, seat.day))

    def home(self, who: Seat, subject: Times) -> str:
        assert subject.offer is not None
        at = [who.organ.code, who.desk.value, subject.offer.purpose.code]
        return f"{reverse('office:book_seat', args=at)}?persons={subject.persons}"

    def content(self, who: Seat, subject: Times) -> dict[str, Any]:
        assert subject.offer is not None
        purpose = subject.offer.purpose
        return {
            "seat": who,
            "purpose": purpose,
            "persons": subject.persons,
            "choices": range(1, purpose.persons + 1),
            "minutes": purpose.minutes_for(subject.persons),
            "days": [(day_named(one.day), one) for one in subject.days],
            "last": subject.first + timedelta(days=DAYS - 1),
        }


class BookedPage(Subject):
    """One appointment at the counter: where and when, changed or cancelled as the person wishes."""

    offers = (MoveTo, CancelFor)
    kind = "appointment"
    template = "office/appointments/booked.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Times]:
        seat = _seat(request, where)
        one = existing(appointment_numbered(where["number"]))
        if one.calendar.owner_id != seat.organ.pk:
            raise PermissionDenied(_("This appointment is another unit's."))
        offer = offer_of(seat.organ.code, one.purpose, seat.day)
        stands = offer is not None and one.state == S.CONFIRMED
        days = _free(offer, one.persons, seat.day) if offer is not None and stands else []
        return seat, Times(offer, one.persons, seat.day, one, days)

    def home(self, who: Seat, subject: Times) -> str:
        args = [who.organ.code, who.desk.value, subject.number]
        return reverse("office:booked", args=args)

    def content(self, who: Seat, subject: Times) -> dict[str, Any]:
        one = subject.one
        assert one is not None
        state = S(one.state)
        return {
            "seat": who,
            "one": one,
            "what": title_of(one),
            "when": moment(one.starts),
            "place": place_of(rules_on(one.calendar, one.day), one),
            "state": state,
            "tone": TONES.get(state, "closed"),
            "name": mask_name(one.name),
            "phone": mask_phone(one.phone),
            "made_by": MadeBy(one.made_by),
        }


book, booked = official(BookPage()), official(BookedPage())
