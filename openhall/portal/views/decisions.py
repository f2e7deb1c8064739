"""The public register of decisions: who was granted what, from the moment it was decided. 40."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openhall.organs.queries import units
from openhall.paging.keyset import place
from openhall.permits.queries import decisions


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """A page of decisions, newest first, of one unit or of all; people are masked."""
    today = timezone.localdate()
    every = list(units(today))
    chosen = next((one for one in every if one.code == request.GET.get("unit")), None)
    page = decisions(today, chosen, place(request.GET))
    context = {"decisions": page, "units": every, "chosen": chosen}
    return render(request, "portal/decisions.html", context)
