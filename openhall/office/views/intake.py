"""Entering a paper application for somebody, at the window or from the post. A1, pain 4.

What is half typed is kept as a draft of this window. The true time of receipt and the time of entry
both stand, with who entered it; the applicant gets the printed receipt.
"""

import uuid
from datetime import timedelta
from typing import Any
from urllib.parse import quote

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
from openhall.applying.applicants import AGENT, CounterForm
from openhall.applying.queries import Draft, asked_by, content_of, half_typed, live_uploads
from openhall.cases.actions import Doing
from openhall.cases.actions.answering import says_nothing
from openhall.cases.desks.counter import answer_day, often_of, party_again
from openhall.cases.materials import materials_told, on_the_counter
from openhall.cases.permissions import may_open
from openhall.cases.queries import case_for_desk
from openhall.cases.rules.acting import AUTHORISATION
from openhall.cases.terms import Channel
from openhall.catalogue.queries import ItemVersion, Material, version_in_force, versions_in_force
from openhall.catalogue.rules.spelling import matches, spelled
from openhall.catalogue.terms import MaterialKind, Necessity
from openhall.deeds.keys import within
from openhall.deeds.refusals import Refused
from openhall.deeds.sent import key_of
from openhall.design.forms import DateTimeInput
from openhall.design.words import called
from openhall.desk.pages import existing, stands_on
from openhall.files.rules.uploads import ENDINGS
from openhall.files.terms import ScanState
from openhall.forms.answering import questions_form
from openhall.hall.actions.turns import linked_at_counter
from openhall.hall.queries import duty_now
from openhall.office.seat import Seat, official, seat_at
from openhall.office.views.desk import masked, queue_context
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.paging.whole import whole, whole_or
from openhall.papers.terms import PaperKind
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


ASKED = ("verified", "copies", "originals")
PEOPLE = frozenset({"1"})  # who may apply, as the list codes it: natural persons


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

            for what in ASKED:  # the column says what, the row of which
                field = self.fields[f"{one.key}-{what}"]
                field.widget.attrs["aria-label"] = f"{field.label}: {called(one)}"
        self.fields["all"] = forms.BooleanField(
            label=_("All copies taken, originals seen"), required=False
        )

    def handed(self) -> list[Handed]:
        """What was said, as the act takes it; one tick for all where nothing else is said."""
        said = self.cleaned_data
        if said.get("all") and not any(one for name, one in said.items() if name != "all"):
            return [_usually_handed(one) for one in self.materials if _is_due(one)]
        return [
            Handed(
                one.key,
                said.get(f"{one.key}-originals") or 0,
                said.get(f"{one.key}-copies") or 0,
                bool(said.get(f"{one.key}-verified")),
            )
            for one in self.materials
        ]


def _is_due(material: Material) -> bool:
    """Whether everybody brings it; an agent's letter and what depends on the case is ticked."""
    return material.necessity == Necessity.REQUIRED.value and material.key != AUTHORISATION


def _usually_handed(material: Material) -> Handed:
    """How a material of this kind usually lies on the counter once its original was seen."""
    keeps = material.kind in (MaterialKind.FORM.value, MaterialKind.ORIGINAL.value)
    return Handed(material.key, int(keeps), int(not keeps), verified=not keeps)


def _window(request: HttpRequest, organ: str, desk: str) -> Seat:
    seat = seat_at(request, organ, desk)
    if seat.desk != Desk.WINDOW:
        raise PermissionDenied(_("Only the window takes applications in."))
    return seat


