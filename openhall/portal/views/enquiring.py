"""Asking a unit, and following a question by its code: answered, added to, withdrawn, followed up.

Answers that are published already are offered first, with and without a script. The code never
stands in an address; this session remembers which questions it has opened.
"""

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.catalogue.queries import item_coded, version_in_force
from openhall.deeds.doing import Doing
from openhall.desk.offers import Offer, in_words, said
from openhall.desk.pages import Subject as Thing
from openhall.desk.pages import existing
from openhall.enquiries import actions
from openhall.enquiries.queries import (
    Enquiry,
    deeds_told,
    enquiry_numbered,
    follow_up_of,
    limits_on,
)
from openhall.enquiries.rules.asking import TEXT_AT_LEAST, TEXT_AT_MOST, TITLE_AT_MOST
from openhall.enquiries.terms import (
    EnquiryAct,
    EnquiryKind,
    EnquiryState,
    Taken,
    ToldBy,
    WhyClosed,
)
from openhall.organs.fields import TextField
from openhall.organs.queries import organ_named, organs_of
from openhall.organs.terms import OrganKind
from openhall.paging.typed import narrow
from openhall.portal.acts import Visitor
from openhall.portal.views.asker_acts import ENQUIRY_ACTS
from openhall.portal.views.complaints import UnitChoice
from openhall.portal.views.search import address_of
from openhall.search.queries import Shown, Wanted, search
from openhall.search.rules.folding import LONGEST
from openhall.search.terms import RecordKind
from openhall.throttle.fields import ProofField, asks, prove

HELD = "held_enquiries"
ASKED = (OrganKind.DEPARTMENT, OrganKind.BUREAU, OrganKind.CENTRE)
SIMILAR, GUIDES = 5, 3
ANSWER_SEEN = {EnquiryState.ANSWERED, EnquiryState.CLOSED}
KINDS = {
    EnquiryState.TO_ASSIGN: "waiting",
    EnquiryState.WITH_UNIT: "info",
    EnquiryState.TO_CLARIFY: "warning",
    EnquiryState.DRAFTED: "info",
    EnquiryState.ANSWERED: "on_time",
    EnquiryState.CLOSED: "refused",
    EnquiryState.WITHDRAWN: "closed",
    EnquiryState.LAPSED: "closed",
}


@dataclass(frozen=True, slots=True)
class Begun:
    """A question not asked yet: what its page knows already, and who may open it afterwards."""

    request: HttpRequest
    words: str = ""
    item: Any = None
    follows: Enquiry | None = None
    unit: str = ""

    @property
    def ready(self) -> bool:
        """Whether what is wanted was said, so that answers that exist were offered."""
        return bool(self.words or self.item or self.follows) or self.request.method == "POST"


