"""A layout that stands beside a JSON Schema: categories, groups, controls, and rules of showing."""

from collections.abc import Mapping
from typing import Any, Final

from openhall.forms.importing.schema_conditions import Scope, condition_of_schema
from openhall.forms.importing.taken import (
    Condition,
    Group,
    Making,
    joined,
    parts,
    plain,
    with_condition,
)

Child = Group | dict[str, Any]
Element = Mapping[str, Any]
PLAIN: Final = ("VerticalLayout", "HorizontalLayout", "Categorization")


class Layout:
    """Puts what the properties became where the layout's elements show them."""

    def __init__(self, making: Making, places: Mapping[str, Child], scope: Scope) -> None:
        self.making, self.places, self.scope = making, places, scope
        self.shown: set[int] = set()

    def laid_out(self, ui: Element, asked: Group) -> Group:
        """The questions of ``asked`` in the order, and under the words, of the layout."""
        made = Group()
        self._elements(ui, made)
        for one in asked.children:
            if id(one) in self.shown:
                continue
            if isinstance(one, Group) and one.when is not None:  # asked under a condition
                made.children.append(one)
                continue
            name = one.label if isinstance(one, Group) else one["label"]
            self.making.note(
                name, "布局里没有这一项，不问。", "The layout does not show it; it is not asked."
            )
        return made

    def _elements(self, parent: Element, group: Group) -> None:
        for one in parent.get("elements") or []:
            if isinstance(one, Mapping):
                self._element(one, group)

    def _element(self, one: Element, group: Group) -> None:
        kind, when = str(one.get("type")), self._rule(one)
        if kind == "Control":
            self._control(one, group, when)
        elif kind == "Label":
            words = plain(one.get("text") or "")
            note = {"key": self.making.key("note"), "kind": "note", "label": "", "statement": words}
            if words.isascii():
                note["statement_en"] = words
            group.children.append(with_condition(note, when))
        elif kind in ("Group", "Category") or (kind in PLAIN and when is not None):
            label = plain(one.get("label") or "")
            inner = Group(label, label if label.isascii() else "", when)
            inner.is_page = kind == "Category"
            self._elements(one, inner)
            if inner.children:
                group.children.append(inner)
        elif kind in PLAIN:
            self._elements(one, group)
        else:
            self.making.lose(kind, f"不认识的布局“{kind}”。", f"Unknown element “{kind}”.")

    def _control(self, one: Element, group: Group, when: Condition | None) -> None:
        child = self.places.get(_path(one.get("scope")))
        if child is None:
            self.making.lose(
                str(one.get("scope")), "布局所指的项不存在。", "The layout shows what is not there."
            )
            return
        self.shown.add(id(child))
        label = plain(one.get("label") or "") if isinstance(one.get("label"), str) else ""
        if isinstance(child, Group):
            child.label = label or child.label
            child.when = joined("all", [told for told in (child.when, when) if told])
            group.children.append(child)
            return
        if label:
            child |= {"label": label, "label_en": label if label.isascii() else ""}
        options = parts(one.get("options"))
        if options.get("multi") and child["kind"] == "text":
            child["kind"] = "long_text"
        group.children.append(with_condition(child, when))

    def _rule(self, one: Element) -> Condition | None:
        rule = one.get("rule")
        if not isinstance(rule, Mapping):
            return None
        told = self._condition(rule.get("condition") or {})
        if told is None:
            self.making.lose(
                str(one.get("scope") or one.get("label") or one.get("type")),
                f"规则没有取：{str(rule)[:120]}",
                f"This rule was not taken: {str(rule)[:120]}",
            )
            return None
        return told if rule.get("effect") in ("SHOW", "ENABLE") else {"not": told}

    def _condition(self, told: Element) -> Condition | None:
        if isinstance(told.get("conditions"), list):
            read = [self._condition(one) for one in told["conditions"]]
            if any(one is None for one in read):
                return None
            how = "any" if told.get("type") == "OR" else "all"
            return joined(how, [one for one in read if one])
        named: Any = self.scope
        for name in _path(told.get("scope")).split("/")[1:]:
            named = named.get(name) if isinstance(named, Mapping) else None
        if not isinstance(named, tuple):
            return None
        schema = told.get("schema")
        if not isinstance(schema, Mapping):
            schema = {"const": told.get("expectedValue")}
        return condition_of_schema({"properties": {"x": schema}}, {"x": named})


def _path(scope: Any) -> str:
    """``#/properties/a/properties/b`` as the reader of schemas calls it: ``#/a/b``."""
    return str(scope or "").replace("/properties/", "/")
