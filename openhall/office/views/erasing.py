"""The head of an organ erases the personal data of an ended case. 个人信息保护法 47."""

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openhall.cases.actions import Doing, erase
from openhall.cases.queries import case_for_desk
from openhall.cases.terms import ErasureGround
from openhall.deeds.refusals import Refused
from openhall.deeds.sent import key_of
from openhall.desk.offers import said
from openhall.office.seat import official, seat_at
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk


class EraseForm(forms.Form):
    """Which case, on which ground, and why."""

    number = TextField(label=gettext_lazy("Case number"), max_length=40)
    ground = forms.ChoiceField(label=gettext_lazy("Ground"), widget=forms.RadioSelect)
    reason = TextField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
        help_text=gettext_lazy("Which request or which period; write no personal data here."),
    )
    key = TextField(widget=forms.HiddenInput, required=False)

    def __init__(self, typed: object = None) -> None:
        super().__init__(typed, initial={"key": uuid.uuid4()})  # type: ignore[arg-type]
        self.fields["ground"].choices = said(ErasureGround)  # type: ignore[attr-defined]


@official
def page(request: HttpRequest, organ: str) -> HttpResponse:
    """What erasing destroys and what stays, and the act."""
    seat = seat_at(request, organ, Desk.HEAD.value)
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        case = case_for_desk(typed["number"].strip(), seat.organ)
        key = key_of(request)
        if case is None:
            form.add_error("number", _("Your organ has no case of this number."))
        else:
            doing = Doing(seat.account, timezone.now(), key, seat.desk.value)
            try:
                erase(case.pk, ErasureGround(typed["ground"]), typed["reason"], doing)
            except Refused as refusal:
                form.add_error(
                    refusal.field if refusal.field in form.fields else None, str(refusal)
                )
            else:
                said_so = _("The personal data of %(number)s was erased.")
                messages.success(request, said_so % {"number": case.number})
                return redirect("office:erase", organ)
    wrong = bool(request.method == "POST" and form.errors)
    context = {"seat": seat, "form": form, "wrong": form if wrong else None}
    return render(request, "office/erase.html", context, status=422 if wrong else 200)
