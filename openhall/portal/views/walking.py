"""Walking through an application: what every step shows, and where the next one is."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from openhall.applying.application import Application
from openhall.applying.queries import Draft, content_of, removal_of, signers, step_name
from openhall.deeds.refusals import Moved
from openhall.desk.pages import SeeOther
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


def walk_of(application: Application) -> list[str]:
    """The steps that are to be gone through: signing only where somebody is asked to sign."""
    signed = bool(application.people)
    return [one for one in steps_of(application.draft) if one != "signatures" or signed]


def _tracker(application: Application, walk: list[str], step: str) -> list[tuple[str, str, str]]:
    """Each step with its state: done only where nothing is wrong with what it asks."""
    draft, rows = application.draft, []
    reached = walk.index(draft.step) if draft.step in walk else -1
    wrong = [one.step for one in application.wrongs]
    for place, name in enumerate(walk):
        left = wrong.count(name)
        note, state = "", "ahead"
        if name == step:
            state = "current"
        elif place <= reached and left:
            state = "open"
            note = _("still open: %(count)s") % {"count": left}
        elif place <= reached:
            state = "done"
        rows.append((step_name(name), state, note))
    return rows


def page_of(request: HttpRequest, application: Application, step: str, **more: Any) -> HttpResponse:
    """One step with what every step shows: where one is, the code, what was set aside."""
    draft, walk = application.draft, walk_of(application)
    if step not in walk:
        walk = list(steps_of(draft))
    at, refused = walk.index(step), more.get("refused")
    removed_on, warning = removal_of(draft)
    form = more.get("form")
    wrong = request.method == "POST" and form is not None and bool(form.errors)
    status = 409 if isinstance(refused, Moved) else 422 if refused or wrong else 200
    context = {
        "draft": draft,
        "application": application,
        "version": matter_of(draft) or draft.item_version,
        "steps": _tracker(application, walk, step),
        "place": at + 1,
        "of": len(walk),
        "step": step,
        "next": step_name(walk[at + 1]) if at + 1 < len(walk) else "",
        "back": walk[at - 1] if at else "",
        "removed_on": removed_on,
        "warning": warning,
        "asides": [
            (one, step_name(one.step), _typed(one))
            for one in draft.set_aside.filter(settled_at__isnull=True)
        ],
        "account": account_of(request),
        "title_begins": "" if status == 200 else _("Error"),
        **more,
    }
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
    """The next step, or My matters with how to go on."""
    if "later" in request.POST:
        messages.success(
            request,
            _("Saved. Go on from “My matters”, or with the code of the resume slip."),
        )
        return step_at(draft, step)
    walk = steps_of(draft)
    following = walk[walk.index(step) + 1]
    if following == "signatures" and not signers(draft):
        following = "review"
    return step_at(draft, following)


def step_at(draft: Draft, step: str) -> SeeOther:
    """It is kept; the step to read is elsewhere."""
    return SeeOther(reverse("portal:draft", args=[draft.pk, step]))
