"""Formulas of computed answers, limits and conditions: exact decimals, days, words, comparisons.

A formula names earlier answers; ``sum(table.column)`` and ``count(table)`` speak of a table's
rows, ``today`` is the day of the answer, ``row_number`` the number of the row it stands in. The
grammar is a short list of allowed signs over Python's own parser: nothing else can be written, so
nothing else can happen.
"""

import ast
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal, DecimalException, localcontext
from typing import Any, Final

from openhall.forms.rules.functions import (
    ANY,
    COLUMN,
    DATE,
    LIST,
    NUMBER,
    TABLE,
    TAKES,
    TEXT,
    TRUTH,
    Missing,
    Value,
    called,
    date_in,
    decimal_in,
    is_day,
    same,
    whole_years,
)
from openhall.glossary import Said

__all__ = [
    "COLUMN",
    "DATE",
    "LIST",
    "NUMBER",
    "TABLE",
    "TEXT",
    "TRUTH",
    "FormulaFault",
    "check_formula",
    "is_true",
    "kind_of",
    "names_in",
    "reckon",
    "tree_of",
    "value_of_formula",
    "whole_years",
]
LONGEST: Final = 300
LONGEST_RECKONED: Final = 6000  # with the longer names a combined form gives its questions
SIGNS: Final[dict[type[ast.AST], str]] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Mod: "%",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
WORDS_OF: Final = {
    NUMBER: ("数字", "number"),
    DATE: ("日期", "date"),
    TEXT: ("文字", "text"),
    TRUTH: ("是否成立的判断", "statement that holds or not"),
    LIST: ("多选", "several choices"),
    TABLE: ("表格", "table"),
    COLUMN: ("表格的数字列", "column"),
}


