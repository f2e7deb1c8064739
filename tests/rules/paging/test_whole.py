"""Whole numbers, months and days as people write them: right ones read, all else nothing."""

from datetime import date

import pytest

from openhall.paging.whole import MOST, day, digits, month, whole, whole_or

HOSTILE = ["", "²", "٣", "３", "-1", "+1", "1.0", "1e3", " 1", "1 ", "1_0", "9" * 30, "\x00", "0x1"]


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("7", 7), ("007", 7), ("9" * 18, MOST), (12, 12)]
)
def test_a_whole_number_is_read(text, number):
    assert whole(text) == number
    assert whole_or(-5, text) == number


@pytest.mark.parametrize("text", [*HOSTILE, None, "9" * 19, "9" * 5000])
def test_anything_else_is_no_number(text):
    assert whole(text) is None
    assert whole_or(-5, text) == -5


def test_a_number_has_a_limit():
    assert (whole("10", 10), whole("11", 10)) == (10, None)


def test_digits_are_the_ten_that_everybody_reads():
    assert digits("0123456789")
    assert not any(digits(text) for text in ("", "²", "٣", "1a"))
    assert (digits("123", 3), digits("123", 4)) == (True, False)


@pytest.mark.parametrize(
    ("text", "first"), [("2003-05", date(2003, 5, 1)), ("2199-12", date(2199, 12, 1))]
)
def test_a_month_is_its_first_day(text, first):
    assert month(text) == first


@pytest.mark.parametrize(
    "text",
    [
        *HOSTILE,
        None,
        "9999-12",
        "0000-01",
        "1899-12",
        "2003-13",
        "2003-00",
        "2003-5",
        "２００３-05",
    ],
)
def test_what_is_no_month_of_ours_is_none(text):
    assert month(text) is None


def test_a_day_is_read_and_one_that_the_calendar_has_not_is_none():
    assert day("2004-02-29") == date(2004, 2, 29)
    assert [day(text) for text in ("2003-02-29", "2003-05", "20030526", "9999-12-31", "")] == [
        None
    ] * 5
