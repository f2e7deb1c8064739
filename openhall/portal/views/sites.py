"""The sites of the units: all of them, the first page of one, its columns. B1, B2, B3."""

from collections.abc import Callable
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openhall.enquiries.queries import calls, published
from openhall.organs.terms import OrganKind
from openhall.paging.keyset import paged, place
from openhall.policies.queries import states_of
from openhall.portal.views.policies import TONES
from openhall.portal.views.site_frame import frame, opened
from openhall.sites.live import issued_by, online_of, organs_of, rested_on, services_of
from openhall.sites.queries import Site, last_looks, latest_of_city, listed, sites
from openhall.sites.rules.columns import COLUMNS, DATED, LIVE
from openhall.sites.terms import ColumnKind
from openhall.statistics.queries import by_month
from openhall.statistics.rules.figures import Sums, month_shown, months_back
from openhall.workdays.queries import figures_day

NEWEST: Final = 6
GUIDES: Final = 8
PAGE: Final = 20
K = ColumnKind


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every site of the city, by kind of organ, with what is newest on all of them."""
    today = timezone.localdate()
    found: dict[str, list[Site]] = {}
    for one in sites():
        found.setdefault(one.organ.kind, []).append(one)
    context = {
        "groups": [(kind, found[kind.value]) for kind in OrganKind if kind.value in found],
        "news": latest_of_city(today, K.NEWS, NEWEST),
        "notices": latest_of_city(today, K.NOTICES, NEWEST),
    }
    return render(request, "portal/sites/list.html", context)


@require_safe
def home(request: HttpRequest, slug: str) -> HttpResponse:
    """The first page of a site."""
    site, today = opened(slug), timezone.localdate()
    day = figures_day()
    month = month_shown(day)
    context = frame(request, site) | {
        "news": list(listed(today, site, K.NEWS.value)[:NEWEST]),
        "notices": list(listed(today, site, K.NOTICES.value)[:NEWEST]),
        "services": list(services_of(site, today)[:GUIDES]),
        "answers": list(published(organ=site.organ)[:3]),
        "sums": by_month(month, month, site.organ).get(month, Sums()),
        "month": month,
        "runs": month == day.replace(day=1),
        "has_figures": K.FIGURES.value in site.columns,
        "look": last_looks().get(site.pk),
    }
    return render(request, "portal/sites/home.html", context)


@require_safe
def column(request: HttpRequest, slug: str, column: str) -> HttpResponse:
    """A column: written by the editors, or live from the room that keeps it."""
    site, found = opened(slug), COLUMNS.get(column)
    if found is None or column not in site.columns:
        raise Http404
    context = frame(request, site, found)
    if found.holds == LIVE:
        context |= LIVE_COLUMNS[found.kind](request, site)
        return render(request, f"portal/sites/column_{column}.html", context)
    rows = paged(
        listed(timezone.localdate(), site, column),
        ("-effective_from", "-pk"),
        place(request.GET),
        PAGE,
    )
    context |= {"rows": rows, "dated": found.holds == DATED}
    return render(request, "portal/sites/column.html", context)


def _guides(request: HttpRequest, site: Site) -> dict[str, Any]:
    return {"versions": list(services_of(site, timezone.localdate()).select_related("item__organ"))}


def _apply(request: HttpRequest, site: Site) -> dict[str, Any]:
    return {"versions": list(online_of(site, timezone.localdate()).select_related("item__organ"))}


def _forms(request: HttpRequest, site: Site) -> dict[str, Any]:
    rows = services_of(site, timezone.localdate()).filter(form__isnull=False)
    return {"versions": list(rows.select_related("item__organ"))}


def _policies(request: HttpRequest, site: Site) -> dict[str, Any]:
    today = timezone.localdate()
    own = list(issued_by(site)[:PAGE])
    basis = [one for one in rested_on(site, today)[: PAGE * 2] if one not in own][:PAGE]
    states = states_of([*own, *basis], today)
    return {
        name: [(one, states[one.pk], TONES[states[one.pk]]) for one in rows]
        for name, rows in (("own", own), ("basis", basis))
    }


def _interaction(request: HttpRequest, site: Site) -> dict[str, Any]:
    return {
        "answers": list(published(organ=site.organ)[:PAGE]),
        "calls": [one for one in calls() if one.organ_id == site.organ_id][:PAGE],
        "organs": organs_of(site),
    }


def _figures(request: HttpRequest, site: Site) -> dict[str, Any]:
    this = figures_day().replace(day=1)
    months = months_back(this, 13)
    organs = organs_of(site) if site.organ.kind == OrganKind.DISTRICT.value else [site.organ]
    return {
        "tables": [
            (
                organ,
                [
                    (month, sums)
                    for month in reversed(months)
                    if (sums := found.get(month, Sums())).received or sums.closed
                ],
            )
            for organ in organs
            if (found := by_month(months[0], this, organ))
        ]
    }


LIVE_COLUMNS: Final[dict[ColumnKind, Callable[[HttpRequest, Site], dict[str, Any]]]] = {
    K.GUIDES: _guides,
    K.APPLY: _apply,
    K.FORMS: _forms,
    K.POLICIES: _policies,
    K.INTERACTION: _interaction,
    K.FIGURES: _figures,
}
