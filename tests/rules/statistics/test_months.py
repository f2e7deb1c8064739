"""Which month is shown where nobody chose one."""

from datetime import date

import pytest

from openhall.statistics.rules.figures import month_shown


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2026, 12, 1), date(2026, 11, 1)),
        (date(2026, 12, 5), date(2026, 11, 1)),
        (date(2026, 12, 6), date(2026, 12, 1)),
        (date(2026, 12, 31), date(2026, 12, 1)),
        (date(2027, 1, 3), date(2026, 12, 1)),
    ],
)
def test_a_month_that_has_hardly_begun_is_not_shown(day, month):
    assert month_shown(day) == month
