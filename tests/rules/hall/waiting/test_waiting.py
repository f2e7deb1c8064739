"""How long one will wait: small cases worked out by hand, and invented days never seen."""

from random import Random

import pytest

from openhall.hall.rules.waiting.classic import (
    fluid,
    head_of_line,
    last_to_enter,
    queue_length,
)
from openhall.hall.rules.waiting.fitting import fitted, judged, learnt_of, no_shows
from openhall.hall.rules.waiting.intervals import Case, bin_of, quantile, ratio_table, ratios_of
from openhall.hall.rules.waiting.learnt import Learnt, Service, of_plain, plain
from openhall.hall.rules.waiting.mixing import Mixture, blended, least_squares, of_ticket
from openhall.hall.rules.waiting.replaying import Replay
from openhall.hall.rules.waiting.saying import (
    FEW_DAYS,
    NO_CALLS,
    NO_WINDOW,
    NOT_KEPT,
    TOO_FAR,
    Told,
    told,
    why_not,
)
from openhall.hall.rules.waiting.simulating import calls, means, speed
from openhall.hall.rules.waiting.values import (
    ORDINARY,
    PRIORITY,
    Absence,
    Day,
    Estimates,
    LineNow,
    Stay,
    Visit,
    Waiting,
    Window,
)
from tests.factories.halls import FIRST, SECOND, day_of

TEN = Service((10.0,) * 20)
ALWAYS_TEN = Learnt(48, {"x": TEN}, (0.0,), 0.0, (), {}, longest={"A": 60.0})


def line(windows, waiting=(), **more):
    people = tuple(Waiting(lane, "x", 0.0) for lane in waiting)
    return LineNow("A", 600.0, tuple(windows), people, **more)


def said_of(now, place=0):
    return means(calls(now, ALWAYS_TEN, Random(1), 40))[place]


def test_with_a_free_window_nobody_waits():
    assert said_of(line([Window()], [ORDINARY])) == 0.0


def test_the_third_of_two_windows_waits_for_one_service():
    now = line([Window(), Window()], [ORDINARY] * 3)
    assert said_of(now, 2) == pytest.approx(10.0, rel=0.1)
    assert queue_length(now, 2, ALWAYS_TEN) == 15.0


def test_who_is_being_served_takes_the_rest_of_the_service():
    now = line([Window("x", age=4.0)], [ORDINARY])
    assert said_of(now) == pytest.approx(6.0, rel=0.1)
    assert fluid(now, 0, ALWAYS_TEN) == pytest.approx(6.0)


def test_a_window_at_lunch_comes_back_when_the_roster_says():
    assert said_of(line([Window(back_in=25.0)], [ORDINARY])) == 25.0


def test_a_lunch_to_come_is_taken_between_two_people():
    now = line([Window("x", age=0.0, lunch=(5.0, 45.0))], [ORDINARY])
    assert said_of(now) == pytest.approx(55.0, rel=0.1)


def test_priority_that_is_to_come_goes_before_the_ordinary_lane():
    busy = Learnt(48, {"x": TEN}, (0.0,), 0.0, (), {"A": {20: 0.05}}, {"A": ("x",)})
    now = line([Window("x", age=0.0)], [ORDINARY])
    with_them = means(calls(now, busy, Random(1), 400))[0]
    assert with_them > said_of(now) + 1
    first = line([Window("x", age=0.0)], [PRIORITY])
    assert means(calls(first, busy, Random(1), 400))[0] == pytest.approx(10.0, rel=0.1)


def test_who_does_not_come_costs_a_minute_and_long_waits_lose_more():
    fickle = Learnt(48, {"x": TEN}, (0.0, 1.0), 0.0, (), {})
    now = LineNow(
        "A", 600.0, (Window(),), tuple(Waiting(ORDINARY, "x", n) for n in (20.0, 20.0, 0.0))
    )
    assert means(calls(now, fickle, Random(1), 10))[2] == pytest.approx(2.2)


def test_a_slow_day_is_noticed():
    assert speed(line([Window()])) == 1.0
    assert speed(line([Window()], observed=300.0, expected=150.0)) == pytest.approx(1.5)


def test_the_classics_say_what_they_say():
    people = tuple(Waiting(ORDINARY, "x", minutes) for minutes in (12.0, 3.0))
    now = LineNow("A", 600.0, (Window(),), people, entered={ORDINARY: 17.0})
    assert last_to_enter(now, ORDINARY) == 17.0
    assert head_of_line(now, ORDINARY, 1) == 12.0
    assert head_of_line(now, PRIORITY, 1) == 0.0


def test_least_squares_find_the_weights():
    rows = [(1.0, x, y, 0.0, 0.0, 0.0, 0.0) for x in range(1, 9) for y in range(1, 9)]
    weights = least_squares(rows, [2 + 3 * r[1] - r[2] for r in rows], [1.0] * len(rows))
    assert weights[:3] == pytest.approx((2.0, 3.0, -1.0), abs=0.05)


