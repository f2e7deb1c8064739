"""The address of an act can be read: a page reloaded after a refusal shows the act again."""

from urllib.parse import urljoin

import pytest
from django.test import Client
from django.urls import reverse

from openhall.cases.models import Case
from tests.doors.test_addresses import addresses, filled, likely  # noqa: F401
from tests.factories.pages import read

pytestmark = pytest.mark.any_database


@pytest.mark.parametrize("who", ["li_chuang", "wang_fang"])
def test_no_address_of_the_doors_refuses_to_be_read(client, cast, likely, who):  # noqa: F811
    client.force_login(getattr(cast, who))
    pages = [route for route in addresses() if not route.startswith(("api/", "admin/", "cms/"))]
    assert len(pages) > 150
    mute = [
        route
        for route in pages
        if client.get(filled(route, likely, {})).status_code == 405 and not program(route)
    ]
    assert mute == []


def program(route: str) -> bool:
    """Addresses that programmes post to, and nobody opens."""
    return (
        route.startswith(("bank/", "reports/")) or "/device/" in route or "/sheets/sent/" in route
    )


@pytest.fixture
def matter(client: Client, cast, walk):
    case = walk.accepted(walk.submitted())
    address = reverse("office:matter", args=[cast.organ.code, "window", case.number])
    return case, lambda: read(client, address, cast.li_chuang)


def test_every_act_offered_on_a_matter_opens_at_its_own_address(client, matter):
    case, opened = matter
    page = opened()
    beside = [str(one["href"]) for one in page.soup.select("#acts .actgrid a")]
    assert beside
    for address in beside:
        there = read(client, urljoin(page.address, address))
        assert there.status == 200
        assert there.soup.select_one(f'#acts form[action="{address}"]') is not None, address
        assert there.soup.select_one('#acts .actgrid a[aria-current="true"]')["href"] == address
    every = page.soup.select("form[method=post]")
    folded = [one for one in every if f"/{case.number}/" in one["action"]]
    assert len(folded) > 1
    for one in folded:
        there = read(client, urljoin(page.address, str(one["action"])))
        same = there.soup.select_one(f'form[action="{one["action"]}"] details')
        assert same is not None, one["action"]
        assert same.has_attr("open"), one["action"]


def test_an_act_that_no_desk_has_is_not_found(client, matter):
    _case, opened = matter
    page = opened()
    assert read(client, f"{page.address}crown/").status == 404


def test_after_a_refusal_the_title_says_so_and_the_faults_take_the_focus(client, matter):
    _case, opened = matter
    page = opened().act("移交").fill({"移交的材料": ""}).send()
    assert page.status == 422
    assert page.soup.title.get_text(strip=True).startswith("未办理")
    summary = page.soup.select_one(".error-summary")
    assert summary.has_attr("autofocus")
    assert "移交的材料" in summary.get_text()
    assert "移交的材料" not in read(client, page.address).soup.select_one("h1").get_text()
    assert read(client, page.address).status == 200


def test_who_was_second_reads_what_stands_now_and_keeps_what_was_typed(client, cast, matter, walk):
    case, opened = matter
    late = opened().act("移交").fill({"移交的材料": "申请书原件，共3页"})
    assert opened().act("移交").fill({"移交的材料": "申请书"}).send().done
    page = late.send(key="second")
    assert page.status == 409
    assert page.soup.title.get_text(strip=True).startswith("未办理")
    assert "刚刚办理" in page.words
    assert "申请书原件，共3页" in str(page.soup)
    assert Case.objects.get(pk=case.pk).stage == "handling"
    assert "审查" in page.words or "承办" in page.words


def test_a_click_repeated_after_the_state_moved_is_done_once_and_says_so(matter):
    case, opened = matter
    form = opened().act("移交").fill({"移交的材料": "申请书"})
    assert form.send().done
    seq = Case.objects.get(pk=case.pk).seq
    again = form.send()
    assert (again.status, Case.objects.get(pk=case.pk).seq) == (303, seq)
