"""What a leading desk arranges and sees: stand-ins, limited numbers, the board of all units."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.cases import actions
from openhall.cases.actions import Doing
from openhall.cases.behind import seated, stand_ins_of
from openhall.cases.board import STANDINGS, board, cases_behind
from openhall.cases.desks.told import standing_of
from openhall.cases.permissions import may_set_stand_in
from openhall.cases.queries import quotas_of
from openhall.cases.terms import BesideAct, LoadKind, Stage
from openhall.catalogue.queries import versions_in_force
from openhall.design.forms import DateInput
from openhall.design.words import called
from openhall.desk.offers import Offer
from openhall.desk.pages import existing
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.office.views.desk import queue_context
from openhall.organs.fields import TextField
from openhall.organs.queries import organ_named
from openhall.organs.terms import Desk
from openhall.paging.keyset import paged, place
from openhall.workdays.queries import calendar

HANDED_ON = {Desk.HANDLER.value, Desk.DECIDER.value, Desk.WINDOW.value, Desk.HEAD.value}


class NameStandIn(Offer):
    """Who is away, who acts for him, from when to when and why."""

    act, bare, tone = BesideAct.STAND_IN, True, "primary"
    button, done = gettext_lazy("Name the stand-in"), gettext_lazy("The stand-in is named.")
    absent = forms.ChoiceField(label=gettext_lazy("Who is away"))
    present = forms.ChoiceField(label=gettext_lazy("Who stands in"))
    since = forms.DateField(label=gettext_lazy("From"), widget=DateInput)
    until = forms.DateField(label=gettext_lazy("Last day"), widget=DateInput)
    reason = TextField(label=gettext_lazy("Reason"), max_length=200)

    def ask(self) -> None:
        posts = [one for one in seated(self.who.organ, self.day) if one.desk in HANDED_ON]
        self.posts = {str(one.pk): one for one in posts}
        language = get_language()
        for field in ("absent", "present"):
            self.choose(
                field,
                [
                    (pk, f"{one.account} · {Desk(one.desk).said_in(language)}")
                    for pk, one in self.posts.items()
                ],
            )

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        absent, present = (self.posts[typed[name]] for name in ("absent", "present"))
        return actions.set_stand_in(
            absent.account,
            present.account,
            self.who.organ,
            Desk(absent.desk),
            typed["since"],
            typed["until"],
            typed["reason"],
            doing,
        )


class SetQuota(Offer):
    """How many of an item there are in a period, and on what basis. 行政许可法 57."""

    act, bare, tone = BesideAct.LIMIT, True, "primary"
    button, done = gettext_lazy("Publish"), gettext_lazy("The number is published.")
    item = forms.ChoiceField(label=gettext_lazy("Matter"))
    since = forms.DateField(label=gettext_lazy("From"), widget=DateInput)
    until = forms.DateField(label=gettext_lazy("Last day"), widget=DateInput)
    number = forms.IntegerField(  # type: ignore[assignment]
        label=gettext_lazy("How many permits"), min_value=1
    )
    basis = TextField(label=gettext_lazy("Legal basis"), max_length=300)

    def ask(self) -> None:
        rows = versions_in_force(self.day).filter(item__organ=self.who.organ)
        self.items = {one.item.code: one for one in rows.order_by("item__code")}
        self.choose("item", [(code, called(one)) for code, one in self.items.items()])

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        return actions.set_quota(
            self.items[typed["item"]].item,
            typed["since"],
            typed["until"],
            typed["number"],
            typed["basis"],
            doing,
        )


class Arranged(DeskPage):
    """A page on which a decider or a head arranges something for the unit."""

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        seat = seat_at(request, where["organ"], where["desk"])
        if not may_set_stand_in(seat.account, seat.organ, seat.day):
            raise PermissionDenied(_("Deciders and heads arrange this for their unit."))
        return seat, None

    def context(
        self, request: HttpRequest, who: Seat, subject: None, **more: Any
    ) -> dict[str, Any]:
        return queue_context(request, who) | self.shows(who)

    def shows(self, seat: Seat) -> dict[str, Any]:
        raise NotImplementedError


class StandIns(Arranged):
    """Who acts for whom while he is away; shown on each event that is done so."""

    offers = (NameStandIn,)
    template, at = "office/stand_ins.html", "stand_ins"

    def shows(self, seat: Seat) -> dict[str, Any]:
        return {"stand_ins": [(one, Desk(one.desk)) for one in stand_ins_of(seat.organ, seat.day)]}


class Quotas(Arranged):
    """Limited numbers of the unit's items, and how many are granted. 行政许可法 57."""

    offers = (SetQuota,)
    template, at = "office/quotas.html", "quotas"

    def shows(self, seat: Seat) -> dict[str, Any]:
        return {"quotas": quotas_of(seat.organ)}


stand_ins, quotas = official(StandIns()), official(Quotas())


# Whose desk opens any case of the unit (``cases.permissions.may_open``).
OPENS_ANY = (Desk.WINDOW, Desk.DECIDER, Desk.HEAD)


def kind_of(request: HttpRequest) -> LoadKind | None:
    """What the cases wait for, as an address says it; None for all."""
    chosen = request.GET.get("kind", "")
    return LoadKind(chosen) if chosen in LoadKind.codes() else None


@official
@require_safe
def board_page(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """All units: overdue, near the day, on time, suspended; a sum over few rows."""
    seat = seat_at(request, organ, desk)
    kind = kind_of(request)
    context = {
        "seat": seat,
        "units": board(seat.figures_day, kind),
        "kinds": list(LoadKind),
        "kind": kind,
    }
    return render(request, "office/board.html", context)


WORDS = {
    "overdue": gettext_lazy("Overdue"),
    "near": gettext_lazy("Due today or tomorrow"),
    "on_time": gettext_lazy("On time"),
    "paused": gettext_lazy("Suspended"),
    "open": gettext_lazy("Open"),
}


@official
@require_safe
def board_cases(
    request: HttpRequest, organ: str, desk: str, code: str, standing: str
) -> HttpResponse:
    """The cases behind one number of the board: what the public reads of them, and no name."""
    seat = seat_at(request, organ, desk)
    if standing not in STANDINGS:
        raise Http404
    unit = existing(organ_named(code))
    kind = kind_of(request)
    rows = cases_behind(unit, standing, seat.figures_day, kind)
    days, own = calendar(), unit.pk == seat.organ.pk and seat.desk in OPENS_ANY
    context = queue_context(request, seat) | {
        "unit": unit,
        "standing": WORDS[standing],
        "kind": kind,
        "count": rows.count(),
        "own": own,
        "cases": paged(rows, ["pk"], place(request.GET)).map(
            lambda case: (case, Stage(case.stage), standing_of(case, seat.figures_day, days))
        ),
    }
    return render(request, "office/board_cases.html", context)
