"""Finding an item. B3."""

from datetime import date

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openhall.catalogue.queries import (
    ItemVersion,
    Shown,
    entries_in_force,
    last_words_of_closed_items,
    standing_of,
    versions_in_force,
)
from openhall.joint.matters import matters_named
from openhall.organs.queries import organs_called
from openhall.paging.keyset import paged, place
from openhall.statistics.queries import busiest_items
from openhall.statistics.rules.figures import months_back

PAGE = 30
COMMON = 6
CLOSED = 10
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


def _named(rows: QuerySet[ItemVersion], words: str) -> QuerySet[ItemVersion]:
    """The versions whose name, popular name or unit has each of ``words``."""
    for word in words.split():
        units = organs_called(word)
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(plain_names__icontains=word)
            | Q(name_en__icontains=word)
            | Q(item__organ__in=units)
        )
    return rows


def _closed(words: str, day: date) -> list[Shown]:
    """What the words name that cannot be applied for now: shown with its state, not hidden."""
    rows = _named(last_words_of_closed_items(), words).order_by("item")[:CLOSED]
    shown = [Shown(version, standing_of(version, day)) for version in rows]
    return [one for one in shown if not one.stands.is_open]


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Matters in force today by the words asked for, each once whoever does it; by key."""
    today = timezone.localdate()
    words = request.GET.get("q", "").strip()
    at = place(request.GET)
    rows = entries_in_force(today)
    if words:
        named = _named(versions_in_force(today), words).order_by()
        rows = rows.filter(
            Q(item__in=named.values("item")) | Q(item__in=named.values("item__inherits"))
        )
    page = paged(rows, ("item_id",), at, PAGE)
    first = not (at.after or at.before)
    context = {
        "items": page,
        "closed": _closed(words, today) if words and first else [],
        "matters": matters_named(words, today)[:COMMON] if words and first else [],
        "words": words,
    }
    return render(request, "portal/services.html", context)
