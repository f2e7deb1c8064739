"""Finding a matter with the fingers: search, the keyboard's table, the list used offline. E1."""

from typing import Any, Final

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from openhall.catalogue.queries import versions_in_force
from openhall.design.words import called
from openhall.desk.pages import existing
from openhall.hall.queries import Hall, hall_named, items_of, open_lines
from openhall.kiosk.views.place import place_of
from openhall.organs.queries import units
from openhall.questions.queries import guides_in_force
from openhall.search.queries import Wanted, search
from openhall.search.rules.folding import LONGEST
from openhall.search.rules.keyboard import table
from openhall.search.rules.pinyin import spelled

PAGES: Final = {"portal:guide": "kiosk:item", "portal:ask": "kiosk:ask"}
AN_HOUR: Final = 3600


def items_here(hall: Hall) -> list[Any]:
    """The matters in force that a line of the hall serves, by name."""
    known = {pk for line in open_lines(hall) for pk in items_of(line)}
    rows = versions_in_force(timezone.localdate()).filter(item__in=known)
    return list(rows.select_related("item__organ", "item__inherits").order_by("name", "pk"))


def _own(hall: Hall) -> dict[str, str]:
    """The city's matter → the same one as this hall takes it in."""
    return {
        one.item.inherits.code: one.item.code
        for one in items_here(hall)
        if one.item.inherits is not None
    }


def _address(hall: Hall, at: tuple[str, ...], own: dict[str, str]) -> str:
    """Where a result leads on this kiosk; empty where it has no page here."""
    name = PAGES.get(at[0])
    if name is None or len(at) != 2:
        return ""
    return reverse(name, args=[hall.slug, own.get(at[1], at[1])])


@require_safe
def find(request: HttpRequest, slug: str) -> HttpResponse:
    """Search by words, wrong characters, pinyin or initials; matters that have a guide here."""
    context = place_of(slug)
    typed = request.GET.get("q", "")[:LONGEST]
    found = []
    if typed.strip():
        english = (get_language() or "").startswith("en")
        own = _own(context["hall"])
        results = search(typed, Wanted(english=english))
        found = [
            (one, address)
            for one in results.services
            if (address := _address(context["hall"], one.record.at, own))
        ]
    return render(request, "kiosk/find.html", context | {"typed": typed, "found": found})


@require_safe
def keyboard(request: HttpRequest, slug: str) -> HttpResponse:
    """The pinyin keyboard's table, from the names of matters, units and guides of the city."""
    existing(hall_named(slug))
    day = timezone.localdate()
    made = cache.get(f"kiosk-keyboard-{day}")
    if made is None:
        versions = versions_in_force(day).prefetch_related("materials")
        texts = [one.name for one in versions]
        texts += [paper.name for one in versions for paper in one.materials.all()]
        texts += [one.title for one in guides_in_force(day)]
        texts += [one.name for one in units(day)]
        made = table(texts)
        cache.set(f"kiosk-keyboard-{day}", made, AN_HOUR)
    return JsonResponse(made)


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """Names, letters and addresses of what is here: searched on the machine while it is alone."""
    hall = existing(hall_named(slug))
    rows = [
        (called(one), one.name, reverse("kiosk:item", args=[slug, one.item.code]))
        for one in items_here(hall)
    ]
    named = [[shown, *spelled(name)[::2], address] for shown, name, address in rows]
    return JsonResponse({"items": named})
