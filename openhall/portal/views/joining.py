"""Applying for a joint matter: which parts, one form, one list of papers, one sending. B6.

The pages are those of every application; what differs is that the form and the list are combined,
and that each file chosen once is kept for every unit that needs it. norms 2.5.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openhall.applying.actions.drafting import save_draft
from openhall.applying.queries import Draft, held_document, whole_uploads
from openhall.deeds.refusals import Refused
from openhall.desk.pages import existing
from openhall.forms.answering import questions_form
from openhall.joint.actions import send_joint, start_joint
from openhall.joint.actions.drafting import (
    attach_for_all,
    bring_up_to_date,
    choose_parts,
    detach_for_all,
    move_up_for_all,
    revoke_for_all,
    save_together,
    use_for_all,
)
from openhall.joint.applying import (
    Wanted,
    drafts_of_parts,
    file_questions,
    is_open,
    is_outdated,
    parts_of_draft,
    typed_together,
    uploads_for,
    wanted,
)
from openhall.joint.matters import (
    NotOffered,
    PartInForce,
    combined,
    combined_fees,
    combined_form,
    matter_in_force,
)
from openhall.joint.queries import joint_with
from openhall.organs.midway import typed_before
from openhall.paging.whole import whole, whole_or
from openhall.portal.views.asking import applicant_step
from openhall.portal.views.holding import account_of, hold_draft, hold_joint
from openhall.portal.views.papering import papers_page
from openhall.portal.views.reviewing import review_page
from openhall.portal.views.signatures import signatures_step
from openhall.portal.views.walking import go_on, page_of, seen_of, steps_of
from openhall.throttle.fields import ProofForm


def start(request: HttpRequest, code: str) -> HttpResponse:
    """Which parts are needed; then a new application with these."""
    today = timezone.localdate()
    version = matter_in_force(code, today)
    if version is None:
        raise Http404
    everything = combined(version, today)
    refused: Refused | None = None
    if request.method == "POST":
        try:
            draft = start_joint(version, account_of(request), request.POST.getlist("need"))
        except Refused as refusal:
            refused = refusal
        else:
            hold_draft(request, draft)
            return redirect("portal:draft", draft.pk, "applicant")
    ticked = request.POST if request.method == "POST" else request.GET
    context = {
        "version": version,
        "matter": everything,
        "needed": set(ticked.getlist("need")),
        "refused": refused,
    }
    return render(request, "portal/joint_apply.html", context, status=422 if refused else 200)


def sent_already(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The joint application that this draft became."""
    assert draft.case is not None
    whole = joint_with(draft.case)
    assert whole is not None
    hold_joint(request, whole)
    return redirect("portal:joint_case", whole.number)


def joint_step(request: HttpRequest, draft: Draft, step: str) -> HttpResponse:
    """One step of a joint application. What was typed is kept even where it is wrong."""
    if draft.case is not None:
        return sent_already(request, draft)
    today = timezone.localdate()
    if draft.ended or not is_open(draft, today):
        return render(request, "portal/draft_ended.html", {"draft": draft}, status=410)
    try:
        if is_outdated(draft, today):
            bring_up_to_date(draft)
            draft.refresh_from_db()
            words = _("A guide has changed since. What you typed is carried over; look through it.")
            messages.info(request, words)
        parts = parts_of_draft(draft, today)
    except NotOffered as gone:
        messages.warning(request, str(gone))
        return render(request, "portal/draft_ended.html", {"draft": draft}, status=410)
    return HANDLERS[step](request, draft, parts)


def parts_step(request: HttpRequest, draft: Draft, parts: list[PartInForce]) -> HttpResponse:
    """Which of the parts by choice are needed."""
    refused: Refused | None = None
    if request.method == "POST":
        try:
            choose_parts(draft, request.POST.getlist("need"), seen=seen_of(request))
            return go_on(draft, "parts", request)
        except Refused as refusal:
            refused = refusal
    everything = combined(draft.whole.version, timezone.localdate())
    needed = {one.code for one in parts}
    return page_of(
        request, draft, "parts", matter=everything, needed=needed, refused=refused, parts=parts
    )


def questions_step(request: HttpRequest, draft: Draft, parts: list[PartInForce]) -> HttpResponse:
    """Every question of every unit, once."""
    posted, form = request.POST, combined_form(parts)
    again = typed_before(request)
    faults: dict[str, str] = {}
    refused: Refused | None = None
    if request.method == "POST":
        if (back := whole(posted.get("take-back"))) is not None:
            detach_for_all(draft, back, [])
        for key, needs in file_questions(form, parts):
            for file in request.FILES.getlist(key):
                try:
                    attach_for_all(draft, needs, file)
                except Refused as refusal:
                    faults[key] = str(refusal)
    kept = _files_kept(draft, parts)
    asked = questions_form(
        form.form, posted or again or None, initial=typed_together(draft), kept=kept
    )
    if request.method == "POST":
        try:
            save_together(draft, asked.typed, seen=seen_of(request))
        except Refused as moved:
            refused = moved
            asked = questions_form(form.form, initial=typed_together(draft), kept=kept)
        else:
            if asked.reshaped and "later" not in posted:
                asked = questions_form(form.form, initial=asked.typed, kept=kept)
            else:
                for key, sentence in faults.items():
                    asked.add_error(key, sentence)
                if "later" in posted or asked.is_valid():
                    return go_on(draft, "questions", request)
    return page_of(
        request,
        draft,
        "questions",
        form=asked,
        offers=[],
        refused=refused,
        again=again is not None,
        parts=parts,
    )


