"""What a shift costs, and what it does not: the arithmetic of the monthly assessment."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from openhall.conduct.rules.counting import (
    Seen,
    Shift,
    comparable,
    deductions,
    of_shift,
    score,
)
from openhall.conduct.rules.packs import SHIPPED, as_lines, read_lines
from openhall.conduct.terms import SourceKind

DAY = date(2026, 11, 3)
NINE, FIVE = datetime(2026, 11, 3, 9, tzinfo=UTC), datetime(2026, 11, 3, 17, tzinfo=UTC)


def shift(came=0, left=0, away=0, **more) -> Shift:
    """From nine to five; ``came`` minutes late, ``left`` minutes early; None: not at all."""
    into = None if came is None else NINE + timedelta(minutes=came)
    out = None if left is None else FIVE - timedelta(minutes=left)
    return Shift("7", DAY, NINE, FIVE, into, out, away, **more)


@pytest.mark.parametrize(
    ("kept", "broken"),
    [
        (shift(), []),
        (shift(-20, -30), []),
        (shift(1), ["late"]),
        (shift(10, 10), ["late", "late"]),
        (shift(11), ["later"]),
        (shift(None, None), ["absent"]),
        (shift(0, None), ["no-sign-out"]),
        (shift(0, 0, by_management=True), ["no-sign-out"]),
        (shift(away=15), []),
        (shift(away=16), ["away"]),
    ],
)
def test_what_a_shift_breaks(kept, broken):
    assert of_shift(kept, SHIPPED) == broken


def test_each_deduction_names_its_rule_day_and_source_and_the_score_has_no_floor():
    seen = [Seen("fee", DAY, SourceKind.FINDING, str(n)) for n in range(21)]
    found = deductions(
        [shift(11)], [*seen, Seen("no such rule", DAY, SourceKind.CASE, "1")], SHIPPED
    )
    assert len(found) == 22
    assert {(one.rule, one.source, one.reference) for one in found if one.rule == "later"} == {
        ("later", SourceKind.DUTY, "7")
    }
    assert score((one.points for one in found), SHIPPED) == Decimal(100 - 21 * 5 - 2)


def test_few_services_say_nothing_of_a_hall():
    assert not comparable([29] * 40, SHIPPED)
    assert not comparable([30] * 4, SHIPPED)
    assert comparable([30] * 5, SHIPPED)


def test_rules_have_a_basis_in_both_languages():
    assert SHIPPED.rules["later"].words.zh == "迟到或者早退超过10分钟"
    assert all(one.points > 0 and one.words.zh and one.words.en for one in SHIPPED.rules.values())


def test_rules_of_inspection_are_read_back_as_they_are_written():
    rows, faults = read_lines(as_lines(SHIPPED))
    assert faults == []
    assert rows[2] == ["fee", "work", "5", "擅自收费或者超标准收费", "Charged against the standard"]


@pytest.mark.parametrize(
    ("line", "english"),
    [
        ("idle | 工作纪律 | 2 | 玩游戏", "Line 1: five parts between bars."),
        ("late | 工作纪律 | 2 | 迟到 | Late", "Line 1: a mark of small letters, used once."),
        (
            "idle | 纪律 | 2 | 玩游戏 | Games",
            "Line 1: one of the heads 出勤值勤、规范办事、办件评价、工作纪律.",
        ),
        ("idle | 工作纪律 | -2 | 玩游戏 | Games", "Line 1: points between 0 and 100."),
        ("idle | 工作纪律 | 两分 | 玩游戏 | Games", "Line 1: points between 0 and 100."),
    ],
)
def test_a_wrong_line_is_named_with_what_is_wrong(line, english):
    _rows, faults = read_lines(line)
    assert [one.en for one in faults] == [english]
