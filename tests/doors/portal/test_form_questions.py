"""Each kind of question has its label, hint and error tied together, and works without script."""

import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from openhall.applying.models import Draft
from openhall.cases.models import Case
from tests.factories.forms import allowance_form
from tests.rules.forms import ALLOWANCE

TYPED = {
    "subject": "申领高龄津贴",
    "born": "1940-05-26",
    "home": "510104",
    "home-street": "春熙路街道",
    "delivery": "in_person",
    "family-rows": "1",
    "family-0-name": "王芳",
    "family-0-income": "3000",
    "true": "on",
}
WRONG = {
    "born": "昨天",
    "home": "",
    "person": "110105194912310021",
    "body": "9151",
    "phone": "12",
    "rent": "二十",
    "persons": "1.5",
    "family-0-income": "很多",
}


@pytest.fixture
def draft(client, cast):
    allowance_form(cast.version)
    client.post(reverse("portal:start", args=[cast.item.code]))
    return Draft.objects.get()


def page_of(draft) -> str:
    return reverse("portal:draft", args=[draft.pk, "questions"])


def kept(draft):
    draft.refresh_from_db()
    return json.loads(draft.content)["answers"]


def scan() -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8)).save(drawn, "PNG")
    return SimpleUploadedFile("证明.png", drawn.getvalue())


def test_every_kind_of_question_has_a_label_and_a_hint_tied_to_its_control(client, draft):
    page = client.get(page_of(draft)).text
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    assert set(re.findall(r'<label for="([^"]+)"', page)) <= ids
    described = re.findall(r'aria-describedby="([^"]+)"', page)
    assert {one for text in described for one in text.split()} <= ids
    for field in ALLOWANCE:
        assert field["label"] in page
        assert {f"id_{field['key']}", f"id_{field['key']}_0"} & ids, field["kind"]


@pytest.mark.parametrize("key", WRONG)
def test_a_wrong_answer_gets_its_sentence_beside_it_and_stays_as_typed(client, draft, key):
    field = "home" if key == "home" else key.split("-")[0]
    page = client.post(page_of(draft), TYPED | {key: WRONG[key]})
    assert page.status_code == 422
    assert f'id="id_{field}_error"' in page.text
    assert f'href="#id_{field}' in page.text  # from the summary to the control
    assert WRONG[key] in client.get(page_of(draft)).text


def test_a_conditional_question_says_when_it_is_asked_and_is_hidden_by_script_only(client, draft):
    page = client.get(page_of(draft)).text
    assert "仅当“领取方式”为“邮寄送达”时填写。" in page
    assert 'data-asked="[&quot;is&quot;, &quot;delivery&quot;, [&quot;post&quot;]]"' in page
    assert client.post(page_of(draft), TYPED).status_code == 303
    assert client.post(page_of(draft), TYPED | {"delivery": "post"}).status_code == 422


def test_rows_are_added_and_removed_without_script_and_nothing_typed_is_lost(client, draft):
    added = client.post(page_of(draft), TYPED | {"family-add": "1", "subject": ""})
    assert added.status_code == 200
    assert 'name="family-1-name"' in added.text
    assert 'id="id_subject_error"' not in added.text  # only reshaped, not judged
    assert kept(draft)["family"] == [{"name": "王芳", "income": "3000"}, {}]
    two = {"family-rows": "2", "family-1-name": "王明", "family-remove": "0"}
    removed = client.post(page_of(draft), TYPED | two)
    assert 'value="王明"' in removed.text
    assert 'name="family-1-name"' not in removed.text


def test_a_file_question_is_an_upload_that_can_be_taken_back(client, draft):
    client.post(page_of(draft), TYPED | {"papers": scan()})
    upload = draft.uploads.get()
    assert (upload.material, kept(draft)["papers"]) == ("papers", [upload.pk])
    back = client.post(page_of(draft), TYPED | {"take-back": str(upload.pk)})
    assert back.status_code == 200
    assert kept(draft)["papers"] == []
    disguised = SimpleUploadedFile("证明.pdf", b"MZ\x90\x00 a program")
    page = client.post(page_of(draft), TYPED | {"papers": disguised})
    assert 'id="id_papers_error"' in page.text


def test_the_review_says_the_answers_in_words_and_the_case_keeps_them(client, draft):
    client.post(
        reverse("portal:draft", args=[draft.pk, "applicant"]),
        {"kind": "person", "name": "王芳", "number": "11010519491231002X", "phone": "13800000000"},
    )
    client.post(page_of(draft), TYPED | {"papers": scan()})
    review = reverse("portal:draft", args=[draft.pk, "review"])
    page = client.get(review).text
    for words in (
        "锦江区 春熙路街道",
        "窗口领取",
        "1940年5月26日",
        "86岁",
        "¥3,000.00",
        "证明.png",
    ):
        assert words in page
    assert client.post(review).status_code == 303
    case = Case.objects.get()
    said = json.loads(case.answers)
    assert (said["age"], said["papers"]) == ("86", [case.uploads.get().pk])


def test_later_keeps_even_a_wrong_answer(client, draft):
    client.post(page_of(draft), {"born": "昨天", "later": "1"})
    assert kept(draft)["born"] == "昨天"
