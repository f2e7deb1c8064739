"""Drawing a supervision notice: one reused compiler, the same words give the same bytes."""

import json
from pathlib import Path

from openhall.design.typesetting import pdf_from
from openhall.papers.rules.words import full_width, spoken
from openhall.supervision.models import Notice
from openhall.supervision.terms import NoticeKind

SHEET = Path(__file__).with_name("notice.typ")


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
    return pdf_from(SHEET, content)
