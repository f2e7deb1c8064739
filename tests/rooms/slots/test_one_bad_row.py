"""Work by night passes what it cannot do: it is set aside and named, and the rest is done."""

import pytest

from openhall.deeds.models import FailedRow
from openhall.slots import actions
from openhall.slots.actions import calendars, receiving
from openhall.slots.models import Appointment
from openhall.slots.terms import AppointmentState
from tests.factories.slots import at, centre

pytestmark = pytest.mark.django_db


def test_one_appointment_that_cannot_be_noted_leaves_the_others(monkeypatch):
    hall = centre()
    booked = [hall.booked(f"09:{15 * n:02d}", phone=f"1380000000{n}")[0] for n in range(3)]
    noting = receiving.miss

    def miss(pk, doing):
        if pk == booked[1].pk:
            raise ValueError("a value does not open")
        return noting(pk, doing)

    monkeypatch.setattr(receiving, "miss", miss)
    assert actions.sweep_missed(at("2024-03-12 02:00")) == 2
    states = dict(Appointment.objects.values_list("pk", "state"))
    assert [states[one.pk] for one in booked] == [
        AppointmentState.MISSED,
        AppointmentState.CONFIRMED,
        AppointmentState.MISSED,
    ]
    assert list(FailedRow.objects.values_list("sweep", "row")) == [
        ("appointments missed", str(booked[1].pk))
    ]


def test_a_calendar_whose_rules_cannot_be_read_leaves_the_others(monkeypatch):
    one, two = centre(), centre(code="cd-hall-2")
    days = calendars.release_day

    def release_day(calendar, day, moment):
        if calendar.pk == one.calendar.pk:
            raise ValueError("unreadable")
        return days(calendar, day, moment)

    monkeypatch.setattr(calendars, "release_day", release_day)
    assert actions.release_due(at("2024-03-20 08:30")) > 0
    two.calendar.refresh_from_db()
    assert two.calendar.released_to > one.calendar.released_to
    assert FailedRow.objects.get().row == one.calendar.code
