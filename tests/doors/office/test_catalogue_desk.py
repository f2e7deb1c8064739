"""The catalogue's desk at its addresses: who may, what is kept, where a refusal stands. A7, A10."""

import re
from datetime import date

import pytest
from django.forms import FileField
from django.utils import timezone

from openhall.catalogue import actions
from openhall.catalogue.models import HollowPhrase, Item, ItemVersion
from openhall.organs.actions import appoint
from openhall.organs.actions import found as found_organ
from openhall.organs.models import Account, Organ
from openhall.organs.terms import Desk
from tests.factories.catalogue import by
from tests.factories.pages import asked_by, read
from tests.factories.traces import once, refused
from tests.rooms.catalogue.conftest import ROWS, WORDS

pytestmark = pytest.mark.django_db
OURS, LEGAL = "/office/cd-civil/catalogue/", "/office/cd-fzb/catalogue/"
LISTING = 16  # queries, for however many items; the hall of the unit among them


@pytest.fixture
def people(cast) -> dict[str, Account]:
    office = found_organ(
        code="cd-fzb", kind="department", name="市法制办", name_en="Legal", short_name="法制"
    )
    water = Organ.objects.get(code="cd-water")
    found = {}
    for name, desk, organ in (
        ("clerk", Desk.CATALOGUE_CLERK, cast.organ),
        ("head", Desk.HEAD, cast.organ),
        ("legal", Desk.LEGAL, office),
        ("stranger", Desk.CATALOGUE_CLERK, water),
    ):
        found[name] = Account.objects.create_user(name)
        appoint(found[name], organ, desk, date(2003, 1, 1))
    return found


@pytest.fixture
def draft(cast, people) -> ItemVersion:
    now = timezone.now()
    version = actions.new_version(cast.item.pk, by(people["clerk"], now))
    return actions.save_version(version.pk, WORDS, ROWS, by(people["clerk"], now))


def typed(answer, **changed):
    """What the browser would send back of the editing desk, with some fields typed over."""
    sent = {"seen": answer.context["seen"]}
    tables = answer.context["tables"].values()
    rows = [form for table in tables for form in (table.management_form, *table.forms)]
    for form in (answer.context["form"], *rows):
        for bound in form:
            value = bound.value()
            if isinstance(bound.field, FileField) or bound.field.disabled:
                continue
            if value is None or value is False:
                continue
            sent[bound.html_name] = "on" if value is True else value
    return sent | changed


def test_what_is_sent_back_unchanged_is_stored_unchanged(client, people, draft):
    client.force_login(people["clerk"])
    page = f"{OURS}{draft.pk}/"
    answer = client.get(page)
    assert client.post(page, typed(answer)).status_code == 302
    draft.refresh_from_db()
    assert (draft.conditions, draft.promised_days) == (WORDS["conditions"], 15)
    assert [one.name for one in draft.steps.all()] == ["受理", "审核", "审批", "办结", "送达"]
    assert [one.key for one in draft.materials.all()] == ["a"]


def test_a_claimed_line_is_saved_before_anything_is_decided(client, cast, people):
    """Whether there is a fee may be said later: the gate asks for it, saving does not."""
    client.force_login(people["clerk"])
    version = actions.new_version(cast.item.pk, by(people["clerk"], timezone.now()))
    page = f"{OURS}{version.pk}/"
    kept = client.post(page, typed(client.get(page)) | {"v-conditions": "有50个以上的会员。"})
    assert kept.status_code == 302
    version.refresh_from_db()
    assert (version.has_fee, version.conditions) == (None, "有50个以上的会员。")
    assert "请说明是否收费" in client.get(page).text


def test_rows_are_moved_taken_out_and_added(client, people, draft):
    client.force_login(people["clerk"])
    page = f"{OURS}{draft.pk}/"
    sent = typed(client.get(f"{page}?more=steps"))
    sent |= {"steps-0-ORDER": "9", "steps-1-DELETE": "on", "steps-5-name": "公示"}
    answer = client.post(page, sent | {"more": "steps"})
    assert answer.url == f"{page}?more=steps#section-steps"
    assert [one.name for one in draft.steps.all()] == ["审批", "办结", "送达", "受理", "公示"]


def test_nothing_typed_is_lost_and_the_refusal_stands_beside_its_row(client, people, draft):
    client.force_login(people["clerk"])
    page = f"{OURS}{draft.pk}/"
    sent = typed(client.get(f"{page}?more=prerequisites"))
    sent |= {"prerequisites-0-item": "NO-SUCH", "v-conditions": "刚写的条件，还没存。"}
    answer = client.post(page, sent)
    assert answer.status_code == 422
    assert answer.context["form"]["conditions"].value() == "刚写的条件，还没存。"
    assert "NO-SUCH" in answer.context["tables"]["prerequisites"].forms[0].errors["item"][0]


def test_a_stock_phrase_in_a_row_stands_beside_its_field(client, people, draft):
    client.force_login(people["clerk"])
    page = f"{OURS}{draft.pk}/"
    client.post(page, typed(client.get(page)) | {"faqs-0-answer": "详见附件"})
    answer = client.get(page)
    assert "“详见附件”没有说明内容" in answer.context["tables"]["faqs"].forms[0].errors["answer"][0]


