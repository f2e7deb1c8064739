"""The sheet as PDF/A, kept in memory while it is asked for: the same bytes each time."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Final

from openhall.design.qr import qr_svg
from openhall.design.typesetting import pdf_from
from openhall.forms.blank.sheet import Sheet

LAYOUT: Final = Path(__file__).with_name("form.typ")
KEPT: Final = 128  # sheets kept in memory


def pdf_of(sheet: Sheet) -> bytes:
    """The form as PDF/A-2b on A4."""
    return _drawn(json.dumps(sheet.as_json(), ensure_ascii=False), sheet.check)


@lru_cache(maxsize=KEPT)
def _drawn(content: str, address: str) -> bytes:
    return pdf_from(LAYOUT, json.loads(content), qr=qr_svg(address))
