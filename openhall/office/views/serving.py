"""Writing down an attempt to serve a result. 行政许可法 44."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from openhall.cases import actions
from openhall.cases.actions import Doing
from openhall.cases.terms import AttemptResult, Delivery
from openhall.deeds.refusals import Refused
from openhall.deeds.sent import key_of
from openhall.office.attempts import AttemptForm
from openhall.office.seat import official, seat_at
from openhall.office.views.matter import opened_matter, shown_matter


@official
@require_POST
def attempt(request: HttpRequest, organ: str, desk: str, number: str) -> HttpResponse:
    """One attempt; a refusal comes back beside its field."""
    seat = seat_at(request, organ, desk)
    case = opened_matter(seat, number)
    form = AttemptForm(request.POST)
    if not form.is_valid():
        return shown_matter(request, seat, case, attempt=form, status=422)
    typed = form.cleaned_data
    key = key_of(request)
    try:
        actions.attempt(
            case.pk,
            Delivery(typed["way"]),
            AttemptResult(typed["result"]),
            Doing(seat.account, timezone.now(), key, seat.desk.value),
            tracking=typed["tracking"],
            note=typed["note"],
        )
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return shown_matter(request, seat, case, attempt=form, status=422)
    messages.success(request, _("The attempt is written down."))
    return redirect("office:matter", organ, desk, number)
