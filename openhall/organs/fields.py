"""Fields for what people are called and numbered by; every form at every door uses these."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openhall.design.forms import PhoneInput
from openhall.glossary import Said
from openhall.organs.rules.identity import (
    PERSONAL,
    document_number,
    fault_of_person,
    fault_of_phone,
    personal,
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
        return super().to_python(typed if visible(typed) else "") or ""

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and visible(value) < self.least:
            said = _("At least %(least)s signs that can be read.") % {"least": self.least}
            raise forms.ValidationError(said)


def _documents() -> list[tuple[str, str]]:
    return [(kind.value, kind.said_in(get_language())) for kind in PERSONAL]


class KindOfDocument(forms.ChoiceField):
    """Which document of a person; where a form does not ask, the number's form says it."""

    asked_for = True  # never called optional: the first of the list stands

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"choices": _documents, "required": False}
        super().__init__(*args, **kwargs)


class NumberOfDocument(forms.CharField):
    """The number of a document in any dress; its form judges it beside its kind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"max_length": DRESSED})

    def to_python(self, value: Any) -> str:
        return document_number(value) if value not in self.empty_values else ""

    def prepare_value(self, value: Any) -> str:
        """Shown as it will be kept, not as it was typed."""
        return self.to_python(value)


def judge_person(form: forms.Form, said: dict[str, Any], kind: str, number: str) -> None:
    """Hold the field ``number`` against the document chosen in the field ``kind``."""
    typed = said.get(number)
    if not typed:
        return
    document = personal(said.get(kind), typed)
    said[kind] = document.value
    if fault := fault_of_person(typed, timezone.localdate(), document):
        form.add_error(number, fault.said_in(get_language()))


class PhoneField(forms.CharField):
    """A telephone number in any dress, with the number keys on a phone."""

    widget = PhoneInput

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"max_length": DRESSED})

    def to_python(self, value: Any) -> str:
        if value in self.empty_values or not str(value).strip():
            return ""
        return phone_of(value) or str(value).strip()

    def prepare_value(self, value: Any) -> str:
        """Shown as it will be kept; what is no number, as it was typed."""
        return self.to_python(value)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value:
            _refuse(fault_of_phone(value))
