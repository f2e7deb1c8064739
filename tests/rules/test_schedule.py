"""When recurring work is due."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from openhall.jobs.rules.schedule import NotASchedule, pause, slot

NOW = datetime(2026, 11, 24, 0, 5, 47, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_every_thirty_seconds_begins_at_the_half_minute():
    assert slot("every 30s", NOW) == NOW.replace(second=30)


def test_daily_work_before_its_hour_belongs_to_yesterday():
    assert slot("daily 00:10", NOW) == NOW.replace(minute=10, second=0) - timedelta(days=1)
    assert slot("daily 00:05", NOW) == NOW.replace(minute=5, second=0)


@pytest.mark.parametrize("words", ["hourly", "every 0s", "daily 24:00", "daily 7:00", ""])
def test_words_that_are_no_schedule_are_refused(words):
    with pytest.raises(NotASchedule):
        slot(words, NOW)


def test_the_pause_grows_and_ends_at_an_hour():
    assert [pause(n).total_seconds() for n in (1, 2, 3, 30)] == [10, 40, 90, 3600]
