"""B7 at the portal: one question a page, without JavaScript or a session; then *my* checklist."""

import json
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.urls import reverse

from openhall.applying.application import Application
from openhall.applying.models import Draft
from openhall.catalogue.models import ItemVersion
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.questions.actions import next_draft, publish_guide, save_content
from openhall.questions.models import SavedChecklist
from tests.factories.catalogue import BROUGHT, by
from tests.factories.questions import AT, DAY, content, furnish, official, published

TOPIC_QUERIES = 4  # the guides of the topic, its joint matters, what is used most, a page of items


@pytest.fixture
def clerk(cast):
    furnish(cast)
    return official("clerk", cast.organ, Desk.CATALOGUE_CLERK)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def version(cast, clerk):
    return published(cast, clerk)


ASK = "/guides/association/"


def query(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


@pytest.mark.parametrize("language", ["", "/en"])
def test_a_walk_needs_links_and_forms_only(client, version, language):
    first = client.get(language + ASK)
    assert "How many members" in first.text if language else "有多少会员" in first.text
    second = client.get(language + ASK, {"v": "1", "asked": "members", "members": "60"})
    assert query(second.url) == {"v": "1", "members": "60"}
    page = client.get(second.url).text
    assert 'name="members" value="60"' in page
    end = client.get(second.url + "&asked=premises&premises=lent")
    assert end.url.startswith(language + ASK + "result/")
    assert query(end.url) == {"v": "1", "members": "60", "premises": "lent"}
    sheet = client.get(end.url).text
    said = (
        ["You may apply", "Draft charter", "Lent premises need the owner", "¥50.00"]
        if language
        else ["可以申请成立", "章程草案", "借用的要出借人同意", "川价发〔2003〕1号", "¥50.00"]
    )
    assert [one for one in said if one not in sheet] == []
    assert client.cookies.keys() <= {"csrftoken"}
    assert not Session.objects.exists()


def test_an_answer_that_is_missing_or_wrong_gets_its_sentence_beside_the_question(client, version):
    empty = client.get(ASK, {"asked": "members", "members": ""})
    assert (empty.status_code, "请填写一个数" in empty.text) == (422, True)
    large = client.get(ASK, {"asked": "members", "members": "100000"})
    assert (large.status_code, 'href="#id_members"' in large.text) == (422, True)
    none = client.get(ASK, {"members": "60", "asked": "premises"})
    assert (none.status_code, "请选择一项" in none.text) == (422, True)
    assert 'name="members" value="60"' in none.text


def test_an_answer_is_changed_and_the_others_stay(client, version):
    sheet = client.get(ASK + "result/?v=1&members=60&premises=lent").text
    change = "/guides/association/?v=1&amp;premises=lent"
    assert f'href="{change}"' in sheet
    asked = client.get(change.replace("&amp;", "&")).text
    assert 'name="premises" value="lent"' in asked
    again = client.get(ASK, {"premises": "lent", "asked": "members", "members": "70"})
    assert query(again.url) == {"v": "1", "members": "70", "premises": "lent"}
    few = client.get(ASK, {"premises": "lent", "asked": "members", "members": "7"})
    assert "会员还不够" in client.get(few.url).text


def test_a_sheet_with_an_open_question_asks_it_first(client, version):
    assert client.get(ASK + "result/?members=60").url == ASK + "?v=1&members=60"
    assert client.get(ASK + "result/?members=many&premises=lent").url.startswith(ASK)
    assert client.get("/guides/nothing/").status_code == 404


def test_a_kept_address_of_an_older_version_says_that_the_guide_was_revised(
    client, cast, clerk, version
):
    editor = Account.objects.get(username="linxia")
    second = next_draft(version.guide_id, by(editor, AT))
    save_content(second.pk, content(), by(editor, AT, seen=0))
    publish_guide(second.pk, DAY + timedelta(days=1), by(clerk, AT))
    with time_machine.travel(AT + timedelta(days=1), tick=False):
        sheet = client.get(ASK + "result/?v=1&members=60&premises=own").text
        assert "修订过" in sheet
        assert "修订过" not in client.get(ASK + "result/?v=2&members=60&premises=own").text


def test_the_sheet_opens_the_application_filled_in(client, cast, version):
    sheet = ASK + "result/?v=1&members=60&premises=lent"
    action = "/guides/association/apply/MZ-XK-0001/?v=1&amp;members=60&amp;premises=lent"
    assert action in client.get(sheet).text
    opened = client.post(action.replace("&amp;", "&"))
    draft = Draft.objects.get()
    assert opened.url == reverse("portal:draft", args=[draft.pk, "applicant"])
    kept = json.loads(draft.content)
    assert kept["answers"] == {"premises": "借用"}
    assert kept["checklist"] == {
        "guide": "association",
        "version": 1,
        "query": "v=1&members=60&premises=lent",
        "materials": ["charter", "consent"],
        "spared": {"deed": "借用的不用产权证明"},
    }
    form = client.get(reverse("portal:draft", args=[draft.pk, "questions"]))
    assert 'value="借用"' in form.text


def test_what_the_sheet_spares_is_not_asked_for_by_the_application(client, cast, version):
    client.post(ASK + "apply/MZ-XK-0001/?members=60&premises=lent")
    lent = Draft.objects.get()
    assert [one.material.key for one in Application(lent, None, DAY).papers] == [
        "charter",
        "consent",
    ]
    client.post(ASK + "apply/MZ-XK-0001/?members=60&premises=own")
    own = Draft.objects.exclude(pk=lent.pk).get()
    assert [one.material.key for one in Application(own, None, DAY).papers] == [
        "charter",
        "deed",
        "consent",
    ]


def test_only_an_item_of_the_sheet_can_be_opened(client, version):
    assert client.post(ASK + "apply/MZ-XK-0001/?members=6").status_code == 404
    assert client.post(ASK + "apply/gone/?members=60&premises=own").status_code == 404
    assert client.get(ASK + "apply/MZ-XK-0001/?members=60&premises=own").status_code == 200
    assert not Draft.objects.exists()


def test_a_resident_keeps_a_checklist_and_takes_it_away(client, cast, version):
    keep = ASK + "result/keep/?v=1&members=60&premises=own"
    assert client.post(keep).url.startswith("/accounts/login/?next=")
    client.force_login(cast.wang_fang)
    assert client.post(keep).url == ASK + "result/?v=1&members=60&premises=own"
    mine = client.get("/my/checklists/").text
    assert 'href="/guides/association/result/?v=1&amp;members=60&amp;premises=own"' in mine
    kept = SavedChecklist.objects.get()
    client.force_login(cast.li_chuang)
    assert "成立社会团体" not in client.get("/my/checklists/").text
    client.post(f"/my/checklists/{kept.pk}/remove/")
    client.force_login(cast.wang_fang)
    client.post(f"/my/checklists/{kept.pk}/remove/")
    assert not SavedChecklist.objects.exists()


def test_what_is_kept_is_encrypted(client, cast, version):
    from django.db import connection

    client.force_login(cast.wang_fang)
    client.post(ASK + "result/keep/?v=1&members=60&premises=own")
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM questions_savedchecklist")
        assert "members" not in str(cursor.fetchone()[0])


def test_the_guide_of_the_item_leads_to_its_questions(client, version):
    assert 'href="/guides/association/"' in client.get("/services/MZ-XK-0001/").text


def test_topics_lead_to_guides_then_to_items_with_the_same_queries_for_one_and_for_many(
    client, cast, clerk, django_assert_num_queries
):
    ItemVersion.objects.update(topics=["bl-opening", "b-founding"])
    assert 'href="/topics/bl-opening/"' in client.get("/topics/").text
    assert "我要开店办企业" in client.get("/?for=companies").text
    with django_assert_num_queries(TOPIC_QUERIES):
        one = client.get("/topics/bl-opening/")
    assert one.text.count('href="/services/MZ') == 1
    many(cast, 33)
    with django_assert_num_queries(TOPIC_QUERIES):
        first = client.get("/topics/bl-opening/")
    assert first.text.count('href="/services/MZ') == 30
    after = ItemVersion.objects.order_by("pk")[29].pk
    assert f"?after={after}" in first.text
    assert client.get(f"/topics/bl-opening/?after={after}").text.count('href="/services/MZ') == 4
    assert client.get("/topics/nothing/").status_code == 404


def many(cast, count):
    from openhall.catalogue.models import CatalogueEntry, Item

    for n in range(count):
        entry = CatalogueEntry.objects.create(
            code=f"E-{n}", name="x", kind="1", listed_from=DAY.replace(year=2004)
        )
        ItemVersion.objects.create(
            item=Item.objects.create(code=f"MZ-{n}", entry=entry, organ=cast.organ),
            number=1,
            state="published",
            published_at=BROUGHT,
            name=f"登记{n}",
            topics=["bl-opening"],
            effective_from=DAY.replace(year=2004),
        )


def test_a_topic_shows_what_is_used_most_first(client, cast, clerk):
    from openhall.cases.models import DaysTally
    from openhall.catalogue.models import Item

    many(cast, 3)
    ItemVersion.objects.update(topics=["bl-opening"])
    codes = list(Item.objects.order_by("pk").values_list("code", flat=True))
    for count, code in ((9, codes[-1]), (4, codes[1])):
        item = Item.objects.get(code=code)
        DaysTally.objects.create(item=item, month=DAY.replace(day=1), days=3, cases=count)
    page = client.get("/topics/bl-opening/").text
    places = [page.index(f'href="/services/{code}/"') for code in (codes[-1], codes[1], codes[0])]
    assert places == sorted(places)
    assert page.count('href="/services/MZ') == len(codes)


def test_what_an_earlier_matter_gives_is_not_asked_again():
    from openhall.catalogue.models import Material
    from openhall.questions.queries import Matter, Paper, _not_asked_again
    from openhall.questions.rules.content import ItemLine

    def matter(name, result, *papers):
        version = ItemVersion(name=name, result_name=result)
        return Matter(version, ItemLine(""), [Paper(Material(name=one)) for one in papers])

    first = matter("设立登记", "营业执照", "租赁合同")
    second = matter("食品经营许可", "食品经营许可证", "营业执照", "父母的营业执照")
    _not_asked_again([first, second])
    assert [one.material.name for one in first.papers] == ["租赁合同"]
    assert [one.material.name for one in second.papers] == ["父母的营业执照"]
    assert [one.material.name for one in second.spared] == ["营业执照"]
    assert "设立登记" in second.spared[0].reason


def test_an_answer_that_names_no_matter_leads_on(client, version):
    page = client.get("/guides/association/result/?v=1&members=3").text
    assert "会员还不够" in page
    assert 'href="/services/"' in page
    assert 'href="tel:12345"' in page
