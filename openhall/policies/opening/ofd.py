"""A paper in OFD (GB/T 33190), the national format: the text of each page from top to bottom.

An OFD file is a ZIP of XML: ``OFD.xml`` names the document, the document its pages, a page its
``TextObject``s, each in its box with its ``TextCode`` in Unicode. Pictures, seals and the template
of a page (its head and foot) are not read.
"""

import io
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile

from openhall.paging.workbooks import CUT
from openhall.policies.opening.papers import joined
from openhall.policies.rules.pages import NotADocument, Opened

MOST_UNPACKED: Final = 200 << 20
MOST_PART: Final = 32 << 20  # one page
MOST_PAGES: Final = 1_000
DAMAGED: Final = "OFD文件不完整，无法读取。请重新导出后导入。"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words at a place of a page, in millimetres; ``ends`` where they end, ``size`` of the type."""

    top: float
    left: float
    ends: float
    size: float
    words: str


def pages_of_ofd(raw: bytes) -> list[str]:
    """The text of each page. Raises :class:`NotADocument`."""
    try:
        with ZipFile(io.BytesIO(raw)) as held:
            if sum(one.file_size for one in held.infolist()) > MOST_UNPACKED:
                raise NotADocument("文件解压后过大，不能导入。")
            return [_text(page) for page in _pages(held)]
    except NotADocument:
        raise
    except (
        *CUT, BadZipFile, ElementTree.ParseError, KeyError,
    ) as fault:  # fmt: skip
        raise NotADocument(DAMAGED) from fault


def of_ofd(raw: bytes) -> Opened:
    """Its text in paragraphs. Raises :class:`NotADocument` for scans and damaged files."""
    text = joined("\n".join(pages_of_ofd(raw)))
    if not text.strip():
        raise NotADocument("OFD里没有文字，只有图片（扫描件）。请提供文字版。")
    return Opened(text, {})


def _part(held: ZipFile, path: str) -> Element:
    if held.getinfo(path).file_size > MOST_PART:
        raise NotADocument("文件解压后过大，不能导入。")
    seen = held.read(path)
    if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen or seen[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise NotADocument(DAMAGED)
    return ElementTree.fromstring(seen)  # noqa: S314 - no DTD gets here


def _named(root: Element, name: str) -> Iterator[Element]:
    """Every element of that name; files differ in the prefix and even in the namespace."""
    return (one for one in root.iter() if one.tag.rpartition("}")[2] == name)


def _below(folder: str, place: str) -> str:
    place = place.strip().replace("\\", "/")
    whole = place.lstrip("/") if place.startswith("/") else posixpath.join(folder, place)
    return posixpath.normpath(whole)


def _pages(held: ZipFile) -> Iterator[Element]:
    for root in _named(_part(held, "OFD.xml"), "DocRoot"):
        path = _below("", root.text or "")
        document = _part(held, path)
        places = [
            _below(posixpath.dirname(path), page.get("BaseLoc", ""))
            for pages in _named(document, "Pages")
            for page in _named(pages, "Page")
        ]
        if len(places) > MOST_PAGES:
            raise NotADocument(f"OFD超过{MOST_PAGES}页，请拆分后导入。")
        for place in places:
            yield _part(held, place)


def _text(page: Element) -> str:
    """The pieces of a page in lines: those whose tops differ by less than half a sign."""
    found = sorted(_pieces(page), key=lambda one: (one.top, one.left))
    lines: list[list[Piece]] = []
    for one in found:
        if lines and abs(one.top - lines[-1][0].top) < 0.5 * max(one.size, lines[-1][0].size):
            lines[-1].append(one)
        else:
            lines.append([one])
    return "\n".join(_line(line) for line in lines)


def _line(pieces: list[Piece]) -> str:
    words, ends = "", 0.0
    for one in sorted(pieces, key=lambda piece: piece.left):
        if words and one.left - ends > 1.5 * one.size:
            words += "\u3000"
        words += one.words
        ends = one.ends
    return words


def _pieces(page: Element) -> Iterator[Piece]:
    for thing in _named(page, "TextObject"):
        left, top, width, _high = (_numbers(thing.get("Boundary", "")) + [0.0] * 4)[:4]
        size = (_numbers(thing.get("Size", "")) or [4.0])[0]
        for code in _named(thing, "TextCode"):
            words = (code.text or "").strip("\r\n")
            if not words.strip():
                continue
            x = (_numbers(code.get("X", "")) or [0.0])[0]
            y = (_numbers(code.get("Y", "")) or [0.0])[0]
            yield Piece(top + y, left + x, left + max(width, x), size, words)


def _numbers(said: str) -> list[float]:
    return [float(one) for one in said.split()]
