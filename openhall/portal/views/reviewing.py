"""The last step: everything that will be sent, as it will be read; then the receipt. B6."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from openhall.cases.actions.reusing import revoke
from openhall.cases.actions.sending import send
from openhall.cases.applicants import ApplicantForm
from openhall.cases.applying import (
    acting_of,
    agent_of,
    answers_said,
    asked_by,
    changed_since_begun,
    content_of,
    digest_now,
    lacking,
    live_uploads,
    material_named,
    materials_of,
    signers,
    standing_consents,
    still_to_answer,
)
from openhall.cases.models import Draft
from openhall.cases.public import source_of
from openhall.cases.refusals import Refused
from openhall.cases.rules.acting import fault_of_agent
from openhall.cases.rules.signing import said
from openhall.cases.terms import ActingFor, PaperKind
from openhall.catalogue.terms import TrustLevel
from openhall.portal.views.holding import account_of, case_held, hold_case
from openhall.portal.views.papering import row_of
from openhall.portal.views.walking import page_of


def review_step(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Nothing is sent that is not on this page; a refusal says where to put it right."""
    account, today = account_of(request), timezone.localdate()
    refused: Refused | None = None
    if request.method == "POST":
        if "later" in request.POST:
            return redirect("portal:draft", draft.pk, "review")
        try:
            if "revoke" in request.POST and account is not None:
                wanted = request.POST["revoke"]
                revoke(draft, int(wanted) if wanted.isdigit() else 0, account)
                return redirect("portal:draft", draft.pk, "review")
            case = send(draft, account)
        except Refused as refusal:
            refused = refusal
        else:
            hold_case(request, case)
            return redirect("portal:sent", case.number)
    content = content_of(draft)
    materials, uploads = materials_of(draft, account, today), live_uploads(draft)
    gaps = lacking(materials, uploads)
    agent = agent_of(draft, account)
    fault = fault_of_agent(agent, str(content.get("party", {}).get("number", "")).upper(), today)
    rows = [row_of(one, uploads, []) for one in materials]
    party = dict.fromkeys(("name", "number", "phone", "address"), "") | content.get("party", {})
    wrong = ApplicantForm(acting_of(draft), party).errors
    return page_of(
        request,
        draft,
        "review",
        party=party,
        party_wrong=bool(wrong) and not fault,
        acting=acting_of(draft),
        for_another=acting_of(draft) != ActingFor.SELF,
        agent=agent,
        agent_fault=fault[1] if fault else "",
        unanswered=still_to_answer(draft, get_language()),
        changes=changed_since_begun(draft, get_language()),
        answers=answers_said(draft, get_language()),
        rows=[row for row in rows if row["files"]],
        missing=[gap.material for gap in gaps if not gap.on_paper],
        bring=[gap.material for gap in gaps if gap.on_paper],
        originals=[row for row in rows if _to_show(row["files"])],
        promised=[row for row in rows if any(f["trust"] == TrustLevel.D for f in row["files"])],
        consents=standing_consents(draft),
        people=signers(draft),
        digest=said(digest_now(draft)),
        refused=refused,
        goes_to=_goes_to(draft, refused.field) if refused else "",
    )


def _goes_to(draft: Draft, field: str) -> str:
    """The step where ``field`` of a refusal is put right; empty where none is."""
    return "questions" if asked_by(draft.item_version).field(field) else GOES_TO.get(field, "")


GOES_TO = {
    "materials": "papers",
    "signatures": "signatures",
    "name": "applicant",
    "number": "applicant",
    "agent_name": "applicant",
    "agent_number": "applicant",
    "agent_phone": "applicant",
    "scope": "applicant",
    "until": "applicant",
}


def _to_show(files: list[dict[str, object]]) -> bool:
    return any(one["trust"] == TrustLevel.C for one in files)


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
        "source": source_of(case),
        "originals": [one for one in named if one is not None],
        "account": account_of(request),
    }
    return render(request, "portal/sent.html", context)
