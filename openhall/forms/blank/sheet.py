"""What stands on the sheet, in one language: labels and blanks as real application forms set them.

Two short questions share a line; a long one, a choice or a table takes the whole width; statements
stand at the foot with a line for the signature and the day. 行政许可法 29, 30.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Final

from openhall.forms.rules import Field, FormDefinition, answers_of, digest_of, said
from openhall.forms.rules.definition import said_in
from openhall.forms.rules.wording import when_asked
from openhall.forms.terms import FieldKind
from openhall.paging.whole import whole_or

K = FieldKind
SHORT: Final = (K.TEXT, K.NUMBER, K.MONEY, K.DATE, K.PHONE, K.COMPUTED)
LEAST_ROWS: Final = 4  # blank rows of a table
EMPTY, TICKED = "□", "☑"
WORDS: Final = {
    "zh": {
        "item": "事项编码",
        "version": "版本",
        "digest": "表号",
        "organ": "受理机关",
        "free": "本表免费提供，可复印、可自行打印。带*的必须填写。",
        "check": "扫描二维码，查看本表是否为现行版本",
        "sign": "申请人（签名或者盖章）：",
        "day": "年    月    日",
        "date": "    年    月    日",
        "sample": "示例样表",
        "rows": "行数不够的，可另附页。",
        "office": "自动计算，不必填写",
        "page": "第",
        "file": "请附于表后",
    },
    "en": {
        "item": "Item",
        "version": "Version",
        "digest": "Form",
        "organ": "Competent organ",
        "free": "This form is free; copy or print it as you like. Answer what is marked *.",
        "check": "Scan to see whether this form is still in force",
        "sign": "Applicant (signature or seal):",
        "day": "Date:",
        "date": "Year      Month      Day",
        "sample": "Sample",
        "rows": "Add a page if there are not enough rows.",
        "office": "Reckoned by the office",
        "page": "Page",
        "file": "Attach to this form",
    },
}


@dataclass(frozen=True, slots=True)
class Blank:
    """One question on paper. ``size``: half, whole, tall; a table has columns and rows."""

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
    blanks = [_blank(one, form, short, answers) for one in form if one.kind != K.STATEMENT]
    return Sheet(
        title=said_in(short, form.title, form.title_en),
        language=short,
        organ=organ,
        code=code,
        version=str(version),
        digest=digest_of(form),
        check=check,
        blanks=_paired(blanks),
        statements=[
            f"{TICKED if answers else EMPTY} {one.called(short)}"
            + (f":{words}" if (words := _statement(one, short)) else "")
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
        if one.kind not in (K.COMPUTED, K.FILE, K.STATEMENT)
    }
    return answers_of(form, given, today).answers


def _statement(one: Field, language: str) -> str:
    return said_in(language, one.statement, one.statement_en)


def _blank(one: Field, form: FormDefinition, language: str, answers: Mapping[str, Any]) -> Blank:
    star = "*" if one.required else ""
    unit = said_in(language, one.unit, one.unit_en)
    if one.kind == K.MONEY and not unit:
        unit = "yuan" if language == "en" else "元"
    label = star + one.called(language) + _in_brackets(unit, language)
    note = _note(one, form, language)
    answer = answers.get(one.key)
    if one.kind == K.TABLE:
        return _table(one, label, note, language, answer)
    if one.kind in (K.CHOICE, K.CHOICES):
        chosen = answer if isinstance(answer, list) else [answer]
        options = [
            f"{TICKED if option.value in chosen else EMPTY} {one.words_of(option.value, language)}"
            for option in one.options
        ]
        return Blank(label, "whole", note, options=options)
    size = "tall" if one.kind == K.LONG_TEXT else "half" if one.kind in SHORT else "whole"
    if size == "half" and (note or (len(label) > 12 and language == "zh") or len(label) > 26):
        size = "whole"
    return Blank(label, size, note, answer=_words(one, answer, language))


def _in_brackets(words: str, language: str) -> str:
    """``words`` in the brackets of the language; nothing for nothing."""
    if not words:
        return ""
    return f" ({words})" if language == "en" else f"（{words}）"


def _words(one: Field, answer: Any, language: str) -> str:
    if answer in (None, "", []):
        return WORDS[language]["date"] if one.kind == K.DATE else ""
    only = FormDefinition("", "", (replace(one, show_if=None),))
    return said(only, {one.key: answer}, language)[0][1]


def _note(one: Field, form: FormDefinition, language: str) -> str:
    lines = [said_in(language, one.help, one.help_en)]
    lines.append(when_asked(one, {field.key: field for field in form}, language))
    if one.kind == K.COMPUTED:
        lines.append(WORDS[language]["office"])
    if one.kind == K.FILE:
        lines.append(WORDS[language]["file"])
    return " ".join(line for line in lines if line)


def _table(one: Field, label: str, note: str, language: str, answer: Any) -> Blank:
    columns = [
        ("*" if column.required else "")
        + column.called(language)
        + _in_brackets(said_in(language, column.unit, column.unit_en), language)
        for column in one.columns
    ]
    filled = [
        [_words(column, row.get(column.key), language) for column in one.columns]
        for row in (answer if isinstance(answer, list) else [])
    ]
    least = max(LEAST_ROWS, whole_or(0, one.minimum))
    most = whole_or(least, one.maximum)
    blank = [""] * len(columns)
    rows = filled + [blank] * (min(least, most) - len(filled))
    return Blank(label, "table", note or WORDS[language]["rows"], columns=columns, rows=rows)


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
