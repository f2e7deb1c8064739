"""A file beside a document of the library: the standard columns of a site, as DOCX, read back."""

import io
from datetime import datetime
from typing import Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from docx import Document

from openhall.deeds.doing import Doing
from openhall.files.actions import received
from openhall.organs.models import Post
from openhall.organs.terms import Desk
from openhall.policies.actions import filing
from openhall.policies.queries import document_known
from openhall.sites.rules.columns import COLUMNS, LIVE

SEED: Final = "成办发〔2003〕75号"
NAME: Final = "各网站标准栏目一览.docx"


def attach() -> None:
    """Once: filed by Legal Affairs, its text laid beside it."""
    paper = document_known(SEED)
    post = Post.objects.filter(desk=Desk.LEGAL.value).select_related("account").first()
    if paper is None or post is None or paper.files.exists():
        return
    now: datetime = timezone.now()
    doing = Doing(post.account, now, "demo-policy-file", Desk.LEGAL.value)
    with received(SimpleUploadedFile(NAME, _made()), "file") as kept:
        file = filing.attach(paper, kept, "", doing)
    filing.read(file.pk)


def _made() -> bytes:
    paper = Document()
    paper.add_paragraph("各网站标准栏目一览")
    for place, one in enumerate(COLUMNS.values(), start=1):
        told = "内容由办事系统直接取得" if one.holds == LIVE else "由本单位编辑发布"
        paper.add_paragraph(f"第{_numeral(place)}条　{one.kind.zh}：{one.told.zh}{told}。")
    whole = io.BytesIO()
    paper.save(whole)
    return whole.getvalue()


def _numeral(number: int) -> str:
    ones = "〇一二三四五六七八九"
    return ones[number] if number < 10 else "十" + (ones[number - 10] if number > 10 else "")
