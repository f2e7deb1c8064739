"""国办函〔2016〕108号: A and B serve again without the original, C is seen, D is promised."""

from datetime import date

import pytest

from openhall.files.rules.trust import (
    fault_of_reuse,
    is_reusable,
    level_seen,
    watermark,
)
from openhall.files.terms import TrustLevel

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(("level", "again"), [("A", True), ("B", True), ("C", False), ("D", False)])
def test_what_each_level_means(level, again):
    assert is_reusable(TrustLevel(level)) is again


def test_only_a_and_b_in_force_and_not_withdrawn_serve_again():
    assert fault_of_reuse(TrustLevel.A, None, False, TODAY) is None
    assert fault_of_reuse(TrustLevel.B, TODAY, False, TODAY) is None
    assert "有效期已于2026-11-24届满" in str(
        fault_of_reuse(TrustLevel.B, date(2026, 11, 24), False, TODAY)
    )
    assert "停用" in str(fault_of_reuse(TrustLevel.A, None, True, TODAY))
    for level in (TrustLevel.C, TrustLevel.D):
        assert "重复使用" in str(fault_of_reuse(level, None, False, TODAY))


def test_seeing_the_original_makes_a_copy_b_and_leaves_a_alone():
    assert [level_seen(level) for level in TrustLevel] == ["A", "B", "B", "B"]


def test_the_watermark_says_who_vouches_and_until_when():
    assert watermark(TrustLevel.A, "市民政局", date(2027, 3, 4)) == (
        "此件由市民政局提供，仅供办理政务服务事项时使用，有效期至2027年03月04日"
    )
    assert watermark(TrustLevel.A, "市民政局", None).endswith("有效期至长期")
    assert watermark(TrustLevel.B, "市民政局", None).startswith("此件经市民政局与原件核对无误")
    assert watermark(TrustLevel.C, "市民政局", None) == ""
