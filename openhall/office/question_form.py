"""One question of an item's form, as the catalogue clerk edits it: what its kind needs, no more.

Codes of questions, options and columns are the system's: nobody types one.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.design.widgets import RowsInput
from openhall.forms.controls import field_of
from openhall.forms.rules import Field, FormDefinition, NotAForm, as_json, read_form
from openhall.forms.rules.definition import CELLS, LOOKS, TESTS, WITH_OPTIONS, Condition, Option
from openhall.forms.rules.editing import free_key, free_value
from openhall.forms.rules.facts import facts
from openhall.forms.rules.faults import FILES, WORDED
from openhall.forms.rules.functions import TAKES
from openhall.forms.rules.lists import LISTS
from openhall.forms.rules.reading import condition_as_json
from openhall.forms.rules.values import PATTERNS
from openhall.forms.rules.wording import formula_of
from openhall.forms.terms import FieldKind
from openhall.office.question_controls import LIMITED, LIMITS, LOOK_WORDS, TEST_WORDS, columns
from openhall.organs.fields import TextField

K = FieldKind
BETWEEN: Final = re.compile(r"[;；\n]+")
VALUES: Final = re.compile(r"[,，、;；\n]+")
NOT_EXAMPLES: Final = (K.COMPUTED, K.FILE, K.STATEMENT, K.PLACE, K.MATRIX, K.RANKING)
UNSEEN: Final = ("other", "when_join", "when", "when_formula", "must", "demand")


def kinds(only: Sequence[FieldKind] = tuple(FieldKind)) -> list[tuple[str, str]]:
    return [(kind.value, kind.said_in(get_language())) for kind in only]


class Rows(forms.Field):
    """Rows as they are typed; empty ones left out."""

    def clean(self, value: Any) -> list[dict[str, Any]]:
        return [row for row in value or [] if any(row.values())]


def _text(label: Any, most: int, *, hint: Any = "", tall: bool = False) -> TextField:
    widget = forms.Textarea({"rows": 3}) if tall else forms.TextInput()
    return TextField(label=label, max_length=most, required=False, help_text=hint, widget=widget)


class QuestionForm(forms.Form):
    """The controls for ``question`` of ``form``; ``read`` gives it back as a ``Field``."""

    use_required_attribute = False
    kind = forms.ChoiceField(label=_("Kind"))
    label = TextField(label=_("Label in Chinese"), max_length=300)
    label_en = _text(_("Label in English"), 500)
    required = forms.BooleanField(label=_("Must be answered"), required=False)
    help = _text(_("Help in Chinese"), 2000)
    help_en = _text(_("Help in English"), 3000)
    why = _text(_("Why we ask, in Chinese"), 500)
    why_en = _text(_("Why we ask, in English"), 800)

    def __init__(self, form: FormDefinition, question: Field, typed: Any = None) -> None:
        super().__init__(typed, initial=_initial(question))
        self.form, self.question = form, question
        self.earlier: list[Field] = []
        for one in form:
            if one.key == question.key:
                break
            self.earlier.append(one)
        self.fields["kind"].choices = kinds()  # type: ignore[attr-defined]
        if question.is_marker:
            for name in ("required", "why", "why_en", "help", "help_en"):
                del self.fields[name]
            self.fields["label"].required = question.kind == K.PAGE
        if question.kind == K.COMPUTED:
            del self.fields["required"]
        self._ask_by_kind()
        if question.kind not in NOT_EXAMPLES and not question.is_marker:
            self._ask_example()
        self._ask_condition()
        if not question.is_marker and question.kind != K.COMPUTED:
            self._ask_checks()

    # ------------------------------------------------------------ the controls of a kind
    def _ask_by_kind(self) -> None:
        kind = self.question.kind
        if kind in WITH_OPTIONS and not self.question.listed:
            self.fields["options"] = Rows(
                label=_("Options"), widget=RowsInput(columns("options"), 2, 200)
            )
        if kind in (K.CHOICE, K.CHOICES):
            self.fields["other"] = forms.BooleanField(
                label=_("Add “other (say which)”"), required=False
            )
            self.fields["listed"] = forms.ChoiceField(
                label=_("Options from a list of the house"),
                required=False,
                choices=[
                    ("", _("its own")),
                    *((code, said.said_in(get_language())) for code, said in LISTS.items()),
                ],
            )
        if kind == K.MATRIX:
            self.fields["rows"] = Rows(
                label=_("What is judged"), widget=RowsInput(columns("options"), 1, 60)
            )
        if kind == K.TABLE:
            self.fields["columns"] = Rows(
                label=_("Columns"),
                widget=RowsInput(columns("columns", kinds(CELLS)), 1, 60),
                help_text=_("Options of a choice: 是=Yes; 否=No"),
            )
        if kind in (K.STATEMENT, K.NOTE, K.SECTION, K.PAGE):
            self.fields["statement"] = _text(_("Words in Chinese"), 8000, tall=True)
            self.fields["statement_en"] = _text(_("Words in English"), 8000, tall=True)
        if kind == K.COMPUTED:
            self.fields["formula"] = TextField(
                label=_("Formula"),
                max_length=3000,
                help_text=_("+ - * / %%, comparisons, and %(functions)s. Known: %(names)s, today")
                % {"functions": ", ".join(TAKES), "names": self._known()},
            )
            self.fields["hidden"] = forms.BooleanField(
                label=_("Not shown to the applicant"), required=False
            )
        if kind in (K.NUMBER, K.COMPUTED):
            self.fields["unit"] = _text(_("Unit in Chinese"), 20)
            self.fields["unit_en"] = _text(_("Unit in English"), 30)
        if kind in (K.NUMBER, K.MONEY, K.COMPUTED):
            self.fields["decimals"] = forms.IntegerField(
                label=_("Decimal places"), required=False, min_value=0, max_value=6
            )
        if kind in LIMITED:
            said = LIMITS.get(kind, _("in signs"))
            self.fields["minimum"] = _text(_("Least"), 300, hint=said)
            self.fields["maximum"] = _text(_("Most"), 300, hint=said)
        if kind in WORDED:
            self.fields["least_words"] = _text(_("Least words"), 6)
            self.fields["most_words"] = _text(_("Most words"), 6)
        self._ask_format(kind)
        same = [one for one in facts().values() if one.kind == kind]
        if same:
            self.fields["fact"] = forms.ChoiceField(
                label=_("What fact it asks for"),
                required=False,
                choices=[
                    ("", _("none that other forms ask for")),
                    *((one.code, one.name.said_in(get_language())) for one in same),
                ],
                help_text=_("A joint application asks each fact once, whatever a form calls it."),
            )
        if looks := LOOKS.get(kind):
            self.fields["look"] = forms.ChoiceField(
                label=_("Shown as"),
                required=False,
                choices=[("", _("usual")), *((one, LOOK_WORDS[one]) for one in looks)],
            )

    def _ask_format(self, kind: FieldKind) -> None:
        if kind == K.TEXT:
            offered = [
                (code, said.said_in(get_language())) for code, (_p, said, _d) in PATTERNS.items()
            ]
            self.fields["pattern"] = forms.ChoiceField(
                label=_("Format"), required=False, choices=[("", _("any")), *offered]
            )
        if kind in WORDED:
            self.fields["regex"] = _text(
                _("Pattern of your own"),
                500,
                hint=_("A regular expression for the whole answer, such as [A-Z]{2}[0-9]{4}"),
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
        self.fields["example"] = _text(_("Example"), 500, hint=hint)
        if kind in (K.TEXT, K.LONG_TEXT, K.ORGANISATION, K.ADDRESS):
            self.fields["example_en"] = _text(_("Example in English"), 500)
        if kind != K.CHOICES:
            self.fields["default"] = _text(_("Filled in beforehand"), 500)
            self.fields["read_only"] = forms.BooleanField(
                label=_("Cannot be changed by the applicant"), required=False
            )

    def _ask_condition(self) -> None:
        offered = [
            (one.key, one.called(get_language())) for one in self.earlier if not one.is_marker
        ]
        if not offered:
            return
        tests = [(test, TEST_WORDS[test]) for test in TESTS]
        self.fields["when"] = Rows(
            label=_("Ask only after these answers"),
            widget=RowsInput(columns("when", [("", "—"), *offered], tests), 1, 12),
            help_text=_("Several answers with a comma; an option by its words."),
        )
        self.fields["when_join"] = forms.ChoiceField(
            label=_("Of these"),
            required=False,
            choices=[("all", _("all must hold")), ("any", _("one is enough"))],
        )
        self.fields["when_formula"] = _text(
            _("Or a condition as a formula"), 3000, hint=_("Instead of the answers above")
        )

    def _ask_checks(self) -> None:
        """What else must hold, with a sentence of the office's own."""
        self.fields["demand"] = _text(_("Must be answered only if (formula)"), 3000)
        self.fields["must"] = _text(
            _("What must hold (formula)"),
            3000,
            hint=_("This question is %(key)s. Known: %(names)s, today")
            % {"key": self.question.key, "names": self._known()},
        )
        self.fields["message"] = _text(_("Said if the answer is wrong, in Chinese"), 500)
        self.fields["message_en"] = _text(_("Said if the answer is wrong, in English"), 800)

    def _known(self) -> str:
        """The codes a formula may use, each with its label: they are read here, never made up."""
        language = get_language()
        names = []
        for one in self.earlier:
            if one.is_marker:
                continue
            names.append(f"{one.key} ({one.called(language)})")
            names += [
                f"sum({one.key}.{column.key}) ({column.called(language)})"
                for column in one.columns
                if column.kind in (K.NUMBER, K.MONEY)
            ]
        return ", ".join(names) or "—"

    # ------------------------------------------------------------ back to a question
    @property
    def reshaped(self) -> bool:
        return any(
            field.widget.is_reshaped(self.data, name)
            for name, field in self.fields.items()
            if isinstance(field.widget, RowsInput)
        )

    @property
    def adds_other(self) -> bool:
        return bool(self.cleaned_data.get("other"))

    def typed(self) -> dict[str, Any]:
        """What stands in the controls, to show it again unjudged."""
        return {
            name: field.widget.value_from_datadict(self.data, self.files, name)
            for name, field in self.fields.items()
        }

    def read(self) -> Field | None:
        """The question as typed; None with a sentence beside its control if it cannot be read."""
        told = self._unasked() | self._told()
        try:
            return read_form([told]).fields[0]
        except NotAForm as fault:
            name = fault.at.split(".")[1] if "." in fault.at else ""
            name = {"show_if": "when", "required_if": "demand", "checks": "must"}.get(name, name)
            words = fault.said.said_in(get_language())
            self.add_error(name if name in self.fields else None, words)
            return None

    def _unasked(self) -> dict[str, Any]:
        """What the question says and no control here asks for; it stays while the kind stays."""
        if self.cleaned_data.get("kind") != self.question.kind.value:
            return {}
        kept = as_json(self.question)
        for name, control in (("show_if", "when"), ("required_if", "demand"), ("checks", "must")):
            if control in self.fields:
                kept.pop(name, None)
        return {name: value for name, value in kept.items() if name not in self.fields}

    def _told(self) -> dict[str, Any]:
        said, question = self.cleaned_data, self.question
        told = {
            name: value
            for name, value in said.items()
            if value not in ("", None, [], False) and name not in UNSEEN
        }
        told |= {"key": question.key, "label": said.get("label") or ""}
        if "columns" in told:
            told["columns"] = _columns(told["columns"], question)
        for name in ("options", "rows"):
            if name in told:
                told[name] = _options(told[name], getattr(question, name))
        if told.get("listed"):
            told.pop("options", None)
        if said.get("kind") == K.CHOICES and isinstance(told.get("example"), str):
            told["example"] = [
                _value_of(question, one.strip())
                for one in VALUES.split(told["example"])
                if one.strip()
            ]
        elif said.get("kind") == K.CHOICE and isinstance(told.get("example"), str):
            told["example"] = _value_of(question, told["example"])
        if (condition := self._condition()) is not None:
            told["show_if"] = condition
        if demand := said.get("demand"):
            told["required_if"] = _kept_or_formula(question.required_if, demand)
        checks = list(as_json(question).get("checks", [])[1:])
        if must := said.get("must"):
            first = question.checks[0] if question.checks else None
            check: dict[str, Any] = {"must": _kept_or_formula(first.must if first else None, must)}
            if first and first.message:
                check |= {"message": first.message, "message_en": first.message_en}
            checks.insert(0, check)
        return told | ({"checks": checks} if checks else {})

    def _condition(self) -> dict[str, Any] | None:
        if formula := self.cleaned_data.get("when_formula"):
            return _kept_or_formula(self.question.show_if, formula)
        rows = []
        known = {one.key: one for one in self.earlier}
        for row in self.cleaned_data.get("when") or []:
            if not row.get("field"):
                continue
            words = [one.strip() for one in VALUES.split(row.get("values") or "") if one.strip()]
            test = row.get("test") or "is"
            values = [_value_of(known.get(row["field"]), word) for word in words]
            if test == "answered":
                values = values or ["true"]
            rows.append({"field": row["field"], test: values})
        if len(rows) < 2:
            return rows[0] if rows else None
        return {self.cleaned_data.get("when_join") or "all": rows}


