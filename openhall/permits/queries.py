"""Permits after issue, and the public register of decisions. 行政许可法 40, 61."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from django.db.models import QuerySet

from openhall.cases.models import Case
from openhall.organs.models import Organ
from openhall.paging.keyset import START, Page, Place, paged
from openhall.papers.models import Paper
from openhall.papers.terms import PaperKind
from openhall.permits.kinds import LICENCE
from openhall.permits.models import Licence, LicenceRequest, PermitDeed
from openhall.permits.rules.validity import last_day_to_ask, state_on
from openhall.permits.terms import LicenceAct, LicenceState, RequestKind
from openhall.vault.rules.masks import mask_company, mask_name

PAGE: Final = 25
BATCH: Final = 500


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
    """One decision in the public register: the holder masked, what became of it since."""

    paper: Paper
    case: Case
    holder: str
    licence: Licence | None
    state: LicenceState | None


def masked_holder(case: Case) -> str:
    """The holder's name as the public reads it."""
    company = case.applicant_kind == "company"
    return mask_company(case.applicant_name) if company else mask_name(case.applicant_name)


def decisions(today: date, organ: Organ | None = None, at: Place = START) -> Page[Published]:
    """A page of the decisions to grant, newest first: public as soon as they are taken (40)."""
    rows = Paper.objects.filter(kind=PaperKind.GRANT.value).defer("content")
    if organ is not None:
        rows = rows.filter(organ=organ)

    def told(paper: Paper) -> Published:
        case = cases[paper.about]
        licence = getattr(case, "licence", None)
        state = (
            state_on(LicenceState(licence.state), licence.valid_until, today) if licence else None
        )
        return Published(paper, case, masked_holder(case), licence, state)

    page = paged(rows.select_related("organ"), at=at, size=PAGE)
    cases = Case.objects.select_related("item_version", "licence").in_bulk(
        [paper.about for paper in page.rows], field_name="number"
    )
    return page.map(told)


def granted_to_companies(today: date, numbers: list[str] | None = None) -> Iterator[Published]:
    """Decisions to grant that the register shows, about companies alone; some, by their number."""
    rows = Paper.objects.filter(kind=PaperKind.GRANT.value, withdrawn_at__isnull=True)
    if numbers is not None:
        rows = rows.filter(number__in=numbers)
    companies = Case.objects.filter(applicant_kind="company")
    rows = rows.filter(about__in=companies.values("number")).defer("content")
    every = rows.select_related("organ").order_by("pk").iterator()
    while batch := list(islice(every, BATCH)):
        cases = companies.select_related("item_version").in_bulk(
            [paper.about for paper in batch], field_name="number"
        )
        for paper in batch:
            case = cases[paper.about]
            yield Published(paper, case, masked_holder(case), None, None)


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
