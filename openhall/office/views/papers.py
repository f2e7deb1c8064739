"""The words of an organ's papers and its seal: drafted, seen as a sheet, approved. A6, A14."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.sent import key_of
from openhall.desk.pages import stands_on
from openhall.office.seat import Seat, official, seat_at
from openhall.organs.models import Account, Organ
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk
from openhall.papers.actions import sealing
from openhall.papers.actions import words as wordsmith
from openhall.papers.actions.giving import in_force
from openhall.papers.models import Paper, PaperTemplate, SealImage
from openhall.papers.pdf import sample_of, seal_drawing
from openhall.papers.rules.templates import DEFAULTS, DUE_LINES, mandatory, places_of, samples_of
from openhall.papers.rules.wording import fill
from openhall.papers.rules.words import full_width, number_of
from openhall.papers.terms import PaperKind, TemplateState

DESKS = (Desk.HEAD, Desk.CATALOGUE_CLERK, Desk.LEGAL, Desk.GOVERNMENT_OFFICE)
KINDS = {TemplateState.DRAFT: "draft", TemplateState.PROPOSED: "waiting"}


class WordsForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("Words"),
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "One line is one paragraph. 【…】 is filled in; {…} is left out when a place in it is "
            "empty."
        ),
    )


class BeginsForm(forms.Form):
    begins = forms.DateField(
        label=gettext_lazy("In force from"), widget=forms.DateInput(attrs={"type": "date"})
    )


class RemarkForm(forms.Form):
    remark = forms.CharField(label=gettext_lazy("What is to be mended"), max_length=300)


class SealForm(BeginsForm):
    picture = forms.FileField(
        label=gettext_lazy("Picture of the seal"),
        help_text=gettext_lazy("PNG or SVG, nearly square, at most 400 KB."),
    )


class BackForm(forms.Form):
    number = forms.CharField(label=gettext_lazy("Document number"), max_length=80)
    why = forms.CharField(label=gettext_lazy("Why it is taken back"), max_length=300)
    instead = forms.CharField(
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
    rows = PaperTemplate.objects.filter(state=TemplateState.PROPOSED.value).exclude(
        drafted_by=seat.account
    )
    ordered = rows.select_related("organ", "drafted_by").order_by("drafted_at")
    return [(row, PaperKind(row.kind)) for row in ordered[:100]]


def _overview(
    request: HttpRequest, seat: Seat, back: BackForm | None = None, status: int = 200
) -> HttpResponse:
    drafts = seat.desk != Desk.LEGAL
    rows: list[tuple[Any, ...]] = []
    if drafts:
        open_ones = {
            row.kind: row
            for row in PaperTemplate.objects.filter(organ=_of(seat)).exclude(
                state=TemplateState.APPROVED.value
            )
        }
        found = wordsmith.all_words_on(_of(seat), seat.day)
        for kind in DEFAULTS:
            waiting = open_ones.get(kind.value)
            state = TemplateState(waiting.state) if waiting else None
            rows.append(
                (kind, found.get(kind.value), state, KINDS.get(state, "info") if state else "")
            )
    seals = SealImage.objects.filter(organ=seat.organ).select_related("uploaded_by")[:5]
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
    rows = PaperTemplate.objects.filter(organ=_of(seat), kind=of.value)
    mine = rows.exclude(state=TemplateState.APPROVED.value).first()
    form = WordsForm(request.POST or None, initial={"words": mine.words if mine else text})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            draft = wordsmith.draft_words(
                _of(seat), of, form.cleaned_data["words"], seat.account, timezone.now()
            )
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
        "versions": [(one, TemplateState(one.state)) for one in rows.select_related("approved_by")],
    }
    return render(request, "office/papers/words.html", context, status=status)


def _template(seat: Seat, pk: int) -> PaperTemplate:
    found = get_object_or_404(PaperTemplate.objects.select_related("organ", "drafted_by"), pk=pk)
    if seat.desk == Desk.LEGAL or found.organ_id == getattr(_of(seat), "pk", None):
        return found
    raise PermissionDenied(_("These words are another unit's."))


@official
def version(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """One version: look at the sheet, then propose, approve or return it."""
    seat = _seat(request, organ)
    template = _template(seat, pk)
    verb = request.POST.get("do", "") if request.method == "POST" else ""
    begins = BeginsForm(
        request.POST if verb == "approve" else None, initial={"begins": seat.day}, prefix="approve"
    )
    remark = RemarkForm(request.POST if verb == "return" else None, prefix="return")
    refused: Refused | None = None
    now = timezone.now()
    try:
        if verb == "propose":
            wordsmith.propose_words(pk, seat.account, now)
            messages.success(request, _("The words are before the Legal Affairs Office."))
            return redirect("office:papers", organ)
        if verb == "approve" and begins.is_valid():
            wordsmith.approve_words(pk, begins.cleaned_data["begins"], seat.account, now)
            messages.success(request, _("Approved. What was given before keeps its words."))
            return redirect("office:papers", organ)
        if verb == "return" and remark.is_valid():
            wordsmith.return_words(pk, remark.cleaned_data["remark"], seat.account, now)
            messages.success(request, _("Returned to its drafter."))
            return redirect("office:papers", organ)
    except Refused as refusal:
        refused = refusal
    state = TemplateState(template.state)
    before, _found = wordsmith.words_on(template.organ, PaperKind(template.kind), seat.day)
    context = {
        "seat": seat,
        "template": template,
        "kind": PaperKind(template.kind),
        "state": state,
        "before": before,
        "begins": begins,
        "remark": remark,
        "refused": refused,
        "may_propose": state == TemplateState.DRAFT and seat.desk != Desk.LEGAL,
        "may_approve": state == TemplateState.PROPOSED
        and seat.desk == Desk.LEGAL
        and template.drafted_by_id != seat.account.pk,
    }
    status = 422 if refused or begins.errors or remark.errors else 200
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
    form = SealForm(request.POST or None, request.FILES or None, initial={"begins": seat.day})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            sealing.keep_seal(
                seat.organ, typed["picture"].read(), typed["begins"], seat.account, timezone.now()
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The seal is kept; papers carry it from its day on."))
            return redirect("office:papers", organ)
    seals = SealImage.objects.filter(organ=seat.organ).select_related("uploaded_by")
    context = {"seat": seat, "form": form, "seals": seals}
    return render(request, "office/papers/seal.html", context, status=422 if form.errors else 200)


@official
@require_safe
def seal_picture(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """The picture of one seal, to those who see the papers of its organ."""
    seat = _seat(request, organ)
    found = get_object_or_404(SealImage, pk=pk, organ=seat.organ)
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
        papers = Paper.objects.filter(organ=seat.organ)
        found = papers.filter(number=typed["number"].strip()).first()
        other = papers.filter(number=typed["instead"].strip()).first() if typed["instead"] else None
        if found is None:
            form.add_error("number", _("This unit gave no paper of this number."))
        elif typed["instead"] and other is None:
            form.add_error("instead", _("This unit gave no paper of this number."))
        else:
            try:
                sealing.take_back(
                    found.pk,
                    typed["why"],
                    Doing(seat.account, timezone.now(), key_of(request), seat.desk.value),
                    instead=other,
                )
            except Refused as refusal:
                known = refusal.field if refusal.field in form.fields else None
                form.add_error(known, str(refusal))
            else:
                messages.success(request, _("The paper is taken back: %s") % found.number)
                return redirect("office:papers", organ)
    return _overview(request, seat, form, status=422)
