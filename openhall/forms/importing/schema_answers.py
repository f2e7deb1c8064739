"""A JSON Schema of a single answer: its kind, options, limits and pattern."""

from typing import Any, Final

from openhall.forms.importing.schema_words import (
    Schema,
    is_of_days,
    is_of_days_said,
    merged,
    one_of,
    said_of,
    type_of,
    whole_pattern,
    without_lookahead,
    written,
)
from openhall.forms.importing.taken import Making, plain
from openhall.forms.rules.patterns import NotAPattern, check_pattern
from openhall.forms.rules.values import LONGEST
from openhall.forms.terms import FieldKind

K = FieldKind
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


AS_PATTERN: Final = {  # where an answer may be written in one of several ways
    "email": r"[^@\s]+@[^@\s]+\.[^@\s]+",
    "uri": r"https?://\S+",
    "url": r"https?://\S+",
    "date": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "date-time": "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+.*",
    "tel": "[0-9+(). /xX-]{4,40}",
    "phone": "[0-9+(). /xX-]{4,40}",
}


class Answers:
    """What is asked once: a text, a number, a day, one of several."""

    def __init__(self, making: Making) -> None:
        self.making = making

    def whole(self, told: Any, at: str, seen: tuple[str, ...]) -> dict[str, Any]:
        raise NotImplementedError  # the file that the schema's references lead into

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
        patterns = [one.get("pattern") or AS_PATTERN.get(one.get("format", "")) for one in read]
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
            self.making.note(
                at,
                f"不认识的格式“{form}”，按标准不作要求。",
                f"The format “{form}” is not known and, by the standard, demands nothing.",
            )
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
        if kind in (K.DATE, K.DATETIME):
            for name, limit in (("formatMinimum", "minimum"), ("formatMaximum", "maximum")):
                if is_of_days_said(str(schema.get(name, ""))[:10]):
                    field[limit] = str(schema[name])[:10]
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
