"""What the person a case, an application or a complaint belongs to may do about it online."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openhall.applying.actions.drafting import adopt, discard, rename
from openhall.applying.queries import Draft
from openhall.appraisal.actions import rate
from openhall.appraisal.forms import RatingForm
from openhall.appraisal.queries import Rating, ratings_of
from openhall.appraisal.terms import BadReason, RatingSource, Satisfaction, ServedStage
from openhall.cases import actions
from openhall.cases.permissions import is_applicant
from openhall.cases.queries import Case
from openhall.cases.rules.lifecycle import acts_at
from openhall.cases.terms import Act, Stage
from openhall.deeds.doing import Doing
from openhall.desk.offers import NOTE, Offer
from openhall.joint import actions as joint
from openhall.joint.permissions import owns_joint
from openhall.joint.queries import JointTold
from openhall.organs.fields import TextField
from openhall.organs.queries import Account
from openhall.permits.actions import permits
from openhall.permits.queries import Permit, permit_of
from openhall.permits.terms import LicenceState, RequestKind
from openhall.portal.supplement import Answer
from openhall.supervision import actions as supervision
from openhall.supervision.queries import Complaint
from openhall.supervision.terms import ComplaintAct, ComplaintState


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who stands before a page of the portal; ``holds`` says that they showed its code here."""

    account: Account | None
    day: date
    holds: bool = False
    desk: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """A case as its applicant follows it, with its permit and its rating."""

    case: Case
    permit: Permit | None
    rating: Rating | None
    acceptance: Rating | None = None  # the rating of its taking in
    source: RatingSource = RatingSource.ONLINE  # of a rating given now

    @classmethod
    def of(cls, case: Case, day: date) -> "Followed":
        return cls(case, permit_of(case, day), *ratings_of(case))

    @property
    def number(self) -> str:
        return self.case.number

    @property
    def seq(self) -> int:
        return self.case.seq


class Rate(RatingForm, Offer):
    """Rate the service, once; what was chosen stays where it was wrong."""

    code, title, section, bare, tone = "rating", _("Rate the service"), "rating", True, "primary"
    button, done = _("Send the rating"), _("Your rating is kept.")
    stage: ClassVar[ServedStage] = ServedStage.DELIVERY

    @classmethod
    def offered(cls, subject: Followed, who: Visitor) -> bool:
        official = who.account is not None and who.account.is_official
        served = subject.case.stage == Stage.DELIVERED
        return served and subject.rating is None and not official

    def does(self, doing: Doing) -> None:
        typed = self.cleaned_data
        rate(
            self.subject.case.pk,
            Satisfaction(typed["satisfaction"]),
            [BadReason(reason) for reason in typed["reasons"]],
            typed["comment"],
            self.subject.source,
            replace(doing, seen=None),
            holds_code=self.who.holds,
            stage=self.stage,
        )


class RateAcceptance(Rate):
    """The taking in is a stage of its own: each served stage is rated once."""

    code, title, section, bare, tone = (
        "rating_acceptance",
        _("Rate how it was taken in"),
        "",
        False,
        "plain",
    )
    button = _("Send this rating")
    stage = ServedStage.ACCEPTANCE

    @classmethod
    def offered(cls, subject: Followed, who: Visitor) -> bool:
        official = who.account is not None and who.account.is_official
        served = subject.case.accepted_at is not None
        return served and subject.acceptance is None and not official


class Withdraw(Offer):
    act, code, title, tone = Act.WITHDRAW, "withdraw", _("Withdraw the application"), "grave"
    effect = _("The case ends here. You may apply again at any time.")
    done = _("The application is withdrawn.")

    @classmethod
    def offered(cls, subject: Followed, who: Visitor) -> bool:
        case = subject.case
        alone = case.part_days is None  # a part of a joint application is withdrawn with it
        return (
            Act.WITHDRAW in acts_at(Stage(case.stage))
            and (alone or case.accepted_at is not None)
            and is_applicant(who.account, case)
        )

    def does(self, doing: Doing) -> None:
        actions.withdraw(self.subject.case.pk, doing)


class AskHearing(Offer):
    """Ask for the hearing one was told of. 行政许可法 47."""

    act, code, title = Act.ASK_HEARING, "hearing", _("Ask for a hearing")
    section, bare, tone = "hearing", True, "primary"
    button = _("Ask for a hearing")
    done = _("Your request for a hearing is recorded; it costs nothing.")

    @classmethod
    def offered(cls, subject: Followed, who: Visitor) -> bool:
        hearing = getattr(subject.case, "hearing", None)
        return (
            hearing is not None
            and subject.case.stage == Stage.HANDLING
            and timezone.localdate() <= hearing.ask_by
            and is_applicant(who.account, subject.case)
        )

    def does(self, doing: Doing) -> None:
        actions.ask_hearing(self.subject.case.pk, self.subject.case.applicant_name, doing)


