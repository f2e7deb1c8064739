"""The switch 超时默许、缺席默认: the government's office sets and ends it, dated, on a document."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.sent import key_of
from openhall.design.forms import DateInput
from openhall.joint import actions as joint
from openhall.joint.permissions import may_switch_deemed_consent
from openhall.joint.queries import switches
from openhall.office.seat import official, seat_at
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.paging.whole import whole_or


class SwitchForm(forms.Form):
    """From when, until when and on which document."""

    since = forms.DateField(label=gettext_lazy("First day in force"), widget=DateInput)
    until = forms.DateField(
        label=gettext_lazy("Last day in force, if known"), widget=DateInput, required=False
    )
    basis = TextField(
        label=gettext_lazy("Name and number of the document it rests on"), max_length=300
    )


@official
def page(request: HttpRequest, organ: str) -> HttpResponse:
    """Every row of the switch, and the next one."""
    seat = seat_at(request, organ, Desk.GOVERNMENT_OFFICE.value)
    if not may_switch_deemed_consent(seat.account, seat.day):
        raise PermissionDenied(_("The office of the government sets this."))
    key = key_of(request)
    doing = Doing(seat.account, timezone.now(), key, seat.desk.value)
    form = SwitchForm(request.POST if "end" not in request.POST else None)
    refused: Refused | None = None
    if request.method == "POST":
        try:
            if "end" in request.POST:
                joint.switch_off(
                    whole_or(0, request.POST["end"]),
                    seat.day,
                    request.POST.get("reason", ""),
                    doing,
                )
            elif form.is_valid():
                typed = form.cleaned_data
                joint.switch_on(typed["since"], typed["until"], typed["basis"], doing)
        except Refused as refusal:
            refused = refusal
            if refusal.field in form.fields and form.is_bound:
                form.add_error(refusal.field, str(refusal))
        if refused is None and not form.errors:
            messages.success(request, _("Written, and in the public log."))
            return redirect("office:deemed_consent", organ)
    wrong = request.method == "POST"
    context = {
        "seat": seat,
        "switches": [(one, one.effective_until is None) for one in switches()],
        "form": form if form.is_bound else SwitchForm(),
        "refused": refused,
        "today": seat.day,
        "key": key,
    }
    return render(
        request, "office/together/deemed_consent.html", context, status=422 if wrong else 200
    )
