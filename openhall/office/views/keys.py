"""The keys of programmes that read and act for units: the operator's page."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from openhall.clients.permissions import may_issue_for
from openhall.clients.queries import Key, keys_of_units
from openhall.desk.keys import EndKey, ExchangeKey, IssueKey, key_rows
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.organs.queries import Organ, open_organs
from openhall.organs.terms import Desk
from openhall.paging.keyset import Page, place


@dataclass(slots=True)
class Keys:
    """The keys on the page, and the units there are."""

    keys: Page[Key]
    units: list[Organ]


class IssueForUnit(IssueKey):
    effect = _("The key is shown once. Hand it over so that nobody else reads it.")
    days = 365
    unit = forms.ChoiceField(label=_("Unit it belongs to"))
    field_order = ("programme", "unit", "scopes", "good_until")

    @classmethod
    def offered(cls, subject: Keys, who: Any) -> bool:
        return may_issue_for(who.account, who.organ, who.day)

    def ask(self) -> None:
        super().ask()
        self.fields["scopes"].required = False
        self.choose_rows("unit", self.subject.units)

    def holder(self) -> Any:
        return self.chosen("unit")


class UnitKeys(DeskPage):
    """Every key of a unit with its scopes and webhooks."""

    offers = (IssueForUnit, ExchangeKey, EndKey)
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
        return {"seat": who, "rows": subject.keys.of(key_rows(subject.keys))}


page = official(UnitKeys())
