"""Printing with typst: one compiler for each sheet, kept warm; the same values, the same bytes.

Every text that the product keeps can be printed: a sign that no font draws stands as a box with its
code point, and a line below says so. Which signs these are is known before a paper is given
(:func:`unprintable`), so that no act succeeds whose paper fails.
"""

import json
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst
from django.conf import settings

from openhall.design.fonts import FOLDERS, Faces, undrawable

ROOT: Final = Path(__file__).parents[1]  # sheets share what stands in it
MOST_BOXES: Final = 500  # of one sheet; the compiler gives up at some more than a thousand
one_at_a_time = threading.Lock()  # the compiler is not made for threads


@lru_cache(maxsize=4)
def _fonts(folders: tuple[Path, ...]) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders)
    )


@lru_cache(maxsize=4)
def _undrawable(folders: tuple[Path, ...]) -> re.Pattern[str]:
    return undrawable(folders)


@lru_cache(maxsize=4)
def _faces(folders: tuple[Path, ...]) -> Faces:
    return Faces(folders)


def _folders() -> tuple[Path, ...]:
    return (*FOLDERS, *settings.FONT_FOLDERS)


@lru_cache(maxsize=32)
def _compiler(sheet: str, folders: tuple[Path, ...]) -> typst.Compiler:
    return typst.Compiler(sheet, root=str(ROOT), font_paths=_fonts(folders))


def unprintable(texts: Iterable[str]) -> list[str]:
    """The code points in ``texts`` that no font draws, such as ``U+E863``, in order.

    Among them a mark that no font can set on the sign it stands on.
    """
    pattern, signs = _undrawable(_folders()), set[str]()
    for text in texts:
        signs.update(pattern.findall(text))
        if not text.isascii():
            signs.update(_faces(_folders()).apart(text))
    return [f"U+{ord(sign):04X}" for sign in sorted(signs)]


def texts_in(content: Any) -> Iterator[str]:
    """Every text of a paper's content."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        for one in content.values():
            yield from texts_in(one)
    elif isinstance(content, list | tuple):
        for one in content:
            yield from texts_in(one)


def _spelled(content: Any, missing: re.Pattern[str], left: list[int]) -> Any:
    """``content`` with boxes for the first signs that have no glyph and, since a sheet nests no
    more than some hundred, the code in brackets for all others."""
    if isinstance(content, Mapping):
        return {name: _spelled(one, missing, left) for name, one in content.items()}
    if isinstance(content, list | tuple):
        return [_spelled(one, missing, left) for one in content]
    if not isinstance(content, str):
        return content

    def told(found: re.Match[str]) -> str:
        left[0] -= 1
        return found[0] if left[0] >= 0 else f"〔{ord(found[0]):04X}〕"

    return missing.sub(told, content)


def pdf_from(
    sheet: Path, content: Mapping[str, Any], *, unprinted: Iterable[str] = (), **more: str
) -> bytes:
    """``sheet`` (a .typ file) with ``content`` as ``sys.inputs.content``, as PDF/A-2b.

    ``more`` are further inputs, such as pictures as SVG. ``unprinted`` are code points that stand
    as boxes whatever fonts there are now. Dates belong into ``content``: the sheet reads no clock,
    so that the bytes are the same each time.
    """
    points = {*unprinted, *unprintable(texts_in(content))}
    try:
        return _set(sheet, content, points, more)
    except typst.TypstError as fault:
        if "could not be displayed" not in str(fault):
            raise
    # Signs that fonts have but cannot set together: a paper is given all the same.
    beyond = {sign for text in texts_in(content) for sign in _faces(_folders()).beyond(text)}
    return _set(sheet, content, points | {f"U+{ord(sign):04X}" for sign in beyond}, more)


def _set(
    sheet: Path, content: Mapping[str, Any], unprinted: set[str], more: Mapping[str, str]
) -> bytes:
    points = sorted(unprinted)
    if points:
        signs = "".join(chr(int(point[2:], 16)) for point in points)
        content = _spelled(content, re.compile(f"[{re.escape(signs)}]"), [MOST_BOXES])
    inputs = {"content": json.dumps(content, ensure_ascii=False), **more}
    if points:
        told = "".join(rf"\x{{{point[2:]}}}" for point in points)
        inputs |= {"missing": f"[{told}]", "unprinted": "、".join(points)}
    with one_at_a_time:
        made = _compiler(str(sheet), _folders()).compile(
            format="pdf", sys_inputs=inputs, pdf_standards="a-2b", timestamp=0
        )
    assert isinstance(made, bytes)  # a PDF is one file
    return made
