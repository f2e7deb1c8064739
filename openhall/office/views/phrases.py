"""The phrases of a unit: one a line for each act of the desk, offered beside the act."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openhall.deeds.refusals import Refused
from openhall.office.phrases import acts_with_words, usual
from openhall.office.seat import official, seat_at
from openhall.office.views.desk import queue_context
from openhall.organs.actions import keep_phrases


@official
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """Read and kept by whoever writes such words at this desk."""
    seat = seat_at(request, organ, desk)
    acts = acts_with_words(seat.desk)
    if not acts:
        raise PermissionDenied(_("This desk writes no such words."))
    if request.method == "POST":
        said = {code: request.POST.get(code, "").splitlines() for code, _act in acts}
        try:
            keep_phrases(seat.organ, said)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return _shown(request, seat, acts, said, 422)
        messages.success(request, _("The phrases of your unit are kept."))
        return redirect("office:phrases", organ, desk)
    return _shown(request, seat, acts, seat.organ.phrases, 200)


def _shown(request: HttpRequest, seat: Any, acts: Any, said: Any, status: int) -> HttpResponse:
    rows = [(code, act, "\n".join(said.get(code, [])), usual()[code]) for code, act in acts]
    context = queue_context(request, seat) | {"rows": rows}
    return render(request, "office/phrases.html", context, status=status)
