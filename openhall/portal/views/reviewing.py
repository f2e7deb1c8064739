"""The last step: everything that will be sent, as it will be read; then the receipt. B6."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from openhall.applying.actions.for_all import revoke_for_all
from openhall.applying.actions.sending import send
from openhall.applying.application import Application, fresh
from openhall.applying.queries import changed_since_begun, standing_consents, whole_uploads
from openhall.applying.rules.signing import said
from openhall.cases.application import applied_with
from openhall.cases.materials import material_named
from openhall.cases.public import source_of
from openhall.cases.queries import Case
from openhall.cases.terms import ActingFor
from openhall.deeds.refusals import Refused
from openhall.files.terms import TrustLevel
from openhall.joint.matters import combined_fees
from openhall.joint.queries import joint_with
from openhall.paging.whole import whole_or
from openhall.papers.terms import PaperKind
from openhall.portal.views.holding import account_of, case_held, hold_case, hold_joint
from openhall.portal.views.papering import row_of
from openhall.portal.views.walking import page_of, steps_of


def review_step(request: HttpRequest, application: Application) -> HttpResponse:
    """Nothing is sent that is not on this page; everything that is wrong leads to its place."""
    draft, account = application.draft, application.account
    refused: Refused | None = None
    if request.method == "POST":
        if "later" in request.POST:
            return redirect("portal:draft", draft.pk, "review")
        try:
            if "revoke" in request.POST and account is not None:
                revoke_for_all(application, whole_or(0, request.POST["revoke"]), account)
                return redirect("portal:draft", draft.pk, "review")
            case = send(draft, account)
        except Refused as refusal:
            refused, application = refusal, fresh(application)
        else:
            return _sent(request, case)
    return review_page(request, application, refused)


def _sent(request: HttpRequest, case: Case) -> HttpResponse:
    whole = joint_with(case)
    if whole is None:
        hold_case(request, case)
        return redirect("portal:sent", case.number)
    hold_joint(request, whole)
    return redirect("portal:joint_sent", whole.number)


def review_page(
    request: HttpRequest, application: Application, refused: Refused | None
) -> HttpResponse:
    """All that will be sent, what keeps it from being sent, and where each is put right."""
    draft, whole = application.draft, application.whole
    party = dict.fromkeys(("name", "number", "phone", "address"), "") | application.written.party
    rows = [row_of(one.material, application.uploads, []) for one in application.papers]
    acting = application.written.acting
    return page_of(
        request,
        application,
        "review",
        party=party,
        acting=acting,
        for_another=acting != ActingFor.SELF,
        agent=application.agent,
        wrongs=application.wrongs,
        answers=application.answers_said(get_language()),
        rows=[row for row in rows if row["files"]],
        bring=[gap.material for gap in application.gaps if gap.on_paper],
        originals=[row for row in rows if _any_of(row, TrustLevel.C)],
        promised=[row for row in rows if _any_of(row, TrustLevel.D)],
        consents=standing_consents(draft),
        people=application.people,
        digest=said(application.digest),
        refused=refused,
        changes=[] if whole is not None else changed_since_begun(draft, get_language()),
        parts=[] if whole is None else application.parts,
        choosing="parts" in steps_of(draft),
        fees=[] if whole is None else combined_fees(application.parts, application.day),
        files=whole_uploads(draft).count(),
    )


def _any_of(row: dict[str, Any], trust: TrustLevel) -> bool:
    return any(one["trust"] == trust for one in row["files"])


@require_safe
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """What was received, under which number, what happens next and by when."""
    case = case_held(request, number)
    paper = case.papers.filter(kind=PaperKind.RECEIPT.value).first()
    shown = case.uploads.filter(replaced=False, trust=TrustLevel.C.value)
    keys = dict.fromkeys(shown.order_by("id").values_list("material", flat=True))
    named = [material_named(case.item_version, key) for key in keys]
    context = {
        "case": case,
        "paper": paper,
        "applied": applied_with(case),
        "source": source_of(case),
        "originals": [one for one in named if one is not None],
        "account": account_of(request),
    }
    return render(request, "portal/sent.html", context)
