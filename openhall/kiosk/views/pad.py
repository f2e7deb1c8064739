"""窗口评价器: who was just served at the window rates it there, on a pad that staff do not hold.

The pad is a registered machine of one window. It rates the case of the ticket that was served last
at it, within a quarter of an hour, and shows the number alone. 国办发〔2019〕51号.
"""

import uuid
from datetime import timedelta
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from openhall.appraisal.terms import RatingSource
from openhall.desk.pages import existing
from openhall.hall.queries import Kiosk, just_served, window_numbered
from openhall.hall.terms import KioskKind
from openhall.kiosk.signed import by_machine, key_from
from openhall.kiosk.views.case import RateForm, rated, stage_to_rate
from openhall.kiosk.views.place import place_of

WITHIN: Final = timedelta(minutes=15)


def _shown(slug: str, number: int) -> dict[str, Any]:
    context = place_of(slug)
    window = existing(window_numbered(context["hall"], number))
    ticket = just_served(window, timezone.now(), WITHIN)
    stage = stage_to_rate(ticket.case) if ticket is not None and ticket.case else None
    return context | {
        "window": window,
        "ticket": ticket if stage else None,
        "stage": stage,
        "form": RateForm(),
        "key": uuid.uuid4(),
    }


@csrf_exempt
def pad(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What the pad shows; and a rating, from the pad of this window alone."""
    if request.method == "POST":
        return _rated(request, slug, number=number)
    return _read(request, slug, number)


@require_safe
def _read(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    return render(request, "kiosk/pad.html", _shown(slug, number))


@by_machine(KioskKind.PAD)
def _rated(request: HttpRequest, kiosk: Kiosk, number: int) -> HttpResponse:
    if kiosk.window is None or kiosk.window.number != number:
        raise PermissionDenied(_("This pad stands at another window."))
    context = _shown(kiosk.hall.slug, number)
    ticket, stage = context["ticket"], context["stage"]
    if ticket is None or str(ticket.uid) != request.POST.get("ticket"):
        return render(request, "kiosk/pad.html", context, status=409)
    form = RateForm(request.POST)
    wrong = rated(ticket.case, stage, form, RatingSource.WINDOW, key_from(request, kiosk))
    if wrong or form.errors:
        return render(request, "kiosk/pad.html", context | {"form": form}, status=422)
    return render(request, "kiosk/pad.html", context | {"thanks": True})
