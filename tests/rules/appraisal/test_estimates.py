"""Every number of R's ``survey`` that the golden file holds, to 1e-9 (R 4.2.2, survey 4.1-1)."""

import json
from dataclasses import replace
from math import isclose
from pathlib import Path

import pytest

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
    assert (round(low, 3), high) == (0.940, 1.0)


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
    assert capped[0] < 0.9 < 0.98 < plain[0]


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
