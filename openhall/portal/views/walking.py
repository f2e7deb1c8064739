"""Walking through an application: what every step shows, and where the next one is."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from openhall.applying.queries import Draft, content_of, removal_of, signers, step_name
from openhall.deeds.refusals import Moved
from openhall.joint.applying import matter_of
from openhall.joint.terms import PartNeed
from openhall.paging.whole import whole
from openhall.portal.views.holding import account_of

STEPS = ("applicant", "questions", "papers", "signatures", "review")


def steps_of(draft: Draft) -> tuple[str, ...]:
    """The steps of this application; a joint one with parts by choice begins with choosing them."""
    version = matter_of(draft)
    if version is not None and version.parts.filter(need=PartNeed.IF_CHOSEN.value).exists():
        return ("parts", *STEPS)
    return STEPS


def page_of(request: HttpRequest, draft: Draft, step: str, **more: Any) -> HttpResponse:
    """One step with what every step shows: where one is, the code, what was set aside."""
    signed = step == "signatures" or draft.signatories.filter(removed_at__isnull=True).exists()
    walk = [one for one in steps_of(draft) if one != "signatures" or signed]
    at = walk.index(step)
    rows = [
        (step_name(one), "done" if n < at else "current" if n == at else "ahead", "")
        for n, one in enumerate(walk)
    ]
    refused = more.get("refused")
    removed_on, warning = removal_of(draft)
    context = {
        "draft": draft,
        "version": matter_of(draft) or draft.item_version,
        "steps": rows,
        "place": at + 1,
        "of": len(walk),
        "step": step,
        "back": walk[at - 1] if at else "",
        "removed_on": removed_on,
        "warning": warning,
        "asides": [
            (one, step_name(one.step), _typed(one))
            for one in draft.set_aside.filter(settled_at__isnull=True)
        ],
        "account": account_of(request),
        **more,
    }
    form = more.get("form")
    wrong = request.method == "POST" and form is not None and bool(form.errors)
    status = 409 if isinstance(refused, Moved) else 422 if refused or wrong else 200
    return render(request, f"portal/apply_{step}.html", context, status=status)


def _typed(aside: Any) -> list[tuple[str, str]]:
    """What was set aside, as names and values people recognise."""
    rows = []
    for part in content_of(aside).values():
        if isinstance(part, dict):
            rows += [(str(key), str(value)) for key, value in part.items() if value]
    return rows


def seen_of(request: HttpRequest) -> int | None:
    """The revision the page was read at; None where the page did not say."""
    return whole(request.POST.get("saved"))


def go_on(draft: Draft, step: str, request: HttpRequest) -> HttpResponse:
    """The next step, or this one again with what to do next."""
    if "later" in request.POST:
        messages.success(
            request,
            _("Saved. Go on from “My matters”, or with the code of the resume slip."),
        )
        return redirect("portal:draft", draft.pk, step)
    walk = steps_of(draft)
    following = walk[walk.index(step) + 1]
    if following == "signatures" and not signers(draft):
        following = "review"
    return redirect("portal:draft", draft.pk, following)
