"""The acts of joint handling as short forms; each asks, and the act decides. norms 2.5."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.cases.actions import Doing, Point
from openhall.cases.materials import papers_due
from openhall.cases.permissions import may_receive
from openhall.cases.queries import answers_kept
from openhall.cases.terms import ConsultedOpinion, Outcome, Stage
from openhall.catalogue.asking import form_of, papers_named
from openhall.design.words import called
from openhall.desk.offers import NOTE, Offer, said
from openhall.forms.controls import field_of
from openhall.forms.rules import FormDefinition
from openhall.forms.terms import FieldKind
from openhall.joint import actions as joint
from openhall.joint.permissions import (
    may_conclude,
    may_extend_joint,
    may_lead,
    may_opine_together,
    may_receive_joint,
    may_sign_notice,
)
from openhall.joint.queries import JointTold, UnitTold
from openhall.joint.terms import JointAct, JointMode, JointStage
from openhall.office.seat import Seat
from openhall.organs.fields import TextField
from openhall.organs.queries import working_at

RUNNING = (
    JointStage.OPINIONS,
    JointStage.MEETING,
    JointStage.CONCLUSION,
    JointStage.DECISIONS,
    JointStage.REPORT,
)


def _lead(told: JointTold, seat: Seat) -> bool:
    return seat.organ.pk == told.joint.lead_id and may_lead(seat.account, told.joint, seat.day)


def _window(told: JointTold, seat: Seat) -> bool:
    return seat.organ.pk == told.joint.lead_id and may_receive_joint(
        seat.account, told.joint, seat.day
    )


def _meeting_called(told: JointTold) -> bool:
    return any(one.held_at is None for one in told.meetings)


def _open(told: JointTold, unit: UnitTold) -> bool:
    return told.stage in RUNNING and not unit.over


class JointOffer(Offer):
    """One act on a joint application; ``about`` is the unit it is about, where there is one."""

    act: ClassVar[JointAct]
    done = _("%(act)s: done for %(number)s")

    @property
    def told(self) -> JointTold:
        told: JointTold = self.subject
        return told

    @property
    def label(self) -> Any:
        return f"{super().label} · {called(self.about.task.organ)}" if self.about else super().label

    @classmethod
    def part(cls, subject: JointTold, key: str) -> UnitTold | None:
        units = subject.units if issubclass(cls, OfUnit) else ()
        return next((unit for unit in units if str(unit.task.pk) == key), None)

    @classmethod
    def part_key(cls, about: UnitTold) -> str:
        return str(about.task.pk)

    def said_done(self) -> str:
        return str(self.done) % {"act": self.label, "number": self.told.joint.number}

    def does(self, doing: Doing) -> None:
        """The acts below hand the page's state on apart: their parts are deeds of their own."""
        self.handed(replace(doing, seen=None), doing.seen)

    def handed(self, doing: Doing, seen: int | None) -> None:
        raise NotImplementedError


class OfUnit(JointOffer):
    """An act about one unit of the matter."""


class Accept(JointOffer):
    act, shortcut, tone = JointAct.ACCEPT, "a", "primary"
    effect = _(
        "Every unit's limit begins to run, the notice is copied to all, and all fees are told once."
    )

    @classmethod
    def offered(cls, subject: JointTold, who: Seat) -> bool:
        return subject.stage == JointStage.SUBMITTED and _window(subject, who)

    def handed(self, doing: Doing, seen: int | None) -> None:
        joint.accept_joint(self.told.joint.pk, doing, seen=seen)


