"""One question of an item's form as a control: label, hint, why we ask, and the widget of its kind.

The rule of ``forms.rules`` judges the answer; here it is only asked for, at the portal
and at the window alike, with the keyboard and the memory of the browser that fit its kind.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.design.forms import CodeInput, DateInput, PhoneInput
from openhall.design.widgets import Column, KeptFiles, Reckoned, RegionInput, RowsInput
from openhall.forms.rules import Field, FormDefinition, read_form
from openhall.forms.rules.definition import MOST_ROWS, said_in
from openhall.forms.rules.values import LONGEST, ON_PAPER
from openhall.forms.terms import FieldKind
from openhall.organs.rules.divisions import NAMES
from openhall.paging.whole import whole_or

FEW: Final = 8  # options shown at once; more are a list to open
DECIMAL: Final = {"inputmode": "decimal", "class": "short", "autocomplete": "off"}
WIDGETS: Final[dict[FieldKind, Callable[[], forms.Widget]]] = {
    FieldKind.TEXT: forms.TextInput,
    FieldKind.LONG_TEXT: lambda: forms.Textarea(attrs={"rows": 4}),
    FieldKind.NUMBER: lambda: forms.TextInput(attrs=dict(DECIMAL)),
    FieldKind.MONEY: lambda: forms.TextInput(attrs=dict(DECIMAL)),
    FieldKind.DATE: DateInput,
    FieldKind.ORGANISATION: lambda: forms.TextInput(
        attrs={"autocomplete": "organization", "maxlength": 200}
    ),
    FieldKind.ID_NUMBER: lambda: CodeInput({"maxlength": 24}),
    FieldKind.CREDIT_CODE: lambda: CodeInput({"maxlength": 24}),
    FieldKind.PHONE: PhoneInput,
    FieldKind.ADDRESS: lambda: forms.TextInput(
        attrs={"autocomplete": "street-address", "maxlength": 300}
    ),
    FieldKind.STATEMENT: forms.CheckboxInput,
    FieldKind.COMPUTED: Reckoned,
}
BY_PATTERN: Final[dict[str, dict[str, Any]]] = {
    "email": {"inputmode": "email", "autocomplete": "email"},
    "postcode": {"inputmode": "numeric", "autocomplete": "postal-code", "class": "short"},
    "year": {"inputmode": "numeric", "class": "short"},
    "bank_card": {"inputmode": "numeric", "autocomplete": "off"},
    "chinese_name": {"autocomplete": "name"},
}


class Asked(forms.Field):
    """One question whose answer the rule judges, not Django: what was typed is passed on as is."""

    def clean(self, value: Any) -> Any:
        return value


def field_of(
    question: Field | dict[str, Any],
    *,
    before: FormDefinition | None = None,
    kept: Sequence[tuple[int, str]] = (),
    on_paper: bool = False,
) -> forms.Field:
    """One Django field for one question of an item's form.

    ``before`` are the questions of the form, to say when this one is to be answered; ``kept`` are
    the files of a file question; ``on_paper`` asks at the window whether the paper was brought.
    """
    if isinstance(question, dict):
        question = read_form([question]).fields[0]
    language = get_language()
    return Asked(
        label=_label(question, language),
        help_text=_hint(question, before, language),
        required=question.required or question.kind == FieldKind.COMPUTED,  # never "optional"
        widget=_widget(question, language, kept, on_paper),
    )


def _label(question: Field, language: str | None) -> str:
    english = (language or "").startswith("en")
    unit = question.unit_en if english and question.unit_en else question.unit
    if question.kind == FieldKind.MONEY and not unit:
        unit = "yuan" if english else "元"
    if not unit:
        return question.called(language)
    return question.called(language) + (f" ({unit})" if english else f"（{unit}）")


def _hint(question: Field, before: FormDefinition | None, language: str | None) -> str:
    lines = [
        said_in(language, getattr(question, name), getattr(question, f"{name}_en"))
        for name in ("statement", "help")
    ]
    if note := when_asked(question, before, language):
        lines.append(note)
    told = format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines if line))
    if why := said_in(language, question.why, question.why_en):
        told = format_html(
            '{}<details class="why"><summary>{}</summary>{}</details>',
            told,
            _("Why we ask"),
            why,
        )
    return told


def when_asked(question: Field, before: FormDefinition | None, language: str | None) -> str:
    """In words, after which answer the question is to be answered; empty when always."""
    condition = question.show_if
    asked = before.field(condition.field) if condition and before else None
    if condition is None or asked is None:
        return ""
    english = (language or "").startswith("en")
    words = (" / " if english else "或者").join(
        str(_("confirmed"))
        if asked.kind == FieldKind.STATEMENT
        else asked.words_of(value, language)
        for value in condition.values
    )
    sentences = {
        "is": _("Only if “%(question)s” is: %(words)s."),
        "is_not": _("Only if “%(question)s” is not: %(words)s."),
        "at_least": _("Only if “%(question)s” is at least %(words)s."),
        "at_most": _("Only if “%(question)s” is at most %(words)s."),
    }
    return str(sentences[condition.test] % {"question": asked.called(language), "words": words})


def _widget(
    question: Field, language: str | None, kept: Sequence[tuple[int, str]], on_paper: bool
) -> forms.Widget:
    kind = question.kind
    if kind == FieldKind.TABLE:
        columns = [
            Column(one.key, _label(one, language), _cell(one, language), one.required)
            for one in question.columns
        ]
        least = whole_or(1, question.minimum)
        most = whole_or(MOST_ROWS, question.maximum)
        return RowsInput(columns, least, min(most, MOST_ROWS))
    if kind == FieldKind.REGION:
        return RegionInput([(code, name.said_in(language)) for code, name in NAMES.items()])
    if kind == FieldKind.FILE:
        accept = ",".join(f".{one}" for one in question.accept) or ".pdf,.jpg,.jpeg,.png"
        return PaperBrought() if on_paper else KeptFiles(kept, {"accept": accept})
    if kind in (FieldKind.CHOICE, FieldKind.CHOICES):
        options = _options(question, language)
        if kind == FieldKind.CHOICES:
            return forms.CheckboxSelectMultiple(choices=options)
        if len(options) <= FEW:
            return forms.RadioSelect(choices=options)
        return forms.Select(choices=[("", _("Choose")), *options])
    made = WIDGETS[kind]()
    if kind in (FieldKind.TEXT, FieldKind.LONG_TEXT):
        most = whole_or(LONGEST[kind], question.maximum)
        made.attrs["maxlength"] = min(most, LONGEST[kind])
    made.attrs |= BY_PATTERN.get(question.pattern, {})
    return made


def _cell(column: Field, language: str | None) -> forms.Widget:
    """A choice in a cell is a list to open; everything else as outside a table."""
    if column.kind == FieldKind.CHOICE:
        return forms.Select(choices=[("", _("Choose")), *_options(column, language)])
    return _widget(column, language, (), False)


def _options(question: Field, language: str | None) -> list[tuple[str, str]]:
    return [(one.value, question.words_of(one.value, language)) for one in question.options]


class PaperBrought(forms.CheckboxInput):
    """At the window a file is a paper that was brought."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return [ON_PAPER] if super().value_from_datadict(data, files, name) else []

    def format_value(self, value: Any) -> None:
        return None
