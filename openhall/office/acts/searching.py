"""What is done at the desk of the search: rules written and published, answers settled."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Fault, Refused
from openhall.design.forms import DateInput
from openhall.desk.offers import Offer
from openhall.organs.terms import Desk
from openhall.paging.whole import whole_or
from openhall.search.actions import answering
from openhall.search.actions import rules as acts
from openhall.search.kinds import RULES
from openhall.search.rules import lines
from openhall.versions.terms import VersionAct, VersionState

OFFICE: Final = (Desk.GOVERNMENT_OFFICE.value,)
READ: Final = {
    "words": (lines.read_words, lines.words_as_lines),
    "boosts": (lines.read_boosts, lines.boosts_as_lines),
    "pins": (lines.read_pins, lines.pins_as_lines),
}


class OnRules(Offer):
    """An act on the version that stands open; ``open`` says whether it is a draft."""

    states: tuple[VersionState, ...] = ()

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        version = subject.version
        return version is not None and version.state in [one.value for one in cls.states]

    @property
    def pk(self) -> int:
        pk: int = self.subject.version.pk
        return pk


class Begin(Offer):
    act = VersionAct.BEGIN
    effect = _("A draft is a copy of what is in force; it binds nobody until it is published.")

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return not subject.is_open

    def does(self, doing: Doing) -> Any:
        return acts.begin(doing)


class Save(OnRules):
    code = "save"
    title = _("Save the draft")
    effect = _("The draft is kept; below it stands what it would change.")
    button = _("Save the draft")
    bare = True
    section = "writing"
    states = (VersionState.DRAFT,)
    words = forms.CharField(
        label=_("Everyday words"),
        help_text=_("One a line: everyday word = official word; official word."),
        widget=forms.Textarea(attrs={"rows": 14}),
        required=False,
    )
    boosts = forms.CharField(
        label=_("Weights of single results"),
        help_text=_("One a line: record | weight from 0.2 to 1.6 | reason | last day."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    pins = forms.CharField(
        label=_("Pinned answers"),
        help_text=_("One a line: query | record | first day | last day | reason, shown to all."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def ask(self) -> None:
        for name, (_read, as_lines) in READ.items():
            self.fields[name].initial = as_lines(getattr(self.subject.version, name))

    def does(self, doing: Doing) -> Any:
        rows, faults = {}, []
        for name, (read, _as_lines) in READ.items():
            try:
                rows[name] = read(self.cleaned_data[name])
            except lines.NotALine as wrong:
                faults.append(Fault(wrong.said, name))
        if faults:
            raise Refused(faults[0].said, faults[0].field, faults)
        return acts.keep_draft(self.pk, rows, doing)


class Send(OnRules):
    act = VersionAct.SEND
    effect = _("The Government Office publishes it; you may not publish what you wrote.")
    states = (VersionState.DRAFT,)

    def does(self, doing: Doing) -> Any:
        return acts.send(self.pk, _unseen(doing))


class Publish(OnRules):
    act = VersionAct.PUBLISH
    desks = OFFICE
    effect = _("From that day the search follows it; who, when and what stand in the public log.")
    tone = "primary"
    states = (VersionState.DRAFT, VersionState.REVIEW)
    first_day = forms.DateField(label=_("In force from"), widget=DateInput)
    note = forms.CharField(label=_("What changes, in a sentence"), max_length=300)

    def ask(self) -> None:
        self.fields["first_day"].initial = self.day

    def does(self, doing: Doing) -> Any:
        told = self.cleaned_data
        return acts.publish(self.pk, told["first_day"], told["note"], _unseen(doing))


class SendBack(OnRules):
    act = VersionAct.SEND_BACK
    desks = OFFICE
    effect = _("The draft goes back to its writers with the reason.")
    states = (VersionState.REVIEW,)
    reason = forms.CharField(label=_("What is to be mended"), max_length=300)

    def does(self, doing: Doing) -> Any:
        return acts.send_back(self.pk, self.cleaned_data["reason"], _unseen(doing))


class Drop(OnRules):
    act = VersionAct.DROP
    effect = _("The draft is given up; what is in force stays in force.")
    seldom = True
    states = (VersionState.DRAFT,)
    reason = forms.CharField(label=_("Why it is given up"), max_length=300)

    def does(self, doing: Doing) -> Any:
        return acts.drop(self.pk, self.cleaned_data["reason"], _unseen(doing))


class End(Offer):
    act = VersionAct.END
    desks = OFFICE
    effect = _("After its last day the words that came with the programme are in force again.")
    seldom = True
    tone = "grave"
    last_day = forms.DateField(label=_("Last day in force"), widget=DateInput)
    reason = forms.CharField(label=_("Why it ends"), max_length=300)

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return subject.in_force is not None and subject.in_force.effective_until is None

    def does(self, doing: Doing) -> Any:
        told = self.cleaned_data
        in_force = self.subject.in_force
        return acts.end(in_force.pk, told["last_day"], told["reason"], _unseen(doing))


class Settle(Offer):
    code = "settle"
    title = _("Settle what a resident said")
    effect = _("Confirmed, it helps to answer like questions; not taken, the reason is kept.")
    section = "answers"
    choice = forms.ChoiceField(
        label=_("Decision"), choices=[("confirm", _("Confirm")), ("refuse", _("Do not take it"))]
    )
    reason = forms.CharField(label=_("Why it is not taken"), max_length=200, required=False)

    @classmethod
    def abouts(cls, subject: Any, who: Any) -> Iterable[Any]:
        return subject.answers

    @classmethod
    def part(cls, subject: Any, key: str) -> Any:
        pk = whole_or(0, key)
        return next((one for one in subject.answers if one.pk == pk), None)

    def does(self, doing: Doing) -> Any:
        told = self.cleaned_data
        confirm = told["choice"] == "confirm"
        return answering.settle(
            self.about.pk, doing.actor, doing.at, confirm=confirm, reason=told["reason"]
        )


class Judge(Offer):
    code = "judge"
    title = _("Judge a result")
    effect = _("The judged queries measure every change of the rules before it is published.")
    section = "judging"
    query = forms.CharField(label=_("Query"), max_length=60)
    record = forms.CharField(
        label=_("Record"), help_text=_("As the page of results names it."), max_length=160
    )
    grade = forms.ChoiceField(
        label=_("Grade"),
        choices=[
            ("3", _("Answers it")),
            ("2", _("Of much use")),
            ("1", _("Of some use")),
            ("0", _("Take the judgement back")),
        ],
    )

    def does(self, doing: Doing) -> Any:
        told = self.cleaned_data
        return answering.judge(
            told["query"], told["record"], int(told["grade"]), doing.actor, doing.at
        )


def _unseen(doing: Doing) -> Doing:
    """The page's ``seen`` is the draft's revision; a deed asks for the row's own step."""
    return Doing(doing.actor, doing.at, doing.key, doing.desk)


SEARCH_OFFERS: Final = (Begin, Save, Send, Publish, SendBack, Drop, End, Settle, Judge)
KIND: Final = RULES.kind.name
