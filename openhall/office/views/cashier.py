"""The fee window: notices to issue, notices unpaid, the daily comparison with the bank. A12."""

import uuid
from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.cases.actions import bill
from openhall.cases.queries import case_numbered
from openhall.cases.queues import to_bill
from openhall.deeds.doing import Doing
from openhall.deeds.keys import within
from openhall.deeds.refusals import Refused
from openhall.deeds.sent import key_of
from openhall.desk.pages import existing, stands_on
from openhall.fees.actions import reconcile, sign_reconciliation, waive
from openhall.fees.queries import notice_numbered, notices_due, reconciliations
from openhall.fees.terms import MatchState
from openhall.office.seat import Seat, official, seat_at
from openhall.organs.terms import Desk
from openhall.paging.sheets import Unreadable, text_of_bytes

NEWEST = 31


def _till(request: HttpRequest, organ: str) -> Seat:
    return seat_at(request, organ, Desk.CASHIER.value)


def _doing(request: HttpRequest, seat: Seat, *parts: object) -> Doing:
    key = within(key_of(request), "-".join(map(str, parts)))
    return Doing(seat.account, timezone.now(), key, seat.desk.value)


def _shown(request: HttpRequest, seat: Seat, refused: object = None) -> HttpResponse:
    context = {
        "seat": seat,
        "rows": to_bill(seat.day),
        "due": notices_due(),
        "days": reconciliations()[:NEWEST],
        "refused": refused,
        "key": uuid.uuid4(),
    }
    return render(request, "office/cashier.html", context, status=422 if refused else 200)


@official
@require_safe
def till(request: HttpRequest, organ: str) -> HttpResponse:
    return _shown(request, _till(request, organ))


@official
@stands_on(till)
def issue(request: HttpRequest, organ: str, number: str) -> HttpResponse:
    """A payment notice for one granted case."""
    seat = _till(request, organ)
    case = existing(case_numbered(number))
    try:
        bill(case.pk, _doing(request, seat, "bill", number))
    except Refused as refusal:
        return _shown(request, seat, refusal)
    messages.success(request, _("Payment notice issued for %(number)s") % {"number": number})
    return redirect("office:till", organ)


@official
@stands_on(till)
def waive_notice(request: HttpRequest, organ: str, number: str) -> HttpResponse:
    """Waive a notice on its stated basis."""
    seat = _till(request, organ)
    notice = existing(notice_numbered(number))
    try:
        waive(notice.pk, request.POST.get("basis", ""), _doing(request, seat, "waive", number))
    except Refused as refusal:
        return _shown(request, seat, refusal)
    messages.success(request, _("Waived: %(number)s") % {"number": number})
    return redirect("office:till", organ)


@official
@stands_on(till)
def compare(request: HttpRequest, organ: str) -> HttpResponse:
    """Compare a day with the bank's file: the one in the drop folder, or one uploaded here."""
    seat = _till(request, organ)
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        return _shown(request, seat, _("Give the day as 2026-11-24."))
    sent = request.FILES.get("file")
    path = settings.BANK_STATEMENTS / f"{settings.BANK_CODE}-{day:%Y%m%d}.csv"
    try:
        if sent is not None and (sent.size or 0) > settings.UPLOAD_MAX_BYTES:
            most = settings.UPLOAD_MAX_BYTES >> 20  # never read in part
            return _shown(request, seat, _("The file is larger than %(most)s MB.") % {"most": most})
        if sent is not None:
            text = text_of_bytes(sent.read(settings.UPLOAD_MAX_BYTES), sent.name or "")
        elif path.exists():
            text = text_of_bytes(path.read_bytes(), path.name)
        else:
            missing = _("The bank has sent no file for this day; upload it here.")
            return _shown(request, seat, missing)
        doing = _doing(request, seat, "compare", day)
        record = reconcile(settings.BANK_CODE, day, text, doing)
    except Unreadable as problem:
        return _shown(request, seat, Refused(problem.said, "file"))
    except Refused as refusal:
        return _shown(request, seat, refusal)
    return redirect("office:reconciliation", organ, record.pk)


@official
def reconciliation(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """One compared day: its lines, and two signatures."""
    seat = _till(request, organ)
    record = existing(reconciliations().filter(pk=pk).first())
    refused: Refused | None = None
    if request.method == "POST":
        try:
            sign_reconciliation(record.pk, _doing(request, seat, "sign", pk))
        except Refused as refusal:
            refused = refusal
        else:
            return redirect("office:reconciliation", organ, pk)
    lines = [(line, MatchState(line.state)) for line in record.lines.order_by("state", "serial")]
    context = {"seat": seat, "record": record, "lines": lines, "refused": refused}
    return render(request, "office/reconciliation.html", context, status=422 if refused else 200)
