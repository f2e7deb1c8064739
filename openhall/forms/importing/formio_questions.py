"""What each kind of Form.io question says beside its words: limits, options, patterns, rows."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from openhall.forms.importing.expressions import NotRead, read_script
from openhall.forms.importing.formio_blocks import CHECKED, date_limits, month_limits
from openhall.forms.importing.script import Names, Script
from openhall.forms.importing.taken import Group, Making, digits, parts, plain
from openhall.forms.rules.patterns import NotAPattern, check_pattern
from openhall.forms.terms import FieldKind

K = FieldKind
Component = Mapping[str, Any]
MASK: Final = {"9": "[0-9]", "a": "[A-Za-z]", "A": "[A-Z]", "*": "[A-Za-z0-9]"}


class Questions:
    """Each method takes the component, its type, the field so far, its path and its table."""

    def __init__(self, making: Making, names: Names) -> None:
        self.making, self.names = making, names

    def _children(
        self, components: Any, group: Group, path: list[str], table: str, pages: bool = False
    ) -> None:
        raise NotImplementedError  # the tree that these questions stand in

    def _at(self, one: Component) -> str:
        return f"{one.get('key', '')} ({one.get('type', '')})"

    def _lose(self, one: Component, what: str, told: str, fault: NotRead) -> None:
        told = " ".join(told.split())
        self.making.lose(
            f"{self._at(one)} {what}",
            f"这段程序没有取：{told[:140]}（读不懂“{fault}”）",
            f"This script was not taken: {told[:140]} (“{fault}” has no equal here)",
        )

    def _of_text(self, one: Any, kind: str, field: dict[str, Any], _p: Any, _t: str) -> None:
        validate = one.get("validate") or {}
        self._lengths(validate, field)
        if kind == "email":
            field["pattern"] = "email"
        elif kind == "url":
            field["pattern"] = "web"
        elif kind == "iban":
            field["pattern"] = "iban"
        elif kind == "phoneNumber":
            field["regex"] = r"[0-9+(). -]{4,40}"
            field.pop("minimum", None)
        elif kind in CHECKED:
            pattern, formula, zh, en = CHECKED[kind]
            field |= {"regex": pattern, "message": zh, "message_en": en}
            if formula:
                must = {"holds": formula.replace("@", field["key"])}
                field["checks"] = [{"must": must, "message": zh, "message_en": en}]
            for name in ("minimum", "maximum"):
                field.pop(name, None)
        elif validate.get("digitsOnly"):
            field["regex"] = "[0-9]+"
        wanted = validate.get("pattern")
        if isinstance(wanted, str) and (pattern := wanted):
            try:
                check_pattern(pattern)
            except NotAPattern as fault:
                self.making.lose(
                    self._at(one), f"格式不能用：{fault}", f"This pattern cannot be used: {fault}"
                )
            else:
                field["regex"] = pattern
        elif (mask := one.get("inputMask")) and isinstance(mask, str):
            field["regex"] = "".join(MASK.get(sign, re.escape(sign)) for sign in mask)
        for sign in ("prefix", "suffix"):
            if told := plain(one.get(sign) or ""):
                field["unit"] = told

    def _lengths(self, validate: Mapping[str, Any], field: dict[str, Any]) -> None:
        for name, limit in (
            ("minLength", "minimum"),
            ("maxLength", "maximum"),
            ("minWords", "least_words"),
            ("maxWords", "most_words"),
        ):
            told = str(validate.get(name) or "")
            if digits(told) not in ("", "0"):
                field[limit] = told

    def _of_long_text(self, one: Any, kind: str, field: dict[str, Any], _p: Any, _t: str) -> None:
        self._lengths(one.get("validate") or {}, field)

    def _of_number(self, one: Any, kind: str, field: dict[str, Any], _p: Any, _t: str) -> None:
        validate = one.get("validate") or {}
        for name, limit in (("min", "minimum"), ("max", "maximum")):
            told = str(validate.get(name) if validate.get(name) is not None else "")
            if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", told):
                field[limit] = told
        if validate.get("integer") or one.get("decimalLimit") == 0:
            field["decimals"] = 0
        if kind == "currency":
            field |= {"unit": str(one.get("currency") or "").upper(), "decimals": 2}
            field["unit_en"] = field["unit"]
        for sign in ("prefix", "suffix"):
            if told := plain(one.get(sign) or ""):
                field["unit"] = told

    def _of_computed(
        self, one: Any, kind: str, field: dict[str, Any], path: Any, table: str
    ) -> None:
        script = str(one.get("calculateValue") or "")
        try:
            field["formula"] = Script(self.names, path[:-1], table).result(script, "value")
        except NotRead as fault:
            self._lose(one, "calculateValue", script, fault)
            field["kind"] = "number" if kind in ("number", "currency") else "text"
            self.names.kinds[field["key"]] = FieldKind(field["kind"])
            return
        if one.get("hidden"):
            field["hidden"] = True
        if kind == "currency":
            field |= {"unit": str(one.get("currency") or "").upper(), "decimals": 2}

    def _of_choice(self, one: Any, kind: str, field: dict[str, Any], _p: Any, _t: str) -> None:
        if kind == "landvelger" or "countries" in str((one.get("data") or {}).get("url", "")):
            field["listed"] = "countries"
            return
        if kind == "valutavelger" or "currencies" in str((one.get("data") or {}).get("url", "")):
            field["listed"] = "currencies"
            return
        source = str(one.get("dataSrc") or "values")
        if self.is_elsewhere(one, source):
            self.making.note(
                self._at(one),
                f"选项由另一系统给出（{source}），改为文字填写。导入后可以补上选项。",
                f"Its options come from another system ({source}); it is asked in words. Options "
                "can be added afterwards.",
            )
            field["kind"] = K.TEXT.value
            return
        told = one.get("values") or (one.get("data") or {}).get("values") or []
        if source == "json":
            told = (one.get("data") or {}).get("json") or []
        field["options"] = []
        for each in told if isinstance(told, Sequence) and not isinstance(told, str) else []:
            each = each if isinstance(each, Mapping) else {"label": each, "value": each}
            label = plain(each.get("label") or each.get("value") or "")
            if more := plain(each.get("description") or ""):
                label = f"{label} — {more}"
            value = str(each.get("value") if each.get("value") not in (None, "") else label)[:120]
            if label and value not in [x["value"] for x in field["options"]]:
                field["options"].append(
                    {"value": value, "label": label, "label_en": label if label.isascii() else ""}
                )
        if len(field["options"]) == 1:
            only = field["options"][0]
            key = field["key"]
            field["options"].append({"value": "none_of_these", "label": "—", "label_en": "None"})
            self.making.note(
                self._at(one), f"只有一个选项“{only['label']}”。", f"{key} has one option only."
            )
        if kind in ("select", "navSelect") and field["kind"] == "choice":
            field["look"] = "list"

    def is_elsewhere(self, one: Component, source: str) -> bool:
        """Whether the options stand in another system, and none of them here."""
        data = parts(one.get("data"))
        if re.search("countries|currencies", str(data.get("url", ""))):
            return False
        told = one.get("values") or data.get("values") or []
        there = [x for x in told if isinstance(x, Mapping) and x.get("value")]
        return source in ("url", "resource", "custom") and not there

    def _of_choices(self, one: Any, kind: str, field: dict[str, Any], p: Any, t: str) -> None:
        self._of_choice(one, kind, field, p, t)
        validate = one.get("validate") or {}
        for name, limit in (("minSelectedCount", "minimum"), ("maxSelectedCount", "maximum")):
            if digits(validate.get(name)) not in ("", "0"):
                field[limit] = str(validate[name])
        if len(field.get("options", [])) == 2 and field["options"][1]["value"] == "none_of_these":
            field["options"].pop()
            only = field.pop("options")[0]
            field |= {"kind": "statement", "statement": only["label"]}
            self.names.kinds[field["key"]] = K.STATEMENT

    def _of_matrix(self, one: Any, kind: str, field: dict[str, Any], p: Any, t: str) -> None:
        self._of_choice(one, kind, field, p, t)
        field["rows"] = [
            {
                "value": str(x.get("value"))[:120],
                "label": plain(x.get("label")) or str(x.get("value")),
            }
            for x in one.get("questions") or []
        ]

    def _of_statement(self, one: Any, kind: str, field: dict[str, Any], _p: Any, _t: str) -> None:
        if kind == "signature":
            field["look"] = "signature"
        if help_said := field.pop("help", ""):
            field["statement"] = help_said
            if english := field.pop("help_en", ""):
                field["statement_en"] = english

    def _of_date(self, one: Any, kind: str, field: dict[str, Any], path: Any, table: str) -> None:
        def named(told: str) -> str | None:
            """The key of the earlier day; empty where the file has none in this place."""
            names = told.split(".")
            read = self.names.find(names, path[:-1])
            if read is None:
                return "" if self.names.is_dead(names) else None
            home = self.names.tables.get(read[0], "")
            if read[1] or (home and home != table):
                self.names.dead.add(told)
                return ""
            return read[0]

        def reckoned(told: str) -> str:
            return Script(self.names, path[:-1], table).said(read_script(told))

        lost = date_limits(one, field, named, reckoned)
        if lost:
            self.making.lose(self._at(one), f"日期限制没有取：{lost}", f"Limit not taken: {lost}")

    _of_datetime = _of_date

    def _of_month(self, one: Any, kind: str, field: dict[str, Any], _p: Any, _t: str) -> None:
        month_limits(one, field)

    def _of_year(self, one: Any, kind: str, field: dict[str, Any], _p: Any, _t: str) -> None:
        validate = one.get("validate") or {}
        for name, limit in (("minYear", "minimum"), ("maxYear", "maximum")):
            if digits(validate.get(name)) not in ("", "0"):
                field[limit] = str(validate[name])

    def _of_file(self, one: Any, kind: str, field: dict[str, Any], _p: Any, _t: str) -> None:
        if not one.get("multiple"):
            field["maximum"] = "1"
        kinds = [
            x.strip().rsplit("/", 1)[-1].lstrip("*.").lower()
            for x in str(one.get("filePattern") or "").split(",")
        ]
        known = {"pdf": "pdf", "jpg": "jpg", "jpeg": "jpg", "png": "png", "docx": "docx"}
        known["vnd.openxmlformats-officedocument.wordprocessingml.document"] = "docx"
        field["accept"] = list(dict.fromkeys(known[x] for x in kinds if x in known))
        if odd := [x for x in kinds if x and x not in known and x not in ("*", "image/*")]:
            tell = self.making.note if field["accept"] else self.making.lose
            tell(
                self._at(one),
                f"本市不收的文件种类：{'、'.join(odd)}；请转成 PDF。",
                f"Kinds of file this city does not take: {', '.join(odd)}; they are sent as PDF.",
            )

    def _of_place(self, one: Any, kind: str, field: dict[str, Any], _p: Any, _t: str) -> None:
        field["look"] = "world"

    def _of_table(self, one: Any, kind: str, field: dict[str, Any], path: Any, table: str) -> None:
        rows = Group()
        self._children(one.get("components") or [], rows, path, field["key"])
        field["columns"] = self.making.cells_of(rows)
        self._lengths(one.get("validate") or {}, field)
        if not field["columns"]:
            field |= {"kind": "note", "statement": field["label"]}
            field.pop("required", None)