def test_whoever_was_wrong_today_counts_less():
    said = Estimates(10.0, 10.0, 30.0, 30.0, 0.0, 0.0)
    mixture = Mixture(ALWAYS_TEN)
    before = mixture.estimate(said)
    for _call in range(20):
        mixture.learn(said, 10.0)
    assert 10.0 < mixture.estimate(said) < before
    assert blended(said, ()) == 10.0


def test_quantiles_and_bins():
    assert quantile([1.0, 2.0, 3.0], 0.5) == 2.0
    assert quantile([0.0, 10.0], 0.1) == 1.0
    assert [bin_of(m) for m in (0, 2, 4.9, 5, 19, 40, 99)] == [0, 1, 1, 2, 3, 5, 5]


def test_a_bin_of_few_cases_takes_the_pooled_one():
    many = [Case("A", ORDINARY, 12.0, 10.0, n / 20.0) for n in range(200)]
    few = [Case("B", ORDINARY, 12.0, 10.0, 10.0)] * 10
    learnt = Learnt(48, {}, (0.0,), 0.0, (), {}, ratios=ratio_table(many + few))
    low, high = ratios_of(learnt, "A", ORDINARY, 12.0)
    assert (low, high) == pytest.approx((0.0995, 0.8955))
    assert ratios_of(learnt, "B", ORDINARY, 12.0) == ratios_of(learnt, "C", PRIORITY, 12.0)


def test_what_is_told_is_rounded_outward_and_soon_below_five_minutes():
    table = {"": {-1: {-1: (0.81, 1.19)}}}
    learnt = Learnt(48, {}, (0.0,), 0.0, (), {}, ratios=table, longest={"A": 30.0})
    assert told(learnt, "A", ORDINARY, 20.0, 20.0) == Told(16, 24)
    assert told(learnt, "A", ORDINARY, 4.0, 4.0) == Told(0, 5, soon=True)
    assert told(learnt, "A", ORDINARY, 50.0, 50.0).why is TOO_FAR
    assert "16–24分钟" in Told(16, 24).sentence().zh
    assert "5 minutes" in Told(0, 5, soon=True).sentence().en


@pytest.mark.parametrize(
    ("learnt", "now", "more", "why"),
    [
        (None, line([Window()]), {}, FEW_DAYS),
        (Learnt(4, {}, (), 0.0, (), {}), line([Window()]), {}, FEW_DAYS),
        (ALWAYS_TEN, line([]), {}, NO_WINDOW),
        (ALWAYS_TEN, line([Window()], [ORDINARY], last_call=31.0), {}, NO_CALLS),
        (ALWAYS_TEN, line([Window()], [ORDINARY], last_call=3.0), {}, None),
        (ALWAYS_TEN, line([Window()], last_call=31.0), {}, None),
        (ALWAYS_TEN, line([Window()]), {"kept": 0.6, "judged": 50}, NOT_KEPT),
        (ALWAYS_TEN, line([Window()]), {"kept": 0.6, "judged": 49}, None),
    ],
)
def test_it_says_when_it_cannot_say(learnt, now, more, why):
    assert why_not(now, learnt, mean=10.0, **more) is why


SMALL = Day(
    (
        Visit("A", ORDINARY, "x", 540.0, 540.0, 550.0, "A1", True),
        Visit("A", ORDINARY, "x", 541.0, 551.0, 561.0, "A1", True),
        Visit("A", PRIORITY, "x", 545.0, 550.0, 551.0, "A1", False),
    ),
    (Stay("A1", "A", 540.0, 700.0),),
    (Absence("A1", 570.0, 570.0, 600.0),),
)


def test_a_day_is_told_again_as_it_could_be_seen():
    seen = [
        (number, now.waiting, now.windows)
        for what, number, now, _place in Replay(SMALL, ALWAYS_TEN).tickets()
        if what == "issue" and now is not None
    ]
    assert [number for number, _w, _s in seen] == [1, 2]
    (_one, waiting, windows) = seen[1]
    assert [one.lane for one in waiting] == [PRIORITY, ORDINARY]
    assert windows == (Window("x", 5.0, lunch=(25.0, 30.0)),)


def test_what_a_day_teaches():
    learnt = learnt_of([SMALL])
    assert learnt.services["x"].minutes == (10.0, 10.0)
    assert learnt.longest == {"A": 10.0}
    assert no_shows([SMALL])[0] == pytest.approx((1 + 20 / 3) / 22, rel=0.05)


def test_the_parameters_are_kept_as_plain_data():
    learnt = fitted([day_of(FIRST, n) for n in range(3)], Random(1), 4)
    assert of_plain(plain(learnt)) == learnt


@pytest.mark.parametrize("world", [FIRST, SECOND])
def test_days_never_seen_are_told_better_than_by_the_length_of_the_queue(world):
    """A short look; ``benchmarks/waiting.py`` judges sixty days of each world."""
    learnt = fitted([day_of(world, n) for n in range(8)], Random(1), 8)
    rows = [one for n in range(3) for one in judged(day_of(world, 900 + n), learnt, Random(n), 8)]
    ours = sum((one.estimate - one.wait) ** 2 for one in rows)
    queue = sum((one.said.queue - one.wait) ** 2 for one in rows)
    assert ours < queue
    assert of_ticket
