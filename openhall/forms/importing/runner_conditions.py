"""Conditions of the GOV.UK form builders: rows of an older one, items of a later one, scripts."""

from collections.abc import Mapping
from typing import Any

from openhall.forms.importing.expressions import NotRead, Tree, read_script
from openhall.forms.importing.runner_words import OPERATORS
from openhall.forms.importing.structure import condition_of
from openhall.forms.importing.taken import Condition, Making, digits, joined, parts
from openhall.forms.terms import FieldKind


class Conditions:
    """The part of the reader that turns a condition's name into what it says."""

    making: Making
    lists: dict[Any, Any]
    conditions: dict[str, Mapping[str, Any]]
    keys: dict[str, str]
    kinds: dict[str, FieldKind]
    by_id: dict[str, str]

    def _condition(self, name: str, at: str) -> Condition | None:
        if not name:
            return None
        told = self.conditions.get(name)
        if told is None:
            self.making.lose(at, f"没有条件“{name}”。", f"There is no condition “{name}”.")
            return {"holds": "False"}
        value = told.get("value")
        try:
            if isinstance(told.get("items"), list):
                return self._items(told)
            if isinstance(value, str):
                said = self._truth(
                    read_script(value.replace(" and ", " && ").replace(" or ", " || "))
                )
                return condition_of(said, self.kinds)
            rows = value.get("conditions") if isinstance(value, Mapping) else None
            return self._rows(list(rows or []))
        except (NotRead, AttributeError, TypeError, KeyError) as fault:
            self.making.lose(
                f"{at} {name}",
                f"条件没有取：{str(value)[:120]}（{fault}）",
                f"A condition was not taken: {str(value)[:120]} ({fault})",
            )
            return None

    def _rows(self, rows: list[Any]) -> Condition:
        """Rows joined by and/or, "and" binding tighter; a row may be a group of rows."""
        groups: list[list[Condition]] = [[]]
        for place, one in enumerate(rows):
            if place and one.get("coordinator") == "or":
                groups.append([])
            groups[-1].append(self._row(one))
        told = [part for group in groups if (part := joined("all", group)) is not None]
        found = joined("any", told)
        if found is None:
            raise NotRead("…")
        return found

    def _items(self, told: Mapping[str, Any]) -> Condition:
        """A condition of the later builder: items that name components and conditions by id."""
        found_parts = []
        for one in told["items"]:
            if one.get("conditionId"):
                found = self._condition(str(one["conditionId"]), "")
                if found is None:
                    raise NotRead(str(one["conditionId"]))
                found_parts.append(found)
                continue
            value = one.get("value")
            if isinstance(value, Mapping) and value.get("itemId"):
                items = (self.lists.get(value.get("listId")) or {}).get("items") or []
                value = next(
                    (x.get("value") for x in items if x.get("id") == value["itemId"]), None
                )
            if not isinstance(value, Mapping):
                value = {"value": value}
            name = self.by_id.get(str(one.get("componentId")), "")
            operator = str(one.get("operator"))
            found_parts.append(
                self._row({"field": {"name": name}, "operator": operator, "value": value})
            )
        found = joined("any" if told.get("coordinator") == "or" else "all", found_parts)
        if found is None:
            raise NotRead("…")
        return found

    def _row(self, one: Mapping[str, Any]) -> Condition:
        if "conditions" in one:
            return self._rows(list(one["conditions"]))
        if one.get("conditionName"):
            found = self._condition(str(one["conditionName"]), "")
            if found is None:
                raise NotRead(str(one["conditionName"]))
            return found
        name = str((one.get("field") or {}).get("name"))
        key = self.keys.get(name) or self.keys.get(name.rsplit(".", 1)[-1])
        if key is None and name:
            self.making.note(
                name,
                f"条件提到文件里没有的“{name}”，按没有回答处理。",
                f"A condition names “{name}”, which the file does not have; it is never answered.",
            )
            return {"holds": "False"}
        if key is None:
            raise NotRead("…")
        given = parts(one.get("value"))
        if given.get("period") not in (None, ""):
            return self._since(key, str(one.get("operator")), given)
        value = given.get("value")
        if value is None:
            raise NotRead(f"{name} {one.get('operator')} {given}")
        told = str(value).lower() if isinstance(value, bool) else str(value)
        operator = str(one.get("operator"))
        turned = operator.replace("is not", "is").replace("does not contain", "contains")
        how = OPERATORS.get(turned)
        if how is None:
            raise NotRead(operator)
        if how in ("==", "<", ">"):
            left = f"length({key})" if "len" in operator or "er than" in operator else key
            said: Condition = {"holds": f"{left} {how} {told if left != key else repr(told)}"}
        else:
            said = {"field": key, how: [told]}
        return {"not": said} if turned != operator else said

    def _since(self, key: str, operator: str, given: Mapping[str, Any]) -> Condition:
        """A day before or after so many days, months or years ago, or from now."""
        unit = str(given.get("unit") or "").rstrip("s")
        sign = {"before": "<", "after": ">", "at least": "<=", "more than": "<"}.get(
            operator.removeprefix("is ")
        )
        past = "past" in str(given.get("direction")) or given.get("direction") == "ago"
        if unit not in ("day", "month", "year") or sign is None or not digits(given["period"]):
            raise NotRead(str(dict(given)))
        many = f"{'-' if past else ''}{given['period']}"
        return {"holds": f"{key} {sign} add_{unit}s(today, {many})"}

    def _truth(self, tree: Tree) -> str:
        match tree:
            case ("op", "and" | "or" as sign, left, right):
                return f"({self._truth(left)} {sign} {self._truth(right)})"
            case ("not", inner):
                return f"(not {self._truth(inner)})"
            case ("op", sign, left, (("str" | "num") as kind, told)):
                value = str(told) if kind == "num" else repr(told)
                return f"({self._key(left)} {sign} {value})"
            case ("op", sign, left, ("true",) | ("false",) as right):
                return f"({self._key(left)} {sign} {right[0]!r})"
        raise NotRead(str(tree[0]))

    def _key(self, tree: Tree) -> str:
        name = tree[2] if tree[0] == "member" else tree[1] if tree[0] == "bare" else ""
        if name not in self.keys:
            raise NotRead(str(name))
        return self.keys[name]
