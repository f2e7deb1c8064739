"""The one validator: what was typed becomes answers that may be kept, or sentences what to do.

Online, at the window and through the programs' door alike. A question that its condition hides is
not demanded and its answer is dropped; a computed answer is reckoned here and never believed; an
answer to a question that is not asked is refused. 行政许可法 29, 31.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from openhall.forms.rules.definition import MOST_ROWS, Condition, Field, FormDefinition
from openhall.forms.rules.formula import Value, reckon
from openhall.forms.rules.values import (
    Wrong,
    day_of,
    decimal_of,
    is_blank,
    places_of,
    value_of,
    written,
)
from openhall.forms.terms import FieldKind
from openhall.glossary import Said
from openhall.paging.whole import whole_or

K = FieldKind


@dataclass(frozen=True, slots=True)
class Checked:
    """Answers as they may be kept, and a sentence for each question that was answered wrongly.

    ``faults`` are in the order of the form; a fault of a table's cell is told at the table, and
    ``cells`` says which: ``(row, column)`` from 0 on.
    """

    answers: dict[str, Any]
    faults: dict[str, Said]
    cells: dict[str, list[tuple[int, str, Said]]]

    @property
    def is_valid(self) -> bool:
        return not self.faults


def is_asked(field: Field, answers: Mapping[str, Any]) -> bool:
    """Whether ``field`` is asked after these answers to earlier questions."""
    return field.show_if is None or _holds(field.show_if, answers.get(field.show_if.field))


def _holds(condition: Condition, answer: Any) -> bool:
    if answer is None or answer == "" or answer == []:
        return False
    if condition.test in ("at_least", "at_most"):
        return _compares(condition, answer)
    given = answer if isinstance(answer, list) else [answer]
    said = {str(one).lower() if isinstance(one, bool) else str(one) for one in given}
    named = bool(said & set(condition.values))
    return named if condition.test == "is" else not named


def _compares(condition: Condition, answer: Any) -> bool:
    limit = condition.values[0] if condition.values else ""
    for read in (decimal_of, day_of):
        left, right = read(answer), read(limit)
        if left is not None and right is not None:
            if condition.test == "at_least":
                return bool(left >= right)  # type: ignore[operator]
            return bool(left <= right)  # type: ignore[operator]
    return False


def answers_of(form: FormDefinition, typed: Mapping[str, Any], today: date) -> Checked:
    """Check everything that was typed. Never raises; the answers it gives check again unchanged."""
    answers: dict[str, Any] = {}
    faults: dict[str, Said] = {}
    cells: dict[str, list[tuple[int, str, Said]]] = {}
    for field in form:
        if not is_asked(field, answers):
            continue
        if field.kind == K.COMPUTED:
            if (value := _reckoned(form, field, answers, today)) is not None:
                answers[field.key] = value
            continue
        given = typed.get(field.key)
        try:
            if field.kind == K.TABLE:
                rows, wrong = _rows(field, given, today)
                if wrong:
                    cells[field.key], faults[field.key] = wrong, _first_of(field, wrong)
                elif rows:
                    answers[field.key] = rows
                continue
            if is_blank(field, given):
                if field.required:
                    faults[field.key] = _demanded(field)
                continue
            value = value_of(field, given, today)
        except Wrong as wrong:
            faults[field.key] = wrong.said
        else:
            if value not in ("", []):
                answers[field.key] = value
            elif field.required:
                faults[field.key] = _demanded(field)
    for key in typed:
        if not isinstance(key, str) or form.field(key) is None:
            faults[str(key)] = Said(
                f"这份表格没有“{key}”这一项，请删去。",
                f"This form does not ask for “{key}”. Leave it out.",
            )
    return Checked(answers, faults, cells)


def _demanded(field: Field) -> Said:
    if field.kind in (K.CHOICE, K.CHOICES, K.REGION):
        return Said(f"请选择“{field.label}”。", f"Choose: {field.called('en')}.")
    if field.kind == K.FILE:
        return Said(f"请上传“{field.label}”。", f"Upload: {field.called('en')}.")
    if field.kind == K.STATEMENT:
        return Said("请阅读声明并勾选确认。", "Read the statement and tick it to confirm.")
    return Said(f"请填写“{field.label}”。", f"Fill in: {field.called('en')}.")


def _rows(
    field: Field, typed: Any, today: date
) -> tuple[list[dict[str, Any]], list[tuple[int, str, Said]]]:
    """The rows that hold something. Raises :class:`Wrong` for their number."""
    given = typed if isinstance(typed, list | tuple) else []
    rows: list[dict[str, Any]] = []
    wrong: list[tuple[int, str, Said]] = []
    for place, one in enumerate(given):
        row = one if isinstance(one, Mapping) else {}
        if all(is_blank(column, row.get(column.key)) for column in field.columns):
            continue
        kept: dict[str, Any] = {}
        for column in field.columns:
            cell = row.get(column.key)
            if is_blank(column, cell):
                if column.required:
                    wrong.append((place, column.key, _demanded(column)))
                continue
            try:
                value = value_of(column, cell, today)
            except Wrong as fault:
                wrong.append((place, column.key, fault.said))
            else:
                if value not in ("", []):
                    kept[column.key] = value
                elif column.required:
                    wrong.append((place, column.key, _demanded(column)))
        if kept:
            rows.append(kept)
    if not wrong:
        _check_length(field, len(rows))
    return rows, wrong


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


def _first_of(field: Field, wrong: list[tuple[int, str, Said]]) -> Said:
    """The first wrong cell named by row and column; how many more there are."""
    place, key, said = wrong[0]
    column = next(one for one in field.columns if one.key == key)
    more = len(wrong) - 1
    zh = f"第{place + 1}行“{column.label}”：{said.zh}"
    en = f"Row {place + 1}, {column.called('en')}: {said.en}"
    if more:
        return Said(f"{zh}另有{more}处需要改正。", f"{en} {more} more to put right.")
    return Said(zh, en)


# ---------------------------------------------------------------- computed answers
def _reckoned(
    form: FormDefinition, field: Field, answers: Mapping[str, Any], today: date
) -> str | None:
    values: dict[str, Value] = {}
    for one in form:
        if one.key == field.key:
            break
        said = answers.get(one.key)
        if one.kind in (K.NUMBER, K.MONEY, K.COMPUTED):
            values[one.key] = decimal_of(said)
        elif one.kind == K.DATE:
            values[one.key] = day_of(said)
        elif one.kind == K.TABLE:
            rows = said if isinstance(said, list) else []
            values[one.key] = rows
            for column in one.columns:
                cells = [decimal_of(row.get(column.key)) for row in rows]
                values[f"{one.key}.{column.key}"] = [cell for cell in cells if cell is not None]
    made = reckon(field.formula, values, today)
    if made is None:
        return None
    return written(made.quantize(Decimal(1).scaleb(-places_of(field)), "ROUND_HALF_UP"))
