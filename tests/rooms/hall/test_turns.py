"""Tickets are taken, called, served, held, sent on and ended; each act once, each number once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from openhall.deeds.refusals import Refused
from openhall.hall.actions import arranging, days, duty, turns
from openhall.hall.journal import faults, lines_of_day
from openhall.hall.models import HallState, Sent, Ticket, TicketEvent
from openhall.hall.terms import Lane, Need, Source, TicketState
from openhall.organs.terms import Desk
from tests.factories.hall import doing, furnished, seated, sits

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(db):
    return furnished()


@pytest.fixture
def first(there):
    return there.windows[1]


@pytest.fixture
def clerk(there):
    return there.clerks[0]


def state(ticket):
    ticket.refresh_from_db()
    return ticket.state


def test_numbers_follow_each_other_in_a_line_and_begin_anew_in_another(there):
    assert [str(there.taken()) for _ in range(3)] == ["A001", "A002", "A003"]
    assert str(there.taken("B")) == "B001"


def test_whoever_came_first_is_called_first_and_nobody_twice(there, first, clerk):
    tickets = [there.taken() for _ in range(3)]
    called = []
    for _ in tickets:
        found = turns.call_next(first, doing(clerk))
        called.append(found)
        turns.serve(first, found, doing(clerk))
        turns.finish(first, found, doing(clerk))
    assert called == tickets
    assert turns.call_next(first, doing(clerk)) is None


def test_priority_comes_before_and_who_missed_a_call_before_that(there, first, clerk):
    ordinary = there.taken()
    old = there.taken(lane=Lane.PRIORITY)
    assert turns.call_next(first, doing(clerk)) == old
    turns.no_show(first, old, doing(clerk))
    late = turns.come_back(old, doing(there.manager))
    assert turns.call_next(first, doing(clerk)) == late
    turns.finish(first, late, doing(clerk))
    assert turns.call_next(first, doing(clerk)) == ordinary


def test_a_window_that_still_has_somebody_gets_that_person_again(there, first, clerk):
    one, _two = there.taken(), there.taken()
    assert turns.call_next(first, doing(clerk)) == one
    assert turns.call_next(first, doing(clerk)) == one
    assert TicketEvent.objects.filter(act="call").count() == 1


def test_a_click_that_is_sent_twice_calls_once_and_the_next_click_calls_the_next(
    there, first, clerk
):
    one, two = there.taken(), there.taken()
    again = doing(clerk, "p:one-intention")
    assert turns.call_next(first, again) == one
    turns.finish(first, one, doing(clerk))
    assert turns.call_next(first, again) == one
    assert state(two) == TicketState.WAITING
    assert turns.call_next(first, doing(clerk)) == two


def test_nobody_waiting_is_remembered_too(there, first, clerk):
    again = doing(clerk, "p:empty")
    assert turns.call_next(first, again) is None
    there.taken()
    assert turns.call_next(first, again) is None


def test_a_key_serves_one_person_one_window_and_one_body(there, first, clerk):
    there.taken()
    used = doing(clerk, "p:mine")
    turns.call_next(first, used)
    with pytest.raises(Refused):
        turns.call_next(there.windows[2], doing(there.clerks[1], "p:mine"))
    with pytest.raises(Refused):
        turns.issue(turns.Coming(there.lines["A"].pk, Source.KIOSK), doing(None, "p:mine"))


def test_who_is_not_on_duty_at_the_window_calls_nobody(there, first, clerk):
    there.taken()
    for who in (None, there.clerks[1], there.manager, there.office):
        with pytest.raises(Refused, match="当班"):
            turns.call_next(first, doing(who))
    duty.leave_window(clerk.duties.get().pk, doing(clerk))
    with pytest.raises(Refused, match="回窗"):
        turns.call_next(first, doing(clerk))
    duty.back_at_window(clerk.duties.get().pk, doing(clerk))
    assert turns.call_next(first, doing(clerk)) is not None


def test_held_requeued_and_sent_on_they_keep_their_number_and_their_time(there, first, clerk):
    one, two = there.taken(), there.taken("B")
    turns.call_next(first, doing(clerk))
    turns.serve(first, one, doing(clerk))
    turns.hold(first, one, "去复印", doing(clerk))
    assert state(one) == TicketState.HELD
    turns.call_by_name(first, one, doing(clerk))
    turns.transfer(first, one, there.lines["B"], doing(clerk))
    assert (str(one), one.line) == ("A001", there.lines["B"])
    second, other = there.windows[2], there.clerks[1]
    assert turns.call_next(second, doing(other)) == one  # came before B001
    turns.requeue(second, one, doing(other))
    assert turns.call_next(second, doing(other)) == one
    turns.finish(second, one, doing(other))
    assert turns.call_next(second, doing(other)) == two


def test_one_person_with_two_matters_keeps_the_place_and_stands_at_one_window(there):
    one = there.taken()
    there.taken("B")
    second = there.taken("B", visit=one.visit)
    clerk, other = there.clerks[0], there.clerks[1]
    assert turns.call_next(there.windows[1], doing(clerk)) == one
    found = turns.call_next(there.windows[2], doing(other))
    assert str(found) == "B001"  # the second matter waits while the person stands elsewhere
    turns.finish(there.windows[2], found, doing(other))
    turns.finish(there.windows[1], one, doing(clerk))
    assert turns.call_next(there.windows[2], doing(other)) == second


def test_who_needs_a_wheelchair_is_called_to_a_window_that_has_room(there):
    wheels = there.taken(need=Need.WHEELCHAIR)
    plain = there.taken()
    assert turns.call_next(there.windows[1], doing(there.clerks[0])) == plain
    assert turns.call_next(there.windows[3], doing(there.clerks[2])) == wheels
    with pytest.raises(Refused, match="咨询台"):
        there.taken(need=Need.SIGN)


def test_a_window_moved_for_an_hour_serves_the_other_line_only(there, first, clerk):
    there.taken()
    insured = there.taken("B")
    until = timezone.now() + timedelta(hours=1)
    arranging.move_window(there.hall.pk, first, [there.lines["B"]], until, doing(there.manager))
    assert turns.call_next(first, doing(clerk)) == insured


def test_the_database_refuses_a_second_ticket_at_a_window(there, first, clerk):
    turns_taken = [there.taken(), there.taken()]
    turns.call_next(first, doing(clerk))
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.filter(pk=turns_taken[1].pk).update(state="serving", window=first)


def test_every_act_moves_the_number_that_displays_read(there, first, clerk):
    def gen():
        return HallState.objects.get().gen

    before = gen()
    there.taken()
    assert gen() == before + 1
    turns.call_next(first, doing(clerk))
    assert gen() == before + 2


def test_the_reception_is_of_this_hall(there):
    stranger = seated("stranger", there.office.posts.get().organ, Desk.WINDOW)
    coming = turns.Coming(there.lines["A"].pk, Source.RECEPTION)
    with pytest.raises(Refused, match="本大厅"):
        turns.issue(coming, doing(stranger))
    assert turns.issue(coming, doing(there.clerks[1])).source == "reception"


def test_a_full_or_closed_line_gives_no_ticket(there):
    window = doing(there.manager)
    arranging.arrange(there.hall.pk, window, lines=[{"letter": "A", "most": 1}])
    there.taken()
    with pytest.raises(Refused, match="取完"):
        there.taken()
    arranging.arrange(there.hall.pk, doing(there.manager), lines=[{"letter": "B", "closed": True}])
    with pytest.raises(Refused, match="不取号"):
        there.taken("B")


def closed(there):
    for clerk in there.clerks:
        for shift in clerk.duties.filter(signed_in__isnull=False, signed_out__isnull=True):
            duty.sign_out(shift.pk, doing(clerk))
    return days.close_day(there.hall, timezone.localdate(), doing(there.manager))


def test_the_day_is_closed_once_and_its_root_holds_every_event(there, first, clerk):
    one, two = there.taken(), there.taken()
    turns.call_next(first, doing(clerk))
    with pytest.raises(Refused, match="窗口上还有一位"):
        closed(there)
    turns.finish(first, one, doing(clerk))
    day = closed(there)
    assert (day.tickets, day.counts) == (2, {"done": 1, "left": 1})
    assert state(two) == TicketState.LEFT
    assert day.events == len(list(lines_of_day(there.hall.pk, day.day)))
    assert list(faults(0, 0)) == []
    with pytest.raises(Refused, match="日结"):
        there.taken()
    with pytest.raises(Refused, match="日结"):
        closed(there)


@pytest.mark.parametrize(
    "edit",
    [
        lambda one: Ticket.objects.filter(pk=one.pk).update(lane=1),
        lambda one: Ticket.objects.filter(pk=one.pk).update(called_at=timezone.now()),
        lambda one: TicketEvent.objects.create(
            hall=one.hall, day=one.day, ticket=one, act="call", at=timezone.now()
        ),
    ],
)
def test_an_edit_of_a_closed_day_is_found(there, edit):
    one = there.taken()
    closed(there)
    edit(one)
    assert [found.place for found in faults(0, 0)] == [
        f"hall-day/jinjiang/{one.day.isoformat()}/journal"
    ]


def test_events_of_tickets_are_never_changed(there):
    from django.db import DatabaseError

    there.taken()
    with pytest.raises(DatabaseError), transaction.atomic():
        TicketEvent.objects.update(act="leave")
    with pytest.raises(DatabaseError), transaction.atomic():
        TicketEvent.objects.all()._raw_delete("default")


def test_two_people_never_sit_at_one_window(there, clerk):
    other = seated("other", there.unit, Desk.WINDOW)
    with pytest.raises(Refused, match="已经有人"):
        sits(there, other, 1)


def test_a_key_is_kept_with_its_answer(there):
    there.taken()
    assert Sent.objects.filter(ticket__isnull=False).exists()
