"""Several cases of a queue at once: a line of result for each, and nothing for an empty choice."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openhall.cases.actions import Doing
from openhall.cases.queries import numbered
from openhall.deeds.sent import key_of
from openhall.desk.pages import stands_on
from openhall.office.acts.batch import batch_form, do_each
from openhall.office.seat import official, seat_at
from openhall.office.views.desk import queue_page, table_context


@official
@stands_on(queue_page)
def batch(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """Do one act to every ticked case; what was refused says why on its own line."""
    seat = seat_at(request, organ, desk)
    queue = request.POST.get("queue", "")
    back = reverse("office:queue", args=[organ, desk]) + "?" + urlencode({"queue": queue})
    form = batch_form(seat, queue, request.POST)
    if form is None:
        return redirect(back)
    cases = numbered(request.POST.getlist("case"), seat.organ)
    if not cases:
        messages.warning(request, _("No case is ticked. Tick one or more and try again."))
        return redirect(back)
    if not form.is_valid():
        context = table_context(request, seat, queue)
        ticked = {number for _pk, number in cases}
        context |= {"batch": form, "ticked": ticked}
        return render(request, "office/queue.html", context, status=422)
    key = key_of(request)

    def make(pk: int) -> Doing:
        return Doing(seat.account, timezone.now(), f"{key}-{pk}"[:80], seat.desk.value)

    lines = do_each(form, cases, make)
    context = table_context(request, seat, queue)
    context |= {"lines": lines, "batch": batch_form(seat, queue)}
    return render(request, "office/queue.html", context)
