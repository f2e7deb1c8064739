"""What an operator does with the keys of units: issue, exchange, end. 个人信息保护法 51."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.clients.actions import keys
from openhall.clients.permissions import may_issue_for
from openhall.clients.queries import Key
from openhall.clients.terms import KeyAct, Scope
from openhall.deeds.doing import Doing
from openhall.design.forms import DateInput
from openhall.desk.offers import Offer
from openhall.organs.fields import TextField
from openhall.organs.queries import Organ
from openhall.paging.keyset import Page


@dataclass(slots=True)
class Keys:
    """The keys on the page, and the units there are."""

    keys: Page[Key]
    units: list[Organ]


class IssueKey(Offer):
    """The whole key stands on the answer alone."""

    act, shows, tone = KeyAct.ISSUE, True, "primary"
    title = button = _("Issue a key")
    effect = _("The key is shown once. Hand it over so that nobody else reads it.")
    programme = TextField(label=_("What programme it is"), max_length=80)
    unit = forms.ChoiceField(label=_("Unit it belongs to"))
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), widget=forms.CheckboxSelectMultiple, required=False
    )
    good_until = forms.DateField(
        label=_("Good until"),
        widget=DateInput,
        help_text=_("A year at most; exchange it before it runs out."),
    )

    @classmethod
    def offered(cls, subject: Keys, who: Any) -> bool:
        return may_issue_for(who.account, who.organ, who.day)

    def ask(self) -> None:
        self.choose_rows("unit", self.subject.units)
        self.choose("scopes", [(one.value, one.said_in(get_language())) for one in Scope])
        self.initial["good_until"] = self.day + timedelta(days=365)

    def does(self, doing: Doing) -> dict[str, Any]:
        typed = self.cleaned_data
        key, whole = keys.issue(
            self.chosen("unit"), typed["programme"], typed["scopes"], typed["good_until"], doing
        )
        return {"made": key, "whole": whole}


class OnKey(Offer):
    """An act on one key that has not ended."""

    section = "keys"

    @classmethod
    def abouts(cls, subject: Keys, who: Any) -> Iterable[Any]:
        return [one for one in subject.keys if one.ended_at is None]

    @classmethod
    def part(cls, subject: Keys, key: str) -> Any:
        return next((one for one in subject.keys if cls.part_key(one) == key), None)

    @property
    def label(self) -> str:
        return f"{super().label}{_(': ')}{self.about.title} ({self.about.name})"


class ExchangeKey(OnKey):
    act, shows = KeyAct.ROTATE, True
    effect = _("A new key is shown once. The one before is good for another 24 hours.")

    def does(self, doing: Doing) -> dict[str, Any]:
        key, whole = keys.exchange(self.about.pk, doing)
        return {"made": key, "whole": whole}


class EndKey(OnKey):
    act, tone = KeyAct.END, "grave"
    effect = _("At once: it opens nothing more, and its webhooks end.")

    def does(self, doing: Doing) -> Any:
        return keys.end(self.about.pk, doing)


KEY_OFFERS: tuple[type[Offer], ...] = (IssueKey, ExchangeKey, EndKey)
