"""Small questions about JSON Schemas: their type, two as one, patterns, words for names."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from openhall.forms.importing.taken import Group
from openhall.forms.rules.patterns import NotAPattern, check_pattern

Schema = Mapping[str, Any]


def type_of(schema: Schema) -> str:
    """The one type of a schema, from what it says or from what it has."""
    told = schema.get("type")
    if isinstance(told, list):
        left = [one for one in told if one != "null"]
        told = "string" if len(left) > 1 and "string" in left else (left or ["null"])[0]
    if isinstance(told, str):
        return told
    if "properties" in schema:
        return "object"
    if "items" in schema:
        return "array"
    values = [schema["const"]] if "const" in schema else schema.get("enum") or []
    if values and all(isinstance(one, bool) for one in values):
        return "boolean"
    if "minimum" in schema or "maximum" in schema:
        return "number"
    return "string"


def merged(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Two schemas that both hold, as one: properties joined, demands joined, the rest by name."""
    made = dict(first)
    for name, value in second.items():
        if name == "if":
            continue
        if name in ("then", "else") and "if" in second:
            continue
        if name == "properties" and isinstance(made.get(name), Mapping):
            both = dict(made[name])
            for key, one in value.items():
                mine = both.get(key)
                if isinstance(mine, Mapping) and isinstance(one, Mapping):
                    both[key] = merged(mine, one)
                else:
                    both[key] = one
            made[name] = both
        elif name == "required" and isinstance(made.get(name), list) and isinstance(value, list):
            made[name] = list(dict.fromkeys([*made[name], *value]))
        elif name == "..branches":
            made[name] = [*made.get(name, []), *value]
        elif name in ("..seen",):
            made[name] = tuple(dict.fromkeys([*made.get(name, ()), *value]))
        elif name in ("title", "description"):
            made.setdefault(name, value)
        elif name in ("anyOf", "oneOf") and name in made:
            made["allOf"] = [*made.get("allOf", []), {name: value}]
        else:
            made[name] = value
    if "if" in second:
        made["..branches"] = [*made.get("..branches", []), second]
    return made


def is_tick(part: Mapping[str, Any]) -> bool:
    """Whether an alternative says only that one box is ticked."""
    required: Sequence[str] = part.get("required") or ()
    if set(part) - {"..seen", "type"} != {"required", "properties"} or len(required) != 1:
        return False
    return part["properties"] in (
        {required[0]: {"enum": [True]}},
        {required[0]: {"const": True}},
    )


def with_branch(schema: dict[str, Any]) -> dict[str, Any]:
    """“Not this, or that” as “if this, then that”: how schemas say it that know no ``if``."""
    parts = schema.get("anyOf")
    if not isinstance(parts, list) or len(parts) != 2:
        return schema
    for one, other in (parts, parts[::-1]):
        if isinstance(one, Mapping) and set(one) - {"type"} == {"not"}:
            branch = {"if": one["not"], "then": other}
            made = {name: told for name, told in schema.items() if name != "anyOf"}
            return made | {"..branches": [*made.get("..branches", []), branch]}
    return schema


def ordered(properties: Mapping[str, Any], ui: Schema) -> list[str]:
    wanted = [one for one in ui.get("ui:order") or [] if one in properties or one == "*"]
    if not wanted:
        return list(properties)
    rest = [one for one in properties if one not in wanted]
    if "*" in wanted:
        place = wanted.index("*")
        return [*wanted[:place], *rest, *wanted[place + 1 :]]
    return [*wanted, *rest]


def sub(ui: Schema, name: str) -> Schema:
    found = ui.get(name)
    return found if isinstance(found, Mapping) else {}


def human(name: str) -> str:
    """A property's name as words: ``fullName`` → ``Full name``."""
    said = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").replace("-", " ")
    said = " ".join(said.split())
    return (said[:1].upper() + said[1:].lower()) or name


