"""Answering the one supplement notice: only what it named is open, each with its reason.

What was typed and uploaded is kept at every mistake and can be kept for later. 行政许可法 32(4).
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openhall.cases.actions.supplement_draft import (
    attach_supplement,
    save_supplement,
    take_back_supplement,
)
from openhall.cases.kinds import CASE
from openhall.cases.queries import Case
from openhall.deeds.refusals import Refused
from openhall.deeds.sent import key_of
from openhall.deeds.writer import stands_already
from openhall.desk.pages import SeeOther, Subject
from openhall.organs.midway import typed_before
from openhall.paging.whole import whole_or
from openhall.portal.acts import Followed, Visitor
from openhall.portal.supplement import AnswerOfUnit, is_asked
from openhall.portal.views.holding import account_of, case_held, holds_case, rescue


class Notice(Subject):
    """The notice with its answer, of which the page is the sheet."""

    offers = (AnswerOfUnit,)
    kind = CASE.name
    template = "portal/supplement.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Visitor, Followed]:
        case, today = case_held(request, where["number"]), timezone.localdate()
        who = Visitor(account_of(request), today, holds_case(request, case))
        return who, Followed.of(case, today)

    def home(self, who: Visitor, subject: Followed) -> str:
        return reverse("portal:supplement", args=[subject.number])

    def act_at(self, who: Visitor, subject: Followed, name: str) -> str:
        return self.home(who, subject)

    def content(self, who: Visitor, subject: Followed) -> dict[str, Any]:
        return {"case": subject.case}


SHEET = Notice()
SEND = AnswerOfUnit.code


def _answered(request: HttpRequest, case: Case) -> HttpResponse:
    """It was answered already, here or on another device: the case says what stands now."""
    if request.method == "POST" and not stands_already(CASE, key_of(request)):
        messages.warning(request, _("The notice was answered already, or its time is over."))
    return SeeOther(reverse("portal:case", args=[case.number]))


def supplement(request: HttpRequest, number: str) -> HttpResponse:
    """Files are kept first, then words, and only then is anything judged."""
    try:
        who, subject = SHEET.opened(request, number=number)
    except PermissionDenied:
        if request.method != "POST":
            raise
        return rescue(request, sign_in=account_of(request) is None)
    case, here = subject.case, SHEET.home(who, subject)
    if not is_asked(case):
        return _answered(request, case)
    if request.method != "POST":
        if (again := typed_before(request)) is None:
            return SHEET(request, act=SEND, number=number)
        typed = SHEET.named(SEND, who, subject, again, None)
        return SHEET.shown(request, who, subject, tried=typed, again=True)
    tried: Any = SHEET.named(SEND, who, subject, request.POST, request.FILES)
    later = "later" in request.POST
    try:
        save_supplement(case, tried.form.typed)
        if tried.reshaped and not later:
            return SHEET(request, act=SEND, number=number)
        if "remove" in request.POST:
            take_back_supplement(case, whole_or(0, request.POST["remove"]))
            return SeeOther(here)
    except Refused as refusal:
        tried.refuse(refusal)
        return SHEET.shown(request, who, subject, tried=tried, refused=refusal, status=422)
    if not _attached(request, case, tried):
        return SHEET.shown(request, who, subject, tried=tried, status=422)
    if later:
        messages.success(request, _("Saved. You can go on until the day named, on any device."))
        return SeeOther(here)
    return SHEET(request, act=SEND, number=number)


def _attached(request: HttpRequest, case: Case, tried: Any) -> bool:
    """Keep every file that can be kept; what is wrong with another stands beside its paper."""
    whole = True
    for material in request.FILES:
        for file in request.FILES.getlist(material):
            try:
                attach_supplement(case, material, file)
            except Refused as refusal:
                tried.refuse(refusal)
                whole = False
    return whole
