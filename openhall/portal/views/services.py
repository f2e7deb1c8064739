"""Finding an item and reading its guide. A7, B3."""

from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openhall.catalogue.models import ItemVersion
from openhall.catalogue.queries import tariffs_in_force, version_in_force, versions_in_force

PAGE = 30


def newest_items(day: date) -> list[ItemVersion]:
    """A few items to begin with."""
    return list(versions_in_force(day).order_by("-effective_from", "-pk")[:6])


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Items in force today, by the words asked for; paged by key."""
    words = request.GET.get("q", "").strip()
    after = request.GET.get("after", "")
    found = versions_in_force(timezone.localdate()).order_by("pk")
    for word in words.split():
        found = found.filter(name__icontains=word) | found.filter(plain_names__icontains=word)
    if after.isdigit():
        found = found.filter(pk__gt=int(after))
    page = list(found.distinct()[: PAGE + 1])
    older = ""
    if len(page) > PAGE:
        older = "?" + urlencode({"q": words, "after": page[PAGE - 1].pk})
    context = {"items": page[:PAGE], "words": words, "older": older}
    return render(request, "portal/services.html", context)


@require_safe
def guide(request: HttpRequest, code: str) -> HttpResponse:
    """The guide in force today."""
    today = timezone.localdate()
    version = version_in_force(code, today)
    if version is None:
        raise Http404
    context = {
        "version": version,
        "materials": version.materials.all(),
        "steps": [(step.name, "ahead", step.standard) for step in version.steps.all()],
        "laws": version.laws.all(),
        "faqs": version.faqs.all(),
        "prerequisites": version.prerequisites.select_related("item"),
        "tariffs": tariffs_in_force(version.item_id, today),
    }
    return render(request, "portal/guide.html", context)
