"""What those who manage a hall do with its machines: register, lock, another key, take away. E1."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from openhall.deeds.doing import Doing
from openhall.design.words import called
from openhall.desk.offers import Offer, said
from openhall.hall.actions import kiosks
from openhall.hall.queries import Hall, Kiosk, Window
from openhall.hall.terms import KioskAct, KioskKind
from openhall.organs.fields import TextField


@dataclass(slots=True)
class Machines:
    """A hall with its machines."""

    hall: Hall
    kiosks: list[Kiosk] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)


class RegisterKiosk(Offer):
    """A machine is known by its key; the line to copy is shown by the machine itself."""

    act = KioskAct.REGISTER
    effect = _("From then on what this machine signs counts: it gives tickets of this hall.")
    kind = forms.ChoiceField(label=_("Kind of machine"), widget=forms.RadioSelect)
    name = TextField(label=_("Place of the machine"), max_length=60)
    window = forms.ChoiceField(label=_("Window, of a rating pad"), required=False)
    public_key = TextField(
        label=_("Public key of the machine"),
        max_length=60,
        help_text=_("44 signs, shown by `python -m openhall.terminal key` on the machine."),
    )
    idle_seconds = forms.IntegerField(
        label=_("Seconds without a touch until it asks"), min_value=15, max_value=60, initial=45
    )

    def ask(self) -> None:
        self.choose("kind", said(KioskKind))
        self.rows_of = {str(one.pk): one for one in self.subject.windows}
        named = [(pk, f"{one.number} {called(one)}") for pk, one in self.rows_of.items()]
        self.choose("window", [("", "—"), *named])

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        return kiosks.register(
            self.subject.hall,
            KioskKind(typed["kind"]),
            typed["name"],
            typed["public_key"],
            doing,
            window=self.rows_of.get(typed["window"]),
            idle_seconds=typed["idle_seconds"],
        )


class OnKiosk(Offer):
    """An act on one machine that stands."""

    section = "machines"

    @classmethod
    def fits(cls, kiosk: Kiosk) -> bool:
        return not kiosk.retired

    @classmethod
    def abouts(cls, subject: Machines, who: Any) -> Iterable[Any]:
        return [one for one in subject.kiosks if cls.fits(one)]

    @classmethod
    def part(cls, subject: Machines, key: str) -> Any:
        return next((one for one in subject.kiosks if cls.part_key(one) == key), None)

    @property
    def label(self) -> str:
        # Its row says which machine it is; who hears the button alone hears it too.
        what, which = super().label, f"{self.about.name} {self.about.code}"
        return format_html('{}<span class="visually-hidden">{}{}</span>', what, _(": "), which)


class LockKiosk(OnKiosk):
    """It serves nobody until it is unlocked."""

    act, tone = KioskAct.LOCK, "grave"
    effect = _("With its next heartbeat, within half a minute, it shows where else to go.")
    why = TextField(label=_("Why, shown on its screen"), max_length=200)

    @classmethod
    def fits(cls, kiosk: Kiosk) -> bool:
        return not kiosk.retired and not kiosk.locked

    def does(self, doing: Doing) -> Any:
        return kiosks.lock(self.about.pk, self.cleaned_data["why"], doing)


class UnlockKiosk(OnKiosk):
    """It serves again."""

    act, bare = KioskAct.UNLOCK, True

    @classmethod
    def fits(cls, kiosk: Kiosk) -> bool:
        return not kiosk.retired and kiosk.locked

    @property
    def button(self) -> str:
        return self.label

    def does(self, doing: Doing) -> Any:
        return kiosks.unlock(self.about.pk, doing)


class RekeyKiosk(OnKiosk):
    """Its disk was replaced."""

    act, seldom = KioskAct.REKEY, True
    effect = _("What its old key signs counts no more. Numbers it held are not given again.")
    public_key = TextField(label=_("Public key of the machine"), max_length=60)

    def does(self, doing: Doing) -> Any:
        return kiosks.rekey(self.about.pk, self.cleaned_data["public_key"], doing)


class RetireKiosk(OnKiosk):
    """It is taken away."""

    act, seldom, tone = KioskAct.RETIRE, True, "grave"
    effect = _("It is not used again; tickets it gave stay as they are.")

    def does(self, doing: Doing) -> Any:
        return kiosks.retire(self.about.pk, doing)


KIOSK_OFFERS: tuple[type[Offer], ...] = (
    RegisterKiosk,
    LockKiosk,
    UnlockKiosk,
    RekeyKiosk,
    RetireKiosk,
)
