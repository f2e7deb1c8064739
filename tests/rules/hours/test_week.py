"""A week of opening: the lines in which it is written, what is wrong with it, and one day of it."""

from datetime import date, time

import pytest

from openhall.hours.rules.week import (
    DAY_MINUTES,
    WORKING,
    NotReadable,
    Span,
    as_text,
    faults_of,
    in_words,
    minute,
    moment,
    of_weekday,
    on_day,
    spans_of,
)

MONDAY, SATURDAY = date(2024, 3, 4), date(2024, 3, 9)


def test_lines_are_read_in_the_words_people_write():
    assert spans_of("工作日 09:00-12:00 4\n星期六 9：00–10:30 2\n\nsun 10:00-11:00 1") == [
        Span(0, 540, 720, 4),
        Span(6, 540, 630, 2),
        Span(7, 600, 660, 1),
    ]


def test_what_was_written_is_read_again_as_it_was():
    spans = [Span(0, 540, 720, 4), Span(6, 540, 630, 2)]
    assert spans_of(as_text(spans)) == spans
    assert spans_of(as_text(spans, english=True)) == spans


@pytest.mark.parametrize(
    "line", ["九点到十二点", "工作日 12:00-09:00 4", "工作日 09:00-12:00 0", "某日 09:00-12:00 4"]
)
def test_a_line_that_says_nothing_is_named(line):
    with pytest.raises(NotReadable) as faults:
        spans_of(f"工作日 09:00-12:00 4\n{line}")
    assert [one.zh.startswith("第2行") for one in faults.value.faults] == [True]


def test_two_spans_at_one_time_are_refused_and_a_short_one_too():
    spans = [Span(0, 540, 600, 2), Span(0, 570, 660, 2), Span(1, 540, 545, 1)]
    assert len(faults_of(spans, 15)) == 2
    assert faults_of([Span(0, 540, 600, 2), Span(0, 600, 660, 2)], 15) == []


def test_a_span_that_ends_before_it_begins_is_named_and_the_number_may_be_left_out():
    assert [one.en for one in faults_of([Span(1, 600, 540)])] == [
        "The end must be later than the beginning (10:00)."
    ]
    assert spans_of("周一 09:00-12:00") == [Span(1, 540, 720, 1)]


def test_the_end_of_a_day_is_its_last_second():
    assert (minute(time(23, 59, 59)), moment(DAY_MINUTES)) == (DAY_MINUTES, time(23, 59, 59))
    assert (minute(time(9, 30)), moment(570)) == (570, time(9, 30))


WEEK = [Span(0, 540, 720), Span(0, 780, 1020)]


@pytest.mark.parametrize(
    ("day", "more", "works", "found"),
    [
        (MONDAY, [], True, WEEK),
        (MONDAY, [Span(1, 600, 660)], True, [Span(1, 600, 660)]),
        (MONDAY, [Span(1, 600, 660)], False, []),  # a holiday, whatever its weekday says
        (SATURDAY, [], False, []),
        (SATURDAY, [], True, WEEK),  # made up
        (SATURDAY, [Span(6, 600, 660)], False, [Span(6, 600, 660)]),
        (SATURDAY, [Span(6, 600, 660)], True, [Span(6, 600, 660)]),
    ],
)
def test_a_day_has_its_own_spans_or_those_of_working_days(day, more, works, found):
    assert on_day(day, [*WEEK, *more], works=works) == found


def test_a_made_up_day_has_mondays_hours_where_none_are_written_for_working_days():
    week = [Span(weekday, 540 + weekday, 720) for weekday in range(1, 6)]
    assert on_day(SATURDAY, week, works=True) == [Span(1, 541, 720)]
    assert on_day(date(2024, 3, 5), week[:1], works=True) == []


def test_an_ordinary_week_has_its_own_spans_or_those_of_working_days():
    week = [*WEEK, Span(3, 600, 660), Span(6, 600, 630)]
    found = [of_weekday(weekday, week) for weekday in range(1, 8)]
    assert found == [WEEK, WEEK, [Span(3, 600, 660)], WEEK, WEEK, [Span(6, 600, 630)], []]


def test_a_week_is_said_as_a_guide_says_it():
    noon = [Span(WORKING, 540, 720), Span(WORKING, 780, 1020)]
    said = in_words([*noon, Span(6, 570, 690)])
    assert said.zh == "工作日 9:00–12:00，13:00–17:00；周六 9:30–11:30"
    assert said.en == "Working days 9:00–12:00 and 13:00–17:00; Saturday 9:30–11:30"
    week = [Span(day, 510, 1080) for day in (1, 2, 3, 4, 6, 7)] + [Span(5, 510, 990)]
    assert in_words(week).zh == "周一至周四、周六、周日 8:30–18:00；周五 8:30–16:30"
    assert in_words(week).en == "Monday to Thursday, Saturday, Sunday 8:30–18:00; Friday 8:30–16:30"
    assert in_words([]).zh == ""
