"""Every post begins with what waits for it, and has its help; each line of it opens."""

from datetime import date

import pytest
from django.urls import reverse

from openhall.desk.offers import Offer
from openhall.office.acts import CASE_OFFERS
from openhall.office.help import help_of
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from tests.factories.cases import WANG_FANGFANG as WANG
from tests.factories.cases import Walk
from tests.factories.pages import read


@pytest.fixture
def at(cast):
    """Somebody at a desk of the unit, and the address of a page there."""

    def sits(desk: Desk, page: str = "first_page"):
        account, _made = Account.objects.get_or_create(username=f"at-{desk.value}")
        if not account.posts.exists():
            appoint(account, cast.organ, desk, date(2003, 1, 1))
        return account, reverse(f"office:{page}", args=[cast.organ.code, desk.value])

    return sits


@pytest.mark.parametrize("desk", Desk, ids=lambda one: one.value)
def test_every_post_has_a_first_page_whose_lines_open(client, cast, doing, at, desk):
    Walk(cast, doing, WANG, day="2024-03-04").reviewed()
    account, address = at(desk)
    page = read(client, address, account)
    assert page.status == 200
    for link in page.soup.select("table.waits a"):
        assert client.get(str(link["href"])).status_code == 200, link
    if not page.soup.select("table.waits a"):
        assert "本岗位现在没有要办的" in page.words


@pytest.mark.parametrize("desk", Desk, ids=lambda one: one.value)
def test_another_desk_is_not_opened(client, cast, at, desk):
    account, _address = at(desk)
    other = Desk.WINDOW if desk != Desk.WINDOW else Desk.HEAD
    client.force_login(account)
    for page in ("first_page", "help", "find"):
        there = reverse(f"office:{page}", args=[cast.organ.code, other.value])
        assert client.get(there).status_code == 403


def test_what_waits_is_counted_with_its_oldest_and_what_ran_out(client, cast, doing, at):
    walk = Walk(cast, doing, WANG, day="2024-03-04")
    walk.submitted()
    walk.submitted(moment="2024-03-05 09:00")
    account, address = at(Desk.WINDOW)
    page = read(client, address, account)
    first = page.soup.select_one("table.waits tbody tr").get_text(" ", strip=True)
    assert first.startswith("2 待答复")
    assert "2024年3月4日" in first
    assert "2件超期" in first
    assert "等您办的 2 件" in page.words


@pytest.mark.parametrize("rows", [1, 3])
def test_a_first_page_costs_the_same_however_much_waits(
    client, cast, doing, at, rows, django_assert_num_queries
):
    walk = Walk(cast, doing, WANG, day="2024-03-04")
    for n in range(rows):
        walk.submitted(moment=f"2024-03-04 09:0{n}")
    account, address = at(Desk.WINDOW)
    client.force_login(account)
    with django_assert_num_queries(WAITS):
        client.get(address)


WAITS = 10  # session, account, post, counts twice, the oldest, joint ones led and asked,
# questions to answer, ratings to verify


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("desk", Desk, ids=lambda one: one.value)
def test_every_desk_has_help_in_both_languages(desk, language):
    told = help_of(desk.value, language)
    assert told.purpose
    assert len(told.tasks) >= 2
    assert all(task.title and task.steps for task in told.tasks)


def test_the_help_tells_of_every_act_of_every_desk_and_of_no_other():
    for desk in (Desk.WINDOW, Desk.HANDLER, Desk.DECIDER, Desk.HEAD):
        offered = {one.code for one in CASE_OFFERS if desk in one.desks and in_the_panel(one)}
        told = {act for task in help_of(desk.value, "zh").tasks for act in task.acts}
        assert told - offered <= {"bar"}, desk
        assert offered - told == set(), desk


def in_the_panel(one: type[Offer]) -> bool:
    return one.act is not None and not one.section


def test_a_head_sees_the_units_open_cases_and_each_figure_opens(client, cast, doing):
    head = Account.objects.create_user(username="he_jie")
    appoint(head, cast.organ, Desk.HEAD, date(2003, 1, 1))
    walk = Walk(cast, doing, WANG, day="2024-03-04")
    first, second = walk.submitted(), walk.accepted()
    page = read(client, reverse("office:first_page", args=[cast.organ.code, "head"]), head)
    table = page.soup.select("table")[-1]
    opened = {a["href"]: a.get_text() for a in table.select("a") if "/overdue/" in str(a["href"])}
    assert list(opened.values()) == ["1", "1"]
    shown = []
    for address in opened:
        behind = read(client, str(address), head)
        assert "共1件" in behind.words
        assert WANG.name not in str(behind.soup)
        shown += [a.get_text(strip=True) for a in behind.soup.select("a[data-row]")]
    assert shown == [first.number, second.number]
    elsewhere = reverse("office:board_cases", args=[cast.organ.code, "head", "none", "open"])
    assert client.get(elsewhere).status_code == 404
    odd = reverse("office:board_cases", args=[cast.organ.code, "head", cast.organ.code, "odd"])
    assert client.get(odd).status_code == 404
