"""What a desk may do to a bad rating; the act decides. 国办发〔2019〕51号."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from openhall.appraisal import actions
from openhall.appraisal.queries import Rating, colleagues
from openhall.appraisal.rules.lifecycle import RATINGS
from openhall.appraisal.terms import Ground, RatingAct, RatingState
from openhall.deeds.doing import Doing
from openhall.deeds.rules.tables import acts_at
from openhall.desk.offers import NOTE, Offer, said
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk

UNIT = (Desk.HEAD,)
VERIFIERS = (Desk.HANDLER, Desk.DECIDER, Desk.HEAD, Desk.WINDOW)
OUTSIDE = (Desk.CENTRE_MANAGER, Desk.SUPERVISION)


class OnRating(Offer):
    """One act; it asks for at most one text, under ``asks``."""

    act: ClassVar[RatingAct]
    asks: ClassVar[Any] = ""
    tone = "primary"

    @classmethod
    def offered(cls, subject: Rating, who: Any) -> bool:
        return cls.act in acts_at(RATINGS, RatingState(subject.state))

    def ask(self) -> None:
        if self.asks:
            self.fields["words"] = TextField(
                label=self.asks, required=False, max_length=1000, widget=NOTE
            )

    @property
    def pk(self) -> int:
        pk: int = self.subject.pk
        return pk

    @property
    def words(self) -> str:
        return str(self.cleaned_data.get("words", ""))


class Assign(OnRating):
    act, desks = RatingAct.ASSIGN, UNIT
    effect = _("They verify what happened; nobody who dealt with the case may.")
    officer = forms.ChoiceField(label=_("Who verifies"))

    def ask(self) -> None:
        self.choose_rows("officer", colleagues(self.who.organ, self.who.day), _("Choose"))
        self.fields["officer"].error_messages["required"] = _("Choose who verifies.")

    def does(self, doing: Doing) -> None:
        actions.assign(self.pk, self.chosen("officer"), doing)


class Verify(OnRating):
    act, desks, asks = RatingAct.VERIFY, VERIFIERS, _("What was verified")
    effect = _("It enters the rectification ledger with its last day.")
    hard = forms.BooleanField(label=_("It takes longer: the longer limit"), required=False)

    @classmethod
    def offered(cls, subject: Rating, who: Any) -> bool:
        return subject.assigned_to_id == who.account.pk and super().offered(subject, who)

    def does(self, doing: Doing) -> None:
        actions.verify(self.pk, self.words, doing, hard=self.cleaned_data["hard"])


class ObjectTo(OnRating):
    act, desks, asks = RatingAct.OBJECT, UNIT, _("The facts and the evidence")
    tone, seldom = "plain", True
    effect = _("The Supervision Bureau rules; until then nothing is counted differently.")
    ground = forms.ChoiceField(label=_("Ground"))

    def ask(self) -> None:
        super().ask()
        self.choose("ground", said(Ground))

    def does(self, doing: Doing) -> None:
        actions.object_to(self.pk, Ground(self.cleaned_data["ground"]), self.words, doing)


class Uphold(OnRating):
    act, desks, asks = RatingAct.UPHOLD, (Desk.SUPERVISION,), _("Reasons of the review")
    effect = _("The rating stands; the unit puts it right.")

    def does(self, doing: Doing) -> None:
        actions.uphold(self.pk, self.words, doing)


class SetAside(OnRating):
    act, desks, asks = RatingAct.SET_ASIDE, (Desk.SUPERVISION,), _("Reasons of the review")
    tone = "grave"
    effect = _("It counts in no figure; that it was given stays visible.")

    def does(self, doing: Doing) -> None:
        actions.set_aside(self.pk, self.words, doing)


class FeedBack(OnRating):
    act, desks, asks = RatingAct.FEED_BACK, UNIT, _("What was put right, as the rater reads it")
    effect = _("Who rated reads it on the page of the case and is told.")

    def does(self, doing: Doing) -> None:
        actions.feed_back(self.pk, self.words, doing)


class Revisit(OnRating):
    act, desks, asks = RatingAct.REVISIT, OUTSIDE, _("What was said on revisiting")
    effect = _("It is closed; whether they are content is counted.")
    content = forms.ChoiceField(
        label=_("Is who rated content with what was put right?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
    )

    def does(self, doing: Doing) -> None:
        content = self.cleaned_data["content"] == "yes"
        actions.revisit(self.pk, content, self.words, doing)


class Return(OnRating):
    act, desks, asks = RatingAct.RETURN, OUTSIDE, _("What is still wrong")
    tone = "plain"
    effect = _("The unit goes on, once; its days begin anew.")

    @classmethod
    def offered(cls, subject: Rating, who: Any) -> bool:
        return not subject.returned and super().offered(subject, who)

    def does(self, doing: Doing) -> None:
        actions.return_it(self.pk, self.words, doing)


RATING_OFFERS: tuple[type[Offer], ...] = (
    Assign,
    Verify,
    FeedBack,
    Uphold,
    SetAside,
    Revisit,
    Return,
    ObjectTo,
)
