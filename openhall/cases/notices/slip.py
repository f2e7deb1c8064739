"""The resume slip as PDF, for a kiosk's printer or a phone. peers.md, pain 11."""

import json
from datetime import date
from pathlib import Path
from typing import Final

import pylopdf_fonts_zh_cn
import segno
import typst
from django.conf import settings

from openhall.cases.models import Draft
from openhall.cases.notices.pdf import one_at_a_time
from openhall.cases.rules.papers import spoken

SHEET: Final = Path(__file__).with_name("slip.typ")


def slip_pdf(draft: Draft, removed_on: date) -> bytes:
    """One A5 sheet. The code is in the QR behind ``#``, which no browser sends to a server."""
    code = draft.resume_code
    address = f"{settings.BASE_URL}/resume/"
    picture = segno.make(f"{address}#{code}", error="m", micro=False)
    svg = picture.svg_inline(border=0, omitsize=True)
    named = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    said = {
        "title": "申请保存单",
        "item": draft.item_version.name,
        "name": "" if draft.name == draft.item_version.name[:100] else draft.name,
        "code": "-".join(code[n : n + 4] for n in range(0, 12, 4)),
        "address": address,
        "until": spoken(removed_on),
    }
    with one_at_a_time:
        made = typst.compile(
            str(SHEET),
            root=str(SHEET.parent),
            font_paths=[str(Path(pylopdf_fonts_zh_cn.__file__).parent)],
            ignore_system_fonts=True,
            sys_inputs={"slip": json.dumps(said, ensure_ascii=False), "qr": named},
        )
    assert isinstance(made, bytes)  # a PDF is one file
    return made
