"""The words of an organ's papers and its seal: drafted, seen as a sheet, approved. A6, A14."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.sent import key_of
from openhall.desk.pages import existing, stands_on
from openhall.office.seat import Seat, official, seat_at
from openhall.organs.fields import TextField
from openhall.organs.queries import Account, Organ, posts_of
from openhall.organs.terms import Desk
from openhall.paging.whole import whole_or
from openhall.papers.actions import sealing
from openhall.papers.actions import words as wordsmith
from openhall.papers.actions.giving import in_force
from openhall.papers.kinds import SEAL
from openhall.papers.pdf import sample_of, seal_drawing
from openhall.papers.queries import (
    PaperTemplate,
    paper_numbered,
    seal_of,
    seals_of,
    words_by_pk,
    words_of,
    words_open,
    words_to_review,
)
from openhall.papers.rules.templates import DEFAULTS, DUE_LINES, mandatory, places_of, samples_of
from openhall.papers.rules.wording import fill
from openhall.papers.rules.words import full_width, number_of
from openhall.papers.terms import PaperKind
from openhall.versions.terms import OPEN, VersionState

DESKS = (Desk.HEAD, Desk.CATALOGUE_CLERK, Desk.LEGAL, Desk.GOVERNMENT_OFFICE)
KINDS = {VersionState.DRAFT: "draft", VersionState.REVIEW: "waiting"}


class WordsForm(forms.Form):
    words = TextField(
        label=gettext_lazy("Words"),
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "One line is one paragraph. 【…】 is filled in; {…} is left out when a place in it is "
            "empty."
        ),
    )


class BeginsForm(forms.Form):
    first_day = forms.DateField(
        label=gettext_lazy("In force from"), widget=forms.DateInput(attrs={"type": "date"})
    )


class RemarkForm(forms.Form):
    remark = TextField(label=gettext_lazy("What is to be mended"), max_length=300)


class EndsForm(forms.Form):
    last_day = forms.DateField(
        label=gettext_lazy("Last day in force"), widget=forms.DateInput(attrs={"type": "date"})
    )
    reason = TextField(label=gettext_lazy("Why it ends"), max_length=300)


class SealForm(BeginsForm):
    picture = forms.FileField(
        label=gettext_lazy("Picture of the seal"),
        help_text=gettext_lazy("PNG or SVG, nearly square, at most 400 KB."),
    )


class BackForm(forms.Form):
    number = TextField(label=gettext_lazy("Document number"), max_length=80)
    why = TextField(
        label=gettext_lazy("Why it is taken back"),
        help_text=gettext_lazy("Everybody who checks the paper reads it; name no person."),
        max_length=300,
    )
    instead = TextField(
        label=gettext_lazy("Number of the paper that replaces it"), required=False, max_length=80
    )


def _seat(request: HttpRequest, organ: str) -> Seat:
    """Any post at this organ that has to do with papers."""
    assert isinstance(request.user, Account)
    held = posts_of(request.user, timezone.localdate()).filter(
        organ__code=organ, desk__in=[desk.value for desk in DESKS]
    )
    post = held.first()
    return seat_at(request, organ, post.desk if post else Desk.HEAD.value)


def _doing(request: HttpRequest, seat: Seat, seen: int | None = None) -> Doing:
    return Doing(seat.account, timezone.now(), key_of(request), seat.desk.value, seen=seen)


def _of(seat: Seat) -> Organ | None:
    """Whose words this seat drafts: its organ's, or the whole city's."""
    return None if seat.desk == Desk.GOVERNMENT_OFFICE else seat.organ


def _kind(code: str) -> PaperKind:
    if code not in [kind.value for kind in DEFAULTS]:
        raise Http404
    return PaperKind(code)


def _waiting(seat: Seat) -> list[tuple[PaperTemplate, PaperKind]]:
    if seat.desk != Desk.LEGAL:
        return []
    return [(row, PaperKind(row.kind)) for row in words_to_review(seat.account)]


def _overview(
    request: HttpRequest, seat: Seat, back: BackForm | None = None, status: int = 200
) -> HttpResponse:
    drafts = seat.desk != Desk.LEGAL
    rows: list[tuple[Any, ...]] = []
    if drafts:
        open_ones = words_open(_of(seat))
        found = wordsmith.all_words_on(_of(seat), seat.day)
        for kind in DEFAULTS:
            waiting = open_ones.get(kind.value)
            state = VersionState(waiting.state) if waiting else None
            rows.append(
                (kind, found.get(kind.value), state, KINDS.get(state, "info") if state else "")
            )
    seals = seals_of(seat.organ)[:5]
    context = {
        "seat": seat,
        "rows": rows,
        "waiting": _waiting(seat),
        "seals": seals if seat.desk == Desk.HEAD else [],
        "is_head": seat.desk == Desk.HEAD,
        "city_wide": _of(seat) is None,
        "back": back or BackForm(prefix="back"),
    }
    return render(request, "office/papers/overview.html", context, status=status)


@official
@require_safe
def overview(request: HttpRequest, organ: str) -> HttpResponse:
    """Every kind of paper with the words in force; for Legal Affairs, what waits for review."""
    return _overview(request, _seat(request, organ))


@official
def words(request: HttpRequest, organ: str, kind: str) -> HttpResponse:
    """The words of one kind: what stands, its versions, and a draft to write."""
    seat, of = _seat(request, organ), _kind(kind)
    if seat.desk == Desk.LEGAL:
        raise PermissionDenied(
            _("The Legal Affairs Office approves words; it does not draft them.")
        )
    text, found = wordsmith.words_on(_of(seat), of, seat.day)
    rows = words_of(_of(seat), of)
    mine = rows.filter(state__in=OPEN).first()
    form = WordsForm(request.POST or None, initial={"words": mine.words if mine else text})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            doing = _doing(request, seat, whole_or(-1, request.POST.get("seen")))
            draft = wordsmith.draft_words(_of(seat), of, form.cleaned_data["words"], doing)
            return redirect("office:words_version", organ, draft.pk)
        except Refused as refusal:
            form.add_error("words" if refusal.field else None, str(refusal))
    if form.is_bound:
        status = 422
    samples, must = samples_of(of), mandatory(of)
    context = {
        "seat": seat,
        "kind": of,
        "form": form,
        "found": found,
        "current": text,
        "places": [(name, samples.get(name, ""), name in must) for name in places_of(of)],
        "seen": mine.revision if mine else -1,
        "versions": [(one, VersionState(one.state)) for one in rows],
    }
    return render(request, "office/papers/words.html", context, status=status)


def _template(seat: Seat, pk: int) -> PaperTemplate:
    found = existing(words_by_pk(pk))
    if seat.desk == Desk.LEGAL or found.organ_id == getattr(_of(seat), "pk", None):
        return found
    raise PermissionDenied(_("These words are another unit's."))


@official
def version(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """One version: look at the sheet, then propose, approve, return or end it."""
    seat = _seat(request, organ)
    template = _template(seat, pk)
    verb = request.POST.get("do", "") if request.method == "POST" else ""
    begins = BeginsForm(
        request.POST if verb == "approve" else None,
        initial={"first_day": seat.day},
        prefix="approve",
    )
    ends = EndsForm(request.POST if verb == "end" else None, prefix="end")
    remark = RemarkForm(request.POST if verb == "return" else None, prefix="return")
    refused: Refused | None = None
    doing = _doing(request, seat, whole_or(template.seq, request.POST.get("seen")))
    try:
        if verb == "propose":
            wordsmith.propose_words(pk, doing)
            messages.success(request, _("The words are before the Legal Affairs Office."))
            return redirect("office:papers", organ)
        if verb == "approve" and begins.is_valid():
            wordsmith.approve_words(pk, begins.cleaned_data["first_day"], doing)
            messages.success(request, _("Approved. What was given before keeps its words."))
            return redirect("office:papers", organ)
        if verb == "return" and remark.is_valid():
            wordsmith.return_words(pk, remark.cleaned_data["remark"], doing)
            messages.success(request, _("Returned to its drafter."))
            return redirect("office:papers", organ)
        if verb == "end" and ends.is_valid():
            wordsmith.end_words(pk, **ends.cleaned_data, doing=doing)
            messages.success(request, _("Ended. What was given before keeps its words."))
            return redirect("office:papers", organ)
    except Refused as refusal:
        refused = refusal
    state = VersionState(template.state)
    legal = seat.desk == Desk.LEGAL and seat.account.pk not in template.writers
    before, _found = wordsmith.words_on(template.organ, PaperKind(template.kind), seat.day)
    context = {
        "seat": seat,
        "template": template,
        "kind": PaperKind(template.kind),
        "state": state,
        "before": before,
        "begins": begins,
        "remark": remark,
        "ends": ends,
        "refused": refused,
        "may_propose": state == VersionState.DRAFT and seat.desk != Desk.LEGAL,
        "may_approve": state == VersionState.REVIEW and legal,
        "may_end": state == VersionState.PUBLISHED and legal and not template.effective_until,
    }
    status = 422 if refused or begins.errors or remark.errors or ends.errors else 200
    return render(request, "office/papers/version.html", context, status=status)


@official
@require_safe
def preview(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """The version as a sheet with sample values; who looked at it is remembered."""
    seat = _seat(request, organ)
    template = _template(seat, pk)
    kind = PaperKind(template.kind)
    wordsmith.saw(pk, seat.account, timezone.now())
    giver = template.organ or seat.organ
    drawing, _version = in_force(giver.pk, kind, seat.day)
    samples = samples_of(kind) | {"机关名称": giver.name}
    label, place = DUE_LINES.get(kind, ("", ""))
    made = sample_of(
        giver.name,
        kind.zh,
        number_of(giver.short_name, kind, seat.day.year, 0),
        [full_width(one) for one in fill(template.words, samples)],
        full_width(f"{label}:{samples[place]}") if label else "",
        seal_drawing(drawing),
    )
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="sample-{template.pk}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@official
def seal(request: HttpRequest, organ: str) -> HttpResponse:
    """A new picture of the organ's seal, from a day on."""
    seat = seat_at(request, organ, Desk.HEAD.value)
    form = SealForm(request.POST or None, request.FILES or None, initial={"first_day": seat.day})
    if request.method == "POST" and form.is_valid():
        typed, doing = form.cleaned_data, _doing(request, seat)
        try:
            sealing.keep_seal(seat.organ, typed["picture"].read(), typed["first_day"], doing)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The seal is kept; papers carry it from its day on."))
            return redirect("office:papers", organ)
    seals = seals_of(seat.organ)
    context = {
        "ends": EndsForm(prefix="end"),
        "seat": seat,
        "form": form,
        "seals": seals,
        "alone": SEAL.route.alone,
        "key": request.POST.get("key") or uuid.uuid4(),
    }
    return render(request, "office/papers/seal.html", context, status=422 if form.errors else 200)


