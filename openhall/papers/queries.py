"""What pages read of papers: whether a printed sheet or a file is one that was given."""

import hashlib

from openhall.papers.models import Paper, PaperOpening, PaperPrint
from openhall.papers.pdf import pdf_of
from openhall.papers.terms import INSIDE, PaperKind

PUBLIC_PAPERS = {*PaperKind} - INSIDE  # the slip names officials


def is_print_of(paper: Paper, digest: str) -> bool:
    """Whether a file of this SHA-256 digest is ``paper`` as it was handed out or is drawn now."""
    if PaperPrint.objects.filter(paper=paper, digest=digest).exists():
        return True
    return hashlib.sha256(pdf_of(paper)).hexdigest() == digest


def opened_at(about: str) -> PaperOpening | None:
    """When the addressee opened the decision on ``about`` in the account, if ever."""
    rows = PaperOpening.objects.filter(paper__about=about, paper__kind__in=["grant", "refusal"])
    return rows.order_by("at").first()
