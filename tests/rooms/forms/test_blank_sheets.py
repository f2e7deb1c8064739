"""The paper is drawn from the live form: blank or filled with its examples, in both languages."""

from datetime import date

import pytest

from openhall.demo.forms import FULL
from openhall.forms.blank import pdf_of, sheet_of
from openhall.forms.rules import faults_of_form, read_form

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
