"""A permit's last days: when a renewal may be asked for, and why not. 行政许可法 50."""

from datetime import date

import pytest

from openhall.permits.rules.validity import last_day_to_ask, objection_to_renewal, state_on
from openhall.permits.terms import LicenceState

UNTIL = date(2026, 12, 31)
LAST = date(2026, 12, 1)  # thirty days before


def objection(state=LicenceState.VALID, until=UNTIL, today=LAST, open_request=False):
    return objection_to_renewal(state, until, today, open_request=open_request)


def test_a_renewal_may_be_asked_for_until_thirty_days_before_the_end():
    assert last_day_to_ask(UNTIL) == LAST
    assert objection() is None
    late = objection(today=date(2026, 12, 2))
    assert late is not None
    assert "最迟2026-12-01" in late.zh


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"until": None}, "没有有效期，不需要延续"),
        ({"state": LicenceState.REVOKED}, "该许可已撤销，不能延续"),
        ({"state": LicenceState.CANCELLED}, "该许可已注销，不能延续"),
        ({"today": date(2027, 1, 1)}, "该许可已届满，不能延续"),
        ({"open_request": True}, "尚未决定，请等待决定"),
    ],
)
def test_each_reason_against_a_renewal(said, sentence):
    found = objection(**said)
    assert found is not None
    assert sentence in found.zh
    assert found.en


def test_a_permit_is_valid_through_its_last_day():
    assert state_on(LicenceState.VALID, UNTIL, UNTIL) == LicenceState.VALID
    assert state_on(LicenceState.VALID, UNTIL, date(2027, 1, 1)) == LicenceState.EXPIRED
    assert state_on(LicenceState.REVOKED, UNTIL, date(2027, 1, 1)) == LicenceState.REVOKED
    assert state_on(LicenceState.VALID, None, date(2099, 1, 1)) == LicenceState.VALID
