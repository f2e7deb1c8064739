"""Taking an application in at the window. A1: any item of the unit, by the same procedure."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.cases.actions import Doing, submit
from openhall.cases.actions.drafting import party_of
from openhall.cases.forms import PartyForm, questions_form
from openhall.cases.refusals import Refused
from openhall.cases.terms import Channel
from openhall.catalogue.asking import form_of
from openhall.catalogue.queries import version_in_force, versions_in_force
from openhall.catalogue.rules.forms import FormDefinition
from openhall.office.seat import Seat, official, seat_at
from openhall.office.views.desk import queue_context
from openhall.organs.terms import Desk


def _window(request: HttpRequest, organ: str, desk: str) -> Seat:
    seat = seat_at(request, organ, desk)
    if seat.desk != Desk.WINDOW:
        raise PermissionDenied(_("Only the window takes applications in."))
    return seat


@official
@require_safe
def choose(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """The items of this unit in force today."""
    seat = _window(request, organ, desk)
    items = versions_in_force(seat.day).filter(item__organ=seat.organ).order_by("item__code")
    context = queue_context(request, seat) | {"items": items}
    return render(request, "office/intake_choose.html", context)


@official
def take_in(request: HttpRequest, organ: str, desk: str, item: str) -> HttpResponse:
    """One page: who applies, the item's questions; then the case stands in the queue."""
    seat = _window(request, organ, desk)
    version = version_in_force(item, seat.day)
    if version is None or version.item.organ_id != seat.organ.pk:
        raise Http404
    asked = form_of(version) or FormDefinition("", "", ())
    party = PartyForm(request.POST or None)
    questions = questions_form(asked, request.POST or None, prefix="q", on_paper=True)
    refused: Refused | None = None
    reshaped = request.method == "POST" and questions.reshaped
    if reshaped:
        party = PartyForm(initial=request.POST.dict())
        questions = questions_form(asked, initial=questions.typed, prefix="q", on_paper=True)
    elif request.method == "POST" and party.is_valid() and questions.is_valid():
        key = request.POST.get("key") or str(uuid.uuid4())
        doing = Doing(seat.account, timezone.now(), key, seat.desk.value)
        try:
            who = party_of({"party": party.cleaned_data})
            case = submit(item, who, questions.cleaned_data, Channel.WINDOW, doing)
        except Refused as refusal:
            refused = refusal
            if refusal.field in questions.fields:
                questions.add_error(refusal.field, str(refusal))
            else:
                named = refusal.field if refusal.field in party.fields else None
                party.add_error(named, str(refusal))
        else:
            messages.success(request, _("Received: %(number)s") % {"number": case.number})
            return redirect("office:matter", organ, desk, case.number)
    context = queue_context(request, seat) | {
        "version": version,
        "party": party,
        "questions": questions,
        "refused": refused,
        "key": request.POST.get("key") or uuid.uuid4(),
    }
    wrong = request.method == "POST" and not reshaped
    return render(request, "office/intake.html", context, status=422 if wrong else 200)
