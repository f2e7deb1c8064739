"""What a hall says of waiting: an interval for every position, or why it cannot say. A13."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from openhall.hall.actions import days, duty, turns
from openhall.hall.actions.booked import line_of
from openhall.hall.actions.learning import learn
from openhall.hall.models import HallLearnt, Ticket
from openhall.hall.rules.waiting.learnt import Learnt, Service, plain
from openhall.hall.state.body import body_of
from openhall.hall.waiting import (
    Predictor,
    Rhythm,
    _sitting,
    learnt_of,
    line_now,
    rhythm_of,
)
from tests.factories.hall import doing, furnished

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(db):
    return furnished()


def taught(hall):
    kinds = {"A": Service((4.0, 5.0, 6.0) * 10)}
    learnt = Learnt(10, kinds, (0.05,), 0.0, (), {}, ratios={"": {-1: {-1: (0.8, 1.2)}}})
    HallLearnt.objects.create(hall=hall, learnt=plain(learnt), days=10, fitted_at=timezone.now())


def test_a_new_hall_cannot_say_and_says_why(there):
    there.taken()
    said = Predictor()(there.hall.pk, timezone.localdate())
    assert said[there.lines["A"].pk]["why"][0] == "运行不足五天，暂不能估计。"


def test_a_taught_hall_says_an_interval_for_every_position_and_for_who_comes_next(there):
    taught(there.hall)
    for _ in range(8):
        there.taken()
    turns.call_next(there.windows[1], doing(there.clerks[0]))
    today = timezone.localdate()
    said = Predictor()(there.hall.pk, today, timezone.now() + timedelta(seconds=30))
    at = said[there.lines["A"].pk]["at"]
    assert len(at) == 8  # seven who wait, and who would take a ticket now
    assert all(low <= high for low, high in at)
    assert at[-1][1] > at[0][1]
    told = json.loads(body_of(there.hall.pk, "jinjiang", today, said))
    assert told["lines"][0]["est"] == {"at": at}


def test_a_line_without_a_window_says_so(there):
    taught(there.hall)
    for clerk in there.clerks[1:]:
        duty.sign_out(clerk.duties.get().pk, doing(clerk))
    said = Predictor()(there.hall.pk, timezone.localdate())
    assert said[there.lines["B"].pk]["why"][0] == "现在没有窗口在办理。"


def test_closed_days_are_learnt_from(there):
    one = there.taken()
    turns.call_next(there.windows[1], doing(there.clerks[0]))
    turns.finish(there.windows[1], one, doing(there.clerks[0]))
    for clerk in there.clerks:
        duty.sign_out(clerk.duties.get().pk, doing(clerk))
    assert learn(there.hall) is None
    days.close_day(there.hall, timezone.localdate(), doing(there.manager))
    assert learn(there.hall).days == 1


@pytest.mark.parametrize(
    ("reference", "letter"), [("jinjiang", "A"), ("jinjiang/B", "B"), ("", None), ("else", None)]
)
def test_a_calendar_names_the_line_of_its_hall(there, reference, letter):
    line = line_of(reference)
    assert (line and line.letter) == letter


def test_the_pace_of_today_and_an_idle_window_are_known(there):
    taught(there.hall)
    for _ in range(3):
        there.taken()
    window, clerk = there.windows[1], there.clerks[0]
    turns.finish(window, turns.call_next(window, doing(clerk)), doing(clerk))
    Ticket.objects.filter(no=1).update(
        called_at=timezone.now() - timedelta(minutes=12), ended_at=timezone.now()
    )
    hall, now = there.hall.pk, timezone.now() + timedelta(minutes=2)
    day, learnt = timezone.localdate(), learnt_of(hall)
    sits, rhythm = _sitting(hall, day), rhythm_of(hall, day)
    stands, waits = line_now(there.lines["A"], [sits[window.pk]], learnt, rhythm, now)
    assert [one.no for one in waits] == [2, 3]
    assert (round(stands.observed), stands.expected) == (12, 5)
    assert (stands.opened, round(stands.windows[0].idle)) == (0, 2)


def test_what_was_promised_is_held_against_the_call_and_too_much_wrong_is_not_shown(there):
    taught(there.hall)
    predictor, today, line = Predictor(), timezone.localdate(), there.lines["A"]
    window, clerk, start = there.windows[1], there.clerks[0], timezone.now()
    for _ in range(60):
        there.taken()
    turns.call_next(window, doing(clerk))
    predictor(there.hall.pk, today, start + timedelta(seconds=30))
    kept = predictor.halls[there.hall.pk][2][line.pk]
    assert len(kept.promised) == 59
    Ticket.objects.filter(line=line, no__gt=1).update(
        state="done", window=window, called_at=start + timedelta(hours=4)
    )
    there.taken()
    said = predictor(there.hall.pk, today, start + timedelta(hours=4, minutes=1))
    assert (len(kept.kept), sum(kept.kept)) == (50, 0)
    assert said[line.pk]["why"][1] == "Today's estimates were off, so none is shown."


def test_the_midday_break_is_known_before_and_while_it_lasts():
    day = Rhythm(540.0, (720.0, 780.0))
    assert (day.lunch(700), day.back_in(700)) == ((20.0, 60.0), None)
    assert (day.lunch(730), day.back_in(730)) == (None, 50.0)