# ---------------------------------------------------------------- what was typed, as JSON
def _kept_or_formula(condition: Condition | None, formula: str) -> dict[str, Any]:
    """The condition as it stands where its formula was not changed; else the formula typed."""
    if condition is not None and formula_of(condition) == formula:
        return condition_as_json(condition)
    return {"holds": formula}


def _initial(question: Field) -> dict[str, Any]:
    told = as_json(question)
    told["options"] = [
        {"value": one.value, "label": one.label, "label_en": one.label_en}
        for one in question.options
    ]
    told["columns"] = [
        as_json(column)
        | {"options": "; ".join(_pair(one) for one in column.options if not column.listed)}
        for column in question.columns
    ]
    if question.kind in (K.CHOICE, K.CHOICES) and question.example:
        given = question.example if isinstance(question.example, list) else [question.example]
        told["example"] = ", ".join(question.words_of(one, "zh") for one in given)
    when = question.show_if
    tests = when.parts if when and when.test in ("all", "any") else (when,) if when else ()
    if when and any(one.test not in TESTS for one in tests):
        told["when_formula"] = formula_of(when)
    else:
        told["when"] = [
            {"field": one.field, "test": one.test, "values": ", ".join(one.values)} for one in tests
        ]
        told["when_join"] = when.test if when and when.test == "any" else "all"
    if question.required_if:
        told["demand"] = formula_of(question.required_if)
    if question.checks:
        told["must"] = formula_of(question.checks[0].must)
    return told


