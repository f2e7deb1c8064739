"""The picture of a seal: what may be taken for one, and a round one drawn from a name.

A seal stands on papers people rely on, so a picture may hold shapes and words only: no script, no
address of anything outside itself.
"""

import math
import xml.etree.ElementTree as ElementTree
from typing import Final

from openhall.glossary import Said

MOST_BYTES: Final = 400_000
SHAPES: Final = frozenset(
    (
        *("svg", "g", "defs", "title", "desc", "text", "tspan"),
        *("path", "circle", "ellipse", "rect", "line", "polyline", "polygon"),
    )
)
SVG: Final = "{http://www.w3.org/2000/svg}"
RED: Final = "#c8102e"
STAR: Final = 5


def fault_of_svg(text: str) -> Said | None:
    """Why ``text`` may not be the picture of a seal; None if it may."""
    if "<!" in text.replace("<!--", ""):
        return Said(
            "SVG不能含有DOCTYPE或实体声明。", "Take DOCTYPE and entity declarations out of the SVG."
        )
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - no declaration can stand in it
    except ElementTree.ParseError:
        return Said("SVG文件不完整，无法读取。", "The SVG file is incomplete and cannot be read.")
    if root.tag != f"{SVG}svg":
        return Said("文件不是SVG图形。", "The file is not an SVG picture.")
    if "viewBox" not in root.attrib:
        return Said("SVG须写明viewBox。", "Give the SVG a viewBox.")
    for element in root.iter():
        name = str(element.tag).removeprefix(SVG)
        if name not in SHAPES:
            return Said(
                f"印章图形不能含有“{name}”。", f"The picture of a seal cannot hold “{name}”."
            )
        for attribute, value in element.attrib.items():
            bare = attribute.rpartition("}")[2].lower()
            if bare.startswith("on") or bare == "href" or "url(" in value.lower():
                return Said(
                    f"印章图形不能含有“{bare}”。", f"The picture of a seal cannot hold “{bare}”."
                )
    return None


def fault_of_size(width: int, height: int) -> Said | None:
    """Why a picture of so many pixels may not be a seal; None if it may."""
    if min(width, height) < 200 or max(width, height) > 3000:
        return Said(
            "印章图片每边应为200至3000像素。",
            "Each side of the picture must have 200 to 3000 pixels.",
        )
    if not 0.8 <= width / height <= 1.25:
        return Said("印章图片应接近正方形。", "The picture must be nearly square.")
    return None


def round_seal(name: str, below: str = "") -> str:
    """A round red seal: a star, the organ's name around it, ``below`` straight under the star."""
    letters = []
    signs = name[:24]
    spread = min(250.0, 24.0 * max(len(signs) - 1, 1))
    size = 22 if len(signs) <= 10 else 17 if len(signs) <= 16 else 13
    for place, sign in enumerate(signs):
        angle = -spread / 2 + (spread * place / max(len(signs) - 1, 1))
        letters.append(
            f'<text x="100" y="34" font-size="{size}" text-anchor="middle" '
            f'transform="rotate({angle:.2f} 100 100)">{_safe(sign)}</text>'
        )
    points = []
    for corner in range(2 * STAR):
        radius = 26 if corner % 2 == 0 else 10
        turn = math.pi * corner / STAR - math.pi / 2
        points.append(f"{100 + radius * math.cos(turn):.2f},{100 + radius * math.sin(turn):.2f}")
    under = (
        f'<text x="100" y="152" font-size="13" text-anchor="middle">{_safe(below)}</text>'
        if below
        else ""
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" fill="{RED}" '
        f'font-family="Noto Serif SC" font-weight="bold">'
        f'<circle cx="100" cy="100" r="94" fill="none" stroke="{RED}" stroke-width="5"/>'
        f'<polygon points="{" ".join(points)}"/>{"".join(letters)}{under}</svg>'
    )


def _safe(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
