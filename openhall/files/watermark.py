"""A reused copy as it is shown: with the watermark of its trust level across every page. norms 3.2.

The stored bytes stay as they were given, so that their digest still proves them; only what is shown
is drawn anew. A picture is drawn without its metadata.
"""

import io
import tempfile
from pathlib import Path
from typing import IO, Any, Final

import typst
from PIL import Image, ImageOps

from openhall.design.typesetting import FONTS, one_at_a_time
from openhall.files.models import Upload
from openhall.files.rules.pdfs import pages_of
from openhall.files.rules.trust import watermark
from openhall.files.terms import TrustLevel

SHEET: Final = Path(__file__).with_name("watermark.typ")
LONGEST: Final = 2400  # pixels of a picture's longer side, as shown


def mark_of(upload: Upload) -> str:
    """The words across the copy; empty where nobody vouches for it."""
    if not upload.vouched_by:
        return ""
    return watermark(TrustLevel(upload.trust), upload.vouched_by, upload.vouched_until)


def _jpeg(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as picture:
        image = ImageOps.exif_transpose(picture).convert("RGB")
        image.thumbnail((LONGEST, LONGEST))
        drawn = io.BytesIO()
        image.save(drawn, "JPEG", quality=85)
    return drawn.getvalue()


def watermarked(content: bytes, media_type: str, mark: str) -> bytes:
    """A PDF of ``content`` (a PDF or a picture) with ``mark`` across each page."""
    pdf = media_type == "application/pdf"
    with tempfile.TemporaryDirectory() as folder, one_at_a_time:
        room = Path(folder)
        (room / "sheet.typ").write_bytes(SHEET.read_bytes())
        (room / ("copy.pdf" if pdf else "copy.jpg")).write_bytes(content if pdf else _jpeg(content))
        made = typst.compile(
            str(room / "sheet.typ"),
            root=folder,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            sys_inputs={
                "mark": mark,
                "kind": "pdf" if pdf else "picture",
                "pages": str(max(1, pages_of(content)) if pdf else 1),
            },
        )
    assert isinstance(made, bytes)  # a PDF is one file
    return made


def shown(upload: Upload) -> tuple[IO[Any], str, str]:
    """The file as a page may show it: its bytes, kind and name."""
    mark = mark_of(upload)
    drawable = upload.media_type == "application/pdf" or upload.media_type.startswith("image/")
    if mark and drawable:
        with upload.file.open("rb") as file:
            content = file.read()
        made = watermarked(content, upload.media_type, mark)
        return io.BytesIO(made), "application/pdf", f"{Path(upload.name).stem}.pdf"
    return upload.file.open("rb"), upload.media_type, upload.name
