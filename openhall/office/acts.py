"""The acts of each desk as short forms: what is asked, what it does, under which clause and key.

A form names its act and hands what was typed to it; the act decides. Nothing is decided here.
"""

import json
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.cases import actions
from openhall.cases.actions import Doing, Point
from openhall.cases.forms import field_of
from openhall.cases.models import Case
from openhall.cases.queries import takers
from openhall.cases.rules.lifecycle import acts_at
from openhall.cases.terms import Act, Delivery, Opinion, Outcome, Stage, SuspensionGround
from openhall.catalogue.asking import form_of, papers_named
from openhall.catalogue.rules.forms import FormDefinition, answers_of
from openhall.catalogue.terms import FieldKind
from openhall.glossary import Term
from openhall.organs.terms import Desk

NOTE = forms.Textarea(attrs={"rows": 3})


def said(words: type[Term], only: tuple[Any, ...] = ()) -> list[tuple[str, Any]]:
    """The terms to choose from, in the language of the page."""
    return [(w.value, w.said_in(get_language())) for w in (only or tuple(words))]


class ActForm(forms.Form):
    """One act. ``effect`` is said before it is confirmed; ``shortcut`` is its key on the desk."""

    act: ClassVar[Act]
    desks: ClassVar[tuple[Desk, ...]]
    effect: ClassVar[Any] = ""
    shortcut: ClassVar[str] = ""
    tone: ClassVar[str] = "plain"

    def __init__(self, typed: Any = None, *, case: Case, day: Any) -> None:
        super().__init__(typed, prefix=self.act.value)
        self.case, self.day = case, day
        self.ask()

    def ask(self) -> None:
        """Fill in what depends on the case."""

    def does(self, doing: Doing, seen: int) -> None:
        raise NotImplementedError

    @property
    def label(self) -> Act:
        return self.act


class Accept(ActForm):
    act, desks, shortcut, tone = Act.ACCEPT, (Desk.WINDOW,), "a", "primary"
    effect = _("The limit begins to run; the applicant receives the notice of acceptance.")

    def does(self, doing: Doing, seen: int) -> None:
        actions.accept(self.case.pk, doing, seen=seen)


class AskForSupplement(ActForm):
    act, desks, shortcut = Act.ASK_FOR_SUPPLEMENT, (Desk.WINDOW,), "s"
    effect = _("The applicant is told once, of everything that is missing.")

    def ask(self) -> None:
        version = self.case.item_version
        asked = form_of(version) or FormDefinition("", "", ())
        self.names = [
            ("material" if one.kind == FieldKind.FILE else "field", one.key, one.label)
            for one in asked
            if one.kind != FieldKind.COMPUTED
        ]
        self.names += [("material", one.key, one.name) for one in version.materials.all()]
        for kind, key, label in self.names:
            self.fields[f"{kind}-{key}"] = forms.CharField(
                label=label,
                required=False,
                max_length=300,
                help_text=_("What is wrong and what to bring; leave empty if it is in order."),
            )

    def does(self, doing: Doing, seen: int) -> None:
        points = [
            Point(reason, **{kind: key})
            for kind, key, _label in self.names
            if (reason := self.cleaned_data[f"{kind}-{key}"].strip())
        ]
        actions.ask_for_supplement(self.case.pk, points, doing, seen=seen)


