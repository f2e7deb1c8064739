"""格式文本免费: the blank form comes without sign-in; its QR tells an outdated paper. A11, B5."""

import io
from datetime import date

import docx
import pytest
from django.urls import reverse
from django.utils import translation

from openhall.catalogue.asking import form_of
from openhall.catalogue.models import Form, ItemVersion, Material
from openhall.forms.rules import digest_of
from tests.factories.catalogue import BROUGHT
from tests.factories.forms import allowance_form
from tests.rules.forms import ALLOWANCE

CODE = "MZ-XK-0001"


@pytest.fixture(autouse=True)
def chinese():
    """Each test begins in Chinese, whatever page the one before asked for."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def form(cast):
    Material.objects.create(version=cast.version, key="form", name="申请表", kind="form")
    return allowance_form(cast.version)


def held(client, digest):
    return client.get(reverse("portal:form_held", args=[CODE, digest]))


def test_the_form_downloads_free_and_without_sign_in(client, form):
    guide = client.get(reverse("portal:guide", args=[CODE])).text
    for name in ("form_pdf", "form_docx", "form_sample"):
        assert reverse(f"portal:{name}", args=[CODE]) in guide
    pdf = client.get(reverse("portal:form_pdf", args=[CODE]))
    assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-")
    assert "public" in pdf.headers["Cache-Control"]
    assert not pdf.cookies
    assert client.get(reverse("portal:form_sample", args=[CODE])).content != pdf.content


def test_a_form_held_already_is_not_sent_again(client, form):
    first = client.get(reverse("portal:form_pdf", args=[CODE]))
    again = client.get(
        reverse("portal:form_pdf", args=[CODE]), headers={"if-none-match": first.headers["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    form.fields = ALLOWANCE[:3]
    form.save()
    other = client.get(
        reverse("portal:form_pdf", args=[CODE]), headers={"if-none-match": first.headers["ETag"]}
    )
    assert other.status_code == 200


def test_the_document_to_edit_holds_every_question_in_the_language_of_the_page(client, form):
    for prefix, label in (("", "label"), ("/en", "label_en")):
        made = client.get(f"{prefix}/services/{CODE}/form.docx")
        document = docx.Document(io.BytesIO(made.content))
        told = [one.text for one in document.paragraphs]
        told += [cell.text for t in document.tables for row in t.rows for cell in row.cells]
        words = "\n".join(told)
        for field in ALLOWANCE:
            assert field[label] in words
        assert digest_of(form_of(form.version)) in document.sections[0].footer.paragraphs[0].text


def test_an_item_without_form_or_out_of_force_has_none(client, cast):
    assert client.get(reverse("portal:form_pdf", args=[CODE])).status_code == 404
    assert client.get(reverse("portal:form_pdf", args=["no-such"])).status_code == 404


def test_the_qr_of_the_current_form_says_it_is_in_force(client, form):
    page = held(client, digest_of(form_of(form.version)))
    assert (page.status_code, "这是现行表格" in page.text) == (200, True)


def test_the_qr_of_an_outdated_form_says_what_changed_and_gives_the_new_one(client, cast, form):
    digest = digest_of(form_of(form.version))
    ItemVersion.objects.filter(pk=cast.version.pk).update(
        state="superseded", effective_until=date(2026, 10, 31)
    )
    new = ItemVersion.objects.create(
        item=cast.item,
        number=2,
        state="published",
        published_at=BROUGHT,
        name="x",
        effective_from=date(2026, 11, 1),
    )
    extra = {"key": "visits", "kind": "number", "label": "每周探访次数"}
    Form.objects.create(version=new, title="申请表", fields=[*ALLOWANCE[1:], extra])
    page = held(client, digest)
    assert "您手中的表格已经过期" in page.text
    assert "新增：每周探访次数" in page.text
    assert "不再填写：申请事由" in page.text
    assert reverse("portal:form_pdf", args=[CODE]) in page.text
    english = client.get("/en" + reverse("portal:form_held", args=[CODE, digest]))
    assert "You hold an outdated form" in english.text


@pytest.mark.parametrize(("state", "word"), [("2", "暂停"), ("3", "取消")])
def test_the_qr_of_a_suspended_or_cancelled_item_says_so(client, cast, form, state, word):
    cast.item.state = state
    cast.item.save()
    page = held(client, digest_of(form_of(form.version)))
    assert (page.status_code, word in page.text) == (200, True)
    assert "今天不能申请" in page.text


def test_a_form_we_did_not_publish_is_told_apart(client, form):
    page = held(client, "0" * 16)
    assert (page.status_code, "不是我们公布的表格" in page.text) == (404, True)
