"""The paper is drawn from the live form: blank or filled with its examples, in both languages."""

import io
from datetime import date

import docx
import pytest
from docx.shared import Mm

from openhall.demo.forms import FULL
from openhall.forms.blank import docx_of, pdf_of, sheet_of
from openhall.forms.rules import faults_of_form, read_form
from tests.rules.forms import SURVEY

TODAY = date(2026, 11, 25)


def sheet(name, language, today=None):
    form = read_form(FULL[name], name, name)
    return sheet_of(
        form, language=language, organ="市民政局", code="X-1", version=1, check="x", today=today
    )


@pytest.mark.parametrize("name", FULL)
def test_the_full_forms_of_the_demo_are_sound_and_drawn_in_both_languages(name):
    assert faults_of_form(read_form(FULL[name], name, name)) == []
    for language in ("zh-hans", "en"):
        for day in (None, TODAY):
            drawn = sheet(name, language, day)
            assert len(drawn.blanks) + len(drawn.statements) == len(FULL[name])
            assert pdf_of(drawn).startswith(b"%PDF-")


def test_a_sample_is_filled_with_examples_and_reckons_from_them():
    made = {one.label: one for one in sheet("最低生活保障金给付", "zh", TODAY).blanks}
    assert made["*月租金（元）"].answer == "¥800.00"  # asked, because the example rents
    assert made["家庭月收入合计（元）"].answer == "2,100元"
    assert "☑ 租房" in made["*住房情况"].options
    blank = {one.label: one for one in sheet("最低生活保障金给付", "zh").blanks}
    assert blank["*月租金（元）"].answer == ""
    assert blank["*共同生活的家庭成员（含本人）"].rows == [[""] * 4] * 4


def survey(language, today=None):
    form = read_form(SURVEY, "综合调查表", "Survey")
    return sheet_of(
        form, language=language, organ="市民政局", code="X-1", version=1, check="x", today=today
    )


def test_every_sheet_asks_who_applies_with_number_and_telephone():
    asked = [one.label for one in survey("zh").applicant]
    assert asked[:3] == ["*姓名或者单位名称", "*证件号码（信用代码）", "*联系电话"]
    assert [one.answer for one in survey("zh").applicant][:3] == ["", "", ""]
    assert survey("en", TODAY).applicant[1].answer == "11010519491231002X"


def test_pages_sections_notes_scales_and_addresses_are_set_on_paper():
    made = {one.label: one for one in survey("zh").blanks}
    assert (made["第一页"].size, made["个人"].size) == ("page", "section")
    assert (made["请先阅读"].size, made["请先阅读"].note) == ("note", "凭本表申请。")
    assert made["评价"].rows == [["选speed", "□", "□"], ["选manner", "□", "□"]]
    assert "省" in made["*住址"].answer
    assert made["排序"].options == ["（　） 选a", "（　） 选b", "（　） 选c"]
    assert "来源" not in made  # hidden online, so not on paper
    assert made["（1）工程"].size == "row"
    assert pdf_of(survey("en")).startswith(b"%PDF-")


def test_the_document_has_real_styles_a_black_title_and_cells_with_height():
    book = docx.Document(io.BytesIO(docx_of(survey("zh"))))
    title = book.tables[0].rows[0].cells[1].paragraphs[0]
    assert (title.style.name, title.text) == ("Title", "综合调查表")
    assert str(book.styles["Title"].font.color.rgb) == "000000"
    assert all(row.height and row.height >= Mm(6) for row in book.tables[1].rows)
    assert "扫码查看是否为现行版本" in book.tables[0].rows[0].cells[2].text
    widths = [column.width for column in book.tables[0].columns]
    assert [round(one.mm) for one in widths] == [30, 108, 30], (
        "the QR stands at the right in every programme"
    )
    assert round(book.sections[0].page_width.mm) == 210


def test_what_is_declared_and_signed_stands_in_one_box_that_no_page_cuts():
    book = docx.Document(io.BytesIO(docx_of(sheet("最低生活保障金给付", "zh"))))
    last = book.tables[-1].rows[-1]
    assert "申请人声明" in last.cells[0].text
    assert "申请人（签名或者盖章）" in last.cells[0].text
    for table in book.tables[1:]:
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)
