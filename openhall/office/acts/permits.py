"""What is done to a permit after it was issued: asked for, decided, ended. 行政许可法 49–70."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from openhall.cases.actions import Doing
from openhall.desk.offers import NOTE, Offer, said
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.permits.actions import permits
from openhall.permits.queries import Permit
from openhall.permits.terms import (
    CancellationGround,
    LicenceAct,
    LicenceState,
    RequestKind,
    RevocationGround,
)


class PermitOffer(Offer):
    """One act on a permit."""

    act: ClassVar[LicenceAct]
    desks = (Desk.DECIDER,)
    done = _("Done for permit %(number)s")

    @property
    def pk(self) -> int:
        pk: int = self.subject.licence.pk
        return pk

    def said_done(self) -> str:
        return str(self.done) % {"number": self.subject.licence.number}


def _may_be_asked(permit: Permit) -> bool:
    return permit.state == LicenceState.VALID and permit.request is None


class AskRenewal(PermitOffer):
    act, desks, tone = LicenceAct.ASK_RENEWAL, (Desk.WINDOW,), "primary"
    effect = _("Undecided on its last day, the permit is deemed renewed.")

    @classmethod
    def offered(cls, subject: Permit, who: Any) -> bool:
        return _may_be_asked(subject)

    def does(self, doing: Doing) -> None:
        permits.ask(self.pk, RequestKind.RENEWAL, "", doing)


class AskChange(PermitOffer):
    act, desks = LicenceAct.ASK_CHANGE, (Desk.WINDOW,)
    effect = _("A decider of your unit decides within twenty working days.")
    words = TextField(label=_("What is to be changed"), widget=NOTE)

    @classmethod
    def offered(cls, subject: Permit, who: Any) -> bool:
        return _may_be_asked(subject)

    def does(self, doing: Doing) -> None:
        permits.ask(self.pk, RequestKind.CHANGE, self.cleaned_data["words"], doing)


class Answer(PermitOffer):
    act, title, tone = LicenceAct.RENEW, _("Decide what is asked"), "primary"
    effect = _("The decision is given in writing; a refusal with reason and remedies.")
    granted = forms.ChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Granted")), ("no", _("Refused"))],
        widget=forms.RadioSelect,
    )
    reason = TextField(
        label=_("Reason"), widget=NOTE, required=False, help_text=_("Required for a refusal.")
    )

    @classmethod
    def offered(cls, subject: Permit, who: Any) -> bool:
        return subject.request is not None

    def does(self, doing: Doing) -> None:
        typed = self.cleaned_data
        permits.answer(self.pk, typed["granted"] == "yes", typed["reason"], doing)


class Revoke(PermitOffer):
    act, tone = LicenceAct.REVOKE, "grave"
    effect = _("The permit ends; the holder is told the reason and the remedies.")
    ground = forms.ChoiceField(label=_("Ground"))
    reason = TextField(label=_("Facts and reason"), widget=NOTE, max_length=1000)

    @classmethod
    def offered(cls, subject: Permit, who: Any) -> bool:
        return subject.state in (LicenceState.VALID, LicenceState.EXPIRED)

    def ask(self) -> None:
        self.choose("ground", said(RevocationGround))

    def does(self, doing: Doing) -> None:
        typed = self.cleaned_data
        permits.revoke(self.pk, RevocationGround(typed["ground"]), typed["reason"], doing)


class Cancel(PermitOffer):
    act, tone = LicenceAct.CANCEL, "grave"
    effect = _("The permit is struck off the register.")
    ground = forms.ChoiceField(label=_("Ground"))
    reason = TextField(label=_("Facts and reason"), widget=NOTE, max_length=1000)

    @classmethod
    def offered(cls, subject: Permit, who: Any) -> bool:
        return subject.state != LicenceState.CANCELLED

    def ask(self) -> None:
        self.choose("ground", said(CancellationGround))

    def does(self, doing: Doing) -> None:
        typed = self.cleaned_data
        permits.cancel(self.pk, CancellationGround(typed["ground"]), typed["reason"], doing)


PERMIT_OFFERS: tuple[type[Offer], ...] = (AskRenewal, AskChange, Answer, Revoke, Cancel)
