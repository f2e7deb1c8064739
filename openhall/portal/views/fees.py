"""收费对不对: a notice held against its standard, its signatures and the public log. A11."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from openhall.deeds.audit import of_row
from openhall.deeds.refusals import Refused
from openhall.deeds.rules.codes import fault_of_code, tidy
from openhall.design.qr import qr_svg
from openhall.desk.pages import existing
from openhall.fees.bank import payment_address, wechat
from openhall.fees.kinds import BILL
from openhall.fees.proof import bundle_of, recomputed
from openhall.fees.queries import PaymentNotice, life_of, notice_by_check_code
from openhall.fees.signatures import signatures_hold
from openhall.fees.terms import NoticeState
from openhall.ledger.queries import leaf_of
from openhall.portal.forms import CodeForm
from openhall.portal.views.holding import case_held
from openhall.throttle.middleware import may_try_code, wrong_code


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """A form for the check code that stands on the notice."""
    typed = request.GET.get("code")
    form = CodeForm({"code": typed} if typed is not None else None)
    if typed is not None and form.is_valid():
        code = tidy(form.cleaned_data["code"])
        fault = fault_of_code(code)
        if not fault:
            return redirect("portal:fee_check", code)
        form.add_error("code", fault.said_in(get_language()))
    status = 422 if form.errors else 200
    return render(request, "portal/fee_form.html", {"form": form}, status=status)


def _notice(request: HttpRequest, code: str) -> PaymentNotice | None:
    may_try_code(request)
    notice = None if fault_of_code(code) else notice_by_check_code(tidy(code))
    if notice is None:
        wrong_code(request)
    return notice


@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Whether the notice is genuine, and whether each line is what its standard makes of it."""
    notice = _notice(request, code)
    if notice is None:
        fault = fault_of_code(code)
        unknown = {"notice": None, "fault": fault and fault.said_in(get_language())}
        return render(request, "portal/fee_check.html", unknown, status=404)
    unit, finance = signatures_hold(notice)
    lines = recomputed(notice)
    given = BILL.events_of([notice.pk]).first()
    context = {
        "notice": notice,
        "state": NoticeState(notice.state),
        "lines": lines,
        "right": all(line.right for line in lines),
        "unit": unit,
        "finance": finance,
        "faults": of_row(BILL, notice),
        "life": life_of(notice).steps(),
        "leaf": leaf_of(given.entry) if given is not None else None,
        "reds": list(notice.red_letters.all()),
    }
    return render(request, "portal/fee_check.html", context)


@require_safe
def proof(request: HttpRequest, code: str) -> HttpResponse:
    """What anybody can verify offline: what was signed, by which key, and the log's receipts."""
    notice = _notice(request, code)
    if notice is None:
        raise Http404
    body = json.dumps(bundle_of(notice), ensure_ascii=False, indent=1)
    answer = HttpResponse(body, content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="notice-{notice.number}.json"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, number: str) -> HttpResponse:
    """How a notice is paid: at the bank's counter, on its page, or with WeChat's code."""
    case = case_held(request, number)
    notice = existing(case.payment)
    if notice.state != NoticeState.DUE:
        return redirect("portal:case", case.number)
    context = {
        "case": case,
        "notice": notice,
        "bank": payment_address(notice.number, notice.open),
        "wechat": wechat.is_there(),
        "square": "",
        "away": "",
    }
    if request.method == "POST" and wechat.is_there():
        try:
            address = wechat.order(notice)
            title = _("WeChat Pay's code for this notice")
            context["square"] = mark_safe(qr_svg(address, quiet=4, title=title))  # noqa: S308
        except Refused as refusal:
            context["away"] = str(refusal)
    return render(request, "portal/pay.html", context, status=503 if context["away"] else 200)
