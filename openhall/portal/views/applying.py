"""Applying online: applicant, questions, papers, review; saved at each step. B6."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from openhall.applying.actions.drafting import carry_over, start_draft
from openhall.applying.queries import (
    Draft,
    change_between,
    is_offered,
    newer_version,
)
from openhall.catalogue.queries import ItemVersion, version_in_force
from openhall.desk.pages import stands_on
from openhall.portal.views.asking import applicant_step, questions_step
from openhall.portal.views.guide import page as guide_page
from openhall.portal.views.holding import (
    NotHeld,
    account_of,
    held_draft,
    hold_draft,
    rescue,
)
from openhall.portal.views.joining import joint_step
from openhall.portal.views.papering import papers_step
from openhall.portal.views.reviewing import review_step
from openhall.portal.views.signatures import signatures_step
from openhall.portal.views.walking import STEPS, steps_of

HANDLERS: dict[str, Callable[[HttpRequest, Draft], HttpResponse]] = {
    "applicant": applicant_step,
    "questions": questions_step,
    "papers": papers_step,
    "signatures": signatures_step,
    "review": review_step,
}


@stands_on(guide_page)
def start(request: HttpRequest, code: str) -> HttpResponse:
    """A new draft on the item in force today."""
    version = version_in_force(code, timezone.localdate())
    if version is None:
        raise Http404
    draft = start_draft(version, account_of(request))
    hold_draft(request, draft)
    return redirect("portal:draft", draft.pk, STEPS[0])


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
    if draft.combined:
        return joint_step(request, draft, step)
    if draft.case is not None:
        return redirect("portal:case", draft.case.number)
    today = timezone.localdate()
    if draft.ended or not is_offered(draft, today):
        return render(request, "portal/draft_ended.html", {"draft": draft}, status=410)
    if newer := newer_version(draft, today):
        return _outdated(request, draft, newer, step)
    return HANDLERS[step](request, draft)


def _outdated(request: HttpRequest, draft: Draft, newer: ItemVersion, step: str) -> HttpResponse:
    """Say what the newer version asks otherwise; what was being typed meanwhile is kept first."""
    if "carry_over" in request.POST:
        carry_over(draft)
        return redirect("portal:draft", draft.pk, step)
    if request.method == "POST" and step != "review":
        HANDLERS[step](request, draft)
    context = {
        "draft": draft,
        "version": newer,
        "changes": change_between(draft.item_version, newer, get_language()),
    }
    return render(request, "portal/draft_outdated.html", context)
