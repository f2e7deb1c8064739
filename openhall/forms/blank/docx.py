"""The sheet as DOCX, to be filled in on a computer: the same content as the PDF."""

import io
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from openhall.design.qr import qr_png
from openhall.forms.blank.sheet import Blank, Sheet

WIDTHS = (40, 44, 40, 44)  # of the grid, mm
EPOCH = datetime(2003, 5, 26, tzinfo=UTC)


def docx_of(sheet: Sheet) -> bytes:
    """The form as an editable document on A4."""
    book = docx.Document()
    _set_up(book, sheet)
    head = book.add_table(rows=1, cols=2)
    head.autofit = False
    left, right = head.rows[0].cells
    left.width, right.width = Mm(144), Mm(26)
    left.paragraphs[0].add_run(f"{sheet.words['organ']}: {sheet.organ}").font.size = Pt(9.5)
    title = left.add_paragraph(style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run(sheet.title)
    if sheet.sample:
        mark = left.add_paragraph(f"({sheet.words['sample']})")
        mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
    code = io.BytesIO(qr_png(sheet.check))
    right.paragraphs[0].add_run().add_picture(code, width=Mm(22))
    book.add_paragraph(f"{sheet.words['free']} {sheet.words['check']}: {sheet.check}")
    _grid(book, sheet)
    for statement in sheet.statements:
        book.add_paragraph(statement)
    book.add_paragraph()
    book.add_paragraph(f"{sheet.words['sign']}{' ' * 30}{sheet.words['day']}")
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _set_up(document: Any, sheet: Sheet) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin, page.top_margin = Mm(20), Mm(20), Mm(18)
    page.footer.paragraphs[0].text = (
        f"{sheet.words['item']} {sheet.code} · {sheet.words['version']} {sheet.version}"
        f" · {sheet.words['digest']} {sheet.digest}"
    )
    for name, size in (("Normal", 10.5), ("Title", 18), ("Footer", 8.5)):
        style = document.styles[name]
        style.font.name, style.font.size = "SimSun", Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), "SimSun")
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    about = document.core_properties
    about.title, about.author, about.created, about.modified = (
        sheet.title,
        sheet.organ,
        EPOCH,
        EPOCH,
    )
    about.language = "zh-CN" if sheet.language == "zh" else "en-GB"


def _grid(document: Any, sheet: Sheet) -> None:
    """Labels and blanks in four columns; a table of rows stands between two grids."""
    grid: Any = None
    waiting = False  # a half stands in the last row and its neighbour is to come
    for one in sheet.blanks:
        if one.size == "table":
            _rows(document, one)
            grid, waiting = None, False
            continue
        if grid is None:
            grid = document.add_table(rows=0, cols=4)
            grid.style, grid.autofit = "Table Grid", False
        if one.size == "half":
            cells = grid.rows[-1].cells if waiting else grid.add_row().cells
            first = 2 if waiting else 0
            _fill(cells[first], one.label, one.note)
            cells[first + 1].text = one.answer
            waiting = not waiting
        else:
            cells = grid.add_row().cells
            _fill(cells[0], one.label, one.note)
            cells[1].merge(cells[3]).text = "    ".join(one.options) or one.answer
            if one.size == "tall":
                grid.rows[-1].height = Mm(34)
            waiting = False
        for cell, width in zip(grid.rows[-1].cells, WIDTHS, strict=False):
            if len({id(other._tc) for other in grid.rows[-1].cells}) == len(WIDTHS):
                cell.width = Mm(width)


def _fill(cell: Any, label: str, note: str) -> None:
    cell.text = label
    if note:
        cell.add_paragraph().add_run(note).font.size = Pt(8)


def _rows(document: Any, one: Blank) -> None:
    document.add_paragraph(f"{one.label}{' · ' + one.note if one.note else ''}")
    table = document.add_table(rows=0, cols=len(one.columns))
    table.style = "Table Grid"
    for row in [one.columns, *one.rows]:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.add_paragraph()