def said_of(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def written(number: int | float) -> str:
    return f"{number:.12f}".rstrip("0").rstrip(".") if isinstance(number, float) else str(number)


def one_of(values: Any) -> bool:
    return isinstance(values, list) and len(values) == 1


def first_name(schema: Schema) -> str:
    return human(next(iter(schema.get("properties") or {}), ""))


def telling(parts: Sequence[Schema]) -> str | None:
    """The property that tells the alternatives apart: each has its own values of it."""
    if not parts or any(not isinstance(one.get("properties"), Mapping) for one in parts):
        return None
    for name in parts[0]["properties"]:
        told = [one["properties"].get(name) for one in parts]
        if all(
            isinstance(one, Mapping) and ("const" in one or one.get("enum") or "not" in one)
            for one in told
        ) and any("not" not in one for one in told if isinstance(one, Mapping)):
            return str(name)
    return None


def every_of(children: Sequence[Group | dict[str, Any]]) -> list[dict[str, Any]]:
    return [x for one in children for x in (every(one) if isinstance(one, Group) else [one])]


def every(group: Group) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for one in group.children:
        found += every(one) if isinstance(one, Group) else [one]
    return found


def is_of_files(schema: Schema) -> bool:
    """An item that names an uploaded file: what it is called and where it was put."""
    names = {name.lower() for name in schema.get("properties") or {}}
    return bool(names & {"confirmationcode", "filename", "guid", "attachmentid"}) and bool(
        names & {"name", "filename", "url", "confirmationcode"}
    )


def whole_pattern(pattern: str) -> str:
    """A pattern of JavaScript, which finds a part, as one that is the whole answer."""
    said = pattern
    for old, new in (
        (r"\/", "/"),
        (r"\-", "-") if "[" not in pattern else (r"\/", "/"),
    ):
        said = said.replace(old, new)
    if re.fullmatch(r"\^.*\$", said) and not _splits(said):
        return said[1:-1]
    begins, ends = said.startswith("^"), said.endswith("$") and not said.endswith(r"\$")
    if _splits(said):
        return f"(?s:.*)(?:{said})(?s:.*)"
    said = said[1:] if begins else said
    said = said[:-1] if ends else said
    return f"{'' if begins else '(?s:.*)'}(?:{said}){'' if ends else '(?s:.*)'}"


def _splits(pattern: str) -> bool:
    """Whether the pattern is of alternatives at its outermost, each with its own ends."""
    depth, inside, escaped = 0, False, False
    for sign in pattern:
        if escaped:
            escaped = False
        elif sign == "\\":
            escaped = True
        elif inside:
            inside = sign != "]"
        elif sign == "[":
            inside = True
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign == "|" and depth == 0:
            return True
    return False


def is_of_days_said(told: str) -> bool:
    """Whether it is a day written out."""
    return bool(re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", told))


def is_of_days(pattern: str) -> bool:
    """A pattern that only says how a whole date is written."""
    try:
        return all(re.fullmatch(pattern, one) for one in ("2003-05-26", "1999-12-31")) and not any(
            re.fullmatch(pattern, one) for one in ("2003", "abc", "x", "1", "2003-05-26-1")
        )
    except (re.error, RecursionError):
        return False


def without_lookahead(pattern: str) -> tuple[str, list[str]] | None:
    """“Not this, and then that” as that and what must not match; None where it is more."""
    all_through = re.fullmatch(r"\^?\(\(\?!((?:[^()]|\([^()]*\))*)\)\.\)\*\$?", pattern)
    if all_through is not None:
        return "(?s:.*)", [f"(?s:.*)(?:{all_through[1]})(?s:.*)"]
    found = re.fullmatch(r"\^((?:\(\?!(?:[^()]|\([^()]*\))*\))+)(.*)", pattern)
    if found is None:
        return None
    rest = whole_pattern(f"^{found[2]}")
    refused = re.findall(r"\(\?!((?:[^()]|\([^()]*\))*)\)", found[1])
    told = [f"{one[:-1]}" if one.endswith("$") else f"(?:{one})(?s:.*)" for one in refused]
    try:
        for one in (rest, *told):
            check_pattern(one)
    except NotAPattern:
        return None
    return rest, told
