"""What stands beside a Form.io question: checks, first values, rules and what nobody reads here."""

import re
from collections.abc import Mapping
from typing import Any, Final

from openhall.forms.importing.expressions import NotRead
from openhall.forms.importing.formio_properties import SEEN
from openhall.forms.importing.formio_questions import Component, Questions
from openhall.forms.importing.json_logic import logic_in_words
from openhall.forms.importing.script import Script
from openhall.forms.importing.structure import condition_of
from openhall.forms.importing.taken import Condition, joined, plain
from openhall.forms.terms import FieldKind

K = FieldKind
NO_VALUE: Final = r"value\s*=\s*(?:''|\"\"|null)\s*;?"
TURNED: Final = ("hidden", "validate.required", "disabled")
SEVERAL: Final = ("textfield", "number", "email", "datetime", "phoneNumber", "url")
"""Questions that may be answered several times, each in a row of its own."""


def nothing_hidden(one: Component) -> bool:
    """Whether it is unseen and has no value: nothing is ever answered there."""
    return str(one.get("type")) == "hidden" and (
        one.get("defaultValue") in (None, "", [], {}) and not one.get("calculateValue")
    )


class Beside(Questions):
    """The part of the reader that a question's own words and limits do not need."""

    unused: dict[str, int]

    def _simple(self, one: Component, path: list[str], table: str) -> Condition | None:
        raise NotImplementedError

    def _says_nothing(self, one: Component) -> bool:
        """Whether it is left out, and said: unseen and without a value of its own."""
        if not nothing_hidden(one):
            return False
        self.making.note(
            self._at(one), "隐藏项没有值，略去。", "A hidden item without value; left out."
        )
        return True

    def _several(self, one: Component, field: dict[str, Any]) -> None:
        """Several answers to one question: a table of one column."""
        if not (one.get("multiple") and str(one.get("type")) in SEVERAL):
            return
        column = {
            name: value
            for name, value in field.items()
            if name not in ("show_if", "help", "help_en", "look")
        }
        kind = {"number": K.NUMBER, "datetime": K.DATETIME, "phoneNumber": K.PHONE}
        column |= {"key": self.making.key(f"{field['key']}_one"), "required": True}
        column["kind"] = kind.get(str(one.get("type")), K.TEXT).value
        for name in ("minimum", "maximum", "pattern", "regex", "unit", "message", "message_en"):
            field.pop(name, None)
        field |= {"kind": K.TABLE.value, "columns": [column]}

    # ------------------------------------------------------------ rules
    def _of_json_logic(self, one: Component, path: list[str]) -> list[Condition]:
        told = (one.get("conditional") or {}).get("json")
        if not isinstance(told, Mapping) or not told:
            return []
        try:
            return [condition_of(logic_in_words(told, self.names, path), self.names.kinds)]
        except NotRead as fault:
            self._lose(one, "conditional.json", str(told), fault)
            return []

    def _rules(self, one: Component, path: list[str], table: str) -> list[tuple[str, bool, Any]]:
        """What the rules of a component change, and when: a property, its value, the condition."""
        found: list[tuple[str, bool, Any]] = []
        for rule in one.get("logic") or []:
            trigger = rule.get("trigger") or {}
            kind = str(trigger.get("type") or "")
            when: Condition | None = None
            try:
                if kind == "simple":
                    when = self._simple({**one, "conditional": trigger.get("simple")}, path, table)
                elif kind == "javascript":
                    script = str(trigger.get("javascript") or "")
                    said = Script(self.names, path, table).result(script, "result")
                    when = condition_of(said, self.names.kinds)
                elif kind == "json":
                    told = trigger.get("json") or {}
                    when = condition_of(logic_in_words(told, self.names, path), self.names.kinds)
            except NotRead as fault:
                self._lose(one, "logic", str(trigger), fault)
                continue
            for action in rule.get("actions") or []:
                named = (action.get("property") or {}).get("value")
                state = action.get("state") is True or str(action.get("state")) == "true"
                if when is None or action.get("type") != "property" or named not in TURNED:
                    self.making.lose(
                        self._at(one),
                        f"没有取：规则“{rule.get('name', '')}”（{named or action.get('type')}）。",
                        f"Not taken: the rule “{rule.get('name', '')}” "
                        f"({named or action.get('type')}).",
                    )
                else:
                    found.append((str(named), state, when))
        return found

    def _by_logic(
        self, one: Component, path: list[str], table: str, when: Condition | None
    ) -> Condition | None:
        """When it is asked, after what its rules show and hide."""
        for name, state, told in self._rules(one, path, table):
            if name != "hidden":
                continue
            if state:
                when = joined("all", [*([when] if when else []), {"not": told}])
            elif when is not None and one.get("hidden"):
                when = told
        return when

    def _demanded_by_logic(
        self, one: Component, field: dict[str, Any], path: list[str], table: str
    ) -> None:
        for name, state, told in self._rules(one, path, table):
            if name == "validate.required" and state and not field.get("required"):
                field["required_if"] = told
            elif name == "validate.required" and not state and field.pop("required", False):
                field["required_if"] = {"not": told}
            elif name == "disabled" and state:
                self.making.note(
                    self._at(one),
                    "按规则停用的题仍可填写。",
                    "What a rule switches off can still be answered.",
                )

    def _custom(
        self, one: Component, kind: str, field: dict[str, Any], path: list[str], table: str
    ) -> None:
        """Checks written as scripts; those of an office's own components are known by name."""
        script = str((one.get("validate") or {}).get("custom") or "").strip()
        if not script or re.search(
            r"instance\.validate(DatePicker|Fnr|Organization|Account|Iban)", script
        ):
            return
        if not re.search(r"\bvalid\s*=", script):
            self.making.note(
                self._at(one),
                "校验程序没有给出 valid，在原处也不起作用。",
                "Its check never says “valid”; it does nothing where it stands either.",
            )
            return
        try:
            reading = Script(self.names, path, table, own=field["key"])
            said, words = reading.checked(script)
        except NotRead as fault:
            self._lose(one, "validate.custom", script, fault)
            return
        check: dict[str, Any] = {"must": condition_of(said, self.names.kinds)}
        if words := plain(words):
            check |= {"message": words, "message_en": words if words.isascii() else ""}
        field.setdefault("checks", []).append(check)

    def _default(self, one: Component, field: dict[str, Any], kind: FieldKind) -> None:
        script = str(one.get("customDefaultValue") or "").strip()
        if script and not re.fullmatch(NO_VALUE, script):
            self._lose(one, "customDefaultValue", script, NotRead("customDefaultValue"))
        value = one.get("defaultValue")
        if isinstance(value, Mapping):
            value = (
                value.get("value")
                if kind == K.CHOICE
                else [k for k, v in value.items() if v is True]
            )
        if value in (None, "", [], False, {}) or kind in (
            K.NOTE,
            K.COMPUTED,
            K.TABLE,
            K.FILE,
            K.PLACE,
        ):
            pass
        elif kind == K.STATEMENT:
            self.making.note(
                self._at(one), "声明不预先勾选。", "A statement is never ticked beforehand."
            )
        else:
            field["default"] = value if isinstance(value, list) else str(value)
        if one.get("type") == "hidden":
            field["hidden"] = True
        if (one.get("disabled") or one.get("readOnly")) and field.get("default") not in (None, ""):
            field["read_only"] = True

    def _strange(self, one: Component) -> None:
        for name, value in one.items():
            if value not in (None, "", [], {}, False, 0) and name not in SEEN:
                self.unused[name] = self.unused.get(name, 0) + 1
        if one.get("unique") or (one.get("validate") or {}).get("unique"):
            self.making.lose(
                self._at(one),
                "没有取：全部申请中不得重复。",
                "Not taken: unique among all that was sent.",
            )
        if (one.get("validate") or {}).get("json"):
            self.making.lose(self._at(one), "没有取：validate.json。", "Not taken: validate.json.")
