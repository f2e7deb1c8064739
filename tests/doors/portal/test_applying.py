"""A resident applies at the portal: each step kept, each mistake beside its field, sent once."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from openhall.applying.models import Draft
from openhall.cases.models import Case
from openhall.catalogue.models import Form, Material

PARTY = {
    "kind": "person",
    "name": "王芳",
    "number": "11010519491231002X",
    "phone": "13800000000",
}


@pytest.fixture
def item(cast):
    Material.objects.create(version=cast.version, key="charter", name="章程草案")
    Form.objects.create(
        version=cast.version,
        title="申请书",
        fields=[{"key": "name", "kind": "text", "label": "社团名称", "required": True}],
    )
    return cast.item


def photograph(name: str = "章程.png") -> SimpleUploadedFile:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    return SimpleUploadedFile(name, picture.getvalue())


def started(client: Client, item) -> Draft:
    client.post(reverse("portal:start", args=[item.code]))
    return Draft.objects.get()


def at(draft: Draft, step: str) -> str:
    return reverse("portal:draft", args=[draft.pk, step])


def test_an_application_goes_from_guide_to_receipt(client, item):
    assert client.get(reverse("portal:guide", args=[item.code])).status_code == 200
    draft = started(client, item)
    assert client.post(at(draft, "applicant"), PARTY).url == at(draft, "questions")
    assert client.post(at(draft, "questions"), {"name": "锦江读书会"}).url == at(draft, "papers")
    assert client.post(at(draft, "papers"), {"charter": photograph()}).url == at(draft, "review")
    assert "锦江读书会" in client.get(at(draft, "review")).text
    sent = client.post(at(draft, "review"))
    case = Case.objects.get()
    assert sent.url == reverse("portal:sent", args=[case.number])
    assert case.uploads.get().material == "charter"
    page = client.get(sent.url).text
    assert case.number in page
    again = client.post(at(draft, "review"))
    assert again.url == reverse("portal:case", args=[case.number])
    assert Case.objects.count() == 1


def test_a_wrong_check_digit_gets_its_sentence_and_nothing_typed_is_lost(client, item):
    draft = started(client, item)
    page = client.post(at(draft, "applicant"), PARTY | {"number": "110105194912310021"})
    assert "校验位不符" in page.text
    assert "王芳" in client.get(at(draft, "applicant")).text


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, False),
        ({"phone": "028-86660000"}, True),
        ({"phone": "+852 9123 4567"}, True),
        ({"phone": "", "no_phone": "on", "address": "锦江区1号"}, True),
        ({"phone": "+86 138-0000-0000"}, False),
    ],
)
def test_a_number_that_no_text_message_reaches_is_told_before_sending(client, item, more, told):
    draft = started(client, item)
    client.post(at(draft, "applicant"), PARTY | more)
    assert ("这个号码收不到短信" in client.get(at(draft, "review")).text) == told


def test_without_a_required_material_it_cannot_be_sent(client, item):
    draft = started(client, item)
    client.post(at(draft, "applicant"), PARTY)
    client.post(at(draft, "questions"), {"name": "锦江读书会"})
    page = client.post(at(draft, "review"))
    assert page.status_code == 422
    assert "还缺少必要材料“章程草案”" in page.text
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "章程.pdf",
            b"MZ\x90\x00 a program",
            "不是PDF、JPG、PNG、HEIC、WebP、AVIF、TIFF、BMP、OFD、DOCX文件",
        ),
        ("章程.pdf", b"\x89PNG\r\n\x1a\n0000", "打不开"),
        ("章程.png", b"", "空文件"),
    ],
)
def test_a_disguised_or_empty_upload_is_refused(client, item, name, content, sentence):
    draft = started(client, item)
    page = client.post(at(draft, "papers"), {"charter": SimpleUploadedFile(name, content)})
    if content:
        assert sentence in page.text
    assert not draft.uploads.exists()


def test_a_file_too_big_is_refused(client, item, settings):
    settings.UPLOAD_MAX_BYTES = 50
    draft = started(client, item)
    assert "超过上限" in client.post(at(draft, "papers"), {"charter": photograph()}).text


def test_a_draft_is_resumed_on_another_device_by_its_code_only(client, item):
    draft = started(client, item)
    client.post(at(draft, "applicant"), PARTY)
    other = Client()
    assert other.get(at(draft, "applicant")).status_code == 403
    wrong = draft.resume_code[:-1] + ("2" if draft.resume_code[-1] != "2" else "3")
    assert "校验位不符" in other.post(reverse("portal:resume"), {"code": wrong}).text
    other.post(reverse("portal:resume"), {"code": draft.resume_code.lower()})
    assert "王芳" in other.get(at(draft, "applicant")).text


def test_a_case_opens_by_its_code_and_to_nobody_else(client, item, cast, doing):
    from openhall.cases import actions
    from openhall.cases.terms import ApplicantKind, Channel
    from openhall.organs.terms import IdentityKind

    party = actions.Party(
        ApplicantKind.PERSON, "王芳", IdentityKind.RESIDENT_ID, "11010519491231002X"
    )
    answers = {"name": "锦江读书会"}
    case = actions.submit(
        item.code, party, answers, Channel.ONLINE, doing(None, "2024-03-04 09:00")
    )
    address = reverse("portal:case", args=[case.number])
    assert client.get(address).status_code == 403
    forged = "222222222222"
    assert client.post(reverse("portal:track"), {"code": forged}).status_code == 200
    assert client.get(address).status_code == 403
    assert client.post(reverse("portal:track"), {"code": case.query_code}).url == address
    assert client.get(address).status_code == 200


def test_an_unknown_or_expired_item_has_no_guide(client, item, cast):
    assert client.get(reverse("portal:guide", args=["no-such"])).status_code == 404
    cast.item.state = "3"
    cast.item.save()
    assert client.post(reverse("portal:start", args=[item.code])).status_code == 404


@pytest.mark.parametrize("address", ["/", "/en/", "/services/", "/track/", "/resume/"])
def test_public_pages_answer(client, item, address):
    assert client.get(address).status_code == 200


def states(page) -> list[str]:
    return [state for _name, state, _note in page.context["steps"]]


def test_the_tracker_calls_done_only_what_is_done(client, item):
    draft = started(client, item)
    assert states(client.get(at(draft, "applicant"))) == ["current", "ahead", "ahead", "ahead"]
    client.post(at(draft, "applicant"), PARTY)
    client.post(at(draft, "questions"), {"name": "锦江读书会"})
    client.post(at(draft, "papers"), {"without": "1"})
    page = client.get(at(draft, "review"))
    assert states(page) == ["done", "done", "open", "current"]
    assert "还有1处" in page.text
    client.post(at(draft, "papers"), {"charter": photograph()})
    assert states(client.get(at(draft, "review"))) == ["done", "done", "done", "current"]


def test_a_required_paper_is_told_at_its_own_step(client, item):
    draft = started(client, item)
    page = client.post(at(draft, "papers"), {})
    assert (page.status_code, page.context["title_begins"]) == (422, "有误")
    assert 'href="#m-charter"' in page.text


def test_everything_that_is_wrong_is_told_at_once_and_takes_the_focus(client, item):
    draft = started(client, item)
    page = client.post(at(draft, "review"))
    assert page.status_code == 422
    assert "<title>有误 · " in page.text
    assert {one.step for one in page.context["wrongs"]} == {"applicant", "questions", "papers"}
    summary = page.text[page.text.index('class="error-summary"') :]
    assert "autofocus" in summary[:200]
    for place in ("applicant/#id_name", "questions/#id_name", "papers/#m-charter"):
        assert f"/drafts/{draft.pk}/{place}" in summary


@pytest.mark.parametrize("step", ["applicant", "questions", "papers", "review"])
def test_inside_the_steps_nothing_leads_away(client, item, step):
    page = client.get(at(started(client, item), step)).text
    assert 'class="mainnav"' not in page
    enter, leave = re.findall(r'<button[^>]*form="step"[^>]*>', page)
    assert 'name="later"' not in enter, "the Enter key presses the first button of a form"
    assert 'name="later"' in leave
