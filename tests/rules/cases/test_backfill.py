"""A deed entered afterwards: not in the future, not before the last step, not weeks ago."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from openhall.cases.rules.backfill import objection

CITY = ZoneInfo("Asia/Shanghai")


class Weekdays:
    """Monday to Friday."""

    def workdays_between(self, after, until):
        days = (until - after).days
        return sum((after.weekday() + one) % 7 < 5 for one in range(1, days + 1))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=CITY)


NOW, LAST = at("2026-11-25 09:00"), at("2026-11-17 09:00")


@pytest.mark.parametrize(
    ("happened", "reason", "field"),
    [
        ("2026-11-24 16:00", "网络中断", None),
        ("2026-11-18 09:00", "网络中断", None),  # five working days
        ("2026-11-17 16:00", "网络中断", "happened_at"),  # six
        ("2026-11-25 09:01", "网络中断", "happened_at"),  # to come
        ("2026-11-17 08:59", "网络中断", "happened_at"),  # before the last step
        ("2026-11-24 16:00", " 忘 ", "late_reason"),
    ],
)
def test_what_may_be_entered_afterwards(happened, reason, field):
    found = objection(at(happened), NOW, LAST, reason, Weekdays())
    assert (found and found[1]) == field
    if found:
        assert found[0].zh.endswith("。")
