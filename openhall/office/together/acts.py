"""The acts of joint handling as short forms; each asks, and the act decides. norms 2.5."""

import json
from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.cases.actions import Doing, Point
from openhall.cases.permissions import may_receive
from openhall.cases.terms import ConsultedOpinion, Outcome, Stage
from openhall.catalogue.asking import form_of, papers_named
from openhall.desk.offers import NOTE, said
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
from openhall.organs.models import Account
from openhall.organs.queries import working_at

RUNNING = (
    JointStage.OPINIONS,
    JointStage.MEETING,
    JointStage.CONCLUSION,
    JointStage.DECISIONS,
    JointStage.REPORT,
)


class JointForm(forms.Form):
    """One act on a joint application; ``about`` is the unit it is about, where there is one."""

    act: ClassVar[JointAct]
    effect: ClassVar[Any] = ""
    shortcut: ClassVar[str] = ""
    tone: ClassVar[str] = "plain"

    def __init__(
        self, typed: Any, told: JointTold, seat: Seat, about: UnitTold | None = None
    ) -> None:
        self.told, self.seat, self.about = told, seat, about
        super().__init__(typed, prefix=self.name)
        self.ask()

    @property
    def name(self) -> str:
        return f"{self.act.value}-{self.about.task.pk}" if self.about else self.act.value

    def ask(self) -> None:
        """Fill in what depends on the matter."""

    def does(self, doing: Doing, seen: int) -> None:
        raise NotImplementedError


class Accept(JointForm):
    act, shortcut, tone = JointAct.ACCEPT, "a", "primary"
    effect = _(
        "Every unit's limit begins to run, the notice is copied to all, and all fees are told once."
    )

    def does(self, doing: Doing, seen: int) -> None:
        joint.accept_joint(self.told.joint.pk, doing, seen=seen)


class AskSupplement(JointForm):
    """Everything that is missing for every unit, on one notice."""

    act, shortcut = JointAct.ASK_SUPPLEMENT, "s"
    effect = _("The applicant is told once, of everything that is missing for every unit.")

    def ask(self) -> None:
        self.names: list[tuple[int, str, str]] = []
        for unit in self.told.units:
            version, pk = unit.case.item_version, unit.case.pk
            for one in form_of(version) or FormDefinition("", "", ()):
                if one.kind != FieldKind.COMPUTED:
                    kind = "material" if one.kind == FieldKind.FILE else "field"
                    self._offer(pk, kind, one.key, f"{one.label} · {unit.task.organ.name}")
            for paper in version.materials.all():
                self._offer(pk, "material", paper.key, f"{paper.name} · {unit.task.organ.name}")

    def _offer(self, pk: int, kind: str, key: str, label: str) -> None:
        self.names.append((pk, kind, key))
        self.fields[f"{kind}-{pk}-{key}"] = forms.CharField(
            label=label,
            required=False,
            max_length=300,
            help_text=_("What is wrong and what to bring; leave empty if it is in order."),
        )

    def does(self, doing: Doing, seen: int) -> None:
        points: dict[int, list[Point]] = {}
        for pk, kind, key in self.names:
            if reason := self.cleaned_data[f"{kind}-{pk}-{key}"].strip():
                points.setdefault(pk, []).append(Point(reason, **{kind: key}))
        joint.ask_joint_supplement(self.told.joint.pk, points, doing, seen=seen)


class TakeSupplement(JointForm):
    """What the applicant brings to the lead's window, for every unit at once."""

    act, shortcut, tone = JointAct.SUPPLEMENT, "u", "primary"
    effect = _("Only what the notice named is open, and all of it must be there.")

    def ask(self) -> None:
        self.open: list[tuple[int, str, str]] = []
        for unit in self.told.units:
            case, pk = unit.case, unit.case.pk
            if case.stage != Stage.SUPPLEMENT_ASKED:
                continue
            points = list(case.supplement.points.all())
            asked = form_of(case.item_version) or FormDefinition("", "", ())
            before = json.loads(case.answers)
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

    def does(self, doing: Doing, seen: int) -> None:
        answers: dict[int, dict[str, Any]] = {}
        brought: dict[int, list[str]] = {}
        for pk, kind, key in self.open:
            value = self.cleaned_data[f"{kind}-{pk}-{key}"]
            if kind == "field":
                answers.setdefault(pk, {})[key] = value
            elif value:
                brought.setdefault(pk, []).append(key)
        joint.supplement_joint(self.told.joint.pk, answers, doing, brought=brought)


class Decline(JointForm):
    act, shortcut, tone = JointAct.DECLINE, "d", "grave"
    effect = _("The application ends; each unit's case gets its written decision with remedies.")
    outcome = forms.ChoiceField(label=_("Ground"))
    reason = forms.CharField(label=_("Reason"), widget=NOTE, max_length=1000)

    def ask(self) -> None:
        grounds = said(Outcome, (Outcome.INELIGIBLE, Outcome.NOT_REQUIRED))
        self.fields["outcome"].choices = grounds  # type: ignore[attr-defined]

    def does(self, doing: Doing, seen: int) -> None:
        typed = self.cleaned_data
        joint.decline_joint(
            self.told.joint.pk, Outcome(typed["outcome"]), typed["reason"], doing, seen=seen
        )


