"""Formulas of computed answers: + - * /, sum count min max round years days, exact decimals.

A formula names earlier answers; ``sum(table.column)`` and ``count(table)`` speak of a table's
rows, ``today`` is the day of the answer. The grammar is a short list of allowed signs: nothing
else can be written, so nothing else can happen.
"""

import ast
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, DecimalException, localcontext
from typing import Any, Final

from openhall.glossary import Said

LONGEST: Final = 300
LONGEST_RECKONED: Final = 3000  # with the longer names a combined form gives its questions
SIGNS: Final[dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]]] = {
    ast.Add: lambda left, right: left + right,
    ast.Sub: lambda left, right: left - right,
    ast.Mult: lambda left, right: left * right,
    ast.Div: lambda left, right: left / right,
}
NUMBER, DATE, TABLE, COLUMN = "number", "date", "table", "column"
TAKES: Final = {  # each function: kinds of its arguments; a single one followed by … repeats
    "sum": (COLUMN,),
    "count": (TABLE,),
    "min": (NUMBER, ...),
    "max": (NUMBER, ...),
    "round": (NUMBER, NUMBER),
    "years": (DATE, DATE),
    "days": (DATE, DATE),
}

Value = Decimal | date | Sequence[Any] | None


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
    functions = {
        node.func.id
        for node in ast.walk(_parsed(formula))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    names = {node.id for node in ast.walk(_parsed(formula)) if isinstance(node, ast.Name)}
    return names - functions - {"today"}


def check_formula(formula: str, kinds: Mapping[str, str]) -> None:
    """Raise :class:`FormulaFault` unless ``formula`` gives a number from values of ``kinds``.

    ``kinds`` maps ``key`` and ``table.column`` to number, date, table or column.
    """
    if _kind(_parsed(formula), kinds) != NUMBER:
        raise FormulaFault(Said("公式的结果应为数字。", "A formula gives a number."))


def _kind(node: ast.expr, kinds: Mapping[str, str]) -> str:
    match node:
        case ast.Constant(value=value) if _is_number(value):
            return NUMBER
        case ast.Name(id="today"):
            return DATE
        case ast.Name(id=name):
            return _known(name, kinds)
        case ast.Attribute(value=ast.Name(id=table), attr=column):
            return _known(f"{table}.{column}", kinds)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=one):
            return _must_be(NUMBER, one, kinds)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in SIGNS:
            _must_be(NUMBER, left, kinds)
            return _must_be(NUMBER, right, kinds)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in TAKES:
            _check_call(name, args, kinds)
            return NUMBER
    raise FormulaFault(
        Said(
            "公式只能使用 + - * / 和 sum、count、min、max、round、years、days。",
            "A formula uses + - * / and sum, count, min, max, round, years, days only.",
        )
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


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
        zh = {NUMBER: "数字", DATE: "日期", TABLE: "表格", COLUMN: "表格的数字列"}[kind]
        told = ast.unparse(node)
        raise FormulaFault(Said(f"“{told}”应为{zh}。", f"“{told}” should be a {kind}."))
    return kind


def _check_call(name: str, args: list[ast.expr], kinds: Mapping[str, str]) -> None:
    takes = TAKES[name]
    wanted = [takes[0]] * len(args) if takes[-1] is ... else list(takes)
    if name == "round" and len(args) == 1:
        wanted = [NUMBER]
    if len(wanted) != len(args) or not args:
        raise FormulaFault(
            Said(f"函数 {name} 的参数个数不对。", f"{name} takes {len(takes)} argument(s).")
        )
    for kind, node in zip(wanted, args, strict=True):
        _must_be(str(kind), node, kinds)


# ---------------------------------------------------------------- reckoning
def reckon(formula: str, values: Mapping[str, Value], today: date) -> Decimal | None:
    """The value of a checked formula; None where an answer it needs is missing."""
    try:
        with localcontext() as exact:
            exact.prec = 28
            made = _value(_parsed(formula, LONGEST_RECKONED), {**values, "today": today})
            if not isinstance(made, Decimal) or not made.is_finite() or made.adjusted() > 20:
                return None
            return made
    except (DecimalException, ArithmeticError, LookupError, TypeError, ValueError):
        return None


class _Missing(ValueError):
    """An answer that the formula needs was not given."""


def _value(node: ast.expr, values: Mapping[str, Value]) -> Value:
    match node:
        case ast.Constant(value=value):
            return Decimal(str(value))
        case ast.Name(id=name):
            return _given(values.get(name))
        case ast.Attribute(value=ast.Name(id=table), attr=column):
            return values.get(f"{table}.{column}") or ()
        case ast.UnaryOp(op=sign, operand=one):
            number = _number(one, values)
            return -number if isinstance(sign, ast.USub) else number
        case ast.BinOp(left=left, op=sign, right=right):
            return SIGNS[type(sign)](_number(left, values), _number(right, values))
        case ast.Call(func=ast.Name(id=name), args=args):
            return _called(name, args, values)
    raise _Missing(ast.unparse(node))


def _given(value: Value) -> Value:
    if value is None:
        raise _Missing
    return value


def _number(node: ast.expr, values: Mapping[str, Value]) -> Decimal:
    value = _value(node, values)
    if not isinstance(value, Decimal):
        raise _Missing
    return value


def _called(name: str, args: list[ast.expr], values: Mapping[str, Value]) -> Decimal:
    if name == "count":
        table = args[0]
        rows = values.get(table.id) if isinstance(table, ast.Name) else None
        return Decimal(len(rows)) if isinstance(rows, Sequence) else Decimal(0)
    if name == "sum":
        column = _value(args[0], values)
        cells = column if isinstance(column, Sequence) else ()
        return sum((one for one in cells if isinstance(one, Decimal)), Decimal(0))
    if name in ("years", "days"):
        first, last = (_value(one, values) for one in args)
        if not isinstance(first, date) or not isinstance(last, date):
            raise _Missing
        return Decimal((last - first).days if name == "days" else whole_years(first, last))
    numbers = [_number(one, values) for one in args]
    if name == "round":
        places = int(numbers[1]) if len(numbers) > 1 else 0
        return numbers[0].quantize(Decimal(1).scaleb(-max(0, min(places, 6))), "ROUND_HALF_UP")
    return min(numbers) if name == "min" else max(numbers)


def whole_years(first: date, last: date) -> int:
    """Full years from ``first`` to ``last``, as an age is counted."""
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))
