"""Applying online: applicant, questions, papers, review; saved at each step. B6."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from openhall.cases.actions.drafting import attach, detach, save_draft, send, start_draft
from openhall.cases.forms import PartyForm, questions_form
from openhall.cases.models import Draft
from openhall.cases.public import draft_by_code
from openhall.cases.refusals import Refused
from openhall.cases.rules.codes import fault_of_code
from openhall.cases.terms import ApplicantKind
from openhall.catalogue.asking import form_of
from openhall.catalogue.models import Material
from openhall.catalogue.queries import version_in_force
from openhall.catalogue.rules.forms import FormDefinition, answers_of, said
from openhall.catalogue.terms import FieldKind, Necessity
from openhall.organs.models import Account
from openhall.organs.queries import agencies_of
from openhall.portal.forms import CodeForm
from openhall.portal.views.holding import account_of, hold_case, hold_draft, holds_draft

STEPS = ("applicant", "questions", "papers", "review")


@require_POST
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
        if draft is not None and draft.case is None:
            hold_draft(request, draft)
            return redirect("portal:draft", draft.pk, draft.step or STEPS[0])
        form.add_error("code", fault or _("No unfinished application has this code."))
    return render(request, "portal/resume.html", {"form": form})


def missing_materials(draft: Draft) -> list[str]:
    """Required materials of the item that have no upload yet."""
    there = set(draft.uploads.filter(replaced=False).values_list("material", flat=True))
    required = draft.item_version.materials.filter(necessity=Necessity.REQUIRED.value)
    return [material.name for material in required if material.key not in there]


def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step of a draft. What was typed is kept even where it is wrong."""
    draft = get_object_or_404(Draft.objects.select_related("item_version__item", "case"), pk=pk)
    if not holds_draft(request, draft):
        raise PermissionDenied
    if step not in STEPS:
        raise Http404
    if draft.case is not None:
        return redirect("portal:case", draft.case.number)
    return {
        "applicant": _applicant,
        "questions": _questions,
        "papers": _papers,
        "review": _review,
    }[step](request, draft)


def _page(request: HttpRequest, draft: Draft, step: str, **more: Any) -> HttpResponse:
    at = STEPS.index(step)
    names = (_("Applicant"), _("Your answers"), _("Papers"), _("Check and send"))
    states = ["done" if n < at else "current" if n == at else "ahead" for n in range(len(STEPS))]
    rows = [(name, state, "") for name, state in zip(names, states, strict=True)]
    context = {
        "draft": draft,
        "version": draft.item_version,
        "steps": rows,
        "back": STEPS[at - 1] if at else "",
        **more,
    }
    status = 422 if more.get("refused") else 200
    return render(request, f"portal/apply_{step}.html", context, status=status)


def _go_on(draft: Draft, step: str, request: HttpRequest) -> HttpResponse:
    if "later" in request.POST:
        return redirect("portal:draft", draft.pk, step)
    return redirect("portal:draft", draft.pk, STEPS[STEPS.index(step) + 1])


def _applicant(request: HttpRequest, draft: Draft) -> HttpResponse:
    said = json.loads(draft.content).get("party", {})
    if not said and (account := account_of(request)):
        said = _known(account)
    form = PartyForm(request.POST or None, initial=said)
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in form.fields}
        save_draft(draft, {"party": typed}, "applicant")
        if form.is_valid() or "later" in request.POST:
            return _go_on(draft, "applicant", request)
    return _page(request, draft, "applicant", form=form)


def _known(account: Account) -> dict[str, str]:
    """What the account already says of the applicant; of the company, where it acts for one."""
    agency = agencies_of(account, timezone.localdate()).first()
    if agency is None:
        return {"name": account.real_name, "number": account.id_number, "phone": account.phone}
    return {
        "kind": ApplicantKind.COMPANY.value,
        "name": agency.company.name,
        "number": agency.company.credit_code,
        "phone": account.phone,
        "address": agency.company.address,
        "agent_name": account.real_name,
        "agent_number": account.id_number,
    }


