"""Every text box at every door reads what is typed the same way, to the letter."""

import pytest
from django import forms
from django.urls import get_resolver

from openhall.organs.fields import NumberOfDocument, PhoneField, TextField

KEPT_AS_SENT = (TextField, NumberOfDocument, PhoneField)
DOORS = tuple(
    f"openhall.{room}."
    for room in ("office", "portal", "desk", "applying", "appraisal", "supervision", "joint")
)


def forms_below(kind=forms.BaseForm):
    for one in kind.__subclasses__():
        yield one
        yield from forms_below(one)


def text_boxes():
    get_resolver().url_patterns
    for form in set(forms_below()):
        if form.__module__.startswith(DOORS):
            for name, field in form.base_fields.items():
                yield f"{form.__module__}.{form.__name__}.{name}", field


def test_no_door_has_a_text_box_of_its_own_kind():
    found = dict(text_boxes())
    assert len(found) > 100
    odd = [name for name, field in found.items() if type(field) is forms.CharField]
    assert odd == []


class RemarkForm(forms.Form):
    remark = TextField(max_length=300)


@pytest.mark.parametrize("lines", ["一行\r\n二行\r\n", "一行\r二行\r", "一行\n二行\n"])
def test_a_line_end_counts_once_in_an_officials_box(lines):
    form = RemarkForm({"remark": (lines * 50)[: 100 * 4 + 100]})
    field = TextField(max_length=300)
    assert len(field.clean(lines * 49)) <= 300
    assert form.is_valid()


def test_a_sign_that_cannot_be_kept_is_named_to_the_official():
    form = RemarkForm({"remark": "请改第\ue863条"})
    assert not form.is_valid()
    assert "U+E863" in form.errors["remark"][0]
    assert RemarkForm({"remark": "请改𠮷字、ཏ、\U000323b0"}).is_valid()
