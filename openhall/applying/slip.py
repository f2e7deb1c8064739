"""The resume slip as PDF, for a kiosk's printer or a phone. peers.md, pain 11."""

from datetime import date
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import timezone

from openhall.applying.models import Draft
from openhall.design.qr import qr_svg
from openhall.design.typesetting import pdf_from
from openhall.papers.rules.words import spoken

SHEET: Final = Path(__file__).with_name("slip.typ")


def slip_pdf(draft: Draft, removed_on: date) -> bytes:
    """One A5 sheet. The code is in the QR behind ``#``, which no browser sends to a server."""
    code = draft.resume_code
    address = f"{settings.BASE_URL}/resume/"
    saved = timezone.localtime(draft.saved_at)
    said = {
        "title": "申请续填单",
        "item": draft.item_version.name,
        "name": "" if draft.name == draft.item_version.name[:100] else draft.name,
        "code": "-".join(code[n : n + 4] for n in range(0, 12, 4)),
        "address": address,
        "until": spoken(removed_on),
        "saved": [saved.year, saved.month, saved.day],  # a PDF/A names its day
    }
    return pdf_from(SHEET, said, qr=qr_svg(f"{address}#{code}"))
