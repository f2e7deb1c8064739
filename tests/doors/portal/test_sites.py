"""The public's side of a site: read by anybody, stored by nobody's name, honest about its past."""

import json
import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from openhall.catalogue.models import ItemVersion
from openhall.deeds.refusals import Refused
from openhall.enquiries.models import Enquiry
from openhall.outbox.models import Message
from openhall.outbox.terms import Channel
from openhall.policies.models import PolicyDocument
from openhall.sites import actions
from openhall.sites.actions.looking import look_at
from openhall.sites.actions.subscribing import tell_new
from openhall.sites.kinds import EDITION
from openhall.sites.models import Subscription
from openhall.sites.queries import latest_of_city
from openhall.sites.terms import ColumnKind, WhyWithdrawn
from openhall.versions import actions as versions
from tests.factories import sites

pytestmark = pytest.mark.django_db


@pytest.fixture
def there():
    return sites.furnished(now=timezone.now())


@pytest.fixture
def article(there):
    return publish(there)


def publish(there, column=ColumnKind.NOTICES, **words):
    edition = there.sent(there.draft(column, **words))
    actions.publish_edition(edition.pk, timezone.localdate(), there.doing(there.head))
    return there.article(edition)


def read(path, status=200):
    answer = Client().get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def page_of(article):
    return f"/sites/{article.site.slug}/news/{article.number}/"


@pytest.mark.parametrize(("day", "told"), [("03", "2026年11月"), ("06", "2026年12月至今")])
def test_the_figures_of_a_site_are_of_a_month_that_says_something(there, day, told):
    with time_machine.travel(f"2026-12-{day}T00:10:00+08:00", tick=False):
        page = BeautifulSoup(read(f"/sites/{there.site.slug}/"), "html.parser")
    assert page.select_one("#figures").get_text(strip=True) == told


def test_every_column_of_a_site_is_there_and_holds_nothing_personal(there, article):
    columns = [f"/sites/cd-water/{one}/" for one in there.site.columns]
    for path in ("/sites/", "/sites/cd-water/", page_of(article), *columns):
        for language in ("", "/en"):
            answer = Client().get(language + path)
            assert answer.status_code == 200, path
            assert "csrfmiddlewaretoken" not in answer.content.decode(), path
            assert not answer.cookies, path


def test_an_article_carries_the_tags_of_the_norm_and_structured_data(article):
    page = read(page_of(article))
    tags = dict(re.findall(r'<meta name="(\w+)" content="([^"]*)">', page))
    assert tags["SiteName"] == "市水务局"
    assert tags["ColumnName"] == "通知公告"
    assert tags["ArticleTitle"] == sites.WORDS["title"]
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}", tags["PubDate"])
    assert tags["ContentSource"] == "市水务局"
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page)[1])
    assert data["publisher"]["@type"] == "GovernmentOrganization"
    assert data["publisher"]["url"].endswith(f"/sites/{article.site.slug}/")
    assert "telephone" not in data["publisher"]  # the site itself says it, once for all articles
    assert '<meta property="og:title"' in page


def test_what_is_typed_as_markup_is_read_as_words(there):
    page = read(
        page_of(publish(there, text="<script>alert(1)</script>", title="标题</title><b>粗"))
    )
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "标题</title><b>" not in page


def test_a_telephone_is_changed_once_and_reads_so_everywhere(there, article):
    assert "028-61881000" in read(page_of(article))
    contacts = actions.Contacts(phone="028-60000000", address="人民中路1号")
    actions.settle(there.site.pk, contacts, there.doing(there.head))
    assert "028-60000000" in read(page_of(article))
    assert "028-61881000" not in read("/sites/cd-water/")


def test_a_draft_is_nobodys_to_read(there):
    draft = there.draft()
    read(page_of(there.article(draft)), 404)
    read(page_of(there.article(draft)) + "history/", 404)


def test_withdrawn_it_stays_and_says_why_and_hides_what_may_not_be_read(there, article):
    actions.withdraw(article.pk, WhyWithdrawn.PRIVATE, "误登了住户姓名", there.doing(there.head))
    page = read(page_of(article))
    assert "误登了住户姓名" in page
    assert "城东" not in page
    assert sites.WORDS["title"] not in read("/sites/cd-water/notices/")
    read(page_of(article) + "editions/1/", 404)
    assert "城东" not in read(page_of(article) + "history/")


def test_each_edition_stays_and_the_history_says_what_changed(there, article):
    by = there.doing(there.editor)
    source = article.editions.get()
    second = versions.begin(EDITION, {"article": article}, by, source=source)
    actions.save_words(second.pk, {"summary": "改为12月2日至4日。"}, there.doing(there.editor))
    there.sent(second)
    today = timezone.localdate()
    actions.publish_edition(second.pk, today, there.doing(there.head), "日期写错")
    history = read(page_of(article) + "history/")
    assert "日期写错" in history
    assert "12月1日至3日分片检修" in history
    assert "12月1日至3日分片检修" in read(page_of(article) + "editions/1/")
    assert "改为12月2日至4日。" in read(page_of(article))


def test_what_several_units_publish_under_one_title_is_told_once(there, article):
    publish(there)
    newest = publish(there)
    publish(there, title="另一件事")
    told = latest_of_city(timezone.localdate(), ColumnKind.NOTICES, 4)
    assert [one.title for one in told] == ["另一件事", article.editions.first().title]
    assert told[1].article == newest


