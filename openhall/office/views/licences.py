"""Permits on the desk: asked to change or renew, decided, revoked, cancelled. 行政许可法 49–70."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from openhall.cases.actions import Doing
from openhall.cases.queries import case_for_desk
from openhall.deeds.refusals import Refused
from openhall.deeds.sent import key_of
from openhall.office.acts.form import NOTE, said
from openhall.office.seat import Seat, official, seat_at
from openhall.office.views.desk import queue_context
from openhall.organs.terms import Desk
from openhall.paging.keyset import place
from openhall.paging.whole import whole_or
from openhall.papers.terms import PaperKind
from openhall.permits.actions import bar
from openhall.permits.actions import permits as licensing
from openhall.permits.models import Licence
from openhall.permits.queries import (
    events_of,
    licences_by_pk,
    licences_of,
    masked_holder,
    permit_told,
    requests_waiting,
)
from openhall.permits.terms import (
    BanGround,
    CancellationGround,
    LicenceAct,
    LicenceState,
    RequestKind,
    RevocationGround,
)


class PermitForm(forms.Form):
    """One act on a permit."""

    act: ClassVar[LicenceAct]
    desks: ClassVar[tuple[Desk, ...]] = (Desk.DECIDER,)
    effect: ClassVar[Any] = ""
    tone: ClassVar[str] = "plain"

    def __init__(self, typed: Any = None) -> None:
        super().__init__(typed, prefix=self.act.value)
        self.ask()

    def ask(self) -> None:
        """Fill in the words to choose from."""

    def does(self, licence: Licence, doing: Doing) -> None:
        raise NotImplementedError


class AskChange(PermitForm):
    act, desks = LicenceAct.ASK_CHANGE, (Desk.WINDOW,)
    effect = gettext_lazy("A decider of your unit decides within twenty working days.")
    words = forms.CharField(label=gettext_lazy("What is to be changed"), widget=NOTE)

    def does(self, licence: Licence, doing: Doing) -> None:
        licensing.ask(licence.pk, RequestKind.CHANGE, self.cleaned_data["words"], doing)


class AskRenewal(PermitForm):
    act, desks, tone = LicenceAct.ASK_RENEWAL, (Desk.WINDOW,), "primary"
    effect = gettext_lazy("Undecided on its last day, the permit is deemed renewed.")

    def does(self, licence: Licence, doing: Doing) -> None:
        licensing.ask(licence.pk, RequestKind.RENEWAL, "", doing)


class Answer(PermitForm):
    act, tone = LicenceAct.RENEW, "primary"
    effect = gettext_lazy("The decision is given in writing; a refusal with reason and remedies.")
    granted = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("yes", gettext_lazy("Granted")), ("no", gettext_lazy("Refused"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=NOTE,
        required=False,
        help_text=gettext_lazy("Required for a refusal."),
    )

    def does(self, licence: Licence, doing: Doing) -> None:
        typed = self.cleaned_data
        licensing.answer(licence.pk, typed["granted"] == "yes", typed["reason"], doing)


class Revoke(PermitForm):
    act, tone = LicenceAct.REVOKE, "grave"
    effect = gettext_lazy("The permit ends; the holder is told the reason and the remedies.")
    ground = forms.ChoiceField(label=gettext_lazy("Ground"))
    reason = forms.CharField(label=gettext_lazy("Facts and reason"), widget=NOTE, max_length=1000)

    def ask(self) -> None:
        self.fields["ground"].choices = said(RevocationGround)  # type: ignore[attr-defined]

    def does(self, licence: Licence, doing: Doing) -> None:
        typed = self.cleaned_data
        ground = RevocationGround(typed["ground"])
        licensing.revoke(licence.pk, ground, typed["reason"], doing)


class Cancel(PermitForm):
    act, tone = LicenceAct.CANCEL, "grave"
    effect = gettext_lazy("The permit is struck off the register.")
    ground = forms.ChoiceField(label=gettext_lazy("Ground"))
    reason = forms.CharField(label=gettext_lazy("Facts and reason"), widget=NOTE, max_length=1000)

    def ask(self) -> None:
        self.fields["ground"].choices = said(CancellationGround)  # type: ignore[attr-defined]

    def does(self, licence: Licence, doing: Doing) -> None:
        typed = self.cleaned_data
        ground = CancellationGround(typed["ground"])
        licensing.cancel(licence.pk, ground, typed["reason"], doing)


FORMS: tuple[type[PermitForm], ...] = (AskRenewal, AskChange, Answer, Revoke, Cancel)


def _offered(form: type[PermitForm], state: LicenceState, waiting: bool) -> bool:
    """Whether the act makes sense on a permit in this state."""
    if form is Answer:
        return waiting
    if form in (AskRenewal, AskChange):
        return state == LicenceState.VALID and not waiting
    if form is Revoke:
        return state in (LicenceState.VALID, LicenceState.EXPIRED)
    return state != LicenceState.CANCELLED


def _at(request: HttpRequest, organ: str, desk: str) -> Seat:
    seat = seat_at(request, organ, desk)
    if seat.desk not in (Desk.WINDOW, Desk.DECIDER):
        raise PermissionDenied(_("The window and the deciders work on permits."))
    return seat


@official
@require_safe
def listing(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """What waits to be decided, and every permit of the unit, newest first."""
    seat = _at(request, organ, desk)
    page = licences_of(seat.organ, seat.day, place(request.GET))
    context = queue_context(request, seat) | {
        "permits": page.map(lambda one: (one, masked_holder(one.licence.case))),
        "waiting": requests_waiting(seat.organ),
    }
    return render(request, "office/licences.html", context)


@official
def page(request: HttpRequest, organ: str, desk: str, pk: int) -> HttpResponse:
    """One permit with its story, and the acts this desk may do to it."""
    seat = _at(request, organ, desk)
    licence = licences_by_pk(pk, seat.organ)
    if licence is None:
        raise Http404
    told = permit_told(licence, seat.day)
    tried: PermitForm | None = None
    if request.method == "POST":
        chosen = request.POST.get("act", "")
        made = [one for one in FORMS if one.act.value == chosen and seat.desk in one.desks]
        if not made:
            raise Http404
        tried = made[0](request.POST)
        if tried.is_valid() and _done(request, seat, licence, tried):
            return redirect("office:licence", organ, desk, pk)
    forms_here = [
        tried if tried is not None and one.act == tried.act else one()
        for one in FORMS
        if seat.desk in one.desks and _offered(one, told.state, told.request is not None)
    ]
    papers = licence.case.papers.filter(kind__in=[kind.value for kind in AFTER]).order_by("pk")
    context = queue_context(request, seat) | {
        "permit": told,
        "holder": masked_holder(licence.case),
        "events": events_of(licence),
        "papers": [(paper, PaperKind(paper.kind)) for paper in papers],
        "forms": forms_here,
        "tried": tried,
        "key": uuid.uuid4(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "office/licence.html", context, status=status)


AFTER = (
    PaperKind.LICENCE,
    PaperKind.CHANGE,
    PaperKind.RENEWAL,
    PaperKind.REVOCATION,
    PaperKind.CANCELLATION,
)


def _done(request: HttpRequest, seat: Seat, licence: Licence, form: PermitForm) -> bool:
    doing = Doing(
        seat.account,
        timezone.now(),
        key_of(request),
        seat.desk.value,
        seen=whole_or(licence.seq, request.POST.get("seen")),
    )
    try:
        form.does(licence, doing)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    messages.success(request, _("Done for permit %(number)s") % {"number": licence.number})
    return True


@official
@require_POST
def bar_applicant(request: HttpRequest, organ: str, desk: str, number: str) -> HttpResponse:
    """Record from this decision that the applicant may not apply again for a time."""
    seat = seat_at(request, organ, desk)
    case = case_for_desk(number, seat.organ)
    ground = request.POST.get("ground", "")
    if case is None or ground not in BanGround.codes():
        raise Http404
    key = key_of(request)
    doing = Doing(seat.account, timezone.now(), key, seat.desk.value)
    try:
        ban = bar(case.pk, BanGround(ground), request.POST.get("reason", ""), doing)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        until = {"day": ban.until.isoformat()}
        messages.success(request, _("The applicant may not apply again until %(day)s.") % until)
    return redirect("office:matter", organ, desk, number)
