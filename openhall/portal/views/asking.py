"""The first two steps: who applies and for whom, and the item's own questions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from openhall.applying.actions.drafting import save_draft
from openhall.applying.actions.reusing import use_answers, use_party
from openhall.applying.actions.uploading import attach, detach
from openhall.applying.applicants import ApplicantForm
from openhall.applying.holdings import earlier_parties, offers
from openhall.applying.queries import (
    Draft,
    acting_of,
    asked_by,
    content_of,
    files_kept,
    standing_consents,
)
from openhall.applying.terms import ReuseOf
from openhall.cases.queries import own_case
from openhall.cases.terms import ActingFor, ApplicantKind, NoticeTo
from openhall.deeds.refusals import Refused
from openhall.forms.answering import questions_form, row_files
from openhall.forms.rules import FormDefinition
from openhall.forms.terms import FieldKind
from openhall.organs.midway import typed_before
from openhall.organs.queries import Account, agencies_of
from openhall.paging.whole import whole, whole_or
from openhall.portal.views.holding import account_of
from openhall.portal.views.walking import go_on, page_of, seen_of


# ------------------------------------------------------------ the applicant
def applicant_step(request: HttpRequest, draft: Draft) -> HttpResponse:
    account, posted = account_of(request), request.POST
    acting, said = acting_of(draft), content_of(draft).get("party", {})
    if not said and account is not None:
        acting, said = _known(account)
    wanted = posted.get("acting") or posted.get("become") or ""
    if wanted in ActingFor.codes():
        if "become" in posted and wanted != acting.value:
            before = content_of(draft).get("parties", {}) | {acting.value: said}
            chosen = before.get(wanted) or _as(ActingFor(wanted), account, said)
            save_draft(draft, {"party": chosen, "parties": before}, "applicant")
            return redirect("portal:draft", draft.pk, "applicant")
        acting = ActingFor(wanted)
    if account is not None and whole(posted.get("reuse")) is not None:
        return _reuse_party(request, draft, account)
    again = typed_before(request)
    form = ApplicantForm(acting, posted or again or None, initial=said)
    refused: Refused | None = None
    if request.method == "POST":
        typed = {name: posted.get(name, "") for name in form.fields}
        typed |= {"acting": acting.value, "kind": form.applicant_kind().value}
        try:
            save_draft(draft, {"party": typed}, "applicant", seen=seen_of(request))
        except Refused as moved:
            refused = moved
            form = ApplicantForm(acting, initial=content_of(draft).get("party", {}))
        else:
            if form.is_valid() or "later" in posted:
                return go_on(draft, "applicant", request)
    others = [one for one in ActingFor if one != acting]
    earlier = earlier_parties(account, timezone.localdate()) if account and not said else []
    return page_of(
        request,
        draft,
        "applicant",
        form=form,
        acting=acting,
        others=others,
        earlier=earlier,
        refused=refused,
        again=again is not None,
    )


def _reuse_party(request: HttpRequest, draft: Draft, account: Account) -> HttpResponse:
    source = own_case(whole_or(0, request.POST["reuse"]), account)
    if source is not None:
        try:
            use_party(draft, source, account)
        except Refused as refusal:
            messages.warning(request, str(refusal))
    return redirect("portal:draft", draft.pk, "applicant")


def _known(account: Account) -> tuple[ActingFor, dict[str, str]]:
    """What the account already says of the applicant; of the company, where it acts for one."""
    acting = ActingFor.SELF
    if agencies_of(account, timezone.localdate()).exists():
        acting = ActingFor.COMPANY
    return acting, _as(acting, account, {})


def _as(acting: ActingFor, account: Account | None, said: dict[str, str]) -> dict[str, str]:
    """The party as it stands when ``acting`` is chosen: what the account knows is filled in."""
    kind = ApplicantKind.COMPANY if acting == ActingFor.COMPANY else ApplicantKind.PERSON
    party = {"acting": acting.value, "kind": kind.value, "notices_to": NoticeTo.AGENT.value}
    if account is None:
        return {**party, "phone": said.get("phone", "")}
    me = {"name": account.real_name, "number": account.id_number, "phone": account.phone}
    if acting == ActingFor.SELF:
        return {**party, **me, "notices_to": NoticeTo.APPLICANT.value}
    agent = {f"agent_{key}": value for key, value in me.items()}
    agency = agencies_of(account, timezone.localdate()).first()
    if acting == ActingFor.PERSON or agency is None:
        return {**party, **agent}
    company = {
        "name": agency.company.name,
        "number": agency.company.credit_code,
        "address": agency.company.address,
        "phone": account.phone,
    }
    return {**party, **company, **agent}


# ------------------------------------------------------------ the questions
def questions_step(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The item's own questions; a row added or removed shows the page again unjudged."""
    account, posted = account_of(request), request.POST
    if account is not None and whole(posted.get("reuse")) is not None:
        return _reuse_answers(request, draft, account)
    again = typed_before(request)
    asked = asked_by(draft.item_version)
    said = content_of(draft).get("answers", {})
    faults: dict[str, str] = {}
    refused: Refused | None = None
    if request.method == "POST":
        faults, posted = _take_files(request, draft, asked)
    kept = files_kept(draft)
    form = questions_form(asked, posted or again or None, initial=said, kept=kept)
    if request.method == "POST":
        try:
            save_draft(draft, {"answers": form.typed}, "questions", seen=seen_of(request))
        except Refused as moved:
            refused = moved
            stands = content_of(draft).get("answers", {})
            form = questions_form(asked, initial=stands, kept=kept)
        else:
            if form.reshaped and "later" not in posted:
                form = questions_form(asked, initial=form.typed, kept=kept)
            else:
                for key, sentence in faults.items():
                    form.add_error(key, sentence)
                if "later" in posted or form.is_valid():
                    return go_on(draft, "questions", request)
    used = [one for one in standing_consents(draft) if one.what == ReuseOf.ANSWERS.value]
    return page_of(
        request,
        draft,
        "questions",
        form=form,
        offers=offers(draft, account) if account is not None and not used else [],
        refused=refused,
        again=again is not None,
    )


def _take_files(
    request: HttpRequest, draft: Draft, asked: FormDefinition
) -> tuple[dict[str, str], QueryDict]:
    """Keep the files of questions that ask for one; a sentence for each that was refused.

    What was typed comes back with the numbers of the files that were sent in rows.
    """
    posted = request.POST.copy()
    faults: dict[str, str] = {}
    if (back := whole(request.POST.get("take-back"))) is not None:
        detach(draft, back)
    for field in asked:
        if field.kind == FieldKind.FILE:
            for file in request.FILES.getlist(field.key):
                try:
                    attach(draft, field.key, file)
                except Refused as refusal:
                    faults[field.key] = str(refusal)
    for table, control, file in row_files(asked, request.FILES):
        try:
            posted.appendlist(f"{control}-kept", str(attach(draft, table, file).pk))
        except Refused as refusal:
            faults[table] = str(refusal)
    return faults, posted


def _reuse_answers(request: HttpRequest, draft: Draft, account: Account) -> HttpResponse:
    wanted = int(request.POST["reuse"])
    for offer in offers(draft, account):
        if offer.case.pk == wanted:
            try:
                use_answers(draft, offer.case, offer.keys, account)
            except Refused as refusal:
                messages.warning(request, str(refusal))
    return redirect("portal:draft", draft.pk, "questions")
