"""A joint matter as the public reads it: one list, each limit, the fees; found from anywhere."""

import re
from datetime import date

import pytest
import time_machine

from openhall.catalogue.actions import suspend_item
from openhall.catalogue.models import Material
from openhall.joint.actions.matters import end_matter
from openhall.joint.kinds import MATTER
from openhall.organs.terms import Desk
from openhall.versions import actions as versions
from tests.factories.catalogue import by
from tests.factories.joint import AT, CODE, DAY, WORDS, doing, drafted, furnished, published
from tests.factories.questions import official

PAGE = f"/joint/{CODE}/"
UNTIL = date(2026, 12, 31)
LIST_QUERIES = 1
PAGE_QUERIES = 6  # the matter; its parts, items, materials; fees; who to ask


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def there(db):
    return furnished()


def test_the_page_tells_units_limits_one_list_and_all_fees(there, client):
    published(there)
    page = client.get(PAGE).text
    for words in (
        WORDS["title"],
        "市市场监管局",
        "市卫生健康委",
        "市城管委",
        "15个工作日",
        "10个工作日",
        "12个工作日",
        "招牌费",
        "¥50.00",
        "要设置户外招牌吗？",
        "028-12345",
    ):
        assert words in page, words
    assert page.count("<strong>经营者身份证件</strong>") == 1
    assert "<strong>食品经营许可</strong>（市市场监管局）" in page


def test_what_is_not_needed_is_left_out_of_my_list_and_stands_in_the_address(there, client):
    published(there)
    mine = client.get(PAGE + "?mine=1").text
    assert "户外招牌设置审批的图纸" not in mine
    assert "招牌费" not in mine
    assert "这是您自己的清单" in mine
    assert "户外招牌设置审批的图纸" in client.get(PAGE + "?mine=1&need=GG-1").text
    assert "户外招牌设置审批的图纸" in client.get(PAGE).text


def test_what_was_ticked_on_the_page_is_ticked_where_one_applies(there, client):
    published(there)
    apply = f"{PAGE}apply/"
    for address, ticked in ((f"{PAGE}?mine=1&need={there.board.item.code}", 1), (PAGE, 0)):
        link = client.get(address).text.split(f'href="{apply}')[1].split('"')[0]
        page = client.get(apply + link.replace("&amp;", "&"))
        assert len(re.findall(r"\schecked\b", page.text)) == ticked


def test_the_page_speaks_english(there, client):
    published(there)
    page = client.get("/en" + PAGE).text
    assert "Opening a restaurant" in page
    assert "Will you put up a sign?" in page
    assert "Health Commission" in page


def test_a_draft_an_ended_and_an_unknown_matter_are_not_there(there, client):
    version = drafted(there)
    assert client.get(PAGE).status_code == 404
    assert WORDS["title"] not in client.get("/joint/").text
    assert client.get("/joint/nothing/").status_code == 404
    versions.publish(MATTER, version.pk, DAY, doing(there.office))
    assert client.get(PAGE).status_code == 200
    end_matter(version.matter_id, DAY, "机构合并", doing(there.office))
    with time_machine.travel(AT.replace(day=21), tick=False):
        assert client.get(PAGE).status_code == 404
        assert WORDS["title"] not in client.get("/joint/").text


def test_a_paused_part_is_told_and_a_paused_necessary_part_closes_the_door(there, client):
    published(there)
    legal = official("fa_zhi_ban", there.centre, Desk.LEGAL)
    suspend_item(there.board.item_id, "整顿", DAY, UNTIL, by(legal, AT))
    page = client.get(PAGE).text
    assert "有一项今天不能申请" in page
    suspend_item(there.hygiene.item_id, "整顿", DAY, UNTIL, by(legal, AT))
    page = client.get(PAGE).text
    assert "这一事项今天不能申请" in page
    assert "/joint/open-a-restaurant/apply/" not in page


def test_it_is_found_from_its_items_its_life_event_and_by_its_words(there, client):
    published(there)
    for address in (
        "/services/SP-1/",
        "/topics/bl-opening/",
        "/search/?q=餐饮",
        "/search/?q=招牌",
        "/joint/",
    ):
        assert PAGE in client.get(address).text, address
    assert PAGE not in client.get("/search/?q=护照").text
    assert PAGE not in client.get("/topics/bl-hiring/").text
    assert "/topics/bl-opening/" in client.get("/topics/").text


def test_the_pages_cost_the_same_queries_however_many_parts(
    there, client, django_assert_num_queries
):
    version = published(there)
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(PAGE)
    for n in range(5):
        Material.objects.create(version=there.board, key=f"k{n}", name=f"图纸{n}")
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(PAGE)
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/joint/")
    for code in ("b", "c"):
        published(there, code=code)
    with django_assert_num_queries(LIST_QUERIES):
        assert client.get("/joint/").text.count(version.title) == 3
