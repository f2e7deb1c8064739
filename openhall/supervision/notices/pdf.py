"""Drawing a supervision notice: one reused compiler, the same words give the same bytes."""

import json
import threading
from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

from openhall.cases.rules.papers import full_width, spoken
from openhall.supervision.models import Notice
from openhall.supervision.terms import NoticeKind

SHEET = Path(__file__).with_name("notice.typ")
_one_at_a_time = threading.Lock()


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    fonts = Path(pylopdf_fonts_zh_cn.__file__).parent
    return typst.Compiler(
        str(SHEET), root=str(SHEET.parent), font_paths=[str(fonts)], ignore_system_fonts=True
    )


def pdf_of(notice: Notice) -> bytes:
    """The notice as PDF/A-2b."""
    content = {
        "organ": notice.issued_by.name,
        "title": NoticeKind(notice.kind).zh,
        "number": notice.number,
        "to": notice.organ.name,
        "words": [full_width(word) for word in json.loads(notice.words)],
        "card": notice.card.number,
        "day": spoken(notice.issued_on),
        "year": notice.issued_on.year,
        "month": notice.issued_on.month,
        "date": notice.issued_on.day,
    }
    with _one_at_a_time:
        made = _compiler().compile(
            format="pdf",
            sys_inputs={"paper": json.dumps(content, ensure_ascii=False)},
            pdf_standards="a-2b",
            timestamp=0,
        )
    assert isinstance(made, bytes)  # a PDF is one file
    return made
