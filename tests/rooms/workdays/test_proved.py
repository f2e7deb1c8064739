"""Every day off stands in the log with its notice; an edit by hand is found, year by year."""

import json
from datetime import date

from django.utils import timezone

from openhall.deeds import audit
from openhall.deeds.doing import Doing
from openhall.ledger.models import Entry
from openhall.workdays.actions import take_in
from openhall.workdays.kinds import CALENDAR
from openhall.workdays.models import CalendarDay, CalendarYear
from openhall.workdays.queries import announced_years, calendar
from openhall.workdays.rules.notices import Plan, digest_of
from tests.factories.calendar import BASIS, notice
from tests.factories.hand_edits import unseen


def found():
    return [one.place for one in audit.of_kind(CALENDAR)]


def test_the_years_the_programme_brings_need_no_deed_and_are_compared_with_it(db):
    assert found() == []
    CalendarDay.objects.create(
        year=CalendarYear.objects.get(year=2025), date=date(2025, 10, 13), worked=False
    )
    CalendarDay.objects.filter(date="2024-10-01").update(worked=True)
    assert found() == ["calendar/2024", "calendar/2025"]


def test_a_notice_is_a_deed_with_its_days_its_basis_and_the_digest_of_the_year(db):
    monday = date(2025, 10, 13)
    notice({monday: (False, "临时假日")})
    body = json.loads(bytes(Entry.objects.get(kind="calendar").body))
    assert (body["calendar"], body["seq"], body["act"]) == ("2025", 1, "change")
    assert body["facts"]["basis"] == BASIS
    assert body["facts"]["days"] == {"2025-10-13": {"worked": False, "name": "临时假日"}}
    whole = CalendarDay.objects.filter(year__year=2025)
    days = {one.date: (one.worked, one.name) for one in whole}
    assert body["facts"]["year_digest"] == digest_of(days)
    assert not calendar().is_workday(monday)
    assert found() == []


def test_every_edit_by_hand_of_a_year_that_was_announced_is_found(cast):
    year = max(announced_years()) + 1
    notice({date(year, 1, 1): (False, "元旦"), date(year, 1, 2): (True, "元旦")}, year)
    notice({date(year, 1, 2): (False, "元旦")})
    assert found() == []
    assert unseen(CALENDAR) == []


def test_a_notice_is_taken_in_once(db):
    days = {date(2025, 10, 13): (False, "")}
    once = Doing(None, timezone.now(), "s:notice-once")
    for _click in range(2):
        take_in(Plan(days, (), days, ()), BASIS, once)
    assert Entry.objects.filter(kind="calendar").count() == 1
