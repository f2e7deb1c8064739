"""The central list kept by the Legal Affairs Office: its lines, its acts, the hollow phrases."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from openhall.catalogue.desk import entries
from openhall.catalogue.queries import (
    CatalogueEntry,
    all_entries,
    entry_coded,
    phrases_told,
    state_of,
)
from openhall.catalogue.terms import ItemKind, ItemState, ListAct, UseLevel
from openhall.desk.pages import Subject, existing
from openhall.office.acts.central_list import LINE_OFFERS, Add, AddPhrase, Merge, WithdrawPhrase
from openhall.office.seat import DeskPage, Seat, official
from openhall.office.views.catalogue import catalogue_seat, frame
from openhall.organs.terms import Desk
from openhall.paging.keyset import place


def _seat(request: HttpRequest, organ: str) -> Seat:
    return catalogue_seat(request, organ, Desk.LEGAL)


@official
@require_safe
def lines(request: HttpRequest, organ: str) -> HttpResponse:
    """Every line of the list, by code; ended ones with them, marked."""
    seat = _seat(request, organ)
    words = request.GET.get("q", "").strip()
    found = entries(all_entries(), words, place(request.GET))
    context = frame(seat, "list") | {
        "entries": found.map(
            lambda one: (one, ItemKind(one.kind), ItemState(state_of(one).on(seat.day)))
        ),
        "words": words,
    }
    return render(request, "office/catalogue/lines.html", context)


class ListPage(DeskPage):
    """A page of the central list: Legal Affairs alone sits there."""

    template, by_desk = "office/catalogue/line_new.html", False

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        return _seat(request, where["organ"]), None

    def content(self, who: Seat, subject: None) -> dict[str, Any]:
        return frame(who, "list") | {"title": self.offers[0].title}


class Adding(ListPage):
    """新增."""

    offers, at = (Add,), "catalogue_add"


class Merging(ListPage):
    """合并."""

    offers, at = (Merge,), "catalogue_merge"


class LineOnDesk(Subject):
    """One line: its elements, its units, its versions of the list, and the acts."""

    offers = LINE_OFFERS
    kind = "list"
    template = "office/catalogue/line.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, CatalogueEntry]:
        return _seat(request, where["organ"]), existing(entry_coded(where["code"]))

    def home(self, who: Seat, subject: CatalogueEntry) -> str:
        return reverse("office:catalogue_line", args=[who.organ.code, subject.code])

    def seq(self, subject: CatalogueEntry) -> int:
        """The version of the list that last touched the line."""
        return subject.list_version

    def content(self, who: Seat, subject: CatalogueEntry) -> dict[str, Any]:
        return frame(who, "list") | {
            "entry": subject,
            "kind": ItemKind(subject.kind),
            "level": UseLevel(subject.use_level),
            "state": ItemState(state_of(subject).on(who.day)),
            "items": subject.items.select_related("organ").order_by("code"),
            "came_from": subject.came_from.all(),
            "became": subject.became.all(),
            "versions": [
                (one, ListAct(one.act)) for one in subject.list_versions.select_related("actor")
            ],
        }


class Phrases(DeskPage):
    """The placeholder phrases: add one with its reason; each says who and when."""

    offers = (AddPhrase, WithdrawPhrase)
    template, at, by_desk = "office/catalogue/phrases.html", "catalogue_phrases", False

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        return _seat(request, where["organ"]), None

    def content(self, who: Seat, subject: None) -> dict[str, Any]:
        return frame(who, "phrases") | {
            "ended": [one for one in phrases_told() if one.withdrawn_at is not None]
        }


add, merge = official(Adding()), official(Merging())
line, phrases = official(LineOnDesk()), official(Phrases())
