"""Swapping shifts: asked by one, agreed by the other, confirmed by who manages the hall. A9."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openhall.deeds.doing import Doing
from openhall.desk.offers import Offer
from openhall.hall.actions import duty
from openhall.hall.queries import Duty
from openhall.hall.terms import DutyAct


def shift_said(one: Duty) -> str:
    """A shift in one line."""
    when = f"{one.day.isoformat()} {one.starts:%H:%M}–{one.ends:%H:%M}"
    window = str(_("window %(n)s")) % {"n": one.window.number}
    return f"{when} {window} {one.account}"


@dataclass(slots=True)
class Shifts:
    """My shifts to come, those of colleagues, and who asks to swap with me."""

    mine: list[Duty] = field(default_factory=list)
    others: dict[int, list[Duty]] = field(default_factory=dict)  # hall → shifts
    asked: list[Duty] = field(default_factory=list)


class AskSwap(Offer):
    """Ask a colleague."""

    act, section = DutyAct.ASK_SWAP, "mine"
    effect = _("Nothing changes until they agree and the management confirms.")
    other = forms.ChoiceField(label=_("Their shift"))

    @classmethod
    def abouts(cls, subject: Shifts, who: Any) -> Iterable[Any]:
        return [
            one
            for one in subject.mine
            if one.swap_with_id is None and subject.others.get(one.hall_id)
        ]

    @classmethod
    def part(cls, subject: Shifts, key: str) -> Any:
        return next((one for one in subject.mine if cls.part_key(one) == key), None)

    @property
    def label(self) -> str:
        return f"{super().label}{_(': ')}{shift_said(self.about)}"

    def ask(self) -> None:
        theirs = self.subject.others.get(self.about.hall_id, [])
        self.by_pk = {str(one.pk): one for one in theirs}
        self.choose("other", [(pk, shift_said(one)) for pk, one in self.by_pk.items()])

    def does(self, doing: Doing) -> Any:
        return duty.ask_swap(self.about.pk, self.by_pk[self.cleaned_data["other"]], doing)


class OnAsked(Offer):
    """About a swap that a colleague asks for."""

    section, bare = "asked", True

    @classmethod
    def abouts(cls, subject: Shifts, who: Any) -> Iterable[Any]:
        return [one for one in subject.asked if not one.swap_agreed]

    @classmethod
    def part(cls, subject: Shifts, key: str) -> Any:
        rows = [*subject.asked, *subject.mine]
        return next((one for one in rows if cls.part_key(one) == key), None)

    @property
    def button(self) -> str:
        return f"{super().label}{_(': ')}{shift_said(self.about)}"


class AgreeSwap(OnAsked):
    """Yes; the management confirms."""

    act, tone = DutyAct.AGREE, "primary"

    def does(self, doing: Doing) -> Any:
        return duty.agree_swap(self.about.pk, doing)


class DeclineSwap(OnAsked):
    """No, or who asked takes it back."""

    act = DutyAct.KEEP

    @classmethod
    def abouts(cls, subject: Shifts, who: Any) -> Iterable[Any]:
        return [*subject.asked, *(one for one in subject.mine if one.swap_with_id)]

    @property
    def button(self) -> str:
        if self.about in self.subject.mine:
            return f"{_('Take the request back')}{_(': ')}{shift_said(self.about)}"
        return super().button

    def does(self, doing: Doing) -> Any:
        return duty.keep_shift(self.about.pk, doing)


SHIFT_OFFERS: tuple[type[Offer], ...] = (AskSwap, AgreeSwap, DeclineSwap)


class OnSwap(Offer):
    """About a swap that two agreed on, for the management."""

    section, bare = "swaps", True

    @classmethod
    def abouts(cls, subject: Any, who: Any) -> Iterable[Any]:
        return subject.swaps

    @classmethod
    def part(cls, subject: Any, key: str) -> Any:
        return next((one for one in subject.swaps if cls.part_key(one) == key), None)

    @property
    def button(self) -> str:
        both = f"{shift_said(self.about)} ⇄ {shift_said(self.about.swap_with)}"
        return f"{super().label}{_(': ')}{both}"


class ConfirmSwap(OnSwap):
    """Both shifts change hands at once."""

    act, tone = DutyAct.SWAP, "primary"

    def does(self, doing: Doing) -> Any:
        return duty.confirm_swap(self.about.pk, doing)


class RefuseSwap(OnSwap):
    """Each keeps their shift."""

    act = DutyAct.KEEP

    def does(self, doing: Doing) -> Any:
        return duty.keep_shift(self.about.pk, doing)


SWAP_OFFERS: tuple[type[Offer], ...] = (ConfirmSwap, RefuseSwap)
