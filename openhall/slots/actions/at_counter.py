"""Booking for somebody who stands at a window or telephones. A13.

Who cannot use the net, or is paused there, books through the unit: at once, without a hold. The
hours before a time bind the net alone: the window changes and cancels until it begins.
"""

from django.db import transaction

from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import made_before
from openhall.slots.actions import booking
from openhall.slots.actions.booking import FULL, NOT_YOURS, Who
from openhall.slots.kinds import APPOINTMENT
from openhall.slots.models import Appointment
from openhall.slots.permissions import may_receive
from openhall.slots.queries import Offer, Time
from openhall.slots.terms import AppointmentAct, MadeBy


def book_for(offer: Offer, time: Time, persons: int, who: Who, doing: Doing) -> Appointment:
    """A confirmed appointment; its code goes to the person's telephone and to nobody else."""
    if not may_receive(doing.actor, offer.owner, doing.day):
        raise Refused(NOT_YOURS, code="forbidden")
    with transaction.atomic():
        same = {"purpose": offer.purpose.code, "starts": time.starts}
        before = made_before(APPOINTMENT, doing, AppointmentAct.CONFIRM, **same)
        if before is not None:
            done: Appointment = before
            return done
        if time.starts <= doing.at:
            raise Refused(FULL, "slot", code="full")
        held = booking.hold(offer, time, persons, "", doing)
        booking.confirm(held.pk, who, doing, made_by=MadeBy.COUNTER)
        held.refresh_from_db()
    return held


def change_for(one: Appointment, offer: Offer, time: Time, doing: Doing) -> Deed:
    """Another time, as the person wishes."""
    _ours(one, doing)
    return booking.change(one.pk, offer, time, doing, online=False)


def cancel_for(one: Appointment, doing: Doing) -> Deed:
    """The person does not come: the time is free for others at once."""
    _ours(one, doing)
    return booking.cancel(one.pk, doing, online=False)


def _ours(one: Appointment, doing: Doing) -> None:
    if not may_receive(doing.actor, one.calendar.owner, doing.day):
        raise Refused(NOT_YOURS, code="forbidden")