class FormulaFault(ValueError):
    """What is wrong with a formula."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.en)
        self.said = said


def _parsed(formula: str, longest: int = LONGEST) -> ast.expr:
    if not formula.strip():
        raise FormulaFault(Said("请填写公式。", "Write the formula."))
    if len(formula) > longest:
        raise FormulaFault(
            Said(f"公式不能超过{longest}个字符。", f"A formula has at most {longest} signs.")
        )
    try:
        return ast.parse(formula.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise FormulaFault(
            Said(
                "公式无法读懂。请检查括号和运算符。", "The formula cannot be read. Check brackets."
            )
        ) from None


def names_in(formula: str) -> set[str]:
    """The fields a formula speaks of. Raises :class:`FormulaFault`."""
    tree = _parsed(formula, LONGEST_RECKONED)
    functions = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    names = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and id(node) not in functions
    }
    return names - {"today", "row_number"}


def check_formula(formula: str, kinds: Mapping[str, str]) -> None:
    """Raise :class:`FormulaFault` unless ``formula`` gives a number from values of ``kinds``."""
    if kind_of(formula, kinds, LONGEST) != NUMBER:
        raise FormulaFault(Said("公式的结果应为数字。", "A formula gives a number."))


def kind_of(formula: str, kinds: Mapping[str, str], longest: int = LONGEST_RECKONED) -> str:
    """What the formula gives: number, date, text, truth. Raises :class:`FormulaFault`.

    ``kinds`` maps ``key`` and ``table.column`` to the kind of their values.
    """
    return _kind(_parsed(formula, longest), kinds)


def _kind(node: ast.expr, kinds: Mapping[str, str]) -> str:
    match node:
        case ast.Constant(value=bool()):
            return TRUTH
        case ast.Constant(value=int() | float()):
            return NUMBER
        case ast.Constant(value=str()):
            return TEXT
        case ast.Name(id="today"):
            return DATE
        case ast.Name(id=name):
            return _known(name, kinds)
        case ast.Attribute():
            return _known(ast.unparse(node), kinds)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=one):
            return _must_be(NUMBER, one, kinds)
        case ast.UnaryOp(op=ast.Not(), operand=one):
            return _must_be(TRUTH, one, kinds)
        case ast.BoolOp(values=parts):
            for one in parts:
                _must_be(TRUTH, one, kinds)
            return TRUTH
        case ast.Compare(left=left, ops=[sign], comparators=[right]) if type(sign) in SIGNS:
            return _compared(left, right, kinds)
        case ast.IfExp(test=test, body=body, orelse=other):
            _must_be(TRUTH, test, kinds)
            return _must_be(_kind(body, kinds), other, kinds)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in SIGNS:
            if _kind(left, kinds) == DATE and isinstance(sign, ast.Add | ast.Sub):
                if isinstance(sign, ast.Sub) and _kind(right, kinds) == DATE:
                    return NUMBER  # days between
                _must_be(NUMBER, right, kinds)
                return DATE
            _must_be(NUMBER, left, kinds)
            return _must_be(NUMBER, right, kinds)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in TAKES:
            return _check_call(name, args, kinds)
    raise FormulaFault(
        Said(
            f"公式只能使用 + - * / %、比较、and or not 和 {'、'.join(TAKES)}。",
            f"A formula uses + - * / %, comparisons, and or not, and {', '.join(TAKES)} only.",
        )
    )


def _compared(left: ast.expr, right: ast.expr, kinds: Mapping[str, str]) -> str:
    pair = {_kind(left, kinds), _kind(right, kinds)}
    if pair & {TABLE, COLUMN} or (DATE in pair and pair & {NUMBER, TRUTH}):
        told = f"{ast.unparse(left)} / {ast.unparse(right)}"
        raise FormulaFault(Said(f"“{told}”不能相比。", f"“{told}” cannot be compared."))
    return TRUTH


def _known(name: str, kinds: Mapping[str, str]) -> str:
    if name not in kinds:
        raise FormulaFault(
            Said(
                f"公式中的“{name}”不是前面的数字、日期或者表格字段。",
                f"“{name}” is not an earlier number, date or table.",
            )
        )
    return kinds[name]


def _must_be(kind: str, node: ast.expr, kinds: Mapping[str, str]) -> str:
    if _kind(node, kinds) != kind:
        zh, en = WORDS_OF.get(kind, (kind, kind))
        told = ast.unparse(node)
        raise FormulaFault(Said(f"“{told}”应为{zh}。", f"“{told}” should be a {en}."))
    return kind


def _check_call(name: str, args: list[ast.expr], kinds: Mapping[str, str]) -> str:
    function = TAKES[name]
    if name == "where":
        _check_where(args, kinds)
        return NUMBER
    wanted = list(function.takes)
    if wanted and wanted[-1] is ...:
        wanted = wanted[:-1] + [wanted[-2]] * (len(args) - len(wanted) + 1)
    if not function.least <= len(args) <= max(len(wanted), function.least):
        raise FormulaFault(
            Said(
                f"函数 {name} 的参数个数不对。",
                f"{name} takes {len(function.takes)} argument(s).",
            )
        )
    for kind, node in zip(wanted, args, strict=False):
        if kind is ANY:
            _kind(node, kinds)
        else:
            _must_be(str(kind), node, kinds)
    if function.gives is ANY:
        given = _kind(args[0], kinds)
        return NUMBER if given == COLUMN else given
    return function.gives


def _check_where(args: list[ast.expr], kinds: Mapping[str, str]) -> None:
    """``where(table, "formula")``: the formula speaks of the row's cells, then of the form."""
    match args:
        case [ast.Name(id=table), ast.Constant(value=str(inner))] if kinds.get(table) == TABLE:
            cells = {
                name.partition(".")[2]: NUMBER if kind == COLUMN else kind
                for name, kind in kinds.items()
                if name.startswith(f"{table}.")
            }
            if kind_of(inner, {**kinds, **cells}) == TRUTH:
                return
    raise FormulaFault(
        Said(
            "where 要写明表格和引号内的条件，如 where(family, 'income > 0')。",
            "where takes a table and a condition in quotes: where(family, 'income > 0').",
        )
    )


# ---------------------------------------------------------------- reckoning
def reckon(formula: str, values: Mapping[str, Any], today: date | None) -> Decimal | None:
    """The number a checked formula gives; None where an answer it needs is missing."""
    made = value_of_formula(formula, values, today)
    if not isinstance(made, Decimal) or not made.is_finite() or made.adjusted() > 20:
        return None
    return made


def value_of_formula(formula: str, values: Mapping[str, Any], today: date | None) -> Value:
    """The value a checked formula gives, of whatever kind; None where an answer is missing.

    ``values`` are answers as they are kept, or numbers and days already; ``today`` may be unknown.
    """
    try:
        with localcontext() as exact:
            exact.prec = 28
            made = _value(_parsed(formula, LONGEST_RECKONED), {**values, "today": today})
            return made if isinstance(made, Decimal | date | str | bool) else None
    except (
        DecimalException,
        ArithmeticError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
        RecursionError,
        FormulaFault,
    ):
        return None


def is_true(formula: str, values: Mapping[str, Any], today: date | None) -> bool:
    """Whether a formula holds; a missing answer makes a comparison fail, never an error."""
    return value_of_formula(formula, values, today) is True


