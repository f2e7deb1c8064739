"""What stands on the sheet, in one language: labels and blanks as real application forms set them.

First who applies, with number and telephone: without them no window knows whose form it is. Two
short questions share a line; a long one, a choice or a table takes the whole width; statements
stand at the foot with a line for the signature and the day. 行政许可法 29, 30.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Final

from openhall.forms.blank.words import APPLICANT, WORDS
from openhall.forms.rules import Field, FormDefinition, answers_of, digest_of, said
from openhall.forms.rules.composed import PARTS, parts_of
from openhall.forms.rules.definition import said_in
from openhall.forms.rules.wording import when_asked
from openhall.forms.terms import FieldKind
from openhall.paging.whole import whole_or

K = FieldKind
SHORT: Final = (
    *(K.TEXT, K.NUMBER, K.MONEY, K.DATE, K.PHONE, K.COMPUTED, K.MONTH, K.YEAR, K.TIME),
    *(K.ID_NUMBER, K.CREDIT_CODE, K.ORGANISATION),
)
LEAST_ROWS: Final = 4  # blank rows of a table
MOST_COLUMNS: Final = 7  # beside each other on A4; more stand below each other, row by row
SHEETS_OF_ROWS: Final = 2  # such rows on a blank form
MOST_OPTIONS: Final = 40  # printed; a longer list is written in words
EMPTY, TICKED = "□", "☑"


@dataclass(frozen=True, slots=True)
class Blank:
    """One question on paper, or one thing between questions.

    ``size``: half, whole, tall; table (with columns and rows); page, section, note.
    """

    label: str
    size: str
    note: str = ""
    answer: str = ""
    options: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a form shows on paper, for the PDF and the DOCX alike."""

    title: str
    language: str
    organ: str
    code: str
    version: str
    digest: str
    check: str  # the address of the QR
    applicant: list[Blank]
    blanks: list[Blank]
    statements: list[str]
    words: dict[str, str]
    sample: bool

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def sheet_of(
    form: FormDefinition,
    *,
    language: str,
    organ: str,
    code: str,
    version: int,
    check: str,
    today: date | None = None,
) -> Sheet:
    """The sheet of ``form``; filled with its examples when ``today`` is given."""
    short = "en" if language.startswith("en") else "zh"
    answers = examples_of(form, short, today) if today else {}
    blanks: list[Blank] = []
    for one in form:
        if one.kind != K.STATEMENT and not one.hidden:
            blanks += _blanks(one, form, short, answers)
    return Sheet(
        title=said_in(short, form.title, form.title_en),
        language=short,
        organ=organ,
        code=code,
        version=str(version),
        digest=digest_of(form),
        check=check,
        applicant=[
            Blank(label, "half", answer=example if today else "")
            for label, example in APPLICANT[short]
        ],
        blanks=_paired(blanks),
        statements=[
            f"{TICKED if answers else EMPTY} {one.called(short)}"
            + (f"{'：' if short == 'zh' else ': '}{words}" if (words := _body(one, short)) else "")
            for one in form
            if one.kind == K.STATEMENT
        ],
        words=WORDS[short],
        sample=today is not None,
    )


def examples_of(form: FormDefinition, language: str, today: date) -> dict[str, Any]:
    """The answers of the sample: examples as written, computed values reckoned from them."""
    given = {
        one.key: (one.example_en if language == "en" and one.example_en else one.example)
        for one in form
        if one.kind not in (K.COMPUTED, K.FILE, K.STATEMENT) and not one.is_marker
    }
    return answers_of(form, given, today).answers


def _body(one: Field, language: str) -> str:
    return said_in(language, one.statement, one.statement_en)


def _blanks(
    one: Field, form: FormDefinition, language: str, answers: Mapping[str, Any]
) -> list[Blank]:
    """What one field puts on the sheet: one blank, or several for rows with many cells."""
    label = ("*" if one.required else "") + one.called(language) + _unit(one, language)
    note = _note(one, form, language)
    answer = answers.get(one.key)
    if one.kind in (K.PAGE, K.SECTION, K.NOTE):
        if one.kind == K.SECTION and not one.label.strip():
            return []
        words = "\n".join(part for part in (_body(one, language), note) if part)
        return [Blank(one.called(language), one.kind.value, words)]
    if one.kind == K.TABLE:
        return _table(one, label, note, language, answer)
    if one.kind == K.MATRIX:
        return [_matrix(one, label, note, language, answer)]
    if one.kind in (K.CHOICE, K.CHOICES) and len(one.options) <= MOST_OPTIONS:
        chosen = answer if isinstance(answer, list) else [answer]
        options = [
            f"{TICKED if option.value in chosen else EMPTY} {one.words_of(option.value, language)}"
            for option in one.options
        ]
        return [Blank(label, "whole", note, options=options)]
    if one.kind == K.RANKING:
        order = answer if isinstance(answer, list) else []
        options = [
            f"（{order.index(option.value) + 1 if option.value in order else '　'}） "
            + one.words_of(option.value, language)
            for option in one.options
        ]
        return [Blank(label, "whole", note, options=options)]
    size = "tall" if one.kind == K.LONG_TEXT else "half" if one.kind in SHORT else "whole"
    if size == "half" and (note or (len(label) > 12 and language == "zh") or len(label) > 26):
        size = "whole"
    return [Blank(label, size, note, answer=_words(one, answer, language))]


