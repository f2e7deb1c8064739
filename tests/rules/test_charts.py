"""The arithmetic of a drawn chart: whole marks, room above, gaps that stay gaps."""

import pytest

from openhall.design.figures import BASE, CEILING, Point, chart, step_of


def drawn(*values, rate=False):
    return chart([Point(str(n), value, note=str(n)) for n, value in enumerate(values)], rate=rate)


@pytest.mark.parametrize(
    ("least", "step"), [(0.2, 1), (1, 1), (1.5, 2), (3, 5), (6.5, 10), (51, 100), (6410, 10_000)]
)
def test_the_marks_of_a_scale_are_whole(least, step):
    assert step_of(least) == step


@pytest.mark.parametrize("values", [(0,), (1, 2), (26, 6, 0), (25_640, 24_000), (4.9, 5.0)])
def test_a_count_begins_at_nothing_and_its_marks_are_whole(values):
    found = drawn(*values)
    marks = [float(rule.label.replace(",", "")) for rule in found.rules]
    assert marks[0] == 0
    assert all(mark == int(mark) for mark in marks)
    assert marks[-1] >= max(values)
    assert min(float(dot.y) for dot in found.dots) >= CEILING > 20  # the value stands above


@pytest.mark.parametrize(
    ("values", "floor"),
    [((98.0, 99.5), 80), ((80.0,), 80), ((66.7, 100.0), 50), ((12.0, 99.0), 0), ((None,), 80)],
)
def test_a_rate_begins_where_all_its_values_are_seen(values, floor):
    found = drawn(*values, rate=True)
    assert found.floor == floor
    assert found.rules[-1].label == "100%"
    assert all(float(dot.y) <= BASE for dot in found.dots)


def test_what_is_not_known_is_a_gap_and_no_dot_on_the_floor():
    found = drawn(3, None, 5)
    assert len(found.dots) == 2
    assert found.path.count("M") == 2


def test_the_newest_value_and_the_least_rate_are_written():
    found = drawn(97.0, 92.8, 95.0, 96.0, rate=True)
    assert [dot.value for dot in found.dots if dot.shown] == ["92.8%", "96%"]
    assert [dot.value for dot in drawn(1, 9, 4).dots if dot.shown] == ["4"]


def test_each_point_has_a_tick_and_every_third_its_name():
    ticks = drawn(*range(13)).ticks
    assert len(ticks) == 13
    assert [tick.label for tick in ticks if tick.label] == ["0", "3", "6", "9", "12"]


def test_nothing_to_draw_draws_nothing():
    assert (chart([]).dots, chart([]).path) == ([], "")


def test_what_is_written_at_an_edge_stays_within_the_chart():
    found = drawn(44.69, 90.0, 95.0, 92.75, rate=True)
    assert [dot.side for dot in found.dots] == ["start", "", "", "end"]
    assert drawn(5).dots[0].side == "start"  # the only one lies at the left
