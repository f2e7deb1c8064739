"""One question of an item's form as a control: label, hint, why we ask, and the widget of its kind.

The rule of ``forms.rules`` judges the answer; here it is only asked for, at the portal
and at the window alike, with the keyboard and the memory of the browser that fit its kind.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.design.forms import CodeInput, DateInput, DateTimeInput, PhoneInput, TimeInput
from openhall.design.widgets import Column, KeptFiles, Reckoned, RegionInput, RowsInput
from openhall.design.widgets.composites import (
    Between,
    MatrixInput,
    OfferedBoxes,
    OfferedList,
    OfferedRadios,
    PartsInput,
    RankInput,
)
from openhall.forms.rules import Field, FormDefinition, read_form
from openhall.forms.rules.composed import CITIES, PARTS, parts_of
from openhall.forms.rules.conditions import tree
from openhall.forms.rules.definition import MOST_ROWS, both, said_in
from openhall.forms.rules.formula import tree_of
from openhall.forms.rules.values import LONGEST, ON_PAPER
from openhall.forms.rules.wording import when_asked as when_asked_of
from openhall.forms.terms import FieldKind
from openhall.organs.rules.divisions import CHENGDU, NAMES, PROVINCES
from openhall.paging.whole import whole_or

K = FieldKind
FEW: Final = 8  # options shown at once; more are a list to open
MOST_COLUMNS: Final = 5  # beside each other; more make each row a card
TALL: Final = (
    *(K.LONG_TEXT, K.CHOICES, K.RANKING, K.MATRIX, K.PLACE, K.REGION, K.TABLE, K.FILE),
    *(K.STATEMENT, K.NOTE),
)
DECIMAL: Final = {"inputmode": "decimal", "class": "short", "autocomplete": "off"}
NUMERIC: Final = {"inputmode": "numeric", "class": "short", "autocomplete": "off"}
WIDGETS: Final[dict[FieldKind, Callable[[], forms.Widget]]] = {
    K.TEXT: forms.TextInput,
    K.LONG_TEXT: lambda: forms.Textarea(attrs={"rows": 4}),
    K.NUMBER: lambda: forms.TextInput(attrs=dict(DECIMAL)),
    K.MONEY: lambda: forms.TextInput(attrs=dict(DECIMAL)),
    K.DATE: DateInput,
    K.MONTH: lambda: forms.TextInput(attrs={"type": "month", "class": "short"}),
    K.YEAR: lambda: forms.TextInput(attrs={**NUMERIC, "maxlength": 5}),
    K.TIME: TimeInput,
    K.DATETIME: DateTimeInput,
    K.ORGANISATION: lambda: forms.TextInput(
        attrs={"autocomplete": "organization", "maxlength": 200}
    ),
    K.ID_NUMBER: lambda: CodeInput({"maxlength": 24}),
    K.CREDIT_CODE: lambda: CodeInput({"maxlength": 24}),
    K.PHONE: PhoneInput,
    K.ADDRESS: lambda: forms.TextInput(attrs={"autocomplete": "street-address", "maxlength": 300}),
    K.STATEMENT: forms.CheckboxInput,
}
BY_PATTERN: Final[dict[str, dict[str, Any]]] = {
    "email": {"inputmode": "email", "autocomplete": "email"},
    "web": {"inputmode": "url", "autocomplete": "url"},
    "postcode": {"inputmode": "numeric", "autocomplete": "postal-code", "class": "short"},
    "year": {"inputmode": "numeric", "class": "short"},
    "bank_card": {"inputmode": "numeric", "autocomplete": "off"},
    "iban": {"autocomplete": "off", "autocapitalize": "characters"},
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
    known = {one.key: one for one in before or ()}
    default = question.default
    return Asked(
        label=_label(question, language),
        help_text=_hint(question, known, language),
        required=question.required or question.kind == K.COMPUTED or question.is_marker,
        widget=_widget(question, language, kept, on_paper),
        initial=default if default not in ("", None) else None,
        disabled=question.read_only,
    )


def _label(question: Field, language: str | None) -> str:
    english = (language or "").startswith("en")
    unit = question.unit_en if english and question.unit_en else question.unit
    if question.kind == K.MONEY and not unit:
        unit = "yuan" if english else "元"
    if not unit:
        return question.called(language)
    return question.called(language) + (f" ({unit})" if english else f"（{unit}）")


def _hint(question: Field, before: Mapping[str, Field], language: str | None) -> str:
    names = ("help",) if question.is_marker else ("statement", "help")
    lines = [
        said_in(language, getattr(question, name), getattr(question, f"{name}_en"))
        for name in names
    ]
    lines += [_limits(question, language), when_asked_of(question, before, language)]
    told = format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines if line))
    if why := said_in(language, question.why, question.why_en):
        told = format_html(
            '{}<details class="why"><summary>{}</summary>{}</details>',
            told,
            _("Why we ask"),
            why,
        )
    return told


def _limits(question: Field, language: str | None) -> str:
    """How many words or files, said before anybody writes them."""
    english = (language or "").startswith("en")
    if most := question.most_words:
        return f"At most {most} words." if english else f"最多{most}个词（汉字每字算一个）。"
    if question.kind == K.FILE and (most := question.maximum):
        return f"At most {most} file(s)." if english else f"最多{most}个文件。"
    return ""


def when_asked(question: Field, before: FormDefinition | None, language: str | None) -> str:
    """In words, after which answer the question is to be answered; empty when always."""
    return when_asked_of(question, {one.key: one for one in before or ()}, language)


def live(question: Field, prefix: str) -> dict[str, str]:
    """What the page's own script reads: when it is asked, and from what it is reckoned.

    ``prefix`` is how the names of the controls around it begin.
    """
    told: dict[str, str] = {}
    if condition := both(question.within, question.show_if):
        told["data-asked"] = json.dumps(tree(condition), ensure_ascii=False)
    if question.kind == K.COMPUTED:
        told["data-reckoned"] = json.dumps(tree_of(question.formula), ensure_ascii=False)
        told["data-places"] = "" if question.decimals is None else str(question.decimals)
    if told or any(one.show_if for one in question.options):
        told["data-around"] = prefix
    return told


def _widget(
    question: Field, language: str | None, kept: Sequence[tuple[int, str]], on_paper: bool
) -> forms.Widget:
    kind = question.kind
    if question.is_marker:
        words = said_in(language, question.statement, question.statement_en)
        return Between(kind.value, question.look, question.called(language), linebreaks(words))
    if kind == K.COMPUTED:
        return Reckoned(hidden=question.hidden)
    if question.hidden:
        return forms.HiddenInput()
    if kind == K.TABLE:
        return _rows(question, language, on_paper)
    if kind == K.REGION:
        return RegionInput([(code, name.said_in(language)) for code, name in NAMES.items()])
    if kind == K.PLACE:
        return PartsInput(_address(question, language))
    if kind == K.FILE:
        accept = ",".join(f".{one}" for one in question.accept) or ".pdf,.jpg,.jpeg,.png"
        return PaperBrought() if on_paper else KeptFiles(kept, {"accept": accept})
    if kind in (K.CHOICE, K.CHOICES, K.RANKING, K.MATRIX):
        return _choice(question, language)
    made = WIDGETS[kind]()
    if kind in (K.TEXT, K.LONG_TEXT):
        most = whole_or(LONGEST[kind], question.maximum)
        made.attrs["maxlength"] = min(most, LONGEST[kind])
    made.attrs |= BY_PATTERN.get(question.pattern, {})
    return made


def _choice(question: Field, language: str | None, cell: bool = False) -> forms.Widget:
    """The control of a choice; in a cell always a list to open."""
    options = _options(question, language)
    if question.kind == K.RANKING:
        return RankInput(options)
    if question.kind == K.MATRIX:
        rows = [(one.value, said_in(language, one.label, one.label_en)) for one in question.rows]
        return MatrixInput(rows, options)
    when = {
        one.value: json.dumps(tree(one.show_if), ensure_ascii=False)
        for one in question.options
        if one.show_if
    }
    if question.kind == K.CHOICES:
        return OfferedBoxes(options, when)
    if len(options) <= FEW and question.look != "list" and not cell:
        return OfferedRadios(options, when)
    return OfferedList([("", _("Choose")), *options], when)


def _rows(question: Field, language: str | None, on_paper: bool) -> RowsInput:
    seen = {one.key: one for one in question.columns}
    columns = [
        Column(
            one.key,
            _label(one, language),
            _cell(one, language, on_paper),
            one.required or one.is_marker or one.kind == K.COMPUTED,
            _hint(one, seen, language),
            live(one, ""),
        )
        for one in question.columns
    ]
    kinds = {one.kind for one in question.columns}
    cards = (
        question.look == "cards"
        or len(columns) > MOST_COLUMNS
        or bool(kinds & set(TALL))
        or any(one.show_if for one in question.columns)
    )
    least = whole_or(1, question.minimum)
    most = whole_or(MOST_ROWS, question.maximum)
    return RowsInput(columns, least, min(most, MOST_ROWS), cards=cards)


def _cell(column: Field, language: str | None, on_paper: bool) -> forms.Widget:
    """A choice in a cell is a list to open; everything else as outside a table."""
    if column.kind == K.CHOICE:
        return _choice(column, language, cell=True)
    return _widget(column, language, (), on_paper)


def _address(question: Field, language: str | None) -> list[Column]:
    """The parts of an address, each with what the browser remembers of it."""
    memory = {
        "country": "country-name",
        "province": "address-level1",
        "city": "address-level2",
        "district": "address-level3",
        "street": "address-level4",
        "detail": "street-address",
        "postcode": "postal-code",
    }
    abroad = question.look == "world"
    columns = []
    for part in parts_of(question):
        name, most = PARTS[part]
        widget: forms.Widget = forms.TextInput({"maxlength": most, "autocomplete": memory[part]})
        if part == "province" and not abroad:
            widget = forms.Select(
                {"autocomplete": memory[part]},
                [("", _("Choose")), *((one, one) for one in PROVINCES)],
            )
        offered = ["成都市", *CITIES] if part == "city" else []
        if part == "district":
            offered = [one.zh for one in CHENGDU.values()]
        optional = part in ("street", "postcode") or (abroad and part in ("province", "district"))
        columns.append(
            Column(part, name.said_in(language), widget, not optional, offered=tuple(offered))
        )
    return columns


def _options(question: Field, language: str | None) -> list[tuple[str, str]]:
    return [(one.value, said_in(language, one.label, one.label_en)) for one in question.options]


class PaperBrought(forms.CheckboxInput):
    """At the window a file is a paper that was brought."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return [ON_PAPER] if super().value_from_datadict(data, files, name) else []

    def format_value(self, value: Any) -> None:
        return None


def ask_all(form: forms.Form, definition: FormDefinition) -> None:
    """Put every question of ``definition`` into ``form``; those behind a condition unfold live."""
    for question in definition:
        field = field_of(question, before=definition)
        field.widget.attrs |= live(question, form.add_prefix(""))
        form.fields[question.key] = field


def typed_in(form: forms.Form, keys: Iterable[str]) -> dict[str, Any]:
    """What was typed into the questions ``keys``, for the rule to judge."""
    return {
        key: form.fields[key].widget.value_from_datadict(
            form.data, form.files, form.add_prefix(key)
        )
        for key in keys
    }
