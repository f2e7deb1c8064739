"""Notes between colleagues, and what another unit is asked inside a case. A2."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openhall.cases import actions
from openhall.cases.actions import Doing
from openhall.cases.behind import consultations_for, shared_in
from openhall.cases.permissions import is_applicant, may_opine
from openhall.cases.queries import Consultation, consultation_of
from openhall.cases.terms import Act, ConsultedOpinion
from openhall.desk.offers import NOTE, Offer, said
from openhall.desk.pages import Subject, existing
from openhall.office.seat import Seat, official, seat_at
from openhall.office.views.desk import queue_context
from openhall.office.views.matter import handed
from openhall.organs.fields import TextField


class Opine(Offer):
    """The unit's answer to what another unit asked it."""

    act, bare = Act.OPINE, True
    effect = gettext_lazy("It stands in the case and cannot be changed.")
    button, done = gettext_lazy("Give the opinion"), gettext_lazy("Your unit's opinion is given.")
    opinion = forms.ChoiceField(label=gettext_lazy("Opinion"), widget=forms.RadioSelect)
    reason = TextField(
        label=gettext_lazy("Reason"),
        widget=NOTE,
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Required if your unit does not agree."),
    )

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return not subject.opinion

    def ask(self) -> None:
        self.choose("opinion", said(ConsultedOpinion))

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        opinion = ConsultedOpinion(typed["opinion"])
        return actions.opine(self.subject.pk, opinion, typed["reason"], doing)

    def goes_to(self, left: Any) -> str:
        return reverse("office:consultations", args=[self.who.organ.code, self.who.desk.value])


@official
@require_safe
def consultations(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """What this unit is asked by others."""
    seat = _answering(request, organ, desk)
    answered = request.GET.get("show") == "answered"
    asked = [
        one
        for one in consultations_for(seat.organ, seat.day)
        if (one.opinion is not None) == answered
    ]
    context = queue_context(request, seat) | {"asked": asked, "answered": answered}
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


class ConsultationOnDesk(Subject):
    """One question with what was shared, and the unit's opinion; nothing else of the case."""

    offers = (Opine,)
    template = "office/consultation.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Consultation]:
        seat = _answering(request, where["organ"], where["desk"])
        return seat, _asked(seat, where["pk"])

    def home(self, who: Seat, subject: Consultation) -> str:
        return reverse("office:opinion", args=[who.organ.code, who.desk.value, subject.pk])

    def context(
        self, request: HttpRequest, who: Seat, subject: Consultation, **more: Any
    ) -> dict[str, Any]:
        answers, uploads = shared_in(subject)
        return queue_context(request, who) | {
            "asked": subject,
            "opinion": ConsultedOpinion(subject.opinion) if subject.opinion else None,
            "answers": answers,
            "uploads": uploads,
        }


consultation = official(ConsultationOnDesk())


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
