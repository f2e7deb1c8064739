"""What a person at an oversight desk may do to the thing before them, as short forms.

Each offer asks for at most one text and one choice, says its effect, and hands what was typed to
one act; the act decides.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openhall.deeds.doing import Doing
from openhall.deeds.keys import within
from openhall.deeds.refusals import Moved, Refused
from openhall.deeds.sent import key_of
from openhall.glossary import Term
from openhall.office.seat import Seat


class OfferForm(forms.Form):
    """The text and the choice of one act, as far as it asks for them."""

    def __init__(self, offer: "Offer", typed: Any = None) -> None:
        super().__init__(typed, prefix=offer.act.value)
        if offer.choices:
            self.fields["choice"] = forms.ChoiceField(
                label=offer.choice_label, choices=[(c, n) for c, n in offer.choices]
            )
        if offer.asks:
            self.fields["words"] = forms.CharField(
                label=offer.asks,
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text=offer.hint,
            )


@dataclass(frozen=True)
class Offer:
    """One act as it is offered; ``does`` takes the text, the choice and the doing."""

    act: Term
    effect: str
    does: Callable[[str, str, Doing], Any]
    asks: str = ""
    hint: str = ""
    choice_label: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    tone: str = "plain"


@dataclass(frozen=True)
class Shown:
    """An offer with its form, fresh or as it was refused."""

    offer: Offer
    form: OfferForm
    open: bool = False


def shown(offers: Iterable[Offer], tried: Shown | None = None) -> list[Shown]:
    """The offers as forms; the one that was tried keeps what was typed and what was wrong."""
    return [
        tried
        if tried is not None and tried.offer.act == offer.act
        else Shown(offer, OfferForm(offer))
        for offer in offers
    ]


def said(words: Iterable[Term]) -> tuple[tuple[str, str], ...]:
    """Terms to choose from, in the language of the page."""
    return tuple((word.value, word.said_in(get_language())) for word in words)


def perform(
    request: HttpRequest, seat: Seat, offers: Iterable[Offer], act: str
) -> tuple[Shown | None, int]:
    """Do the act that was posted. None when it was done; else the form with its fault, and 4xx."""
    offer = next((one for one in offers if one.act.value == act), None)
    if offer is None:
        messages.warning(request, _("This is not to be done here now. The page was read again."))
        return None, 409
    form = OfferForm(offer, request.POST)
    if not form.is_valid():
        return Shown(offer, form, open=True), 422
    doing = Doing(seat.account, timezone.now(), within(key_of(request), act), seat.desk.value)
    typed = form.cleaned_data
    try:
        offer.does(typed.get("words", ""), typed.get("choice", ""), doing)
    except Refused as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, refusal.message)
        return Shown(offer, form, open=True), 409 if isinstance(refusal, Moved) else 422
    messages.success(request, _("Done: %(act)s") % {"act": offer.act.said_in(get_language())})
    return None, 302
