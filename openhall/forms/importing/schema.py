"""JSON Schema, draft 4 to 2020-12, alone or with the UI schema that lays it out."""

from collections.abc import Mapping
from typing import Any, Final

from openhall.forms.importing.schema_conditions import Scope
from openhall.forms.importing.schema_depending import Depending
from openhall.forms.importing.schema_layout import Layout
from openhall.forms.importing.schema_words import (
    Schema,
    every,
    human,
    is_of_files,
    is_tick,
    merged,
    ordered,
    sub,
    telling,
    type_of,
    with_branch,
)
from openhall.forms.importing.taken import (
    Group,
    Making,
    NotReadable,
    Taken,
    digits,
    joined,
    plain,
    with_condition,
)
from openhall.forms.terms import FieldKind
from openhall.glossary import Said

K = FieldKind
FORMAT: Final = Said("JSON Schema", "JSON Schema")
DEEPEST: Final = 14
ASSERTED: Final = ("maxProperties", "unevaluatedItems", "minContains", "maxContains")
"""Words of the standard that demand something no form here can say."""
READ: Final = {
    *("type", "title", "description", "properties", "required", "items", "enum", "enumNames"),
    *("const", "default", "examples", "example", "format", "pattern", "minLength", "maxLength"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems"),
    *("maxItems", "uniqueItems", "additionalProperties", "additionalItems", "allOf", "anyOf"),
    *("oneOf", "if", "then", "else", "dependencies", "dependentRequired", "dependentSchemas"),
    *("$ref", "$defs", "definitions", "$schema", "$id", "id", "$comment", "readOnly", "writeOnly"),
    *("contentMediaType", "contentEncoding", "prefixItems", "deprecated", "$anchor", "version"),
    *("unevaluatedProperties", "minProperties", "nullable", "discriminator", "example", "order"),
    *("propertyOrder", "$vocabulary", "name", "label", "pii", "formatMinimum", "formatMaximum"),
}


def read_schema(name: str, told: Schema, ui: Schema | None = None) -> Taken:
    """The form a JSON Schema describes. Raises :class:`NotReadable`."""
    return _Reading(name, told, ui or {}).taken()


class _Reading(Depending):
    def __init__(self, name: str, root: Schema, ui: Schema) -> None:
        super().__init__(Making())
        self.name, self.root, self.ui = name, root, ui
        self.places: dict[str, Group | dict[str, Any]] = {}  # what each property became

    def taken(self) -> Taken:
        schema = self.whole(self.root, "#", ())
        if schema.get("type") in ("string", "number", "integer", "boolean") or "enum" in schema:
            schema = {"properties": {self.name: schema}, "required": [self.name], "..seen": ()}
        if not (schema.get("properties") or schema.get("oneOf") or schema.get("anyOf")):
            raise NotReadable(
                Said(
                    "这个 JSON Schema 没有任何属性（properties），不是表格。",
                    "This JSON Schema has no properties and describes no form.",
                )
            )
        group = Group()
        scope: Scope = {}
        self.object(schema, group, scope, "#", self.ui, ())
        self.widen(group)
        if isinstance(self.ui.get("elements"), list):
            group = Layout(self.making, self.places, scope).laid_out(self.ui, group)
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
        return with_branch(made)

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
            elif isinstance(found, list) and digits(part) and int(part) < len(found):
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
        if schema.get("maxProperties") == len(properties) - 1 and self.one_left_out(group, scope):
            schema = {name: one for name, one in schema.items() if name != "maxProperties"}
        self.strange(schema, at)
        self.branches(schema, group, scope, at, ui, seen)
        self.dependencies(schema, group, scope, at, ui, seen)
        for how in ("oneOf", "anyOf"):
            if isinstance(schema.get(how), list):
                self.variants(schema, how, group, scope, at, ui, seen)

    def one_left_out(self, group: Group, scope: Scope) -> bool:
        """Not all of them may be answered: the last that need not be is judged by the others."""
        keys = {named[0] for named in scope.values() if isinstance(named, tuple)}
        mine = [one for one in group.children if isinstance(one, dict) and one["key"] in keys]
        free = [one for one in mine if not one.get("required")]
        if len(free) < 2:
            return False
        others = [{"field": one["key"], "answered": ["true"]} for one in free[:-1]]
        rule = {"not": joined("all", others)}
        free[-1].setdefault("checks", []).append({"must": rule})
        return True

    def refined(self, schema: Schema, at: str, seen: tuple[str, ...]) -> Schema:
        """What alternatives say anew of the object's own properties, told where they say it."""
        made = dict(schema)
        for how in ("oneOf", "anyOf"):
            if not isinstance(made.get(how), list):
                continue
            parts = [self.whole(one, at, seen) for one in made[how]]
            if all(is_tick(one) for one in parts):
                made[how] = [{"required": one["required"]} for one in parts]
                continue
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
            if one in ASSERTED:
                self.making.lose(at, f"没有取：“{one}”。", f"Not taken: “{one}”.")
            else:  # the standard has readers pass over words they do not know
                self.making.note(
                    at,
                    f"“{one}”不是标准的关键字，按标准略过。",
                    f"“{one}” is no word of the standard and is passed over, as it says.",
                )

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
        self.places[at] = field
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
        self.places[at] = section
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
