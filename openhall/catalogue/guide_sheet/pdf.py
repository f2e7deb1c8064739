"""Drawing a guide's sections as PDF/A."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openhall.design.qr import qr_svg
from openhall.design.typesetting import pdf_from

SHEET = Path(__file__).with_name("guide.typ")


def guide_pdf(content: Mapping[str, Any], address: str) -> bytes:
    """``content`` as :func:`openhall.portal.sheets.sheet_of` tells it; ``address`` as QR code."""
    return pdf_from(SHEET, content, qr=qr_svg(address))
