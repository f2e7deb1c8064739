"""Finding an item. B3."""

from datetime import date
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openhall.catalogue.models import ItemVersion
from openhall.catalogue.queries import versions_in_force
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
    """Items in force today, by the words asked for; paged by key."""
    words = request.GET.get("q", "").strip()
    after = request.GET.get("after", "")
    found = versions_in_force(timezone.localdate()).order_by("pk")
    for word in words.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(plain_names__icontains=word)
            | Q(name_en__icontains=word)
            | Q(item__organ__name__icontains=word)
        )
    if after.isdigit():
        found = found.filter(pk__gt=int(after))
    page = list(found[: PAGE + 1])
    older = ""
    if len(page) > PAGE:
        older = "?" + urlencode({"q": words, "after": page[PAGE - 1].pk})
    context = {"items": page[:PAGE], "words": words, "older": older}
    return render(request, "portal/services.html", context)
