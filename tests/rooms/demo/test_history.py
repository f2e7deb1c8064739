"""The demo's history: it goes on where it stopped, and figures are shown up to where it is."""

from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from openhall.cases.models import Case, CaseEvent, UnitMonth
from openhall.cases.queries import clock_day
from openhall.catalogue.models import ItemVersion
from openhall.catalogue.queries import versions_in_force
from openhall.demo.city import build, refuse_hollow_guides
from openhall.demo.days import ALMOST, filling
from openhall.demo.drive import History, plan
from openhall.demo.models import City
from openhall.demo.together import act_together
from openhall.joint.models import JointCase
from openhall.organs.actions import found as found_organ
from openhall.workdays.queries import figures_day

pytestmark = pytest.mark.any_database

ZONE = ZoneInfo("Asia/Shanghai")
PART = 40


@pytest.fixture
def demo(settings, tmp_path):
    settings.DEMO = True
    settings.FIGURES_DAY = "openhall.demo.days.day_reached"
    settings.BANK_STATEMENTS = tmp_path / "bank" / "statements"


@pytest.fixture
def city(demo, db) -> City:
    return build(timezone.localdate())


def test_a_history_cut_off_goes_on_with_the_next_act(city):
    now = timezone.now()
    for _done in History(city).drive(now, most=PART):
        pass
    for _done in History(City.objects.get()).drive(now, most=PART):
        pass
    stands = City.objects.get()
    assert (stands.driven, stands.planned) == (2 * PART, 2 * PART)
    planned = list(islice(plan(city), 2 * PART))
    assert stands.until == planned[-1].at
    done = CaseEvent.objects.filter(key__startswith="demo-").values_list("key", flat=True)
    submitted = [step.key for step in planned if step.act == "submit"]
    assert [key for key in done.order_by("pk") if key.endswith("-0-submit")] == submitted


def test_no_guide_of_the_city_or_a_district_breaks_the_gate(city):
    """The build has looked; a district that promises less than the city does is found."""
    today = timezone.localdate()
    refuse_hollow_guides(today)
    variants = versions_in_force(today).filter(item__inherits__isnull=False)
    allowance = variants.filter(item__entry__name="高龄津贴发放")
    assert (variants.count(), allowance.count()) == (96, 12)
    assert {one.promised_days for one in allowance} == {5, 10}
    ItemVersion.objects.filter(pk=allowance.last().pk).update(promised_days=15)
    with pytest.raises(ValueError, match=r"高龄津贴发放.*不得长于市级的10"):
        refuse_hollow_guides(today)


def test_one_who_waits_does_not_plan_anew(city):
    history = History(city)
    assert list(history.drive(timezone.now(), most=PART))[-1] == PART
    assert list(history.drive(timezone.now(), most=PART))[-1] == 2 * PART
    assert not history.is_whole()


def test_nothing_is_done_before_its_time(city):
    before = timezone.make_aware(datetime.combine(city.first_day, datetime.min.time()))
    assert list(History(city).drive(before)) == []
    assert City.objects.get().driven == 0


def test_acting_together_a_second_time_changes_nothing(city):
    today = timezone.localdate()
    made = act_together(today)
    events = CaseEvent.objects.count()
    assert act_together(today) == made == JointCase.objects.count() > 0
    assert CaseEvent.objects.count() == events


# ---------------------------------------------------------------- the day of figures
def half_way(**changes) -> City:
    first = date(2026, 1, 5)
    given = {"seed": 1, "first_day": first, "last_day": first + timedelta(days=400)}
    until = datetime(2026, 3, 3, 15, 0, tzinfo=ZONE)
    return City.objects.create(**given | {"planned": 1000, "driven": 100, "until": until} | changes)


@pytest.mark.django_db
def test_figures_are_shown_up_to_today_where_there_is_no_demo():
    half_way()
    assert figures_day() == timezone.localdate()


@pytest.mark.django_db
def test_figures_are_shown_up_to_the_day_the_history_has_reached(demo):
    half_way()
    assert figures_day() == date(2026, 3, 3)
    assert filling().percent == 10


@pytest.mark.django_db
def test_before_the_first_act_it_is_the_first_day(demo):
    half_way(driven=0, until=None)
    assert figures_day() == date(2026, 1, 5)


@pytest.mark.django_db
def test_once_it_has_caught_up_it_is_today(demo):
    half_way(driven=1000 - ALMOST + 1)
    assert filling() is None
    assert figures_day() == timezone.localdate()


@pytest.mark.django_db
def test_a_clock_is_never_read_before_its_case_was_received(demo):
    half_way()
    old = Case(received_at=datetime(2026, 2, 2, 10, 0, tzinfo=ZONE))
    new = Case(received_at=datetime(2026, 11, 2, 10, 0, tzinfo=ZONE))
    assert clock_day(old) == date(2026, 3, 3)
    assert clock_day(new) == date(2026, 11, 2)


@pytest.mark.django_db
def test_the_home_page_says_up_to_when_and_counts_that_month(demo, client):
    organ = found_organ(
        code="cd-x", kind="department", name="市民政局", name_en="Civil Affairs", short_name="民政"
    )
    UnitMonth.objects.create(organ=organ, month=date(2026, 2, 1), received=7423)
    half_way()
    shown = client.get("/").content.decode()
    assert "数据截至2026年3月3日；演示的历史办件还在补录。" in shown
    assert "数据截至2026年3月3日；演示的历史办件还在逐件补录，已完成10%。" in shown
    assert "2026年2月办结" in shown  # the last whole month
    assert "7,423" in shown or "7423" in shown
    with translation.override("en"):
        shown = client.get("/en/").content.decode()
    assert "Figures up to 3 March 2026; the demo is still filling in." in shown
    assert "Closed in February 2026" in shown


@pytest.mark.django_db
def test_the_home_page_says_nothing_of_it_once_it_is_whole(demo, client):
    half_way(driven=1000)
    shown = client.get("/").content.decode()
    assert "数据截至" not in shown
    assert "全市，截至" in shown
