"""Notes between colleagues, and what another unit is asked inside a case. A2."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openhall.cases import actions
from openhall.cases.actions import Doing
from openhall.cases.behind import consultations_for, shared_in
from openhall.cases.permissions import is_applicant, may_opine
from openhall.cases.queries import Consultation, consultation_of
from openhall.cases.terms import ConsultedOpinion
from openhall.deeds.refusals import Refused
from openhall.deeds.sent import key_of
from openhall.desk.offers import NOTE, said
from openhall.desk.pages import existing
from openhall.office.seat import Seat, official, seat_at
from openhall.office.views.desk import queue_context
from openhall.office.views.matter import handed


class OpinionForm(forms.Form):
    """The unit's answer."""

    opinion = forms.ChoiceField(label=gettext_lazy("Opinion"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=NOTE,
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Required if your unit does not agree."),
    )

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.fields["opinion"].choices = said(ConsultedOpinion)  # type: ignore[attr-defined]


def _doing(request: HttpRequest, seat: Seat) -> Doing:
    key = key_of(request)
    return Doing(seat.account, timezone.now(), key, seat.desk.value)


@official
@require_safe
def consultations(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """What this unit is asked by others."""
    seat = _answering(request, organ, desk)
    context = queue_context(request, seat) | {"asked": consultations_for(seat.organ, seat.day)}
    return render(request, "office/consultations.html", context)


def _answering(request: HttpRequest, organ: str, desk: str) -> Seat:
    seat = seat_at(request, organ, desk)
    if not may_opine(seat.account, seat.organ, seat.day):
        raise PermissionDenied(_("Handlers and deciders answer for the unit."))
    return seat


def _asked(seat: Seat, pk: int) -> Consultation:
    asked = existing(consultation_of(pk, seat.organ))
    if is_applicant(seat.account, asked.case):
        raise PermissionDenied(_("This is your own application; a colleague answers for the unit."))
    return asked


@official
def consultation(request: HttpRequest, organ: str, desk: str, pk: int) -> HttpResponse:
    """One question with what was shared, and the unit's opinion; nothing else of the case."""
    seat = _answering(request, organ, desk)
    asked = _asked(seat, pk)
    form = OpinionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opinion = ConsultedOpinion(form.cleaned_data["opinion"])
        try:
            actions.opine(asked.pk, opinion, form.cleaned_data["reason"], _doing(request, seat))
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Your unit's opinion is given."))
            return redirect("office:consultations", organ, desk)
    answers, uploads = shared_in(asked)
    context = queue_context(request, seat) | {
        "asked": asked,
        "opinion": ConsultedOpinion(asked.opinion) if asked.opinion else None,
        "answers": answers,
        "uploads": uploads,
        "form": form,
        "key": uuid.uuid4(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "office/consultation.html", context, status=status)


@official
@require_safe
def shared_upload(
    request: HttpRequest, organ: str, desk: str, pk: int, upload: int
) -> FileResponse:
    """A paper that was shared with this unit, and no other paper."""
    seat = _answering(request, organ, desk)
    asked = _asked(seat, pk)
    _answers, uploads = shared_in(asked)
    found = next((one for one in uploads if one.pk == upload), None)
    if found is None:
        raise PermissionDenied(_("This paper was not shared with your unit."))
    return handed(request, asked.case, found, shared=True)
