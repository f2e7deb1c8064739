"""预约: a time is held, kept, changed and given back; nobody waits twice.

王芳 books a time at the city's centre, changes it, comes; 李窗口 receives her. Meanwhile staff is
away one morning, and somebody who never comes is asked to book at the counter.
"""

from datetime import date

import pytest

from openhall.deeds.refusals import Refused
from openhall.ledger.models import Entry
from openhall.outbox.models import Message
from openhall.slots import actions
from openhall.slots.models import Appointment
from openhall.slots.queries import appointment_by_code, appointments_on, crowded
from openhall.slots.terms import DayChange
from tests.factories.slots import DAY, at, centre

pytestmark = pytest.mark.django_db
FRIDAY = "2024-03-01 09:00"
TUESDAY = date(2024, 3, 5)


def test_a_resident_books_changes_and_comes(sound):
    hall = centre()
    # On Friday she sees Monday's times; two can come at nine.
    assert hall.times(FRIDAY)["09:00"].seats == 2
    booked, code = hall.booked("09:00", FRIDAY)
    # The confirmation and a reminder go to her telephone; her code is known to nobody else.
    assert Message.objects.filter(about__startswith=booked.number).count() == 2
    assert appointment_by_code(code) == booked
    # On Saturday she moves it to Tuesday, and her place on Monday is free for others at once.
    time = hall.times("2024-03-02 10:00", day=TUESDAY)["09:30"]
    actions.change(booked.pk, hall.offer(), time, hall.doing(None, "2024-03-02 10:00"))
    assert hall.times("2024-03-02 10:00")["09:00"].seats == 2
    # On Tuesday the window sees her on its list and notes that she came.
    (expected,) = appointments_on(hall.organ, TUESDAY)
    actions.arrive(expected.pk, hall.doing(hall.window, "2024-03-05 09:27"))
    expected.refresh_from_db()
    assert expected.state == "arrived"
    # Each step stands in the public log, with nobody's name.
    steps = Entry.objects.filter(kind="appointment")
    assert steps.count() == 3
    assert all(b"\xe7\x8e\x8b\xe8\x8a\xb3" not in bytes(one.body) for one in steps)


def test_the_last_place_is_one_persons(sound):
    hall = centre(hours="工作日 09:00-09:15 1")
    seen_by_both = hall.times(FRIDAY)["09:00"]
    actions.hold(hall.offer(), seen_by_both, 1, "first", hall.doing(None, FRIDAY))
    with pytest.raises(Refused, match="刚刚被别人约走"):
        actions.hold(hall.offer(), seen_by_both, 1, "second", hall.doing(None, FRIDAY))


def test_staff_is_away_and_nobody_is_sent_home(sound):
    hall = centre()
    hall.booked("09:00", FRIDAY)
    manager = hall.doing(hall.manager, FRIDAY)
    actions.change_day(hall.calendar.pk, DAY, DayChange.CLOSED, "消防演练", manager, end=600)
    # Free times are gone; who has one is listed until the unit calls, and is told why.
    assert "09:15" not in hall.times(FRIDAY)
    assert "10:00" in hall.times(FRIDAY)
    (kept,) = crowded(hall.calendar, DAY)
    actions.call_off(kept.pk, "消防演练", hall.doing(hall.window, FRIDAY))
    assert "消防演练" in Message.objects.get(key__endswith="called-off").words
    assert Appointment.objects.get(pk=kept.pk).state == "cancelled"


def test_who_never_comes_books_at_the_counter_and_is_shut_out_of_nothing(sound):
    hall = centre()
    for day in (4, 5, 6):
        hall.booked("09:00", FRIDAY, day=date(2024, 3, day))
    for day in (5, 6, 7):  # by night, for the day before
        actions.sweep_missed(at(f"2024-03-0{day} 00:15"))
    with pytest.raises(Refused, match="直接到窗口取号"):
        hall.booked("09:00", "2024-03-07 09:00", day=date(2024, 3, 8))