class TakeSupplement(ActForm):
    """What the applicant brings to the window, in answer to the one notice."""

    act, desks, shortcut, tone = Act.SUPPLEMENT, (Desk.WINDOW,), "u", "primary"
    effect = _("Only what the notice named is open, and all of it must be there.")

    def ask(self) -> None:
        points = list(self.case.supplement.points.all())
        version, self.before = self.case.item_version, json.loads(self.case.answers)
        self.asked = form_of(version) or FormDefinition("", "", ())
        self.open = {point.field for point in points if point.field}
        for one in self.asked:
            if one.key in self.open:
                field = field_of(one, before=self.asked, on_paper=True)
                field.initial = self.before.get(one.key)
                self.fields[f"field-{one.key}"] = field
        self.papers = [point.material for point in points if point.material]
        for material in papers_named(version, set(self.papers)):
            label = _("Brought: %(name)s") % {"name": material.name}
            self.fields[f"paper-{material.key}"] = forms.BooleanField(label=label, required=False)

    def clean(self) -> dict[str, Any]:
        """By the one rule of every door; rows added or removed are judged when it is sent."""
        typed = super().clean() or {}
        said = {key: typed.get(f"field-{key}") for key in self.open}
        known = {key: one for key, one in (self.before | said).items() if self.asked.field(key)}
        checked = answers_of(self.asked, known, self.day)
        for key in self.open & set(checked.faults):
            self.add_error(f"field-{key}", checked.faults[key].in_(get_language()))
        return typed | {f"field-{key}": checked.answers.get(key, "") for key in self.open}

    def does(self, doing: Doing, seen: int) -> None:
        typed = self.cleaned_data
        answers = {key: typed[f"field-{key}"] for key in self.open}
        brought = [key for key in self.papers if typed.get(f"paper-{key}")]
        actions.supplement(self.case.pk, answers, doing, brought=brought)


class Decline(ActForm):
    act, desks, shortcut, tone = Act.DECLINE, (Desk.WINDOW,), "d", "grave"
    effect = _("The applicant receives a written decision with the reason.")
    outcome = forms.ChoiceField(label=_("Ground"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), widget=NOTE, max_length=500)
    competent_organ = forms.CharField(
        label=_("Organ that is competent"), required=False, max_length=120
    )

    def ask(self) -> None:
        grounds = (Outcome.NOT_REQUIRED, Outcome.NOT_COMPETENT, Outcome.INELIGIBLE)
        self.fields["outcome"].choices = said(Outcome, grounds)  # type: ignore[attr-defined]

    def does(self, doing: Doing, seen: int) -> None:
        typed = self.cleaned_data
        actions.decline(
            self.case.pk,
            Outcome(typed["outcome"]),
            typed["reason"],
            doing,
            competent_organ=typed["competent_organ"],
            seen=seen,
        )


class HandOver(ActForm):
    act, desks, shortcut, tone = Act.HAND_OVER, (Desk.WINDOW,), "h", "primary"
    effect = _("A slip is left; the handler named becomes responsible for the case.")
    taker = forms.ChoiceField(label=_("Handler"))
    things = forms.CharField(
        label=_("What is handed over"),
        widget=NOTE,
        help_text=_("One paper a line."),
        max_length=1000,
    )

    def ask(self) -> None:
        self.people = {str(one.pk): one for one in takers(self.case, self.day)}
        choices = [(key, str(one)) for key, one in self.people.items()]
        self.fields["taker"].choices = choices  # type: ignore[attr-defined]
        names = [material.name for material in self.case.item_version.materials.all()]
        self.fields["things"].initial = "\n".join(names)

    def does(self, doing: Doing, seen: int) -> None:
        things = [line.strip() for line in self.cleaned_data["things"].splitlines() if line.strip()]
        taker = self.people[self.cleaned_data["taker"]]
        actions.hand_over(self.case.pk, taker, things, doing, seen=seen)


