"""What a desk may do to a survey and its papers; the acts decide. 成办发〔2003〕75号 二（三）."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.design.forms import CodeInput, DateInput
from openhall.desk.offers import NOTE, Offer, in_words, said
from openhall.forms.controls import ask_all, typed_in
from openhall.glossary import Said
from openhall.lots.terms import DrawState
from openhall.office.acts.lots import Announcing
from openhall.office.acts.problems import OF_A_REPORT, WithProblems, listed
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.surveys import actions
from openhall.surveys.queries import Survey, code_named, form_asked, units_of
from openhall.surveys.rules.lifecycle import SURVEYS
from openhall.surveys.terms import (
    CodeSource,
    Instrument,
    KeyingAct,
    KeyingState,
    SurveyAct,
    SurveyState,
)

PLANNERS, ANNOUNCERS = (Desk.SUPERVISION,), (Desk.GOVERNMENT_OFFICE,)
KEYERS = (Desk.SUPERVISION, Desk.CENTRE_MANAGER, Desk.INSPECTOR)


class OfPlan(Offer):
    """What the plan of a survey says."""

    name = TextField(label=_("What it is called"), max_length=120, required=False)
    name_en = TextField(label=_("In English"), max_length=200, required=False)
    purpose = TextField(
        label=_("What is asked, and why"),
        max_length=2000,
        required=False,
        widget=NOTE,
        help_text=_("Whoever answers reads this."),
    )
    departments = forms.IntegerField(label=_("Departments to draw"), min_value=0, initial=3)
    districts = forms.IntegerField(label=_("Districts to draw"), min_value=0, initial=2)
    served_from = forms.DateField(label=_("Cases closed from"), widget=DateInput)
    served_until = forms.DateField(label=_("Cases closed until"), widget=DateInput)
    per_unit = forms.IntegerField(label=_("People to draw of each unit"), min_value=0, initial=60)
    reserve = forms.IntegerField(label=_("Reserve of each unit"), min_value=0, initial=30)
    field_from = forms.DateField(label=_("Open from"), widget=DateInput)
    field_until = forms.DateField(label=_("Open until"), widget=DateInput)
    share = forms.IntegerField(
        label=_("Share of the questionnaire, percent"),
        min_value=0,
        initial=70,
        help_text=_("The score sheet has the rest. It is frozen with the plan."),
    )

    def planned(self) -> actions.Planned:
        typed = dict(self.cleaned_data)
        named = {"title": typed.pop("name"), "title_en": typed.pop("name_en")}
        return actions.Planned(**named, **typed)


class Begin(OfPlan):
    act, tone, section = SurveyAct.BEGIN, "primary", "begin"
    effect = _("The City Government Office reads it and announces it together with its draw.")
    done = _("It lies with the City Government Office.")

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return who.desk in PLANNERS

    def does(self, doing: Doing) -> Survey:
        return actions.begin_survey(self.who.organ, self.planned(), doing)

    def goes_to(self, left: Survey) -> str:
        at = [self.who.organ.code, self.who.desk.value, left.number]
        return reverse("office:survey", args=at)


class OnSurvey(Offer):
    """Offered while the table of the law has the act."""

    act: ClassVar[SurveyAct]

    @classmethod
    def offered(cls, subject: Survey, who: Any) -> bool:
        return (SurveyState(subject.state), cls.act) in SURVEYS


class Rewrite(OnSurvey, OfPlan):
    act, desks, tone = SurveyAct.REWRITE, PLANNERS, "primary"

    def ask(self) -> None:
        row = self.subject
        for field in self.fields:
            column = {"name": "title", "name_en": "title_en"}.get(field, field)
            self.initial[field] = getattr(row, column)

    def does(self, doing: Doing) -> Any:
        return actions.rewrite_survey(self.subject.pk, self.planned(), doing)


class WithReason(OnSurvey):
    reason = TextField(label=_("Reason"), widget=NOTE, max_length=500, required=False)


class Drop(WithReason):
    act, desks, tone, seldom = SurveyAct.DROP, PLANNERS, "grave", True

    def does(self, doing: Doing) -> Any:
        return actions.drop_survey(self.subject.pk, self.cleaned_data["reason"], doing)


class SendBack(WithReason):
    act, desks = SurveyAct.SEND_BACK, ANNOUNCERS

    def does(self, doing: Doing) -> Any:
        return actions.send_back_survey(self.subject.pk, self.cleaned_data["reason"], doing)


class Announce(OnSurvey, Announcing):
    act, desks, tone = SurveyAct.ANNOUNCE, ANNOUNCERS, "grave"
    effect = _(
        "Both forms are frozen and the hash of the frame enters the public log. From now on nobody "
        "changes who can be drawn."
    )
    done = _("Announced. Hand each party its code; it commits on the public page.")

    def ask(self) -> None:
        self.ask_of_draw(self.subject.field_from)

    def does(self, doing: Doing) -> Any:
        survey = self.subject
        title = Said(
            f"{survey.title}：公开抽取"[:120], f"Draw of: {survey.title_en or survey.title}"
        )
        return actions.announce_survey(survey.pk, self.asked(title), doing)


class GoIntoField(OnSurvey):
    act, desks, tone = SurveyAct.GO_INTO_FIELD, PLANNERS, "primary"
    effect = _("Each person drawn is told by the way of the case, with a code that answers once.")

    @classmethod
    def offered(cls, subject: Survey, who: Any) -> bool:
        drawn = subject.draw is not None and subject.draw.state == DrawState.DRAWN
        return drawn and super().offered(subject, who)

    def does(self, doing: Doing) -> Any:
        return actions.go_into_field(self.subject.pk, doing)


class OfUnit(OnSurvey):
    """About one of the units drawn."""

    unit = forms.ChoiceField(label=_("Unit"))
    count = forms.IntegerField(label=_("How many"), min_value=0, initial=10)

    def ask(self) -> None:
        self.choose("unit", listed(one.organ for one in units_of(self.subject)))


class GoOn(OfUnit):
    act, desks, seldom = SurveyAct.GO_ON, PLANNERS, True
    effect = _("The next in the same order are asked; nobody is drawn anew.")

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        return actions.go_on(self.subject.pk, typed["unit"], typed["count"], doing)


class Issue(OfUnit):
    act, desks = SurveyAct.ISSUE, PLANNERS
    source = forms.ChoiceField(label=_("Handed out to"))
    field_order = ("unit", "source", "count")

    def ask(self) -> None:
        super().ask()
        self.choose("source", said(CodeSource, (CodeSource.JUDGE, CodeSource.HALL)))

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        source = CodeSource(typed["source"])
        return actions.issue_codes(self.subject.pk, typed["unit"], source, typed["count"], doing)


class Close(OnSurvey):
    act, desks, tone = SurveyAct.CLOSE, PLANNERS, "grave"
    effect = _("The figures are reckoned once and enter the public log. Nothing is answered after.")

    def does(self, doing: Doing) -> Any:
        return actions.close_survey(self.subject.pk, doing)


class Report(WithProblems, OnSurvey):
    act, desks, tone = SurveyAct.REPORT, ANNOUNCERS, "grave"
    problem = actions.Problem
    words = TextField(label=_("What the survey found"), **OF_A_REPORT)

    def units(self) -> Iterable[Any]:
        return [one.organ for one in units_of(self.subject)]

    def does(self, doing: Doing) -> Any:
        words = self.cleaned_data["words"]
        return actions.report_survey(self.subject.pk, words, self.problems(), doing)


SURVEY_OFFERS: tuple[type[Offer], ...] = (
    Announce,
    SendBack,
    Rewrite,
    Drop,
    GoIntoField,
    Issue,
    GoOn,
    Close,
    Report,
)


# ------------------------------------------------------------------------------------ papers
class Find(Offer):
    """A paper by its code. The page keeps that it was typed: a number in an address is no code."""

    found = 0
    code, title, bare, tone = "find", _("Find the paper"), True, "primary"
    button = _("Open it")
    done = _("Compare the paper with the page.")
    paper_code = TextField(label=_("Code on the paper"), widget=CodeInput, max_length=40)

    def does(self, doing: Doing) -> Any:
        found = code_named(self.cleaned_data["paper_code"])
        if found is None:
            raise Refused(
                Said(
                    "没有这个测评码。请对照纸质答卷重新填写。",
                    "There is no such code. Compare it with the paper.",
                ),
                "paper_code",
            )
        self.found = found.pk
        return found


class Filled(Offer):
    """The form of the survey, filled in as it stands on the paper or as it is said."""

    desks, bare, tone = KEYERS, True, "primary"
    states: tuple[KeyingState | None, ...] = ()

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        state = None if subject.paper is None else KeyingState(subject.paper.state)
        return not subject.code.used and state in cls.states

    def ask(self) -> None:
        code = self.subject.code
        ask_all(self, form_asked(code.unit.survey, Instrument(code.instrument)))

    def typed(self) -> dict[str, Any]:
        return typed_in(self, self.fields)


class Key(Filled):
    act, states = KeyingAct.KEY, (None,)
    title = button = _("Key it in the first time")
    done = _("Kept. Another person keys it in the second time.")

    def does(self, doing: Doing) -> Any:
        return actions.key_paper(self.subject.code.code, self.typed(), doing)


class KeyAgain(Filled):
    act, states = KeyingAct.KEY_AGAIN, (KeyingState.ONCE,)
    title = button = _("Key it in the second time")
    done = _("Compared with the first time.")

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return super().offered(subject, who) and subject.paper.first_by_id != who.account.pk

    def does(self, doing: Doing) -> Any:
        return actions.key_again(self.subject.paper.pk, self.typed(), doing)


class Settle(Filled):
    act, states = KeyingAct.SETTLE, (KeyingState.DIFFERS,)
    title = button = _("As it stands on the paper")
    done = _("It stands as you read it.")

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        paper = subject.paper
        return super().offered(subject, who) and who.account.pk not in (
            paper.first_by_id,
            paper.second_by_id,
        )

    def does(self, doing: Doing) -> Any:
        return actions.settle_paper(self.subject.paper.pk, self.typed(), doing)


class ByPhone(Filled):
    code, title, states = "phone", _("Said on the telephone"), (None,)
    bare, tone, seldom = False, "plain", True
    button, done = _("Send what was said"), _("The answer is kept; it names nobody.")

    def does(self, doing: Doing) -> Any:
        return actions.answer_by_phone(self.subject.code.code, self.typed(), doing)


PAPER_OFFERS: tuple[type[Offer], ...] = (Key, KeyAgain, Settle, ByPhone)


# ------------------------------------------------------------------------------------ interviews
class Interview(Offer):
    """The questionnaire as an interviewer asks it; a script keeps what was said for later."""

    code, bare, tone, desks = "interview", True, "primary", KEYERS
    title = button = _("Keep what was said")
    done = _("The answer is kept; it names nobody.")
    survey_code = TextField(label=_("Code of who is asked"), widget=CodeInput, max_length=40)

    @classmethod
    def offered(cls, subject: Survey, who: Any) -> bool:
        return subject.state == SurveyState.FIELD

    def ask(self) -> None:
        ask_all(self, form_asked(self.subject, Instrument.QUESTIONS))

    def does(self, doing: Doing) -> Any:
        return actions.answer_in_person(
            self.cleaned_data["survey_code"],
            typed_in(self, [one for one in self.fields if one != "survey_code"]),
            doing,
            asked=(self.subject, Instrument.QUESTIONS),
        )

    def refuse(self, refusal: Any) -> None:
        for fault in refusal.faults or (refusal,):
            field = "survey_code" if fault.field == "code" else fault.field
            self.add_error(field if field in self.fields else None, in_words(fault))
