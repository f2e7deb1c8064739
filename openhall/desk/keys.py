"""Keys of programmes, one's own or a unit's: issue, exchange, end. 个人信息保护法 51."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.clients.actions import keys
from openhall.clients.permissions import is_good
from openhall.clients.queries import Key, hooks_of_keys
from openhall.clients.rules.scopes import scopes_named
from openhall.clients.terms import KeyAct, Scope
from openhall.deeds.doing import Doing
from openhall.design.forms import DateInput
from openhall.desk.offers import Offer
from openhall.organs.fields import TextField


class IssueKey(Offer):
    """The whole key stands on the answer alone."""

    act, shows, tone = KeyAct.ISSUE, True, "primary"
    title = button = _("Issue a key")
    days: ClassVar[int]  # that it is good for, unless another last day is typed
    programme = TextField(label=_("What programme it is for"), max_length=80)
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), widget=forms.CheckboxSelectMultiple
    )
    good_until = forms.DateField(
        label=_("Good until"),
        widget=DateInput,
        help_text=_("A year at most; exchange it before it runs out."),
    )

    def ask(self) -> None:
        self.choose("scopes", [(one.value, one.said_in(get_language())) for one in Scope])
        self.initial["good_until"] = self.day + timedelta(days=self.days)

    def holder(self) -> Any:
        """The unit the key belongs to; None: the person who issues it."""
        return None

    def does(self, doing: Doing) -> dict[str, Any]:
        typed = self.cleaned_data
        key, whole = keys.issue(
            self.holder(), typed["programme"], typed["scopes"], typed["good_until"], doing
        )
        return {"made": key, "whole": whole}


class OnKey(Offer):
    """An act on one key that has not ended."""

    section = "keys"

    @classmethod
    def abouts(cls, subject: Any, who: Any) -> Iterable[Any]:
        return [one for one in subject.keys if one.ended_at is None]

    @classmethod
    def part(cls, subject: Any, key: str) -> Any:
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
    done = _("The key has ended.")

    def does(self, doing: Doing) -> Any:
        return keys.end(self.about.pk, doing)


def key_rows(listed: Iterable[Key]) -> list[tuple[Any, ...]]:
    """Each key with what it may do, its webhooks, and whether it opens anything now."""
    found = list(listed)
    hooks, now = hooks_of_keys(found), timezone.now()
    return [
        (key, scopes_named(key.scopes), hooks.get(key.pk, []), is_good(key, now)) for key in found
    ]
