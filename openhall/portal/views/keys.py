"""One's own keys: a programme reads one's own cases, with what one gave it and no more."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openhall.clients.queries import Key, own_keys
from openhall.desk.keys import EndKey, ExchangeKey, IssueKey, key_rows
from openhall.desk.pages import Subject
from openhall.organs.queries import Account
from openhall.portal.acts import Visitor


@dataclass(slots=True)
class OwnKeys:
    """A person's keys, newest first."""

    account: Account
    keys: list[Key]


class IssueOwn(IssueKey):
    effect = _("The key is shown once. Whoever has it may do what you tick here.")
    days = 90


class MyKeys(Subject):
    """The page of one's own keys."""

    offers = (IssueOwn, ExchangeKey, EndKey)
    kind = "client-key"
    template = "portal/open/keys.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Visitor, OwnKeys]:
        account = request.user
        assert isinstance(account, Account)
        return Visitor(account, timezone.localdate()), OwnKeys(account, own_keys(account))

    def home(self, who: Visitor, subject: OwnKeys) -> str:
        return reverse("portal:own_keys")

    def seq(self, subject: OwnKeys) -> None:
        return None

    def shown(
        self, request: HttpRequest, who: Visitor, subject: OwnKeys, **more: Any
    ) -> HttpResponse:
        if "whole" in more:  # the list as it is after the act
            subject.keys = own_keys(subject.account)
        return super().shown(request, who, subject, **more)

    def content(self, who: Visitor, subject: OwnKeys) -> dict[str, Any]:
        return {"rows": key_rows(subject.keys)}


page = login_required(MyKeys())