def _value(node: ast.expr, values: Mapping[str, Any]) -> Value:
    match node:
        case ast.Constant(value=bool(value)) | ast.Constant(value=str(value)):
            return value
        case ast.Constant(value=value):
            return Decimal(str(value))
        case ast.Name(id=name):
            return _given(values.get(name))
        case ast.Attribute(value=of, attr=column):
            return _column(values, of, column)
        case ast.UnaryOp(op=ast.Not(), operand=one):
            return not _holds(one, values)
        case ast.UnaryOp(op=sign, operand=one):
            number = decimal_in(_value(one, values))
            return -number if isinstance(sign, ast.USub) else number
        case ast.BoolOp(op=ast.And(), values=parts):
            return all(_holds(one, values) for one in parts)
        case ast.BoolOp(values=parts):
            return any(_holds(one, values) for one in parts)
        case ast.Compare(left=left, ops=[sign], comparators=[right]):
            return same(SIGNS[type(sign)], _or_none(left, values), _or_none(right, values))
        case ast.IfExp(test=test, body=body, orelse=other):
            return _value(body if _holds(test, values) else other, values)
        case ast.BinOp(left=left, op=sign, right=right):
            return _sum(_value(left, values), type(sign), _value(right, values))
        case ast.Call(func=ast.Name(id="where"), args=[ast.Name(id=table), ast.Constant(value=v)]):
            inner = _parsed(str(v), LONGEST_RECKONED)
            rows = values.get(table)
            given = rows if isinstance(rows, list | tuple) else []
            return Decimal(sum(_holds(inner, {**values, **row}) for row in given))
        case ast.Call(func=ast.Name(id=name), args=args):
            read = _or_none if TAKES[name].lazy else _value
            return called(name, [read(one, values) for one in args])
    raise Missing(ast.unparse(node))


def _column(values: Mapping[str, Any], of: ast.expr, column: str) -> list[Any]:
    """The cells of a column; of a table within a table, those of all its rows."""
    told = f"{ast.unparse(of)}.{column}"
    if told in values:
        return list(values[told])
    match of:
        case ast.Name(id=table):
            rows = values.get(table)
        case ast.Attribute(value=outer, attr=table):
            rows = _column(values, outer, table)
        case _:
            raise Missing(told)
    found: list[Any] = []
    for row in rows if isinstance(rows, list | tuple) else []:
        cell = row.get(column) if isinstance(row, Mapping) else None
        inner = isinstance(cell, list) and bool(cell) and isinstance(cell[0], Mapping)
        found += cell if inner and isinstance(cell, list) else [cell]
    return found


def _sum(left: Value, sign: type[ast.operator], other: Value) -> Value:
    if sign is ast.Sub and is_day(left) and is_day(other):
        return Decimal((date_in(left) - date_in(other)).days)
    right = decimal_in(other)
    if sign in (ast.Add, ast.Sub) and is_day(left):
        days = timedelta(int(right))
        return date_in(left) + days if sign is ast.Add else date_in(left) - days
    number = decimal_in(left)
    if sign is ast.Add:
        return number + right
    if sign is ast.Sub:
        return number - right
    if sign is ast.Mult:
        return number * right
    return number / right if sign is ast.Div else number % right


def _given(value: Value) -> Value:
    if value is None or value == "":
        raise Missing
    return value


def _or_none(node: ast.expr, values: Mapping[str, Any]) -> Value:
    try:
        return _value(node, values)
    except (Missing, ArithmeticError):
        return None


def _holds(node: ast.expr, values: Mapping[str, Any]) -> bool:
    return _or_none(node, values) is True


# ---------------------------------------------------------------- for the page
def tree_of(formula: str) -> Any:
    """The formula as nested lists, which the page's own script can follow.

    ``["==", ["name", "a"], "yes"]``; None for what cannot be read.
    """
    try:
        return _branch(_parsed(formula, LONGEST_RECKONED))
    except FormulaFault:
        return None


def _branch(node: ast.expr) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return ["name", name]
        case ast.Attribute():
            return ["column", *ast.unparse(node).split(".")]
        case ast.UnaryOp(op=ast.Not(), operand=one):
            return ["not", _branch(one)]
        case ast.UnaryOp(op=ast.USub(), operand=one):
            return ["-", 0, _branch(one)]
        case ast.UnaryOp(operand=one):
            return _branch(one)
        case ast.BoolOp(op=sign, values=parts):
            return ["and" if isinstance(sign, ast.And) else "or", *map(_branch, parts)]
        case ast.Compare(left=left, ops=[sign], comparators=[right]):
            return [SIGNS.get(type(sign), "?"), _branch(left), _branch(right)]
        case ast.IfExp(test=test, body=body, orelse=other):
            return ["if", _branch(test), _branch(body), _branch(other)]
        case ast.BinOp(left=left, op=sign, right=right):
            return [SIGNS.get(type(sign), "?"), _branch(left), _branch(right)]
        case ast.Call(func=ast.Name(id="where"), args=[ast.Name(id=table), ast.Constant(value=v)]):
            return ["where", table, _branch(_parsed(str(v), LONGEST_RECKONED))]
        case ast.Call(func=ast.Name(id=name), args=args):
            return [name, *map(_branch, args)]
    raise FormulaFault(Said("公式无法读懂。", "The formula cannot be read."))
