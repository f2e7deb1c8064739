"""When a hall is open, how a call is spoken, and one root over a day."""

from datetime import date, time

import pytest

from openhall.hall.rules.journal import root_of
from openhall.hall.rules.opening import Hours, hours_of
from openhall.hall.rules.spoken import counted, spoken, spoken_english
from openhall.hours.rules.week import Span

DAY = (time(9), time(12)), (time(13), time(17))
MONDAY, SATURDAY = date(2026, 11, 30), date(2026, 12, 5)


def test_open_at_nine_and_not_at_noon_or_five():
    hours = Hours(DAY, 30)
    assert [hours.open_at(time(h)) for h in (8, 9, 12, 13, 17)] == [False, True, False, True, False]


def test_tickets_are_given_over_noon_and_until_half_an_hour_before_the_end():
    hours = Hours(DAY, 30)
    assert hours.gives_tickets(time(12, 30))
    assert hours.gives_tickets(time(16, 29))
    assert not hours.gives_tickets(time(16, 30))
    assert hours.last == time(16, 30)
    assert not Hours().gives_tickets(time(10))


def test_a_holiday_is_closed_a_made_up_day_has_working_hours():
    week = [Span(0, 540, 720), Span(0, 780, 1020)]
    assert hours_of(MONDAY, week, 30, works=True).spans == DAY
    holiday = hours_of(MONDAY, week, 30, works=False)
    assert (holiday.spans, holiday.why.en) == ((), "Public holiday")
    assert hours_of(SATURDAY, week, 30, works=False).spans == ()
    assert hours_of(SATURDAY, week, 30, works=True).spans == DAY


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (3, "3"),
        (10, "10"),
        (12, "10 2"),
        (20, "2 10"),
        (47, "4 10 7"),
        (100, "1 100"),
        (105, "1 100 0 5"),
        (112, "1 100 1 10 2"),
        (120, "1 100 2 10"),
    ],
)
def test_a_window_is_counted_as_it_is_said(number, said):
    assert counted(number) == said.split()


def test_a_call_is_spoken_digit_by_digit():
    assert " ".join(spoken("A047", 12)) == "chime please A 0 4 7 no to 10 2 at"
    assert " ".join(spoken_english("A047", 12)) == "ticket A zero four seven go one two"


def test_the_root_of_a_day_changes_with_every_line_and_with_their_order():
    one, two = {"event": 1}, {"event": 2}
    assert root_of([])[0] == 0
    assert root_of([one, two])[0] == 2
    assert len({root_of(lines)[1] for lines in ([one], [one, two], [two, one], [])}) == 4
