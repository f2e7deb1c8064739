"""The handler's acts: examine, suspend, check on site, hear, consult, forward. 行政许可法 34–48."""

from django import forms
from django.utils.translation import gettext_lazy as _

from openhall.cases import actions
from openhall.cases.actions import Doing
from openhall.cases.actions.extending import most_days
from openhall.cases.behind import colleagues, shareable
from openhall.cases.queries import Case
from openhall.cases.terms import Act, Opinion, StepPhase, StepState, SuspensionGround
from openhall.design.forms import DateInput
from openhall.desk.offers import NOTE, said
from openhall.office.acts.form import ActForm
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.workdays.queries import calendar

HERE = (Desk.HANDLER,)


class Review(ActForm):
    act, desks, shortcut, tone = Act.REVIEW, (Desk.HANDLER,), "r", "primary"
    paused = False
    effect = _("Your opinion goes to the person who decides.")
    opinion = forms.ChoiceField(label=_("Review opinion"), widget=forms.RadioSelect)
    note = TextField(label=_("Opinion in words"), widget=NOTE, max_length=2000)

    def ask(self) -> None:
        self.choose("opinion", said(Opinion))

    def does(self, doing: Doing) -> None:
        opinion = Opinion(self.cleaned_data["opinion"])
        actions.review(self.case.pk, opinion, self.cleaned_data["note"], doing)


class Suspend(ActForm):
    act, desks, shortcut, paused = Act.SUSPEND, (Desk.HANDLER,), "p", False
    effect = _("Time is excluded only if the applicant is told in writing.")
    ground = forms.ChoiceField(label=_("Ground"))
    basis = TextField(label=_("Legal basis"), max_length=300)
    planned_days = forms.IntegerField(label=_("Working days needed"), min_value=1, max_value=200)
    notify = forms.BooleanField(
        label=_("Give the written notice now"), required=False, initial=True
    )

    def ask(self) -> None:
        self.choose("ground", said(SuspensionGround))

    def does(self, doing: Doing) -> None:
        typed = self.cleaned_data
        actions.suspend(
            self.case.pk,
            SuspensionGround(typed["ground"]),
            typed["basis"],
            typed["planned_days"],
            "",
            doing,
            with_notice=typed["notify"],
        )


class Resume(ActForm):
    act, desks, shortcut, paused = Act.RESUME, (Desk.HANDLER,), "e", True
    effect = _("The clock runs again; both limits move by the time excluded.")

    @classmethod
    def fits(cls, case: Case) -> bool:
        """A called hearing holds the clock until it is held."""
        hearing = getattr(case, "hearing", None)
        return hearing is None or hearing.called_at is None or hearing.held_at is not None

    def does(self, doing: Doing) -> None:
        actions.resume(self.case.pk, doing)


class AskExtension(ActForm):
    act, desks, shortcut, seldom = Act.ASK_EXTENSION, HERE, "x", True
    effect = _("The head of the organ approves or not; a limit is extended once.")
    days = forms.IntegerField(label=_("Working days more"), min_value=1)
    reason = TextField(label=_("Reason"), widget=NOTE, max_length=500)

    @classmethod
    def fits(cls, case: Case) -> bool:
        open_request = any(one.answered_at is None for one in case.extension_requests.all())
        return not open_request and not hasattr(case, "extension") and bool(most_days(case))

    def ask(self) -> None:
        self.fields["days"].initial = most_days(self.case)

    def does(self, doing: Doing) -> None:
        typed = self.cleaned_data
        actions.ask_extension(self.case.pk, typed["days"], typed["reason"], doing)


class SiteCheck(ActForm):
    act, desks, shortcut, seldom = Act.SITE_CHECK, HERE, "k", True
    effect = _("Two officers or more sign the record; it becomes part of the case.")
    on = forms.DateField(label=_("Day of the check"), widget=DateInput)
    place = TextField(label=_("Meeting place"), max_length=200)
    officers = forms.MultipleChoiceField(
        label=_("Officers"), widget=forms.CheckboxSelectMultiple, help_text=_("Two or more.")
    )
    found = TextField(label=_("What was found"), widget=NOTE, max_length=2000)
    passed = forms.BooleanField(label=_("The conditions are met"), required=False)

    def ask(self) -> None:
        self.fields["on"].initial = self.day
        self.choose_rows("officers", colleagues(self.case, self.day))

    def does(self, doing: Doing) -> None:
        typed = self.cleaned_data
        actions.site_check(
            self.case.pk,
            typed["on"],
            typed["place"],
            [self.rows["officers"][pk] for pk in typed["officers"]],
            typed["found"],
            typed["passed"],
            doing,
        )


class TellHearing(ActForm):
    act, desks, shortcut, seldom = Act.TELL_HEARING, HERE, "g", True
    effect = _("A hearing may be asked for within five working days; until then nobody decides.")
    why = TextField(
        label=_("Whose great interest is touched, and how"), widget=NOTE, max_length=1000
    )

    @classmethod
    def fits(cls, case: Case) -> bool:
        return not hasattr(case, "hearing")

    def does(self, doing: Doing) -> None:
        actions.tell_hearing(self.case.pk, self.cleaned_data["why"], doing)


