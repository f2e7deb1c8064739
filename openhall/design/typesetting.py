"""Printing with typst: one compiler for each sheet, kept warm; the same values, the same bytes."""

import json
import threading
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst

FONTS = str(Path(pylopdf_fonts_zh_cn.__file__).parent)
one_at_a_time = threading.Lock()  # the compiler is not made for threads


@lru_cache(maxsize=16)
def _compiler(sheet: str) -> typst.Compiler:
    return typst.Compiler(
        sheet,
        root=str(Path(sheet).parent),
        font_paths=[FONTS],
        ignore_system_fonts=True,
    )


def pdf_from(sheet: Path, content: Mapping[str, Any], **more: str) -> bytes:
    """``sheet`` (a .typ file) with ``content`` as ``sys.inputs.content``, as PDF/A-2b.

    ``more`` are further inputs, such as pictures as SVG. Dates belong into ``content``: the sheet
    reads no clock, so that the bytes are the same each time.
    """
    with one_at_a_time:
        made = _compiler(str(sheet)).compile(
            format="pdf",
            sys_inputs={"content": json.dumps(content, ensure_ascii=False), **more},
            pdf_standards="a-2b",
            timestamp=0,
        )
    assert isinstance(made, bytes)  # a PDF is one file
    return made
