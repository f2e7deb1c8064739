"""What forbids announcing a draw, and what cannot have been committed to."""

from datetime import UTC, date, datetime, timedelta

import pytest

from openhall.glossary import Said
from openhall.lots.rules.lifecycle import fault_of_numbers, faults_of_times
from openhall.lots.rules.protocol import Stratum, fault_of_opening, faults_of_strata

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
NAME = Said("部门", "Departments")
SALT = "0f" * 32


def test_times_come_one_after_the_other_and_the_public_number_last():
    day = date(2026, 11, 20)
    good = (NOW, NOW + HOUR, NOW + 2 * HOUR, day, date(2026, 11, 21))
    assert list(faults_of_times(*good)) == []
    wrong = dict(faults_of_times(NOW, NOW, NOW, day, day))
    assert set(wrong) == {"commit_until", "open_until", "public_on"}
    assert "承诺截止时间应晚于现在" in wrong["commit_until"].zh
    assert "揭示截止时间应晚于承诺截止时间" in wrong["open_until"].zh
    assert "公开号码的日期必须晚于揭示截止之日" in wrong["public_on"].zh


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [([], "1—16个整数"), ([1] * 17, "1—16个整数"), ([3, -1], "不小于0"), ([2**62], "不小于0")],
)
def test_a_public_number_is_one_to_sixteen_whole_numbers(numbers, sentence):
    found = fault_of_numbers(numbers)
    assert found is not None
    assert sentence in found.zh
    assert fault_of_numbers([0, 2**62 - 1]) is None


def test_a_pool_is_small_enough_has_no_row_twice_and_holds_what_is_drawn():
    twice = Stratum("d", NAME, ("a", "b", "a"), 1)
    short = Stratum("d", NAME, ("a",), 2)
    huge = Stratum("d", NAME, tuple(map(str, range(65_536))), 1)
    of_another = Stratum("u", NAME, (), 2, of=("d", "a"))
    assert [one.zh for one in faults_of_strata([twice, short, huge, of_another])] == [
        "部门中有重复的行。请核对抽样框。",
        "部门只有1项，不能抽取2项。",
        "部门有65536项，一次最多从65535项中抽取。请先分层。",
    ]


@pytest.mark.parametrize(
    ("a", "b", "salt", "sentence"),
    [
        (-1, 0, SALT, "小于2的62次方"),
        (0, 2**62, SALT, "小于2的62次方"),
        (0, 0, SALT[:-1], "随机盐是64位"),
        (0, 0, SALT.upper(), "随机盐是64位"),
    ],
)
def test_what_could_not_have_been_committed_to_is_not_opened(a, b, salt, sentence):
    found = fault_of_opening(a, b, salt)
    assert found is not None
    assert sentence in found.zh
    assert fault_of_opening(0, 2**62 - 1, SALT) is None