class CallHearing(ActForm):
    act, desks, shortcut, tone, paused = Act.CALL_HEARING, HERE, "l", "primary", False
    effect = _("The notice is given seven working days before; its time is excluded.")
    held_on = forms.DateField(label=_("Day of the hearing"), widget=DateInput)
    place = TextField(label=_("Meeting place"), max_length=200)
    host = forms.ChoiceField(
        label=_("Host"), help_text=_("Somebody who does not examine this case.")
    )

    @classmethod
    def fits(cls, case: Case) -> bool:
        hearing = getattr(case, "hearing", None)
        return hearing is not None and bool(hearing.asked_at) and hearing.called_at is None

    def ask(self) -> None:
        self.fields["held_on"].initial = calendar().add_workdays(self.day, 7).on
        others = [one for one in colleagues(self.case, self.day) if one.pk != self.case.handler_id]
        self.choose_rows("host", others)

    def does(self, doing: Doing) -> None:
        typed = self.cleaned_data
        actions.call_hearing(
            self.case.pk, typed["held_on"], typed["place"], self.chosen("host"), doing
        )


class HoldHearing(ActForm):
    act, desks, shortcut, tone, paused = Act.HOLD_HEARING, HERE, "m", "primary", True
    effect = _("The minutes are kept and the clock runs again; the decision rests on them.")
    minutes = TextField(label=_("Minutes"), widget=NOTE, max_length=5000)

    @classmethod
    def fits(cls, case: Case) -> bool:
        hearing = getattr(case, "hearing", None)
        return hearing is not None and bool(hearing.called_at) and hearing.held_at is None

    def does(self, doing: Doing) -> None:
        actions.hold_hearing(self.case.pk, self.cleaned_data["minutes"], doing)


class Consult(ActForm):
    act, desks, shortcut, seldom = Act.CONSULT, HERE, "c", True
    effect = _("The unit sees the question and what you share here, and nothing else.")
    organ = forms.ChoiceField(label=_("Unit to ask"))
    question = TextField(label=_("What is asked"), widget=NOTE, max_length=1000)
    due_on = forms.DateField(label=_("Answer by"), widget=DateInput)
    share = forms.MultipleChoiceField(
        label=_("What is shared"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def ask(self) -> None:
        self.choose_unit("organ")
        self.fields["due_on"].initial = calendar().add_workdays(self.day, 5).on
        self.choose("share", shareable(self.case))

    def does(self, doing: Doing) -> None:
        typed = self.cleaned_data
        chosen = [one.split(":", 1) for one in typed["share"]]
        organ = self.chosen("organ")
        assert organ is not None  # the field is required and offers units only
        actions.consult(
            self.case.pk,
            organ,
            typed["question"],
            typed["due_on"],
            doing,
            answers=[key for kind, key in chosen if kind == "answer"],
            uploads=[int(key) for kind, key in chosen if kind == "upload"],
        )


class Forward(ActForm):
    act, desks, shortcut, seldom, paused = Act.FORWARD, HERE, "f", True, False
    effect = _("Your examination ends; the superior organ's own limit begins.")
    to = TextField(label=_("Superior organ"), max_length=120)
    opinion = TextField(label=_("First opinion"), widget=NOTE, max_length=2000)

    def does(self, doing: Doing) -> None:
        typed = self.cleaned_data
        actions.forward(self.case.pk, typed["to"], typed["opinion"], doing)


class Reply(ActForm):
    act, desks, shortcut, tone = Act.REPLY, HERE, "y", "primary"
    effect = _("Your clock goes on where it had stopped.")
    said = TextField(label=_("What the superior organ decided"), widget=NOTE, max_length=2000)

    def does(self, doing: Doing) -> None:
        actions.reply(self.case.pk, self.cleaned_data["said"], doing)


def _review_steps(case: Case, *states: StepState) -> int:
    review, found = StepPhase.REVIEW.value, {state.value for state in states}
    return sum(one.phase == review and one.state in found for one in case.steps.all())


class FinishStep(ActForm):
    act, desks, shortcut = Act.FINISH_STEP, HERE, "t"
    effect = _("The next step of the examination begins, with its own clock.")

    @classmethod
    def fits(cls, case: Case) -> bool:
        return _review_steps(case, StepState.CURRENT, StepState.AHEAD) > 1

    def does(self, doing: Doing) -> None:
        actions.finish_step(self.case.pk, doing)


class ReturnStep(ActForm):
    act, desks, shortcut, seldom = Act.RETURN_STEP, HERE, "b", True
    effect = _("The step before runs again.")
    reason = TextField(label=_("Reason"), widget=NOTE, max_length=500)

    @classmethod
    def fits(cls, case: Case) -> bool:
        return _review_steps(case, StepState.DONE) > 0

    def does(self, doing: Doing) -> None:
        actions.return_step(self.case.pk, self.cleaned_data["reason"], doing)
