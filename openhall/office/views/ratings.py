"""Bad ratings on the desk: assigned, verified, put right, revisited; and what a centre copies.

Who rated is shown to nobody; the case only to whom it was given to verify, and to supervision.
"""

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

from openhall.appraisal import actions
from openhall.appraisal.forms import RatingForm
from openhall.appraisal.queries import Rating, bad_ratings, deeds_told, rating_numbered
from openhall.appraisal.rules.packs import pack_called
from openhall.appraisal.terms import (
    BadReason,
    Ground,
    RatingAct,
    RatingSource,
    RatingState,
    Satisfaction,
    ServedStage,
)
from openhall.cases.public import number_of_case
from openhall.cases.queries import case_numbered
from openhall.deeds.doing import Doing
from openhall.design.forms import CodeInput
from openhall.desk.offers import Offer, said
from openhall.desk.pages import Subject as Thing
from openhall.desk.pages import existing
from openhall.office.acts.ratings import RATING_OFFERS
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.office.views.desk import queue_context
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.paging.keyset import paged, place

OUTSIDE = (Desk.CENTRE_MANAGER, Desk.SUPERVISION)
INSIDE = (Desk.HEAD, Desk.HANDLER, Desk.DECIDER, Desk.WINDOW)
KINDS = {
    RatingState.COUNTED: "on_time",
    RatingState.RECEIVED: "waiting",
    RatingState.ASSIGNED: "info",
    RatingState.VERIFIED: "warning",
    RatingState.OBJECTED: "warning",
    RatingState.FED_BACK: "waiting",
    RatingState.CLOSED: "closed",
    RatingState.SET_ASIDE: "closed",
}


def rated_here(request: HttpRequest, organ: str, desk: str) -> Seat:
    """The seat of a desk that has a part in bad ratings."""
    seat = seat_at(request, organ, desk)
    if seat.desk not in (*OUTSIDE, *INSIDE):
        raise PermissionDenied(_("This desk has no part in ratings."))
    return seat


def _row(rating: Rating, seat: Seat) -> dict[str, Any]:
    language, state = get_language(), RatingState(rating.state)
    return {
        "rating": rating,
        "level": Satisfaction(str(rating.score)),
        "state": state,
        "kind": KINDS[state],
        "reasons": [BadReason(one).said_in(language) for one in rating.reasons],
        "over": rating.due is not None and rating.due < seat.figures_day,
    }


@official
@require_safe
def listing(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """A head sees the unit's; who verifies, what was given to them; from outside, every unit's."""
    seat = rated_here(request, organ, desk)
    asked = request.GET.get("state", "")
    state = RatingState(asked) if asked in RatingState.codes() else None
    rows = bad_ratings(
        organ=None if seat.desk in OUTSIDE else seat.organ,
        state=state,
        mine=None if seat.desk in (*OUTSIDE, Desk.HEAD) else seat.account,
    )
    states = [one for one in RatingState if one != RatingState.COUNTED]
    context = queue_context(request, seat) | {
        "rows": paged(rows, ("due", "pk"), place(request.GET)).map(lambda one: _row(one, seat)),
        "states": [(one, one == state, urlencode({"state": one.value})) for one in states],
        "any_state": (state is None, ""),
        "copies": seat.desk == Desk.CENTRE_MANAGER,
    }
    return render(request, "office/ratings/list.html", context)


class RatingOnDesk(Thing):
    """One bad rating."""

    offers = RATING_OFFERS
    kind = "rating"
    template = "office/ratings/rating.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Rating]:
        seat = rated_here(request, where["organ"], where["desk"])
        rating = existing(rating_numbered(where["number"]))
        theirs = rating.organ_id == seat.organ.pk and (
            seat.desk == Desk.HEAD or rating.assigned_to_id == seat.account.pk
        )
        if rating.score >= 3 or not (seat.desk in OUTSIDE or theirs):
            raise PermissionDenied(_("This rating is not given to you."))
        return seat, rating

    def home(self, who: Seat, subject: Rating) -> str:
        return reverse("office:rating", args=[who.organ.code, who.desk, subject.number])

    def goes_on(self, request: HttpRequest, who: Seat, subject: Rating, tried: Offer) -> str:
        return reverse("office:ratings", args=[who.organ.code, who.desk.value])

    def context(
        self, request: HttpRequest, who: Seat, subject: Rating, **more: Any
    ) -> dict[str, Any]:
        knows = who.desk == Desk.SUPERVISION or subject.assigned_to_id == who.account.pk
        return (
            queue_context(request, who)
            | _row(subject, who)
            | {
                "case": subject.served if knows else None,
                "matter": subject.served.item_version,
                "source": RatingSource(subject.source),
                "pack": pack_called(subject.pack),
                "ground": Ground(subject.ground) if subject.ground else None,
                "story": [
                    (deed, RatingAct(deed.act), words) for deed, words in deeds_told(subject)
                ],
            }
        )


rating = official(RatingOnDesk())


class Copy(RatingForm, Offer):
    """A paper slip, or a call to the hotline, copied as it was said."""

    act, bare, tone = RatingAct.RATE, True, "primary"
    title = gettext_lazy("Copy a paper slip or a call")
    button, done = gettext_lazy("Copy it"), gettext_lazy("It is counted.")
    case = TextField(label=gettext_lazy("Number of the case"), widget=CodeInput, max_length=80)
    stage = forms.ChoiceField(label=gettext_lazy("What is rated"))
    source = forms.ChoiceField(label=gettext_lazy("How it came"))
    field_order = ("case", "stage", "source", "satisfaction", "reasons", "comment")

    def ask(self) -> None:
        self.choose("stage", said(ServedStage))
        self.initial["stage"] = ServedStage.DELIVERY.value
        self.choose("source", said(RatingSource, (RatingSource.PAPER, RatingSource.HOTLINE)))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        number = number_of_case(typed.get("case", ""))
        typed["found"] = case_numbered(number) if number else None
        if typed.get("case") and typed["found"] is None:
            self.add_error("case", _("No case has this number. Compare it with the slip."))
        return typed

    def does(self, doing: Doing) -> Rating:
        typed = self.cleaned_data
        return actions.rate(
            typed["found"].pk,
            Satisfaction(typed["satisfaction"]),
            [BadReason(reason) for reason in typed["reasons"]],
            typed["comment"],
            RatingSource(typed["source"]),
            doing,
            stage=ServedStage(typed["stage"]),
        )


class Copying(DeskPage):
    """What the centre copies."""

    offers = (Copy,)
    template, at = "office/ratings/copy.html", "rating_copy"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        seat = seat_at(request, where["organ"], where["desk"])
        if seat.desk != Desk.CENTRE_MANAGER:
            raise PermissionDenied(_("Only a centre copies slips and calls."))
        return seat, None

    def context(
        self, request: HttpRequest, who: Seat, subject: None, **more: Any
    ) -> dict[str, Any]:
        return queue_context(request, who)


copy = official(Copying())
