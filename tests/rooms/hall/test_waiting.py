"""What a hall says of waiting: an interval for every position, or why it cannot say. A13."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from openhall.hall.actions import days, duty, turns
from openhall.hall.actions.booked import line_of
from openhall.hall.actions.learning import learn
from openhall.hall.models import HallLearnt
from openhall.hall.rules.waiting.learnt import Learnt, Service, plain
from openhall.hall.state.body import body_of
from openhall.hall.waiting import Predictor
from tests.factories.hall import doing, furnished

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(db):
    return furnished()


def taught(hall):
    kinds = {"A": Service((4.0, 5.0, 6.0) * 10)}
    learnt = Learnt(10, kinds, (0.05,), 0.0, (), {})
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
