"""What a JSON Schema asks only sometimes: if/then/else, dependencies, alternatives."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from openhall.forms.importing.schema_answers import Answers
from openhall.forms.importing.schema_conditions import Scope, condition_of_schema
from openhall.forms.importing.schema_words import (
    Schema,
    every,
    every_of,
    first_name,
    sub,
    telling,
)
from openhall.forms.importing.taken import Condition, Group, Making, joined, plain, with_condition
from openhall.forms.terms import FieldKind

K = FieldKind
CHECKED: Final = {
    "const",
    "enum",
    "minimum",
    "maximum",
    "type",
    "title",
    "description",
    "minLength",
    "maxLength",
    "pattern",
    "not",
}


class Depending(Answers):
    """Questions under conditions; those of an object itself come from the class that is it."""

    def __init__(self, making: Making) -> None:
        super().__init__(making)
        self.alike: dict[str, list[Condition]] = {}  # further conditions a question is asked under
        self.musts: dict[int, list[dict[str, Any]]] = {}  # what an inner object demands
        self.groups: dict[int, Group] = {}

    def object(
        self,
        schema: Schema,
        group: Group,
        scope: Scope,
        at: str,
        ui: Schema,
        seen: tuple[str, ...],
    ) -> None:
        raise NotImplementedError

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
        raise NotImplementedError

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
        """A question that must answer to more under a condition, or is not asked under it."""
        if told is False:
            found = [one for one in every(group) if named and one.get("key") == named[0]]
            if isinstance(named, tuple) and found:
                asked = with_condition(found[0], {"not": when})
                found[0].update(asked)
                return
            self.making.lose(at, "按条件不填的项没有取。", "What is left out was not taken.")
            return
        schema = self.whole(told, at, seen)
        schema.pop("..seen", None)
        if isinstance(named, tuple) and named[1] == K.TABLE:
            found = [one for one in every(group) if one.get("key") == named[0]]
            limits = {"minItems": ">=", "maxItems": "<="}
            rows = " and ".join(
                f"count({named[0]}) {sign} {schema[word]}"
                for word, sign in limits.items()
                if isinstance(schema.get(word), int)
            )
            if found and rows and set(schema) <= {*limits, "type"}:
                absent = {"field": named[0], "answered": ["false"]}
                rule = {"any": [{"not": when}, absent, {"holds": rows}]}
                found[0].setdefault("checks", []).append({"must": rule})
                return
        elif isinstance(named, tuple):
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
        for one in parts:
            self.left_out(one, scope)
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

    def left_out(self, part: dict[str, Any], scope: Scope) -> None:
        """An alternative in which something is not answered simply does not ask for it."""
        told = part.get("not")
        if isinstance(told, Mapping) and set(told) <= {"required", "type"}:
            names = [one for one in told.get("required") or [] if one in scope]
            if len(names) == len(told.get("required") or []):
                del part["not"]
                for name in names:
                    self.making.note(
                        name,
                        "只在一种情形下填写：其他情形留空。",
                        "Answered in one alternative only: left empty in the others.",
                    )

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

    def standing_for(self, named: Any) -> Any:
        """A part of several questions is answered where the first that it demands is, or its
        first."""
        if not isinstance(named, Mapping):
            return named
        for one in self.musts.get(id(named), ()):
            return (one["key"], K(one["kind"]))
        for inner in named.values():
            if isinstance(found := self.standing_for(inner), tuple):
                return found
        return None

    def one_of_these(
        self, parts: list[dict[str, Any]], group: Group, scope: Scope, at: str
    ) -> None:
        """At least one of these must be answered: the last is demanded where the others are not."""
        sets = [[scope.get(name) for name in one.get("required") or []] for one in parts]
        sets = [[self.standing_for(named) for named in one] for one in sets if one]
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
