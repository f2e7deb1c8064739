"""A form as public offices have them, asked on a page without script: sections, rows, addresses."""

import json

import pytest
from django.urls import reverse

from openhall.applying.models import Draft
from openhall.catalogue.models import Form
from tests.doors.portal.test_form_questions import scan
from tests.rules.forms import SURVEY

PROOF = {"key": "proof", "kind": "file", "label": "凭证", "label_en": "Proof"}
FIELDS = [
    one | ({"columns": [*one["columns"], PROOF]} if one["key"] == "works" else {}) for one in SURVEY
]
TYPED = {
    "who": "person",
    "home-province": "四川省",
    "home-city": "成都市",
    "home-district": "锦江区",
    "home-detail": "一街1号",
    "birth_month": "1990-05",
    "visit": "2099-12-01T09:30",
    "order-1": "b",
    "order-2": "a",
    "order-3": "c",
    "scale-0": "good",
    "works-rows": "2",
    "works-0-kind": "new",
    "works-0-width": "2",
    "works-0-length": "3",
    "works-0-parts-rows": "1",
    "works-0-parts-0-name": "东墙",
    "works-1-kind": "",
}


@pytest.fixture
def draft(client, cast):
    Form.objects.create(version=cast.version, title="调查", title_en="Survey", fields=FIELDS)
    client.post(reverse("portal:start", args=[cast.item.code]))
    return Draft.objects.get()


def page_of(draft) -> str:
    return reverse("portal:draft", args=[draft.pk, "questions"])


def kept(draft):
    draft.refresh_from_db()
    return json.loads(draft.content)["answers"]


def test_pages_sections_and_words_stand_between_the_questions(client, draft):
    page = client.get(page_of(draft)).text
    assert '<h2 class="form-page"' in page
    assert '<h3 class="form-section"' in page
    assert "凭本表申请。" in page
    assert 'name="source"' not in page or 'type="hidden"' in page
    assert "data-reckoned=" in page
    assert page.count("<fieldset") == page.count("</fieldset>")


def test_answers_of_parts_and_of_rows_in_rows_are_kept_as_typed(client, draft):
    assert client.post(page_of(draft), TYPED).status_code == 303
    said = kept(draft)
    assert said["home"] == {
        "province": "四川省",
        "city": "成都市",
        "district": "锦江区",
        "detail": "一街1号",
    }
    assert said["order"] == ["b", "a", "c"]
    assert said["scale"] == {"speed": "good"}
    assert said["works"][0]["parts"] == [{"name": "东墙"}]
    again = client.get(page_of(draft)).text
    assert 'value="东墙"' in again
    assert '<option value="四川省" selected>' in again


def test_a_row_within_a_row_is_added_without_judging(client, draft):
    page = client.post(page_of(draft), TYPED | {"works-0-parts-add": "1", "birth_month": "?"})
    assert page.status_code == 200
    assert 'name="works-0-parts-1-name"' in page.text


def test_a_file_belongs_to_its_row_and_stays_when_the_page_is_sent_again(client, draft):
    client.post(page_of(draft), TYPED | {"works-0-proof": scan()})
    upload = draft.uploads.get()
    assert (upload.material, kept(draft)["works"][0]["proof"]) == ("works", [upload.pk])
    client.post(page_of(draft), TYPED | {"works-0-proof-kept": str(upload.pk)})
    assert kept(draft)["works"][0]["proof"] == [upload.pk]
    client.post(page_of(draft), TYPED)
    assert not kept(draft)["works"][0].get("proof")


def test_what_depends_is_demanded_with_a_sentence_beside_it(client, draft):
    page = client.post(page_of(draft), TYPED | {"works-0-kind": "old", "who": "company"})
    assert page.status_code == 422
    assert "第1行“原因”：请填写“原因”。" in page.text
    assert 'id="id_more_error"' in page.text
    assert 'id="id_home_error"' not in page.text