def _questions(request: HttpRequest, draft: Draft) -> HttpResponse:
    asked = form_of(draft.item_version) or FormDefinition("", "", ())
    refused = _take_files(request, draft, asked) if request.method == "POST" else {}
    kept = files_kept(draft, asked)
    if request.method != "POST":
        said = json.loads(draft.content).get("answers", {})
        return _page(
            request, draft, "questions", form=questions_form(asked, initial=said, kept=kept)
        )
    form = questions_form(asked, request.POST, kept=kept)
    save_draft(draft, {"answers": form.typed}, "questions")
    if form.reshaped and "later" not in request.POST:
        shown = questions_form(asked, initial=form.typed, kept=kept)
        return _page(request, draft, "questions", form=shown)
    for key, sentence in refused.items():
        form.add_error(key, sentence)
    if form.is_valid() or "later" in request.POST:
        return _go_on(draft, "questions", request)
    return _page(request, draft, "questions", form=form, refused=True)


def _take_files(request: HttpRequest, draft: Draft, asked: FormDefinition) -> dict[str, str]:
    """Keep the files of file questions; a sentence for each that was refused."""
    refused: dict[str, str] = {}
    if (back := request.POST.get("take-back", "")).isdigit():
        detach(draft, int(back))
    for field in asked:
        if field.kind == FieldKind.FILE:
            for file in request.FILES.getlist(field.key):
                try:
                    attach(draft, field.key, file)
                except Refused as refusal:
                    refused[field.key] = str(refusal)
    return refused


def files_kept(draft: Draft, asked: FormDefinition) -> dict[str, list[tuple[int, str]]]:
    """The uploads of each file question, by its key."""
    kept: dict[str, list[tuple[int, str]]] = {
        field.key: [] for field in asked if field.kind == FieldKind.FILE
    }
    if kept:
        for upload in draft.uploads.filter(replaced=False, material__in=kept).order_by("pk"):
            kept[upload.material].append((upload.pk, upload.name))
    return kept


def _papers(request: HttpRequest, draft: Draft) -> HttpResponse:
    materials: list[Material] = list(draft.item_version.materials.all())
    refused: dict[str, str] = {}
    if request.method == "POST":
        if remove := request.POST.get("remove"):
            detach(draft, int(remove) if remove.isdigit() else 0)
            return redirect("portal:draft", draft.pk, "papers")
        for material in materials:
            for file in request.FILES.getlist(material.key):
                try:
                    attach(draft, material.key, file)
                except Refused as refusal:
                    refused[material.key] = str(refusal)
        if not refused:
            save_draft(draft, {}, "papers")
            return _go_on(draft, "papers", request)
    uploads = list(draft.uploads.filter(replaced=False))
    rows = [
        (
            material,
            [one for one in uploads if one.material == material.key],
            refused.get(material.key, ""),
        )
        for material in materials
    ]
    return _page(request, draft, "papers", rows=rows, refused=refused)


def _review(request: HttpRequest, draft: Draft) -> HttpResponse:
    missing = missing_materials(draft)
    refused = None
    if request.method == "POST":
        if "later" in request.POST:
            return redirect("portal:draft", draft.pk, "review")
        try:
            case = send(draft, account_of(request), missing)
        except Refused as refusal:
            refused = refusal
        else:
            hold_case(request, case)
            return redirect("portal:case", case.number)
    content = json.loads(draft.content)
    asked = form_of(draft.item_version) or FormDefinition("", "", ())
    names = {number: name for files in files_kept(draft, asked).values() for number, name in files}
    judged = answers_of(asked, content.get("answers", {}), timezone.localdate())
    shown = content.get("answers", {}) | judged.answers
    answers = said(asked, shown, get_language(), files=names)
    return _page(
        request,
        draft,
        "review",
        party=content.get("party", {}),
        answers=answers,
        uploads=draft.uploads.filter(replaced=False),
        missing=missing,
        refused=refused,
    )
