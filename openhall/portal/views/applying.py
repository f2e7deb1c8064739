"""Applying online: applicant, questions, papers, review; saved at each step. B6."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openhall.applying.actions.drafting import carry_over, start_draft
from openhall.applying.models import Draft
from openhall.applying.queries import change_between, draft_by_code, is_offered, newer_version
from openhall.catalogue.models import ItemVersion
from openhall.catalogue.queries import version_in_force
from openhall.deeds.rules.codes import fault_of_code
from openhall.desk.pages import stands_on
from openhall.organs.midway import typed_at
from openhall.portal.forms import CodeForm
from openhall.portal.views.asking import applicant_step, questions_step
from openhall.portal.views.guide import page as guide_page
from openhall.portal.views.holding import (
    NotHeld,
    account_of,
    held_draft,
    hold_case,
    hold_draft,
    rescue,
)
from openhall.portal.views.joining import joint_step, sent_already
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


def resume(request: HttpRequest) -> HttpResponse:
    """Go on with a draft, also on another device, by its code."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fault = fault_of_code(form.cleaned_data["code"])
        draft = None if fault else draft_by_code(form.cleaned_data["code"])
        if draft is not None and draft.combined and draft.case is not None:
            return sent_already(request, draft)
        if draft is not None and draft.case is not None:
            hold_case(request, draft.case)
            said = _("This application was sent already. Here is its case.")
            messages.info(request, said)
            return redirect("portal:case", draft.case.number)
        if draft is not None and draft.ended:
            return render(request, "portal/draft_ended.html", {"draft": draft}, status=410)
        if draft is not None and draft.organ is None:
            hold_draft(request, draft)
            walk = steps_of(draft)
            at = [reverse("portal:draft", args=[draft.pk, one]) for one in walk]
            where, step = typed_at(request), draft.step or walk[0]
            return redirect(where if where in at else at[walk.index(step)])
        form.add_error("code", fault or _("No unfinished application has this code."))
    return render(request, "portal/resume.html", {"form": form})


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
