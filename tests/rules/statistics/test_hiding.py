"""What is hidden of opinions stays hidden: from whoever solves the published tables for it.

The attacker knows everything published (totals of units and of the city, counts that are shown, the
rows of every bundle, every earlier edition) and that no count is below nought. It asks, for every
hidden count, the least and the most it can be, by linear programming written here on its own.

    WHOLE=1 pytest tests/rules/statistics/test_hiding.py      1,000 families
"""

import os
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest

from openhall.statistics.rules.hiding import (
    OTHERS,
    WIDTH,
    Hidden,
    bounds,
    city_of,
    corrected,
    first,
    hidden_lines,
    is_small,
    told_lines,
)

FAMILIES = 1_000 if os.environ.get("WHOLE") else 60


def least(cost, equations, count):
    """The least of ``cost``·x over x ≥ 0 with ``equations`` (coefficients, value ≥ 0); simplex in
    whole fractions, Bland's rule, two phases."""
    m = len(equations)
    rows = [
        [Fraction(row.get(j, 0)) for j in range(count)]
        + [Fraction(int(i == k)) for k in range(m)]
        + [Fraction(value)]
        for i, (row, value) in enumerate(equations)
    ]
    basis = [count + i for i in range(m)]

    def run(goal, columns):
        line = [Fraction(goal.get(j, 0)) for j in range(count + m)] + [Fraction(0)]
        for i, b in enumerate(basis):
            if line[b]:
                f = line[b]
                line = [x - f * y for x, y in zip(line, rows[i], strict=True)]
        while True:
            enter = next((j for j in columns if line[j] < 0), None)
            if enter is None:
                return -line[-1]
            ratios = [
                (rows[i][-1] / rows[i][enter], basis[i], i) for i in range(m) if rows[i][enter] > 0
            ]
            assert ratios, "counts have no end?"
            _ratio, _b, leave = min(ratios)
            pivot = rows[leave][enter]
            rows[leave] = [x / pivot for x in rows[leave]]
            for i in range(m):
                if i != leave and rows[i][enter]:
                    f = rows[i][enter]
                    rows[i] = [x - f * y for x, y in zip(rows[i], rows[leave], strict=True)]
            f = line[enter]
            line = [x - f * y for x, y in zip(line, rows[leave], strict=True)]
            basis[leave] = enter

    assert run({count + i: 1 for i in range(m)}, range(count + m)) == 0
    for i, b in enumerate(list(basis)):  # artificial ones that stayed at nought are driven out
        if b >= count:
            enter = next((j for j in range(count) if rows[i][j]), None)
            if enter is not None:
                pivot = rows[i][enter]
                rows[i] = [x / pivot for x in rows[i]]
                for k in range(m):
                    if k != i and rows[k][enter]:
                        f = rows[k][enter]
                        rows[k] = [x - f * y for x, y in zip(rows[k], rows[i], strict=True)]
                basis[i] = enter
    return run(cost, range(count))


def attacked(editions):
    """Least and most of each hidden bad count of each edition, for who has read all of them.

    Variables: good and bad of each unit in the first edition and in what each later one added.
    """
    units = sorted({one for shown in editions for one in shown.lines})
    place = {}
    for step in range(len(editions)):
        for unit in units:
            for side in (0, 1):
                place[step, unit, side] = len(place)
    equations = []
    for last, shown in enumerate(editions):
        until = range(last + 1)
        for unit in units:
            line = shown.lines.get(unit, (0, 0))
            both = {place[s, unit, side]: 1 for s in until for side in (0, 1)}
            equations.append((both, sum(line)))  # how many ratings there were is always told
            if unit not in shown.hidden:
                equations.append(({place[s, unit, 1]: 1 for s in until}, line[1]))
        if shown.city:
            every = {place[s, unit, 1]: 1 for s in until for unit in units}
            equations.append((every, city_of(shown.lines)[1]))
    found = {}
    for last, shown in enumerate(editions):
        for unit in shown.hidden & {one for one, line in shown.lines.items() if sum(line)}:
            goal = {place[s, unit, 1]: 1 for s in range(last + 1)}
            low = least(goal, equations, len(place))
            high = -least(dict.fromkeys(goal, -1), equations, len(place))
            found[last, unit] = (low, high)
    return found, increments(editions, equations, place)


