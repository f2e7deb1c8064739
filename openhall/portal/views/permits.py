"""What the holder of a permit and somebody concerned may ask for online. 行政许可法 47, 49, 50."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from openhall.cases import actions
from openhall.cases.actions import Doing
from openhall.cases.models import Case
from openhall.deeds.refusals import Refused
from openhall.deeds.sent import key_of
from openhall.desk.pages import stands_on
from openhall.permits.actions import permits as licensing
from openhall.permits.queries import permit_of
from openhall.permits.terms import RequestKind
from openhall.portal.views.cases import case as case_page
from openhall.portal.views.holding import account_of, holds_case


def _case(request: HttpRequest, number: str) -> Case:
    rows = Case.objects.select_related("organ", "item", "item_version")
    case = get_object_or_404(rows, number=number)
    if not holds_case(request, case):
        raise PermissionDenied
    return case


def _doing(request: HttpRequest) -> Doing:
    key = key_of(request)
    return Doing(account_of(request), timezone.now(), key)


@stands_on(case_page)
def ask_permit(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Ask for a change or a renewal of the permit this case gave."""
    case = _case(request, number)
    permit = permit_of(case, timezone.localdate())
    if permit is None or kind not in RequestKind.codes():
        raise Http404
    words = request.POST.get("words", "")
    try:
        licensing.ask(permit.licence.pk, RequestKind(kind), words, _doing(request))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("We have your request; you read the decision here."))
    return redirect("portal:case", number)


@stands_on(case_page)
def ask_hearing(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for the hearing one was told of."""
    case = _case(request, number)
    try:
        actions.ask_hearing(case.pk, case.applicant_name, _doing(request))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Your request for a hearing is recorded; it costs nothing."))
    return redirect("portal:case", number)