class Review(ActForm):
    act, desks, shortcut, tone = Act.REVIEW, (Desk.HANDLER,), "r", "primary"
    effect = _("Your opinion goes to the person who decides.")
    opinion = forms.ChoiceField(label=_("Opinion"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("Opinion in words"), widget=NOTE, max_length=2000)

    def ask(self) -> None:
        self.fields["opinion"].choices = said(Opinion)  # type: ignore[attr-defined]

    def does(self, doing: Doing, seen: int) -> None:
        opinion = Opinion(self.cleaned_data["opinion"])
        actions.review(self.case.pk, opinion, self.cleaned_data["note"], doing, seen=seen)


class Suspend(ActForm):
    act, desks, shortcut = Act.SUSPEND, (Desk.HANDLER,), "p"
    effect = _("Time is excluded only if the applicant is told in writing.")
    ground = forms.ChoiceField(label=_("Ground"))
    basis = forms.CharField(label=_("Legal basis"), max_length=300)
    planned_days = forms.IntegerField(label=_("Working days needed"), min_value=1, max_value=200)
    notify = forms.BooleanField(
        label=_("Give the written notice now"), required=False, initial=True
    )

    def ask(self) -> None:
        self.fields["ground"].choices = said(SuspensionGround)  # type: ignore[attr-defined]

    def does(self, doing: Doing, seen: int) -> None:
        typed = self.cleaned_data
        actions.suspend(
            self.case.pk,
            SuspensionGround(typed["ground"]),
            typed["basis"],
            typed["planned_days"],
            "",
            doing,
            with_notice=typed["notify"],
            seen=seen,
        )


class Resume(ActForm):
    act, desks, shortcut = Act.RESUME, (Desk.HANDLER,), "e"
    effect = _("The clock runs again; both limits move by the time excluded.")

    def does(self, doing: Doing, seen: int) -> None:
        actions.resume(self.case.pk, doing, seen=seen)


class Decide(ActForm):
    act, desks, shortcut, tone = Act.DECIDE, (Desk.DECIDER,), "d", "primary"
    effect = _("The decision is binding, and is delivered within ten working days.")
    outcome = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), widget=NOTE, required=False, help_text=_("Required for a refusal.")
    )
    remedy = forms.CharField(
        label=_("Remedies"), widget=NOTE, required=False, help_text=_("Required for a refusal.")
    )

    def ask(self) -> None:
        outcomes = said(Outcome, (Outcome.GRANTED, Outcome.REFUSED))
        self.fields["outcome"].choices = outcomes  # type: ignore[attr-defined]

    def does(self, doing: Doing, seen: int) -> None:
        typed = self.cleaned_data
        actions.decide(
            self.case.pk,
            Outcome(typed["outcome"]),
            typed["reason"],
            typed["remedy"],
            doing,
            seen=seen,
        )


class SendBack(ActForm):
    act, desks, shortcut = Act.SEND_BACK, (Desk.DECIDER,), "b"
    effect = _("The case returns to its handler.")
    reason = forms.CharField(label=_("Reason"), widget=NOTE, max_length=500)

    def does(self, doing: Doing, seen: int) -> None:
        actions.send_back(self.case.pk, self.cleaned_data["reason"], doing, seen=seen)


class Issue(ActForm):
    act, desks, shortcut, tone = Act.ISSUE, (Desk.WINDOW,), "i", "primary"
    effect = _("The certificate or document is made; no case passes here unpaid.")

    def does(self, doing: Doing, seen: int) -> None:
        actions.issue(self.case.pk, doing, seen=seen)


class Deliver(ActForm):
    act, desks, shortcut, tone = Act.DELIVER, (Desk.WINDOW,), "v", "primary"
    effect = _("The case ends; the applicant may rate the service.")
    way = forms.ChoiceField(label=_("How"), widget=forms.RadioSelect)
    receiver = forms.CharField(label=_("Received by"), max_length=60)

    def ask(self) -> None:
        self.fields["way"].choices = said(Delivery)  # type: ignore[attr-defined]

    def does(self, doing: Doing, seen: int) -> None:
        way = Delivery(self.cleaned_data["way"])
        actions.deliver(self.case.pk, way, self.cleaned_data["receiver"], doing, seen=seen)


FORMS: tuple[type[ActForm], ...] = (
    Accept,
    AskForSupplement,
    TakeSupplement,
    Decline,
    HandOver,
    Review,
    Suspend,
    Resume,
    Decide,
    SendBack,
    Issue,
    Deliver,
)


def forms_for(case: Case, desk: Desk, day: Any) -> list[ActForm]:
    """The acts that ``desk`` may do at the stage of ``case``, unbound."""
    lawful = acts_at(Stage(case.stage))
    paused = case.suspended_since is not None
    return [
        form(case=case, day=day)
        for form in FORMS
        if form.act in lawful
        and desk in form.desks
        and not (form is Resume and not paused)
        and not (form in (Review, Suspend, Decide) and paused)
    ]


def form_named(act: str, case: Case, desk: Desk, day: Any, typed: Any) -> ActForm | None:
    """The form of ``act`` at ``desk`` with what was typed; None if the desk has no such act."""
    for form in FORMS:
        if form.act.value == act and desk in form.desks:
            return form(typed, case=case, day=day)
    return None
