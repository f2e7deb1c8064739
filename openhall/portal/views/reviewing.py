"""The last step: everything that will be sent, as it will be read; then the receipt. B6."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.applying.actions.for_all import revoke_for_all
from openhall.applying.actions.sending import send
from openhall.applying.applicants import ApplicantForm
from openhall.applying.application import Application, fresh
from openhall.applying.queries import changed_since_begun, standing_consents
from openhall.applying.rules.combining import paper_called
from openhall.applying.rules.signing import said
from openhall.cases.actions.papers import query_code_of
from openhall.cases.application import applied_with
from openhall.cases.materials import material_named
from openhall.cases.public import source_of
from openhall.cases.queries import Case
from openhall.cases.rules.acting import AUTHORISATION, LETTERS
from openhall.cases.terms import ActingFor, ApplicantKind, NoticeTo
from openhall.deeds.refusals import Refused
from openhall.design.qr import qr_svg
from openhall.design.typesetting import unprintable
from openhall.desk.pages import SeeOther
from openhall.files.terms import TrustLevel
from openhall.joint.matters import combined_fees
from openhall.joint.queries import cases_of_joint, joint_with, papers_of_whole
from openhall.organs.rules.identity import personal, phone_of
from openhall.outbox.rules.addresses import fault_of_address
from openhall.outbox.terms import Channel
from openhall.paging.whole import whole_or
from openhall.papers.terms import PaperKind
from openhall.portal.views.holding import (
    account_of,
    case_held,
    hold_case,
    hold_joint,
    joint_held,
)
from openhall.portal.views.papering import row_of
from openhall.portal.views.walking import page_of, step_at, steps_of
from openhall.throttle.fields import ProofForm


def review_step(request: HttpRequest, application: Application) -> HttpResponse:
    """Nothing is sent that is not on this page; everything that is wrong leads to its place."""
    draft, account = application.draft, application.account
    refused: Refused | None = None
    proof = ProofForm(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST":
        if "later" in request.POST:
            return step_at(draft, "review")
        try:
            if "revoke" in request.POST and account is not None:
                revoke_for_all(application, whole_or(0, request.POST["revoke"]), account)
                return step_at(draft, "review")
            if proof.is_valid():
                return _sent(request, send(draft, account))
        except Refused as refusal:
            refused, application = refusal, fresh(application)
    return review_page(request, application, refused, proof)


def _sent(request: HttpRequest, case: Case) -> HttpResponse:
    whole = joint_with(case)
    if whole is None:
        hold_case(request, case)
        return SeeOther(reverse("portal:sent", args=[case.number]))
    hold_joint(request, whole)
    return SeeOther(reverse("portal:joint_sent", args=[whole.number]))


def review_page(
    request: HttpRequest, application: Application, refused: Refused | None, proof: ProofForm
) -> HttpResponse:
    """All that will be sent, what keeps it from being sent, and where each is put right."""
    draft, whole = application.draft, application.whole
    rows = [row_of(one.material, application.uploads, []) for one in application.papers]
    return page_of(
        request,
        application,
        "review",
        form=proof,
        applicant=_applicant(application),
        undrawn=unprintable(
            str(application.written.party.get(name, "")) for name in ("name", "address")
        ),
        unreachable=_unreachable(application),
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
    )


def _applicant(application: Application) -> list[tuple[str, str]]:
    """Who applies, who acts and who is told, as the page reads it out."""
    party, agent, language = application.written.party, application.agent, get_language()
    form = ApplicantForm(application.written.acting)
    rows = [(str(form.fields["name"].label), str(party.get("name", "")))]
    number = str(party.get("number", ""))
    if agent.kind != ActingFor.COMPANY and party.get("kind") != ApplicantKind.COMPANY.value:
        number = f"{personal(party.get('identity'), number).said_in(language)} {number}"
    rows.append((str(form.fields["number"].label), number))
    phone = str(party.get("phone", "")) or _("none: papers go to the postal address")
    rows.append((_("Telephone"), phone))
    if address := str(party.get("address", "")):
        rows.append((_("Postal address"), address))
    told = (str(party.get("name", "")), phone)
    if agent.kind != ActingFor.SELF:
        until = _("until %(day)s") % {"day": agent.until} if agent.until else ""
        document = personal(agent.identity, agent.number).said_in(language)
        said = [
            agent.name,
            f"{document} {agent.number}",
            agent.kind.said_in(language),
            agent.scope,
            until,
        ]
        rows.append((_("Applied for by"), " · ".join(one for one in said if one)))
        if agent.notices_to == NoticeTo.AGENT:
            told = (agent.name, agent.phone or phone)
    rows.append((_("Who is told what happens"), " · ".join(told)))
    return rows


def _unreachable(application: Application) -> bool:
    """Whether the telephone that is to be told can get no text message; said before sending."""
    agent, party = application.agent, application.written.party
    to_agent = agent.kind != ActingFor.SELF and agent.notices_to == NoticeTo.AGENT
    phone = phone_of((agent.phone if to_agent else "") or str(party.get("phone", "")))
    return phone is None or fault_of_address(Channel.SMS, phone) is not None


def _any_of(row: dict[str, Any], trust: TrustLevel) -> bool:
    return any(one["trust"] == trust for one in row["files"])


@require_safe
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """What was received, under which number, what happens next and by when."""
    case = case_held(request, number)
    more = {
        "thing": case.item_version,
        "number": case.number,
        "organ": case.organ,
        "answer_due": case.answer_due,
        "received_at": case.received_at,
        "source": source_of(case),
        "paper": case.papers.filter(kind=PaperKind.RECEIPT.value).first(),
        "follow_at": reverse("portal:case", args=[case.number]),
    }
    return received(request, [case], query_code_of(case), **more)


@require_safe
def receipt_of_whole(request: HttpRequest, number: str) -> HttpResponse:
    """The same of an application to several units: one receipt, one query code."""
    whole = joint_held(request, number)
    cases = list(cases_of_joint(whole))
    papers = papers_of_whole(cases, public=True)
    more = {
        "thing": whole.version,
        "number": whole.number,
        "organ": whole.lead,
        "answer_due": whole.answer_due,
        "received_at": whole.received_at,
        "parts": cases,
        "paper": next((one for one in papers if one.kind == PaperKind.JOINT_RECEIPT.value), None),
        "follow_at": reverse("portal:joint_case", args=[whole.number]),
    }
    return received(request, cases, whole.query_code, **more)


def _once_for_all(material: Any) -> str:
    """What several units asked for at once: an agent's letter, the card of who heads a firm."""
    return AUTHORISATION if material.key in LETTERS else paper_called(material.name)


def received(request: HttpRequest, cases: list[Case], code: str, **more: Any) -> HttpResponse:
    """What was handed in, each paper once, and what is still to be shown."""
    had: dict[str, list[Any]] = {}
    originals: dict[str, Any] = {}
    for case in cases:
        counted: Counter[str] = Counter()
        for upload in case.uploads.filter(replaced=False).order_by("id"):
            material = material_named(case.item_version, upload.material)
            if material is None:
                continue
            asked = _once_for_all(material)
            counted[asked] += 1
            if counted[asked] > had.setdefault(asked, [material, 0])[1]:
                had[asked][1] = counted[asked]
            if upload.trust == TrustLevel.C and upload.repeats is None:
                originals.setdefault(asked, material)
    at = f"{settings.BASE_URL}{reverse('portal:track')}?via=qr#{code}"  # no server sees the code
    context = {
        "code": code,
        "qr": mark_safe(qr_svg(at, quiet=2, title=_("Opens this case"))),  # noqa: S308 - our own
        "forms": [case for case in cases if applied_with(case)],
        "had": list(had.values()),
        "originals": list(originals.values()),
        "account": account_of(request),
        **more,
    }
    return render(request, "portal/received.html", context)
