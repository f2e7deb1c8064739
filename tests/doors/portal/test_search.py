"""The search's page: groups, marks, narrowing, both languages, hostile addresses, what one says."""

import pytest
import time_machine
from django.test import Client

from openhall.policies.actions import import_policies, of_record
from openhall.search.actions import counting
from openhall.search.models import AnswerSaid, AskedCount
from tests.factories.joint import AT, CODE, furnished, published
from tests.factories.search import town

PAGE_QUERIES = 8  # outbox, rules, memory; what is still public, by kind


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def there(db):
    return furnished()


def test_services_come_first_as_a_group_of_their_own(there, client):
    published(there)
    record = {"id": "l", "title": "餐饮业食品安全规定", "text": "第一条 餐饮服务许可。"}
    import_policies([of_record(record)], lambda count: None)
    page = client.get("/search/?q=餐饮").text
    assert page.index('id="services"') < page.index("开办餐饮店") < page.index('id="others"')
    assert page.index('id="others"') < page.index("餐饮业") or "食品安全规定" in page
    assert f'href="/joint/{CODE}/"' in page


def test_what_matches_is_marked_and_nothing_typed_becomes_markup(there, client):
    page = client.get("/search/?q=卫生许可").text
    assert "<mark>卫生许可</mark>" in page
    page = client.get("/search/", {"q": '<script>alert(1)</script>"><b>卫生'}).text
    assert "<script>alert" not in page
    assert "<b>" not in page


def test_did_you_mean_and_nothing_fits_are_said_in_both_languages(there, client):
    assert "您是不是要找" in client.get("/search/?q=公共场锁卫生").text
    nothing = client.get("/search/?q=量子纠缠光谱仪")
    assert "没有找到很合适的内容" in nothing.text
    assert 'href="tel:12345"' in nothing.text
    english = client.get("/en/search/?q=quantum+spectrograph").text
    assert "Nothing fits well" in english
    found = client.get("/en/search/?q=hygiene+license").text
    assert "<mark>Hygiene</mark> <mark>licence</mark>" in found
    assert 'href="/en/services/WS-1/"' in found


def test_an_address_kept_from_the_old_search_still_leads_there(there, client):
    answer = client.get("/services/?q=卫生")
    assert answer.status_code == 302
    assert answer.url.startswith("/search/?q=")
    assert "公共场所卫生许可" in client.get(answer.url).text
    assert client.get("/services/").status_code == 200


def test_results_are_narrowed_by_kind_unit_day_and_words(there, client):
    page = client.get("/search/?q=许可&kind=form").text
    assert "/services/WS-1/form.pdf" in page
    assert 'href="/services/WS-1/"' not in page
    assert 'href="/services/SP-1/"' not in client.get("/search/?q=许可&unit=cd-health").text
    assert 'href="/services/WS-1/"' not in client.get("/search/?q=许可&within=食品").text
    late = client.get("/search/?q=许可&since=2026-01-01").text
    assert 'href="/services/WS-1/"' not in late


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "%E8%90%A5" * 3000,
        "q=%ED%A0%80",
        "q=%FF%FE",
        "q=(a%2B)%2B%24",
        "q=%2A%2A%2A",
        "q=",
        "",
        "q=x&kind=nothing&unit=%27&since=99&until=2026-13-40&most=-5&root=%00",
        "q=许可&most=99999999999999999999",
        "q=许可&since=0001-01-01&until=9999-12-31",
        "q=许可&since=2027-01-01&until=2020-01-01",
        "q[]=许可",
    ],
)
@pytest.mark.parametrize("path", ["/search/", "/search/suggest/", "/en/search/"])
def test_no_address_breaks_the_page(there, client, path, query):
    assert client.get(f"{path}?{query}").status_code in (200, 400)


def test_names_are_offered_as_a_part_of_the_page(there, client):
    part = client.get("/search/suggest/?q=weisheng").text
    assert 'href="/services/WS-1/"' in part
    assert "<html" not in part
    assert client.get("/search/suggest/?q=").text.strip() == ""


def test_what_is_said_of_an_answer_is_counted_and_names_nobody(there, client):
    client.get("/search/?q=卫生许可")
    said = {"q": "卫生许可", "record": "guide:WS-1"}
    for _twice in range(2):
        answer = client.post("/search/answered/", said)
        assert answer.status_code == 302
    Client().post("/search/answered/", said)
    row = AnswerSaid.objects.get()
    assert (row.record, row.title, row.unit, row.times) == (
        "guide:WS-1",
        "公共场所卫生许可",
        "cd-health",
        2,
    )
    client.post("/search/answered/", {"q": "卫生许可", "record": "guide:none"})
    client.post("/search/answered/", {"q": "510104199001011234", "record": ""})
    assert AnswerSaid.objects.count() == 1
    answer = client.post("/search/answered/", {"q": "开网吧", "unit": "cd-health"})
    assert AnswerSaid.objects.get(record="").unit == "cd-health"
    # Nothing was found: the question goes on to a unit, with the words that were typed.
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert 'value="开网吧"' in page.text


def test_queries_are_counted_but_never_a_persons_number(there, client):
    counting.write()
    AskedCount.objects.all().delete()  # what other tests asked
    for typed in ("卫生许可", "卫生许可", "量子纠缠光谱仪", "510104199001011234", "王 13800138000"):
        client.get("/search/", {"q": typed})
    counting.write()
    rows = {row.query: (row.asked, row.unanswered) for row in AskedCount.objects.all()}
    assert rows == {"卫生许可": (2, 0), "量子纠缠光谱仪": (1, 1)}


def test_the_page_costs_the_same_queries_however_much_is_found(
    there, client, django_assert_num_queries
):
    client.get("/search/?q=卫生")
    with django_assert_num_queries(PAGE_QUERIES):
        client.get("/search/?q=户外招牌设置审批")
    town("company-setup", "company-change", "company-deregister")
    client.get("/search/?q=卫生")
    with django_assert_num_queries(PAGE_QUERIES):
        client.get("/search/?q=卫生许可")


def test_each_result_says_its_day_and_unit(there, client):
    page = client.get("/search/?q=户外招牌").text
    assert 'datetime="2003-' in page
    assert "市城管委" in page


def test_an_english_page_says_official_words_and_names_in_english(there, client):
    """The word that was looked for too, and what a listener hears of "this answered it"."""
    page = client.get("/en/search/?q=身份证").text
    assert ">Identity card</a>" in page
    assert ">居民身份证</a>" not in page
    assert ">居民身份证</a>" in client.get("/search/?q=身份证").text
    page = client.get("/en/search/?q=hygiene+license").text
    assert 'aria-label="This answered it: Hygiene licence' in page