@official
@require_safe
def choose(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """The items of this unit in force today, found by three letters; what is half typed here.

    What this window took in most of late stands first. Enter opens the first that fits.
    """
    seat = _window(request, organ, desk)
    typed = request.GET.get("q", "").strip()[:60]
    often = often_of(seat.organ)
    rows = versions_in_force(seat.day).filter(item__organ=seat.organ).select_related("item")
    ranked = []
    for version in rows:
        rank = matches(typed, version.item.code, version.name, version.name_en)
        if rank is not None:
            ranked.append((rank, -often.get(version.item_id, 0), version.item.code, version))
    items = [version for _rank, _often, _code, version in sorted(ranked, key=lambda row: row[:3])]
    if typed and items:
        answer = redirect("office:take_in", organ, desk, items[0].item.code)
        if like := request.GET.get("like", ""):
            answer["Location"] += f"?like={quote(like)}"
        return answer
    half = [
        (draft, mask_name(str(content_of(draft).get("party", {}).get("name", "")) or "-"))
        for draft in half_typed(seat.organ)[:20]
    ]
    context = queue_context(request, seat) | {
        "items": [(one, *spelled(one.name), often.get(one.item_id, 0)) for one in items],
        "half": half,
        "typed_item": typed,
        "like": request.GET.get("like", ""),
    }
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
    materials = on_the_counter(version)
    source = SourceForm(posted, initial={"channel": "window"} | said.get("source", {}))
    party = CounterForm(posted, initial=_usual(request, seat, version) | said.get("party", {}))
    party.fields["number"].widget.attrs["autofocus"] = True
    asked = asked_by(version)
    questions = questions_form(
        asked, posted, prefix="q", initial=said.get("answers", {}), on_paper=True
    )
    handed = HandedForm(materials, posted, prefix="h", initial=said.get("handed", {}))
    on_form = any(one.kind == MaterialKind.FORM.value for one in materials)
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
        # The filled form on the counter is the application: nobody copies it out.
        checked = [one.is_valid() for one in (source, party, handed)]
        checked.append(questions.is_valid() or (checked[2] and _on_the_form(questions, handed)))
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
        "on_form": on_form,
        "agent": [party[name] for name in AGENT],
        "agent_open": any(
            party[name].value() or party[name].errors
            for name in AGENT[:5]
            if name != "agent_identity"
        ),
        "source_open": source["channel"].value() != "window"
        or any(one.errors or one.value() for one in list(source)[1:]),
        "questions_open": not on_form
        or reshaped
        or (posted is not None and (bool(questions.errors) or not _all_empty(questions))),
        "due": answer_day(timezone.localdate()),
        "accept": ENDINGS,
        "key": request.POST.get("key") or uuid.uuid4(),
    }
    wrong = request.method == "POST" and not reshaped
    return render(request, "office/intake.html", context, status=422 if wrong else 200)


def _usual(request: HttpRequest, seat: Seat, version: ItemVersion) -> dict[str, Any]:
    """What is nearly always so: a person, or a body where only bodies may apply; or who was just
    served (``?like=`` the number of the case), to whoever entered that case today."""
    bodies = {one for one in version.service_objects if one not in PEOPLE}
    usual: dict[str, Any] = {}
    if version.service_objects and bodies == set(version.service_objects):
        usual["kind"] = "company"
    if like := request.GET.get("like", ""):
        usual |= party_again(like[:40], seat)
    return usual


def _all_empty(questions: forms.Form) -> bool:
    return not any(questions.changed_data)


def _on_the_form(questions: Any, handed: HandedForm) -> bool:
    """Whether all that is wrong is not typed because it stands on the paper form."""
    given = {one.material for one in handed.handed() if one.originals or one.copies}
    forms_ = {one.key for one in handed.materials if one.kind == MaterialKind.FORM.value}
    if not given & forms_:
        return False
    typed = questions.typed
    wrong = [key for key in questions.errors if not says_nothing(typed.get(key))]
    if wrong:
        return False
    for key in list(questions.errors):
        del questions.errors[key]
    return True


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
        "usual": _usually_handed(material) if _is_due(material) else None,
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
    linked_at_counter(case, Doing(seat.account, now, within(draft.key, "ticket"), seat.desk.value))
    return redirect("office:received", seat.organ.code, seat.desk.value, case.number)


@official
@require_safe
def received(request: HttpRequest, organ: str, desk: str, number: str) -> HttpResponse:
    """It is taken in: the receipt to print with one key, then the next person or the same again."""
    seat = _window(request, organ, desk)
    case = existing(case_for_desk(number, seat.organ))
    if not may_open(seat.account, case, seat.day):
        raise PermissionDenied(_("This case is not on your desk."))
    receipt = case.papers.filter(kind=PaperKind.RECEIPT.value).first()
    context = queue_context(request, seat) | {
        "case": case,
        "sits": duty_now(seat.account, seat.day),
        "receipt": receipt,
        "materials": materials_told(case),
        "applicant": masked(case),
    }
    return render(request, "office/received.html", context)
