"""The one validator: what was typed becomes answers that may be kept, or sentences what to do.

Online, at the window and through the programs' door alike. A question that its condition hides is
not demanded and its answer is dropped; a computed answer is reckoned here and never believed; an
answer to a question that is not asked is refused. 行政许可法 29, 31.
"""

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from openhall.forms.rules.conditions import holds
from openhall.forms.rules.definition import MOST_ROWS, WITH_OPTIONS, Field, FormDefinition
from openhall.forms.rules.formula import value_of_formula
from openhall.forms.rules.functions import text_of_value
from openhall.forms.rules.values import Wrong, is_blank, places_of, value_of, written
from openhall.forms.terms import FieldKind
from openhall.glossary import Said
from openhall.paging.whole import whole_or

K = FieldKind
Cells = list[tuple[int, str, Said]]


@dataclass(frozen=True, slots=True)
class Checked:
    """Answers as they may be kept, and a sentence for each question that was answered wrongly.

    ``faults`` are in the order of the form; a fault of a table's cell is told at the table, and
    ``cells`` says which: ``(row, column)`` from 0 on.
    """

    answers: dict[str, Any]
    faults: dict[str, Said]
    cells: dict[str, Cells]

    @property
    def is_valid(self) -> bool:
        return not self.faults


def is_asked(field: Field, answers: Mapping[str, Any], today: date | None = None) -> bool:
    """Whether ``field`` is asked after these answers to earlier questions."""
    return all(one is None or holds(one, answers, today) for one in (field.within, field.show_if))


def is_demanded(field: Field, answers: Mapping[str, Any], today: date | None = None) -> bool:
    """Whether ``field`` must be answered after these answers to earlier questions."""
    if field.required:
        return True
    return field.required_if is not None and holds(field.required_if, answers, today)


def offered(field: Field, answers: Mapping[str, Any], today: date | None = None) -> Field:
    """The question with the options offered after these answers."""
    if all(one.show_if is None for one in field.options):
        return field
    left = [one for one in field.options if not one.show_if or holds(one.show_if, answers, today)]
    return replace(field, options=tuple(left))


class _Faulty(Exception):
    """A table with wrong cells."""

    def __init__(self, cells: Cells) -> None:
        super().__init__()
        self.cells = cells


def answers_of(form: FormDefinition, typed: Mapping[str, Any], today: date) -> Checked:
    """Check everything that was typed. Never raises; the answers it gives check again unchanged."""
    answers: dict[str, Any] = {}
    faults: dict[str, Said] = {}
    cells: dict[str, Cells] = {}
    for field in form:
        if field.is_marker or not is_asked(field, answers, today):
            continue
        try:
            value = _answer(field, typed.get(field.key), answers, today)
        except Wrong as wrong:
            faults[field.key] = wrong.said
        except _Faulty as faulty:
            cells[field.key], faults[field.key] = faulty.cells, _first_of(field, faulty.cells)
        else:
            if value not in ("", [], {}, None):
                answers[field.key] = value
                if fault := _broken(field, answers, today):
                    faults[field.key] = fault
                    if field.kind != K.COMPUTED:
                        del answers[field.key]
    known = {field.key for field in form}
    for key in typed:
        if not isinstance(key, str) or key not in known:
            faults[str(key)] = Said(
                f"这份表格没有“{key}”这一项，请删去。",
                f"This form does not ask for “{key}”. Leave it out.",
            )
    return Checked(answers, faults, cells)


def _answer(field: Field, given: Any, answers: Mapping[str, Any], today: date) -> Any:
    """The answer as it is kept; nothing for none. Raises :class:`Wrong` and :class:`_Faulty`."""
    if field.kind == K.COMPUTED:
        return _reckoned(field, answers, today)
    field = replace(field, required=is_demanded(field, answers, today))
    field = _limited(offered(field, answers, today), answers, today)
    if field.read_only or (field.hidden and field.default not in ("", None)):
        given = field.default  # what cannot be typed is not believed either
    if field.kind == K.TABLE:
        return _rows(field, given, answers, today)
    if is_blank(field, given):
        if field.kind in WITH_OPTIONS and not field.options:
            return ""  # nothing is left to choose from
        if field.required:
            raise _demand(field)
        return ""
    try:
        value = value_of(field, given, today)
    except Wrong:
        if field.message:
            raise Wrong(field.message, field.message_en or field.message) from None
        raise
    if value in ("", [], {}) and field.required:
        raise _demand(field)
    return value


def _limited(field: Field, answers: Mapping[str, Any], today: date) -> Field:
    """The question with its limits reckoned, where they are formulas of earlier answers."""
    limits: dict[str, Any] = {
        name: text_of_value(value_of_formula(limit[1:], answers, today))
        for name in ("minimum", "maximum")
        if (limit := getattr(field, name)).startswith("=")
    }
    return replace(field, **limits) if limits else field