def test_the_gate_speaks_english_on_an_english_page(client, cast, people):
    client.force_login(people["clerk"])
    version = actions.new_version(cast.item.pk, by(people["clerk"], timezone.now()))
    ItemVersion.objects.filter(pk=version.pk).update(conditions="待定", promised_days=None)
    gate = read(client, f"/en{OURS}{version.pk}/").soup.select_one("section[aria-labelledby=gate]")
    told = gate.get_text(" ", strip=True)
    assert "Give the promised time limit." in told
    assert "“待定” says nothing. Say on what conditions" in told
    named = re.sub("“[^”]*”|〔|〕", "", told)
    assert re.findall("[\u4e00-\u9fff]{2,}", named) == []


def test_it_goes_from_the_clerk_to_the_head_to_legal_and_to_the_public(client, people, draft):
    do = f"{OURS}{draft.pk}/do/"
    client.force_login(people["clerk"])
    assert client.post(f"{do}send/").status_code == 303
    client.force_login(people["head"])
    assert client.post(f"{do}send_back/", {"send_back-reason": ""}).status_code == 422
    assert client.post(f"{do}send_back/", {"send_back-reason": "时限请再核。"}).status_code == 303
    client.force_login(people["clerk"])
    assert "时限请再核。" in client.get(f"{OURS}{draft.pk}/").content.decode()
    client.post(f"{do}send/")
    client.force_login(people["head"])
    assert client.post(f"{do}pass/").status_code == 303
    client.force_login(people["legal"])
    do = f"{LEGAL}{draft.pk}/do/publish/"
    past = client.post(do, {"publish-first_day": "2003-01-01"})
    assert past.status_code == 422
    assert past.context["tried"].errors["first_day"]
    today = timezone.localdate().isoformat()
    assert client.post(do, {"publish-first_day": today}).status_code == 303
    assert "30个以上的单位会员" in client.get("/services/MZ-XK-0001/").content.decode()


@pytest.mark.parametrize("who", ["stranger", "wang_fang", "li_chuang", None])
@pytest.mark.parametrize("act", ["send", "pass", "return", "publish"])
def test_nobody_else_acts_on_it(client, cast, people, draft, who, act):
    if who:
        client.force_login(people.get(who) or getattr(cast, who))
    answer = client.post(f"{OURS}{draft.pk}/do/{act}/")
    assert answer.status_code in (302, 403)
    draft.refresh_from_db()
    assert draft.state == "draft"


@pytest.mark.parametrize("who", ["clerk", "head", "stranger"])
def test_only_legal_keeps_the_central_list_and_the_phrases(client, people, who):
    client.force_login(people[who])
    for page in ("list/", "list/new/", "list/merge/", "phrases/"):
        assert client.get(LEGAL + page).status_code == 403
        assert client.post(LEGAL + page).status_code in (403, 405)
    form = {"add": "list/new/add/", "merge": "list/merge/merge/", "phrase": "phrases/add/"}
    for address in form.values():
        assert client.post(LEGAL + address).status_code == 403


def test_legal_adds_a_phrase_and_allows_it_again(client, people):
    client.force_login(people["legal"])
    page = f"{LEGAL}phrases/"
    empty = client.post(f"{page}add/", asked_by("add", {"phrase": "", "reason": "空"}))
    assert empty.status_code == 422
    said = {"用语": "以窗口告知为准", "理由和依据": "等于没有写"}
    once(read(client, page).form("新增用语").fill(said))
    phrase = HollowPhrase.objects.get(phrase="以窗口告知为准")
    form = read(client, page).form("撤下", "以窗口告知为准")
    refused(form.send(), "理由和依据", "")
    once(form.fill({"理由和依据": "另有说明"}))
    phrase.refresh_from_db()
    assert phrase.withdrawn_reason == "另有说明"


def test_legal_suspends_an_item_and_the_public_still_finds_it_with_its_state(client, cast, people):
    client.force_login(people["legal"])
    page = f"{LEGAL}items/{cast.item.code}/suspend/"
    today = timezone.localdate()
    sent = {"suspend-reason": "系统升级", "suspend-first_day": today.isoformat()}
    assert client.post(page, sent).status_code == 422
    until = today.replace(year=today.year + 1).isoformat()
    assert client.post(page, sent | {"suspend-until": until}).status_code == 303
    assert Item.objects.get(pk=cast.item.pk).state == "2"
    client.logout()
    assert "暂停" in client.get(f"/services/{cast.item.code}/").content.decode()


def test_the_list_costs_the_same_for_one_item_and_for_three(
    client, cast, people, django_assert_num_queries
):
    client.force_login(people["clerk"])
    page = f"{OURS}?state=all"
    client.get(page)
    with django_assert_num_queries(LISTING):
        client.get(page)
    for number in (2, 3):
        item = Item.objects.create(code=f"MZ-{number}", entry=cast.item.entry, organ=cast.organ)
        ItemVersion.objects.create(item=item, number=1, state="draft", name="另一事项")
    with django_assert_num_queries(LISTING):
        client.get(page)
