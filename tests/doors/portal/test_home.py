"""The first page: one field for every code, cards by use, what is owed, the district."""

from datetime import date

import pytest
from django.urls import reverse

from openhall.catalogue.models import Item, ItemVersion
from openhall.hall.models import Hall
from openhall.hall.terms import CentreKind
from openhall.organs.actions import found as found_organ
from openhall.policies.models import PolicyDocument
from openhall.portal.views.home import _is_for
from openhall.statistics.queries import due_today, overdue
from tests.factories.cases import WANG_FANGFANG, Walk
from tests.factories.hall import furnished
from tests.factories.pages import read

HOME = 15  # cards, topics, districts, halls, laws, units, what is owed, both rollups, news, notices


@pytest.fixture
def district(cast):
    """A bureau of 锦江区 that handles what the city's bureau handles."""
    jinjiang = found_organ(
        code="cd-510104",
        kind="district",
        name="锦江区人民政府",
        name_en="Jinjiang",
        short_name="锦江区",
    )
    bureau = found_organ(
        code="cd-510104-spj",
        kind="bureau",
        name="锦江区行政审批局",
        name_en="Jinjiang Approval Bureau",
        short_name="锦江审",
        parent=jinjiang,
    )
    city = cast.version
    item = Item.objects.create(
        code="510104-0001", entry=city.item.entry, organ=bureau, inherits=city.item
    )
    fields = {
        field.attname: getattr(city, field.attname)
        for field in ItemVersion._meta.concrete_fields
        if field.name not in ("id", "item", "saved_at")
    }
    variant = ItemVersion.objects.create(item=item, **fields)
    return jinjiang, variant


def test_a_matter_of_several_districts_is_one_entry_everywhere(client, cast, district):
    _jinjiang, variant = district
    for address in ("/", "/services/"):
        page = read(client, address)
        hrefs = [link["href"] for link in page.soup.select("main a[href*='/services/']")]
        assert f"/services/{variant.item.code}/" not in hrefs, address
    hrefs = [one["href"] for one in read(client, "/services/").soup.select("main li a")]
    assert hrefs.count(f"/services/{cast.version.item.code}/") == 1


def test_a_district_is_an_address(client, cast, district):
    jinjiang, _variant = district
    page = read(client, f"/?district={jinjiang.code}")
    assert not page.answer.cookies
    assert page.soup.select_one(".district summary").get_text(strip=True).endswith("锦江区")
    assert page.soup.select_one(".switch a[href*='for=companies']")["href"] == (
        f"/?district={jinjiang.code}&for=companies#common"
    )
    chooser = [link["href"] for link in read(client, "/").soup.select(".district a")]
    assert chooser == ["/", f"/?district={jinjiang.code}"]


def test_the_guide_of_the_city_leads_to_that_of_each_district_and_back(client, cast, district):
    _jinjiang, variant = district
    city = reverse("portal:guide", args=[cast.version.item.code])
    there = reverse("portal:guide", args=[variant.item.code])
    for here in (city, there):
        page = read(client, here)
        assert page.status == 200
        assert [link["href"] for link in page.soup.select(".district a")] == [city, there]
    assert "锦江区行政审批局" in read(client, there).words


@pytest.mark.parametrize("said", ["no-such", "cd-510104'", "", "cd-civil", "cd-510104" * 30])
def test_what_is_no_district_changes_nothing(client, cast, district, said):
    shown = read(client, "/").soup.main
    assert str(read(client, f"/?district={said}").soup.main) == str(shown)


@pytest.mark.parametrize("number", [1, 3])
def test_the_first_page_asks_the_same_of_the_database(
    client, cast, doing, number, django_assert_num_queries
):
    walk = Walk(cast, doing, WANG_FANGFANG)
    for hour in range(number):
        walk.accepted(walk.submitted(moment=f"2026-11-2{hour + 1} 09:00"), f"2026-11-24 0{hour}:00")
    with django_assert_num_queries(HOME):
        client.get("/")


def test_the_first_page_says_where_the_hall_is_and_how_the_newest_policy_stands(client, db):
    there = furnished()
    Hall.objects.filter(pk=there.hall.pk).update(kind=CentreKind.CITY.value)
    old = PolicyDocument.objects.create(
        source_id="1", title="旧办法", status="已废止", published_on=date(2003, 5, 26)
    )
    page = read(client, "/")
    hall = page.soup.select_one(".hall-today")
    assert hall.b.get_text(strip=True) == "锦江区政务服务中心"
    assert hall.select_one("a.button")["href"] == reverse("portal:hall", args=[there.hall.slug])
    laws = page.soup.select_one("section[aria-labelledby=laws] li")
    assert laws.a["href"] == reverse("portal:policy", args=[old.pk])
    assert "已废止" in laws.get_text()


def test_a_matter_of_all_stands_where_its_life_event_puts_it(cast):
    version = cast.version
    version.service_objects, version.topics = ["1", "2"], ["p-planning", "bl-building"]
    assert not _is_for(version, companies=False)
    assert _is_for(version, companies=True)
    version.topics = ["p-setting-up", "b-founding"]
    assert _is_for(version, companies=False)


def test_each_figure_of_what_is_owed_opens_to_exactly_its_cases(client, cast, doing):
    walk = Walk(cast, doing, WANG_FANGFANG)
    late = walk.accepted(walk.submitted(moment="2024-03-04 11:00"), "2024-03-05 09:00")
    page = read(client, reverse("portal:owed", args=["overdue"]))
    assert page.soup.h1.get_text(strip=True).endswith("1")
    assert late.number in page.words
    assert "王芳芳" not in page.answer.text
    due = late.promise_due
    assert [one.pk for one in due_today(due)] == [late.pk]
    assert list(overdue(due)) == []
    assert list(due_today(date(2024, 1, 1))) == []
    assert client.get(reverse("portal:owed", args=["bribes"])).status_code == 404


def test_a_figure_of_the_city_is_the_sum_of_its_units_and_each_opens(client, cast, doing):
    walk = Walk(cast, doing, WANG_FANGFANG)
    walk.accepted(walk.submitted(moment="2024-03-04 11:00"), "2024-03-05 09:00")
    page = read(client, "/statistics/city/2024-03/received/")
    assert page.soup.h1.get_text(strip=True).endswith("1")
    assert page.soup.select_one(f"a[href='/statistics/{cast.organ.code}/2024-03/received/']")
    assert client.get("/statistics/city/2024-03/bribes/").status_code == 404


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("address", ["/accessibility/", "/privacy/"])
def test_the_site_says_how_accessible_it_is_and_what_it_keeps(client, db, language, address):
    page = read(client, language + address)
    assert page.status == 200
    foot = page.soup.select_one("footer")
    for kept in ("/accessibility/", "/privacy/", "tel:12345"):
        assert kept in str(foot)
