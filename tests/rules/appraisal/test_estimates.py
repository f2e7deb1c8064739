"""Every number of R's ``survey`` that the golden file holds, to 1e-9 (R 4.2.2, survey 4.1-1)."""

import json
from dataclasses import replace
from math import comb, fsum, isclose
from pathlib import Path

import pytest

from openhall.appraisal.rules.accepted import blaker
from openhall.appraisal.rules.estimates import (
    Estimate,
    LonelyCluster,
    Stage,
    apart,
    degrees,
    interval,
    korn_graubard,
    logit,
    mean,
    post_stratified,
    public_interval,
    ratio,
    total,
)
from openhall.appraisal.rules.quantiles import t_quantile

GOLDEN = json.loads((Path(__file__).parent / "survey_golden.json").read_text())
DESIGNS = GOLDEN["design"]


def column(packed, n):
    if isinstance(packed, str):
        return list(packed)
    if isinstance(packed, list):
        return packed
    if "all" in packed:
        return [packed["all"]] * n
    return [packed["of"][at] for at in packed["at"]]


def data_of(name):
    packed = GOLDEN["data"][name]
    n = len(packed["dnum"])
    return {key: column(one, n) for key, one in packed.items()}


def design_of(name):
    """Data, weights, stages and the domain of a named design."""
    sample, strata, cluster, *more = DESIGNS[name]
    if strata == "domain":
        rows, w, stages, _all = design_of(sample)
        kind, sign, value = cluster.split()
        return rows, w, stages, [(one == value) == (sign == "==") for one in rows[kind]]
    if strata == "post-stratified by stype":
        return design_of(sample)
    weight, fpc = more
    rows = data_of(sample)
    n = len(rows["dnum"])
    clusters = cluster if isinstance(cluster, list) else [cluster]
    sizes = fpc if isinstance(fpc, list) else [fpc]
    stages = [
        Stage(
            rows[strata] if strata and not level else [0] * n,
            rows[of] if of else list(range(n)),
            rows[sizes[level]] if level < len(sizes) and sizes[level] else None,
        )
        for level, of in enumerate(clusters)
    ]
    if weight in rows:
        return rows, rows[weight], stages, None
    within = {d: rows["dnum"].count(d) for d in rows["dnum"]}  # N1/n1 * N2/n2
    w = [
        a / len(within) * b / within[d]
        for a, b, d in zip(rows["fpc1"], rows["fpc2"], rows["dnum"], strict=True)
    ]
    return rows, w, stages, None


def told(found: Estimate):
    return [found.value, found.se]


def said(statistic, rows, w, stages, inside):
    """What ours says of a statistic of the file, in the order of its numbers; None: not ours."""
    kind, *names = statistic.split(":")
    if kind == "mean":
        found = mean(rows[names[0]], w, stages, inside)
        whole = replace(found, df=degrees(stages[0], inside or [True] * len(w)))  # as R was asked
        return [*told(found), found.deff, None, *interval(whole)]
    if kind == "total":
        return told(total(rows[names[0]], w, stages, inside))
    if kind == "ratio":
        above, below = names[0].split("/")
        return told(ratio(rows[above], rows[below], w, stages, inside))
    if kind == "degf":
        return [mean(rows["yes"], w, stages, inside).df]
    way, name = names
    found = mean(rows[name], w, stages, inside)
    rows_of = {"xlogit": logit, "mean": interval}
    if way == "beta":
        return [found.value, *korn_graubard(found, len(w) if inside is None else sum(inside))]
    return [found.value, *rows_of[way](found)] if way in rows_of else None


@pytest.mark.parametrize("name", sorted(set(DESIGNS) - {"columns", "clus1_ps"}))
def test_every_design_agrees_with_r(name):
    rows, w, stages, inside = design_of(name)
    checked = 0
    for statistic, golden in GOLDEN["golden"][name].items():
        mine = said(statistic, rows, w, stages, inside)
        for ours, theirs in zip(mine or [], golden, strict=False):
            if ours is not None:
                assert isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9), (name, statistic)
                checked += 1
    assert checked >= 30


def test_post_stratified_agrees_with_r():
    rows, w, stages, _all = design_of("clus1_ps")
    sizes = DESIGNS["clus1_ps"][2]
    for name in ("api00", "yes"):
        both = post_stratified(rows[name], w, stages, rows["stype"], sizes)
        for kind, found in zip(("mean", "total"), both, strict=True):
            golden = GOLDEN["golden"]["clus1_ps"][f"{kind}:{name}"]
            for ours, theirs in zip(told(found), golden, strict=True):
                assert isclose(ours, theirs, rel_tol=1e-9)


def simple(n, size):
    return [Stage([0] * n, list(range(n)), [size] * n)]


def test_where_all_are_content_the_interval_still_promises_nothing():
    found = mean([1.0] * 60, [400 / 60] * 60, simple(60, 400))
    low, high = public_interval(found, [400 / 60] * 60, 400)
    assert (round(low, 3), high) == (0.941, 1.0)


