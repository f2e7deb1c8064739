"""The form that was sent as PDF/A: the same bytes each time."""

from dataclasses import asdict
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import timezone

from openhall.cases.application.reading import Applied
from openhall.cases.materials import came_on_paper
from openhall.design.qr import qr_svg
from openhall.design.typesetting import pdf_from
from openhall.papers.models import Paper
from openhall.papers.rules.words import spoken
from openhall.papers.terms import PaperKind

LAYOUT: Final = Path(__file__).with_name("sheet.typ")
RECEIPTS: Final = (PaperKind.RECEIPT.value, PaperKind.JOINT_RECEIPT.value)


def _checked_at(applied: Applied) -> str:
    """Where the receipt that prints the same mark is checked; the check form where none is kept."""
    rows = Paper.objects.filter(about=applied.case.number, kind__in=RECEIPTS)
    receipt = rows.order_by("pk").first()
    return f"{settings.BASE_URL}/check/" + (f"{receipt.check_code}/" if receipt else "")


def pdf_of(applied: Applied) -> bytes:
    """The application on A4, with its mark and where to compare it."""
    case, sent, check = applied.case, timezone.localtime(applied.sent_at), _checked_at(applied)
    how = "邮寄" if case.channel == "post" else "窗口"
    by_paper = came_on_paper(case)
    content = {
        "title": applied.title,
        "item": case.item_version.name,
        "organ": case.organ.name,
        "number": case.number,
        "sent": f"{spoken(sent.date())} {sent:%H:%M}",
        "applicant": applied.applicant,
        "answers": [asdict(one) for one in applied.answers],
        "papers": applied.papers,
        "sealed": (
            f"本表由{how}根据申请人签名的纸质申请录入，以纸质申请为准。"
            if by_paper
            else "本表由申请人在网上填写的内容生成。申请人提交即为签署，不另签名、盖章"
            + (f"；另有{applied.signatures}人共同签署" if applied.signatures else "")
            + "。"
        ),
        "intact": applied.intact,
        "mark": applied.mark,
        "check": check,
        "day": [sent.year, sent.month, sent.day],
    }
    return pdf_from(LAYOUT, content, qr=qr_svg(check))
