"""The page of limits says what the code counts."""

from pathlib import Path

import pytest

from openhall.cases.rules import hearing, remedies
from openhall.cases.rules.packs import STATUTE_2004 as LAW
from openhall.joint.rules import handling
from openhall.permits.rules.validity import ASK_BEFORE, BARRED_YEARS

ROOT = Path(__file__).resolve().parents[3]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs/limits.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and "---" not in line
][1:]
LENGTHS = {row[0]: row[1] for row in ROWS}


@pytest.mark.parametrize(
    ("limit", "length"),
    [
        ("accept, ask once or decline; silence accepts", f"{LAW.answer_days}"),
        ("answer to a supplement notice", f"{LAW.supplement_days}"),
        ("decision, one unit; extended", f"{LAW.decision_days}; {LAW.extension_days}"),
        (
            "decision, several units; extended",
            f"{LAW.joint_decision_days}; {LAW.joint_extension_days}",
        ),
        ("delivery after the decision", f"{LAW.delivery_days}"),
        (
            "ask for a hearing; hold it; told before",
            f"{hearing.ASK_WITHIN}; {hearing.HOLD_WITHIN}; {hearing.NOTICE_BEFORE}",
        ),
        ("review of a decision", f"{remedies.REVIEW_DAYS}"),
        ("action before a court", f"{remedies.COURT_MONTHS} months"),
        ("asking for renewal before a permit ends", f"{ASK_BEFORE.days}"),
        (
            "ban after false papers; after deceit",
            "; ".join(f"{n} year{'s' * (n > 1)}" for n in BARRED_YEARS.values()),
        ),
        (
            "joint matter: sign; forward; tell; reasons",
            f"{handling.SIGN_WITHIN}; {handling.FORWARD_WITHIN}; {handling.TELL_WITHIN}; "
            f"{handling.REASONS_WITHIN}",
        ),
    ],
)
def test_each_length_is_the_codes_own(limit, length):
    assert LENGTHS[limit] == length


def test_each_place_is_there():
    for row in ROWS:
        place = row[5].strip("`")
        if "/" in place:
            assert (ROOT / place).exists() or (ROOT / "openhall" / place).exists(), place
