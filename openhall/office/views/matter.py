"""One matter on a desk: what it is, its clock, its story, and the acts this desk may do."""

import json
import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openhall.applying.actions.reusing import verify_original
from openhall.applying.queries import USABLE, signers
from openhall.cases.actions import Doing
from openhall.cases.actions.reveal import reveal
from openhall.cases.behind import consultations_in, legs_told, notes_of, site_checks_of, steps_told
from openhall.cases.days import deadline_ledger
from openhall.cases.materials import authorisation
from openhall.cases.models import Case, SupplementPoint
from openhall.cases.permissions import may_open, may_receive
from openhall.cases.public import source_of
from openhall.cases.queries import case_for_desk, clock_day, story, timeline, urgency
from openhall.cases.rules.acting import AUTHORISATION
from openhall.cases.terms import Act, Outcome, Stage
from openhall.catalogue.asking import form_of
from openhall.deeds.refusals import Moved, Refused
from openhall.deeds.sent import key_of
from openhall.files.models import Upload
from openhall.files.rules.trust import still_to_do
from openhall.files.terms import Given, ScanState, TrustLevel
from openhall.files.watermark import shown
from openhall.forms.rules import FormDefinition, said
from openhall.forms.terms import FieldKind
from openhall.joint.queries import joint_with
from openhall.office.acts import ActForm, form_named, forms_for
from openhall.office.attempts import AttemptForm, serving
from openhall.office.seat import Seat, official, seat_at
from openhall.office.views.desk import masked, queue_context
from openhall.organs.models import Account
from openhall.paging.whole import whole_or
from openhall.papers.terms import PaperKind
from openhall.permits.queries import permit_of
from openhall.vault.rules.masks import mask_name, mask_number, mask_phone
from openhall.workdays.queries import calendar


def opened_matter(seat: Seat, number: str) -> Case:
    """The case on this desk; refused if it is not."""
    case = case_for_desk(number, seat.organ)
    if case is None:
        raise Http404
    if not may_open(seat.account, case, seat.day):
        raise PermissionDenied(_("This case is not on your desk."))
    return case


def _answers(case: Case, clear: bool) -> list[tuple[str, str]]:
    """What was answered, in words; personal numbers masked until they are shown for a reason."""
    asked = form_of(case.item_version) or FormDefinition("", "", ())
    names = dict(case.uploads.values_list("pk", "name"))
    mask = None if clear else masked_word
    return said(asked, json.loads(case.answers), get_language(), mask=mask, files=names)


def _materials(case: Case, at_window: bool) -> list[dict[str, Any]]:
    """Each material with what lies on paper and what was uploaded, and what is still to be seen."""
    uploads = list(case.uploads.filter(replaced=False).select_related("verified_by"))
    handed = {one.material: one for one in case.handed_papers.all()}
    listed = [*case.item_version.materials.all()]
    if AUTHORISATION in {*handed, *(one.material for one in uploads)}:
        listed.insert(0, authorisation(case.item_version))
    rows = []
    for material in listed:
        files = [
            {
                "upload": one,
                "scan": ScanState(one.scan),
                "opens": one.scan in USABLE,
                "trust": TrustLevel(one.trust),
                "todo": still_to_do(TrustLevel(one.trust)),
                "verify": at_window
                and one.scan in USABLE
                and one.repeats is None
                and one.trust in (TrustLevel.C.value, TrustLevel.D.value),
            }
            for one in uploads
            if one.material == material.key
        ]
        if files or material.key in handed:
            on_paper = handed.get(material.key)
            rows.append({"material": material, "files": files, "handed": on_paper})
    return rows


def _signed(case: Case) -> list[tuple[str, Any]]:
    """Who else signed the application, masked."""
    draft = getattr(case, "draft", None)
    if draft is None:
        return []
    return [(mask_name(one.person.name), one.standing) for one in signers(draft) if one.standing]


def masked_word(kind: FieldKind, word: str) -> str:
    """The word of an answer as it stands where it need not be read whole."""
    if kind == FieldKind.ID_NUMBER:
        return mask_number(word)
    return mask_phone(word) if kind == FieldKind.PHONE else word


