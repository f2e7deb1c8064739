"""The public register of decisions: who was granted what, from the moment it was decided. 40."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from openhall.desk.pages import existing
from openhall.organs.queries import units
from openhall.paging.keyset import place
from openhall.permits.queries import decision_on, decisions
from openhall.permits.rules.publishing import powers


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """A page of decisions, newest first, of one unit or of all, by name or number."""
    today = timezone.localdate()
    every = list(units(today))
    chosen = next((one for one in every if one.code == request.GET.get("unit")), None)
    words = request.GET.get("q", "").strip()[:100]
    context = {
        "decisions": decisions(today, chosen, words, place(request.GET)),
        "units": every,
        "chosen": chosen,
        "words": words,
        "powers": [(one, one.said_in(get_language() or "")) for one in powers()],
    }
    return render(request, "portal/decisions.html", context)


@require_safe
def decision(request: HttpRequest, number: str) -> HttpResponse:
    """One decision of the register: its words, its holder, what became of the licence."""
    found = existing(decision_on(number, timezone.localdate()))
    return render(request, "portal/decision.html", {"one": found})
