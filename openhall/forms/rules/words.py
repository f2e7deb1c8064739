"""Answers in words: for the review before sending, the official's page and the papers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from openhall.forms.rules.answers import is_asked
from openhall.forms.rules.composed import PARTS
from openhall.forms.rules.definition import Field, FormDefinition, said_in
from openhall.forms.rules.values import ON_PAPER, decimal_of
from openhall.forms.terms import FieldKind
from openhall.organs.rules.divisions import name_of_division
from openhall.paging.days import day_of

K = FieldKind
Mask = Callable[[FieldKind, str], str]


@dataclass(slots=True)
class Told:
    """Answers under one heading of the form; ``level`` 1: a page's, 2: a section's, 0: none."""

    heading: str
    level: int
    rows: list[tuple[str, str]] = field(default_factory=list)


HEADINGS: Final = {K.PAGE: 1, K.SECTION: 2}


def told_under(
    form: FormDefinition,
    answers: Mapping[str, Any],
    language: str | None,
    *,
    mask: Mask | None = None,
    files: Mapping[int, str] | None = None,
) -> list[Told]:
    """What :func:`said` says, under the headings of the form; a heading of nothing is left out."""
    under = [Told("", 0)]
    for one in form:
        if one.kind in HEADINGS:
            under.append(Told(one.called(language).strip(), HEADINGS[one.kind]))
        elif not (one.is_marker or one.hidden) and (one.key in answers or is_asked(one, answers)):
            told = _words(one, answers.get(one.key), language, mask, files or {})
            under[-1].rows.append((one.called(language), told))
    known = {one.key for one in form}
    if strange := [(key, str(value)) for key, value in answers.items() if key not in known]:
        under.append(Told("", 0, strange))
    return list(_spoken(under))


def _spoken(under: list[Told]) -> Iterator[Told]:
    """Those with answers, and the page above the first section that has any."""
    page: Told | None = None
    for one in under:
        if one.level == 1 and not one.rows:
            page = one
        elif one.rows:
            if page is not None and one.level == 2:
                yield page
            page = None
            yield one


def said(
    form: FormDefinition,
    answers: Mapping[str, Any],
    language: str | None,
    *,
    mask: Mask | None = None,
    files: Mapping[int, str] | None = None,
) -> list[tuple[str, str]]:
    """Each question that is asked with its answer in words; nothing answered is an empty text.

    ``mask`` hides personal numbers where they need not be read whole; ``files`` names uploads.
    Answers to questions the form does not know follow at the end, under their key.
    """
    under = told_under(form, answers, language, mask=mask, files=files)
    return [row for one in under for row in one.rows]


def _words(
    field: Field,
    answer: Any,
    language: str | None,
    mask: Mask | None,
    files: Mapping[int, str],
) -> str:
    english = (language or "").startswith("en")
    if answer in (None, "", [], {}):
        return ""
    told = str(answer)
    match field.kind:
        case K.CHOICE:
            told = field.words_of(answer, language)
        case K.CHOICES:
            given = answer if isinstance(answer, list) else [answer]
            told = (", " if english else "、").join(field.words_of(one, language) for one in given)
        case K.STATEMENT:
            signed = answer is True or told.lower() in ("on", "true")
            told = ("Confirmed" if english else "已确认") if signed else ""
        case K.MONEY | K.NUMBER | K.COMPUTED:
            told = _number(field, told, language)
        case K.DATE:
            told = _day(told, english)
        case K.MONTH:
            told = _month(told, english)
        case K.YEAR:
            told = told if english else f"{told}年"
        case K.DATETIME:
            first, _blank, second = told.partition(" ")
            told = f"{_day(first, english)} {second}"
        case K.PLACE:
            told = _place(answer, english)
        case K.MATRIX:
            told = _matrix(field, answer, language)
        case K.RANKING:
            given = answer if isinstance(answer, list) else [answer]
            names = [field.words_of(one, language) for one in given]
            told = "\n".join(f"{place}. {name}" for place, name in enumerate(names, start=1))
        case K.REGION:
            code, _blank, street = told.partition(" ")
            name = name_of_division(code)
            told = f"{name.said_in(language) if name else code} {street}".strip()
        case K.FILE:
            given = answer if isinstance(answer, list) else [answer]
            told = _papers(given, english, files)
        case K.TABLE:
            told = _table(field, answer, language, mask, files)
    return mask(field.kind, told) if mask else told


def _number(field: Field, told: str, language: str | None) -> str:
    value = decimal_of(told)
    if value is None:
        return told
    if field.kind == K.MONEY:
        return f"¥{value:,.2f}"
    unit = said_in(language, field.unit, field.unit_en)
    gap = " " if unit and (language or "").startswith("en") else ""
    return f"{value:,f}{gap}{unit}"


def _day(told: str, english: bool) -> str:
    day = day_of(told)
    if day is None:
        return told
    if english:
        return f"{day.day} {day:%B %Y}"
    return f"{day.year}年{day.month}月{day.day}日"


def _month(told: str, english: bool) -> str:
    day = day_of(f"{told}-01")
    if day is None:
        return told
    return f"{day:%B %Y}" if english else f"{day.year}年{day.month}月"


def _place(answer: Any, english: bool) -> str:
    """The address as an envelope has it: from the country down, the postcode last."""
    if not isinstance(answer, Mapping):
        return str(answer)
    parts = [str(answer[one]) for one in PARTS if answer.get(one) and one != "postcode"]
    parts = [one for place, one in enumerate(parts) if place == 0 or one != parts[place - 1]]
    told = (", " if english else "").join(parts)
    code = answer.get("postcode", "")
    return f"{told} {code}".strip()


def _matrix(field: Field, answer: Any, language: str | None) -> str:
    given = answer if isinstance(answer, Mapping) else {}
    colon = ": " if (language or "").startswith("en") else "："
    return "\n".join(
        said_in(language, row.label, row.label_en)
        + colon
        + field.words_of(given[row.value], language)
        for row in field.rows
        if row.value in given
    )


def _papers(given: list[Any], english: bool, files: Mapping[int, str]) -> str:
    if ON_PAPER in given:
        return "Brought on paper" if english else "已交纸质件"
    names = [files[one] for one in given if isinstance(one, int) and one in files]
    if names:
        return (", " if english else "、").join(names)
    return f"{len(given)} file(s)" if english else f"{len(given)}个文件"


def _table(
    field: Field, answer: Any, language: str | None, mask: Mask | None, files: Mapping[int, str]
) -> str:
    """One line a row, ``column: value`` with the signs of the language."""
    english = (language or "").startswith("en")
    colon, comma, stop = (": ", "; ", ".") if english else ("：", "；", "。")
    lines = []
    for place, row in enumerate(answer if isinstance(answer, list) else [], start=1):
        cells = [
            column.called(language) + colon + _words(column, row[column.key], language, mask, files)
            for column in field.columns
            if isinstance(row, Mapping)
            and not column.hidden
            and row.get(column.key) not in (None, "", [], {})
        ]
        lines.append(f"{place}. {comma.join(cells)}{stop}" if cells else f"{place}.")
    return "\n".join(lines)
