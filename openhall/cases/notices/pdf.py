"""Drawing a paper as PDF/A from its frozen words: the same bytes each time."""

import json
import threading
from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import segno
import typst
from django.conf import settings

from openhall.cases.models import Paper

SHEET = Path(__file__).with_name("paper.typ")
one_at_a_time = threading.Lock()


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    fonts = Path(pylopdf_fonts_zh_cn.__file__).parent
    return typst.Compiler(
        str(SHEET), root=str(SHEET.parent), font_paths=[str(fonts)], ignore_system_fonts=True
    )


def _grouped(code: str) -> str:
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4))


def pdf_of(paper: Paper) -> bytes:
    """The paper as PDF/A-2b, one page unless its words need more."""
    address = f"{settings.BASE_URL}/check/{paper.check_code}/"
    picture = segno.make(address, error="m", micro=False).svg_inline(border=0, omitsize=True)
    named = picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    content = json.loads(paper.content) | {
        "check": _grouped(paper.check_code),
        "verify": address,
        "year": paper.issued_on.year,
        "month": paper.issued_on.month,
        "date": paper.issued_on.day,
    }
    content["query"] = _grouped(content["query"])
    with one_at_a_time:
        made = _compiler().compile(
            format="pdf",
            sys_inputs={
                "paper": json.dumps(content, ensure_ascii=False),
                "qr": named,
            },
            pdf_standards="a-2b",
            timestamp=0,
        )
    assert isinstance(made, bytes)  # a PDF is one file
    return made
