"""The sheet as DOCX, to be filled in on a computer: the same content and look as the PDF."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

import docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from openhall.design.qr import qr_png
from openhall.forms.blank.sheet import Blank, Sheet

HEAD: Final = (30, 108, 30)  # of the head: as much left of the title as the QR takes right of it
WIDTHS: Final = (42, 42, 42, 42)  # of the grid, mm
EPOCH: Final = datetime(2003, 5, 26, tzinfo=UTC)
HEIGHTS: Final = {"tall": 32.0, "row": 6.0}  # mm; every other row 8.6
TOGETHER: Final = 12  # rows of a table that no page parts
BANDS: Final = {"page": "DBDBDB", "section": "E8E8E8", "row": "F2F2F2"}
LABEL: Final = "F2F2F2"
BLACK: Final = RGBColor(0, 0, 0)


def docx_of(sheet: Sheet) -> bytes:
    """The form as an editable document on A4."""
    book = docx.Document()
    _set_up(book, sheet)
    _head(book, sheet)
    grid = _Grid(book)
    grid.band(sheet.words["applicant"], "page")
    for one in sheet.applicant:
        grid.blank(one)
    if sheet.blanks and sheet.blanks[0].size != "page":
        grid.band(sheet.words["content"], "page")
    for one in sheet.blanks:
        grid.blank(one)
    grid.signed(sheet)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _head(book: Any, sheet: Sheet) -> None:
    head = book.add_table(rows=1, cols=3)
    _columns(head, HEAD)
    _void, left, right = head.rows[0].cells
    left.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    title = left.paragraphs[0]
    title.style = book.styles["Title"]
    title.add_run(sheet.title)
    if sheet.sample:
        marked = "（{}）" if sheet.language == "zh" else "({})"
        mark = left.add_paragraph(marked.format(sheet.words["sample"]))
        mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
    code = io.BytesIO(qr_png(sheet.check))
    right.paragraphs[0].add_run().add_picture(code, width=Mm(20))
    caption = right.add_paragraph(sheet.words["check"], style="Caption")
    for one in (right.paragraphs[0], caption):
        one.alignment = WD_ALIGN_PARAGRAPH.CENTER
    colon = "：" if sheet.language == "zh" else ": "
    line = book.add_paragraph(f"{sheet.words['organ']}{colon}{sheet.organ}")
    line.paragraph_format.space_before = Pt(4)
    book.add_paragraph(sheet.words["free"], style="Caption").paragraph_format.space_after = Pt(4)


def _set_up(document: Any, sheet: Sheet) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin = Mm(22), Mm(20)
    page.top_margin, page.bottom_margin = Mm(16), Mm(18)
    page.footer.paragraphs[0].text = (
        f"{sheet.words['item']} {sheet.code} · {sheet.words['version']} {sheet.version}"
        f" · {sheet.words['digest']} {sheet.digest}"
    )
    foot = page.footer.paragraphs[0]
    document.styles["Footer"].paragraph_format.tab_stops.clear_all()
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(168), WD_TAB_ALIGNMENT.RIGHT)
    _page_number(foot)
    latin = "SimSun" if sheet.language == "zh" else "Times New Roman"
    sizes = (("Normal", 10.5), ("Title", 18), ("Footer", 8.5), ("Caption", 8.5))
    for name, size in sizes:
        style = document.styles[name]
        style.font.name, style.font.size = latin, Pt(size)
        style.font.color.rgb = BLACK
        style.font.italic = False
        style.font.bold = name == "Title"
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), "SimSun")
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    document.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    border = document.styles["Title"].element.get_or_add_pPr().find(qn("w:pBdr"))
    if border is not None:  # Word's own title has a blue rule below it
        document.styles["Title"].element.get_or_add_pPr().remove(border)
    about = document.core_properties
    about.title, about.author, about.created, about.modified = (
        sheet.title,
        sheet.organ,
        EPOCH,
        EPOCH,
    )
    about.language = "zh-CN" if sheet.language == "zh" else "en-GB"


class _Grid:
    """Labels and blanks in four columns; a table of rows stands between two grids."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.grid: Any = None
        self.waiting = False  # a half stands in the last row and its neighbour is to come

    def row(self, height: float = 8.6) -> Any:
        if self.grid is None:
            self.grid = self.document.add_table(rows=0, cols=4)
            self.grid.style = "Table Grid"
            _columns(self.grid, WIDTHS)
        row = self.grid.add_row()
        row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
        _whole(row)
        for cell, width in zip(row.cells, WIDTHS, strict=True):
            cell.width = Mm(width)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        self.waiting = False
        return row

    def band(self, words: str, size: str, note: str = "") -> None:
        row = self.row(HEIGHTS.get(size, 7.0))
        cell = row.cells[0].merge(row.cells[3])
        cell.text = ""
        cell.paragraphs[0].add_run(words).bold = size != "row"
        if note:
            cell.add_paragraph(note, style="Caption")
        _shade(cell, BANDS[size])

    def blank(self, one: Blank) -> None:
        if one.size in BANDS:
            self.band(one.label, one.size, one.note)
        elif one.size == "table":
            self._rows(one)
        elif one.size == "note":
            row = self.row()
            cell = row.cells[0].merge(row.cells[3])
            cell.text = "\n".join(part for part in (one.label, one.note) if part)
        elif one.size == "half":
            waiting = self.waiting
            cells = self.grid.rows[-1].cells if waiting else self.row().cells
            first = 2 if waiting else 0
            _fill(cells[first], one)
            cells[first + 1].text = one.answer
            self.waiting = not waiting
        else:
            row = self.row(HEIGHTS.get(one.size, 8.6))
            _fill(row.cells[0], one)
            cell = row.cells[1].merge(row.cells[3])
            cell.text = "    ".join(one.options) or one.answer
            if one.size == "tall":
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP

    def _rows(self, one: Blank) -> None:
        self.band(one.label, "section", one.note)
        for paragraph in self.grid.rows[-1].cells[0].paragraphs:
            paragraph.paragraph_format.keep_with_next = True
        table = self.document.add_table(rows=0, cols=len(one.columns))
        table.style = "Table Grid"
        _columns(table, [sum(WIDTHS) / len(one.columns)] * len(one.columns))
        rows = len(one.rows)
        for place, words in enumerate([one.columns, *one.rows]):
            row = table.add_row()
            row.height, row.height_rule = Mm(8.4), WD_ROW_HEIGHT_RULE.AT_LEAST
            _whole(row, repeated=place == 0)
            for cell, word in zip(row.cells, words, strict=True):
                cell.text = word
                cell.width = Mm(sum(WIDTHS) / len(one.columns))
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
                cell.paragraphs[0].paragraph_format.keep_with_next = place < min(rows, TOGETHER)
                if place == 0:
                    _shade(cell, LABEL)
        gap = self.document.add_paragraph()  # Word joins tables that touch
        gap.paragraph_format.space_before = gap.paragraph_format.space_after = Pt(0)
        gap.paragraph_format.line_spacing = Pt(3)
        self.grid, self.waiting = None, False

    def signed(self, sheet: Sheet) -> None:
        """What is declared, the signature and the day, in one box that no page cuts in two."""
        row = self.row(26.0)
        cell = row.cells[0].merge(row.cells[3])
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
        told = cell.paragraphs[0]
        if sheet.statements:
            told.add_run(sheet.words["declare"]).bold = True
            for statement in sheet.statements:
                cell.add_paragraph(statement)
            told = cell.add_paragraph()
        told.add_run(f"{sheet.words['sign']}\t{sheet.words['day']}")
        told.paragraph_format.space_before = Mm(8)
        told.paragraph_format.tab_stops.add_tab_stop(Mm(122))


def _columns(table: Any, widths: Sequence[float]) -> None:
    """Fixed columns: the grid says so too, since Writer reads no width of a cell."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _whole(row: Any, *, repeated: bool = False) -> None:
    """A row that no page cuts in two; ``repeated``: said again at the head of the next page."""
    about = row._tr.get_or_add_trPr()
    about.append(OxmlElement("w:cantSplit"))
    if repeated:
        about.append(OxmlElement("w:tblHeader"))


def _page_number(paragraph: Any) -> None:
    """The number of the page as a field, at the right."""
    paragraph.add_run("\t")
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            made = OxmlElement("w:fldChar")
            made.set(qn("w:fldCharType"), kind)
        else:
            made = OxmlElement("w:instrText")
            made.text = words
        run._r.append(made)


def _fill(cell: Any, one: Blank) -> None:
    cell.text = one.label
    if one.note:
        cell.add_paragraph(one.note, style="Caption")
    _shade(cell, LABEL)


def _shade(cell: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shade)
