"""What a form is: its questions as values, read from JSON with precise faults."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from openhall.forms.terms import FieldKind
from openhall.glossary import Said

K = FieldKind
CELLS: Final = (
    K.TEXT,
    K.NUMBER,
    K.MONEY,
    K.DATE,
    K.CHOICE,
    K.ORGANISATION,
    K.ID_NUMBER,
    K.CREDIT_CODE,
    K.PHONE,
)
"""Kinds that fit a cell of a table."""
WITH_OPTIONS: Final = (K.CHOICE, K.CHOICES)
MOST_ROWS: Final = 50
MOST_FIELDS: Final = 300


class NotAForm(ValueError):
    """Which part cannot be read, and why: ``at`` is a key or a place such as ``3.options``."""

    def __init__(self, at: str, said: Said) -> None:
        super().__init__(f"{at}: {said.en}")
        self.at, self.said = at, said


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose."""

    value: str
    label: str
    label_en: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """Asked only when an earlier answer is one of ``values``, is none of them, or lies in bounds.

    ``test`` is ``is``, ``is_not``, ``at_least`` or ``at_most``.
    """

    field: str
    test: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One question. Limits are numbers, days (``2003-05-26`` or ``today``), signs or rows."""

    key: str
    kind: FieldKind
    label: str
    label_en: str = ""
    help: str = ""
    help_en: str = ""
    why: str = ""  # why we ask
    why_en: str = ""
    required: bool = False
    options: tuple[Option, ...] = ()
    show_if: Condition | None = None
    minimum: str = ""
    maximum: str = ""
    pattern: str = ""
    columns: tuple["Field", ...] = ()
    formula: str = ""
    decimals: int | None = None
    unit: str = ""
    unit_en: str = ""
    accept: tuple[str, ...] = ()  # of a file: pdf, jpg, png
    statement: str = ""
    statement_en: str = ""
    example: Any = ""
    example_en: Any = ""

    def called(self, language: str | None) -> str:
        return said_in(language, self.label, self.label_en)

    def words_of(self, value: object, language: str | None) -> str:
        """The word of a chosen value; the value itself where it is not among the options."""
        for option in self.options:
            if option.value == str(value):
                return said_in(language, option.label, option.label_en)
        return str(value)


@dataclass(frozen=True, slots=True)
class FormDefinition:
    """Title and questions, in the order they are asked."""

    title: str
    title_en: str
    fields: tuple[Field, ...]

    def field(self, key: str) -> Field | None:
        return next((one for one in self.fields if one.key == key), None)

    def only(self, keys: set[str]) -> "FormDefinition":
        """The questions that a supplement reopened."""
        return replace(self, fields=tuple(one for one in self.fields if one.key in keys))

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)


def said_in(language: str | None, zh: str, en: str) -> str:
    """The English words where they are asked for and exist, else the Chinese."""
    return en if (language or "").startswith("en") and en else zh


TEXTS: Final = (
    "label_en",
    "help",
    "help_en",
    "why",
    "why_en",
    "minimum",
    "maximum",
    "pattern",
    "formula",
    "unit",
    "unit_en",
    "statement",
    "statement_en",
)
KNOWN: Final = {
    *TEXTS,
    "key",
    "kind",
    "label",
    "required",
    "options",
    "show_if",
    "columns",
    "decimals",
    "accept",
    "example",
    "example_en",
}
TESTS: Final = ("is", "is_not", "at_least", "at_most")


def read_form(fields: object, title: str = "", title_en: str = "") -> FormDefinition:
    """The form from the JSON of its fields. Raises :class:`NotAForm` with the place and reason."""
    if not isinstance(fields, list):
        raise NotAForm("fields", Said("表格应为字段的列表。", "A form is a list of fields."))
    if len(fields) > MOST_FIELDS:
        raise NotAForm(
            "fields",
            Said(
                f"一份表格最多{MOST_FIELDS}个字段，现有{len(fields)}个。请拆分或者删减。",
                f"A form has at most {MOST_FIELDS} fields; this one has {len(fields)}.",
            ),
        )
    read = tuple(_field(one, str(place)) for place, one in enumerate(fields, start=1))
    return FormDefinition(str(title), str(title_en), read)


def _field(told: object, at: str, cell: bool = False) -> Field:
    if not isinstance(told, Mapping):
        raise NotAForm(at, Said("字段应为对象。", "A field is an object."))
    key = told.get("key")
    if (
        not isinstance(key, str)
        or not key
        or len(key) > 40
        or not key.replace("_", "a").replace("-", "a").isalnum()
    ):
        raise NotAForm(
            f"{at}.key",
            Said(
                "字段代码应由字母、数字、下划线组成，不超过40位。",
                "A key has letters, digits and underscores, 40 at most.",
            ),
        )
    if strange := sorted(str(name) for name in told if name not in KNOWN):
        raise NotAForm(
            f"{at}.{strange[0]}",
            Said(f"不认识的属性“{strange[0]}”。", f"Unknown property “{strange[0]}”."),
        )
    try:
        kind = FieldKind(str(told.get("kind")))
    except ValueError:
        raise NotAForm(
            f"{at}.kind",
            Said(f"没有“{told.get('kind')}”这种字段。", f"No kind of field “{told.get('kind')}”."),
        ) from None
    if cell and kind not in CELLS:
        raise NotAForm(
            f"{at}.kind",
            Said(f"表格的列不能是“{kind.zh}”。", f"A column cannot be “{kind.en}”."),
        )
    label = told.get("label")
    if not isinstance(label, str) or not label.strip():
        raise NotAForm(f"{at}.label", Said("请填写字段名称。", "Give the field a label."))
    texts = {name: _text(told.get(name), f"{at}.{name}") for name in TEXTS}
    columns = _list(told.get("columns"), f"{at}.columns")
    return Field(
        key=key,
        kind=kind,
        label=label,
        required=told.get("required") is True,
        options=tuple(
            _option(one, f"{at}.options") for one in _list(told.get("options"), f"{at}.options")
        ),
        show_if=_condition(told.get("show_if"), f"{at}.show_if"),
        columns=tuple(
            _field(one, f"{at}.columns.{place}", cell=True)
            for place, one in enumerate(columns, start=1)
        ),
        decimals=_decimals(told.get("decimals"), f"{at}.decimals"),
        accept=tuple(str(one) for one in _list(told.get("accept"), f"{at}.accept")),
        example=_plain(told.get("example")),
        example_en=_plain(told.get("example_en")),
        **texts,
    )


def _text(told: object, at: str) -> str:
    if told is None:
        return ""
    if isinstance(told, str | int | float) and not isinstance(told, bool):
        return str(told)
    raise NotAForm(at, Said("应为文字。", "This should be text."))


def _list(told: object, at: str) -> Sequence[object]:
    if told is None:
        return []
    if not isinstance(told, list):
        raise NotAForm(at, Said("应为列表。", "This should be a list."))
    return told


def _decimals(told: object, at: str) -> int | None:
    if told is None or told == "":
        return None
    if isinstance(told, int) and not isinstance(told, bool) and 0 <= told <= 6:
        return told
    raise NotAForm(at, Said("小数位数应为0至6。", "Decimal places are 0 to 6."))


def _plain(told: object) -> Any:
    return "" if told is None else told


def _option(told: object, at: str) -> Option:
    if isinstance(told, Mapping) and str(told.get("label", "")).strip() and "value" in told:
        return Option(str(told["value"]), str(told["label"]), str(told.get("label_en") or ""))
    raise NotAForm(at, Said("每个选项应有代码和名称。", "Each option has a value and a label."))


def _condition(told: object, at: str) -> Condition | None:
    if not told:
        return None
    if isinstance(told, Mapping) and isinstance(told.get("field"), str):
        for test in TESTS:
            if test in told:
                given = told[test]
                values = given if isinstance(given, list) else [given]
                return Condition(told["field"], test, tuple(_value(one) for one in values))
    raise NotAForm(
        at,
        Said(
            "显示条件应指明字段和取值。",
            "A condition names a field and is, is_not, at_least or at_most.",
        ),
    )


def _value(told: object) -> str:
    return str(told).lower() if isinstance(told, bool) else str(told)


# ---------------------------------------------------------------- back to JSON, and its digest
def as_json(field: Field) -> dict[str, Any]:
    """The field as stored: only what is said."""
    told: dict[str, Any] = {"key": field.key, "kind": field.kind.value, "label": field.label}
    for name in TEXTS:
        if value := getattr(field, name):
            told[name] = value
    if field.required:
        told["required"] = True
    if field.options:
        told["options"] = [
            {"value": one.value, "label": one.label, "label_en": one.label_en}
            for one in field.options
        ]
    if field.show_if:
        told["show_if"] = {
            "field": field.show_if.field,
            field.show_if.test: list(field.show_if.values),
        }
    if field.columns:
        told["columns"] = [as_json(one) for one in field.columns]
    if field.decimals is not None:
        told["decimals"] = field.decimals
    if field.accept:
        told["accept"] = list(field.accept)
    for name in ("example", "example_en"):
        if (value := getattr(field, name)) not in ("", None):
            told[name] = value
    return told


def digest_of(form: FormDefinition) -> str:
    """Sixteen signs that stand on the printed form: any change of the form changes them."""
    told = [form.title, form.title_en, [as_json(one) for one in form.fields]]
    canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]