def test_who_asked_everybody_has_the_value_itself():
    found = mean([1.0] * 9 + [0.0], [1.0] * 10, simple(10, 10))
    assert public_interval(found, [1.0] * 10, 10) == (0.9, 0.9)


def test_luck_in_a_small_stratum_makes_no_narrow_interval():
    """Two strata, the bad answers all in the small one: the cap holds the interval wide."""
    y = [1.0] * 30 + [1.0] * 28 + [0.0] * 2
    w = [2000 / 30] * 30 + [60 / 30] * 30
    stages = [Stage([0] * 30 + [1] * 30, list(range(60)), [2000] * 30 + [60] * 30)]
    found = mean(y, w, stages)
    plain = korn_graubard(found, 60)
    capped = public_interval(found, w, 2060)
    assert capped[0] < 0.91 < 0.98 < plain[0]


def test_a_lonely_cluster_is_an_error_and_never_silence():
    with pytest.raises(LonelyCluster):
        mean([1.0, 0.0], [1.0, 1.0], [Stage([0, 1], [0, 1], [5, 5])])


@pytest.mark.parametrize(
    ("one", "other", "told_apart"),
    [((0.9, 0.95), (0.96, 0.99), True), ((0.9, 0.95), (0.95, 0.99), False)],
)
def test_only_intervals_apart_are_ranked(one, other, told_apart):
    assert apart(one, other) is told_apart
    assert apart(other, one) is told_apart


def possible(x, n, share):
    """Blaker's own definition, of whole numbers, by adding up."""
    chances = [comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]
    below = [fsum(chances[: k + 1]) for k in range(n + 1)]
    above = [fsum(chances[k:]) for k in range(n + 1)]
    least = min(below[x], above[x])
    other = above if below[x] < above[x] else below
    return least + max((one for one in other if one <= least), default=0.0)


@pytest.mark.parametrize("x", range(6))
def test_blakers_interval_of_ten_is_what_its_definition_gives(x):
    low, high = blaker(x, 10, 0.95)
    inside = [step / 2000 for step in range(1, 2000) if possible(x, 10, step / 2000) > 0.05]
    assert (low, high) == pytest.approx((inside[0] if x else 0.0, inside[-1]), abs=6e-4)
    assert blaker(10 - x, 10, 0.95) == pytest.approx((1 - high, 1 - low), abs=1e-9)


@pytest.mark.parametrize("n", [5, 23, 60])
def test_it_holds_exactly_and_lies_inside_clopper_and_pearson(n):
    ends = [blaker(x, n, 0.95) for x in range(n + 1)]
    for x, (low, high) in enumerate(ends):
        wide = korn_graubard(Estimate(x / n, 0.0, n - 1, n), n, n)
        assert wide[0] - 1e-9 <= low <= x / n <= high <= wide[1] + 1e-9
    for step in range(1, 200):
        share = step / 200
        held = fsum(
            comb(n, x) * share**x * (1 - share) ** (n - x)
            for x, (low, high) in enumerate(ends)
            if low - 1e-9 <= share <= high + 1e-9
        )
        assert held >= 0.95 - 1e-9, (share, held)


@pytest.mark.parametrize("share", [0.90, 0.98, 0.995])
@pytest.mark.parametrize(("n", "size"), [(60, 400), (150, 400), (150, 2000)])
def test_of_a_part_of_few_it_holds_as_it_says(n, size, share):
    """Every result of a simple sample, each with its own probability: nothing is drawn."""
    bad, held, width, wide = round(size * (1 - share)), 0.0, 0.0, 0.0
    for x in range(max(0, n - size + bad), min(n, bad) + 1):
        chance = comb(bad, x) * comb(size - bad, n - x) / comb(size, n)
        if chance < 1e-9:
            continue
        y, w = [0.0] * x + [1.0] * (n - x), [size / n] * n
        found = mean(y, w, simple(n, size))
        low, high = public_interval(found, w, size)
        held += chance * (low <= 1 - bad / size <= high)
        width += chance * (high - low)
        kish = n / (1 - n / size) if x else n
        ends = korn_graubard(found, n, kish)
        wide += chance * (ends[1] - ends[0])
    assert held >= 0.945
    assert width < wide * 0.985


def test_who_were_asked_in_groups_are_told_with_the_further_upper_end():
    y = ([0.0] + [1.0] * 9) * 8
    w = [10.0] * 80
    groups = [at // 10 for at in range(80)]
    found = mean(y, w, [Stage([at // 20 for at in range(80)], groups, [20] * 80)])
    single = mean(y, w, simple(80, 800))
    assert (found.alone, single.alone) == (False, True)
    there, n = public_interval(found, w, 800), 80.0
    n *= (t_quantile(0.975, 79) / t_quantile(0.975, found.df)) ** 2
    assert there[0] == pytest.approx(blaker(n * 0.9, n, 0.95)[0], abs=1e-9)
    assert there[1] == korn_graubard(found, 80, n)[1] > blaker(n * 0.9, n, 0.95)[1]
