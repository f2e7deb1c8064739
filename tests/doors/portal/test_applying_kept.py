"""Nothing typed is lost: a session that ended, a form that changed, on the way to the window."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhall.applying.models import Draft
from openhall.cases.models import Case
from openhall.catalogue.models import Form, ItemVersion, Material
from tests.factories.catalogue import BROUGHT

PARTY = {
    "acting": "self",
    "name": "王芳",
    "number": "11010519491231002X",
    "phone": "13800000000",
}
NAME = {"key": "name", "kind": "text", "label": "社团名称", "label_en": "Name", "required": True}
NOTE = {"key": "note", "kind": "long_text", "label": "说明"}
SEAT = {"key": "seat", "kind": "text", "label": "住所", "label_en": "Seat", "required": True}


@pytest.fixture
def item(cast):
    Material.objects.create(
        version=cast.version, key="charter", name="章程草案", necessity="optional"
    )
    Form.objects.create(version=cast.version, title="申请书", fields=[NAME, NOTE])
    return cast.item


def started(client: Client, item) -> Draft:
    client.post(reverse("portal:start", args=[item.code]))
    return Draft.objects.get()


def at(draft: Draft, step: str) -> str:
    return reverse("portal:draft", args=[draft.pk, step])


def a_new_form(item) -> ItemVersion:
    """From today the note is not asked for any more, the seat is, and the charter has gone."""
    today = timezone.localdate()
    old = ItemVersion.objects.get(item=item)
    ItemVersion.objects.filter(pk=old.pk).update(effective_until=today - timedelta(days=1))
    new = ItemVersion.objects.create(
        item=item,
        number=2,
        state="published",
        published_at=BROUGHT,
        name=old.name,
        effective_from=today,
        statutory_days=20,
        promised_days=8,
    )
    Form.objects.create(version=new, title="申请书", fields=[NAME, SEAT])
    return new


def test_what_was_typed_after_the_session_ended_stands_in_the_form_after_signing_in(
    client, cast, item
):
    client.force_login(cast.wang_fang)
    draft = started(client, item)
    client.logout()
    typed = {"name": "锦江读书会", "note": "写了很久的说明"}
    asked = client.post(at(draft, "questions"), typed, follow=True)
    assert asked.redirect_chain[-1][0].endswith("%2Fquestions%2F")
    assert "写了很久的说明" not in asked.text
    assert "填写的内容已为您保留" in asked.text
    client.force_login(cast.wang_fang)
    page = client.get(at(draft, "questions")).text
    assert 'value="锦江读书会"' in page
    assert "写了很久的说明" in page
    assert client.post(at(draft, "questions"), typed).status_code == 303
    assert "写了很久的说明" not in client.get(at(draft, "applicant")).text


def test_without_an_account_the_code_leads_back_to_the_very_page_that_was_typed(client, item):
    draft = started(client, item)
    client.post(at(draft, "applicant"), PARTY)
    client.cookies.clear()
    assert client.post(at(draft, "questions"), {"name": "锦江读书会"}).url == "/resume/"
    back = client.post("/resume/", {"code": draft.resume_code})
    assert back.url == at(draft, "questions")
    assert 'value="锦江读书会"' in client.get(back.url).text


def test_somebody_else_who_signs_in_there_reads_nothing_of_it(client, cast, item):
    client.force_login(cast.wang_fang)
    draft = started(client, item)
    client.logout()
    client.post(at(draft, "questions"), {"name": "锦江读书会"})
    client.force_login(cast.zhou_wai)
    assert client.get(at(draft, "questions")).status_code == 403


def test_a_new_form_is_told_and_the_answers_go_along_where_they_are_asked(client, item):
    draft = started(client, item)
    client.post(at(draft, "applicant"), PARTY)
    paper = SimpleUploadedFile("章程.pdf", b"%PDF-1.4 charter\n%%EOF")
    client.post(at(draft, "papers"), {"charter": paper})
    new = a_new_form(item)
    typing = {"name": "锦江读书会", "note": "旧表的说明"}
    page = client.post(at(draft, "questions"), typing).text
    for sentence in ("新增：住所", "不再填写：说明", "不再填写：章程草案"):
        assert sentence in page
    client.post(at(draft, "questions"), {"carry_over": "1"})
    draft.refresh_from_db()
    assert draft.item_version == new
    assert not draft.uploads.filter(replaced=False).exists()
    page = client.get(at(draft, "review")).text
    assert "开始填写以后，办事指南有变化" in page
    assert f'{at(draft, "questions")}#id_seat">住所：' in page
    assert "锦江读书会" in page
    assert "旧表的说明" not in page
    refused = client.post(at(draft, "review"))
    assert (refused.status_code, Case.objects.count()) == (422, 0)
    client.post(at(draft, "questions"), {"name": "锦江读书会", "seat": "锦江区"})
    page = client.get(at(draft, "review")).text
    assert "处需要更正" not in page
    client.post(at(draft, "review"))
    assert Case.objects.get().item_version == new


def test_in_english_the_review_says_it_in_english(client, item):
    draft = started(client, item)
    a_new_form(item)
    client.post(at(draft, "questions"), {"carry_over": "1"})
    page = client.get("/en" + at(draft, "review")).text
    assert "The guide changed since you began" in page
    assert "New: Seat" in page
