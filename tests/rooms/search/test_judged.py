"""The judged queries: errors that no generator makes, each kind measured by nDCG at ten."""

import json
from pathlib import Path
from statistics import mean

import pytest

from openhall.search.queries import search
from openhall.search.rules.quality import ndcg, recall, reciprocal_rank, says
from tests.factories.search import town

pytestmark = pytest.mark.any_database

JUDGED = json.loads((Path(__file__).parent / "judged.json").read_text(encoding="utf-8"))
LEAST, LEAST_OF_A_KIND = 0.85, 0.7


def test_the_judged_queries_are_answered_well(db):
    codes = town()
    kinds, weak = {}, []
    for kind, queries in JUDGED.items():
        values = []
        for query, grades in queries.items():
            wanted = {f"guide:{codes[key]}": grade for key, grade in grades.items()}
            order = [one.record.root for one in search(query).services]
            values.append(ndcg(order, wanted))
            if values[-1] < LEAST_OF_A_KIND:
                weak.append((kind, query, round(values[-1], 2)))
        kinds[kind] = round(mean(values), 3)
    assert mean(kinds.values()) >= LEAST, (kinds, weak)
    assert all(value >= LEAST_OF_A_KIND for value in kinds.values()), (kinds, weak)


@pytest.mark.parametrize(
    ("order", "value"),
    [(["a", "b"], 1.0), (["b", "a"], 0.709), ([], 0.0), (["x", "y"], 0.0)],
)
def test_ndcg_is_the_discounted_gain_over_the_best(order, value):
    assert ndcg(order, {"a": 3, "b": 1}) == pytest.approx(value, abs=0.001)


def test_the_other_measures():
    assert ndcg(["a"], {}) == 1.0
    assert reciprocal_rank(["x", "a"], ["a"]) == 0.5
    assert reciprocal_rank(["x"], ["a"]) == 0.0
    assert recall(["a", "x"], ["a", "b"]) == 0.5
    assert says("《營業執照》", ["营业执照"])
