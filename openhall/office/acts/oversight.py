"""What an oversight desk may do to a card, a finding or a complaint; the act decides. 阳光作业."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from openhall.deeds.doing import Doing
from openhall.deeds.rules.tables import acts_at
from openhall.desk.offers import Offer, said
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.supervision import actions
from openhall.supervision.rules.lifecycle import CARDS, COMPLAINTS, ISSUES
from openhall.supervision.terms import (
    CardAct,
    CardState,
    ComplaintAct,
    ComplaintState,
    IssueAct,
    IssueState,
    NoticeKind,
)

UNIT, BUREAU = (Desk.HEAD,), (Desk.SUPERVISION,)
OUTSIDE = (Desk.SUPERVISION, Desk.LEGAL)


class Watched(Offer):
    """An act that asks for at most one text, under the label ``asks``."""

    asks: ClassVar[Any] = ""

    def ask(self) -> None:
        if self.asks:
            self.fields["words"] = TextField(
                label=self.asks,
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    @property
    def words(self) -> str:
        return str(self.cleaned_data.get("words", ""))

    @property
    def pk(self) -> int:
        pk: int = self.subject.pk
        return pk


# ------------------------------------------------------------------------------------ cards
class OnCard(Watched):
    act: ClassVar[CardAct]
    desks: ClassVar[tuple[str, ...]] = BUREAU
    asks: ClassVar[Any] = _("Reasons of the ruling")

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return cls.act in acts_at(CARDS, CardState(subject.state))


class Explain(OnCard):
    act, desks, asks = CardAct.EXPLAIN, UNIT, _("What happened and what was corrected")
    effect = _("Supervision reads it and rules; the card stands until then.")

    def does(self, doing: Doing) -> None:
        actions.explain(self.pk, self.words, doing)


class ObjectTo(OnCard):
    act, desks, asks = CardAct.OBJECT, UNIT, _("Why the card is wrong")
    effect = _("Supervision reads your reasons and rules whether the card stands.")

    def does(self, doing: Doing) -> None:
        actions.object_to(self.pk, self.words, doing)


class Uphold(OnCard):
    act, tone = CardAct.UPHOLD, "grave"
    effect = _("The card counts in the score, and a finding is opened to be put right.")

    def does(self, doing: Doing) -> None:
        actions.rule_on(self.pk, self.act, self.words, doing)


class Withdraw(OnCard):
    act = CardAct.WITHDRAW
    effect = _("The card counts for nothing; that it was raised stays visible.")

    def does(self, doing: Doing) -> None:
        actions.rule_on(self.pk, self.act, self.words, doing)


class Escalate(OnCard):
    act, asks = CardAct.ESCALATE, ""
    effect = _("The unit did not answer in time.")

    def does(self, doing: Doing) -> None:
        actions.escalate(self.pk, doing)


class GiveNotice(OnCard):
    act, asks = CardAct.NOTICE, _("What the unit is to do")
    effect = _("A numbered paper goes to the unit and counts as rule 32.")
    choice = forms.ChoiceField(label=_("Paper"))

    def ask(self) -> None:
        super().ask()
        self.choose("choice", said(NoticeKind))

    def does(self, doing: Doing) -> None:
        kind = NoticeKind(self.cleaned_data["choice"])
        actions.issue_notice(self.pk, kind, self.words, doing)


class Close(OnCard):
    act, asks = CardAct.CLOSE, ""
    effect = _("Nothing more is to be done about this card.")

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return super().offered(subject, who) and subject.state != CardState.RAISED

    def does(self, doing: Doing) -> None:
        actions.close(self.pk, doing)


CARD_OFFERS: tuple[type[Offer], ...] = (
    Explain,
    ObjectTo,
    Uphold,
    Withdraw,
    Escalate,
    GiveNotice,
    Close,
)


# ------------------------------------------------------------------------------------ findings
class OnIssue(Watched):
    act: ClassVar[IssueAct]
    desks: ClassVar[tuple[str, ...]] = UNIT
    tone = "primary"

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return cls.act in acts_at(ISSUES, IssueState(subject.state))


class TakeUp(OnIssue):
    act, asks = IssueAct.ACCEPT, _("Measures")
    effect = _("The unit takes it up; the days run from the opening.")

    def does(self, doing: Doing) -> None:
        actions.accept_issue(self.pk, self.words, doing)


class Start(OnIssue):
    act = IssueAct.START
    effect = _("The measures are being carried out.")

    def does(self, doing: Doing) -> None:
        actions.start_issue(self.pk, doing)


class Submit(OnIssue):
    act, asks = IssueAct.SUBMIT, _("Result, and the evidence that it is fixed")
    effect = _("Somebody outside the unit checks it.")

    def does(self, doing: Doing) -> None:
        actions.submit_issue(self.pk, self.words, doing)


class Verify(OnIssue):
    act, desks, asks = IssueAct.VERIFY, OUTSIDE, _("What you checked")
    effect = _("You confirm from outside the unit that it is fixed.")

    def does(self, doing: Doing) -> None:
        actions.check_issue(self.pk, self.act, self.words, doing)


class Return(OnIssue):
    act, desks, asks, tone = IssueAct.RETURN, OUTSIDE, _("What is still wrong"), "plain"
    effect = _("The unit goes on; its day stays the same.")

    def does(self, doing: Doing) -> None:
        actions.check_issue(self.pk, self.act, self.words, doing)


class CloseIssue(OnIssue):
    act, desks, asks = IssueAct.CLOSE, OUTSIDE, _("What the public reads")
    effect = _("The public reads your sentence; name no person in it.")

    def does(self, doing: Doing) -> None:
        actions.close_issue(self.pk, self.words, doing)


ISSUE_OFFERS: tuple[type[Offer], ...] = (TakeUp, Start, Submit, Verify, Return, CloseIssue)


# ------------------------------------------------------------------------------------ complaints
class OnComplaint(Watched):
    act: ClassVar[ComplaintAct]
    desks: ClassVar[tuple[str, ...]] = BUREAU
    tone = "primary"

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return cls.act in acts_at(COMPLAINTS, ComplaintState(subject.state))


class AcceptComplaint(OnComplaint):
    act = ComplaintAct.ACCEPT
    effect = _("The unit has a month to answer; the complainant sees it with the code.")

    def does(self, doing: Doing) -> None:
        actions.accept_complaint(self.pk, doing)


class RejectComplaint(OnComplaint):
    act, asks, tone = ComplaintAct.REJECT, _("Reasons, as the complainant will read them"), "grave"
    effect = _("The complainant reads the reasons in writing.")

    def does(self, doing: Doing) -> None:
        actions.reject_complaint(self.pk, self.words, doing)


class AnswerComplaint(OnComplaint):
    act, desks, asks = ComplaintAct.ANSWER, UNIT, _("What was found and what was done")
    effect = _("Supervision reads it before the complainant does.")

    def does(self, doing: Doing) -> None:
        actions.answer_complaint(self.pk, self.words, doing)


class PassAnswer(OnComplaint):
    act = ComplaintAct.PASS
    effect = _("The complainant reads the answer and says whether it is solved.")
    choice = forms.ChoiceField(
        label=_("Was the complaint justified?"),
        choices=[("yes", _("Yes; a finding is opened")), ("no", _("No"))],
    )

    def does(self, doing: Doing) -> None:
        actions.pass_complaint(self.pk, self.cleaned_data["choice"] == "yes", doing)


class SendBackAnswer(OnComplaint):
    act, asks, tone = ComplaintAct.SEND_BACK, _("What the answer lacks"), "plain"
    effect = _("The unit answers anew; its time goes on.")

    def does(self, doing: Doing) -> None:
        actions.send_back_complaint(self.pk, self.words, doing)


COMPLAINT_OFFERS: tuple[type[Offer], ...] = (
    AcceptComplaint,
    RejectComplaint,
    AnswerComplaint,
    PassAnswer,
    SendBackAnswer,
)
