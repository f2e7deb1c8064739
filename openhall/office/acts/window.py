"""The window's acts: accept, correct, ask once, decline, hand over, issue, deliver.

A form names its act and hands what was typed to it; the act decides. Nothing is decided here.
"""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.cases import actions
from openhall.cases.actions import Doing, Point
from openhall.cases.actions.asking_again import may_be_asked_again
from openhall.cases.desks.told import fee_stands
from openhall.cases.materials import papers_due
from openhall.cases.queries import Case, answers_kept, takers
from openhall.cases.terms import Act, Delivery, Outcome, Relation, SignedBy, Stage
from openhall.catalogue.asking import form_of, papers_named
from openhall.catalogue.terms import ProjectType
from openhall.design.words import called
from openhall.desk.offers import LATER, NOTE, said
from openhall.forms.controls import field_of
from openhall.forms.rules import FormDefinition, answers_of
from openhall.forms.terms import FieldKind
from openhall.office.acts.form import ActForm
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk


class Accept(ActForm):
    act, desks, shortcut, tone = Act.ACCEPT, (Desk.WINDOW,), "a", "primary"
    effect = _("The limit begins to run; the applicant receives the notice of acceptance.")

    def does(self, doing: Doing) -> None:
        actions.accept(self.case.pk, doing)


class AcceptAtOnce(ActForm):
    """An instant item: accepted and laid before the decider without a hand-over."""

    act, desks, shortcut, tone = Act.ACCEPT_AT_ONCE, (Desk.WINDOW,), "o", "primary"
    effect = _("The case stands before the decider at once; you accept it, another decides it.")

    @classmethod
    def fits(cls, case: Case) -> bool:
        return case.item_version.project_type == ProjectType.INSTANT.value

    def does(self, doing: Doing) -> None:
        actions.accept_at_once(self.case.pk, doing)


class Correct(ActForm):
    """What the applicant corrects here and now; the field's own questions, as they stand."""

    act, desks, shortcut = Act.CORRECT, (Desk.WINDOW,), "c"
    effect = _("What stood there and what stands now are both kept.")

    @classmethod
    def fits(cls, case: Case) -> bool:
        return hasattr(case.item_version, "form")

    def ask(self) -> None:
        self.before = answers_kept(self.case)
        self.asked = form_of(self.case.item_version) or FormDefinition("", "", ())
        for one in self.asked:
            if one.is_answered and one.kind != FieldKind.FILE:
                field = field_of(one, before=self.asked, on_paper=True)
                field.required, field.initial = False, self.before.get(one.key)
                self.fields[one.key] = field

    def clean(self) -> dict[str, Any]:
        """By the one rule of every door; what was not changed is not judged again."""
        typed = super().clean() or {}
        later = {name: typed.pop(name, None) for name in LATER}
        known = {key: one for key, one in self.before.items() if self.asked.field(key)}
        checked = answers_of(self.asked, known | typed, self.day)
        for key in set(self.changed_data) & set(checked.faults):
            self.add_error(key, checked.faults[key].said_in(get_language()))
        changed = [key for key in self.changed_data if key in typed]
        return {key: checked.answers.get(key, "") for key in changed} | later

    def does(self, doing: Doing) -> None:
        said = {key: one for key, one in self.cleaned_data.items() if key not in LATER}
        actions.correct_on_spot(self.case.pk, said, doing)


class AskForSupplement(ActForm):
    act, desks, shortcut = Act.ASK_FOR_SUPPLEMENT, (Desk.WINDOW,), "s"
    effect = _("The applicant is told once, of everything that is missing.")

    def ask(self) -> None:
        version, language = self.case.item_version, get_language()
        asked = form_of(version) or FormDefinition("", "", ())
        self.names = [
            (
                "material" if one.kind == FieldKind.FILE else "field",
                one.key,
                one.called(language),
            )
            for one in asked
            if one.is_answered
        ]
        self.names += [("material", one.key, called(one)) for one in papers_due(self.case)]
        for kind, key, label in self.names:
            self.fields[f"{kind}-{key}"] = TextField(
                label=label,
                required=False,
                max_length=300,
                help_text=_("What is wrong and what to bring; leave empty if it is in order."),
            )

    def points(self) -> list[Point]:
        return [
            Point(reason, **{kind: key})
            for kind, key, _label in self.names
            if (reason := self.cleaned_data[f"{kind}-{key}"].strip())
        ]

    def does(self, doing: Doing) -> None:
        actions.ask_for_supplement(self.case.pk, self.points(), doing)


class AskAgain(AskForSupplement):
    """The second and last notice, once the head permitted it."""

    act, desks, shortcut = Act.ASK_AGAIN, (Desk.WINDOW,), "s"
    effect = _("The applicant is told a second and last time; supervision is alerted.")

    @classmethod
    def fits(cls, case: Case) -> bool:
        return may_be_asked_again(case)

    def does(self, doing: Doing) -> None:
        actions.ask_again(self.case.pk, self.points(), doing)


