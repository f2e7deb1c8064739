"""Every item in force. B3."""

from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from openhall.catalogue.queries import ItemVersion, entries_in_force
from openhall.paging.keyset import paged, place
from openhall.statistics.queries import busiest_items
from openhall.statistics.rules.figures import months_back

PAGE = 30
LOOKED_AT = 400  # items by use: enough that each audience fills its cards


def by_use(rows: QuerySet[ItemVersion], day: date) -> list[ItemVersion]:
    """``rows`` in the order of the cases closed on them in the last thirteen months.

    Cases of districts count for the city's item. What nobody used yet follows by its code.
    """
    most = busiest_items(months_back(day.replace(day=1), 13)[0], day, LOOKED_AT)
    used = {pk: place for place, pk in enumerate(most)}
    if len(most) == LOOKED_AT:  # a long list: what is hardly used is not read at all
        rows = rows.filter(item__in=most)
    found = list(rows.order_by("item__code")[:LOOKED_AT])
    return sorted(found, key=lambda version: used.get(version.item_id, LOOKED_AT))


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every matter in force today, each once whoever does it; by key."""
    if words := request.GET.get("q", "").strip():  # addresses kept from before the search
        return redirect(f"{reverse('portal:search')}?{urlencode({'q': words})}")
    rows = entries_in_force(timezone.localdate())
    context = {"items": paged(rows, ("item_id",), place(request.GET), PAGE)}
    return render(request, "portal/services.html", context)
