"""Every item in force. B3."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from openhall.catalogue.queries import ItemVersion, versions_in_force
from openhall.paging.keyset import paged, place
from openhall.statistics.queries import busiest_items
from openhall.statistics.rules.figures import months_back

PAGE = 30
COMMON = 6


def asked_for_most(day: date) -> list[ItemVersion]:
    """The items of the city that most cases were closed on in the last thirteen months."""
    most = busiest_items(months_back(day.replace(day=1), 13)[0], day, COMMON)
    found = {version.item_id: version for version in versions_in_force(day).filter(item__in=most)}
    known = [found[pk] for pk in most if pk in found]
    return known or list(versions_in_force(day).order_by("item__code")[:COMMON])


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every item in force today, the city's before its districts'; by key."""
    if words := request.GET.get("q", "").strip():  # addresses kept from before the search
        return redirect(f"{reverse('portal:search')}?{urlencode({'q': words})}")
    rows = versions_in_force(timezone.localdate())
    context = {"items": paged(rows, ("item_id",), place(request.GET), PAGE)}
    return render(request, "portal/services.html", context)