def _pair(one: Option) -> str:
    return f"{one.label}={one.label_en}" if one.label_en else one.label


def _value_of(asked: Field | None, word: str) -> str:
    """The code of an option that was named by its words."""
    for option in asked.options if asked else ():
        if word in (option.label, option.label_en):
            return option.value
    if asked and asked.kind == K.STATEMENT:
        return "true"
    return word


def _options(rows: Sequence[Mapping[str, Any]], known: Sequence[Option]) -> list[dict[str, Any]]:
    """Options with the codes they have; a new one gets its own from the system."""
    made: list[Option] = []
    before = {one.value: one for one in known}
    for row in rows:
        code = str(row.get("value") or "")
        if code not in before or code in {one.value for one in made}:
            code = free_value([*known, *made], f"o{len(made) + 1}")
        label, english = str(row.get("label") or ""), str(row.get("label_en") or "")
        old = before.get(code)
        made.append(Option(code, label or english, english, old.show_if if old else None))
    return [
        {"value": one.value, "label": one.label, "label_en": one.label_en}
        | ({"show_if": condition_as_json(one.show_if)} if one.show_if else {})
        for one in made
    ]


def _columns(rows: Sequence[Mapping[str, Any]], question: Field) -> list[dict[str, Any]]:
    """Columns with the codes and all else they have; a new one gets its code from the system."""
    before = {one.key: one for one in question.columns}
    made: list[Field] = []
    told = []
    for row in rows:
        key = str(row.get("key") or "")
        kind = str(row.get("kind") or "text")
        old = before.get(key)
        if old is None:
            key = free_key([*question.columns, *made], kind)
        column = as_json(old) if old is not None and old.kind.value == kind else {}
        column |= {"key": key, "kind": kind, "label": str(row.get("label") or "")}
        for name in ("label_en",):
            column.pop(name, None)
            if row.get(name):
                column[name] = row[name]
        column["required"] = bool(row.get("required"))
        if written := str(row.get("options") or ""):
            parts = [one.split("=") for one in BETWEEN.split(written) if one.strip()]
            known = list(old.options) if old else []
            words = [
                {
                    "value": next((o.value for o in known if o.label == part[0].strip()), ""),
                    "label": part[0].strip(),
                    "label_en": part[1].strip() if len(part) > 1 else "",
                }
                for part in parts
            ]
            column["options"] = _options(words, known)
        told.append(column)
        made.append(Field(key, K(kind) if kind in FieldKind.codes() else K.TEXT, key))
    return told