def _unit(one: Field, language: str) -> str:
    unit = said_in(language, one.unit, one.unit_en)
    if one.kind == K.MONEY and not unit:
        unit = "yuan" if language == "en" else "元"
    return _in_brackets(unit, language)


def _in_brackets(words: str, language: str) -> str:
    """``words`` in the brackets of the language; nothing for nothing."""
    if not words:
        return ""
    return f" ({words})" if language == "en" else f"（{words}）"


def _words(one: Field, answer: Any, language: str) -> str:
    if answer in (None, "", [], {}):
        if one.kind == K.PLACE:
            return _place(one, language)
        return WORDS[language].get(one.kind.value, "") if one.kind in DATED else ""
    only = FormDefinition("", "", (replace(one, show_if=None, within=None, hidden=False),))
    return said(only, {one.key: answer}, language)[0][1]


DATED: Final = (K.DATE, K.MONTH, K.YEAR, K.TIME, K.DATETIME)
"""Kinds with their own blanks for year, month and day."""


def _place(one: Field, language: str) -> str:
    """Blanks of an address, part by part."""
    if language == "zh" and one.look != "world":
        first = "　　　　省　　　　市　　　　区（县）　　　　街道（乡镇）"
        return f"{first}\n{'　' * 14}（路名、门牌号）　邮编："
    colon = ": " if language == "en" else "："
    return "\n".join(f"{PARTS[part][0].said_in(language)}{colon}" for part in parts_of(one))


def _note(one: Field, form: FormDefinition, language: str) -> str:
    words = WORDS[language]
    lines = [said_in(language, one.help, one.help_en)]
    lines.append(when_asked(one, {field.key: field for field in form}, language))
    if one.most_words:
        lines.append(words["words"].format(most=one.most_words))
    if one.kind == K.COMPUTED:
        lines.append(words["office"])
    if one.kind == K.FILE:
        lines.append(words["file"])
    if one.kind == K.RANKING:
        lines.append(words["rank"])
    return " ".join(line for line in lines if line)


def _matrix(one: Field, label: str, note: str, language: str, answer: Any) -> Blank:
    given = answer if isinstance(answer, Mapping) else {}
    columns = ["", *(one.words_of(option.value, language) for option in one.options)]
    rows = [
        [
            said_in(language, row.label, row.label_en),
            *(TICKED if given.get(row.value) == o.value else EMPTY for o in one.options),
        ]
        for row in one.rows
    ]
    return Blank(label, "table", note, columns=columns, rows=rows)


def _table(one: Field, label: str, note: str, language: str, answer: Any) -> list[Blank]:
    shown = [column for column in one.columns if not column.is_marker and not column.hidden]
    rows = [row for row in (answer if isinstance(answer, list) else []) if isinstance(row, dict)]
    note = note or WORDS[language]["rows"]
    if len(shown) > MOST_COLUMNS or any(column.kind in TALL for column in shown):
        return _sheets(one, shown, rows, label, note, language)
    columns = [
        ("*" if column.required else "")
        + column.called(language)
        + _in_brackets(said_in(language, column.unit, column.unit_en), language)
        for column in shown
    ]
    filled = [[_words(column, row.get(column.key), language) for column in shown] for row in rows]
    least = max(LEAST_ROWS, whole_or(0, one.minimum))
    most = whole_or(least, one.maximum)
    blank = [""] * len(columns)
    filled += [blank] * (min(least, most) - len(filled))
    return [Blank(label, "table", note, columns=columns, rows=filled)]


TALL: Final = (K.LONG_TEXT, K.TABLE, K.PLACE, K.MATRIX, K.CHOICES)
"""Cells too high for a line of a table."""


def _sheets(
    one: Field,
    shown: list[Field],
    rows: list[dict[str, Any]],
    label: str,
    note: str,
    language: str,
) -> list[Blank]:
    """Rows of many cells: one after the other, each cell a line of its own."""
    inner = FormDefinition("", "", tuple(shown))
    count = max(min(SHEETS_OF_ROWS, whole_or(SHEETS_OF_ROWS, one.maximum)), len(rows))
    made = [Blank(label, "section", note)]
    for place in range(count):
        row = rows[place] if place < len(rows) else {}
        number = f"{place + 1}. " if language == "en" else f"（{place + 1}）"
        made.append(Blank(f"{number}{one.called(language)}", "row"))
        for column in shown:
            made += _blanks(column, inner, language, row)
    return made


def _paired(blanks: list[Blank]) -> list[Blank]:
    """A half that has no neighbour takes the whole width."""
    made: list[Blank] = []
    open_half = False
    for place, one in enumerate(blanks):
        if one.size != "half" or open_half:
            made.append(one)
            open_half = False
        elif place + 1 < len(blanks) and blanks[place + 1].size == "half":
            made.append(one)
            open_half = True
        else:
            made.append(Blank(one.label, "whole", one.note, one.answer))
    return made