def _broken(field: Field, answers: Mapping[str, Any], today: date) -> Said | None:
    """The sentence of the first check that does not hold."""
    for check in field.checks:
        if not holds(check.must, answers, today):
            zh = check.message or field.message or "填写的内容不符合要求。请核对后重新填写。"
            en = check.message_en or field.message_en or check.message or field.message
            return Said(zh, en or "The answer is not as asked. Check it and type it again.")
    return None


def _demand(field: Field) -> Wrong:
    if field.missing:
        return Wrong(field.missing, field.missing_en or field.missing)
    asked = _demanded(field)
    return Wrong(asked.zh, asked.en)


def _demanded(field: Field) -> Said:
    if field.kind in (K.CHOICE, K.CHOICES, K.REGION):
        return Said(f"请选择“{field.label}”。", f"Choose: {field.called('en')}.")
    if field.kind == K.FILE:
        return Said(f"请上传“{field.label}”。", f"Upload: {field.called('en')}.")
    if field.kind == K.STATEMENT:
        return Said("请阅读声明并勾选确认。", "Read the statement and tick it to confirm.")
    return Said(f"请填写“{field.label}”。", f"Fill in: {field.called('en')}.")


def _rows(
    field: Field, typed: Any, answers: Mapping[str, Any], today: date
) -> list[dict[str, Any]]:
    """The rows that hold something. Raises :class:`Wrong` for their number."""
    given = typed if isinstance(typed, list | tuple) else []
    rows: list[dict[str, Any]] = []
    wrong: Cells = []
    typed_in = [one for one in field.columns if not one.is_marker and one.kind != K.COMPUTED]
    for place, one in enumerate(given):
        row = one if isinstance(one, Mapping) else {}
        if all(is_blank(column, row.get(column.key)) for column in typed_in):
            continue
        around = ChainMap({"row_number": str(len(rows) + 1)}, answers)  # type: ignore[arg-type]
        kept, faults = _row(field, row, around, today)
        wrong += [(place, key, said) for key, said in faults]
        if kept:
            rows.append(kept)
    if wrong:
        raise _Faulty(wrong)
    _check_length(field, len(rows))
    return rows


def _row(
    field: Field, row: Mapping[str, Any], answers: Mapping[str, Any], today: date
) -> tuple[dict[str, Any], list[tuple[str, Said]]]:
    """One row by the same rule as the whole form; its cells see those before them and outside."""
    kept: dict[str, Any] = {}
    faults: list[tuple[str, Said]] = []
    seen = ChainMap(kept, answers)  # type: ignore[arg-type]
    for column in field.columns:
        if column.is_marker or not is_asked(column, seen, today):
            continue
        try:
            value = _answer(column, row.get(column.key), seen, today)
        except Wrong as wrong:
            faults.append((column.key, wrong.said))
        except _Faulty as faulty:
            faults.append((column.key, _first_of(column, faulty.cells)))
        else:
            if value not in ("", [], {}, None):
                kept[column.key] = value
                if fault := _broken(column, seen, today):
                    faults.append((column.key, fault))
    return kept, faults


def _check_length(field: Field, rows: int) -> None:
    least = whole_or(0, field.minimum)
    least = max(least, 1) if field.required else least
    most = min(whole_or(MOST_ROWS, field.maximum), MOST_ROWS)
    if rows < least and (rows or field.required):
        raise Wrong(f"至少填写{least}行。", f"Fill in at least {least} row(s).")
    if rows > most:
        raise Wrong(
            f"最多{most}行，现有{rows}行。请删去多余的行。",
            f"At most {most} rows; there are {rows}. Remove some.",
        )


def _first_of(field: Field, wrong: Cells) -> Said:
    """The first wrong cell named by row and column; how many more there are."""
    place, key, said = wrong[0]
    column = next(one for one in field.columns if one.key == key)
    more = len(wrong) - 1
    zh = f"第{place + 1}行“{column.label}”：{said.zh}"
    en = f"Row {place + 1}, {column.called('en')}: {said.en}"
    if more:
        return Said(f"{zh}另有{more}处需要改正。", f"{en} {more} more to put right.")
    return Said(zh, en)


def _reckoned(field: Field, answers: Mapping[str, Any], today: date) -> str | None:
    """A computed answer as it is kept: a number to its places, a day, a text."""
    made = value_of_formula(field.formula, answers, today)
    if isinstance(made, Decimal):
        if not made.is_finite() or made.adjusted() > 20:
            return None
        return written(made.quantize(Decimal(1).scaleb(-places_of(field)), "ROUND_HALF_UP"))
    return None if made is None else text_of_value(made)
