"""Questions on the desk: the unit's queue, one question, what is asked by telephone, the limits."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.deeds.doing import Doing
from openhall.design.forms import CodeInput, DateInput
from openhall.desk.offers import NOTE, Offer, in_words, said
from openhall.desk.pages import Subject as Thing
from openhall.desk.pages import existing
from openhall.enquiries import actions
from openhall.enquiries.desks import DESKS
from openhall.enquiries.permissions import may_set_limits
from openhall.enquiries.queries import (
    NUMBERS,
    Enquiry,
    at_desk,
    deeds_told,
    enquiry_numbered,
    follow_up_of,
    limit_versions,
    limits_on,
)
from openhall.enquiries.rules.asking import TEXT_AT_MOST, TITLE_AT_MOST
from openhall.enquiries.rules.lifecycle import OPEN
from openhall.enquiries.rules.limits import Limits, days_over
from openhall.enquiries.terms import CameBy, EnquiryAct, EnquiryKind, EnquiryState, ToldBy
from openhall.office.acts.enquiries import ENQUIRY_OFFERS, UNITS
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.office.views.desk import queue_context
from openhall.organs.fields import TextField
from openhall.organs.queries import organs_of
from openhall.organs.terms import Desk
from openhall.outbox.rules.addresses import masked
from openhall.outbox.terms import Channel
from openhall.paging.keyset import paged, place
from openhall.vault.rules.masks import mask_name
from openhall.versions.terms import VersionAct
from openhall.workdays.queries import calendar

KINDS = {
    EnquiryState.TO_ASSIGN: "waiting",
    EnquiryState.WITH_UNIT: "info",
    EnquiryState.TO_CLARIFY: "waiting",
    EnquiryState.DRAFTED: "warning",
    EnquiryState.ANSWERED: "on_time",
    EnquiryState.CLOSED: "refused",
    EnquiryState.WITHDRAWN: "closed",
    EnquiryState.LAPSED: "closed",
}
TAKING = (Desk.WINDOW, Desk.CENTRE_MANAGER)
CHANNELS = {ToldBy.SMS.value: Channel.SMS, ToldBy.EMAIL.value: Channel.EMAIL}


def asked_here(request: HttpRequest, organ: str, desk: str) -> Seat:
    """The seat of a desk that has a part in questions; others have no such page."""
    seat = seat_at(request, organ, desk)
    if seat.desk not in DESKS:
        raise PermissionDenied(_("This desk answers no questions."))
    return seat


def row_of(enquiry: Enquiry, seat: Seat) -> dict[str, Any]:
    """A question as lists show it."""
    state = EnquiryState(enquiry.state)
    over = days_over(enquiry.due, seat.figures_day, calendar()) if state in OPEN else 0
    return {"enquiry": enquiry, "state": state, "kind": KINDS[state], "over": over}


@official
@require_safe
def listing(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """What is owed, the first to run out at the top; or one state, newest first."""
    seat = asked_here(request, organ, desk)
    asked = request.GET.get("state", "")
    state = EnquiryState(asked) if asked in EnquiryState.codes() else None
    order = ("due", "pk") if state is None else ("-pk",)
    rows = paged(at_desk(seat.organ, state), order, place(request.GET))
    context = queue_context(request, seat) | {
        "rows": rows.map(lambda one: row_of(one, seat)),
        "states": [(one, one == state, urlencode({"state": one.value})) for one in EnquiryState],
        "any_state": (state is None, ""),
        "takes": seat.desk in TAKING,
        "limits": limits_on(seat.day),
    }
    return render(request, "office/enquiries/list.html", context)


class EnquiryOnDesk(Thing):
    """One question; the name of who asks and the address are masked."""

    offers = ENQUIRY_OFFERS
    kind = "enquiry"
    template = "office/enquiries/enquiry.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Enquiry]:
        seat = asked_here(request, where["organ"], where["desk"])
        enquiry = existing(enquiry_numbered(where["number"]))
        if enquiry.organ_id != seat.organ.pk:
            raise PermissionDenied(_("This question is not with your unit."))
        return seat, enquiry

    def home(self, who: Seat, subject: Enquiry) -> str:
        return reverse("office:enquiry", args=[who.organ.code, who.desk, subject.number])

    def context(
        self, request: HttpRequest, who: Seat, subject: Enquiry, **more: Any
    ) -> dict[str, Any]:
        channel = CHANNELS.get(subject.told_by)
        return (
            queue_context(request, who)
            | row_of(subject, who)
            | {
                "came_by": CameBy(subject.came_by),
                "name": mask_name(subject.name) if subject.name else "",
                "address": masked(channel, subject.address) if channel else "",
                "opinion": subject.kind == EnquiryKind.OPINION,
                "most": limits_on(who.day).transfers,
                "follow_up": follow_up_of(subject),
                "story": [
                    (deed, EnquiryAct(deed.act), words) for deed, words in deeds_told(subject)
                ],
            }
        )


enquiry = official(EnquiryOnDesk())


class Take(Offer):
    """What somebody asks by telephone or at the counter, written down for them."""

    act, bare, tone = EnquiryAct.ASK, True, "primary"
    title = gettext_lazy("Write down a question")
    button = gettext_lazy("Write it down")
    done = gettext_lazy("It is written down. Tell the person the number and the code.")
    came_by = forms.ChoiceField(label=gettext_lazy("How it came"), widget=forms.RadioSelect)
    subject_line = TextField(label=gettext_lazy("The question"), max_length=TITLE_AT_MOST)
    text = TextField(label=gettext_lazy("The circumstances"), widget=NOTE, max_length=TEXT_AT_MOST)
    organ = forms.ChoiceField(label=gettext_lazy("Unit that answers"), required=False)
    name = TextField(label=gettext_lazy("Name, if the person gives it"), required=False)
    told_by = forms.ChoiceField(
        label=gettext_lazy("How the person is told"), widget=forms.RadioSelect
    )
    address = TextField(  # type: ignore[assignment]
        label=gettext_lazy("Mobile number or e-mail"), required=False, widget=CodeInput
    )
    may_publish = forms.BooleanField(
        label=gettext_lazy("The person agrees that it is published without who asks"),
        required=False,
    )

    def ask(self) -> None:
        self.choose("came_by", said(CameBy, (CameBy.PHONE, CameBy.COUNTER)))
        self.choose("told_by", said(ToldBy))
        self.initial.update({"came_by": CameBy.PHONE.value, "told_by": ToldBy.NONE.value})
        self.choose_rows("organ", organs_of(UNITS), _("Not known: the service centre finds it"))
        if self.who.desk == Desk.WINDOW:
            self.initial["organ"] = str(self.who.organ.pk)

    def refuse(self, refusal: Any) -> None:
        """The act's title is the question in one sentence; an offer's title is its own name."""
        for fault in refusal.faults or (refusal,):
            field = "subject_line" if fault.field == "title" else fault.field
            self.add_error(field if field in self.fields else None, in_words(fault))

    def does(self, doing: Doing) -> Enquiry:
        typed = self.cleaned_data
        return actions.ask(
            actions.Asked(
                typed["subject_line"],
                typed["text"],
                organ=self.chosen("organ"),
                came_by=CameBy(typed["came_by"]),
                name=typed["name"],
                told_by=ToldBy(typed["told_by"]),
                address=typed["address"],
                may_publish=typed["may_publish"],
                language=get_language() or "zh",
            ),
            doing,
        )

    def goes_to(self, left: Enquiry) -> str:
        args = [self.who.organ.code, self.who.desk.value, left.number]
        return reverse("office:enquiry_taken", args=args)


class Taking(DeskPage):
    """The form at the counter."""

    offers = (Take,)
    template, at = "office/enquiries/take.html", "enquiry_take"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        seat = seat_at(request, where["organ"], where["desk"])
        if seat.desk not in TAKING:
            raise PermissionDenied(_("Windows and the centre write down what is asked."))
        return seat, None

    def context(
        self, request: HttpRequest, who: Seat, subject: None, **more: Any
    ) -> dict[str, Any]:
        return queue_context(request, who)


take = official(Taking())


@official
@require_safe
def taken(request: HttpRequest, organ: str, desk: str, number: str) -> HttpResponse:
    """The number and the code, for the person at the telephone; only who wrote it down sees it."""
    seat = seat_at(request, organ, desk)
    found = existing(enquiry_numbered(number))
    first = deeds_told(found)[0][0]
    if first.actor_id != seat.account.pk or found.state not in (
        EnquiryState.WITH_UNIT,
        EnquiryState.TO_ASSIGN,
    ):
        raise PermissionDenied(_("The code is shown only to who wrote the question down."))
    code = found.code
    context = queue_context(request, seat) | {
        "enquiry": found,
        "code": "-".join(code[n : n + 4] for n in (0, 4, 8)),
    }
    return render(request, "office/enquiries/taken.html", context)


# ------------------------------------------------------------------------------------ limits
class SetLimits(Offer):
    """From when, how many days, on which document."""

    act, tone = VersionAct.PUBLISH, "grave"
    title = gettext_lazy("Set other limits")
    effect = gettext_lazy("What was asked before that day keeps the last day it was given.")
    done = gettext_lazy("Written, and in the public log.")
    since = forms.DateField(label=gettext_lazy("First day in force"), widget=DateInput)
    answer_days = forms.IntegerField(
        label=gettext_lazy("Working days to answer"), min_value=1, max_value=90
    )
    clarify_days = forms.IntegerField(
        label=gettext_lazy("Working days for the asker to add something"),
        min_value=1,
        max_value=90,
    )
    transfers = forms.IntegerField(
        label=gettext_lazy("Transfers at most"), min_value=0, max_value=9
    )
    call_days = forms.IntegerField(
        label=gettext_lazy("Days a call for opinions is open at least"), min_value=7, max_value=180
    )
    report_days = forms.IntegerField(
        label=gettext_lazy("Working days until its report"), min_value=1, max_value=180
    )
    basis = TextField(
        label=gettext_lazy("Name and number of the document it rests on"), max_length=300
    )

    def ask(self) -> None:
        now = limits_on(self.day)
        self.initial.update({name: getattr(now, name) for name in NUMBERS if name != "basis"})

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        limits = Limits(**{name: typed[name] for name in NUMBERS})
        return actions.set_limits(limits, typed["since"], doing)


class LimitsPage(DeskPage):
    """The limits in force, those before, and the next."""

    offers = (SetLimits,)
    template, at, by_desk = "office/enquiries/limits.html", "answer_limits", False

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        seat = seat_at(request, where["organ"], Desk.GOVERNMENT_OFFICE.value)
        if not may_set_limits(seat.account, seat.day):
            raise PermissionDenied(_("The office of the government sets this."))
        return seat, None

    def content(self, who: Seat, subject: None) -> dict[str, Any]:
        return {"seat": who, "now": limits_on(who.day), "versions": list(limit_versions())}


limits = official(LimitsPage())
