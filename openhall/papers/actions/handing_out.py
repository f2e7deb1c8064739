"""Handing a paper out as PDF, and noting that its addressee opened it."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from openhall.papers.models import Paper, PaperOpening, PaperPrint
from openhall.papers.pdf import pdf_of


@transaction.atomic
def hand_out(paper: Paper) -> bytes:
    """The PDF of ``paper``; the digest of what leaves the house is kept."""
    made = pdf_of(paper)
    digest = hashlib.sha256(made).hexdigest()
    if not PaperPrint.objects.filter(paper=paper, digest=digest).exists():
        PaperPrint.objects.get_or_create(
            paper=paper, digest=digest, defaults={"at": timezone.now()}
        )
    return made


@transaction.atomic
def opened(paper: Paper, at: datetime) -> PaperOpening:
    """The addressee opened ``paper`` in the account: the first time is kept. 民事诉讼法 90."""
    return PaperOpening.objects.get_or_create(paper=paper, defaults={"at": at})[0]