class AskSupplement(JointOffer):
    """Everything that is missing for every unit, on one notice."""

    act, shortcut = JointAct.ASK_SUPPLEMENT, "s"
    effect = _("The applicant is told once, of everything that is missing for every unit.")

    @classmethod
    def offered(cls, subject: JointTold, who: Seat) -> bool:
        return (
            subject.stage == JointStage.SUBMITTED
            and all(one.case.stage == Stage.SUBMITTED for one in subject.units)
            and _window(subject, who)
        )

    def ask(self) -> None:
        self.names: list[tuple[int, str, str]] = []
        for unit in self.told.units:
            version, pk = unit.case.item_version, unit.case.pk
            for one in form_of(version) or FormDefinition("", "", ()):
                if one.is_answered:
                    kind = "material" if one.kind == FieldKind.FILE else "field"
                    self._offer(pk, kind, one.key, f"{one.label} · {unit.task.organ.name}")
            for paper in papers_due(unit.case):
                self._offer(pk, "material", paper.key, f"{paper.name} · {unit.task.organ.name}")

    def _offer(self, pk: int, kind: str, key: str, label: str) -> None:
        self.names.append((pk, kind, key))
        self.fields[f"{kind}-{pk}-{key}"] = TextField(
            label=label,
            required=False,
            max_length=300,
            help_text=_("What is wrong and what to bring; leave empty if it is in order."),
        )

    def handed(self, doing: Doing, seen: int | None) -> None:
        points: dict[int, list[Point]] = {}
        for pk, kind, key in self.names:
            if reason := self.cleaned_data[f"{kind}-{pk}-{key}"].strip():
                points.setdefault(pk, []).append(Point(reason, **{kind: key}))
        joint.ask_joint_supplement(self.told.joint.pk, points, doing, seen=seen)


class TakeSupplement(JointOffer):
    """What the applicant brings to the lead's window, for every unit at once."""

    act, shortcut, tone = JointAct.SUPPLEMENT, "u", "primary"
    effect = _("Only what the notice named is open, and all of it must be there.")

    @classmethod
    def offered(cls, subject: JointTold, who: Seat) -> bool:
        return subject.stage == JointStage.ASKED and _window(subject, who)

    def ask(self) -> None:
        self.open: list[tuple[int, str, str]] = []
        for unit in self.told.units:
            case, pk = unit.case, unit.case.pk
            if case.stage != Stage.SUPPLEMENT_ASKED:
                continue
            points = list(case.supplement.points.all())
            asked = form_of(case.item_version) or FormDefinition("", "", ())
            before = answers_kept(case)
            named = {point.field for point in points if point.field}
            for one in asked:
                if one.key in named:
                    made = field_of(one, before=asked, on_paper=True)
                    made.initial = before.get(one.key)
                    made.label = f"{one.label} · {unit.task.organ.name}"
                    self.fields[f"field-{pk}-{one.key}"] = made
                    self.open.append((pk, "field", one.key))
            papers = {point.material for point in points if point.material}
            for paper in papers_named(case.item_version, papers):
                label = _("Brought: %(name)s") % {"name": f"{paper.name} · {unit.task.organ.name}"}
                made = forms.BooleanField(label=label, required=False)
                self.fields[f"material-{pk}-{paper.key}"] = made
                self.open.append((pk, "material", paper.key))

    def handed(self, doing: Doing, seen: int | None) -> None:
        answers: dict[int, dict[str, Any]] = {}
        brought: dict[int, list[str]] = {}
        for pk, kind, key in self.open:
            value = self.cleaned_data[f"{kind}-{pk}-{key}"]
            if kind == "field":
                answers.setdefault(pk, {})[key] = value
            elif value:
                brought.setdefault(pk, []).append(key)
        joint.supplement_joint(self.told.joint.pk, answers, doing, brought=brought)


class Decline(JointOffer):
    act, shortcut, tone = JointAct.DECLINE, "d", "grave"
    effect = _("The application ends; each unit's case gets its written decision with remedies.")
    outcome = forms.ChoiceField(label=_("Ground"))
    reason = TextField(label=_("Reason"), widget=NOTE, max_length=1000)

    @classmethod
    def offered(cls, subject: JointTold, who: Seat) -> bool:
        return subject.stage == JointStage.SUBMITTED and _window(subject, who)

    def ask(self) -> None:
        grounds = said(Outcome, (Outcome.INELIGIBLE, Outcome.NOT_REQUIRED))
        self.choose("outcome", grounds)

    def handed(self, doing: Doing, seen: int | None) -> None:
        typed = self.cleaned_data
        joint.decline_joint(
            self.told.joint.pk, Outcome(typed["outcome"]), typed["reason"], doing, seen=seen
        )


