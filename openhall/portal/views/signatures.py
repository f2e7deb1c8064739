"""Several people sign: the applicant names them, each reads the frozen content and signs or not."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from openhall.applying.actions.signing import ask_to_sign, decline_to_sign, no_longer_ask, sign
from openhall.applying.applicants import SignatoryForm
from openhall.applying.application import Application
from openhall.applying.queries import (
    Draft,
    Signatory,
    signatory_by_pk,
    signers,
    whole_uploads,
)
from openhall.applying.rules.signing import said
from openhall.cases.materials import material_named
from openhall.cases.queries import Upload
from openhall.catalogue.queries import Material
from openhall.deeds.refusals import Refused
from openhall.desk.pages import existing
from openhall.joint.applying import matter_of
from openhall.organs.fields import NumberOfDocument, TextField
from openhall.organs.terms import IdentityKind
from openhall.paging.whole import whole_or
from openhall.portal.views.holding import account_of
from openhall.portal.views.walking import go_on, page_of, step_at
from openhall.vault.rules.masks import mask_number

HELD = "held_signings"


class SigningForm(forms.Form):
    """Who reads this: the name and the whole number, unless the account says it."""

    name = TextField(label=gettext_lazy("Your name"), max_length=60)
    number = NumberOfDocument(label=gettext_lazy("Your identity number"))


def signatures_step(request: HttpRequest, application: Application) -> HttpResponse:
    """Who must sign, with each one's code; people are added and taken off here."""
    draft = application.draft
    form = SignatoryForm(request.POST if "add" in request.POST else None)
    refused: Refused | None = None
    if request.method == "POST":
        try:
            if "add" in request.POST:
                if form.is_valid():
                    said_of = form.cleaned_data
                    kind = IdentityKind(said_of["identity"])
                    ask_to_sign(draft, said_of["name"], said_of["number"], kind)
                    return step_at(draft, "signatures")
            elif "remove" in request.POST:
                no_longer_ask(draft, whole_or(0, request.POST["remove"]))
                return step_at(draft, "signatures")
            else:
                return go_on(draft, "signatures", request)
        except Refused as refusal:
            refused = refusal
            if refusal.field in form.fields:
                form.add_error(refusal.field, str(refusal))
    return page_of(
        request,
        application,
        "signatures",
        form=form,
        rows=[(one, _document(one.person)) for one in application.people],
        digest=said(application.digest),
        refused=refused,
    )


def _document(person: Signatory) -> str:
    kind = IdentityKind(person.identity).said_in(get_language())
    return f"{kind} {mask_number(person.number)}"


def hold(request: HttpRequest, person: Signatory) -> None:
    """Let this visitor open what ``person`` is asked to sign."""
    request.session[HELD] = [*request.session.get(HELD, []), person.pk][-20:]


def signing(request: HttpRequest, pk: int) -> HttpResponse:
    """What is to be signed, whole and frozen by its digest; sign it, or decline with a reason."""
    person = existing(signatory_by_pk(pk))
    account = account_of(request)
    mine = account is not None and account.is_active and account.id_blind == person.number_blind
    if not mine and person.pk not in request.session.get(HELD, []):
        raise PermissionDenied(_("Enter the code that the applicant gave you."))
    draft = person.draft
    form = SigningForm(request.POST or None)
    refused: Refused | None = None
    if request.method == "POST" and (mine or form.is_valid()):
        typed = {} if mine else form.cleaned_data
        digest = request.POST.get("digest", "")
        try:
            if "decline" in request.POST:
                reason = request.POST.get("reason", "")
                decline_to_sign(person, digest, reason, account, **typed)
            else:
                sign(person, digest, account, **typed)
        except Refused as refusal:
            refused = refusal
            if refusal.field in form.fields and not mine:
                form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Recorded. The applicant sees it at once."))
            return redirect("portal:signing", person.pk)
    state = next(one for one in signers(draft) if one.person.pk == person.pk)
    application = Application(draft, None, timezone.localdate())
    digest, whole = application.digest, matter_of(draft)
    version = whole or draft.item_version
    context = {
        "person": person,
        "draft": draft,
        "version": version,
        "organ": whole.matter.lead if whole else draft.item_version.item.organ,
        "party": application.written.party,
        "answers": application.answers_said(get_language()),
        "files": papers_signed(draft),
        "digest": digest,
        "short": said(digest),
        "state": state,
        "mine": mine,
        "form": form,
        "refused": refused,
        "reason": request.POST.get("reason", ""),
        "open": draft.case_id is None and not draft.ended,
    }
    wrong = refused is not None or (request.method == "POST" and not mine and bool(form.errors))
    return render(request, "portal/signing.html", context, status=422 if wrong else 200)


def papers_signed(draft: Draft) -> list[tuple[Material | None, Upload]]:
    """Every paper under its name; of a joint application each file once, not once a part."""
    seen: set[str] = set()
    found = []
    rows = whole_uploads(draft).select_related("folder__draft__item_version")
    for one in rows.order_by("folder__draft", "position", "id"):
        if one.sha256 not in seen or not draft.combined:
            found.append((material_named(one.folder.draft.item_version, one.material), one))
        seen.add(one.sha256)
    return found


__all__ = ["Draft", "signatures_step", "signing"]
