"""Each way in which a day can disagree with the bank has one name, and none is invented."""

import io
from datetime import date

import pytest

from openhall.fees.matching import Comparison
from openhall.fees.rules.exceptions import Known
from openhall.fees.rules.statement import UnreadableStatement, entries, write

DAY, AT, BEFORE = date(2026, 11, 27), "2026-11-27T10:30:00+08:00", "2026-11-26T22:00:00+08:00"
KNOWN = {
    "N1": Known("paid", 0, 8000, False),
    "DUE": Known("due", 500, 0, False),
    "OFF": Known("waived", 0, 0, False),
    "RED": Known("to_return", 500, 0, True),
    "BACK": Known("returned", 0, 500, True),
}
MINE = ("S1", "N1", 8000)


def compared(theirs, ours):
    """Matched, and what each exception is by serial."""
    file = io.BytesIO(write([(s, n, a, "counter", at) for s, n, a, at in theirs]).encode())
    with Comparison(DAY) as comparison:
        comparison.take_theirs(entries(file, DAY))
        comparison.take_ours(ours)
        found = list(
            comparison.exceptions(lambda numbers: {n: KNOWN[n] for n in numbers if n in KNOWN})
        )
        assert all(one.note.zh and one.note.en for one in found)
        told = [(one.serial, one.state.value) for one in found]
        return comparison.counted.matched, sorted(told)


@pytest.mark.parametrize(
    ("theirs", "ours", "matched", "told"),
    [
        ([("S1", "N1", 8000, AT)], [MINE], 1, []),
        ([("S1", "N1", 7000, AT)], [MINE], 0, [("S1", "short")]),
        ([("S1", "N1", 9000, AT)], [MINE], 0, [("S1", "over")]),
        ([("S1", "N9", 8000, AT)], [MINE], 0, [("S1", "other_notice")]),
        ([("S1", "NO", 5, AT)], [], 0, [("S1", "unknown")]),
        ([("S1", "DUE", 500, AT)], [], 0, [("S1", "missing_here")]),
        ([("S1", "DUE", 400, AT)], [], 0, [("S1", "short")]),
        ([], [MINE], 0, [("S1", "missing_there")]),
        ([("S1", "N1", 8000, AT)] * 2, [MINE], 1, [("S1", "doubled")]),
        ([("S1", "N1", 8000, AT), ("S2", "N1", 8000, AT)], [MINE], 1, [("S2", "twice")]),
        (
            [("S1", "DUE", 500, AT), ("S2", "DUE", 500, AT)],
            [],
            0,
            [("S1", "missing_here"), ("S2", "twice")],
        ),
        ([("S1", "OFF", 500, AT)], [], 0, [("S1", "not_due")]),
        (
            [("S1", "DUE", 500, AT), ("S0", "DUE", -500, AT)],
            [],
            0,
            [("S0", "reversed"), ("S1", "reversed")],
        ),
        ([("S1", "N1", 8000, AT), ("S2", "N1", -8000, AT)], [MINE], 1, [("S2", "reversed")]),
        ([("S1", "N1", 8000, AT), ("S1", "N1", -8000, AT)], [MINE], 1, [("S1", "reversed")]),
        ([("S2", "N1", -8000, AT)], [], 0, [("S2", "refund_unknown")]),
        ([("S2", "NO", -8000, AT)], [], 0, [("S2", "unknown")]),
        ([("R1", "BACK", -500, AT)], [("R1", "BACK", -500)], 1, []),
        ([("R1", "RED", -500, AT)], [], 0, [("R1", "missing_here")]),
        (
            [("S1", "N1", 8000, AT), ("S2", "N1", 5, BEFORE), ("S3", "N1", 8000, AT)],
            [MINE],
            1,
            [("S2", "wrong_day"), ("S3", "twice")],
        ),
    ],
)
def test_each_disagreement_has_its_name(theirs, ours, matched, told):
    assert compared(theirs, ours) == (matched, told)


def test_the_line_that_agrees_is_found_wherever_it_stands_under_its_serial():
    lines = [("S1", "N9", 1, AT), ("S1", "N1", 8000, AT)]
    assert compared(lines, [MINE]) == (1, [("S1", "doubled")])


def test_a_file_of_another_day_is_refused_and_not_called_a_day_of_faults():
    with pytest.raises(UnreadableStatement, match=r"2026-11-26.*请核对是否选错了文件"):
        compared([("S1", "N1", 8000, BEFORE)], [MINE])


def test_an_empty_day_agrees():
    assert compared([], []) == (0, [])
