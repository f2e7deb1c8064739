"""Drawing a paper as PDF/A from its frozen words: the same bytes each time."""

import base64
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from openhall.design.qr import qr_svg
from openhall.design.typesetting import pdf_from
from openhall.papers.models import Paper, SealImage

SHEET = Path(__file__).with_name("paper.typ")
SAMPLE_CODE = "2" * 12


def _grouped(code: str) -> str:
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4))


@lru_cache(maxsize=64)
def _seal(pk: int) -> str:
    """The seal as one SVG drawing; a seal once uploaded never changes, so it is read once."""
    seal = SealImage.objects.get(pk=pk)
    picture = bytes(seal.picture)
    if seal.media_type == "image/svg+xml":
        return picture.decode()
    inside = base64.b64encode(picture).decode()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200">'
        f'<image width="200" height="200" href="data:image/png;base64,{inside}"/></svg>'
    )


def draw(content: Mapping[str, Any], seal: str) -> bytes:
    """``content`` on the official sheet as PDF/A-2b, one page unless its words need more."""
    unprinted = content.get("unprinted", [])
    return pdf_from(SHEET, content, unprinted=unprinted, qr=qr_svg(content["verify"]), seal=seal)


def pdf_of(paper: Paper) -> bytes:
    """The paper as it was given."""
    content = json.loads(paper.content)
    seal = content.get("seal")
    content |= {
        "check": _grouped(paper.check_code),
        "query": _grouped(content["query"]),
        "verify": f"{settings.BASE_URL}/check/{paper.check_code}/",
        "year": paper.issued_on.year,
        "month": paper.issued_on.month,
        "date": paper.issued_on.day,
        "due": content.get("due", ""),
        "sample": False,
    }
    return draw(content, _seal(seal) if seal else "")


def sample_of(organ: str, title: str, number: str, words: list[str], due: str, seal: str) -> bytes:
    """A preview with sample values, marked as a sample across the sheet."""
    content = {
        "organ": organ,
        "title": title,
        "number": number,
        "to": "王某",
        "case": "20260302-SAMPLE00",
        "query": _grouped(SAMPLE_CODE),
        "words": words,
        "day": "2026年3月4日",
        "check": _grouped(SAMPLE_CODE),
        "verify": f"{settings.BASE_URL}/check/{SAMPLE_CODE}/",
        "year": 2026,
        "month": 3,
        "date": 4,
        "due": due,
        "sample": True,
    }
    return draw(content, seal)


def seal_drawing(pk: int | None) -> str:
    """The drawing of seal ``pk``; empty for none."""
    return "" if pk is None else _seal(pk)
