"""办不成事: taken from who came in vain, answered by the named official, given to another. A9."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openhall.cases.queries import case_numbered
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.desk.offers import NOTE, Offer, said
from openhall.glossary import Said
from openhall.hall.actions import stuck
from openhall.hall.queries import Hall
from openhall.hall.terms import StuckAct, StuckOutcome, StuckState
from openhall.organs.fields import PhoneField, TextField


@dataclass(slots=True)
class Stuck:
    """What got stuck and was taken in a hall, as one who works there sees it."""

    hall: Hall | None
    manages: bool = False
    rows: list[Any] = field(default_factory=list)  # all of them to the management, else one's own
    staff: list[Any] = field(default_factory=list)
    units: list[Any] = field(default_factory=list)


class TakeStuck(Offer):
    """What failed twice is taken by a named official with a limit."""

    act, tone = StuckAct.TAKE, "primary"
    effect = _("The unit must say what it does about it: a line of the ledger of rectification.")
    unit = forms.ChoiceField(label=_("Unit at which it stuck"))
    official = forms.ChoiceField(label=_("Who answers for it"))
    what = TextField(label=_("What, and where it got stuck"), max_length=500, widget=NOTE)
    tries = forms.IntegerField(label=_("How often they came"), min_value=1, max_value=99, initial=2)
    case = TextField(label=_("Number of the case, if any"), max_length=80, required=False)
    name = TextField(label=_("Who came"), max_length=60, required=False)
    phone = PhoneField(label=_("Telephone"), required=False)

    @classmethod
    def offered(cls, subject: Stuck, who: Any) -> bool:
        return subject.hall is not None

    def ask(self) -> None:
        self.people = {str(one.pk): one for one in self.subject.staff}
        self.choose("official", [(pk, str(one)) for pk, one in self.people.items()])
        self.choose_rows("unit", self.subject.units)

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        case = None
        if typed["case"].strip() and (case := case_numbered(typed["case"].strip())) is None:
            raise Refused(Said("没有这个编号的办件。", "There is no such case."), "case")
        return stuck.take(
            self.subject.hall,
            self.chosen("unit"),
            self.people[typed["official"]],
            typed["what"],
            doing,
            tries=typed["tries"],
            case=case,
            name=typed["name"],
            phone=typed["phone"],
        )


class OnStuck(Offer):
    """An act on one matter that nobody has answered yet."""

    section = "stuck"

    @classmethod
    def abouts(cls, subject: Stuck, who: Any) -> Iterable[Any]:
        return [one for one in subject.rows if one.state == StuckState.TAKEN]

    @classmethod
    def part(cls, subject: Stuck, key: str) -> Any:
        return next((one for one in subject.rows if cls.part_key(one) == key), None)

    @property
    def label(self) -> str:
        return f"{super().label}{_(': ')}{self.about.number}"


class AnswerStuck(OnStuck):
    """The answer of the named official, or of the management for them."""

    act, code = StuckAct.ANSWER, "answer_stuck"
    outcome = forms.ChoiceField(label=_("What came of it"))
    words = TextField(label=_("Answer"), max_length=1000, widget=NOTE)

    def ask(self) -> None:
        self.choose("outcome", said(StuckOutcome))

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        return stuck.answer(self.about.pk, StuckOutcome(typed["outcome"]), typed["words"], doing)


class ReassignStuck(OnStuck):
    """Another named official; the limit stays."""

    act, seldom = StuckAct.REASSIGN, True
    official = forms.ChoiceField(label=_("Who answers for it"))

    @classmethod
    def abouts(cls, subject: Stuck, who: Any) -> Iterable[Any]:
        return super().abouts(subject, who) if subject.manages else ()

    def ask(self) -> None:
        others = [one for one in self.subject.staff if one.pk != self.about.official_id]
        self.people = {str(one.pk): one for one in others}
        self.choose("official", [(pk, str(one)) for pk, one in self.people.items()])

    def does(self, doing: Doing) -> Any:
        return stuck.reassign(self.about.pk, self.people[self.cleaned_data["official"]], doing)


STUCK_OFFERS: tuple[type[Offer], ...] = (TakeStuck, AnswerStuck, ReassignStuck)
