"""The desk of the search: a draft, what it would move, another hand publishes; answers settled."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from openhall.organs.terms import Desk
from openhall.search.actions import answering
from openhall.search.kept import rules_on
from openhall.search.models import AnswerSaid, JudgedQuery, SearchRules, SearchRulesEvent
from openhall.search.queries import search
from tests.factories.joint import AT, DAY, furnished
from tests.factories.pages import read
from tests.factories.questions import official

WRITER = "/office/cd-office/informatization/search/"
PUBLISHER = "/office/cd-office/government_office/search/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def there(db):
    return furnished()


@pytest.fixture
def writer(there, client):
    for one in (there.informatization, there.office, there.clerk):
        one.is_official = True
        one.save()
    client.force_login(there.informatization)
    return client


@pytest.fixture
def publisher(there, writer):
    other = Client()
    other.force_login(there.office)
    return other


def sent(client, address, act, **typed):
    """Do ``act`` as the page offers it: its key, its state, its prefix."""
    page = client.get(address)
    offers = [*page.context["acts"], *page.context["more_acts"]]
    offers += [one for its in page.context["placed"].values() for one in its]
    (offer,) = (one for one in offers if one.slug == act)
    told = {f"{act}-{name}": value for name, value in typed.items()}
    return client.post(offer.address, {"key": offer.number, "seen": offer.seen, **told})


def draft_with(client, words="招牌证 = 户外招牌设置审批", **more):
    assert sent(client, WRITER, "begin").status_code == 303
    return sent(client, WRITER, "save", words=words, **more)


def test_a_word_counts_once_another_hand_published_it(there, writer, publisher):
    assert "GG-1" not in {one.record.id for one in search("大字招子").services[:1]}
    draft_with(writer, "大字招子 = 户外招牌设置审批")
    page = writer.get(WRITER).text
    assert "会有什么变化" in page
    assert "户外招牌设置审批" in page
    assert rules_on(DAY).meant.__self__.words  # the shipped words are in force still
    assert sent(writer, WRITER, "send").status_code == 303
    answer = sent(publisher, PUBLISHER, "publish", first_day="2026-11-20", note="新增俗称")
    assert answer.status_code == 303
    assert search("大字招子").services[0].record.id == "guide:GG-1"
    assert search("大字招子").fits
    assert list(SearchRulesEvent.objects.values_list("act", flat=True)) == [
        "begin",
        "send",
        "publish",
    ]


def test_who_writes_does_not_publish(there, writer, publisher):
    """The Government Office may write; then a colleague there publishes."""
    assert sent(publisher, PUBLISHER, "begin").status_code == 303
    sent(publisher, PUBLISHER, "save", words="招牌证 = 户外招牌设置审批")
    answer = sent(publisher, PUBLISHER, "publish", first_day="2026-11-20", note="新增")
    assert answer.status_code == 422
    assert SearchRules.objects.get().state == "draft"
    assert "publish" not in [
        one.slug for one in writer.get(WRITER).context["acts"]
    ]  # the Informatization Office has no such act


def test_wrong_lines_are_named_beside_their_field_and_nothing_typed_is_lost(there, writer):
    answer = draft_with(writer, "没有等号", boosts="guide:GG-1 | 很多 | 好 | ", pins="a | b")
    assert answer.status_code == 422
    page = answer.text
    assert "第1行" in page
    assert "没有等号" in page
    assert "很多" in page
    assert SearchRules.objects.get().revision == 0


def test_a_colleagues_save_is_not_written_over(there, writer, publisher):
    draft_with(writer)
    seen = writer.get(WRITER).context["placed"]["writing"][0]
    sent(publisher, PUBLISHER, "save", words="甲证 = 乙证")
    answer = writer.post(
        seen.address, {"key": seen.number, "seen": seen.seen, "save-words": "丙证 = 丁证"}
    )
    assert answer.status_code == 409
    assert "丙证 = 丁证" in answer.text
    assert SearchRules.objects.get().words == [{"said": "甲证", "means": ["乙证"]}]


def test_a_pin_stands_first_with_its_reason_and_only_on_its_days(there, writer, publisher):
    draft_with(writer, "", pins="卫生 | guide:GG-1 | 2026-11-20 | 2026-11-25 | 创卫期间")
    sent(writer, WRITER, "send")
    sent(publisher, PUBLISHER, "publish", first_day="2026-11-20", note="置顶")
    assert search("卫生").services[0].pinned == "创卫期间"
    assert "创卫期间" in Client().get("/search/?q=卫生").text
    with time_machine.travel("2026-11-26 09:00+08:00", tick=False):
        assert search("卫生").services[0].record.id == "guide:WS-1"


def test_a_boost_never_passes_an_exact_name(there, writer, publisher):
    draft_with(writer, "", boosts="guide:GG-1 | 1.6 | 试 | ")
    sent(writer, WRITER, "send")
    sent(publisher, PUBLISHER, "publish", first_day="2026-11-20", note="权重")
    assert search("公共场所卫生许可").services[0].record.id == "guide:WS-1"


@pytest.mark.parametrize("pins", ["卫生 | guide:GG-1 | 2026-11-01 | 2026-11-02 | 过期", ""])
def test_the_gate_names_what_is_wrong(there, writer, publisher, pins):
    draft_with(writer, "招牌证 = 户外招牌设置审批\n招牌証 = 别的", pins=pins)
    sent(writer, WRITER, "send")
    answer = sent(publisher, PUBLISHER, "publish", first_day="2026-11-20", note="x")
    assert answer.status_code == 422
    assert "出现了两次" in answer.text


def test_other_desks_and_other_people_are_refused(there, writer):
    outsider = official("lu_ren", there.market, Desk.CATALOGUE_CLERK)
    outsider.is_official = True
    outsider.save()
    other = Client()
    other.force_login(outsider)
    assert other.get(WRITER).status_code == 403
    assert other.get("/office/cd-market/catalogue_clerk/search/").status_code == 403
    assert Client().get(WRITER).status_code == 302


def test_what_a_resident_said_is_confirmed_and_remembered(there, writer):
    answering.say("门口挂大字要找谁批准才可以呢", "guide:GG-1")
    (row,) = AnswerSaid.objects.all()
    answer = sent(writer, WRITER, f"settle-{row.pk}", choice="refuse", reason="")
    assert answer.status_code == 422
    assert sent(writer, WRITER, f"settle-{row.pk}", choice="confirm").status_code == 303
    row.refresh_from_db()
    assert (row.state, row.settled_by) == ("confirmed", there.informatization)
    found = search("门口挂大字要找谁批准才可以")
    assert found.services[0].record.root == "guide:GG-1"


def test_queries_are_judged_and_measured(there, writer):
    told = {"query": "招牌", "record": "guide:GG-1", "grade": "3"}
    assert sent(writer, WRITER, "judge", **told).status_code == 303
    assert JudgedQuery.objects.get().answers == {"guide:GG-1": 3}
    assert "nDCG@10为1.000" in writer.get(WRITER).text
    assert sent(writer, WRITER, "judge", **(told | {"grade": "0"})).status_code == 303
    assert JudgedQuery.objects.get().answers == {}


def test_the_page_is_whole_in_both_languages(there, writer):
    draft_with(writer)
    assert read(writer, WRITER)
    assert "The search" in writer.get("/en" + WRITER).text
    assert date(2026, 11, 20) == AT.date()