@official
@stands_on(seal)
def seal_end(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """A seal goes out of use after a day, and none takes its place."""
    seat = seat_at(request, organ, Desk.HEAD.value)
    found = existing(seal_of(seat.organ, pk))
    form = EndsForm(request.POST, prefix="end")
    if not form.is_valid():
        messages.warning(request, _("Give the last day and the reason."))
        return redirect("office:seal", organ)
    doing = _doing(request, seat, whole_or(found.seq, request.POST.get("seen")))
    try:
        sealing.end_seal(found.pk, **form.cleaned_data, doing=doing)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The seal is out of use after that day."))
    return redirect("office:seal", organ)


@official
@require_safe
def seal_picture(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """The picture of one seal, to those who see the papers of its organ."""
    seat = _seat(request, organ)
    found = existing(seal_of(seat.organ, pk))
    answer = HttpResponse(seal_drawing(found.pk), content_type="image/svg+xml")
    answer.headers["Content-Security-Policy"] = "default-src 'none'; img-src data:; sandbox"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@official
@stands_on(overview)
def back(request: HttpRequest, organ: str) -> HttpResponse:
    """Take a paper back; the public check page says so from now on."""
    seat = seat_at(request, organ, Desk.HEAD.value)
    form = BackForm(request.POST, prefix="back")
    if form.is_valid():
        typed = form.cleaned_data
        found = paper_numbered(seat.organ, typed["number"])
        other = paper_numbered(seat.organ, typed["instead"]) if typed["instead"] else None
        if found is None:
            form.add_error("number", _("This unit gave no paper of this number."))
        elif typed["instead"] and other is None:
            form.add_error("instead", _("This unit gave no paper of this number."))
        else:
            try:
                sealing.take_back(
                    found.pk,
                    typed["why"],
                    _doing(request, seat),
                    instead=other,
                )
            except Refused as refusal:
                known = refusal.field if refusal.field in form.fields else None
                form.add_error(known, str(refusal))
            else:
                messages.success(request, _("The paper is taken back: %s") % found.number)
                return redirect("office:papers", organ)
    return _overview(request, seat, form, status=422)
