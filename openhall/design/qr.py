"""QR codes (ISO/IEC 18004, level M): one drawing for pages, sheets and documents."""

import io
import re
from typing import Final
from xml.sax.saxutils import escape

import zxingcpp
from PIL import Image

_SIZE: Final = re.compile(r'<svg width="(\d+)"')
_DARK: Final = re.compile(r'<path d="([^"]+)"')


def _drawn(text: str) -> zxingcpp.Barcode:
    return zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")


def qr_svg(text: str, *, quiet: int = 0, title: str = "") -> str:
    """``text`` as an SVG document that is as large as its place allows.

    ``quiet`` modules of white stand around it (4 where nothing else keeps the distance); ``title``
    is what a screen reader says.
    """
    made = _drawn(text).to_svg(add_quiet_zones=False)
    size, dark = _SIZE.search(made), _DARK.search(made)
    assert size is not None  # both stand in every drawing
    assert dark is not None
    side = int(size[1]) + 2 * quiet
    role, named = (' role="img"', f"<title>{escape(title)}</title>") if title else ("", "")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg"{role}'
        f' viewBox="{-quiet} {-quiet} {side} {side}">{named}'
        f'<path fill="#fff" d="M{-quiet} {-quiet}h{side}v{side}h-{side}z"/>'
        f'<path d="{dark[1]}"/></svg>'
    )


def qr_png(text: str, *, scale: int = 4) -> bytes:
    """``text`` as a PNG picture of ``scale`` pixels a module, without white around it."""
    image = Image.fromarray(_drawn(text).to_image(scale=scale, add_quiet_zones=False))
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()