def increments(editions, equations, place):
    """Small counts that a later edition added to a hidden line: what is known of each."""
    for step, (before, shown) in enumerate(pairwise(editions), start=1):
        for unit in sorted(shown.hidden):
            line, old = shown.lines[unit], before.lines.get(unit, (0, 0))
            if is_small((line[0] - old[0], line[1] - old[1])):
                goal = place[step, unit, 1]
                low = least({goal: 1}, equations, len(place))
                yield low, -least({goal: -1}, equations, len(place))


def family(seed):
    """A table and, for some, what comes in afterwards."""
    rng = Random(seed)
    lines = {}
    for n in range(rng.randint(2, 7)):
        every, bad = rng.choice((0, 3, 6, 9, 14, 30, 80)), rng.choice((0.02, 0.1, 0.3, 0.6))
        got = sum(rng.random() < bad for _ in range(every))
        lines[f"u{n}"] = (every - got, got)
    return lines, rng


def with_more(lines, rng):
    more = dict(lines)
    for unit in rng.sample(sorted(lines), rng.randint(1, len(lines))):
        good, bad = more[unit]
        more[unit] = (good + rng.choice((0, 1, 3, 8, 20)), bad + rng.choice((0, 0, 1, 6, 12)))
    return more


@pytest.mark.parametrize("block", range(6))
def test_no_hidden_count_is_inferred_from_tables_rows_and_earlier_editions(block):
    held, hidden, published = 0, 0, 0
    for seed in range(block, FAMILIES, 6):
        lines, rng = family(seed)
        editions = [first(lines)]
        for _again in range(rng.randint(0, 2)):
            lines = with_more(lines, rng)
            shown = corrected(lines, editions[-1])
            if shown is None:
                held += 1
            elif shown.lines != editions[-1].lines:
                editions.append(shown)
        published += len(editions)
        found, added = attacked(editions)
        assert all(low < high for low, high in added)
        for (last, unit), (low, high) in found.items():
            line = editions[last].lines[unit]
            hidden += 1
            assert low <= line[1] <= high
            wide = WIDTH if editions[last].city else min(WIDTH, sum(line))
            assert high - low >= wide, (seed, last, unit, low, high)
        for shown in editions:
            for unit, line in shown.lines.items():
                assert unit in shown.hidden or not is_small(line)
    assert hidden
    assert published


def test_hiding_small_counts_alone_would_be_undone():
    lines = {"a": (40, 2), "b": (30, 9), "c": (20, 0)}
    alone = Hidden(lines, frozenset({"a"}), frozenset())
    assert attacked([alone])[0][0, "a"] == (2, 2)
    assert attacked([first(lines)])[0][0, "a"] == (0, 11)


def test_the_bounds_are_those_the_attacker_finds():
    for seed in range(20):
        lines, _rng = family(seed)
        shown = first(lines)
        if shown.city and shown.hidden:
            known = bounds(shown.lines, shown.hidden)
            found = {unit: both for (_n, unit), both in attacked([shown])[0].items()}
            assert {unit: known[unit] for unit in found} == found


def test_units_with_few_ratings_stand_together_and_stay_so():
    lines = {"a": (2, 0), "b": (1, 1), "c": (6, 0), "d": (40, 12)}
    shown = first(lines)
    assert shown.joined == {"a", "b", "c"}
    assert shown.lines == {OTHERS: (9, 1), "d": (40, 12)}
    assert shown.hidden == {OTHERS, "d"}
    again = corrected(lines | {"a": (12, 0)}, shown)
    assert again is not None
    assert again.joined == shown.joined
    assert told_lines(lines, ()) == lines


def test_what_cannot_be_corrected_without_giving_it_away_waits():
    lines = {"a": (40, 20), "b": (30, 9)}
    assert first(lines).hidden == frozenset()
    assert corrected({"a": (40, 21), "b": (30, 9)}, first(lines)) is None  # one bad rating more
    grown = corrected({"a": (60, 40), "b": (30, 9)}, first(lines))
    assert grown is not None
    assert grown.lines["a"] == (60, 40)
    assert corrected({"a": (39, 20), "b": (30, 9)}, first(lines)) is None  # none goes


def test_a_city_with_few_bad_ratings_tells_only_how_many_there_were():
    shown = first({"a": (40, 1), "b": (30, 2)})
    assert not shown.city
    assert shown.hidden == {"a", "b"}
    assert hidden_lines({"a": (40, 1)}) is None
