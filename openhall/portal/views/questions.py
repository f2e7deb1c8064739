"""Questions first: a guide asks, the resident gets *their* checklist. B7.

The answers stand in the address and nowhere else, so a walk needs no session: it works at the
kiosk, without JavaScript, and a checklist can be kept, printed and opened on another device.
"""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.applying.actions.drafting import save_draft, start_draft
from openhall.design.qr import qr_svg
from openhall.desk.pages import stands_on
from openhall.joint.matters import JointMatterVersion, matters_in_force
from openhall.portal.views.holding import account_of, hold_draft
from openhall.questions.actions import forget_checklist, keep_checklist
from openhall.questions.forms import AnswerForm
from openhall.questions.queries import (
    Checklist,
    Matter,
    QuestionGuideVersion,
    checklist,
    checklists_of,
    guide_in_force,
)
from openhall.questions.rules.answers import address, pairs, read_answers
from openhall.questions.rules.content import Content, Question, parse
from openhall.questions.rules.outcomes import prefilled
from openhall.questions.rules.walking import Answers, longest, walk
from openhall.statistics.queries import days_of
from openhall.statistics.rules.figures import months_back, spread


def _guide(slug: str) -> QuestionGuideVersion:
    version = guide_in_force(slug, timezone.localdate())
    if version is None:
        raise Http404
    return version


def _at(name: str, version: QuestionGuideVersion, content: Content, answers: Answers) -> str:
    """The address of this guide with these answers."""
    query = address(content, answers, version.number)
    return reverse(f"portal:{name}", args=[version.guide.slug]) + "?" + query


def _without(answers: Answers, key: str) -> Answers:
    return {name: answer for name, answer in answers.items() if name != key}


@require_safe
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """The next question; once none is left, on to the checklist."""
    version = _guide(slug)
    content = parse(version.content)
    answers = read_answers(content, request.GET.getlist)
    asked = content.question(request.GET.get("asked", ""))
    if asked is not None:
        form = AnswerForm(asked, request.GET)
        if not form.is_valid():
            return _question(request, version, content, _without(answers, asked.key), form)
        answers = {**answers, asked.key: form.answer()}
    step = walk(content, answers)
    if step.result:
        return redirect(_at("checklist", version, content, answers))
    if asked is not None:
        return redirect(_at("ask", version, content, answers))
    question = content.question(step.question)
    if question is None:
        raise Http404
    return _question(request, version, content, answers, AnswerForm(question))


def _question(
    request: HttpRequest,
    version: QuestionGuideVersion,
    content: Content,
    answers: Answers,
    form: AnswerForm,
) -> HttpResponse:
    key = form.question.key
    asked = walk(content, answers).asked
    before = [one for one in asked if one != key]
    context = {
        "version": version,
        "form": form,
        "question": form.question,
        "hidden": pairs(content, _without(answers, key)),
        "said": _said(version, content, answers, before),
        "back": _at("ask", version, content, _without(answers, before[-1])) if before else "",
        "number": len(before) + 1,
        "more": longest(content, key) - 1,
        "revised": _revised(request, version),
    }
    return render(request, "portal/ask.html", context, status=422 if form.is_bound else 200)


def _revised(request: HttpRequest, version: QuestionGuideVersion) -> bool:
    """Whether the address was made with another version of the guide."""
    seen = request.GET.get("v", "")
    return bool(seen) and seen != str(version.number)


def _said(
    version: QuestionGuideVersion, content: Content, answers: Answers, keys: list[str]
) -> list[tuple[Question, Any, str]]:
    """Each answer given, with the address that asks it again and keeps the others."""
    return [
        (question, answers[key], _at("ask", version, content, _without(answers, key)))
        for key in keys
        if (question := content.question(key)) is not None
    ]