class Sign(OfUnit):
    act, shortcut, tone = JointAct.SIGN, "g", "primary"
    effect = _("Your name and the time stand on the receipt of the joint notice.")

    @classmethod
    def abouts(cls, subject: JointTold, who: Seat) -> Iterable[UnitTold]:
        return [
            unit
            for unit in subject.units
            if _open(subject, unit)
            and unit.task.organ_id == who.organ.pk
            and unit.task.signed_at is None
            and may_sign_notice(who.account, unit.task, who.day)
        ]

    def handed(self, doing: Doing, seen: int | None) -> None:
        assert self.about is not None
        joint.sign_notice(self.about.task.pk, doing)


class Opine(OfUnit):
    act, shortcut, tone = JointAct.OPINE, "o", "primary"
    effect = _(
        "It stands in the joint matter and cannot be changed. Your unit decides its own case."
    )
    opinion = forms.ChoiceField(label=_("Opinion"), widget=forms.RadioSelect)
    reason = TextField(
        label=_("Reason"),
        widget=NOTE,
        required=False,
        max_length=1000,
        help_text=_("Required if your unit does not agree."),
    )

    @classmethod
    def abouts(cls, subject: JointTold, who: Seat) -> Iterable[UnitTold]:
        return [
            unit
            for unit in subject.units
            if _open(subject, unit)
            and unit.task.organ_id == who.organ.pk
            and unit.task.signed_at is not None
            and unit.opinion is None
            and unit.deemed is None
            and may_opine_together(who.account, unit.task, who.day)
        ]

    def ask(self) -> None:
        self.choose("opinion", said(ConsultedOpinion))

    def handed(self, doing: Doing, seen: int | None) -> None:
        assert self.about is not None
        typed = self.cleaned_data
        joint.opine_together(self.about.task.pk, typed["opinion"], typed["reason"], doing)


