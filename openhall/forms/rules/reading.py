"""A form read from JSON with precise faults, stored back as only what is said, and its digest."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from openhall.forms.rules.definition import (
    CELLS,
    MOST_FIELDS,
    TESTS,
    Check,
    Condition,
    Field,
    FormDefinition,
    NotAForm,
    Option,
    placed,
)
from openhall.forms.rules.lists import listed
from openhall.forms.terms import FieldKind
from openhall.glossary import Said

K = FieldKind
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
    "regex",
    "message",
    "message_en",
    "missing",
    "missing_en",
    "least_words",
    "most_words",
    "look",
    "listed",
    "fact",
)
SWITCHES: Final = ("required", "read_only", "hidden")
PLAIN: Final = ("example", "example_en", "default")
KNOWN: Final = {
    *TEXTS,
    *SWITCHES,
    *PLAIN,
    "key",
    "kind",
    "label",
    "options",
    "rows",
    "show_if",
    "required_if",
    "checks",
    "columns",
    "decimals",
    "accept",
}
JOINED: Final = ("all", "any")
DEEPEST: Final = 12  # conditions in conditions


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
    return FormDefinition(str(title), str(title_en), placed(read))


def _field(told: object, at: str, depth: int = 0) -> Field:
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
    kind = _kind(told, at, depth)
    texts: dict[str, Any] = {name: _text(told.get(name), f"{at}.{name}") for name in TEXTS}
    label = told.get("label")
    nameless = kind == K.SECTION or (kind == K.NOTE and texts["statement"].strip())
    if not isinstance(label, str) or not (label.strip() or nameless):
        raise NotAForm(f"{at}.label", Said("请填写字段名称。", "Give the field a label."))
    switches: dict[str, Any] = {name: told.get(name) is True for name in SWITCHES}
    columns = _list(told.get("columns"), f"{at}.columns")
    return Field(
        key=key,
        kind=kind,
        label=label,
        options=listed(texts["listed"]) or _options(told.get("options"), f"{at}.options"),
        rows=_options(told.get("rows"), f"{at}.rows"),
        show_if=_condition(told.get("show_if"), f"{at}.show_if"),
        required_if=_condition(told.get("required_if"), f"{at}.required_if"),
        checks=tuple(
            _check(one, f"{at}.checks") for one in _list(told.get("checks"), f"{at}.checks")
        ),
        columns=placed(
            tuple(
                _field(one, f"{at}.columns.{place}", depth + 1)
                for place, one in enumerate(columns, start=1)
            )
        ),
        decimals=_decimals(told.get("decimals"), f"{at}.decimals"),
        accept=tuple(str(one) for one in _list(told.get("accept"), f"{at}.accept")),
        **{name: _plain(told.get(name)) for name in PLAIN},
        **switches,
        **texts,
    )


def _kind(told: Mapping[str, Any], at: str, depth: int) -> FieldKind:
    try:
        kind = FieldKind(str(told.get("kind")))
    except ValueError:
        raise NotAForm(
            f"{at}.kind",
            Said(f"没有“{told.get('kind')}”这种字段。", f"No kind of field “{told.get('kind')}”."),
        ) from None
    if depth and kind not in CELLS:
        raise NotAForm(
            f"{at}.kind",
            Said(f"表格的列不能是“{kind.zh}”。", f"A column cannot be “{kind.en}”."),
        )
    if depth > 1 and kind in (K.TABLE, K.FILE):
        raise NotAForm(
            f"{at}.kind",
            Said(
                "表格里的表格，其列不能再是表格或者附件。",
                "A table within a table has no tables and no files.",
            ),
        )
    return kind


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


def _options(told: object, at: str) -> tuple[Option, ...]:
    return tuple(_option(one, at) for one in _list(told, at))


def _option(told: object, at: str) -> Option:
    if isinstance(told, Mapping) and str(told.get("label", "")).strip() and "value" in told:
        return Option(
            str(told["value"]),
            str(told["label"]),
            str(told.get("label_en") or ""),
            _condition(told.get("show_if"), f"{at}.show_if"),
        )
    raise NotAForm(at, Said("每个选项应有代码和名称。", "Each option has a value and a label."))


def _check(told: object, at: str) -> Check:
    must = _condition(told.get("must"), at) if isinstance(told, Mapping) else None
    if must is None or not isinstance(told, Mapping):
        raise NotAForm(at, Said("校验应写明条件。", "A check says what must hold."))
    return Check(
        must,
        _text(told.get("message"), f"{at}.message"),
        _text(told.get("message_en"), f"{at}.message_en"),
    )


def _condition(told: object, at: str, depth: int = 0) -> Condition | None:
    if not told:
        return None
    if isinstance(told, Mapping) and depth < DEEPEST:
        for joined in JOINED:
            if isinstance(parts := told.get(joined), list) and parts:
                read = [_condition(one, at, depth + 1) for one in parts]
                if all(read):
                    return Condition("", joined, parts=tuple(one for one in read if one))
        if (part := told.get("not")) and (read_part := _condition(part, at, depth + 1)):
            return Condition("", "not", parts=(read_part,))
        if isinstance(formula := told.get("holds"), str) and formula.strip():
            return Condition("", "holds", formula=formula)
        if isinstance(told.get("field"), str):
            for test in TESTS:
                if test in told:
                    given = told[test]
                    values = given if isinstance(given, list) else [given]
                    return Condition(told["field"], test, tuple(_value(one) for one in values))
    raise NotAForm(
        at,
        Said(
            "显示条件应指明字段和取值。",
            f"A condition names a field and is one of {', '.join(TESTS)}; or it is all, any, not,"
            " holds.",
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
    for name in SWITCHES:
        if getattr(field, name):
            told[name] = True
    for name in ("options", "rows"):
        if getattr(field, name) and not (name == "options" and field.listed):
            told[name] = [_option_as_json(one) for one in getattr(field, name)]
    for name in ("show_if", "required_if"):
        if (condition := getattr(field, name)) is not None:
            told[name] = condition_as_json(condition)
    if field.checks:
        told["checks"] = [
            {"must": condition_as_json(one.must)}
            | ({"message": one.message} if one.message else {})
            | ({"message_en": one.message_en} if one.message_en else {})
            for one in field.checks
        ]
    if field.columns:
        told["columns"] = [as_json(one) for one in field.columns]
    if field.decimals is not None:
        told["decimals"] = field.decimals
    if field.accept:
        told["accept"] = list(field.accept)
    for name in PLAIN:
        if (value := getattr(field, name)) not in ("", None):
            told[name] = value
    return told


def _option_as_json(one: Option) -> dict[str, Any]:
    told: dict[str, Any] = {"value": one.value, "label": one.label, "label_en": one.label_en}
    return told | ({"show_if": condition_as_json(one.show_if)} if one.show_if else {})


def condition_as_json(condition: Condition) -> dict[str, Any]:
    """The condition as it is written in a form's JSON."""
    if condition.test in JOINED:
        return {condition.test: [condition_as_json(one) for one in condition.parts]}
    if condition.test == "not":
        return {"not": condition_as_json(condition.parts[0])}
    if condition.test == "holds":
        return {"holds": condition.formula}
    return {"field": condition.field, condition.test: list(condition.values)}


def digest_of(form: FormDefinition) -> str:
    """Sixteen signs that stand on the printed form: any change of the form changes them."""
    told = [form.title, form.title_en, [as_json(one) for one in form.fields]]
    canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]
