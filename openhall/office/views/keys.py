"""The keys of programmes that read and act for units: the operator's page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from openhall.clients.permissions import is_good
from openhall.clients.queries import hooks_of_keys, keys_of_units
from openhall.clients.rules.scopes import scopes_named
from openhall.office.acts.keys import KEY_OFFERS, Keys
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.organs.queries import open_organs
from openhall.organs.terms import Desk
from openhall.paging.keyset import place


class UnitKeys(DeskPage):
    """Every key of a unit with its scopes and webhooks."""

    offers = KEY_OFFERS
    kind = "client-key"
    template, at, by_desk = "office/outbox/keys.html", "operator_keys", False

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Keys]:
        seat = seat_at(request, where["organ"], Desk.OPERATOR.value)
        found = keys_of_units(place(request.GET))
        return seat, Keys(found, list(open_organs(seat.day)))

    def seq(self, subject: Any) -> None:
        return None

    def shown(self, request: HttpRequest, who: Seat, subject: Keys, **more: Any) -> HttpResponse:
        if "whole" in more:  # the list as it is after the act
            subject.keys = keys_of_units(place(request.GET))
        return super().shown(request, who, subject, **more)

    def content(self, who: Seat, subject: Keys) -> dict[str, Any]:
        hooks, now = hooks_of_keys(subject.keys), timezone.now()
        rows = subject.keys.map(
            lambda key: (key, scopes_named(key.scopes), hooks.get(key.pk, []), is_good(key, now))
        )
        return {"seat": who, "rows": rows}


page = official(UnitKeys())
