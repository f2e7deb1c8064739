"""A paper in a file: DOCX paragraphs and tables in their order, PDF page by page."""

import io
import re
from typing import Final
from zipfile import ZipFile

from openhall.policies.rules.pages import NotADocument, Opened

MOST_UNPACKED: Final = 200 << 20
MOST_PAGES: Final = 1_000
LEAST_ON_A_PAGE: Final = 5  # characters; pages with fewer are pictures
PAGE_NUMBER: Final = re.compile(r"^\s*[-—–\u2014]?\s*\d{1,4}\s*[-—–\u2014]?\s*$")
BESIDE_A_NUMBER: Final = re.compile(  # setting leaves a gap there, which is not in the words
    r"(?<=[\u3400-\u9fff]) (?=[0-9A-Za-z])|(?<=[0-9A-Za-z]) (?=[\u3400-\u9fff])"
)
ENDS_A_LINE: Final = "。"


def of_docx(raw: bytes) -> Opened:
    """Paragraphs and table rows. Raises :class:`NotADocument`."""
    from docx import Document
    from docx.table import Table

    try:
        with ZipFile(io.BytesIO(raw)) as held:
            if sum(one.file_size for one in held.infolist()) > MOST_UNPACKED:
                raise NotADocument("文件解压后过大，不能导入。")
            if "word/document.xml" not in held.namelist():
                raise NotADocument("这不是Word文档（.docx）。")
        paper = Document(io.BytesIO(raw))
        lines: list[str] = []
        for block in paper.iter_inner_content():
            if isinstance(block, Table):
                lines += ["\t".join(cell.text.strip() for cell in row.cells) for row in block.rows]
            else:
                lines += block.text.split("\n")
    except NotADocument:
        raise
    except Exception as fault:  # what a reader of others says of damaged bytes is not listed
        raise NotADocument("Word文档不完整，无法读取。请重新保存后导入。") from fault
    return Opened("\n".join(line.rstrip() for line in lines), {})


def of_pdf(raw: bytes) -> Opened:
    """The text of a PDF that has any. Raises :class:`NotADocument` for scans and locked files."""
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise NotADocument("PDF设有打开密码，无法读取。")
        if len(reader.pages) > MOST_PAGES:
            raise NotADocument(f"PDF超过{MOST_PAGES}页，请拆分后导入。")
        pages = [page.extract_text() for page in reader.pages]
    except NotADocument:
        raise
    except Exception as fault:  # as above
        raise NotADocument("PDF不完整，无法读取。请重新保存后导入。") from fault
    text = joined("\n".join(pages))
    if len(text.strip()) < LEAST_ON_A_PAGE * len(pages):
        raise NotADocument("PDF里没有文字，只有图片（扫描件）。请提供文字版。")
    return Opened(text, {})


def joined(text: str) -> str:
    """Lines broken at the margin made paragraphs again; page numbers go."""
    lines = [line.rstrip() for line in text.split("\n") if not PAGE_NUMBER.match(line)]
    width = max((len(line) for line in lines), default=0)
    out: list[str] = []
    full = False
    for line in lines:
        begins = line.startswith(("\u3000", "  ")) or not line.strip()
        if out and full and not begins:
            out[-1] += line.strip()
        else:
            out.append(line)
        full = len(line) >= 0.85 * width and not line.endswith(ENDS_A_LINE)
    return BESIDE_A_NUMBER.sub("", "\n".join(out))
