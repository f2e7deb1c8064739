"""The city's home: search, what people come for, my matters, what the city owes you."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.catalogue.queries import (
    ItemVersion,
    entries_in_force,
    tariffs_on,
    versions_in_force,
)
from openhall.catalogue.terms import ServiceObject
from openhall.catalogue.terms_topics import for_persons
from openhall.hall.queries import Centre, centres_on, hours_on
from openhall.hall.rules.opening import Hours
from openhall.hall.terms import CentreKind, CentreState
from openhall.organs.queries import Organ, departments
from openhall.policies.queries import documents, states_of
from openhall.portal.districts import all_districts, chosen
from openhall.portal.forms import CodeForm
from openhall.portal.pictograms import sign_of
from openhall.portal.views.policies import TONES
from openhall.portal.views.services import by_use
from openhall.portal.views.topics import life_events
from openhall.sites.queries import latest_of_city
from openhall.sites.terms import ColumnKind
from openhall.statistics.queries import by_month, due_today, overdue
from openhall.statistics.rules.figures import Sums, months_back
from openhall.workdays.queries import figures_day

CARDS: Final = 8
NEWEST: Final = 4  # of the news, of the notices of all units, and of the policies


@dataclass(frozen=True, slots=True)
class Card:
    """A matter that many come for: guide, sign, ordinary fee (cents; None: free)."""

    version: ItemVersion
    sign: str
    fee: int | None
    more: bool  # another amount in other cases


def _is_for(version: ItemVersion, companies: bool) -> bool:
    """Whose card it is; a matter of both stands where its life event puts it, else its topic."""
    persons = ServiceObject.PERSON.value in version.service_objects
    others = any(code != ServiceObject.PERSON.value for code in version.service_objects)
    if persons and others and version.topics:
        events = [code for code in version.topics if code.startswith(("pl-", "bl-"))]
        persons = for_persons((events or version.topics)[0])
    return persons is not companies


def _cards(today: date, district: Organ | None, *, companies: bool) -> list[Card]:
    used = by_use(entries_in_force(today), today)
    shown = [one for one in used if _is_for(one, companies)][:CARDS]
    there = {}
    if district is not None:
        rows = versions_in_force(today).filter(item__organ__parent=district)
        rows = rows.filter(item__inherits__in=[one.item_id for one in shown])
        there = {one.item.inherits_id: one for one in rows}
    shown = [there.get(one.item_id, one) for one in shown]
    prefetch_related_objects(shown, "materials")  # they say how often one comes
    fees: dict[int, list[int]] = {}
    for item, amount in (
        tariffs_on(today)
        .filter(item__in=[one.item_id for one in shown])
        .order_by("item", "code")  # the ordinary one stands first in the list
        .values_list("item", "amount")
    ):
        fees.setdefault(item, []).append(amount)
    return [
        Card(
            one,
            sign_of(one),
            fees.get(one.item_id, [0])[0] or None,
            len(set(fees.get(one.item_id, ()))) > 1,
        )
        for one in shown
    ]


def _halls(today: date, district: Organ | None) -> list[tuple[Centre, Hours]]:
    """The city's hall and that of the district: where it is, and when it is open today."""
    rows = centres_on(today).filter(standing=CentreState.OPEN.value)
    city = rows.filter(hall__kind=CentreKind.CITY.value).first()
    near = rows.filter(hall__organ__parent=district).first() if district else None
    return [(one, hours_on(one.hall_id, today)) for one in (near, city) if one is not None]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page; ``?for=companies`` shows the cards of companies, ``?district=`` leads to the
    guides of one. Each figure opens."""
    today, day = timezone.localdate(), figures_day()
    districts = all_districts()
    district = chosen(request, districts)
    companies = request.GET.get("for") == "companies"
    persons, enterprises = life_events(today)
    month = months_back(day.replace(day=1), 2)[0]  # the last whole one
    laws = list(documents(day=today))[:NEWEST]
    states = states_of(laws, today)
    context = {
        "examples": (_("restaurant"), _("passport"), _("retirement")),
        "companies": companies,
        "cards": _cards(today, district, companies=companies),
        "districts": districts,
        "district": district,
        "events": enterprises if companies else persons,
        "code_form": CodeForm(),
        "day": day,
        "month": month,
        "sums": by_month(month, month).get(month, Sums()),
        "due": due_today(day).count(),
        "overdue": overdue(day).count(),
        "units": departments(today),
        "halls": _halls(today, district),
        "laws": [(one, states[one.pk], TONES[states[one.pk]]) for one in laws],
        "news": latest_of_city(today, ColumnKind.NEWS, NEWEST),
        "notices": latest_of_city(today, ColumnKind.NOTICES, NEWEST),
    }
    return render(request, "portal/home.html", context)