def test_feeds_and_sitemaps_name_what_is_there(article):
    for path in (
        "/sites/feed.atom",
        "/sites/cd-water/feed.atom",
        "/sites/cd-water/notices/feed.atom",
    ):
        assert sites.WORDS["title"] in read(path)
    assert page_of(article) in read("/sites/cd-water/sitemap.xml")
    assert "/sites/cd-water/sitemap.xml" in read("/sitemap.xml")
    assert "/services/sitemap.xml" in read("/sitemap.xml")
    paper = PolicyDocument.objects.create(source_id="1", title="条例", text="正文")
    assert f"/policies/{paper.pk}/</loc>" in read("/services/sitemap.xml")
    read("/sites/cd-water/guides/feed.atom", 404)


def test_a_reader_says_what_is_wrong_and_the_unit_owes_an_answer(article):
    client = Client()
    address = page_of(article) + "wrong/"
    page = client.get(address).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    sent = {
        "key": key,
        "wrong-text": "城西的日期和公告正文不一致，请核对。",
        "wrong-told_by": "none",
    }
    answer = client.post(address, sent)
    if answer.status_code == 422:  # a visitor proves that a browser sends it
        assert "proof" in answer.content.decode()
        return
    assert answer.status_code == 303
    enquiry = Enquiry.objects.get()
    assert enquiry.organ == article.site.organ
    assert article.number in enquiry.text


@pytest.mark.parametrize(("words", "status"), [("长" * 1900, 303), ("长" * 1901, 422),
                                               ("错" + "\u200b" * 30, 422)])  # fmt: skip
def test_what_fits_the_field_fits_the_law_too(article, words, status):
    """The page that is meant is written behind the words; unseen signs say nothing."""
    address = page_of(article) + "wrong/"
    sent = {"key": "k", "wrong-text": words, "wrong-told_by": "none"}
    assert Client().post(address, sent).status_code == status


def test_who_asked_and_confirmed_is_told_once_and_nobody_else(there):
    for address in ("a@example.org", "b@example.org"):
        actions.subscribe("site:cd-water/notices", Channel.EMAIL, address, "zh", there.doing(None))
    first = Subscription.objects.order_by("pk").first()
    actions.confirm(first.pk, sites.doing(None, at=timezone.now() - timedelta(hours=1)))
    Message.objects.all().delete()
    publish(there)
    publish(there, ColumnKind.NEWS)
    tell_new()
    tell_new()
    assert [one.to for one in Message.objects.all()] == ["a@example.org"]


def test_the_boards_say_what_the_night_found(there, article):
    actions.designate(there.site.organ, "请先公布表格并开通网上申报。", there.doing(there.office))
    look_at(there.site, date(2026, 11, 20), ())
    assert "需要整改" in read("/sites/health/")
    assert "领导信息" in read("/sites/health/cd-water/")
    assert "60" in read("/sites/coverage/")
    assert "请先公布表格并开通网上申报。" in read("/en/sites/coverage/")


def test_an_article_shows_a_chart_and_fees_by_reference(cast, there):
    article = publish(there, text="@图表 收件\n@图表 办结\n@费用 MZ-XK-0001")
    ItemVersion.objects.update(effective_until=timezone.localdate() - timedelta(days=1))
    for language in ("", "/en"):
        page = read(language + page_of(article))
        assert page.count('class="series"') == 2
        assert "/statistics/cd-water/" in page
    assert "已经不再有效" in read(page_of(article))


@pytest.mark.parametrize(
    ("card", "said"),
    [
        ("@指南 510100-9999", "第1行：没有可以显示的办事指南“510100-9999”。"),
        ("@费用 510100-9999", "第1行：没有可以显示的收费标准“510100-9999”。"),
        ("@政策 999999#第一条", "第1行：没有可以显示的政策文件“999999#第一条”。"),
        ("@联系 cd-nowhere", "第1行：没有可以显示的联系方式“cd-nowhere”。"),
    ],
)
def test_a_card_of_what_is_not_there_is_not_published(there, card, said):
    with pytest.raises(Refused) as refused:
        publish(there, text=card)
    assert said in [fault.said.zh for fault in refused.value.faults]


def test_a_draft_is_looked_at_as_everybody_would_see_it_by_its_hands_alone(there):
    other = sites.furnished("cd-roads", timezone.now())
    draft = there.draft(text="@联系\n## 时间")
    preview = f"{page_of(there.article(draft))}preview/1/"
    for hand in (there.editor, there.checker, there.head):
        client = Client()
        client.force_login(hand)
        answer = client.get(preview)
        page = answer.content.decode()
        assert ("028-61881000" in page, "尚未公布" in page, "noindex" in page) == (True,) * 3
        assert "no-store" in answer["Cache-Control"]
        assert client.get(preview.replace("/1/", "/2/")).status_code == 404
        assert client.get(preview.replace("cd-water", "cd-roads")).status_code == 404
    for nobody in (None, other.editor, other.head, there.office):
        client = Client()
        if nobody:
            client.force_login(nobody)
        assert client.get(preview).status_code == 404


@pytest.mark.parametrize(
    ("moment", "said"),
    [("2026-12-03 10:00+08:00", "2026年11月"), ("2026-12-06 10:00+08:00", "2026年12月至今")],
)
def test_a_month_that_has_hardly_begun_is_not_shown(there, client, moment, said):
    """On the third a month says nothing of a unit: the last whole one stands there."""
    with time_machine.travel(datetime.fromisoformat(moment), tick=False):
        page = client.get(f"/sites/{there.site.slug}/").content.decode()
    heading = page[page.index('id="figures"') :]
    assert heading[: heading.index("</h2>")].split(">", 1)[1].strip() == said