class AskOfPermit(Offer):
    """What the holder of a permit asks for. 行政许可法 49, 50."""

    kind: RequestKind
    done = _("We have your request; you read the decision here.")

    @classmethod
    def offered(cls, subject: Followed, who: Visitor) -> bool:
        permit = subject.permit
        return (
            permit is not None
            and permit.request is None
            and permit.state == LicenceState.VALID
            and is_applicant(who.account, subject.case)
        )

    def askable(self) -> bool:
        return self.subject.permit is not None

    def does(self, doing: Doing) -> None:
        words = self.cleaned_data.get("words", "")
        permit = self.subject.permit.licence.pk
        permits.ask(permit, self.kind, words, replace(doing, seen=None))


class AskRenewal(AskOfPermit):
    code, title, section, bare = "renewal", _("Ask for a renewal"), "renewal", True
    button, kind = _("Ask for a renewal"), RequestKind.RENEWAL

    @classmethod
    def offered(cls, subject: Followed, who: Visitor) -> bool:
        return super().offered(subject, who) and bool(subject.permit and subject.permit.ask_until)


class AskChange(AskOfPermit):
    code, title, section = "change", _("Ask for a change"), "change"
    button, kind = _("Ask for the change"), RequestKind.CHANGE
    words = TextField(label=_("What is to be changed"), widget=NOTE, max_length=1000)


CASE_ACTS: tuple[type[Offer], ...] = (
    Answer,
    Rate,
    RateAcceptance,
    AskHearing,
    AskRenewal,
    AskChange,
    Withdraw,
)


# ------------------------------------------------------------------------------------ joint
class WithdrawWhole(Offer):
    """Every part that has no decision yet."""

    code, title, tone = "withdraw", _("Withdraw the whole application"), "grave"
    effect = _("Every part without a decision ends here. You may apply again at any time.")
    done = _("The application is withdrawn.")

    @classmethod
    def offered(cls, subject: JointTold, who: Visitor) -> bool:
        return (
            subject.joint.closed_at is None
            and any(unit.case.decided_at is None for unit in subject.units)
            and owns_joint(who.account, subject.joint)
        )

    def does(self, doing: Doing) -> None:
        joint.withdraw_joint(self.subject.joint.pk, doing)


# ------------------------------------------------------------------------------------ complaints
class OfComplainant(Offer):
    """Closed is not fixed: who complained says which."""

    section, bare = "solved", True

    @classmethod
    def offered(cls, subject: Complaint, who: Visitor) -> bool:
        return subject.state == ComplaintState.ANSWERED


class Solved(OfComplainant):
    act, title, button = ComplaintAct.CONFIRM, _("It is solved"), _("Yes, it is solved")
    tone, done = "primary", _("The complaint is closed as solved.")

    def does(self, doing: Doing) -> None:
        supervision.confirm_complaint(self.subject.pk, doing, holds_code=self.who.holds)


class Reopen(OfComplainant):
    act, button = ComplaintAct.REOPEN, _("Reopen it")
    done = _("The complaint is reopened; the unit answers anew.")
    words = TextField(
        label=_("No: what is still wrong"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def does(self, doing: Doing) -> None:
        words = self.cleaned_data["words"]
        supervision.reopen_complaint(self.subject.pk, words, doing, holds_code=self.who.holds)


COMPLAINT_ACTS: tuple[type[Offer], ...] = (Solved, Reopen)


# ------------------------------------------------------------------------------------ drafts
class OfDraft(Offer):
    """While it is one: neither sent nor removed."""

    @classmethod
    def offered(cls, subject: Draft, who: Visitor) -> bool:
        return subject.case_id is None and not subject.ended


class Rename(OfDraft):
    """Two drafts of one item are told apart by their names."""

    code, title, button = "rename", _("Rename"), _("Save the name")
    done = _("The name is saved.")
    name = TextField(label=_("Name of this application"), max_length=100, required=False)

    def ask(self) -> None:
        self.initial["name"] = self.subject.name

    def does(self, doing: Doing) -> None:
        rename(self.subject, self.cleaned_data["name"])


class Adopt(OfDraft):
    """What was begun without an account."""

    code, title, bare, tone = "adopt", _("Take into my account"), True, "primary"
    button = _("Take into my account")
    done = _("The application is in your account now.")

    @classmethod
    def offered(cls, subject: Draft, who: Visitor) -> bool:
        nobodys = who.account is not None and subject.account_id is None
        return nobodys and super().offered(subject, who)

    def does(self, doing: Doing) -> None:
        if self.who.account is not None:
            adopt(self.subject, self.who.account)


class Discard(OfDraft):
    code, title, tone, clause = "delete", _("Delete"), "grave", "个人信息保护法 47"
    effect = _(
        "What you typed and uploaded is removed and cannot be brought back. That there was a draft "
        "is kept."
    )
    done = _("Deleted. What you typed and uploaded is removed.")

    def does(self, doing: Doing) -> None:
        discard(self.subject)

    def goes_to(self, left: None) -> str:
        return reverse("portal:mine")


DRAFT_ACTS: tuple[type[Offer], ...] = (Adopt, Rename, Discard)
