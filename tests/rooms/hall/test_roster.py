"""A roster is repeated on the working days that follow; what stands there stays. A9."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from openhall.deeds.refusals import Refused
from openhall.hall.actions import duty
from openhall.hall.models import Duty
from openhall.workdays.queries import calendar
from tests.factories.hall import doing, furnished

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(db):
    return furnished(signed_in=False)


def planned(there, number, clerk, day):
    times = (time(9), time(17))
    return duty.plan(there.windows[number], there.clerks[clerk], day, *times, doing(there.manager))


def test_each_working_day_has_the_same_shifts_and_a_repeated_click_adds_none(there):
    today = timezone.localdate()
    until, works = today + timedelta(days=14), calendar()
    days = [today + timedelta(days=n) for n in range(1, 15)]
    days = [one for one in days if works.is_workday(one)]
    planned(there, 1, 0, today)
    planned(there, 2, 1, today)
    other = planned(there, 1, 2, days[0])  # somebody else sits there on the next working day
    again = doing(there.manager, "p:repeat")
    made = duty.repeat(there.hall, today, until, again)
    assert len(made) == 2 * len(days) - 1
    on_first = Duty.objects.filter(day=days[0]).order_by("window__number")
    assert [one.account for one in on_first] == [there.clerks[2], there.clerks[1]]
    assert on_first[0] == other
    assert not Duty.objects.filter(day__gt=today).exclude(day__in=days).exists()
    duty.repeat(there.hall, today, until, again)
    assert Duty.objects.count() == 2 + 2 * len(days)


def test_nothing_is_repeated_for_more_than_a_month_or_by_others_or_where_nobody_sits(there):
    today = timezone.localdate()
    week = today + timedelta(days=7)
    with pytest.raises(Refused, match="没有可以照排"):
        duty.repeat(there.hall, today, week, doing(there.manager))
    planned(there, 1, 0, today)
    for until in (today, today + timedelta(days=32)):
        with pytest.raises(Refused, match="31天"):
            duty.repeat(there.hall, today, until, doing(there.manager))
    with pytest.raises(Refused):
        duty.repeat(there.hall, today, week, doing(there.clerks[0]))
