"""Complaining, and following a complaint by its code. Closed is not fixed: the complainant says.

The code never stands in an address; this session remembers which complaints it has opened.
"""

import uuid

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.cases.models import Case
from openhall.catalogue.models import Item
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.rules.codes import fault_of_code
from openhall.deeds.sent import key_of
from openhall.design.words import called
from openhall.desk.pages import stands_on
from openhall.organs.models import Organ
from openhall.organs.terms import OrganKind
from openhall.portal.forms import CodeForm
from openhall.portal.views.holding import account_of
from openhall.supervision import actions
from openhall.supervision.models import Complaint
from openhall.supervision.queries import complaint_by_code, deeds_of
from openhall.supervision.terms import (
    ComplaintAbout,
    ComplaintAct,
    ComplaintState,
    Subject,
    Trigger,
)

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


class ComplaintForm(forms.Form):
    """What it is about, what happened, and, if one wishes, who says so."""

    about = forms.ChoiceField(label=gettext_lazy("What is it about?"), widget=forms.RadioSelect)
    case = forms.CharField(
        label=gettext_lazy("Number of the case"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("It stands on your receipt. Leave empty if it is not about a case."),
    )
    item = forms.CharField(
        label=gettext_lazy("Code of the matter"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("It stands at the foot of the guide."),
    )
    organ = UnitChoice(
        Organ.objects.none(),
        label=gettext_lazy("Unit"),
        required=False,
        help_text=gettext_lazy("Needed only if it is about neither a case nor a matter."),
    )
    window = forms.CharField(label=gettext_lazy("Window or counter"), max_length=60, required=False)
    breach = forms.ChoiceField(label=gettext_lazy("What rule was broken?"), required=False)
    text = forms.CharField(
        label=gettext_lazy("What happened"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("When, where, who did what. At least ten characters."),
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=60,
        required=False,
        help_text=gettext_lazy(
            "Leave empty to complain without a name. With a name you get written reasons; "
            "the unit sees it masked."
        ),
    )
    phone = forms.CharField(label=gettext_lazy("Your telephone"), max_length=20, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        language = get_language()
        organs = self.fields["organ"]
        assert isinstance(organs, forms.ModelChoiceField)
        organs.queryset = Organ.objects.filter(
            kind__in=[kind.value for kind in COMPLAINED_OF], closed_on__isnull=True
        )
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
            number = str(typed.get("case", "")).strip()
            case = Case.objects.select_related("organ", "item").filter(number=number).first()
            if case is None:
                self.add_error("case", _("No case has this number. Compare it with your receipt."))
        elif about == ComplaintAbout.ITEM:
            code = str(typed.get("item", "")).strip()
            item = Item.objects.select_related("organ").filter(code=code).first()
            if item is None:
                self.add_error("item", _("No matter has this code. It stands on the guide."))
        elif about == ComplaintAbout.WINDOW and typed.get("organ") is None:
            self.add_error("organ", _("Choose the unit."))
        typed["found_case"], typed["found_item"] = case, item
        return typed


def hold(request: HttpRequest, complaint: Complaint) -> None:
    request.session[HELD] = [*request.session.get(HELD, []), complaint.pk][-20:]


def _held(request: HttpRequest, number: str) -> Complaint:
    rows = Complaint.objects.select_related("organ", "case", "item")
    complaint = get_object_or_404(rows, number=number)
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
    form = ComplaintForm(request.POST or None, initial=start)
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


def follow(request: HttpRequest) -> HttpResponse:
    """Find a complaint by its code."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fault = fault_of_code(form.cleaned_data["code"])
        complaint = None if fault else complaint_by_code(form.cleaned_data["code"])
        if complaint is not None:
            hold(request, complaint)
            return redirect("portal:complaint", complaint.number)
        form.add_error("code", fault or _("No complaint has this code. Compare it with your note."))
    return render(request, "portal/oversight/follow.html", {"form": form})


def _page(
    request: HttpRequest, complaint: Complaint, refused: Refused | None = None
) -> HttpResponse:
    state = ComplaintState(complaint.state)
    context = {
        "complaint": complaint,
        "state": state,
        "about": ComplaintAbout(complaint.about),
        "breach": Trigger(complaint.breach) if complaint.breach else None,
        "code": "-".join(complaint.code[n : n + 4] for n in range(0, len(complaint.code), 4)),
        "answer": complaint.answer if state in ANSWER_SEEN else "",
        "story": [
            (deed, ComplaintAct(deed.act)) for deed in deeds_of(Subject.COMPLAINT, complaint.pk)
        ],
        "to_confirm": state == ComplaintState.ANSWERED,
        "refused": refused,
        "key": uuid.uuid4(),
        "typed": request.POST.get("words", ""),
    }
    return render(
        request, "portal/oversight/complaint.html", context, status=422 if refused else 200
    )


@require_safe
def page(request: HttpRequest, number: str) -> HttpResponse:
    """One complaint, to who holds its code."""
    return _page(request, _held(request, number))


@stands_on(page)
def respond(request: HttpRequest, number: str) -> HttpResponse:
    """The complainant confirms that it is solved, or reopens it."""
    complaint = _held(request, number)
    doing = Doing(None, timezone.now(), key_of(request))
    try:
        if request.POST.get("solved") == "yes":
            actions.confirm_complaint(complaint.pk, doing, holds_code=True)
        else:
            words = request.POST.get("words", "")
            actions.reopen_complaint(complaint.pk, words, doing, holds_code=True)
    except Refused as refusal:
        return _page(request, complaint, refusal)
    return redirect("portal:complaint", number)
