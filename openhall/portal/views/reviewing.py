"""The last step: everything that will be sent, as it will be read; then the receipt. B6."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from openhall.applying.actions.reusing import revoke
from openhall.applying.actions.sending import send
from openhall.applying.applicants import ApplicantForm
from openhall.applying.queries import (
    Draft,
    acting_of,
    agent_of,
    answers_said,
    changed_since_begun,
    content_of,
    digest_now,
    lacking,
    live_uploads,
    materials_of,
    signers,
    standing_consents,
    still_to_answer,
)
from openhall.applying.rules.signing import said
from openhall.cases.materials import material_named
from openhall.cases.public import source_of
from openhall.cases.queries import Upload
from openhall.cases.rules.acting import fault_of_agent
from openhall.cases.terms import ActingFor, NoticeTo
from openhall.catalogue.queries import Material
from openhall.deeds.refusals import Refused
from openhall.design.typesetting import unprintable
from openhall.files.terms import TrustLevel
from openhall.joint.applying import form_and_typed
from openhall.organs.rules.identity import phone_of
from openhall.outbox.rules.addresses import fault_of_address
from openhall.outbox.terms import Channel
from openhall.paging.whole import whole_or
from openhall.papers.terms import PaperKind
from openhall.portal.views.holding import account_of, case_held, hold_case
from openhall.portal.views.papering import row_of
from openhall.portal.views.walking import page_of, steps_of
from openhall.throttle.fields import ProofForm


def review_step(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Nothing is sent that is not on this page; a refusal says where to put it right."""
    account, today = account_of(request), timezone.localdate()
    refused: Refused | None = None
    proof = ProofForm(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST":
        if "later" in request.POST:
            return redirect("portal:draft", draft.pk, "review")
        try:
            if "revoke" in request.POST and account is not None:
                revoke(draft, whole_or(0, request.POST["revoke"]), account)
                return redirect("portal:draft", draft.pk, "review")
            if proof.is_valid():
                case = send(draft, account)
                hold_case(request, case)
                return redirect("portal:sent", case.number)
        except Refused as refusal:
            refused = refusal
    materials, uploads = materials_of(draft, account, today), live_uploads(draft)
    changes = changed_since_begun(draft, get_language())
    return review_page(request, draft, refused, materials, uploads, form=proof, changes=changes)


def review_page(
    request: HttpRequest,
    draft: Draft,
    refused: Refused | None,
    materials: list[Material],
    uploads: list[Upload],
    **more: Any,
) -> HttpResponse:
    """All that will be sent, what keeps it from being sent, and where each is put right."""
    account, today = account_of(request), timezone.localdate()
    agent = agent_of(draft, account)
    party = content_of(draft).get("party", {})
    party = dict.fromkeys(("name", "number", "phone", "address"), "") | party
    fault = fault_of_agent(agent, str(party["number"]).upper(), today)
    wrong = ApplicantForm(acting_of(draft), party).errors
    rows = [row_of(one, uploads, []) for one in materials]
    gaps = lacking(materials, uploads)
    return page_of(
        request,
        draft,
        "review",
        party=party,
        undrawn=unprintable(str(party[name]) for name in ("name", "address")),
        unreachable=_unreachable(party, agent),
        party_wrong=bool(wrong) and not fault,
        acting=acting_of(draft),
        for_another=acting_of(draft) != ActingFor.SELF,
        agent=agent,
        agent_fault=fault[1].said_in(get_language()) if fault else "",
        unanswered=still_to_answer(*form_and_typed(draft), get_language()),
        answers=answers_said(draft, *form_and_typed(draft), get_language()),
        rows=[row for row in rows if row["files"]],
        missing=[gap.material for gap in gaps if not gap.on_paper],
        bring=[gap.material for gap in gaps if gap.on_paper],
        originals=[row for row in rows if _any_of(row, TrustLevel.C)],
        promised=[row for row in rows if _any_of(row, TrustLevel.D)],
        consents=standing_consents(draft),
        people=signers(draft),
        digest=said(digest_now(draft)),
        refused=refused,
        goes_to=_goes_to(draft, refused.field) if refused else "",
        **more,
    )


def _unreachable(party: dict[str, Any], agent: Any) -> bool:
    """Whether the telephone that is to be told can get no text message; said before sending."""
    to_agent = getattr(agent, "notices_to", "") == NoticeTo.AGENT.value
    typed = (getattr(agent, "phone", "") if to_agent else "") or party["phone"]
    phone = phone_of(typed)
    return phone is None or fault_of_address(Channel.SMS, phone) is not None


def _any_of(row: dict[str, Any], trust: TrustLevel) -> bool:
    return any(one["trust"] == trust for one in row["files"])


def _goes_to(draft: Draft, field: str) -> str:
    """The step where ``field`` of a refusal is put right; empty where none is."""
    asked, _typed = form_and_typed(draft)
    where = "questions" if asked.field(field) else GOES_TO.get(field, "")
    return where if where in steps_of(draft) else ""


GOES_TO = {
    "parts": "parts",
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
