"""Applying online: parts, applicant, questions, papers, signatures, review; saved at each step. B6.

An application to several units walks the same steps; the form and the list of papers are combined,
and each file chosen once is kept for every unit that needs it. norms 2.5.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openhall.applying.actions.drafting import carry_over, start_draft
from openhall.applying.application import Application
from openhall.applying.queries import Draft, change_between
from openhall.catalogue.queries import version_in_force
from openhall.deeds.refusals import Refused
from openhall.desk.own_page import own_page
from openhall.desk.pages import existing, stands_on
from openhall.joint.actions import start_joint
from openhall.joint.actions.drafting import bring_up_to_date, choose_parts
from openhall.joint.matters import NotOffered, combined, matter_in_force
from openhall.joint.queries import joint_with
from openhall.portal.views.asking import applicant_step, questions_step
from openhall.portal.views.guide import page as guide_page
from openhall.portal.views.holding import (
    NotHeld,
    account_of,
    held_draft,
    hold_draft,
    hold_joint,
    rescue,
)
from openhall.portal.views.papering import papers_step
from openhall.portal.views.reviewing import review_step
from openhall.portal.views.signatures import signatures_step
from openhall.portal.views.walking import STEPS, go_on, page_of, seen_of, step_at, steps_of


@own_page
@stands_on(guide_page)
def start(request: HttpRequest, code: str) -> HttpResponse:
    """A new draft on the item in force today."""
    version = existing(version_in_force(code, timezone.localdate()))
    draft = start_draft(version, account_of(request))
    hold_draft(request, draft)
    return step_at(draft, STEPS[0])


def start_whole(request: HttpRequest, code: str) -> HttpResponse:
    """Which parts of a joint matter are needed; then a new application with these."""
    today = timezone.localdate()
    version = existing(matter_in_force(code, today))
    refused: Refused | None = None
    if request.method == "POST":
        try:
            draft = start_joint(version, account_of(request), request.POST.getlist("need"))
        except Refused as refusal:
            refused = refusal
        else:
            hold_draft(request, draft)
            return step_at(draft, STEPS[0])
    ticked = request.POST if request.method == "POST" else request.GET
    context = {
        "version": version,
        "matter": combined(version, today),
        "needed": set(ticked.getlist("need")),
        "refused": refused,
        "title_begins": _("Error") if refused else "",
    }
    return render(request, "portal/joint_apply.html", context, status=422 if refused else 200)


def parts_step(request: HttpRequest, application: Application) -> HttpResponse:
    """Which of the parts by choice are needed."""
    draft, refused = application.draft, None
    if request.method == "POST":
        try:
            choose_parts(draft, request.POST.getlist("need"), seen=seen_of(request))
            return go_on(draft, "parts", request)
        except Refused as refusal:
            refused = refusal
    everything = combined(draft.whole.version, application.day)
    needed = {one.code for one in application.parts}
    return page_of(request, application, "parts", matter=everything, needed=needed, refused=refused)


HANDLERS: dict[str, Callable[[HttpRequest, Application], HttpResponse]] = {
    "parts": parts_step,
    "applicant": applicant_step,
    "questions": questions_step,
    "papers": papers_step,
    "signatures": signatures_step,
    "review": review_step,
}


def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step of a draft. What was typed is kept even where it is wrong."""
    try:
        draft = held_draft(request, pk)
    except NotHeld as refusal:
        if request.method != "POST":
            raise
        return rescue(request, sign_in=refusal.owned)
    if step not in steps_of(draft):
        raise Http404
    if draft.case is not None:
        return sent_already(request, draft)
    try:
        application = Application(draft, account_of(request), timezone.localdate())
    except NotOffered as gone:
        messages.warning(request, str(gone))
        return _ended(request, draft)
    if draft.ended or not application.is_open:
        return _ended(request, draft)
    if application.is_outdated and draft.combined:
        bring_up_to_date(draft)
        words = _("A guide has changed since. What you typed is carried over; look through it.")
        messages.info(request, words)
        draft.refresh_from_db()
        application = Application(draft, application.account, application.day)
    elif application.is_outdated:
        return _outdated(request, application, step)
    return HANDLERS[step](request, application)


def sent_already(request: HttpRequest, draft: Draft) -> HttpResponse:
    """What this draft became: its case, or the joint application of several."""
    case = existing(draft.case)
    whole = joint_with(case)
    if whole is None:
        return redirect("portal:case", case.number)
    hold_joint(request, whole)
    return redirect("portal:joint_case", whole.number)


def _ended(request: HttpRequest, draft: Draft) -> HttpResponse:
    return render(request, "portal/draft_ended.html", {"draft": draft}, status=410)


def _outdated(request: HttpRequest, application: Application, step: str) -> HttpResponse:
    """Say what the newer version asks otherwise; what was being typed meanwhile is kept first."""
    draft = application.draft
    if "carry_over" in request.POST:
        carry_over(draft)
        return step_at(draft, step)
    if request.method == "POST" and step != "review":
        HANDLERS[step](request, application)
    newer = existing(application.in_force)
    context = {
        "draft": draft,
        "version": newer,
        "changes": change_between(draft.item_version, newer, get_language()),
    }
    return render(request, "portal/draft_outdated.html", context)
