"""Entering a paper application for somebody, at the window or from the post. A1, pain 4.

What is half typed is kept as a draft of this window. The true time of receipt and the time of entry
both stand, with who entered it; the applicant gets the printed receipt.
"""

import uuid
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.applying.actions.drafting import discard, save_draft, start_draft
from openhall.applying.actions.taking import Handed, take_in
from openhall.applying.actions.uploading import attach, detach
from openhall.applying.applicants import CounterForm
from openhall.applying.queries import Draft, asked_by, content_of, half_typed, live_uploads
from openhall.cases.actions import Doing
from openhall.cases.materials import authorisation
from openhall.cases.terms import Channel
from openhall.catalogue.queries import ItemVersion, Material, version_in_force, versions_in_force
from openhall.deeds.refusals import Refused
from openhall.deeds.sent import key_of
from openhall.design.forms import DateTimeInput
from openhall.desk.pages import existing, stands_on
from openhall.files.rules.uploads import ENDINGS
from openhall.files.terms import ScanState
from openhall.forms.answering import questions_form
from openhall.office.seat import Seat, official, seat_at
from openhall.office.views.desk import queue_context
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.paging.whole import whole, whole_or
from openhall.vault.rules.masks import mask_name


class SourceForm(forms.Form):
    """How the paper came, when, and why it is entered later than that."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How it came"), widget=forms.RadioSelect, required=False
    )
    received_at = forms.DateTimeField(
        label=gettext_lazy("Received at"),
        widget=DateTimeInput,
        required=False,
        help_text=gettext_lazy("When the paper came. Empty: now. The time of entry stands too."),
    )
    late_reason = TextField(
        label=gettext_lazy("Why it is entered on a later day"), required=False, max_length=200
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = (Channel.WINDOW, Channel.POST)
        choices = [(one.value, one.said_in(get_language())) for one in ways]
        self.fields["channel"].choices = choices  # type: ignore[attr-defined]


ASKED = ("originals", "copies", "verified")


class HandedForm(forms.Form):
    """What lay on the counter, material by material."""

    def __init__(self, materials: list[Material], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.materials = materials
        for one in materials:
            for what, label in (("originals", _("Originals taken")), ("copies", _("Copies taken"))):
                self.fields[f"{one.key}-{what}"] = forms.IntegerField(
                    label=label, required=False, min_value=0, max_value=99
                )
            self.fields[f"{one.key}-verified"] = forms.BooleanField(
                label=_("Original seen and given back"), required=False
            )

    def handed(self) -> list[Handed]:
        """What was said, as the act takes it."""
        said = self.cleaned_data
        return [
            Handed(
                one.key,
                said.get(f"{one.key}-originals") or 0,
                said.get(f"{one.key}-copies") or 0,
                bool(said.get(f"{one.key}-verified")),
            )
            for one in self.materials
        ]


def _window(request: HttpRequest, organ: str, desk: str) -> Seat:
    seat = seat_at(request, organ, desk)
    if seat.desk != Desk.WINDOW:
        raise PermissionDenied(_("Only the window takes applications in."))
    return seat


@official
@require_safe
def choose(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """The items of this unit in force today, and what this window has half typed."""
    seat = _window(request, organ, desk)
    items = versions_in_force(seat.day).filter(item__organ=seat.organ).order_by("item__code")
    half = [
        (draft, mask_name(str(content_of(draft).get("party", {}).get("name", "")) or "-"))
        for draft in half_typed(seat.organ)[:20]
    ]
    context = queue_context(request, seat) | {"items": items, "half": half}
    return render(request, "office/intake_choose.html", context)


@official
@stands_on(choose)
def drop(request: HttpRequest, organ: str, desk: str, pk: int) -> HttpResponse:
    """Delete what this window has half typed."""
    seat = _window(request, organ, desk)
    discard(existing(half_typed(seat.organ).filter(pk=pk).first()))
    messages.success(request, _("Deleted. What you typed and uploaded is removed."))
    return redirect("office:intake", organ, desk)


def _draft(request: HttpRequest, seat: Seat, version: ItemVersion) -> Draft | None:
    """The draft this page goes on with, if any."""
    wanted = whole(request.POST.get("draft") or request.GET.get("draft"))
    if wanted is None:
        return None
    rows = half_typed(seat.organ).filter(item_version__item=version.item)
    return existing(rows.filter(pk=wanted).first())


@official
def take_in_page(request: HttpRequest, organ: str, desk: str, item: str) -> HttpResponse:
    """One page: who applies, the item's questions, what was handed over; kept at every mistake."""
    seat = _window(request, organ, desk)
    version = version_in_force(item, seat.day)
    if version is None or version.item.organ_id != seat.organ.pk:
        raise Http404
    draft = _draft(request, seat, version)
    said = content_of(draft) if draft is not None else {}
    posted = request.POST or None
    materials = [*version.materials.all(), authorisation(version)]
    source = SourceForm(posted, initial={"channel": "window"} | said.get("source", {}))
    party = CounterForm(posted, initial=said.get("party", {}))
    asked = asked_by(version)
    questions = questions_form(
        asked, posted, prefix="q", initial=said.get("answers", {}), on_paper=True
    )
    handed = HandedForm(materials, posted, prefix="h", initial=said.get("handed", {}))
    refused: Refused | None = None
    faults: dict[str, str] = {}
    reshaped = False
    if request.method == "POST":
        key = key_of(request)
        draft = draft or start_draft(version, None, organ=seat.organ, key=key)
        if draft.case is not None:  # the second click of an impatient hand
            return redirect("office:matter", organ, desk, draft.case.number)
        reshaped = questions.reshaped
        typed_answers = questions.typed
        if reshaped:  # a row was added or removed: the questions are shown again unjudged
            questions = questions_form(asked, initial=typed_answers, prefix="q", on_paper=True)
        checked = [one.is_valid() for one in (source, party, questions, handed)]
        typed = {
            "source": _raw(source),
            "party": _raw(party) | {"acting": party.acting.value},
            "answers": typed_answers,
            "handed": _raw(handed),
        }
        try:
            save_draft(draft, typed, "intake")
            faults = _files(request, draft, materials)
            if "remove" in request.POST:
                detach(draft, whole_or(0, request.POST["remove"]))
                return _again(request, organ, desk, item, draft)
            if "later" in request.POST and not faults:
                messages.success(request, _("Kept as a draft of this window."))
                return _again(request, organ, desk, item, draft)
            if all(checked) and not faults:
                return _enter(request, seat, draft, source, handed, questions)
        except Refused as refusal:
            refused = refusal
            faults.setdefault(refusal.field, str(refusal))
            for form in (party, source, questions):
                if refusal.field in form.fields:
                    form.add_error(refusal.field, str(refusal))
    uploads = live_uploads(draft) if draft is not None else []
    context = queue_context(request, seat) | {
        "version": version,
        "draft": draft,
        "source": source,
        "party": party,
        "questions": questions,
        "handed": handed,
        "on_counter": [_row(one, handed, uploads, faults) for one in materials],
        "refused": refused,
        "accept": ENDINGS,
        "key": request.POST.get("key") or uuid.uuid4(),
    }
    wrong = request.method == "POST" and not reshaped
    return render(request, "office/intake.html", context, status=422 if wrong else 200)


