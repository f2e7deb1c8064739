"""What a stranger's file is, told in the judging process: its kind, fault, pages and small copy.

Knows no Django and no settings: the process that runs this holds no secret and no database.
"""

import io
import tempfile
from pathlib import Path
from typing import Final

import typst
from PIL import Image

from openhall.design.fonts import FOLDERS
from openhall.files.pictures import LONGEST, look_at
from openhall.files.rules.archives import fault_of_archive
from openhall.files.rules.pdfs import look_into, opened
from openhall.files.rules.uploads import (
    PDF,
    ZIP,
    Judged,
    fault_of_kind,
    fitting_name,
    kind_of_content,
)

SHEET: Final = Path(__file__).with_name("watermark.typ")
Image.MAX_IMAGE_PIXELS = None  # this process counts bytes unfolded instead


def judge(name: str, content: bytes) -> Judged:
    """What ``content`` is; ``fault`` says why it cannot be taken. Bounded only by its caller."""
    kind = kind_of_content(content)
    if kind is None:
        return Judged(fault_of_kind(name, content))
    fitting = fitting_name(name, kind)
    if kind == PDF:
        found = look_into(name, content)
        return Judged(found.fault, fitting, kind.media_type, found.pages, found.note)
    if content.startswith(ZIP):
        return Judged(fault_of_archive(name, content), fitting, kind.media_type)
    fault, copies = look_at(name, content)
    pages = len(copies) if len(copies) > 1 else 0
    return Judged(fault, fitting, kind.media_type, pages, small=copies[0] if copies else b"")


def _drawable(content: bytes, media_type: str) -> tuple[str, bytes, int]:
    """What the sheet draws: its kind, a clean copy of it, and its number of pages."""
    if media_type == PDF.media_type:
        clean = io.BytesIO()
        with opened(content) as file:
            pages = len(file.pages)
            file.save(clean)  # without password and with a sound table: the drawer reads no other
        return "pdf", clean.getvalue(), pages
    fault, copies = look_at("", content, LONGEST)
    if fault is not None:
        raise ValueError(fault.zh)
    if len(copies) == 1:
        return "picture", copies[0], 1
    picture, *more = (Image.open(io.BytesIO(one)) for one in copies)
    together = io.BytesIO()
    picture.save(together, "PDF", save_all=True, append_images=more)
    return "pdf", together.getvalue(), len(copies)


def watermarked(content: bytes, media_type: str, mark: str) -> bytes:
    """A PDF of ``content`` with ``mark`` across each page; of nothing where ``content`` is empty.

    Raises whatever the drawer raises over a file it cannot draw.
    """
    kind, copy, pages = _drawable(content, media_type) if content else ("none", b"", 1)
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        (room / "sheet.typ").write_bytes(SHEET.read_bytes())
        (room / ("copy.pdf" if kind == "pdf" else "copy.jpg")).write_bytes(copy)
        made = typst.compile(
            str(room / "sheet.typ"),
            root=folder,
            font_paths=typst.Fonts(
                include_system_fonts=False, include_embedded_fonts=False, font_paths=list(FOLDERS)
            ),
            sys_inputs={"mark": mark, "kind": kind, "pages": str(max(1, pages))},
        )
    assert isinstance(made, bytes)  # a PDF is one file
    return made
