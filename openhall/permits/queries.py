"""Permits after issue, and the public register of decisions. 行政许可法 40, 61."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from openhall.cases.models import Case
from openhall.deeds.rules.codes import tidy
from openhall.organs.models import Organ
from openhall.paging.keyset import START, Page, Place, paged
from openhall.papers.models import Paper
from openhall.papers.terms import PaperKind
from openhall.permits.kinds import LICENCE
from openhall.permits.models import Licence, LicenceRequest, PermitDeed, RegisterLine
from openhall.permits.rules.publishing import Naming
from openhall.permits.rules.validity import last_day_to_ask, state_on
from openhall.permits.terms import LicenceAct, LicenceState, RequestKind
from openhall.vault.fields import blinds
from openhall.vault.rules.masks import mask_company, mask_name

PAGE: Final = 25


@dataclass(frozen=True, slots=True)
class Permit:
    """One permit as people read it today; ``request`` is what waits to be decided."""

    licence: Licence
    state: LicenceState
    request: LicenceRequest | None
    kind: RequestKind | None
    ask_until: date | None


def permit_told(licence: Licence, today: date) -> Permit:
    """``licence`` with its state today and what is asked of it."""
    request = LicenceRequest.objects.filter(licence=licence, decided_at__isnull=True).first()
    return Permit(
        licence,
        state_on(LicenceState(licence.state), licence.valid_until, today),
        request,
        RequestKind(request.kind) if request else None,
        last_day_to_ask(licence.valid_until) if licence.valid_until else None,
    )


def permit_of(case: Case, today: date) -> Permit | None:
    """The permit that a case gave, if it gave one."""
    licence = Licence.objects.filter(case=case).select_related("organ").first()
    return None if licence is None else permit_told(licence, today)


def licences_by_pk(pk: int, organ: Organ) -> Licence | None:
    """One permit of ``organ`` for its desk."""
    rows = Licence.objects.select_related("organ", "item", "case__item_version", "case__account")
    return rows.filter(pk=pk, organ=organ).first()


def requests_waiting(organ: Organ, limit: int = 50) -> list[tuple[LicenceRequest, RequestKind]]:
    """Changes and renewals that ``organ`` must decide, the most urgent first."""
    rows = LicenceRequest.objects.filter(licence__organ=organ, decided_at__isnull=True)
    found = rows.select_related("licence__case__item_version").order_by("due_on", "pk")[:limit]
    return [(one, RequestKind(one.kind)) for one in found]


def licences_of(organ: Organ, today: date, at: Place = START) -> Page[Permit]:
    """A page of the permits of ``organ``, newest first."""
    rows = Licence.objects.filter(organ=organ).select_related("case__item_version", "organ")
    return paged(rows, at=at, size=PAGE).map(lambda one: permit_told(one, today))


def deeds_of(licence: Licence) -> QuerySet[PermitDeed]:
    """What was done to a permit, in order."""
    return LICENCE.events_of([licence.pk])


def events_of(licence: Licence) -> list[tuple[PermitDeed, LicenceAct]]:
    """What was done to a permit, in order, with the words of each act."""
    return [(one, LicenceAct(one.act)) for one in deeds_of(licence).select_related("actor")]


@dataclass(frozen=True, slots=True)
class Published:
    """One decision in the public register, and what became of the licence since."""

    line: RegisterLine
    paper: Paper | None
    licence: Licence | None
    state: LicenceState | None

    @property
    def holder(self) -> str:
        """As the case says it, which the log holds; the line's own copy is for searching.

        Of a case whose personal data were erased a company stays named by the line (行政许可法 40)
        and a person is named no more.
        """
        if self.is_erased:
            return self.line.holder if self.line.named == Naming.FULL else ""
        name = self.line.case.applicant_name
        return name if self.line.named == Naming.FULL else mask_name(name)

    @property
    def is_erased(self) -> bool:
        """Whether the personal data of its case are gone; that it was decided stays."""
        return not self.line.case.salt

    @property
    def words(self) -> list[str]:
        """The words of the decision; none where they would name a person."""
        if self.paper is None or self.line.named != Naming.FULL:
            return []
        return [str(word) for word in json.loads(self.paper.content)["words"]]


def masked_holder(case: Case) -> str:
    """The holder's name where it need not be read whole, as on a desk's list."""
    company = case.applicant_kind == "company"
    return mask_company(case.applicant_name) if company else mask_name(case.applicant_name)


def decisions(
    today: date, organ: Organ | None = None, words: str = "", at: Place = START
) -> Page[Published]:
    """A page of the register, newest first, by name or number: public once decided (40)."""
    rows = RegisterLine.objects.select_related("organ", "case__item_version", "case__licence")
    if organ is not None:
        rows = rows.filter(organ=organ)
    if words:
        papers = Paper.objects.filter(kind=PaperKind.GRANT.value, number__icontains=words)
        rows = rows.filter(
            Q(holder__icontains=words)
            | Q(case__number__iexact=words)
            | Q(case__licence__number__icontains=words)
            | Q(case__number__in=papers.values("about"))
            | Q(case__identity_blind__in=blinds(tidy(words)), named="full")
        )
    page = paged(rows, at=at, size=PAGE)
    given = _grants([line.case.number for line in page.rows])
    return page.map(lambda line: _published(line, given.get(line.case.number), today))


def decision_on(number: str, today: date) -> Published | None:
    """One decision of the register by the number of its case."""
    rows = RegisterLine.objects.select_related("organ", "case__item_version", "case__licence")
    line = rows.filter(case__number=number).first()
    return None if line is None else _published(line, _grants([number]).get(number), today)


def _grants(numbers: list[str]) -> dict[str, Paper]:
    rows = Paper.objects.filter(kind=PaperKind.GRANT.value, about__in=numbers)
    return {paper.about: paper for paper in rows.order_by("pk")}


def _published(line: RegisterLine, paper: Paper | None, today: date) -> Published:
    licence = getattr(line.case, "licence", None)
    state = state_on(LicenceState(licence.state), licence.valid_until, today) if licence else None
    return Published(line, paper, licence, state)


def of_companies(numbers: list[str] | None = None) -> QuerySet[RegisterLine]:
    """Lines of the register about companies, which are named whole; some, by their case."""
    rows = RegisterLine.objects.filter(named=Naming.FULL, case__applicant_kind="company")
    if numbers is not None:
        rows = rows.filter(case__number__in=numbers)
    return rows.select_related("organ", "case__item_version").order_by("pk")


AFTER: Final = (
    PaperKind.LICENCE,
    PaperKind.CHANGE,
    PaperKind.RENEWAL,
    PaperKind.REVOCATION,
    PaperKind.CANCELLATION,
)


def papers_after(licence: Licence) -> list[tuple[Paper, PaperKind]]:
    """The permit as it was given, and every paper about it since."""
    rows = licence.case.papers.filter(kind__in=[kind.value for kind in AFTER]).order_by("pk")
    return [(paper, PaperKind(paper.kind)) for paper in rows]