@require_safe
def result(request: HttpRequest, slug: str) -> HttpResponse:
    """My checklist: what applies to me and nothing else, on one sheet."""
    version = _guide(slug)
    content = parse(version.content)
    answers = read_answers(content, request.GET.getlist)
    found = checklist(version, answers, timezone.localdate())
    if found is None:
        return redirect(_at("ask", version, content, answers))
    here = _at("checklist", version, content, answers)
    query = address(content, answers, version.number)
    asked = list(walk(content, answers).asked)
    context = {
        "version": version,
        "checklist": found,
        "rows": [(matter, _speed(matter)) for matter in found.matters],
        "opens": "portal/checklist_opens.html",
        "said": _said(version, content, answers, asked),
        "query": query,
        "here": here,
        "whole": settings.BASE_URL + here,
        "qr": qr(settings.BASE_URL + here),
        "papers": sum(len(matter.papers) for matter in found.matters),
        "days": sum(one.version.promised_days or 0 for one in found.matters),
        "joint": _together(found),
        "today": timezone.localdate(),
        "revised": _revised(request, version),
    }
    return render(request, "portal/checklist.html", context)


def _together(found: Checklist) -> list[JointMatterVersion]:
    """The joint applications in force that answer two or more matters of the list at once."""
    wanted = {one.version.item_id for one in found.matters}
    if len(wanted) < 2:
        return []
    rows = matters_in_force(timezone.localdate()).prefetch_related("parts")
    return [one for one in rows if len({part.item_id for part in one.parts.all()} & wanted) > 1]


def qr(text: str) -> str:
    """A QR code as an inline drawing."""
    return mark_safe(qr_svg(text))  # noqa: S308 - drawn by us from an address of ours


def _speed(matter: Matter) -> object:
    """How long the item really took in the last thirteen months."""
    today = timezone.localdate()
    return spread(days_of(matter.version.item_id, months_back(today.replace(day=1), 13)[0], today))


def _found(request: HttpRequest, slug: str) -> tuple[Content, dict[str, Any], Checklist | None]:
    version = _guide(slug)
    content = parse(version.content)
    answers = read_answers(content, request.GET.getlist)
    return content, answers, checklist(version, answers, timezone.localdate())


@stands_on(result)
def apply(request: HttpRequest, slug: str, item: str) -> HttpResponse:
    """Open the application of one item, with what the answers already say filled in."""
    content, answers, found = _found(request, slug)
    matters = {one.version.item.code: one for one in found.matters} if found else {}
    if found is None or item not in matters:
        raise Http404
    matter = matters[item]
    draft = start_draft(matter.version, account_of(request))
    kept = {
        "guide": slug,
        "version": found.version.number,
        "query": address(content, answers, found.version.number),
        "materials": [paper.material.key for paper in matter.papers],
        "spared": {paper.material.key: paper.reason for paper in matter.spared},
    }
    filled = prefilled(content, answers, item)
    save_draft(draft, {"answers": filled, "checklist": kept}, "applicant")
    hold_draft(request, draft)
    return redirect("portal:draft", draft.pk, "applicant")


@stands_on(result)
def keep(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the checklist with my account."""
    content, answers, found = _found(request, slug)
    if found is None:
        raise Http404
    here = _at("checklist", found.version, content, answers)
    account = account_of(request)
    if account is None:
        return redirect_to_login(here)
    keep_checklist(account, found.version, here.split("?", 1)[1], timezone.now())
    messages.success(request, _("The checklist is kept under “My checklists”."))
    return redirect(here)


@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """My checklists."""
    account = account_of(request)
    if account is None:
        return redirect_to_login(request.get_full_path())
    rows = [
        (one, reverse("portal:checklist", args=[one.guide.slug]) + "?" + one.answers)
        for one in checklists_of(account)
    ]
    return render(request, "portal/checklists.html", {"rows": rows})


@stands_on(kept)
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one of my checklists away."""
    account = account_of(request)
    if account is not None:
        forget_checklist(account, pk)
    return redirect("portal:checklists")
