"""A visit past midnight is finished; one left at a window is ended, and the day closes. A9."""

from datetime import timedelta

import pytest
from django.utils import timezone

from openhall.deeds.refusals import Refused
from openhall.hall.actions import days, duty, turns
from openhall.hall.journal import faults
from openhall.hall.models import Duty, Ticket, TicketEvent
from openhall.hall.permissions import may_accept_item
from openhall.hall.queries import at_window, days_left_open, duty_now, live, open_shifts
from openhall.hall.terms import TicketState
from tests.factories.hall import doing, furnished, sits

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(cast):
    return furnished(cast.item, cast.organ)


@pytest.fixture
def clerk(there):
    return there.clerks[0]


@pytest.fixture
def first(there):
    return there.windows[1]


@pytest.fixture
def left(there, first, clerk):
    """Somebody whom 李窗 served as the day ended; everything of it now lies on the day before."""
    ticket = there.taken()
    there.taken()
    turns.call_next(first, doing(clerk))
    turns.serve(first, ticket, doing(clerk))
    eve = timezone.localdate() - timedelta(days=1)
    Duty.objects.update(day=eve)
    Ticket.objects.update(day=eve)
    ticket.refresh_from_db()
    return ticket


def shift_of(clerk):
    return clerk.duties.get()


def test_who_serves_past_midnight_finishes_and_signs_out_and_calls_nobody(
    there, first, clerk, left
):
    today = timezone.localdate()
    assert duty_now(clerk, today) == shift_of(clerk)
    turns.finish(first, left, doing(clerk))
    assert (left.state, left.day) == (TicketState.DONE, today - timedelta(days=1))
    with pytest.raises(Refused, match="当班"):
        turns.call_next(first, doing(clerk))
    duty.sign_out(shift_of(clerk).pk, doing(clerk))
    assert sits(there, clerk, 1).day == today
    assert turns.call_next(first, doing(clerk)) is None  # who waited yesterday waits no more


def test_a_case_is_accepted_past_midnight_while_its_person_stands_there(
    there, first, clerk, cast, left
):
    def may():
        return may_accept_item(
            clerk, cast.organ.pk, cast.item.pk, timezone.now(), timezone.localdate()
        )

    assert may()
    turns.finish(first, left, doing(clerk))
    assert not may()


def test_nobody_goes_back_into_a_line_of_yesterday(there, first, clerk, left):
    for act in (
        lambda: turns.hold(first, left, "去复印", doing(clerk)),
        lambda: turns.requeue(first, left, doing(clerk)),
        lambda: turns.transfer(first, left, there.lines["B"], doing(clerk)),
    ):
        with pytest.raises(Refused, match="前一天"):
            act()
    assert at_window(first.pk) == left


@pytest.mark.parametrize(
    ("called_only", "state", "act"), [(False, "done", "finish"), (True, "no_show", "no_show")]
)
def test_a_visit_whose_clerk_went_home_is_ended_by_the_management(
    there, first, clerk, left, called_only, state, act
):
    if called_only:
        Ticket.objects.filter(pk=left.pk).update(state="called", served_at=None)
    eve = left.day
    with pytest.raises(Refused, match="窗口上还有一位"):
        duty.sign_out(shift_of(clerk).pk, doing(clerk))
    with pytest.raises(Refused, match="请先办完"):
        days.close_day(there.hall, eve, doing(there.manager))
    for shift in open_shifts(there.hall, timezone.localdate()):
        duty.sign_out(shift.pk, doing(there.manager))
    left.refresh_from_db()
    assert left.state == state
    event = TicketEvent.objects.filter(ticket=left).last()
    assert (event.act, event.day, event.actor) == (act, eve, there.manager)
    assert at_window(first.pk) is None
    sits(there, clerk, 1)
    new = there.taken()
    assert turns.call_next(first, doing(clerk)) == new


def test_the_day_before_is_named_until_it_is_closed_and_its_root_holds(there, clerk, left):
    today, eve = timezone.localdate(), left.day
    assert days_left_open(there.hall, today) == [eve]
    windows, _lines = live(there.hall, today, timezone.now())
    assert [one.ticket for one in windows if one.duty and one.duty.account == clerk] == [left]
    for shift in open_shifts(there.hall, today):
        duty.sign_out(shift.pk, doing(there.manager))
    closed = days.close_day(there.hall, eve, doing(there.manager))
    assert closed.counts == {"done": 1, "left": 1}
    assert days_left_open(there.hall, today) == []


def test_who_went_home_the_same_evening_does_not_keep_the_day_open(there, first, clerk):
    there.taken()
    turns.call_next(first, doing(clerk))
    for shift in open_shifts(there.hall, timezone.localdate()):
        duty.sign_out(shift.pk, doing(there.manager))
    closed = days.close_day(there.hall, timezone.localdate(), doing(there.manager))
    assert closed.counts == {"no_show": 1}
    assert list(faults(0, 0)) == []