def _again(request: HttpRequest, organ: str, desk: str, item: str, draft: Draft) -> HttpResponse:
    answer = redirect("office:take_in", organ, desk, item)
    answer["Location"] += f"?draft={draft.pk}"
    return answer


def _raw(form: forms.Form) -> dict[str, Any]:
    """Each field as it was typed, right or wrong."""
    typed = {}
    for name, field in form.fields.items():
        value = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        typed[name] = value if isinstance(value, bool | list) else str(value or "")
    return typed


def _row(
    material: Material, handed: HandedForm, uploads: list[Any], faults: dict[str, str]
) -> dict[str, Any]:
    return {
        "material": material,
        "fields": [handed[f"{material.key}-{what}"] for what in ASKED],
        "files": [(one, ScanState(one.scan)) for one in uploads if one.material == material.key],
        "fault": faults.get(material.key, ""),
    }


def _files(request: HttpRequest, draft: Draft, materials: list[Material]) -> dict[str, str]:
    """Keep every scan that can be taken; what is wrong with the others, by material."""
    faults = {}
    for material in materials:
        for file in request.FILES.getlist(f"file-{material.key}"):
            try:
                attach(draft, material.key, file)
            except Refused as refusal:
                faults[material.key] = str(refusal)
    return faults


def _enter(
    request: HttpRequest,
    seat: Seat,
    draft: Draft,
    source: SourceForm,
    handed: HandedForm,
    questions: forms.Form,
) -> HttpResponse:
    save_draft(draft, {"answers": questions.cleaned_data}, "intake")
    said, now = source.cleaned_data, timezone.now()
    received = said["received_at"] or now
    if received > now and received - now < timedelta(minutes=1):
        received = now  # the field has no seconds
    case = take_in(
        draft,
        Channel(said["channel"] or Channel.WINDOW.value),
        received,
        handed.handed(),
        Doing(seat.account, now, draft.key, seat.desk.value),
        late_reason=said["late_reason"],
    )
    messages.success(
        request,
        _("Received: %(number)s. Print the receipt and give it to the applicant.")
        % {"number": case.number},
    )
    return redirect("office:matter", seat.organ.code, seat.desk.value, case.number)