def _files_kept(draft: Draft, parts: list[PartInForce]) -> dict[str, list[tuple[int, str]]]:
    """The uploads of each question that asks for a file: those of the first part that asks."""
    drafts = drafts_of_parts(draft, parts)
    kept: dict[str, list[tuple[int, str]]] = {}
    for key, needs in file_questions(combined_form(parts), parts):
        part, own = needs[0]
        there = drafts.get(part.code)
        rows = there.uploads.filter(material=own, replaced=False) if there else []
        kept[key] = [(one.pk, one.name) for one in rows]
    return kept


def papers_step(request: HttpRequest, draft: Draft, parts: list[PartInForce]) -> HttpResponse:
    """Every paper once, with its files; a refused file is named, the others are kept."""
    account, today = account_of(request), timezone.localdate()
    rows = wanted(draft, parts, account, today)
    faults: dict[str, list[str]] = {}
    moved: Refused | None = None
    if request.method == "POST":
        try:
            if _small_deed(request, draft, rows):
                return redirect("portal:draft", draft.pk, "papers")
            for row in rows:
                for file in request.FILES.getlist(row.material.key):
                    try:
                        attach_for_all(draft, row.needs, file)
                    except Refused as refusal:
                        faults.setdefault(row.material.key, []).append(str(refusal))
            if not faults:
                save_draft(draft, {}, "papers", seen=seen_of(request))
                return go_on(draft, "papers", request)
        except Refused as refusal:
            moved = refusal
    uploads = uploads_for(rows, drafts_of_parts(draft, parts))
    whom = {row.material.key: _for_whom(row, parts) for row in rows}
    materials = [row.material for row in rows]
    return papers_page(request, draft, materials, uploads, faults, moved, whom, parts=parts)


def _for_whom(row: Wanted, parts: list[PartInForce]) -> str:
    """Which units read the paper."""
    if len(row.needs) == len(parts) > 1:
        return _("Once, for all units.")
    english = (get_language() or "").startswith("en")
    organs = [part.item_version.item.organ for part, _key in row.needs]
    names = [one.name_en if english else one.name for one in organs]
    return _("For: %(units)s") % {"units": (", " if english else "、").join(dict.fromkeys(names))}


def _small_deed(request: HttpRequest, draft: Draft, rows: list[Wanted]) -> bool:
    """One of the small buttons beside a file; whether it was one."""
    posted, account = request.POST, account_of(request)

    def number(name: str) -> int:
        return whole_or(0, posted[name])

    if "remove" in posted:
        detach_for_all(draft, number("remove"), rows)
    elif "up" in posted:
        move_up_for_all(draft, number("up"))
    elif "use" in posted and account is not None:
        pk, _colon, key = posted["use"].partition(":")
        row = next((one for one in rows if one.material.key == key), None)
        held = existing(held_document(whole_or(0, pk)))
        if row is None:
            raise Http404
        use_for_all(draft, row, held, account)
    elif "revoke" in posted and account is not None:
        revoke_for_all(draft, number("revoke"), account)
    else:
        return False
    return True


def review_step(request: HttpRequest, draft: Draft, parts: list[PartInForce]) -> HttpResponse:
    """Nothing is sent that is not on this page; a refusal says where to put it right."""
    account, today = account_of(request), timezone.localdate()
    refused: Refused | None = None
    proof = ProofForm(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST":
        if "later" in request.POST:
            return redirect("portal:draft", draft.pk, "review")
        try:
            if "revoke" in request.POST and account is not None:
                revoke_for_all(draft, whole_or(0, request.POST["revoke"]), account)
                return redirect("portal:draft", draft.pk, "review")
            if proof.is_valid():
                whole = send_joint(draft, account)
                hold_joint(request, whole)
                return redirect("portal:joint_sent", whole.number)
        except Refused as refusal:
            refused = refusal
    papers = wanted(draft, parts, account, today)
    uploads = uploads_for(papers, drafts_of_parts(draft, parts))
    return review_page(
        request,
        draft,
        refused,
        [row.material for row in papers],
        uploads,
        form=proof,
        parts=parts,
        choosing="parts" in steps_of(draft),
        fees=combined_fees(parts, today),
        files=whole_uploads(draft).count(),
    )


Step = Callable[[HttpRequest, Draft, list[PartInForce]], HttpResponse]
HANDLERS: dict[str, Step] = {
    "parts": parts_step,
    "applicant": lambda request, draft, _parts: applicant_step(request, draft),
    "questions": questions_step,
    "papers": papers_step,
    "signatures": lambda request, draft, _parts: signatures_step(request, draft),
    "review": review_step,
}
