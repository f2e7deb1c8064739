"""What is done about the conduct of staff: findings, training, months drawn up, settled. A13."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.conduct import actions
from openhall.conduct.queries import (
    Assessment,
    Deduction,
    Finding,
    month_after,
    pack_on,
    packs,
)
from openhall.conduct.rules.packs import COUNTED, NUMBERS, as_lines
from openhall.conduct.terms import (
    AssessAct,
    AssessmentState,
    DeductionState,
    FindingAct,
    TrainingAct,
)
from openhall.deeds.doing import Doing
from openhall.design.forms import DateInput
from openhall.desk.offers import NOTE, Offer
from openhall.glossary import Said
from openhall.hall.queries import Hall
from openhall.organs.fields import TextField
from openhall.versions.terms import VersionAct


@dataclass(slots=True)
class Staffed:
    """A hall with those who work in it, as its manager sees them."""

    hall: Hall
    month: date
    day: date
    staff: list[Any] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


class OnStaff(Offer):
    """About one member of staff, chosen."""

    account = forms.ChoiceField(label=_("Member of staff"))

    def ask(self) -> None:
        self.people = {str(one.pk): one for one in self.subject.staff}
        self.choose("account", [(pk, str(one)) for pk, one in self.people.items()])


class DrawUp(Offer):
    """The month of everybody who was on the roster."""

    act, tone, bare = AssessAct.DRAW, "primary", True
    effect = _("Each deduction names its rule, its day and its source; each person may object.")

    @classmethod
    def offered(cls, subject: Staffed, who: Any) -> bool:
        return month_after(subject.month) <= subject.day

    def does(self, doing: Doing) -> Any:
        return actions.draw_up(self.subject.hall, self.subject.month, doing)


class Find(OnStaff):
    """What an inspection saw."""

    act = FindingAct.FIND
    effect = _("It costs points when the month is drawn up; the person reads it and may object.")
    rule = forms.ChoiceField(label=_("Rule"))
    on = forms.DateField(label=_("Day"), widget=DateInput)
    what = TextField(label=_("What was seen"), max_length=500, widget=NOTE)

    def ask(self) -> None:
        super().ask()
        rules = pack_on(self.subject.day).rules
        language = get_language()
        seen = [(name, one.words.said_in(language)) for name, one in rules.items() if one.seen]
        self.choose("rule", seen)
        self.fields["on"].initial = self.subject.day

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        person = self.people[typed["account"]]
        return actions.find(
            self.subject.hall, person, typed["rule"], typed["on"], typed["what"], doing
        )


class WithdrawFinding(Offer):
    """A finding was a mistake."""

    act, section = FindingAct.WITHDRAW, "findings"
    why = TextField(label=_("Reason"), max_length=300)

    @classmethod
    def abouts(cls, subject: Staffed, who: Any) -> Iterable[Any]:
        return [one for one in subject.findings if not one.withdrawn]

    @classmethod
    def part(cls, subject: Staffed, key: str) -> Any:
        return next((one for one in subject.findings if cls.part_key(one) == key), None)

    @property
    def label(self) -> str:
        return str(_("Take back: %(name)s, %(day)s")) % {
            "name": self.about.account,
            "day": self.about.day.isoformat(),
        }

    def does(self, doing: Doing) -> Any:
        return actions.withdraw_finding(self.about.pk, self.cleaned_data["why"], doing)


class RecordTraining(OnStaff):
    """A training passed."""

    act = TrainingAct.RECORD
    what = TextField(label=_("Training"), max_length=120)
    passed_on = forms.DateField(label=_("Passed on"), widget=DateInput)
    valid_until = forms.DateField(label=_("Holds until"), widget=DateInput, required=False)
    certificate = TextField(label=_("Number of the record"), max_length=60, required=False)

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        return actions.record_training(
            self.subject.hall,
            self.people[typed["account"]],
            typed["what"],
            typed["passed_on"],
            doing,
            valid_until=typed["valid_until"],
            certificate=typed["certificate"],
        )


CONDUCT_OFFERS: tuple[type[Offer], ...] = (DrawUp, Find, RecordTraining, WithdrawFinding)


@dataclass(slots=True)
class Assessed:
    """One assessment with its deductions."""

    assessment: Assessment
    rows: list[Deduction]

    @property
    def seq(self) -> int:
        return int(self.assessment.seq)

    @property
    def is_open(self) -> bool:
        return bool(self.assessment.state == AssessmentState.DRAWN.value)


class OnDeduction(Offer):
    """About one deduction, while the month is open."""

    section = "deductions"
    state = DeductionState.STANDS
    why = TextField(label=_("Reason"), max_length=500, widget=NOTE)

    @classmethod
    def may(cls, subject: Assessed, who: Any) -> bool:
        return bool(who.account.pk != subject.assessment.account_id)

    @classmethod
    def abouts(cls, subject: Assessed, who: Any) -> Iterable[Any]:
        if not subject.is_open or not cls.may(subject, who):
            return []
        return [one for one in subject.rows if one.state == cls.state.value]

    @classmethod
    def part(cls, subject: Assessed, key: str) -> Any:
        return next((one for one in subject.rows if cls.part_key(one) == key), None)

    @property
    def label(self) -> str:
        rule = packs()[self.subject.assessment.pack].rules[self.about.rule]
        words = rule.words.said_in(get_language())
        return f"{super().label}{_(': ')}{words} ({self.about.day.isoformat()})"


class Object(OnDeduction):
    """The person objects."""

    act = AssessAct.OBJECT
    effect = _("Another manager than who found it rules on it before the month is confirmed.")

    @classmethod
    def may(cls, subject: Assessed, who: Any) -> bool:
        return bool(who.account.pk == subject.assessment.account_id)

    def does(self, doing: Doing) -> Any:
        why = self.cleaned_data["why"]
        return actions.object_to(self.subject.assessment.pk, self.about.pk, why, doing)


class Strike(OnDeduction):
    """It was wrong: the points come back."""

    act, state = AssessAct.STRIKE, DeductionState.OBJECTED

    def does(self, doing: Doing) -> Any:
        why = self.cleaned_data["why"]
        return actions.rule_on(self.subject.assessment.pk, self.about.pk, True, why, doing)


class Uphold(OnDeduction):
    """It stands, with the reason."""

    act, state = AssessAct.UPHOLD, DeductionState.OBJECTED

    def does(self, doing: Doing) -> Any:
        why = self.cleaned_data["why"]
        return actions.rule_on(self.subject.assessment.pk, self.about.pk, False, why, doing)


class Confirm(Offer):
    """The month stands."""

    act, tone = AssessAct.CONFIRM, "primary"
    effect = _("Nothing of it changes afterwards.")

    @classmethod
    def offered(cls, subject: Assessed, who: Any) -> bool:
        return subject.is_open and who.account.pk != subject.assessment.account_id

    def does(self, doing: Doing) -> Any:
        return actions.confirm(self.subject.assessment.pk, doing)


ASSESSMENT_OFFERS: tuple[type[Offer], ...] = (Object, Strike, Uphold, Confirm)


# ------------------------------------------------------------------ the rules
class SetRules(Offer):
    """From which month, what costs how many points, on which document."""

    act, tone = VersionAct.PUBLISH, "grave"
    title = _("Set other rules")
    effect = _("Months before keep the rules under which they were worked.")
    done = _("Written, and in the public log.")
    since = forms.DateField(label=_("First day in force"), widget=DateInput)
    base = forms.DecimalField(
        label=_("Points to begin with"), min_value=1, max_value=1000, decimal_places=2
    )
    grace_minutes = forms.IntegerField(
        label=_("Minutes late or early that cost less"), min_value=0, max_value=120
    )
    away_minutes = forms.IntegerField(
        label=_("Minutes away in one shift"), min_value=0, max_value=240
    )
    objection_days = forms.IntegerField(
        label=_("Working days to object"), min_value=1, max_value=60
    )
    few = forms.IntegerField(
        label=_("Services below which nothing is compared"), min_value=0, max_value=1000
    )
    seen = TextField(  # type: ignore[assignment]
        label=_("Rules of inspection, one a line"),
        help_text=_("mark | head | points | Chinese | English"),
        widget=NOTE,
        max_length=6000,
    )
    basis = TextField(label=_("Name and number of the document it rests on"), max_length=300)

    def ask(self) -> None:
        now, language = pack_on(self.day), get_language()
        for name, (_head, zh, en) in COUNTED.items():
            numbers = {number: getattr(now, number) for number in NUMBERS}
            rule = now.rules.get(name)
            self.fields[name] = forms.DecimalField(
                label=_("Points: %(rule)s")
                % {"rule": Said(zh.format(**numbers), en.format(**numbers)).said_in(language)},
                min_value=0,
                max_value=100,
                decimal_places=2,
                initial=rule.points if rule else 0,
            )
        self.order_fields(["since", "base", *NUMBERS, *COUNTED, "seen", "basis"])
        self.initial.update({name: getattr(now, name) for name in ("base", *NUMBERS)})
        self.initial["seen"] = as_lines(now)

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        numbers = {name: typed[name] for name in NUMBERS}
        points = {name: typed[name] for name in COUNTED}
        return actions.set_rules(
            typed["base"], numbers, points, typed["seen"], typed["basis"], typed["since"], doing
        )