class Told(Offer):
    """Who asks, if that is said, and how the answer is told; for every door of the public."""

    name = TextField(
        label=gettext_lazy("Your name"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=gettext_lazy("Leave empty to ask without a name. The unit sees it masked."),
    )
    told_by = forms.ChoiceField(
        label=gettext_lazy("How shall we tell you?"), widget=forms.RadioSelect, required=False
    )
    address = TextField(  # type: ignore[assignment]
        label=gettext_lazy("Mobile number or e-mail"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Only where you chose one. It is kept locked and never published."),
    )
    may_publish = forms.BooleanField(
        label=gettext_lazy("It may be published, without anything that shows who I am"),
        required=False,
    )
    proof = ProofField()

    def ask(self) -> None:
        self.choose("told_by", said(ToldBy))
        self.initial.setdefault("told_by", ToldBy.NONE.value)
        if not asks(self.request):
            del self.fields["proof"]

    @property
    def request(self) -> HttpRequest:
        request: HttpRequest = self.subject.request
        return request

    def full_clean(self) -> None:
        """The proof comes last: it is not spent on a form that is sent again for another fault."""
        super().full_clean()
        if self.is_bound and "proof" in self.fields:
            prove(self, self.request)

    def who_asks(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            "name": typed["name"],
            "told_by": ToldBy(typed["told_by"] or ToldBy.NONE.value),
            "address": typed["address"],
            "may_publish": typed["may_publish"],
            "language": get_language() or "zh",
        }


class Ask(Told):
    """What one wants to know, of whom, and how one is told."""

    code, bare, tone = "enquire", True, "primary"
    title = button = gettext_lazy("Send the question")
    done = gettext_lazy("Your question was received. Keep the code below.")

    subject_line = TextField(
        label=gettext_lazy("What do you want to know?"),
        max_length=TITLE_AT_MOST,
        help_text=gettext_lazy("In one sentence. Do not write names or numbers here."),
    )
    text = TextField(
        label=gettext_lazy("Your circumstances"),
        max_length=TEXT_AT_MOST,
        least=TEXT_AT_LEAST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("What you want to do, where, and what you have done already."),
    )
    organ = UnitChoice(
        None,
        label=gettext_lazy("Unit"),
        required=False,
        help_text=gettext_lazy(
            "If you do not know, leave it: the service centre finds the unit. A wrong one passes "
            "it on; the last day stays the same."
        ),
    )
    item = TextField(widget=forms.HiddenInput, required=False, max_length=80)
    field_order = ("subject_line", "text", "organ", "item")

    def ask(self) -> None:
        super().ask()
        begun: Begun = self.subject
        organs = self.fields["organ"]
        assert isinstance(organs, forms.ModelChoiceField)
        organs.queryset = organs_of(ASKED)
        organs.empty_label = _("I do not know which unit")
        self.initial.update({"subject_line": begun.words[:TITLE_AT_MOST]})
        if begun.item is not None:
            self.initial.update({"item": begun.item.code, "organ": begun.item.organ_id})
        elif begun.unit and (unit := organ_named(begun.unit)) is not None:
            self.initial["organ"] = unit.pk
        self.fields["subject_line"].error_messages["required"] = _("Say what you want to know.")
        self.fields["text"].error_messages["required"] = _("Write your circumstances.")

    def refuse(self, refusal: Any) -> None:
        """The act's title is the question in one sentence; an offer's title is its own name."""
        for fault in refusal.faults or (refusal,):
            field = "subject_line" if fault.field == "title" else fault.field
            self.add_error(field if field in self.fields else None, in_words(fault))

    def does(self, doing: Doing) -> Enquiry:
        typed = self.cleaned_data
        asked = actions.Asked(
            typed["subject_line"],
            typed["text"],
            organ=typed["organ"],
            item=item_coded(narrow(typed["item"])) if typed["item"] else None,
            **self.who_asks(),
        )
        # Who is signed in stays out of it: a question needs no account.
        left = actions.ask(asked, replace(doing, actor=None))
        hold(self.request, left)
        return left

    def goes_to(self, left: Enquiry) -> str:
        return reverse("portal:enquiry", args=[left.number])


def similar_to(words: str) -> tuple[list[tuple[Shown, str]], list[tuple[Shown, str]], str]:
    """Published answers that fit, guides that fit, and the unit that the best of them names."""
    if not words.strip():
        return [], [], ""
    english = (get_language() or "").startswith("en")
    kept = Wanted(kind=RecordKind.ANSWER.value, most=SIMILAR, english=english)
    answers = search(words, kept)
    found = search(words, Wanted(english=english))
    shown = [one for one in answers.others if answers.fits][:SIMILAR]
    guides = found.services[:GUIDES] if found.fits else []
    # A guide names who is competent; an answer only who once spoke of something like it.
    unit = next((one.record.unit for one in (*guides, *shown) if one.record.unit), "")
    return (
        [(one, address_of(one)) for one in shown],
        [(one, address_of(one)) for one in guides],
        unit,
    )


@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """What is answered already, while one types: a part of the page, for htmx."""
    answers, guides, _unit = similar_to(request.GET.get("q", "")[:LONGEST])
    return render(request, "portal/enquiries/similar.html", {"answers": answers, "guides": guides})


def hold(request: HttpRequest, enquiry: Enquiry) -> None:
    request.session[HELD] = [*request.session.get(HELD, []), enquiry.pk][-20:]


def _held(request: HttpRequest, number: str) -> Enquiry:
    enquiry = existing(enquiry_numbered(number))
    if enquiry.pk not in request.session.get(HELD, []):
        raise PermissionDenied
    return enquiry


class NewEnquiry(Thing):
    """First what one wants to know, with the answers there are; then the question itself."""

    offers = (Ask,)
    template = "portal/enquiries/ask.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Visitor, Begun]:
        words = request.GET.get("q", "").strip()[:LONGEST]
        code = request.GET.get("item", "")
        item = item_coded(narrow(code).replace(" ", "").upper()) if code else None
        _answers, _guides, unit = similar_to(words)
        return Visitor(None, timezone.localdate()), Begun(request, words, item, unit=unit)

    def home(self, who: Visitor, subject: Begun) -> str:
        return reverse("portal:enquire")

    def act_at(self, who: Visitor, subject: Begun, name: str) -> str:
        return self.home(who, subject)

    def context(
        self, request: HttpRequest, who: Visitor, subject: Begun, **more: Any
    ) -> dict[str, Any]:
        answers, guides, _unit = similar_to(subject.words)
        return {
            "begun": subject,
            "answers": answers,
            "guides": guides,
            "item_name": version_in_force(subject.item.code, who.day) if subject.item else None,
            "limits": limits_on(who.day),
        }


new = NewEnquiry()


class EnquiryFollowed(Thing):
    """One question, to who holds its code; who is signed in stays out of it."""

    offers = ENQUIRY_ACTS
    kind = "enquiry"
    template = "portal/enquiries/enquiry.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Visitor, Enquiry]:
        enquiry = _held(request, where["number"])
        return Visitor(None, timezone.localdate(), holds=True), enquiry

    def home(self, who: Visitor, subject: Enquiry) -> str:
        return reverse("portal:enquiry", args=[subject.number])

    def context(
        self, request: HttpRequest, who: Visitor, subject: Enquiry, **more: Any
    ) -> dict[str, Any]:
        state = EnquiryState(subject.state)
        code = subject.code
        after = follow_up_of(subject)
        if after is not None:
            hold(request, after)
        return {
            "enquiry": subject,
            "state": state,
            "kind": KINDS[state],
            "opinion": subject.kind == EnquiryKind.OPINION,
            "code": "-".join(code[n : n + 4] for n in (0, 4, 8)),
            "answer": subject.answer if state in ANSWER_SEEN else "",
            "why": WhyClosed(subject.why_closed) if subject.why_closed else None,
            "taken": Taken(subject.taken)
            if subject.taken and state == EnquiryState.ANSWERED
            else None,
            "follow_up": after,
            "story": [(deed, EnquiryAct(deed.act)) for deed, _words in deeds_told(subject)],
        }


enquiry = EnquiryFollowed()
