"""JSON Schema, draft 4 to 2020-12, alone or with the UI schema that lays it out."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from openhall.forms.importing.schema_conditions import Scope, condition_of_schema
from openhall.forms.importing.taken import (
    Condition,
    Group,
    Making,
    NotReadable,
    Taken,
    joined,
    plain,
    with_condition,
)
from openhall.forms.rules.patterns import NotAPattern, check_pattern
from openhall.forms.rules.values import LONGEST
from openhall.forms.terms import FieldKind
from openhall.glossary import Said

K = FieldKind
FORMAT: Final = Said("JSON Schema", "JSON Schema")
Schema = Mapping[str, Any]
DEEPEST: Final = 14
FORMATS: Final[dict[str, dict[str, Any]]] = {
    "date": {"kind": "date"},
    "time": {"kind": "time"},
    "date-time": {"kind": "datetime"},
    "email": {"kind": "text", "pattern": "email"},
    "idn-email": {"kind": "text", "pattern": "email"},
    "uri": {"kind": "text", "pattern": "web"},
    "url": {"kind": "text", "pattern": "web"},
    "uri-reference": {"kind": "text"},
    "iri": {"kind": "text", "pattern": "web"},
    "hostname": {"kind": "text", "regex": r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?"},
    "ipv4": {"kind": "text", "regex": r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}"},
    "ipv6": {"kind": "text", "regex": r"[0-9A-Fa-f:.]{2,45}"},
    "uuid": {"kind": "text", "regex": r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"},
    "data-url": {"kind": "file"},
    "binary": {"kind": "file"},
    "byte": {"kind": "file"},
    "file": {"kind": "file"},
    "textarea": {"kind": "long_text"},
    "tel": {"kind": "text", "regex": r"[0-9+(). /xX-]{4,40}"},
    "phone": {"kind": "text", "regex": r"[0-9+(). /xX-]{4,40}"},
    "month": {"kind": "month"},
    "year": {"kind": "year"},
    "password": {"kind": "text"},
    "color": {"kind": "text", "regex": "#[0-9A-Fa-f]{6}"},
    "duration": {"kind": "text"},
}
READ: Final = {
    *("type", "title", "description", "properties", "required", "items", "enum", "enumNames"),
    *("const", "default", "examples", "example", "format", "pattern", "minLength", "maxLength"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems"),
    *("maxItems", "uniqueItems", "additionalProperties", "additionalItems", "allOf", "anyOf"),
    *("oneOf", "if", "then", "else", "dependencies", "dependentRequired", "dependentSchemas"),
    *("$ref", "$defs", "definitions", "$schema", "$id", "id", "$comment", "readOnly", "writeOnly"),
    *("contentMediaType", "contentEncoding", "prefixItems", "deprecated", "$anchor", "version"),
    *("unevaluatedProperties", "minProperties", "nullable", "discriminator", "example", "order"),
    *("propertyOrder", "$vocabulary", "name", "label", "pii"),
}


def read_schema(name: str, told: Schema, ui: Schema | None = None) -> Taken:
    """The form a JSON Schema describes. Raises :class:`NotReadable`."""
    return _Reading(name, told, ui or {}).taken()


class _Reading:
    def __init__(self, name: str, root: Schema, ui: Schema) -> None:
        self.name, self.root, self.ui, self.making = name, root, ui, Making()
        self.alike: dict[str, list[Condition]] = {}  # further conditions a question is asked under
        self.musts: dict[int, list[dict[str, Any]]] = {}  # what an inner object demands
        self.groups: dict[int, Group] = {}

    def taken(self) -> Taken:
        schema = self.whole(self.root, "#", ())
        if not (schema.get("properties") or schema.get("oneOf") or schema.get("anyOf")):
            raise NotReadable(
                Said(
                    "这个 JSON Schema 没有任何属性（properties），不是表格。",
                    "This JSON Schema has no properties and describes no form.",
                )
            )
        group = Group()
        self.object(schema, group, {}, "#", self.ui, ())
        self.widen(group)
        title = plain(schema.get("title", "")) or self.name
        return self.making.finish(FORMAT, group, title, title if title.isascii() else "")

    def widen(self, group: Group) -> None:
        """A question that several alternatives ask moves out of the one it stands in."""
        made: list[Group | dict[str, Any]] = []
        for one in group.children:
            if not isinstance(one, Group):
                made.append(one)
                for column in one.get("columns", []):
                    if more := self.alike.get(column["key"]):
                        first = column.get("show_if")
                        column["show_if"] = joined("any", [first, *more] if first else more)
                continue
            self.widen(one)
            wide = [x for x in one.children if isinstance(x, dict) and x["key"] in self.alike]
            one.children = [x for x in one.children if x not in wide]
            for field in wide:
                told = [one.when] if one.when else []
                when = joined("any", [*told, *self.alike.pop(field["key"])])
                made.append(with_condition(field, when))
            made.append(one)
        group.children = made

    # ------------------------------------------------------------ references and joints
    def whole(self, told: Any, at: str, seen: tuple[str, ...]) -> dict[str, Any]:
        """The schema with its reference followed and what all of it demands put together."""
        if told is True or told is None:
            return {}
        if not isinstance(told, Mapping):
            self.making.lose(at, "不是模式，未取。", "This is no schema; not taken.")
            return {}
        made = dict(told)
        while isinstance(made.get("$ref"), str):
            where = made.pop("$ref")
            if where in seen or len(seen) > DEEPEST:
                self.making.lose(at, f"循环引用：{where}", f"It refers to itself: {where}")
                return made
            seen = (*seen, where)
            made = {**self.target(where, at), **made}
        for part in made.pop("allOf", None) or []:
            read = self.whole(part, at, seen)
            made = merged(made, read)
        made["..seen"] = seen
        return made

    def target(self, where: str, at: str) -> dict[str, Any]:
        found: Any = self.root
        if not where.startswith("#"):
            self.making.lose(
                at, f"引用另一文件：{where}，未取。", f"It refers to another file: {where}."
            )
            return {}
        for part in where[1:].strip("/").split("/") if where not in ("#", "#/") else []:
            part = part.replace("~1", "/").replace("~0", "~").replace("%20", " ")
            if isinstance(found, Mapping) and part in found:
                found = found[part]
            elif isinstance(found, list) and part.isdigit() and int(part) < len(found):
                found = found[int(part)]
            else:
                self.making.lose(
                    at, f"引用不存在：{where}", f"The reference leads nowhere: {where}"
                )
                return {}
        return dict(found) if isinstance(found, Mapping) else {}

    # ------------------------------------------------------------ an object
    def object(
        self,
        schema: Schema,
        group: Group,
        scope: Scope,
        at: str,
        ui: Schema,
        seen: tuple[str, ...],
    ) -> None:
        """The properties of an object as questions of ``group``; ``scope`` learns their keys."""
        required = (
            set(schema.get("required") or []) if isinstance(schema.get("required"), list) else set()
        )
        schema = self.refined(schema, at, seen)
        properties = schema.get("properties") or {}
        for name in ordered(properties, ui):
            place = f"{at}/{name}"
            self.property(
                name, properties[name], group, scope, place, sub(ui, name), name in required, seen
            )
        for kind in ("patternProperties", "propertyNames", "not", "contains"):
            if schema.get(kind):
                self.making.lose(at, f"没有取：{kind}。", f"Not taken: {kind}.")
        extra = schema.get("additionalProperties")
        if isinstance(extra, Mapping) and extra:
            self.making.lose(
                at,
                "没有取：名称由填表人自定的属性（additionalProperties）。",
                "Not taken: properties whose names the answer makes up (additionalProperties).",
            )
        self.strange(schema, at)
        self.branches(schema, group, scope, at, ui, seen)
        self.dependencies(schema, group, scope, at, ui, seen)
        for how in ("oneOf", "anyOf"):
            if isinstance(schema.get(how), list):
                self.variants(schema, how, group, scope, at, ui, seen)

    def refined(self, schema: Schema, at: str, seen: tuple[str, ...]) -> Schema:
        """What alternatives say anew of the object's own properties, told where they say it."""
        made = dict(schema)
        for how in ("oneOf", "anyOf"):
            if not isinstance(made.get(how), list):
                continue
            parts = [self.whole(one, at, seen) for one in made[how]]
            told = telling(parts)
            base = dict(made.get("properties") or {})
            anew = {name for one in parts for name in one.get("properties") or {}} - {told}
            for name in anew & set(base):
                mine = base.pop(name)
                for one in parts:
                    own = (one.get("properties") or {}).get(name, {})
                    one["properties"] = {
                        **(one.get("properties") or {}),
                        name: {"allOf": [mine, own]} if own not in ({}, True) else mine,
                    }
                    if name in (made.get("required") or []):
                        one["required"] = [*(one.get("required") or []), name]
            if (
                told in base
                and "enum" not in self.whole(base[told], at, seen)
                and all("not" not in one["properties"][told] for one in parts)
            ):
                base.pop(told)
            made |= {how: parts, "properties": base}
        return made

    def strange(self, schema: Schema, at: str) -> None:
        odd = [
            one
            for one in schema
            if one not in READ
            and not one.startswith(("x-", "..", "ui:", "_"))
            and one not in ("patternProperties", "propertyNames", "not", "contains")
        ]
        for one in odd:
            self.making.lose(f"{at}", f"没有取：“{one}”。", f"Not taken: “{one}”.")

    def property(
        self,
        name: str,
        told: Any,
        group: Group,
        scope: Scope,
        at: str,
        ui: Schema,
        required: bool,
        seen: tuple[str, ...],
    ) -> None:
        schema = self.whole(told, at, seen)
        seen = schema.pop("..seen", seen)
        if told is False or (ui.get("ui:widget") == "hidden" and "default" not in schema):
            return
        if len(at.split("/")) > DEEPEST:
            self.making.lose(at, "层次太深，未取。", "Nested too deep; not taken.")
            return
        schema = self.plainer(schema, at, seen)
        kind = type_of(schema)
        if kind == "object":
            self.inner(name, schema, group, scope, at, ui, required, seen)
            return
        field = self.words(name, schema, ui)
        if required:
            field["required"] = True
        if kind == "array":
            self.array(field, schema, at, ui, seen)
        elif not self.single(field, schema, kind, at, ui):
            return
        self.strange(schema, at)
        scope[name] = (field["key"], FieldKind(field["kind"]))
        group.children.append(field)

    def words(self, name: str, schema: Schema, ui: Schema) -> dict[str, Any]:
        label = ui.get("ui:title") or schema.get("title") or schema.get("label") or human(name)
        label = plain(label)[:300] or human(name)
        field: dict[str, Any] = {"key": self.making.key(name), "kind": "text", "label": label}
        told = [ui.get("ui:description") or schema.get("description"), ui.get("ui:help")]
        hint = "\n".join(plain(one) for one in told if isinstance(one, str) and one)
        if hint:
            field["help"] = hint
        if label.isascii():
            field["label_en"] = label
        if hint and hint.isascii():
            field["help_en"] = hint
        return field

    def inner(
        self,
        name: str,
        schema: Schema,
        group: Group,
        scope: Scope,
        at: str,
        ui: Schema,
        required: bool,
        seen: tuple[str, ...],
    ) -> None:
        words = self.words(name, schema, ui)
        section = Group(words["label"], words.get("label_en", ""))
        section.words, section.words_en = words.get("help", ""), words.get("help_en", "")
        self.making.keys.discard(words["key"])
        below: Scope = {}
        self.object(schema, section, below, at, ui, seen)
        scope[name] = below
        if not section.children:
            self.making.note(at, f"“{name}”什么也不问。", f"“{name}” asks nothing.")
            return
        self.musts[id(below)] = [one for one in every(section) if one.get("required")]
        if not required:
            self.optional(section)
        group.children.append(section)

    def optional(self, section: Group) -> None:
        """What an object that may be left out demands is demanded once a part of it is answered.

        A part is demanded only after an answer before it, which is what a page can ask.
        """
        fields = [one for one in section.children if isinstance(one, dict)]
        for place, one in enumerate(fields):
            if not one.pop("required", False):
                continue
            before = [
                {"field": other["key"], "answered": ["true"]}
                for other in fields[:place]
                if other["kind"] not in ("note",)
            ]
            if (when := joined("any", before)) is not None and "required_if" not in one:
                one["required_if"] = when

    # ------------------------------------------------------------ one answer
    def plainer(self, schema: dict[str, Any], at: str, seen: tuple[str, ...]) -> dict[str, Any]:
        """Alternatives of a single answer as one schema: named values, or patterns joined."""
        for how in ("oneOf", "anyOf"):
            parts = schema.get(how)
            if not isinstance(parts, list) or schema.get("properties"):
                continue
            read = [self.whole(one, at, seen) for one in parts]
            read = [one for one in read if type_of(one) != "null"]
            rest = {name: one for name, one in schema.items() if name != how}
            if len(read) == 1:
                return merged(rest, read[0])
            if read and all("const" in one or one_of(one.get("enum")) for one in read):
                values = [one.get("const", (one.get("enum") or [None])[0]) for one in read]
                names = [
                    str(one.get("title", value)) for one, value in zip(read, values, strict=True)
                ]
                return {**rest, "enum": values, "enumNames": names}
            if read and all("enum" in one for one in read):
                return {**rest, "enum": [value for one in read for value in one["enum"]]}
            kinds = {type_of(one) for one in read}
            if kinds <= {"string", "integer", "number"}:
                said = self.either(rest, [one for one in read if one.get("maxLength") != 0], at)
                if said is not None:
                    return said
            if kinds & {"object"} and "object" in kinds and kinds != {"object"}:
                objects = [one for one in read if type_of(one) == "object"]
                self.making.lose(
                    at, "只取了对象这一种写法。", "Only the object of its alternatives was taken."
                )
                return merged(rest, objects[0])
            if kinds == {"array"}:
                self.making.lose(at, "只取了第一种写法。", "Only the first alternative was taken.")
                return merged(rest, read[0])
        return schema

    def either(
        self, rest: dict[str, Any], read: list[dict[str, Any]], at: str
    ) -> dict[str, Any] | None:
        if not read:
            return None
        if len(read) == 1:
            return merged(rest, read[0])
        patterns = [one.get("pattern") for one in read]
        if all(isinstance(one, str) for one in patterns):
            return {**rest, "type": "string", "pattern": "|".join(f"(?:{one})" for one in patterns)}
        plainest = [one for one in read if not set(one) & {"pattern", "format", "enum", "const"}]
        if plainest:
            widest = max(plainest, key=lambda one: type_of(one) == "string")
            self.making.note(
                at,
                "几种写法合为最宽的一种。",
                "Of several forms of the answer the widest was taken.",
            )
            return merged(rest, widest)
        self.making.lose(at, "几种写法不能合并，取文字。", "Alternatives were taken as text.")
        return {**rest, "type": "string"}

    def single(self, field: dict[str, Any], schema: Schema, kind: str, at: str, ui: Schema) -> bool:
        """The kind and limits of a single answer; False where nothing is asked."""
        widget = str(ui.get("ui:widget", ""))
        if "const" in schema:
            value = schema["const"]
            if value is True:
                field |= {"kind": "statement", "statement": field.get("help", "")}
                return True
            field |= {"default": said_of(value), "hidden": True, "kind": "text"}
            field.pop("required", None)
            return True
        if isinstance(schema.get("enum"), list):
            self.choice(field, schema, widget, at)
        elif kind == "boolean":
            field["kind"] = "choice"
            names = schema.get("enumNames") or ["是", "否"]
            field["options"] = [
                {"value": value, "label": str(label), "label_en": english}
                for value, label, english in zip(
                    ("true", "false"), names, ("Yes", "No"), strict=False
                )
            ]
        elif kind in ("integer", "number"):
            self.number(field, schema, kind, at)
        elif kind == "null":
            field["kind"] = "note"
            field.pop("required", None)
        else:
            self.text(field, schema, widget, at)
        default = schema.get("default")
        if default not in (None, "", [], {}) and not isinstance(default, dict | list):
            field["default"] = said_of(default)
            if ui.get("ui:widget") == "hidden":
                field["hidden"] = True
            if schema.get("readOnly") or ui.get("ui:readonly"):
                field["read_only"] = True
        examples = schema.get("examples") or schema.get("example")
        if isinstance(examples, list) and examples and isinstance(examples[0], str | int | float):
            field["example"] = said_of(examples[0])
        return True

    def choice(self, field: dict[str, Any], schema: Schema, widget: str, at: str) -> None:
        values = []
        for one in schema["enum"]:
            if one is not None and one not in values:
                values.append(one)
        names = schema.get("enumNames") or []
        if values == [True]:
            field |= {"kind": "statement", "statement": field.get("help", "")}
            return
        if set(map(str, values)) == {"True", "False"}:
            names = names or ["是", "否"] if values[0] is True else ["否", "是"]
        if len(values) == 1:
            field |= {"kind": "text", "default": said_of(values[0]), "read_only": True}
            return
        field["kind"] = "choice"
        field["options"] = [
            {
                "value": said_of(value) or "_",
                "label": plain(names[place]) if place < len(names) else said_of(value) or "—",
                "label_en": "",
            }
            for place, value in enumerate(values)
            if not isinstance(value, dict | list)
        ]
        for one in field["options"]:
            one["label_en"] = one["label"] if one["label"].isascii() else ""
        if widget == "select":
            field["look"] = "list"

    def number(self, field: dict[str, Any], schema: Schema, kind: str, at: str) -> None:
        field["kind"] = "number"
        if kind == "integer":
            field["decimals"] = 0
        for name, limit, sign in (
            ("minimum", "exclusiveMinimum", ">"),
            ("maximum", "exclusiveMaximum", "<"),
        ):
            told, strict = schema.get(name), schema.get(limit)
            if strict is True and told is not None:
                told, strict = None, told
            if isinstance(told, int | float) and not isinstance(told, bool):
                field[name] = written(told)
            if isinstance(strict, int | float) and not isinstance(strict, bool):
                self.check(field, f"{field['key']} {sign} {written(strict)}")
        step = schema.get("multipleOf")
        if isinstance(step, int | float) and step:
            places = len(written(step).partition(".")[2])
            if written(step) == written(10**-places):
                field["decimals"] = places
            else:
                self.check(field, f"{field['key']} % {written(step)} == 0")

    def check(self, field: dict[str, Any], formula: str) -> None:
        field.setdefault("checks", []).append({"must": {"holds": formula}})

    def text(self, field: dict[str, Any], schema: Schema, widget: str, at: str) -> None:
        form = str(schema.get("format", ""))
        if schema.get("contentEncoding") == "base64" or (
            "contentMediaType" in schema and "json" not in str(schema["contentMediaType"])
        ):
            form = "data-url"
        if widget in ("textarea", "date", "email", "file", "alt-date"):
            form = {"file": "data-url", "alt-date": "date"}.get(widget, widget)
        if form and form not in FORMATS:
            self.making.lose(at, f"不认识的格式“{form}”。", f"Unknown format “{form}”.")
        field |= FORMATS.get(form, {"kind": "text"})
        kind = FieldKind(field["kind"])
        least, most = schema.get("minLength"), schema.get("maxLength")
        if isinstance(most, int) and most > LONGEST[K.TEXT] and kind == K.TEXT:
            field["kind"], kind = "long_text", K.LONG_TEXT
            field.pop("pattern", None)
        if kind in (K.TEXT, K.LONG_TEXT):
            if isinstance(least, int) and least > 0:
                field["minimum"] = str(least)
            if isinstance(most, int):
                field["maximum"] = str(max(most, 1))
                if most > LONGEST[kind]:
                    field["maximum"] = str(LONGEST[kind])
                    self.making.note(
                        at,
                        f"字数上限由{most}改为{LONGEST[kind]}，更长的内容作为附件。",
                        f"At most {LONGEST[kind]} signs instead of {most}; more is attached.",
                    )
        if isinstance(pattern := schema.get("pattern"), str):
            self.pattern(field, pattern, kind, at)

    def pattern(self, field: dict[str, Any], pattern: str, kind: FieldKind, at: str) -> None:
        said = whole_pattern(pattern)
        if kind == K.DATE or is_of_days(said):
            field["kind"] = "date"
            for name in ("minimum", "maximum", "pattern"):
                field.pop(name, None)
            self.making.note(
                at, "日期的书写格式由系统统一。", "How a date is written is the system's to say."
            )
            return
        if kind not in (K.TEXT, K.LONG_TEXT):
            return
        field.pop("pattern", None)
        if said in ("", ".*", ".+"):
            return
        try:
            check_pattern(said)
        except NotAPattern as fault:
            if (simpler := without_lookahead(pattern)) is not None:
                field["regex"], checks = simpler
                for one in checks:
                    self.check(field, f"not matches({field['key']}, {one!r})")
                return
            self.making.lose(
                at,
                f"格式 {pattern[:80]} 不能用：{fault}",
                f"The pattern {pattern[:80]} cannot be used: {fault}",
            )
        else:
            field["regex"] = said

    # ------------------------------------------------------------ several answers
    def array(
        self, field: dict[str, Any], schema: Schema, at: str, ui: Schema, seen: tuple[str, ...]
    ) -> None:
        told = schema.get("items")
        if isinstance(schema.get("prefixItems"), list):
            told = schema["prefixItems"]
        if isinstance(told, list):
            if len(told) > 1 or isinstance(schema.get("additionalItems"), Mapping):
                self.making.lose(
                    at,
                    "各位置不同的列表，按第一项取。",
                    "A list whose places differ: its first was taken.",
                )
            told = told[0] if told else {}
        items = self.whole(told or {}, f"{at}/items", seen)
        inside = items.pop("..seen", seen)
        items = self.plainer(items, at, inside)
        kind = type_of(items)
        least, most = schema.get("minItems"), schema.get("maxItems")
        if isinstance(least, int) and least > 0:
            field["minimum"] = str(least)
        if isinstance(most, int) and most < 10_000:
            field["maximum"] = str(max(most, 1))
        if isinstance(items.get("enum"), list):
            self.choice(field, items, "", at)
            if field["kind"] == "choice":
                field["kind"] = "choices"
                if isinstance(most, int) and most > len(field["options"]):
                    field.pop("maximum", None)
            return
        file_like = kind == "string" and (
            items.get("format") in ("data-url", "binary", "file") or "contentEncoding" in items
        )
        if file_like or is_of_files(items):
            field |= {"kind": "file"}
            return
        field["kind"] = "table"
        group = Group()
        if kind == "object":
            self.object(items, group, {}, f"{at}[]", sub(ui, "items"), inside)
            field["columns"] = self.making.cells_of(group)
        else:
            self.property("value", items, group, {}, f"{at}[]", sub(ui, "items"), True, inside)
            for one in group.children:
                if isinstance(one, dict):
                    one |= {"label": field["label"], "label_en": field.get("label_en", "")}
            field["columns"] = self.making.cells_of(group)
        if not field["columns"]:
            field["columns"] = [
                {"key": self.making.key("value"), "kind": "text", "label": field["label"]}
            ]
            self.making.lose(
                at, "列表各项没有写明内容。", "The items of the list are not described."
            )

    # ------------------------------------------------------------ what depends
    def branches(
        self, schema: Schema, group: Group, scope: Scope, at: str, ui: Schema, seen: tuple[str, ...]
    ) -> None:
        told = [schema] if "if" in schema else []
        told += [one for one in schema.get("..branches", []) if isinstance(one, Mapping)]
        for one in told:
            condition = condition_of_schema(self.whole(one["if"], at, seen), scope)
            if condition is None:
                self.making.lose(f"{at}/if", "条件读不懂，未取。", "This condition was not taken.")
                continue
            self.under(one.get("then"), condition, group, scope, f"{at}/then", ui, seen)
            self.under(one.get("else"), {"not": condition}, group, scope, f"{at}/else", ui, seen)

    def under(
        self,
        told: Any,
        when: Condition,
        group: Group,
        scope: Scope,
        at: str,
        ui: Schema,
        seen: tuple[str, ...],
    ) -> None:
        """What a schema adds under a condition: questions, and demands on those there are."""
        if not told or told is True:
            return
        schema = self.whole(told, at, seen)
        fresh = {
            name: one for name, one in (schema.get("properties") or {}).items() if name not in scope
        }
        required = schema.get("required") or []
        more = Group(when=when)
        known: Scope = {name: one for name, one in scope.items() if not name.startswith("..")}
        inner = {
            **{name: one for name, one in schema.items() if name not in ("title", "description")},
            "properties": fresh,
            "required": [one for one in required if one in fresh],
        }
        self.object(inner, more, known, at, ui, seen)
        scope |= {name: one for name, one in known.items() if name not in scope}
        if more.children:
            group.children.append(more)
            self.groups[id(more)] = more
        for name in required:
            if name in scope and name not in fresh:
                self.demand(group, scope[name], when, f"{at}/{name}")
        for name, one in (schema.get("properties") or {}).items():
            if name in scope and name not in fresh and one not in ({}, True):
                self.tighten(group, scope[name], one, when, f"{at}/{name}", seen)

    def demand(self, group: Group, named: Any, when: Condition, at: str) -> None:
        if isinstance(named, Mapping):
            found = self.musts.get(id(named), [])
            if not found and named:
                return  # an object that demands nothing of its own
        else:
            found = [one for one in every(group) if one.get("key") == named[0]]
        if not found:
            self.making.lose(
                at, "按条件必填的项没有取。", "A demand under a condition was not taken."
            )
        for one in found:
            before = one.get("required_if")
            one["required_if"] = joined("any", [before, when] if before else [when])

    def tighten(
        self, group: Group, named: Any, told: Any, when: Condition, at: str, seen: tuple[str, ...]
    ) -> None:
        """A question that must answer to more under a condition."""
        schema = self.whole(told, at, seen)
        schema.pop("..seen", None)
        if isinstance(named, tuple):
            must = condition_of_schema({"properties": {"x": schema}}, {"x": named})
            found = [one for one in every(group) if one.get("key") == named[0]]
            if must is not None and found and set(schema) <= CHECKED:
                absent = {"field": named[0], "answered": ["false"]}
                rule = {"any": [{"not": when}, absent, must]}
                found[0].setdefault("checks", []).append({"must": rule})
                return
        elif isinstance(named, Mapping) and set(schema) <= {"required", "type", "properties"}:
            for name in schema.get("required") or []:
                if name in named:
                    self.demand(group, named[name], when, at)
            for name, one in (schema.get("properties") or {}).items():
                if name in named:
                    self.tighten(group, named[name], one, when, f"{at}/{name}", seen)
            return
        self.making.lose(
            at, "按条件改变的要求没有取。", "A demand that changes with a condition was not taken."
        )

    def dependencies(
        self, schema: Schema, group: Group, scope: Scope, at: str, ui: Schema, seen: tuple[str, ...]
    ) -> None:
        for word in ("dependencies", "dependentRequired", "dependentSchemas"):
            for name, told in (schema.get(word) or {}).items():
                named = scope.get(name)
                if not isinstance(named, tuple):
                    self.making.lose(f"{at}/{name}", f"没有取：{word}。", f"Not taken: {word}.")
                    continue
                when: Condition = {"field": named[0], "answered": ["true"]}
                if isinstance(told, Sequence) and not isinstance(told, str):
                    told = {"required": list(told)}
                self.under(told, when, group, scope, f"{at}/{word}/{name}", ui, seen)

    def variants(
        self,
        schema: Schema,
        how: str,
        group: Group,
        scope: Scope,
        at: str,
        ui: Schema,
        seen: tuple[str, ...],
    ) -> None:
        """Alternatives of an object: each under the value that tells it, or under a choice."""
        parts = [self.whole(one, f"{at}/{how}", seen) for one in schema[how]]
        if all(set(one) - {"..seen", "type"} <= {"required"} for one in parts):
            self.one_of_these(parts, group, scope, at)
            return
        told = telling(parts)
        if told is not None and told not in scope:
            names = [one["properties"][told] for one in parts]
            values = [v for one in names for v in one.get("enum", [one.get("const")]) if v]
            base = {k: v for k, v in names[0].items() if k not in ("const", "enum")}
            self.property(
                told,
                {**base, "enum": values},
                group,
                scope,
                f"{at}/{told}",
                sub(ui, told),
                True,
                seen,
            )
        before = dict(scope)
        fresh: dict[str, list[tuple[Any, dict[str, Any]]]] = {}
        for place, one in enumerate(parts):
            when: Condition | None
            if told is not None:
                own = {"properties": {told: one["properties"][told]}}
                when = condition_of_schema(own, scope)
                one["properties"] = {k: v for k, v in one["properties"].items() if k != told}
                one["required"] = [k for k in one.get("required") or [] if k != told]
            else:
                when = self.chosen(parts, place, group, scope, how)
            if when is None:
                self.making.lose(
                    f"{at}/{how}", "这种情形没有取。", "This alternative was not taken."
                )
                continue
            mine = {k: v for k, v in scope.items() if k in before or k == told or k[:2] == ".."}
            self.again(one, when, fresh)
            known = dict(mine)
            count = len(group.children)
            self.under(one, when, group, known, f"{at}/{how}/{place}", ui, seen)
            for name, told_of in known.items():
                if name not in scope:
                    scope[name] = told_of
                if name not in mine and isinstance(told_of, tuple):
                    found = [x for x in every_of(group.children[count:]) if x["key"] == told_of[0]]
                    source = (one.get("properties") or {}).get(name)
                    if found and source is not None:
                        fresh.setdefault(name, []).append((source, found[0]))

    def again(self, part: dict[str, Any], when: Condition, fresh: Any) -> None:
        """A question that an earlier alternative asks in the same words is asked once for both."""
        for name, source in list((part.get("properties") or {}).items()):
            for told, field in fresh.get(name, []):
                if told == source and "..both" not in field:
                    self.alike.setdefault(field["key"], []).append(when)
                    part["properties"] = {k: v for k, v in part["properties"].items() if k != name}
                    part["required"] = [k for k in part.get("required") or [] if k != name]

    def chosen(
        self, parts: list[dict[str, Any]], place: int, group: Group, scope: Scope, how: str
    ) -> Condition:
        if f"..{how}" not in scope:
            key = self.making.key("which")
            group.children.append(
                {
                    "key": key,
                    "kind": "choice",
                    "label": "属于哪一种",
                    "label_en": "Which of these",
                    "required": True,
                    "options": [
                        {
                            "value": str(number),
                            "label": plain(one.get("title")) or first_name(one) or str(number + 1),
                            "label_en": plain(one.get("title")) or first_name(one),
                        }
                        for number, one in enumerate(parts)
                    ],
                }
            )
            scope[f"..{how}"] = (key, K.CHOICE)
        named = scope[f"..{how}"]
        return {"field": named[0], "is": [str(place)]}

    def one_of_these(
        self, parts: list[dict[str, Any]], group: Group, scope: Scope, at: str
    ) -> None:
        """At least one of these must be answered: the last is demanded where the others are not."""
        sets = [[scope.get(name) for name in one.get("required") or []] for one in parts]
        sets = [one for one in sets if one]
        if not sets or any(not isinstance(named, tuple) for one in sets for named in one):
            self.making.lose(
                at, "没有取：几项中至少填一项。", "Not taken: at least one of several."
            )
            return
        keys = [[named[0] for named in one if isinstance(named, tuple)] for one in sets]
        order = [one["key"] for one in every(group)]
        keys.sort(key=lambda one: max(order.index(key) if key in order else 0 for key in one))
        before = [
            {"not": joined("all", [{"field": key, "answered": ["true"]} for key in one])}
            for one in keys[:-1]
        ]
        when = joined("all", before)
        for key in keys[-1]:
            if when is not None:
                self.demand(group, (key, K.TEXT), when, at)


CHECKED: Final = {
    "const",
    "enum",
    "minimum",
    "maximum",
    "type",
    "title",
    "description",
    "minLength",
    "not",
}


# ---------------------------------------------------------------- small questions about schemas
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
