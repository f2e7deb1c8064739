"""Answering the one supplement notice: only what it named is open, each with its reason.

What was typed and uploaded is kept at every mistake and can be kept for later. 行政许可法 32(4).
"""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openhall.applying.queries import asked_by
from openhall.cases import actions
from openhall.cases.actions.supplement_draft import (
    attach_supplement,
    save_supplement,
    take_back_supplement,
)
from openhall.cases.kinds import CASE
from openhall.cases.materials import material_named
from openhall.cases.queries import Case, answers_kept, supplement_kept
from openhall.cases.terms import Stage
from openhall.deeds.refusals import Moved, Refused
from openhall.deeds.sent import key_of
from openhall.deeds.writer import stands_already
from openhall.desk.pages import SeeOther
from openhall.files.rules.uploads import ENDINGS
from openhall.files.terms import ScanState
from openhall.forms.answering import questions_form
from openhall.glossary import Said
from openhall.joint.queries import joint_with
from openhall.organs.midway import typed_before
from openhall.paging.whole import whole_or
from openhall.portal.views.holding import account_of, case_held, rescue
from openhall.portal.views.papering import row_of


def supplement_of(
    case: Case,
    typed: QueryDict | None = None,
    faults: dict[str, list[str]] | None = None,
) -> dict[str, Any]:
    """What is open, with what stands there: typed just now, kept for later, or sent before."""
    notice = case.supplement
    points = list(notice.points.all())
    kept = getattr(notice, "draft", None)
    said = answers_kept(case) | supplement_kept(kept)
    reasons = {point.field: point.reason for point in points if point.field}
    asked = asked_by(case.item_version)
    before = answers_kept(case)
    form = questions_form(asked, typed, initial=said, only=set(reasons), said=before)
    if typed is not None and form.reshaped:
        form = questions_form(asked, initial=form.typed, only=set(reasons), said=before)
    for key, field in form.fields.items():
        field.help_text = reasons[key]
    wanted = {point.material: point.reason for point in points if point.material}
    fresh = case.uploads.filter(material__in=wanted, at__gte=notice.asked_at, replaced=False)
    rows = []
    for key, reason in wanted.items():
        listed = material_named(case.item_version, key)
        if listed is not None:
            said_wrong = (faults or {}).get(key, [])
            rows.append(row_of(listed, list(fresh), said_wrong) | {"reason": reason})
    return {
        "form": form,
        "rows": rows,
        "due_on": notice.due_on,
        "saved_at": kept.saved_at if kept else None,
        "accept": ENDINGS,
        "key": uuid.uuid4(),
    }


def _page(request: HttpRequest, case: Case, asked: dict[str, Any], **more: Any) -> HttpResponse:
    refused = more.get("refused")
    wrong = refused is not None or bool(asked["form"].errors)
    status = 409 if isinstance(refused, Moved) else 422 if wrong else 200
    begins = _("Error") if wrong else ""
    context = {"case": case, "asked": asked, "whole": joint_with(case), "title_begins": begins}
    return render(request, "portal/supplement.html", context | more, status=status)


def _answered(request: HttpRequest, case: Case) -> HttpResponse:
    """It was answered already, here or on another device: the case says what stands now."""
    if request.method == "POST" and not stands_already(CASE, key_of(request)):
        messages.warning(request, _("The notice was answered already, or its time is over."))
    return SeeOther(reverse("portal:case", args=[case.number]))


def supplement(request: HttpRequest, number: str) -> HttpResponse:
    """Files are kept first, then words, and only then is anything judged."""
    try:
        case = case_held(request, number)
    except PermissionDenied:
        if request.method != "POST":
            raise
        return rescue(request, sign_in=account_of(request) is None)
    if case.stage != Stage.SUPPLEMENT_ASKED:
        return _answered(request, case)
    whole = joint_with(case)
    if request.method != "POST":
        again = typed_before(request)
        return _page(request, case, supplement_of(case, again), again=again is not None)
    faults: dict[str, list[str]] = {}
    refused: Refused | None = None
    named = set(case.supplement.points.exclude(field="").values_list("field", flat=True))
    shape = questions_form(asked_by(case.item_version), request.POST, only=named)
    typed, reshaped = shape.typed, shape.reshaped
    asked = supplement_of(case, request.POST)
    try:
        save_supplement(case, typed)
        if reshaped and "later" not in request.POST:
            return _page(request, case, asked)
        if "remove" in request.POST:
            take_back_supplement(case, whole_or(0, request.POST["remove"]))
            return SeeOther(reverse("portal:supplement", args=[case.number]))
        for material in request.FILES:
            for file in request.FILES.getlist(material):
                try:
                    attach_supplement(case, material, file)
                except Refused as refusal:
                    faults.setdefault(refusal.field or material, []).append(str(refusal))
                    refused = refusal
        if refused is None and "later" in request.POST:
            said = _("Saved. You can go on until the day named, on any device.")
            messages.success(request, said)
            return SeeOther(reverse("portal:supplement", args=[case.number]))
        if refused is None and asked["form"].is_valid():
            _refuse_infected(case)
            if whole is not None:  # one of several units: all are answered at once
                return SeeOther(reverse("portal:joint_supplement", args=[whole.number]))
            answers = {key: asked["form"].cleaned_data.get(key, "") for key in named}
            key = key_of(request)
            doing = actions.Doing(case.account, timezone.now(), key)
            actions.supplement(case.pk, answers, doing)
            messages.success(request, _("Sent. The window looks at it now."))
            return SeeOther(reverse("portal:case", args=[case.number]))
    except Refused as refusal:
        refused = refusal
        faults.setdefault(refusal.field, []).append(str(refusal))
    asked = supplement_of(case, request.POST, faults)
    return _page(request, case, asked, refused=refused)


def _refuse_infected(case: Case) -> None:
    fresh = case.uploads.filter(at__gte=case.supplement.asked_at, replaced=False)
    if bad := fresh.filter(scan=ScanState.INFECTED.value).first():
        raise Refused(
            Said(
                f"“{bad.name}”查出病毒，已被删除，不能提交。请更换文件。",
                f"A virus was found in “{bad.name}”; it was removed. Choose another file.",
            ),
            bad.material,
        )
