"""What pages read of papers: whether a printed sheet or a file is one that was given."""

import hashlib
import json
from datetime import date

from django.db.models import QuerySet

from openhall.organs.models import Account, Organ
from openhall.papers.models import Paper, PaperOpening, PaperPrint, PaperTemplate, SealImage
from openhall.papers.pdf import pdf_of
from openhall.papers.terms import INSIDE, PaperKind
from openhall.versions.queries import on_day
from openhall.versions.terms import OPEN, VersionState

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


def paper_of(about: str, pk: int) -> Paper | None:
    """A paper about this number."""
    return Paper.objects.filter(pk=pk, about=about).first()


def paper_checked(code: str) -> Paper | None:
    """The paper with this check code."""
    rows = Paper.objects.select_related("organ", "superseded_by")
    return rows.filter(check_code=code).first()


def paper_numbered(organ: Organ, number: str) -> Paper | None:
    """The paper that ``organ`` gave under this number."""
    return Paper.objects.filter(organ=organ, number=number.strip()).first()


def words_of(organ: Organ | None, kind: PaperKind) -> QuerySet[PaperTemplate]:
    """Every version of the words of a kind; of the whole city where ``organ`` is None."""
    rows = PaperTemplate.objects.filter(organ=organ, kind=kind.value)
    return rows.select_related("published_by")


def words_open(organ: Organ | None) -> dict[str, PaperTemplate]:
    """The words that are drafted or proposed, by kind."""
    rows = PaperTemplate.objects.filter(organ=organ, state__in=OPEN)
    return {row.kind: row for row in rows}


def words_to_review(reader: Account, limit: int = 100) -> list[PaperTemplate]:
    """Words proposed by others, the longest waiting first."""
    rows = PaperTemplate.objects.filter(state=VersionState.REVIEW.value)
    waiting = rows.select_related("organ", "saved_by").order_by("saved_at")[:limit]
    return [row for row in waiting if reader.pk not in row.writers]


def words_by_pk(pk: int) -> PaperTemplate | None:
    """One version of the words."""
    return PaperTemplate.objects.select_related("organ", "saved_by").filter(pk=pk).first()


def seals_of(organ: Organ) -> QuerySet[SealImage]:
    """The pictures of the seal of ``organ``."""
    return SealImage.objects.filter(organ=organ).select_related("published_by")


def seal_of(organ: Organ, pk: int) -> SealImage | None:
    """One of them."""
    return SealImage.objects.filter(organ=organ, pk=pk).first()


def newest_paper(about: str) -> int | None:
    """The key of the last paper given in a matter; None where there is none."""
    return Paper.objects.filter(about=about).order_by("-pk").values_list("pk", flat=True).first()


def unsealed(organs: QuerySet[Organ], day: date) -> int:
    """How many of ``organs`` have no seal in force on ``day``."""
    kept = SealImage.objects.filter(on_day(day), state=VersionState.PUBLISHED.value)
    return organs.exclude(pk__in=kept.values("organ")).count()


def given_to(paper: Paper) -> str:
    """The name that stands on the paper as whom it was given to."""
    return str(json.loads(paper.content)["to"])
