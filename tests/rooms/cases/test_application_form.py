"""The form is made of the answers, and sending seals it: 行政许可法 29, 33; 电子签名法 13."""

import io
import json

import pikepdf
import pytest
from pypdf import PdfReader

from openhall.cases.application import applied_with, pdf_of
from openhall.cases.models import Case
from openhall.catalogue.models import Form
from openhall.papers.models import Paper
from tests.factories.cases import WANG_BY_PHONE, Walk
from tests.factories.forms import allowance_form, answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast, doing) -> Case:
    allowance_form(cast.version)
    return Walk(cast, doing, WANG_BY_PHONE).submitted(answers(delivery="post", address="春熙路1号"))


def edited(case: Case, **columns) -> Case:
    """The case as somebody with the database in hand would leave it."""
    Case.objects.filter(pk=case.pk).update(**columns)
    return Case.objects.get(pk=case.pk)


def test_it_holds_name_number_telephone_and_every_answer(case):
    applied = applied_with(case)
    told = dict(applied.applicant)
    assert told["姓名或者名称"] == "王芳"
    assert told["居民身份证"] == "11010519491231002X"
    assert told["联系电话"] == "13800000000"
    form = case.item_version.form.fields
    asked = [one["label"] for one in form if one["key"] in json.loads(case.answers)]
    rows = [row for one in applied.answers for row in one.rows]
    assert set(asked) <= {label for label, _words in rows}
    assert "春熙路1号" in [words for _label, words in rows]
    assert applied.intact


def test_its_answers_stand_under_the_headings_of_the_form(case):
    fields = case.item_version.form.fields
    fields.insert(0, {"key": "home-part", "kind": "section", "label": "居住情况"})
    Form.objects.filter(version=case.item_version).update(fields=fields)
    applied = applied_with(Case.objects.get(pk=case.pk))
    assert [(one.heading, one.level) for one in applied.answers] == [("居住情况", 2)]
    seen = PdfReader(io.BytesIO(pdf_of(applied))).pages[0].extract_text()
    assert "居住情况" in seen


def test_the_receipt_prints_its_mark_and_the_pdf_is_the_same_each_time(case):
    applied = applied_with(case)
    receipt = Paper.objects.get(about=case.number, kind="receipt")
    assert f"申请表（核对值{applied.mark}）" in receipt.content
    drawn = pdf_of(applied)
    assert drawn == pdf_of(applied_with(case))
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        assert case.number in str(pdf.docinfo["/Title"])


@pytest.mark.parametrize(
    "columns",
    [
        {"applicant_name": "王方"},
        {"identity_number": "510104199001010019"},
        {"phone": "13811111111"},
        {"address": "别处1号"},
        {"agent_name": "李强"},
    ],
)
def test_an_edited_applicant_no_longer_fits_the_mark_that_was_committed_to(case, columns):
    assert applied_with(edited(case, **columns)).intact is False


def test_what_was_sent_stays_what_was_sent_when_an_answer_is_corrected(case, cast, doing):
    from openhall.cases import actions

    before = applied_with(case)
    at_window = doing(cast.li_chuang, "2024-03-04 11:00", desk="window")
    actions.correct_on_spot(case.pk, {"address": "春熙路2号"}, at_window)
    after = applied_with(Case.objects.get(pk=case.pk))
    assert (after.answers, after.mark, after.intact) == (before.answers, before.mark, True)


def test_another_answer_makes_another_mark(cast, doing):
    allowance_form(cast.version)
    walk = Walk(cast, doing, WANG_BY_PHONE)
    first = walk.submitted(answers(delivery="post", address="春熙路1号"), "2024-03-04 09:00")
    other = walk.submitted(answers(delivery="post", address="春熙路2号"), "2024-03-05 09:00")
    assert applied_with(first).mark != applied_with(other).mark


def test_erasing_takes_the_form_with_it(case):
    assert applied_with(edited(case, salt="")) is None