class TakeSupplement(ActForm):
    """What the applicant brings to the window, in answer to the one notice."""

    act, desks, shortcut, tone = Act.SUPPLEMENT, (Desk.WINDOW,), "u", "primary"
    effect = _("Only what the notice named is open, and all of it must be there.")

    def askable(self) -> bool:
        return self.case.stage == Stage.SUPPLEMENT_ASKED

    def ask(self) -> None:
        points = list(self.case.supplement.points.all())
        version, self.before = self.case.item_version, answers_kept(self.case)
        self.asked = form_of(version) or FormDefinition("", "", ())
        self.open = {point.field for point in points if point.field}
        for one in self.asked:
            if one.key in self.open:
                field = field_of(one, before=self.asked, on_paper=True)
                field.initial = self.before.get(one.key)
                self.fields[f"field-{one.key}"] = field
        self.papers = [point.material for point in points if point.material]
        for material in papers_named(version, set(self.papers)):
            label = _("Brought: %(name)s") % {"name": called(material)}
            self.fields[f"paper-{material.key}"] = forms.BooleanField(label=label, required=False)

    def clean(self) -> dict[str, Any]:
        """By the one rule of every door; rows added or removed are judged when it is sent."""
        typed = super().clean() or {}
        said = {key: typed.get(f"field-{key}") for key in self.open}
        known = {key: one for key, one in (self.before | said).items() if self.asked.field(key)}
        checked = answers_of(self.asked, known, self.day)
        for key in self.open & set(checked.faults):
            self.add_error(f"field-{key}", checked.faults[key].said_in(get_language()))
        return typed | {f"field-{key}": checked.answers.get(key, "") for key in self.open}

    def does(self, doing: Doing) -> None:
        typed = self.cleaned_data
        answers = {key: typed[f"field-{key}"] for key in self.open}
        brought = [key for key in self.papers if typed.get(f"paper-{key}")]
        actions.supplement(self.case.pk, answers, doing, brought=brought)


class Decline(ActForm):
    act, desks, shortcut, tone = Act.DECLINE, (Desk.WINDOW,), "d", "grave"
    effect = _("The applicant receives a written decision with the reason.")
    outcome = forms.ChoiceField(label=_("Ground"), widget=forms.RadioSelect)
    reason = TextField(label=_("Reason"), widget=NOTE, max_length=500)
    competent = forms.ChoiceField(label=_("Unit of the city that is competent"), required=False)
    competent_organ = TextField(
        label=_("Organ that is competent"),
        required=False,
        max_length=120,
        help_text=_("Only where it is not a unit of the city."),
    )

    def ask(self) -> None:
        grounds = (Outcome.NOT_REQUIRED, Outcome.NOT_COMPETENT, Outcome.INELIGIBLE)
        self.choose("outcome", said(Outcome, grounds))
        self.choose_unit("competent", _("None of these"))

    def does(self, doing: Doing) -> None:
        typed = self.cleaned_data
        actions.decline(
            self.case.pk,
            Outcome(typed["outcome"]),
            typed["reason"],
            doing,
            competent=self.chosen("competent"),
            competent_organ=typed["competent_organ"],
        )


class HandOver(ActForm):
    act, desks, shortcut, tone = Act.HAND_OVER, (Desk.WINDOW,), "h", "primary"
    effect = _("A slip is left; the handler named becomes responsible for the case.")
    taker = forms.ChoiceField(label=_("Handler"))
    things = TextField(
        label=_("What is handed over"),
        widget=NOTE,
        help_text=_("One paper a line."),
        max_length=1000,
    )
    papers_at = TextField(
        label=_("Box or shelf where the papers lie"), max_length=60, required=False
    )

    def ask(self) -> None:
        self.choose_rows("taker", list(takers(self.case, self.day)))
        names = [material.name for material in papers_due(self.case)]
        self.fields["things"].initial = "\n".join(names)

    def does(self, doing: Doing) -> None:
        things = [line.strip() for line in self.cleaned_data["things"].splitlines() if line.strip()]
        lie = self.cleaned_data["papers_at"]
        actions.hand_over(self.case.pk, self.chosen("taker"), things, doing, papers_at=lie)


class AskHearing(ActForm):
    """Somebody concerned asks for a hearing at the window."""

    act, desks, shortcut, seldom = Act.ASK_HEARING, (Desk.WINDOW,), "g", True
    effect = _("A hearing must be held within twenty working days; nobody pays for it.")
    name = TextField(label=_("Who asks for it"), max_length=100)

    @classmethod
    def fits(cls, case: Case) -> bool:
        return hasattr(case, "hearing") and case.hearing.asked_at is None

    def does(self, doing: Doing) -> None:
        actions.ask_hearing(self.case.pk, self.cleaned_data["name"], doing)


class Issue(ActForm):
    act, desks, shortcut, tone = Act.ISSUE, (Desk.WINDOW,), "i", "primary"
    effect = _("The certificate or document is made; no case passes here unpaid.")

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Not while the fee window has given no notice, or the notice is not paid."""
        return fee_stands(case) is None

    def does(self, doing: Doing) -> None:
        actions.issue(self.case.pk, doing)


class Deliver(ActForm):
    act, desks, shortcut, tone = Act.DELIVER, (Desk.WINDOW,), "v", "primary"
    effect = _("The case ends; the applicant may rate the service.")
    way = forms.ChoiceField(label=_("How"), widget=forms.RadioSelect)
    receiver = TextField(label=_("Received by"), max_length=60)
    relation = forms.ChoiceField(label=_("Who that is"), required=False)
    signed = forms.ChoiceField(label=_("How it was signed"), required=False)
    tracking = TextField(label=_("Tracking number"), required=False, max_length=40)

    def ask(self) -> None:
        self.choose("way", said(Delivery))
        for name, words in (("relation", Relation), ("signed", SignedBy)):
            self.choose(name, [("", "—"), *said(words)])

    def does(self, doing: Doing) -> None:
        typed = self.cleaned_data
        actions.deliver(
            self.case.pk,
            Delivery(typed["way"]),
            typed["receiver"],
            doing,
            relation=Relation(typed["relation"]) if typed["relation"] else None,
            signed=SignedBy(typed["signed"]) if typed["signed"] else None,
            tracking=typed["tracking"],
        )
