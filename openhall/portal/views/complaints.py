"""Complaining, and following a complaint by its code. Closed is not fixed: the complainant says.

The code never stands in an address; this session remembers which complaints it has opened.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from openhall.cases.public import number_of_case
from openhall.cases.queries import case_numbered
from openhall.catalogue.queries import Item, ItemVersion, item_coded, items_called
from openhall.deeds.doing import Doing
from openhall.design.forms import CodeInput
from openhall.design.words import called
from openhall.desk.offers import Offer
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
from openhall.throttle.fields import ProofField, asks, prove

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


ASKED_WHEN = {
    "case": (ComplaintAbout.CASE,),
    "item": (ComplaintAbout.ITEM,),
    "organ": (ComplaintAbout.WINDOW,),
    "window": (ComplaintAbout.WINDOW,),
}


@dataclass(frozen=True, slots=True)
class Begun:
    """A complaint not made yet: what its page knows already, and who may open it afterwards."""

    start: dict[str, str]
    request: HttpRequest


class Complain(Offer):
    """What it is about, what happened, and, if one wishes, who says so."""

    code, bare, tone = "complain", True, "primary"
    title = button = gettext_lazy("Send the complaint")
    done = gettext_lazy("Your complaint was received. Keep the code below.")

    about = forms.ChoiceField(label=gettext_lazy("What is it about?"), widget=forms.RadioSelect)
    case = TextField(
        label=gettext_lazy("Number of the case"),
        max_length=80,
        required=False,
        widget=CodeInput,
        help_text=gettext_lazy("It stands on your receipt."),
    )
    item = TextField(
        label=gettext_lazy("Which matter?"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Its name or a part of it, such as “passport”; or its code."),
    )
    organ = UnitChoice(None, label=gettext_lazy("Unit"), required=False)
    window = TextField(
        label=gettext_lazy("Window or counter"),
        max_length=60,
        required=False,
    )
    breach = forms.ChoiceField(label=gettext_lazy("What rule was broken?"), required=False)
    text = TextField(
        label=gettext_lazy("Your complaint"),
        max_length=2000,
        least=10,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("When, where, who did what. At least ten characters."),
    )
    name = TextField(
        label=gettext_lazy("Your name"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=gettext_lazy(
            "Leave empty to complain without a name. With a name you get written reasons; "
            "the unit sees it masked."
        ),
    )
    phone = PhoneField(label=gettext_lazy("Your telephone"), required=False)
    proof = ProofField()

    def ask(self) -> None:
        """What ``?case=`` or ``?item=`` says already; each question only where it is asked."""
        self.initial |= self.subject.start
        if not asks(self.subject.request):
            del self.fields["proof"]
        language = get_language()
        organs = self.fields["organ"]
        assert isinstance(organs, forms.ModelChoiceField)
        organs.queryset = organs_of(COMPLAINED_OF)
        organs.empty_label = _("Choose the unit")
        self.choose("about", [(w.value, w.said_in(language)) for w in ComplaintAbout])
        self.fields["about"].error_messages["required"] = _("Say what it is about.")
        self.fields["text"].error_messages["required"] = _("Write what happened.")
        if code := self.subject.start.get("item"):
            self._among(items_called(code, timezone.localdate()))
        known = [(word.value, word.said_in(language)) for word in BREACHES]
        self.choose("breach", [("", _("I do not know")), *known])
        for name in ASKED_WHEN:
            self.fields[name].asked_for = name != "window"  # type: ignore[attr-defined]
            self.fields[name].widget.attrs |= {"data-asked": self._asked(name)}

    def _among(self, versions: Sequence[ItemVersion]) -> None:
        """The matters found, each with its unit, to choose from instead of a name to type."""
        if versions:
            known = [
                (one.item.code, f"{called(one)} · {called(one.item.organ)}") for one in versions
            ]
            given = self.fields["item"]
            self.fields["item"] = forms.ChoiceField(
                choices=known if len(known) == 1 else [("", _("Choose the matter")), *known],
                label=given.label,
                required=False,
            )
            self.fields["item"].asked_for = True  # type: ignore[attr-defined]
            self.fields["item"].widget.attrs |= {"data-asked": self._asked("item")}

    def _asked(self, name: str) -> str:
        abouts = [one.value for one in ASKED_WHEN[name]]
        return json.dumps(["is", self.add_prefix("about"), abouts])

    def full_clean(self) -> None:
        """The proof comes last: it is not spent on a form that is sent again for another fault."""
        super().full_clean()
        if self.is_bound and "proof" in self.fields:
            prove(self, self.subject.request)

    def clean(self) -> dict[str, object]:
        typed = super().clean() or {}
        about = typed.get("about")
        case = item = None
        if about == ComplaintAbout.CASE:
            number = number_of_case(typed.get("case", ""))
            case = case_numbered(number) if number else None
            if not number:
                self.add_error("case", _("Give the number of the case; it is on your receipt."))
            elif case is None:
                self.add_error("case", _("No case has this number. Compare it with your receipt."))
        elif about == ComplaintAbout.ITEM:
            item = self._item(narrow(typed.get("item") or ""))
        elif about and typed.get("organ") is None:
            self.add_error("organ", _("Choose the unit."))
        typed["found_case"], typed["found_item"] = case, item
        return typed

    def _item(self, words: str) -> Item | None:
        """The matter that is meant; where several are, they are offered to choose from."""
        found = items_called(words, timezone.localdate()) if words.strip() else []
        if len(found) == 1:
            return found[0].item
        if not words.strip():
            self.add_error("item", _("Write the name of the matter, or a part of it."))
        elif found:
            self._among(found)
            self.add_error("item", _("Several matters are called so. Choose the one you mean."))
        else:
            closed = item_coded(words.replace(" ", "").upper())
            if closed is not None:
                return closed
            self.add_error("item", _("No matter is called so. Try a shorter word, or its code."))
        return None

    def does(self, doing: Doing) -> Complaint:
        typed = self.cleaned_data
        case, item = typed["found_case"], typed["found_item"]
        said = actions.Grievance(
            ComplaintAbout(typed["about"]),
            case.organ if case else item.organ if item else typed["organ"],
            typed["text"],
            case=case,
            item=item,
            window=typed["window"],
            breach=Trigger(typed["breach"]) if typed["breach"] else None,
            name=typed["name"],
            phone=typed["phone"],
        )
        # Who is signed in stays out of it: a complaint without a name has none.
        left = actions.complain(said, doing if typed["name"] else replace(doing, actor=None))
        hold(self.subject.request, left)
        return left

    def goes_to(self, left: Complaint) -> str:
        return reverse("portal:complaint", args=[left.number])


def hold(request: HttpRequest, complaint: Complaint) -> None:
    request.session[HELD] = [*request.session.get(HELD, []), complaint.pk][-20:]


def _held(request: HttpRequest, number: str) -> Complaint:
    complaint = existing(complaint_numbered(number))
    if complaint.pk not in request.session.get(HELD, []):
        raise PermissionDenied
    return complaint


class NewComplaint(Thing):
    """The complaint form. ``?case=`` or ``?item=`` fills in what it is about."""

    offers = (Complain,)
    template = "portal/oversight/complain.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Visitor, Begun]:
        start = {}
        if number := request.GET.get("case"):
            start = {"about": ComplaintAbout.CASE.value, "case": number}
        elif code := request.GET.get("item"):
            start = {"about": ComplaintAbout.ITEM.value, "item": code}
        who = Visitor(account_of(request), timezone.localdate())
        return who, Begun(start, request)

    def home(self, who: Visitor, subject: Begun) -> str:
        return reverse("portal:complain")

    def act_at(self, who: Visitor, subject: Begun, name: str) -> str:
        return self.home(who, subject)

    def context(
        self, request: HttpRequest, who: Visitor, subject: Begun, **more: Any
    ) -> dict[str, Any]:
        return {}


new = NewComplaint()


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
