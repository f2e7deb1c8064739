"""Fields for what people are called and numbered by; every form at every door uses these."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openhall.design.forms import PhoneInput
from openhall.glossary import Said
from openhall.organs.rules.identity import (
    document_number,
    fault_of_person,
    fault_of_phone,
    phone_of,
)
from openhall.paging.typed import fault_of_text, text_of, visible

DRESSED = 80  # signs of a number however it is dressed


def _refuse(fault: Said | None) -> None:
    if fault is not None:
        raise forms.ValidationError(fault.said_in(get_language()))


class TextField(forms.CharField):
    """Words as they were typed: a line end counts once; a sign that cannot be kept is named.

    ``least`` counts only what a reader sees.
    """

    def __init__(self, *args: Any, least: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.least = least

    def to_python(self, value: Any) -> str:
        typed = text_of(value) if value not in self.empty_values else ""
        _refuse(fault_of_text(typed))
        return super().to_python(typed) or ""

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and visible(value) < self.least:
            said = _("At least %(least)s signs that can be read.") % {"least": self.least}
            raise forms.ValidationError(said)


class NumberOfDocument(forms.CharField):
    """The number of a document in any dress; ``person`` judges it as a person's document."""

    def __init__(self, *args: Any, person: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"max_length": DRESSED})
        self.person = person

    def to_python(self, value: Any) -> str:
        return document_number(value) if value not in self.empty_values else ""

    def validate(self, value: str) -> None:
        super().validate(value)
        if self.person and value:
            _refuse(fault_of_person(value, timezone.localdate()))


class PhoneField(forms.CharField):
    """A telephone number in any dress, with the number keys on a phone."""

    widget = PhoneInput

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"max_length": DRESSED})

    def to_python(self, value: Any) -> str:
        if value in self.empty_values or not str(value).strip():
            return ""
        return phone_of(value) or str(value).strip()

    def validate(self, value: str) -> None:
        super().validate(value)
        if value:
            _refuse(fault_of_phone(value))