def shown_matter(
    request: HttpRequest,
    seat: Seat,
    case: Case,
    *,
    tried: ActForm | None = None,
    refused: Refused | None = None,
    clear: dict[str, str] | None = None,
    attempt: AttemptForm | None = None,
    status: int = 200,
) -> HttpResponse:
    acts = forms_for(case, seat.desk, seat.day)
    if tried is not None:
        acts = [tried if form.act == tried.act else form for form in acts]
    clear = clear or {}
    context = queue_context(request, seat) | {
        "case": case,
        "stage": Stage(case.stage),
        "outcome": Outcome(case.outcome) if case.outcome else None,
        "urgency": urgency(case, clock_day(case), calendar()),
        "applicant": clear.get("applicant_name") or masked(case),
        "number": clear.get("identity_number") or mask_number(case.identity_number),
        "phone": clear.get("phone") or (mask_phone(case.phone) if case.phone else ""),
        "clear": clear,
        "answers": _answers(case, bool(clear)),
        "materials": _materials(case, may_receive(seat.account, case, seat.day)),
        "source": source_of(case),
        "signatures": _signed(case),
        "points": SupplementPoint.objects.filter(supplement__case=case).order_by(
            "supplement__number", "pk"
        ),
        "papers": [(paper, PaperKind(paper.kind)) for paper in case.papers.all()],
        "story": [(told, Act(told.event.act)) for told in story(case)],
        "clock": timeline(case, clock_day(case)),
        "ledger": deadline_ledger(case, clock_day(case)),
        "steps": steps_told(case, seat.day),
        "notes": notes_of(case),
        "consultations": consultations_in(case, seat.day),
        "hearing": getattr(case, "hearing", None),
        "site_checks": site_checks_of(case),
        "legs": legs_told(case),
        "asked_extension": case.extension_requests.filter(answered_at__isnull=True).first(),
        "permit": permit_of(case, seat.day),
        "whole": joint_with(case),
        "acts": [form for form in acts if not form.seldom or form is tried],
        "more_acts": [form for form in acts if form.seldom and form is not tried],
        "tried": tried,
        "serving": serving(case, seat.desk, attempt),
        "refused": refused,
        "key": uuid.uuid4(),
        "reveals": case.reveals.select_related("account")[:5],
        "english": (get_language() or "").startswith("en"),
    }
    return render(request, "office/matter.html", context, status=status)


@official
@require_safe
def page(request: HttpRequest, organ: str, desk: str, number: str) -> HttpResponse:
    seat = seat_at(request, organ, desk)
    return shown_matter(request, seat, opened_matter(seat, number))


@official
@require_POST
def act(request: HttpRequest, organ: str, desk: str, number: str, act: str) -> HttpResponse:
    """Do one act; a refusal comes back beside its field with everything that was typed."""
    seat = seat_at(request, organ, desk)
    case = opened_matter(seat, number)
    form = form_named(act, case, seat.desk, seat.day, request.POST)
    if form is None:
        raise Http404
    if form.reshaped:
        return shown_matter(request, seat, case, tried=form.again())
    if not form.is_valid():
        return shown_matter(request, seat, case, tried=form, status=422)
    seen = whole_or(case.seq, request.POST.get("seen"))
    key = key_of(request)
    doing = form.doing(seat.account, seat.desk, key, timezone.now())
    try:
        form.does(doing, seen)
    except Moved as moved:
        return shown_matter(
            request, seat, opened_matter(seat, number), tried=form, refused=moved, status=409
        )
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return shown_matter(request, seat, case, tried=form, refused=refusal, status=422)
    done = form.act.said_in(get_language())
    messages.success(request, _("%(act)s: done for %(number)s") % {"act": done, "number": number})
    return redirect("office:matter", organ, desk, number)


@official
@require_POST
def show_applicant(request: HttpRequest, organ: str, desk: str, number: str) -> HttpResponse:
    """Show the applicant's data in the clear on this page only, and record it."""
    seat = seat_at(request, organ, desk)
    case = opened_matter(seat, number)
    try:
        doing = Doing(seat.account, timezone.now(), key_of(request), seat.desk.value)
        clear = reveal(case, request.POST.get("reason", ""), doing)
    except Refused as refusal:
        return shown_matter(request, seat, case, refused=refusal, status=422)
    return shown_matter(request, seat, case, clear=clear)


@official
@require_POST
def verify(request: HttpRequest, organ: str, desk: str, number: str, pk: int) -> HttpResponse:
    """核验原件: the copy on this page was compared with its original, and becomes level B."""
    seat = seat_at(request, organ, desk)
    case = opened_matter(seat, number)
    found = get_object_or_404(case.uploads, pk=pk)
    try:
        verify_original(
            found, Doing(seat.account, timezone.now(), f"seen-{found.pk}", seat.desk.value)
        )
    except Refused as refusal:
        return shown_matter(request, seat, case, refused=refusal, status=422)
    messages.success(request, _("The original was seen; the copy is level B now."))
    return redirect("office:matter", organ, desk, number)


@official
@require_safe
def upload(request: HttpRequest, pk: int) -> FileResponse:
    """One paper of a case, to who may open the case, and never before it is known to be clean."""
    assert isinstance(request.user, Account)
    rows = Upload.objects.select_related("folder__case__organ")
    found = get_object_or_404(rows, pk=pk)
    case = getattr(found.folder, "case", None)
    sent = found.given != Given.ATTACHED.value
    if case is None or not sent or not may_open(request.user, case, timezone.localdate()):
        raise PermissionDenied(_("This case is not on your desk."))
    if found.scan == ScanState.PENDING.value:
        raise PermissionDenied(_("This file still waits to be scanned. Try again in a minute."))
    if found.scan == ScanState.INFECTED.value:
        raise PermissionDenied(_("A virus was found in this file; it was removed."))
    file, media_type, name = shown(found)
    answer = FileResponse(file, content_type=media_type, filename=name)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
