"""A formula as the plainest condition that says the same: single tests where they do."""

import ast
from collections.abc import Mapping
from typing import Any

from openhall.forms.importing.taken import Condition
from openhall.forms.terms import FieldKind

TESTS = {ast.GtE: "at_least", ast.LtE: "at_most", ast.Gt: "more_than", ast.Lt: "less_than"}
TURNED = {ast.GtE: ast.LtE, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.Lt: ast.Gt}


def condition_of(formula: str, kinds: Mapping[str, FieldKind]) -> Condition:
    """The condition for ``formula``; ``kinds`` are those of the fields it may name."""
    try:
        return _condition(ast.parse(formula.strip(), mode="eval").body, kinds)
    except (SyntaxError, ValueError, RecursionError):
        return {"holds": formula}


def _condition(node: ast.expr, kinds: Mapping[str, FieldKind]) -> Condition:
    match node:
        case ast.BoolOp(op=sign, values=parts):
            how = "all" if isinstance(sign, ast.And) else "any"
            return _merged(how, [_condition(one, kinds) for one in parts])
        case ast.UnaryOp(op=ast.Not(), operand=one):
            return _not(_condition(one, kinds))
        case ast.Call(func=ast.Name(id="chosen"), args=[ast.Name(id=key), ast.Constant(value=v)]):
            return {"field": key, "is": [str(v)]}
        case ast.Call(func=ast.Name(id="answered"), args=[ast.Name(id=key)]):
            return {"field": key, "answered": ["true"]}
        case ast.Compare(left=left, ops=[sign], comparators=[right]):
            if isinstance(left, ast.Constant) and not isinstance(right, ast.Constant):
                left, right, sign = right, left, TURNED.get(type(sign), type(sign))()
            return _compared(node, left, sign, right, kinds)
        case ast.Name(id=key) if kinds.get(key) == FieldKind.STATEMENT:
            return {"field": key, "is": ["true"]}
    return {"holds": ast.unparse(node)}


def _compared(
    node: ast.expr, left: ast.expr, sign: ast.cmpop, right: ast.expr, kinds: Mapping[str, FieldKind]
) -> Condition:
    if isinstance(left, ast.Name) and isinstance(right, ast.Constant) and left.id in kinds:
        key, value = left.id, right.value
        if value == "":
            said = {"field": key, "answered": ["true"]}
            if isinstance(sign, ast.Eq | ast.NotEq):
                return said if isinstance(sign, ast.NotEq) else _not(said)
        elif isinstance(sign, ast.Eq | ast.NotEq) and _is_named(kinds[key], value):
            word = str(value).lower() if isinstance(value, bool) else str(value)
            said = {"field": key, "is": [word]}
            return said if isinstance(sign, ast.Eq) else _not(said)
        elif type(sign) in TESTS and kinds[key] in (
            FieldKind.NUMBER,
            FieldKind.MONEY,
            FieldKind.COMPUTED,
        ):
            return {"field": key, TESTS[type(sign)]: [str(value)]}
    return {"holds": ast.unparse(node)}


def _is_named(kind: FieldKind, value: Any) -> bool:
    """Whether equality is that of a named value, not of a number written one way or another."""
    if kind in (FieldKind.NUMBER, FieldKind.MONEY, FieldKind.COMPUTED):
        return isinstance(value, int) and not isinstance(value, bool)
    return kind not in (FieldKind.TABLE, FieldKind.FILE)


def _not(said: Condition) -> Condition:
    if said.get("answered") == ["true"]:
        return said | {"answered": ["false"]}
    if said.get("answered") == ["false"]:
        return said | {"answered": ["true"]}
    return said.get("not", {"not": said})


def _merged(how: str, parts: list[Condition]) -> Condition:
    """“a is x or a is y” is one test of two values; joints of the same kind are one."""
    flat: list[Condition] = []
    for one in parts:
        flat += one.get(how, [one])
    if how == "any":
        found: dict[str, Condition] = {}
        rest: list[Condition] = []
        for one in flat:
            if "is" in one and (known := found.get(one["field"])):
                known["is"] = [*known["is"], *(v for v in one["is"] if v not in known["is"])]
            else:
                one = dict(one)
                rest.append(one)
                if "is" in one:
                    found[one["field"]] = one
        flat = rest
    return flat[0] if len(flat) == 1 else {how: flat}


def simplified(told: Condition, kinds: Mapping[str, FieldKind]) -> Condition:
    """The condition with what follows from its other parts left out, and no joint in its like."""
    if "not" in told:
        return _not(simplified(told["not"], kinds))
    how = next((one for one in ("all", "any") if one in told), "")
    if not how:
        return told
    parts: list[Condition] = []
    for one in told[how]:
        inner = simplified(one, kinds)
        parts += [part for part in inner.get(how, [inner]) if part not in parts]
    parts = _without_the_said(parts, kinds) if how == "all" else _without_the_covered(parts)
    return parts[0] if len(parts) == 1 else {how: parts}


def _without_the_said(parts: list[Condition], kinds: Mapping[str, FieldKind]) -> list[Condition]:
    """“It is a, and it is not b” is “it is a”, where one thing only is chosen."""
    chosen = {
        one["field"]: set(one["is"])
        for one in parts
        if "is" in one and kinds.get(one["field"]) == FieldKind.CHOICE
    }

    def follows(one: Condition) -> bool:
        other = one.get("not", {})
        return "is" in other and bool(
            (known := chosen.get(other["field"])) and not known & set(other["is"])
        )

    return [one for one in parts if not follows(one)]


def _without_the_covered(parts: list[Condition]) -> list[Condition]:
    """“X, or not X and Y” is “X or Y”; “X, or X and Y” is “X”."""
    made: list[Condition] = []
    for one in parts:
        inner = one.get("all")
        if inner is None:
            made.append(one)
            continue
        if any(other in inner for other in parts if other is not one):
            continue
        left = [part for part in inner if _not(part) not in parts]
        made.append(left[0] if len(left) == 1 else {"all": left} if left else {"all": inner})
    return made


def parts_of(condition: Condition) -> list[Condition]:
    found = condition.get("all")
    return list(found) if isinstance(found, list) else [condition]


def covers(rests: list[list[Condition]]) -> bool:
    """Whether the ways differ in one test only and between them leave nothing out."""
    if any(len(one) != 1 for one in rests) or len(rests) != 2:
        return False
    first, second = rests[0][0], rests[1][0]
    if first == {"not": second} or second == {"not": first}:
        return True
    return first.get("field") == second.get("field") is not None and sorted(
        [*first.get("is", []), *second.get("is", [])]
    ) == ["false", "true"]
