"""Complaining, and following a complaint by its code. Closed is not fixed: the complainant says.

The code never stands in an address; this session remembers which complaints it has opened.
"""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from openhall.cases.public import number_of_case
from openhall.cases.queries import case_numbered
from openhall.catalogue.queries import item_coded
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.sent import key_of
from openhall.design.words import called
from openhall.desk.pages import Subject as Thing
from openhall.desk.pages import existing
from openhall.organs.fields import PhoneField, TextField
from openhall.organs.queries import Organ, organs_of
from openhall.organs.terms import OrganKind
from openhall.paging.typed import narrow
from openhall.portal.acts import COMPLAINT_ACTS, Visitor
from openhall.portal.views.holding import account_of
from openhall.supervision import actions
from openhall.supervision.queries import Complaint, complaint_numbered, deeds_of
from openhall.supervision.terms import (
    ComplaintAbout,
    ComplaintAct,
    ComplaintState,
    Subject,
    Trigger,
)
from openhall.throttle.fields import Proved

HELD = "held_complaints"
BREACHES = (
    Trigger.NOT_ANSWERED,
    Trigger.OVER_PROMISE,
    Trigger.STEP_LATE,
    Trigger.NO_REASONS,
    Trigger.NOT_ONLINE,
    Trigger.CHARGING,
    Trigger.OTHER,
)
COMPLAINED_OF = (OrganKind.DEPARTMENT, OrganKind.BUREAU, OrganKind.CENTRE)
ANSWER_SEEN = {
    ComplaintState.ANSWERED,
    ComplaintState.SATISFIED,
    ComplaintState.UNCONFIRMED,
    ComplaintState.REOPENED,
}


class UnitChoice(forms.ModelChoiceField):
    """Units by their name in the language of the page."""

    def label_from_instance(self, obj: Organ) -> str:
        return called(obj)


class ComplaintForm(Proved):
    """What it is about, what happened, and, if one wishes, who says so."""

    about = forms.ChoiceField(label=gettext_lazy("What is it about?"), widget=forms.RadioSelect)
    case = TextField(
        label=gettext_lazy("Number of the case"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("It stands on your receipt. Leave empty if it is not about a case."),
    )
    item = TextField(
        label=gettext_lazy("Code of the matter"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("It stands at the foot of the guide."),
    )
    organ = UnitChoice(
        None,
        label=gettext_lazy("Unit"),
        required=False,
        help_text=gettext_lazy("Needed only if it is about neither a case nor a matter."),
    )
    window = TextField(label=gettext_lazy("Window or counter"), max_length=60, required=False)
    breach = forms.ChoiceField(label=gettext_lazy("What rule was broken?"), required=False)
    text = TextField(
        label=gettext_lazy("What happened"),
        max_length=2000,
        least=10,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("When, where, who did what. At least ten characters."),
    )
    name = TextField(
        label=gettext_lazy("Your name"),
        max_length=60,
        required=False,
        help_text=gettext_lazy(
            "Leave empty to complain without a name. With a name you get written reasons; "
            "the unit sees it masked."
        ),
    )
    phone = PhoneField(label=gettext_lazy("Your telephone"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language()
        organs = self.fields["organ"]
        assert isinstance(organs, forms.ModelChoiceField)
        organs.queryset = organs_of(COMPLAINED_OF)
        self.fields["about"].choices = [(w.value, w.said_in(language)) for w in ComplaintAbout]  # type: ignore[attr-defined]
        self.fields["breach"].choices = [  # type: ignore[attr-defined]
            ("", _("I do not know")),
            *((word.value, word.said_in(language)) for word in BREACHES),
        ]

    def clean(self) -> dict[str, object]:
        typed = super().clean() or {}
        about = typed.get("about")
        case = item = None
        if about == ComplaintAbout.CASE:
            number = number_of_case(typed.get("case", ""))
            case = case_numbered(number)
            if case is None:
                self.add_error("case", _("No case has this number. Compare it with your receipt."))
        elif about == ComplaintAbout.ITEM:
            code = narrow(typed.get("item", "")).replace(" ", "").upper()
            item = item_coded(code)
            if item is None:
                self.add_error("item", _("No matter has this code. It stands on the guide."))
        elif about == ComplaintAbout.WINDOW and typed.get("organ") is None:
            self.add_error("organ", _("Choose the unit."))
        typed["found_case"], typed["found_item"] = case, item
        return typed


def hold(request: HttpRequest, complaint: Complaint) -> None:
    request.session[HELD] = [*request.session.get(HELD, []), complaint.pk][-20:]


def _held(request: HttpRequest, number: str) -> Complaint:
    complaint = existing(complaint_numbered(number))
    if complaint.pk not in request.session.get(HELD, []):
        raise PermissionDenied
    return complaint


def new(request: HttpRequest) -> HttpResponse:
    """The complaint form. ``?case=`` or ``?item=`` fills in what it is about."""
    start = {}
    if number := request.GET.get("case"):
        start = {"about": ComplaintAbout.CASE.value, "case": number}
    elif code := request.GET.get("item"):
        start = {"about": ComplaintAbout.ITEM.value, "item": code}
    form = ComplaintForm(request.POST or None, initial=start, request=request)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        case, item = typed["found_case"], typed["found_item"]
        organ = case.organ if case else item.organ if item else typed["organ"]
        said = actions.Grievance(
            ComplaintAbout(typed["about"]),
            organ,
            typed["text"],
            case=case,
            item=item,
            window=typed["window"],
            breach=Trigger(typed["breach"]) if typed["breach"] else None,
            name=typed["name"],
            phone=typed["phone"],
        )
        # Who is signed in stays out of it: a complaint without a name has none.
        by = account_of(request) if typed["name"] else None
        doing = Doing(by, timezone.now(), key_of(request))
        try:
            complaint = actions.complain(said, doing)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            hold(request, complaint)
            return redirect("portal:complaint", complaint.number)
    status = 422 if form.errors else 200
    context = {"form": form, "key": uuid.uuid4()}
    return render(request, "portal/oversight/complain.html", context, status=status)


class ComplaintFollowed(Thing):
    """One complaint, to who holds its code; who is signed in stays out of it."""

    offers = COMPLAINT_ACTS
    kind = "complaint"
    template = "portal/oversight/complaint.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Visitor, Complaint]:
        complaint = _held(request, where["number"])
        return Visitor(None, timezone.localdate(), holds=True), complaint

    def home(self, who: Visitor, subject: Complaint) -> str:
        return reverse("portal:complaint", args=[subject.number])

    def content(self, who: Visitor, subject: Complaint) -> dict[str, Any]:
        state, code = ComplaintState(subject.state), subject.code
        deeds = deeds_of(Subject.COMPLAINT, subject.pk)
        return {
            "complaint": subject,
            "state": state,
            "about": ComplaintAbout(subject.about),
            "breach": Trigger(subject.breach) if subject.breach else None,
            "code": "-".join(code[n : n + 4] for n in range(0, len(code), 4)),
            "answer": subject.answer if state in ANSWER_SEEN else "",
            "story": [(deed, ComplaintAct(deed.act)) for deed in deeds],
        }


complaint = ComplaintFollowed()
