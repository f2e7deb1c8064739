"""One field for every code: of a case, a draft, a question, a complaint, a signature or a paper.

People copy a code from a receipt, a message or a letter, in any dress, and do not know whose page
it belongs to; a case number is told apart from a code.
"""

import re
from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.applying.queries import Draft, draft_by_code, signatory_by_code
from openhall.cases.public import case_by_code
from openhall.deeds.rules.codes import fault_of_code, tidy
from openhall.desk.own_page import own_page
from openhall.enquiries.queries import enquiry_by_code
from openhall.fees.actions import note_check
from openhall.fees.queries import notice_by_check_code
from openhall.joint.queries import joint_by_code
from openhall.organs.midway import typed_at
from openhall.papers.queries import paper_checked
from openhall.portal.forms import CodeForm
from openhall.portal.views import appointments, complaints, enquiring, signatures
from openhall.portal.views.applying import sent_already
from openhall.portal.views.holding import VIA, came_by, hold_case, hold_draft, hold_joint
from openhall.portal.views.walking import steps_of
from openhall.slots.queries import appointment_by_code
from openhall.supervision.queries import complaint_by_code
from openhall.throttle.middleware import may_try_code, wrong_code

NUMBER: Final = re.compile(r"[0-9]{8}[0-9A-F]{8}")  # of a case, without its dash


def _go_on(request: HttpRequest, draft: Draft) -> HttpResponse | None:
    """An unsent application where it was left; what became of one that was sent or ended."""
    if draft.case is not None:
        hold_case(request, draft.case)
        messages.info(request, _("This application was sent already. Here is its case."))
        return sent_already(request, draft)
    if draft.ended:
        return render(request, "portal/draft_ended.html", {"draft": draft}, status=410)
    if draft.organ is not None:
        return None
    hold_draft(request, draft)
    walk = steps_of(draft)
    at = [reverse("portal:draft", args=[draft.pk, one]) for one in walk]
    where, step = typed_at(request), draft.step or walk[0]
    return redirect(where if where in at else at[walk.index(step)])


def _opened(request: HttpRequest, code: str) -> HttpResponse | None:
    """The page that ``code`` (tidied) opens, whatever it is a code of; None if of nothing."""
    if joint := joint_by_code(code):
        hold_joint(request, joint)
        return redirect("portal:joint_case", joint.number)
    if case := case_by_code(code):
        hold_case(request, case)
        return redirect("portal:case", case.number)
    if (draft := draft_by_code(code)) and (answer := _go_on(request, draft)):
        return answer
    if complaint := complaint_by_code(code):
        complaints.hold(request, complaint)
        return redirect("portal:complaint", complaint.number)
    if booked := appointment_by_code(code):
        appointments.hold(request, booked)
        return redirect("portal:appointment", booked.number)
    if enquiry := enquiry_by_code(code):
        enquiring.hold(request, enquiry)
        return redirect("portal:enquiry", enquiry.number)
    if signatory := signatory_by_code(code):
        signatures.hold(request, signatory)
        return redirect("portal:signing", signatory.pk)
    if paper_checked(code) is not None:
        return redirect("portal:check", code)
    if notice := notice_by_check_code(code):
        note_check(notice)
        return redirect("portal:fee_check", code)
    return None


def _fault(code: str, unknown: str | Promise) -> str:
    if NUMBER.fullmatch(code):
        return _(
            "This is the number of a case. Type the query code of 12 signs that stands on the "
            "receipt; who knows only the number may ask at the window."
        )
    fault = fault_of_code(code)
    return str(unknown) if fault is None else fault.said_in(get_language())


def _page(template: str, unknown: str | Promise) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            may_try_code(request)
            code = tidy(form.cleaned_data["code"])
            found = None if fault_of_code(code) else _opened(request, code)
            if found is not None:
                came_by(request)
                return found
            wrong_code(request)
            form.add_error("code", _fault(code, unknown))
        via = request.GET.get("via", "")
        return render(request, template, {"form": form, "via": via if via in VIA else ""})

    return view


# The first page asks for a code too, and is stored for everybody.
track = own_page(
    _page("portal/track.html", gettext_lazy("No case has this code. Compare it with your receipt."))
)
resume = own_page(
    _page("portal/resume.html", gettext_lazy("No unfinished application has this code."))
)
follow = _page(
    "portal/oversight/follow.html",
    gettext_lazy("No complaint has this code. Compare it with your note."),
)
open_appointment = _page(
    "portal/appointments/open.html",
    gettext_lazy("No appointment has this code. Compare it with the message you got."),
)
sign = _page("portal/sign_code.html", gettext_lazy("Nobody is asked to sign with this code."))


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """A form for the check code on a paper; its address may be kept, so nothing else is opened."""
    typed = request.GET.get("code")
    form = CodeForm({"code": typed} if typed is not None else None)
    if typed is not None and form.is_valid():
        code = tidy(form.cleaned_data["code"])
        if not fault_of_code(code):
            return redirect("portal:check", code)
        form.add_error("code", _fault(code, ""))
    status = 422 if form.errors else 200
    return render(request, "portal/check_form.html", {"form": form}, status=status)