class Sign(JointForm):
    act, shortcut, tone = JointAct.SIGN, "g", "primary"
    effect = _("Your name and the time stand on the receipt of the joint notice.")

    def does(self, doing: Doing, seen: int) -> None:
        assert self.about is not None
        joint.sign_notice(self.about.task.pk, doing)


class Opine(JointForm):
    act, shortcut, tone = JointAct.OPINE, "o", "primary"
    effect = _(
        "It stands in the joint matter and cannot be changed. Your unit decides its own case."
    )
    opinion = forms.ChoiceField(label=_("Opinion"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        widget=NOTE,
        required=False,
        max_length=1000,
        help_text=_("Required if your unit does not agree."),
    )

    def ask(self) -> None:
        self.fields["opinion"].choices = said(ConsultedOpinion)  # type: ignore[attr-defined]

    def does(self, doing: Doing, seen: int) -> None:
        assert self.about is not None
        typed = self.cleaned_data
        joint.opine_together(self.about.task.pk, typed["opinion"], typed["reason"], doing)


class CallMeeting(JointForm):
    act, shortcut = JointAct.CALL_MEETING, "m"
    effect = _("Every unit is called for this day and place; the applicant is told the day.")
    meets_at = forms.DateTimeField(
        label=_("Day and hour"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    place = forms.CharField(label=_("Place"), max_length=200)
    survey = forms.BooleanField(label=_("The units look at the site together"), required=False)

    def does(self, doing: Doing, seen: int) -> None:
        typed = self.cleaned_data
        joint.call_meeting(
            self.told.joint.pk,
            typed["meets_at"],
            typed["place"],
            doing,
            survey=typed["survey"],
            seen=seen,
        )


class HoldMeeting(JointForm):
    """Who was there for each unit, who was absent and why, and the minutes."""

    act, shortcut, tone = JointAct.HOLD_MEETING, "m", "primary"
    effect = _("The minutes are given a number and cannot be changed.")

    def ask(self) -> None:
        self.waiting = [one for one in self.told.meetings if one.held_at is None]
        self.people: dict[str, Account] = {}
        self.units = [
            one for one in self.told.units if one.state != "closed" or one.case.decided_at
        ]
        for unit in self.units:
            organ, pk = unit.task.organ, unit.task.pk
            there = working_at(organ, self.seat.day)
            self.people |= {str(one.pk): one for one in there}
            english = (get_language() or "").startswith("en")
            name = organ.name_en if english else organ.name
            self.fields[f"unit-{pk}"] = forms.ChoiceField(
                label=_("Representative of %(unit)s") % {"unit": name},
                choices=[("", _("Absent")), *((str(one.pk), str(one)) for one in there)],
                required=False,
            )
            self.fields[f"excuse-{pk}"] = forms.CharField(
                label=_("Reason given by %(unit)s, if absent") % {"unit": name},
                max_length=300,
                required=False,
            )
        self.fields["minutes"] = forms.CharField(
            label=_("Minutes"),
            widget=forms.Textarea(attrs={"rows": 6}),
            max_length=6000,
        )

    def does(self, doing: Doing, seen: int) -> None:
        typed = self.cleaned_data
        there = {
            unit.task.pk: joint.There(
                self.people.get(typed[f"unit-{unit.task.pk}"]), typed[f"excuse-{unit.task.pk}"]
            )
            for unit in self.units
        }
        joint.hold_meeting(self.waiting[0].pk, there, typed["minutes"], doing, seen=seen)


class Conclude(JointForm):
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
    said = forms.CharField(label=_("Conclusion in words"), widget=NOTE, max_length=2000)

    def does(self, doing: Doing, seen: int) -> None:
        typed = self.cleaned_data
        joint.conclude(
            self.told.joint.pk, typed["approve"] == "yes", typed["said"], doing, seen=seen
        )


class GiveReasons(JointForm):
    act, tone = JointAct.GIVE_REASONS, "primary"
    effect = _("A letter with a number goes to the unit.")
    why = forms.CharField(label=_("Why its objection was not taken"), widget=NOTE, max_length=2000)

    def does(self, doing: Doing, seen: int) -> None:
        assert self.about is not None
        joint.give_reasons(self.about.task.pk, self.cleaned_data["why"], doing)


class Extend(JointForm):
    act, shortcut, tone = JointAct.EXTEND, "e", "primary"
    effect = _("Once, by fifteen working days at most; the applicant is told why.")
    days = forms.IntegerField(label=_("Working days"), min_value=1)
    reason = forms.CharField(label=_("Reason"), widget=NOTE, max_length=500)

    def does(self, doing: Doing, seen: int) -> None:
        typed = self.cleaned_data
        joint.extend_joint(self.told.joint.pk, typed["days"], typed["reason"], doing, seen=seen)


class TellReply(JointForm):
    act, tone = JointAct.TELL_REPLY, "primary"
    effect = _("The applicant receives the superior's reply in writing.")

    def does(self, doing: Doing, seen: int) -> None:
        assert self.about is not None
        joint.tell_reply(self.about.task.pk, doing)


class Report(JointForm):
    act, shortcut, tone = JointAct.REPORT, "r", "primary"
    effect = _("The joint matter is closed with what each unit decided.")

    def does(self, doing: Doing, seen: int) -> None:
        joint.report(self.told.joint.pk, doing, seen=seen)


Offer = Callable[[JointTold, Seat], bool]


def _lead(told: JointTold, seat: Seat) -> bool:
    return seat.organ.pk == told.joint.lead_id and may_lead(seat.account, told.joint, seat.day)


def _window(told: JointTold, seat: Seat) -> bool:
    return seat.organ.pk == told.joint.lead_id and may_receive_joint(
        seat.account, told.joint, seat.day
    )


def _meeting_called(told: JointTold) -> bool:
    return any(one.held_at is None for one in told.meetings)


WHOLE: tuple[tuple[type[JointForm], Offer], ...] = (
    (Accept, lambda t, s: t.stage == JointStage.SUBMITTED and _window(t, s)),
    (
        AskSupplement,
        lambda t, s: (
            t.stage == JointStage.SUBMITTED
            and all(one.case.stage == Stage.SUBMITTED for one in t.units)
            and _window(t, s)
        ),
    ),
    (TakeSupplement, lambda t, s: t.stage == JointStage.ASKED and _window(t, s)),
    (Decline, lambda t, s: t.stage == JointStage.SUBMITTED and _window(t, s)),
    (
        HoldMeeting,
        lambda t, s: t.stage in RUNNING and _meeting_called(t) and _lead(t, s),
    ),
    (
        CallMeeting,
        lambda t, s: (
            t.mode == JointMode.MEETING
            and t.stage in RUNNING[:3]
            and not _meeting_called(t)
            and _lead(t, s)
        ),
    ),
    (
        Conclude,
        lambda t, s: (
            t.stage == JointStage.CONCLUSION
            and s.organ.pk == t.joint.lead_id
            and may_conclude(s.account, t.joint, s.day)
        ),
    ),
    (Report, lambda t, s: t.stage == JointStage.REPORT and _lead(t, s)),
    (
        Extend,
        lambda t, s: (
            t.stage in RUNNING
            and not t.joint.extended_days
            and s.organ.pk == t.joint.lead.parent_id
            and may_extend_joint(s.account, t.joint, s.day)
        ),
    ),
)


def _of_unit(told: JointTold, unit: UnitTold, seat: Seat) -> list[type[JointForm]]:
    """What this seat may do about one unit now."""
    task, found = unit.task, list[type[JointForm]]()
    mine = task.organ_id == seat.organ.pk
    open_ = told.stage in RUNNING and not unit.over
    if open_ and mine and task.signed_at is None:
        may = may_sign_notice(seat.account, task, seat.day)
        found += [Sign] if may else []
    elif open_ and mine and unit.opinion is None and unit.deemed is None:
        may = may_opine_together(seat.account, task, seat.day)
        found += [Opine] if may else []
    if task.reasons_due and task.reasons_at is None and _lead(told, seat):
        found.append(GiveReasons)
    if open_ and task.tell_due and task.told_at is None:
        own = mine and may_receive(seat.account, unit.case, seat.day)
        found += [TellReply] if own or _window(told, seat) else []
    return found


def forms_of(told: JointTold, seat: Seat) -> list[JointForm]:
    """Every act that this seat may do on the matter now, unbound."""
    found: list[JointForm] = [
        form(None, told, seat) for form, offered in WHOLE if offered(told, seat)
    ]
    for unit in told.units:
        found += [form(None, told, seat, unit) for form in _of_unit(told, unit, seat)]
    return found


def form_tried(name: str, told: JointTold, seat: Seat, typed: Any) -> JointForm | None:
    """The form called ``name`` with what was typed; None where no form has that name."""
    act, _dash, pk = name.partition("-")
    if pk:
        about = next((unit for unit in told.units if str(unit.task.pk) == pk), None)
        kinds: tuple[type[JointForm], ...] = (Sign, Opine, GiveReasons, TellReply)
        made = next((form for form in kinds if form.act.value == act), None)
        return None if about is None or made is None else made(typed, told, seat, about)
    for form, _offered in WHOLE:
        if form.act.value == act and not (form is HoldMeeting and not _meeting_called(told)):
            return form(typed, told, seat)
    return None
