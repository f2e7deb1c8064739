"""One's own keys: a programme reads one's own cases, with what one gave it and no more."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy

from openhall.clients.actions import keys
from openhall.clients.permissions import is_good
from openhall.clients.queries import Key, hooks_of_keys, own_keys
from openhall.clients.rules.scopes import scopes_named
from openhall.clients.terms import KeyAct, Scope
from openhall.deeds.doing import Doing
from openhall.design.forms import DateInput
from openhall.desk.offers import Offer
from openhall.desk.pages import Subject
from openhall.organs.fields import TextField
from openhall.organs.queries import Account
from openhall.portal.acts import Visitor


@dataclass(slots=True)
class OwnKeys:
    """A person's keys, newest first."""

    account: Account
    keys: list[Key]


class Issue(Offer):
    """The whole key stands on the answer alone."""

    act, shows, tone = KeyAct.ISSUE, True, "primary"
    title = button = gettext_lazy("Issue a key")
    effect = gettext_lazy("The key is shown once. Whoever has it may do what you tick here.")
    programme = TextField(label=gettext_lazy("What programme it is for"), max_length=80)
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"), widget=forms.CheckboxSelectMultiple
    )
    good_until = forms.DateField(
        label=gettext_lazy("Good until"),
        widget=DateInput,
        help_text=gettext_lazy("A year at most."),
    )

    def ask(self) -> None:
        self.choose("scopes", [(one.value, one.said_in(get_language())) for one in Scope])
        self.initial["good_until"] = self.day + timedelta(days=90)

    def does(self, doing: Doing) -> dict[str, Any]:
        typed = self.cleaned_data
        key, whole = keys.issue(
            None, typed["programme"], typed["scopes"], typed["good_until"], doing
        )
        return {"made": key, "whole": whole}


class OnKey(Offer):
    """An act on one key that has not ended."""

    section = "keys"

    @classmethod
    def abouts(cls, subject: OwnKeys, who: Any) -> Iterable[Any]:
        return [one for one in subject.keys if one.ended_at is None]

    @classmethod
    def part(cls, subject: OwnKeys, key: str) -> Any:
        return next((one for one in subject.keys if cls.part_key(one) == key), None)

    @property
    def label(self) -> str:
        return f"{super().label}{gettext_lazy(': ')}{self.about.title}"


class Exchange(OnKey):
    act, shows = KeyAct.ROTATE, True
    effect = gettext_lazy("A new key is shown once. The one before is good for another 24 hours.")

    def does(self, doing: Doing) -> dict[str, Any]:
        key, whole = keys.exchange(self.about.pk, replace(doing, seen=None))
        return {"made": key, "whole": whole}


class End(OnKey):
    act, tone = KeyAct.END, "grave"
    effect = gettext_lazy("At once: it opens nothing more, and its webhooks end.")
    done = gettext_lazy("The key has ended.")

    def does(self, doing: Doing) -> Any:
        return keys.end(self.about.pk, replace(doing, seen=None))


class MyKeys(Subject):
    """The page of one's own keys."""

    offers = (Issue, Exchange, End)
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
        hooks, now = hooks_of_keys(subject.keys), timezone.now()
        rows = [
            (key, scopes_named(key.scopes), hooks.get(key.pk, []), is_good(key, now))
            for key in subject.keys
        ]
        return {"rows": rows}


page = login_required(MyKeys())
