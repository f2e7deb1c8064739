"""JSON Logic, ``{"==": [{"var": "data.a"}, "x"]}``, as formulas of ours."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from openhall.forms.importing.expressions import NotRead, Tree
from openhall.forms.importing.script import Names, Script

SIGNS: Final = {
    **{one: one for one in ("==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%")},
    "===": "==",
    "!==": "!=",
}


def logic_in_words(told: Any, names: Names, around: Sequence[str]) -> str:
    """The formula of a rule in JSON Logic. Raises :class:`NotRead`."""
    return Script(names, around).truth(_tree(told))


def _tree(told: Any) -> Tree:
    """The rule as the tree that a script of the same meaning has."""
    if isinstance(told, bool):
        return (str(told).lower(),)
    if told is None:
        return ("none",)
    if isinstance(told, int | float):
        return ("num", f"{told:g}")
    if isinstance(told, str):
        return ("str", told)
    if isinstance(told, list):
        return ("list", [_tree(one) for one in told])
    if not isinstance(told, Mapping) or len(told) != 1:
        raise NotRead(str(told)[:60])
    sign, given = next(iter(told.items()))
    args = given if isinstance(given, list) else [given]
    if sign == "var":
        return _var(str(args[0]) if args else "")
    parts = [_tree(one) for one in args]
    if sign in ("and", "or") and parts:
        made = parts[0]
        for one in parts[1:]:
            made = ("op", sign, made, one)
        return made
    match sign, parts:
        case ("!", [one]):
            return ("not", one)
        case ("!!", [one]):
            return one
        case ("if" | "?:", [test, yes, no]):
            return ("if", test, yes, no)
        case ("in", [what, where]):
            return ("method", where, "includes", [what])
        case (_, [left, right]) if sign in SIGNS:
            return ("op", SIGNS[sign], left, right)
        case ("<" | "<=", [low, middle, high]):
            both = (("op", sign, low, middle), ("op", sign, middle, high))
            return ("op", "and", *both)
    raise NotRead(str(sign))


def _var(path: str) -> Tree:
    first, *rest = (path if path.startswith(("data.", "row.")) else f"data.{path}").split(".")
    tree: Tree = ("bare", first)
    for one in rest:
        tree = ("member", tree, one)
    return tree
