"""How often one comes in person: stated, or as it follows from the ways and the papers."""

import pytest

from openhall.catalogue.rules.visiting import COMPARED, NONE, Paper, Visits, visits_of

CARD = Paper("required", "original", "C", 1)
FORM = Paper("required", "form", "C", 1)
ISSUED = Paper("required", "original", "A", 1)
AT_TIMES = Paper("conditional", "original", "C", 1)


@pytest.mark.parametrize(
    ("stated", "depth", "by_post", "papers", "expected"),
    [
        (2, "3", False, [], (2, False, "")),
        (0, "none", True, [CARD], (0, False, "")),
        (None, "4", False, [CARD], (0, False, "")),  # from end to end online
        (None, "3", False, [FORM, ISSUED, AT_TIMES], (0, False, "")),
        (None, "3", False, [FORM, CARD], (1, False, "核对材料原件")),
        (None, "2", True, [CARD], (1, False, "核对材料原件")),
        (None, "none", True, [CARD], (0, False, "")),
        (None, "1", False, [], (1, True, "到窗口提交")),
    ],
)
def test_visits_follow_from_ways_and_papers(stated, depth, by_post, papers, expected):
    found = visits_of(stated, depth, by_post=by_post, papers=papers)
    assert (found.number, found.least, found.why.zh) == expected


def test_what_is_stated_needs_no_reason_of_ours():
    assert visits_of(1, "3", by_post=False, papers=[CARD]) == Visits(1, why=NONE)
    assert COMPARED.en == "originals are compared with your copies"
