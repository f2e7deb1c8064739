"""QR codes (ISO/IEC 18004, at least level M): one drawing for pages, sheets and documents."""

import io
from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import escape

import segno


def _code(text: str) -> segno.QRCode:
    return segno.make_qr(text, error="m", encoding="utf-8")


def _rows(code: segno.QRCode, quiet: int) -> Iterator[str]:
    """Each run of dark modules as a filled path.

    Not segno's own strokes: a browser that rounds a stroke leaves hairlines of white.
    """
    for top, row in enumerate(code.matrix, quiet):
        left = quiet
        for dark, modules in groupby(row):
            wide = len(list(modules))
            if dark:
                yield f"M{left} {top}h{wide}v1h-{wide}z"
            left += wide


def qr_svg(text: str, *, quiet: int = 0, title: str = "") -> str:
    """``text`` as an SVG document that is as large as its place allows.

    ``quiet`` modules of white stand around it (4 where nothing else keeps the distance); ``title``
    is what a screen reader says.
    """
    code = _code(text)
    side = code.symbol_size(border=quiet)[0]
    dark = "".join(_rows(code, quiet))
    role, named = (' role="img"', f"<title>{escape(title)}</title>") if title else ("", "")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg"{role} viewBox="0 0 {side} {side}">{named}'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{dark}"/></svg>'
    )


def qr_png(text: str, *, scale: int = 4) -> bytes:
    """``text`` as a PNG picture of ``scale`` pixels a module, without white around it."""
    picture, written = _code(text), io.BytesIO()
    picture.save(written, kind="png", scale=scale, border=0)
    return written.getvalue()
