"""What a day offers by the hours of a calendar."""

from datetime import date

import pytest

from openhall.hours.rules.week import Span
from openhall.slots.rules.opening import Change, SlotOfDay, slots_of

MONDAY, SATURDAY = date(2024, 3, 4), date(2024, 3, 9)
WORKDAYS = Span(0, 540, 600, 2)


def test_a_working_day_offers_whole_slots():
    assert slots_of(MONDAY, [WORKDAYS], 25, works=True) == [
        SlotOfDay(540, 565, 2),
        SlotOfDay(565, 590, 2),
    ]
    assert slots_of(MONDAY, [WORKDAYS], 25, works=False) == []


def test_a_weekday_of_its_own_goes_before_working_days():
    own = Span(1, 600, 660, 1)
    assert slots_of(MONDAY, [WORKDAYS, own], 60, works=True) == [SlotOfDay(600, 660, 1)]
    saturday = Span(6, 540, 600, 1)
    assert slots_of(SATURDAY, [WORKDAYS, saturday], 60, works=False) == [SlotOfDay(540, 600, 1)]


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (Change("closed", 0, 1440), []),
        (Change("closed", 570, 580), [(540, 2)]),
        (Change("fewer", 540, 560, 1), [(540, 1), (570, 2)]),
        (Change("extra", 600, 660, 3), [(540, 2), (570, 2), (600, 3), (630, 3)]),
        (Change("extra", 570, 630, 3), [(540, 2), (570, 2), (600, 3)]),
    ],
)
def test_one_day_may_differ(change, left):
    found = slots_of(MONDAY, [WORKDAYS], 30, works=True, changes=[change])
    assert [(one.start, one.seats) for one in found] == left
