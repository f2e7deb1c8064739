"""How long a visit takes, when days are released, who is paused, and the calendar file."""

from datetime import UTC, date, datetime, time

import pytest

from openhall.hours.rules.week import NotReadable
from openhall.slots.rules.ics import Entry, escaped, folded, written
from openhall.slots.rules.length import Free, Purpose, runs, slots_needed
from openhall.slots.rules.purposes import as_text, kept, plain, purposes_of
from openhall.slots.rules.release import last_change, next_release, opens_at, paused_until

local = datetime.fromisoformat  # times of the city, without a zone


def test_a_visit_is_as_long_as_its_purpose_and_its_people():
    purpose = Purpose("x", "登记", "Registration", 20, each=10)
    assert [purpose.minutes_for(n) for n in (1, 2, 3)] == [20, 30, 40]
    assert [slots_needed(m, 15) for m in (1, 15, 16, 30, 31)] == [1, 1, 2, 2, 3]


def test_slots_in_a_row_touch_and_each_has_a_free_seat():
    free = [Free(1, 0, 15, 1), Free(2, 15, 30, 2), Free(3, 30, 45, 0), Free(4, 60, 75, 1)]
    assert [[one.slot for one in run] for run in runs(free, 1)] == [[1], [2], [4]]
    assert [[one.slot for one in run] for run in runs(free, 2)] == [[1, 2]]
    assert runs(free, 3) == []


def test_a_day_is_released_so_many_days_before_at_its_hour():
    assert opens_at(date(2024, 3, 18), 14, time(8)) == local("2024-03-04 08:00")
    assert next_release(local("2024-03-04 07:59"), 14, time(8)) == (
        local("2024-03-04 08:00"),
        date(2024, 3, 18),
    )
    assert next_release(local("2024-03-04 08:00"), 14, time(8)) == (
        local("2024-03-05 08:00"),
        date(2024, 3, 19),
    )
    assert last_change(local("2024-03-04 09:00"), 2) == local("2024-03-04 07:00")


@pytest.mark.parametrize(
    ("missed", "until"),
    [
        ([], None),
        ([date(2024, 1, 1), date(2024, 2, 1)], None),
        ([date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)], date(2024, 3, 31)),
        ([date(2023, 1, 1), date(2024, 2, 1), date(2024, 3, 1)], None),
        ([date(2023, 10, 1), date(2023, 11, 1), date(2023, 12, 1)], None),
    ],
)
def test_who_missed_three_times_in_ninety_days_is_paused_for_thirty(missed, until):
    assert paused_until(missed, date(2024, 3, 4), times=3, within=90, pause=30) == until


def test_a_city_may_pause_nobody():
    missed = [date(2024, 3, 1)] * 5
    assert paused_until(missed, date(2024, 3, 4), times=0, within=90, pause=30) is None


def test_purposes_are_read_as_they_are_written():
    line = "marriage | 结婚登记 | Marriage | 30 | 0 | 2 | 是 | MZ-1 MZ-2 | cd-mzh"
    (purpose,) = purposes_of(line)
    assert purpose.identity
    assert purpose.items == ("MZ-1", "MZ-2")
    assert purposes_of(as_text([purpose])) == [purpose] == kept(plain([purpose]))


@pytest.mark.parametrize("line", ["婚", "A B|x|y|15", "a|登记|x|0", "a|登记|x|十五"])
def test_a_purpose_that_says_nothing_is_named(line):
    with pytest.raises(NotReadable):
        purposes_of(line)


def test_a_purpose_stands_once():
    with pytest.raises(NotReadable) as faults:
        purposes_of("a|登记|x|15\na|变更|y|15")
    assert "重复" in faults.value.faults[0].zh


ENTRY = Entry(
    "Y1@openhall",
    2,
    datetime(2024, 3, 1, 1, tzinfo=UTC),
    local("2024-03-04 09:00"),
    local("2024-03-04 09:30"),
    "社会团体登记；请带证件, 准时",
    "市政务服务中心二楼",
    "第一行\n第二行",
    "https://example.org/a/",
    remind_minutes=60,
)


def test_the_calendar_file_is_folded_at_75_octets_and_says_the_zone():
    text = written(ENTRY)
    assert text.endswith("END:VCALENDAR\r\n")
    lines = text.split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    whole = text.replace("\r\n ", "").split("\r\n")
    assert "DTSTART;TZID=Asia/Shanghai:20240304T090000" in whole
    assert "DTSTAMP:20240301T010000Z" in whole
    assert "SUMMARY:社会团体登记；请带证件\\, 准时" in whole
    assert "DESCRIPTION:第一行\\n第二行" in whole
    assert "TRIGGER:-PT60M" in whole
    assert "SEQUENCE:2" in whole
    assert not [line for line in lines if "\n" in line]


def test_a_cancelled_one_says_so_and_reminds_of_nothing():
    from dataclasses import replace

    text = written(replace(ENTRY, cancelled=True))
    assert "STATUS:CANCELLED" in text
    assert "METHOD:CANCEL" in text
    assert "VALARM" not in text


@pytest.mark.parametrize("text", ["a" * 200, "办" * 80, "a" * 74 + "办"])
def test_folding_loses_nothing(text):
    assert folded(text).replace("\r\n ", "") == text
    assert all(len(line.encode()) <= 75 for line in folded(text).split("\r\n"))


def test_signs_with_a_meaning_are_escaped():
    assert escaped("a;b,c\\d\ne") == "a\\;b\\,c\\\\d\\ne"
