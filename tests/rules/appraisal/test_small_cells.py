"""Hidden cells stay hidden: every one has two tables that agree in all published and lie apart."""

from itertools import product
from random import Random

from openhall.appraisal.rules.raters import agreement, alpha, severity, trimmed
from openhall.appraisal.rules.small_cells import hidden_cells, suppressed


def ways(counts, hidden, cell):
    """The least and largest value of ``cell`` in whole tables that agree in all published.

    Counted out row by row, which small tables allow: an attacker cannot do better.
    """
    columns = range(len(counts[0]))
    left = [sum(counts[r][c] for r in range(len(counts)) if (r, c) in hidden) for c in columns]
    rows = []
    for r, line in enumerate(counts):
        free = [c for c in columns if (r, c) in hidden]
        whole = sum(line[c] for c in free)
        options = [
            dict(zip(free, told, strict=True))
            for told in product(*(range(min(whole, left[c]) + 1) for c in free))
            if sum(told) == whole
        ]
        rows.append(options)
    states = {tuple(left): [set()]}
    states = {(tuple(left), None)}
    for r, options in enumerate(rows):
        after = set()
        for rest, value in states:
            for one in options:
                now = tuple(rest[c] - one.get(c, 0) for c in columns)
                if min(now) >= 0:
                    after.add((now, one.get(cell[1], value) if r == cell[0] else value))
        states = after
    found = [value for rest, value in states if not any(rest)]
    return min(found), max(found)


def test_nobody_computes_a_hidden_cell_back():
    chance, tried = Random(14), 0
    for _table in range(12):
        counts = [[chance.choice([0, 1, 2, 3, 6, 9, 14]) for _c in range(3)] for _r in range(4)]
        hidden, failed = hidden_cells(counts)
        small = {(r, c) for r, row in enumerate(counts) for c, n in enumerate(row) if 0 < n < 5}
        assert small <= hidden
        if failed:
            continue
        for cell in hidden:
            low, high = ways(counts, hidden, cell)
            assert high - low >= 5, (counts, sorted(hidden), cell)
            tried += 1
    assert tried > 30


def test_a_table_without_small_cells_is_published_whole():
    told, sound = suppressed({"a": {"5": 9, "1": 0}, "b": {"5": 7, "1": 12}}, ["5", "1"])
    assert sound
    assert told == {"a": {"5": 9, "1": 0}, "b": {"5": 7, "1": 12}}


def test_one_small_cell_hides_a_whole_rectangle_or_says_it_cannot():
    told, sound = suppressed({"a": {"5": 40, "1": 2}, "b": {"5": 30, "1": 20}}, ["5", "1"])
    assert sound
    assert all(n is None for row in told.values() for n in row.values())
    assert suppressed({"a": {"5": 3}}, ["5"])[1] is False  # one unit with three: merge it


def test_a_trimmed_mean_leaves_the_ends_out_from_five_sheets_on():
    found = trimmed([60, 80, 82, 84, 100])
    assert (found.value, found.cut, found.df) == (82, 1, 2)
    assert trimmed([60, 100]).value == 80
    assert trimmed([70]).interval() is None


def test_agreement_as_r_and_the_package_for_alpha_have_it():
    units = [[82, 85, 80], [90, 91], [70, 75, 73, 74], [60, 66, 61]]
    found = agreement(units)
    assert round(found.icc, 6) == 0.954857
    assert round(found.alpha, 6) == 0.946014
    assert found.low < found.icc < found.high
    assert alpha([[80, 80], [80, 80]]) is None


def test_severity_sums_to_nought_and_names_the_severe():
    marks = {("a", "x"): 80, ("a", "y"): 90, ("b", "x"): 70, ("b", "z"): 74, ("c", "y"): 88}
    marks[("c", "z")] = 83
    found = severity(marks)
    assert abs(sum(found.values())) < 1e-9
    assert min(found, key=found.get) == "x"
