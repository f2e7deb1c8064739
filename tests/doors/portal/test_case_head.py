"""The head of a case: what is so; of a refusal why, whither and the remedy. M21."""

import json
from datetime import date

import pytest
from django.urls import reverse

from openhall.cases.rules.remedies import court_until, review_until
from openhall.glossary import Said
from openhall.organs.remedies import remedy_of
from openhall.organs.rules.remedies import court_by_rule, reviewed_by
from openhall.workdays.queries import calendar
from tests.factories.cases import Walk
from tests.factories.pages import read


@pytest.fixture
def walk(cast, doing):
    return Walk(cast, doing)


def page_of(client, cast, case, language=""):
    client.force_login(cast.wang_fang)
    return read(client, language + reverse("portal:case", args=[case.number]))


def test_the_first_words_are_the_matter_and_its_state(client, cast, walk):
    case = walk.submitted()
    page = page_of(client, cast, case)
    assert page.soup.h1.get_text(strip=True) == f"{cast.version.name}：已提交，窗口正在看"
    assert case.number not in page.soup.h1.get_text()
    head = page.soup.select_one(".statehead")  # nobody answered for two years
    assert "已超过期限" in head.get_text()
    leads = head.select_one("a[href*='/complaints/new/']")
    assert leads["href"].endswith(f"?case={case.number}")
    assert leads.get_text(strip=True) == "您可以投诉"


def test_a_refusal_says_why_and_how_to_object_in_its_head(client, cast, walk):
    case = walk.declined(reason="店在武侯区，由武侯区管。")
    head = page_of(client, cast, case).soup.select_one(".statehead").get_text(" ", strip=True)
    assert "店在武侯区，由武侯区管。" in head
    assert "申请复议" in head
    assert "人民法院" in head
    known = date(2024, 3, 5)
    for until in (review_until(known, calendar()), court_until(known, calendar())):
        assert f"{until.year}年{until.month}月{until.day}日" in head


def test_a_refused_case_names_its_reason_in_english_pages_too(client, cast, walk):
    case = walk.refused()
    head = (
        page_of(client, cast, case, "/en").soup.select_one(".statehead").get_text(" ", strip=True)
    )
    assert "refused" in head
    assert "Ask for a review" in head


def test_the_terms_end_on_working_days(db):
    days = calendar()
    assert review_until(date(2026, 12, 1), days) == date(2027, 2, 1)  # 30 January is a Saturday
    assert court_until(date(2026, 12, 1), days) == date(2027, 6, 1)
    assert court_until(date(2026, 8, 31), days) == date(2027, 3, 1)  # 28 February is a Sunday


def test_who_reviews_it():
    place = Said("锦江区人民政府", "Jinjiang District")
    assert reviewed_by("锦江区行政审批局", place) == place
    assert reviewed_by("成都市税务局", place).zh == "上一级主管部门"
    assert reviewed_by("某局", None).zh == "上一级主管部门"


def test_the_court_is_the_one_the_city_entered_or_the_one_the_law_names(cast, settings, tmp_path):
    settings.COURTS = ""
    assert "基层人民法院（行政诉讼法14、18" in remedy_of(cast.organ)
    assert "中级人民法院" in court_by_rule("district").zh, "what a government itself decided"
    file = tmp_path / "courts.json"
    told = {"zh": "某区人民法院", "en": "Mou Court", "source": "高院通知1号"}
    file.write_text(json.dumps({cast.organ.division_code: told}), encoding="utf-8")
    settings.COURTS = str(file)
    assert "向某区人民法院提起行政诉讼" in remedy_of(cast.organ)
    file = tmp_path / "unsourced.json"
    file.write_text(json.dumps({"1": told | {"source": " "}}), encoding="utf-8")
    settings.COURTS = str(file)
    with pytest.raises(ValueError, match="its source"):
        remedy_of(cast.organ)


def test_messages_of_one_event_are_one_line_in_a_fold(client, cast, walk):
    case = walk.accepted()
    page = page_of(client, cast, case)
    fold = next(one for one in page.soup.select("details") if "消息" in one.summary.get_text())
    lines = fold.select("li")
    titles = [line.get_text(" ", strip=True).split(" · ")[0] for line in lines]
    assert len(titles) == len(set(titles))


def test_the_story_is_told_newest_first(client, cast, walk):
    case = walk.accepted()
    acts = [
        one.get_text(strip=True) for one in page_of(client, cast, case).soup.select(".story li b")
    ]
    assert acts == ["受理", "提交"]
