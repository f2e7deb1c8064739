"""The sheet as PDF/A, kept in memory while it is asked for: the same bytes each time."""

import json
import threading
from functools import lru_cache
from pathlib import Path
from typing import Final

import pylopdf_fonts_zh_cn
import segno
import typst

from openhall.catalogue.blank_forms.sheet import Sheet

LAYOUT: Final = Path(__file__).with_name("form.typ")
KEPT: Final = 128  # sheets kept in memory
_one_at_a_time = threading.Lock()


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    fonts = Path(pylopdf_fonts_zh_cn.__file__).parent
    return typst.Compiler(
        str(LAYOUT), root=str(LAYOUT.parent), font_paths=[str(fonts)], ignore_system_fonts=True
    )


def pdf_of(sheet: Sheet) -> bytes:
    """The form as PDF/A-2b on A4."""
    return _drawn(json.dumps(sheet.as_json(), ensure_ascii=False), sheet.check)


@lru_cache(maxsize=KEPT)
def _drawn(content: str, address: str) -> bytes:
    picture = segno.make(address, error="m", micro=False).svg_inline(border=0, omitsize=True)
    named = picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    with _one_at_a_time:
        made = _compiler().compile(
            format="pdf",
            sys_inputs={"form": content, "qr": named},
            pdf_standards="a-2b",
            timestamp=0,
        )
    assert isinstance(made, bytes)  # a PDF is one file
    return made
