"""The ``if`` of a JSON Schema as a condition on answers."""

from collections.abc import Mapping
from typing import Any

from openhall.forms.importing.taken import Condition, joined
from openhall.forms.rules.patterns import NotAPattern, check_pattern
from openhall.forms.terms import FieldKind

Scope = dict[str, Any]
"""Names of an object's properties: a key and kind, or the scope of an inner object."""


def condition_of_schema(schema: Mapping[str, Any], scope: Scope) -> Condition | None:
    """The condition; None for what no condition here can say."""
    parts: list[Condition] = []
    for word, told in schema.items():
        if word in ("type", "title", "description", "$comment", "..seen"):
            continue
        read = _of_word(word, told, schema, scope)
        if read is None:
            return None
        parts += read
    return joined("all", parts)


def _of_word(
    word: str, told: Any, schema: Mapping[str, Any], scope: Scope
) -> list[Condition] | None:
    if word == "properties" and isinstance(told, Mapping):
        return _of_properties(told, scope)
    if word == "required" and isinstance(told, list):
        named = schema.get("properties") or {}
        made = []
        for name in told:
            one = scope.get(name)
            if isinstance(one, tuple):
                if name not in named:
                    made.append(_answered(one[0]))
            elif one is None:
                return None
        return made
    if word in ("allOf", "anyOf", "oneOf") and isinstance(told, list):
        read = [condition_of_schema(one, scope) for one in told if isinstance(one, Mapping)]
        if any(one is None for one in read):
            return None
        both = joined("all" if word == "allOf" else "any", [one for one in read if one])
        return [both] if both else []
    if word == "not" and isinstance(told, Mapping):
        inner = condition_of_schema(told, scope)
        return [{"not": inner}] if inner else None
    return None


def _of_properties(told: Mapping[str, Any], scope: Scope) -> list[Condition] | None:
    made: list[Condition] = []
    for name, one in told.items():
        named = scope.get(name)
        if isinstance(named, tuple) and isinstance(one, Mapping):
            read = _of_answer(named[0], named[1], one)
        elif isinstance(named, Mapping) and isinstance(one, Mapping):
            inner = condition_of_schema(one, dict(named))
            read = [inner] if inner else None
        else:
            read = None
        if read is None:
            return None
        made += read
    return made


def _of_answer(key: str, kind: FieldKind, told: Mapping[str, Any]) -> list[Condition] | None:
    made: list[Condition] = []
    for word, value in told.items():
        if word in ("type", "title", "description", "..seen"):
            continue
        if word == "const":
            made.append({"field": key, "is": [_said(value)]})
        elif word == "enum" and isinstance(value, list):
            made.append({"field": key, "is": [_said(one) for one in value]})
        elif word in ("minimum", "maximum"):
            made.append(
                {"field": key, {"minimum": "at_least", "maximum": "at_most"}[word]: [str(value)]}
            )
        elif word in ("exclusiveMinimum", "exclusiveMaximum") and not isinstance(value, bool):
            how = "more_than" if word == "exclusiveMinimum" else "less_than"
            made.append({"field": key, how: [str(value)]})
        elif word in ("minLength", "minItems"):
            made.append(_answered(key) if value == 1 else {"holds": f"length({key}) >= {value}"})
        elif word == "maxLength" and isinstance(value, int):
            made.append({"holds": f"length({key}) <= {value}"})
        elif word == "pattern" and isinstance(value, str) and _is_pattern(value):
            made.append({"holds": f"matches({key}, {value!r})"})
        elif (
            word == "contains"
            and isinstance(value, Mapping)
            and ("const" in value or "enum" in value)
        ):
            values = value.get("enum", [value.get("const")])
            made.append({"field": key, "contains": [_said(one) for one in values]})
        elif word == "not" and isinstance(value, Mapping):
            inner = _of_answer(key, kind, value)
            if not inner:
                return None
            made.append({"not": joined("all", inner)})
        else:
            return None
    return made or [_answered(key)]


def _is_pattern(told: str) -> bool:
    try:
        check_pattern(told)
    except NotAPattern:
        return False
    return True


def _answered(key: str) -> Condition:
    return {"field": key, "answered": ["true"]}


def _said(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