class CallMeeting(JointOffer):
    act, shortcut = JointAct.CALL_MEETING, "m"
    effect = _("Every unit is called for this day and place; the applicant is told the day.")
    meets_at = forms.DateTimeField(
        label=_("Day and hour"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    place = TextField(label=_("Meeting place"), max_length=200)
    survey = forms.BooleanField(label=_("The units look at the site together"), required=False)

    @classmethod
    def offered(cls, subject: JointTold, who: Seat) -> bool:
        return (
            subject.mode == JointMode.MEETING
            and subject.stage in RUNNING[:3]
            and not _meeting_called(subject)
            and _lead(subject, who)
        )

    def handed(self, doing: Doing, seen: int | None) -> None:
        typed = self.cleaned_data
        joint.call_meeting(
            self.told.joint.pk,
            typed["meets_at"],
            typed["place"],
            doing,
            survey=typed["survey"],
            seen=seen,
        )


class HoldMeeting(JointOffer):
    """Who was there for each unit, who was absent and why, and the minutes."""

    act, shortcut, tone = JointAct.HOLD_MEETING, "m", "primary"
    effect = _("The minutes are given a number and cannot be changed.")

    @classmethod
    def offered(cls, subject: JointTold, who: Seat) -> bool:
        return subject.stage in RUNNING and _meeting_called(subject) and _lead(subject, who)

    def askable(self) -> bool:
        return _meeting_called(self.told)

    def ask(self) -> None:
        self.waiting = [one for one in self.told.meetings if one.held_at is None]
        self.people: dict[str, Any] = {}
        self.units = [
            one for one in self.told.units if one.state != "closed" or one.case.decided_at
        ]
        for unit in self.units:
            organ, pk = unit.task.organ, unit.task.pk
            there = working_at(organ, self.day)
            self.people |= {str(one.pk): one for one in there}
            english = (get_language() or "").startswith("en")
            name = organ.name_en if english else organ.name
            self.fields[f"unit-{pk}"] = forms.ChoiceField(
                label=_("Representative of %(unit)s") % {"unit": name},
                choices=[("", _("Absent")), *((str(one.pk), str(one)) for one in there)],
                required=False,
            )
            self.fields[f"excuse-{pk}"] = TextField(
                label=_("Reason given by %(unit)s, if absent") % {"unit": name},
                max_length=300,
                required=False,
            )
        self.fields["minutes"] = TextField(
            label=_("Minutes of the meeting"),
            widget=forms.Textarea(attrs={"rows": 6}),
            max_length=6000,
        )

    def handed(self, doing: Doing, seen: int | None) -> None:
        typed = self.cleaned_data
        there = {
            unit.task.pk: joint.There(
                self.people.get(typed[f"unit-{unit.task.pk}"]), typed[f"excuse-{unit.task.pk}"]
            )
            for unit in self.units
        }
        joint.hold_meeting(self.waiting[0].pk, there, typed["minutes"], doing, seen=seen)


class Conclude(JointOffer):
    act, shortcut, tone = JointAct.CONCLUDE, "c", "primary"
    effect = _(
        "An approval against a reasoned objection owes that unit written reasons within ten "
        "working days. Each unit then decides its own case."
    )
    approve = forms.ChoiceField(
        label=_("Conclusion"),
        choices=[("yes", _("Approve the matter")), ("no", _("Do not approve the matter"))],
        widget=forms.RadioSelect,
    )
    said = TextField(label=_("Conclusion in words"), widget=NOTE, max_length=2000)

    @classmethod
    def offered(cls, subject: JointTold, who: Seat) -> bool:
        return (
            subject.stage == JointStage.CONCLUSION
            and who.organ.pk == subject.joint.lead_id
            and may_conclude(who.account, subject.joint, who.day)
        )

    def handed(self, doing: Doing, seen: int | None) -> None:
        typed = self.cleaned_data
        joint.conclude(
            self.told.joint.pk, typed["approve"] == "yes", typed["said"], doing, seen=seen
        )


class GiveReasons(OfUnit):
    act, tone = JointAct.GIVE_REASONS, "primary"
    effect = _("A letter with a number goes to the unit.")
    why = TextField(label=_("Why its objection was not taken"), widget=NOTE, max_length=2000)

    @classmethod
    def abouts(cls, subject: JointTold, who: Seat) -> Iterable[UnitTold]:
        return [
            unit
            for unit in subject.units
            if unit.task.reasons_due and unit.task.reasons_at is None and _lead(subject, who)
        ]

    def handed(self, doing: Doing, seen: int | None) -> None:
        assert self.about is not None
        joint.give_reasons(self.about.task.pk, self.cleaned_data["why"], doing)


class Extend(JointOffer):
    act, shortcut, tone = JointAct.EXTEND, "e", "primary"
    effect = _("Once, by fifteen working days at most; the applicant is told why.")
    days = forms.IntegerField(label=_("Working days"), min_value=1)
    reason = TextField(label=_("Reason"), widget=NOTE, max_length=500)

    @classmethod
    def offered(cls, subject: JointTold, who: Seat) -> bool:
        return (
            subject.stage in RUNNING
            and not subject.joint.extended_days
            and who.organ.pk == subject.joint.lead.parent_id
            and may_extend_joint(who.account, subject.joint, who.day)
        )

    def handed(self, doing: Doing, seen: int | None) -> None:
        typed = self.cleaned_data
        joint.extend_joint(self.told.joint.pk, typed["days"], typed["reason"], doing, seen=seen)


class TellReply(OfUnit):
    act, tone = JointAct.TELL_REPLY, "primary"
    effect = _("The applicant receives the superior's reply in writing.")

    @classmethod
    def abouts(cls, subject: JointTold, who: Seat) -> Iterable[UnitTold]:
        return [
            unit
            for unit in subject.units
            if _open(subject, unit)
            and unit.task.tell_due
            and unit.task.told_at is None
            and (
                (
                    unit.task.organ_id == who.organ.pk
                    and may_receive(who.account, unit.case, who.day)
                )
                or _window(subject, who)
            )
        ]

    def handed(self, doing: Doing, seen: int | None) -> None:
        assert self.about is not None
        joint.tell_reply(self.about.task.pk, doing)


class Report(JointOffer):
    act, shortcut, tone = JointAct.REPORT, "r", "primary"
    effect = _("The joint matter is closed with what each unit decided.")

    @classmethod
    def offered(cls, subject: JointTold, who: Seat) -> bool:
        return subject.stage == JointStage.REPORT and _lead(subject, who)

    def handed(self, doing: Doing, seen: int | None) -> None:
        joint.report(self.told.joint.pk, doing, seen=seen)


JOINT_OFFERS: tuple[type[Offer], ...] = (
    Accept,
    AskSupplement,
    TakeSupplement,
    Decline,
    HoldMeeting,
    CallMeeting,
    Conclude,
    Report,
    Extend,
    Sign,
    Opine,
    GiveReasons,
    TellReply,
)
