"""One question of an item's form, as the catalogue clerk edits it: what its kind needs, no more."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.design.widgets import Column, RowsInput
from openhall.forms.controls import field_of
from openhall.forms.rules import Field, FormDefinition, NotAForm, as_json, read_form
from openhall.forms.rules.definition import CELLS, TESTS, WITH_OPTIONS
from openhall.forms.rules.faults import FILES
from openhall.forms.rules.values import PATTERNS
from openhall.forms.terms import FieldKind
from openhall.organs.fields import TextField

K = FieldKind
BETWEEN: Final = re.compile(r"[;；\n]+")
VALUES: Final = re.compile(r"[,，、;；\n]+")
ALWAYS: Final = ("key", "kind", "label", "label_en", "required", "help", "help_en", "why", "why_en")
LIMITED: Final = (
    K.TEXT,
    K.LONG_TEXT,
    K.ORGANISATION,
    K.ADDRESS,
    K.NUMBER,
    K.MONEY,
    K.DATE,
    K.CHOICES,
    K.TABLE,
    K.FILE,
)
NOT_EXAMPLES: Final = (K.COMPUTED, K.FILE, K.STATEMENT)


def kinds(only: Sequence[FieldKind] = tuple(FieldKind)) -> list[tuple[str, str]]:
    return [(kind.value, kind.said_in(get_language())) for kind in only]


class Rows(forms.Field):
    """Rows as they are typed; empty ones left out."""

    def clean(self, value: Any) -> list[dict[str, Any]]:
        return [row for row in value or [] if any(row.values())]


class QuestionForm(forms.Form):
    """The controls for ``question`` of ``form``; ``read`` gives it back as a ``Field``."""

    use_required_attribute = False
    key = forms.SlugField(
        label=_("Field key"),
        max_length=40,
        help_text=_("Small letters, digits and _; formulas and programs call the field by it."),
    )
    kind = forms.ChoiceField(label=_("Kind"))
    label = TextField(label=_("Label in Chinese"), max_length=120)
    label_en = TextField(label=_("Label in English"), max_length=200, required=False)
    required = forms.BooleanField(label=_("Must be answered"), required=False)
    help = TextField(label=_("Help in Chinese"), max_length=500, required=False)
    help_en = TextField(label=_("Help in English"), max_length=800, required=False)
    why = TextField(label=_("Why we ask, in Chinese"), max_length=500, required=False)
    why_en = TextField(label=_("Why we ask, in English"), max_length=800, required=False)

    def __init__(self, form: FormDefinition, question: Field, typed: Any = None) -> None:
        super().__init__(typed, initial=_initial(question))
        self.form, self.question = form, question
        self.earlier = []
        for one in form:
            if one.key == question.key:
                break
            self.earlier.append(one)
        self.fields["kind"].choices = kinds()  # type: ignore[attr-defined]
        if question.kind == K.COMPUTED:
            del self.fields["required"]
        self._ask_by_kind()
        if question.kind not in NOT_EXAMPLES:
            self._ask_example()
        self._ask_condition()

    # ------------------------------------------------------------ the controls of a kind
    def _ask_by_kind(self) -> None:
        kind = self.question.kind
        if kind in WITH_OPTIONS:
            columns = [
                Column("value", str(_("Code")), forms.TextInput({"maxlength": 40}), True),
                Column("label", str(_("In Chinese")), forms.TextInput({"maxlength": 120}), True),
                Column("label_en", str(_("In English")), forms.TextInput({"maxlength": 200})),
            ]
            self.fields["options"] = Rows(label=_("Options"), widget=RowsInput(columns, 2, 60))
        if kind == K.TABLE:
            self.fields["columns"] = Rows(
                label=_("Columns"),
                widget=RowsInput(_columns(), 1, 12),
                help_text=_("Options of a choice: yes=是=Yes; no=否=No"),
            )
        if kind == K.STATEMENT:
            for name, label in (
                ("statement", _("Words of the statement, in Chinese")),
                ("statement_en", _("Words of the statement, in English")),
            ):
                self.fields[name] = TextField(
                    label=label, required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
                )
        if kind == K.COMPUTED:
            named = ", ".join(_names(self.earlier)) or "—"
            self.fields["formula"] = TextField(
                label=_("Formula"),
                max_length=300,
                help_text=_("+ - * /, sum count min max round years days. Known: %(names)s, today")
                % {"names": named},
            )
        if kind in (K.NUMBER, K.COMPUTED):
            self.fields["unit"] = TextField(
                label=_("Unit in Chinese"), required=False, max_length=20
            )
            self.fields["unit_en"] = TextField(
                label=_("Unit in English"), required=False, max_length=30
            )
        if kind in (K.NUMBER, K.MONEY, K.COMPUTED):
            self.fields["decimals"] = forms.IntegerField(
                label=_("Decimal places"), required=False, min_value=0, max_value=6
            )
        if kind in LIMITED:
            said = _LIMITS.get(kind, _("in signs"))
            self.fields["minimum"] = TextField(
                label=_("Least"), required=False, max_length=20, help_text=said
            )
            self.fields["maximum"] = TextField(
                label=_("Most"), required=False, max_length=20, help_text=said
            )
        if kind == K.TEXT:
            offered = [
                (code, said.said_in(get_language())) for code, (_p, said, _d) in PATTERNS.items()
            ]
            self.fields["pattern"] = forms.ChoiceField(
                label=_("Format"), required=False, choices=[("", _("any")), *offered]
            )
        if kind == K.FILE:
            self.fields["accept"] = forms.MultipleChoiceField(
                label=_("Kinds of file"),
                required=False,
                choices=[(one, one.upper()) for one in FILES],
                widget=forms.CheckboxSelectMultiple,
            )

    def _ask_example(self) -> None:
        kind = self.question.kind
        if kind == K.TABLE:
            shown = field_of(self.question)
            self.fields["example"] = Rows(label=_("Rows of the sample"), widget=shown.widget)
            return
        hint = _("Stands in the filled-in sample.") if kind != K.REGION else "510104 春熙路街道"
        self.fields["example"] = TextField(
            label=_("Example"), required=False, max_length=500, help_text=hint
        )
        if kind in (K.TEXT, K.LONG_TEXT, K.ORGANISATION, K.ADDRESS):
            self.fields["example_en"] = TextField(
                label=_("Example in English"), required=False, max_length=500
            )

    def _ask_condition(self) -> None:
        language = get_language()
        offered = [
            (one.key, one.called(language))
            for one in self.earlier
            if one.kind not in (K.TABLE, K.FILE)
        ]
        if not offered:
            return
        self.fields["when_field"] = forms.ChoiceField(
            label=_("Ask only after the answer to"),
            required=False,
            choices=[("", _("always ask")), *offered],
        )
        tests = (
            _("is one of"),
            _("is none of"),
            _("is at least"),
            _("is at most"),
            _("is more than"),
            _("is less than"),
            _("contains"),
            _("is answered"),
        )
        self.fields["when_test"] = forms.ChoiceField(
            label=_("when it"), required=False, choices=list(zip(TESTS, tests, strict=True))
        )
        self.fields["when_values"] = TextField(
            label=_("this answer"),
            required=False,
            max_length=300,
            help_text=_("Several with a comma; an option by its code or its words."),
        )

    # ------------------------------------------------------------ back to a question
    @property
    def reshaped(self) -> bool:
        return any(
            field.widget.is_reshaped(self.data, name)
            for name, field in self.fields.items()
            if isinstance(field.widget, RowsInput)
        )

    def typed(self) -> dict[str, Any]:
        """What stands in the controls, to show it again unjudged."""
        return {
            name: field.widget.value_from_datadict(self.data, self.files, name)
            for name, field in self.fields.items()
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        taken = {one.key for one in self.form} - {self.question.key}
        if said.get("key") in taken:
            self.add_error("key", _("Another field has this key. Choose another."))
        return said

    def read(self) -> Field | None:
        """The question as typed; None with a sentence beside its control if it cannot be read."""
        told = self._unasked() | _told(self.cleaned_data, self.earlier)
        try:
            return read_form([told]).fields[0]
        except NotAForm as fault:
            name = fault.at.split(".")[1] if "." in fault.at else ""
            name = "when_values" if name == "show_if" else name
            self.add_error(
                name if name in self.fields else None, fault.said.said_in(get_language())
            )
            return None

    def _unasked(self) -> dict[str, Any]:
        """What the question says and no control here asks for; it stays while the kind stays."""
        if self.cleaned_data.get("kind") != self.question.kind.value:
            return {}
        kept = as_json(self.question)
        if self.question.show_if and self.question.show_if.test in TESTS:
            kept.pop("show_if", None)
        return {name: value for name, value in kept.items() if name not in self.fields}


_LIMITS: Final = {
    K.NUMBER: _("a number"),
    K.MONEY: _("an amount in yuan"),
    K.DATE: _("a date such as 2003-05-26, or today"),
    K.CHOICES: _("how many options"),
    K.TABLE: _("how many rows"),
    K.FILE: _("how many files"),
}


def _columns() -> list[Column]:
    return [
        Column("key", str(_("Field key")), forms.TextInput({"maxlength": 40}), True),
        Column("kind", str(_("Kind")), forms.Select(choices=kinds(CELLS)), True),
        Column("label", str(_("In Chinese")), forms.TextInput({"maxlength": 120}), True),
        Column("label_en", str(_("In English")), forms.TextInput({"maxlength": 200})),
        Column("required", str(_("Must be answered")), forms.CheckboxInput()),
        Column("options", str(_("Options")), forms.TextInput({"maxlength": 400})),
    ]


def _names(earlier: Sequence[Field]) -> list[str]:
    names = []
    for one in earlier:
        if one.kind in (K.NUMBER, K.MONEY, K.COMPUTED, K.DATE):
            names.append(one.key)
        if one.kind == K.TABLE:
            names.append(f"count({one.key})")
            names += [
                f"sum({one.key}.{column.key})"
                for column in one.columns
                if column.kind in (K.NUMBER, K.MONEY)
            ]
    return names


def _initial(question: Field) -> dict[str, Any]:
    told = as_json(question)
    told["columns"] = [
        as_json(column)
        | {"options": "; ".join(f"{o.value}={o.label}={o.label_en}" for o in column.options)}
        for column in question.columns
    ]
    if question.kind == K.CHOICES and isinstance(question.example, list):
        told["example"] = ", ".join(str(one) for one in question.example)
    if question.show_if and question.show_if.test in TESTS:
        told |= {
            "when_field": question.show_if.field,
            "when_test": question.show_if.test,
            "when_values": ", ".join(question.show_if.values),
        }
    return told


def _told(said: Mapping[str, Any], earlier: Sequence[Field]) -> dict[str, Any]:
    told = {
        name: value
        for name, value in said.items()
        if value not in ("", None, [], False) and not name.startswith("when_")
    }
    if "columns" in told:
        told["columns"] = [_column(row) for row in told["columns"]]
    if said.get("kind") == K.CHOICES and isinstance(told.get("example"), str):
        told["example"] = [one.strip() for one in VALUES.split(told["example"]) if one.strip()]
    if named := said.get("when_field"):
        asked = next((one for one in earlier if one.key == named), None)
        words = [one.strip() for one in VALUES.split(said.get("when_values") or "")]
        values = [_value_of(asked, word) for word in words if word]
        told["show_if"] = {"field": named, said.get("when_test") or "is": values}
    return told


def _value_of(asked: Field | None, word: str) -> str:
    """The code of an option that was named by its words."""
    for option in asked.options if asked else ():
        if word in (option.label, option.label_en):
            return option.value
    if asked and asked.kind == K.STATEMENT:
        return "true"
    return word


def _column(row: Mapping[str, Any]) -> dict[str, Any]:
    column = {name: value for name, value in row.items() if value not in ("", None, False)}
    column["required"] = bool(row.get("required"))
    if written := str(column.pop("options", "")):
        parts = [one.split("=") for one in BETWEEN.split(written) if one.strip()]
        column["options"] = [
            {
                "value": part[0].strip(),
                "label": (part[1] if len(part) > 1 else part[0]).strip(),
                "label_en": part[2].strip() if len(part) > 2 else "",
            }
            for part in parts
        ]
    return column
