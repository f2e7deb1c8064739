"""帮办代办, 跨域通办 on a page: taken over, handed on, received, linked, finished. A1."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.cases.queries import case_numbered
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.design.forms import DateInput
from openhall.desk.offers import NOTE, Offer, said
from openhall.glossary import Said
from openhall.hall.actions import errands, limits
from openhall.hall.kinds import HELP_NAMES
from openhall.hall.queries import Errand, Hall, help_limits_on
from openhall.hall.rules.limits import HelpLimits
from openhall.hall.terms import ErrandAct, ErrandKind, ErrandState
from openhall.organs.fields import PhoneField, TextField
from openhall.versions.terms import VersionAct


@dataclass(slots=True)
class Errands:
    """What a hall took over, and what others hand on to the unit of who reads."""

    hall: Hall | None
    here: list[Errand] = field(default_factory=list)
    coming: list[Errand] = field(default_factory=list)
    staff: list[Any] = field(default_factory=list)
    units: list[Any] = field(default_factory=list)

    @property
    def every(self) -> list[Errand]:
        return [*self.here, *self.coming]


class TakeOver(Offer):
    """Take a matter over, with who helps."""

    act, tone = ErrandAct.TAKE, "primary"
    effect = _("A named helper has it from then on, with a last day by rule.")
    kind = forms.ChoiceField(label=_("How we help"), widget=forms.RadioSelect)
    unit = forms.ChoiceField(label=_("Unit that is competent"))
    helper = forms.ChoiceField(label=_("Who helps"))
    what = TextField(label=_("What it is about"), max_length=500, widget=NOTE)
    name = TextField(label=_("Who came"), max_length=60, required=False)
    phone = PhoneField(label=_("Telephone"), required=False)
    papers = TextField(
        label=_("Papers taken, one a line"), max_length=1000, widget=NOTE, required=False
    )
    authorized = forms.BooleanField(label=_("Authorized in writing"), required=False)

    @classmethod
    def offered(cls, subject: Errands, who: Any) -> bool:
        return subject.hall is not None

    def ask(self) -> None:
        self.choose("kind", said(ErrandKind))
        self.choose_rows("unit", self.subject.units)
        self.people = {str(one.pk): one for one in self.subject.staff}
        self.choose("helper", [(pk, str(one)) for pk, one in self.people.items()])
        self.fields["helper"].initial = str(self.who.account.pk)

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        return errands.take_over(
            self.subject.hall,
            ErrandKind(typed["kind"]),
            self.chosen("unit"),
            self.people[typed["helper"]],
            typed["what"],
            doing,
            name=typed["name"],
            phone=typed["phone"],
            papers=typed["papers"],
            authorized=typed["authorized"],
        )


class OnErrand(Offer):
    """An act on one matter taken over."""

    section = "errands"

    @classmethod
    def fits(cls, errand: Errand) -> bool:
        raise NotImplementedError

    @classmethod
    def rows(cls, subject: Errands) -> list[Errand]:
        return subject.here

    @classmethod
    def abouts(cls, subject: Errands, who: Any) -> Iterable[Any]:
        return [one for one in cls.rows(subject) if cls.fits(one)]

    @classmethod
    def part(cls, subject: Errands, key: str) -> Any:
        return next((one for one in subject.every if cls.part_key(one) == key), None)

    @property
    def label(self) -> str:
        return f"{super().label}{_(': ')}{self.about.number}"


class HandOn(OnErrand):
    """The papers go to the competent unit."""

    act = ErrandAct.HAND_ON
    effect = _("The unit there confirms that it has them.")

    @classmethod
    def fits(cls, errand: Errand) -> bool:
        return errand.kind == ErrandKind.CROSS and errand.state == ErrandState.TAKEN

    def does(self, doing: Doing) -> Any:
        return errands.hand_on(self.about.pk, doing)


class Receive(OnErrand):
    """The unit has the papers."""

    act, tone = ErrandAct.RECEIVE, "primary"

    @classmethod
    def rows(cls, subject: Errands) -> list[Errand]:
        return subject.coming

    @classmethod
    def fits(cls, errand: Errand) -> bool:
        return bool(errand.state == ErrandState.HANDED)

    def does(self, doing: Doing) -> Any:
        return errands.receive(self.about.pk, doing)


class LinkErrand(OnErrand):
    """The case it became."""

    act = ErrandAct.LINK
    case = TextField(label=_("Number of the case"), max_length=80)

    @classmethod
    def rows(cls, subject: Errands) -> list[Errand]:
        return subject.every

    @classmethod
    def fits(cls, errand: Errand) -> bool:
        return errand.case_id is None and errand.state != ErrandState.DONE

    def does(self, doing: Doing) -> Any:
        case = case_numbered(self.cleaned_data["case"].strip())
        if case is None:
            raise Refused(Said("没有这个编号的办件。", "There is no such case."), "case")
        return errands.link_case(self.about.pk, case, doing)


class FinishErrand(OnErrand):
    """It is done, and the person was told."""

    act = ErrandAct.FINISH
    outcome = TextField(label=_("What came of it"), max_length=500, widget=NOTE)

    @classmethod
    def fits(cls, errand: Errand) -> bool:
        waits = ErrandState.RECEIVED if errand.kind == ErrandKind.CROSS else ErrandState.TAKEN
        return bool(errand.state == waits)

    def does(self, doing: Doing) -> Any:
        return errands.finish(self.about.pk, self.cleaned_data["outcome"], doing)


ERRAND_OFFERS: tuple[type[Offer], ...] = (TakeOver, HandOn, Receive, LinkErrand, FinishErrand)


# ------------------------------------------------------------------ the limits
class SetHelpLimits(Offer):
    """From when, how many days, on which document."""

    act, tone = VersionAct.PUBLISH, "grave"
    title = _("Set other limits")
    effect = _("What was taken over before that day keeps the last day it was given.")
    done = _("Written, and in the public log.")
    since = forms.DateField(label=_("First day in force"), widget=DateInput)

    def ask(self) -> None:
        now = help_limits_on(self.day)
        for name, words in HELP_NAMES.items():
            if name != "basis":
                self.fields[name] = forms.IntegerField(
                    label=words.said_in(get_language()),
                    min_value=1,
                    max_value=90,
                    initial=getattr(now, name),
                )
        self.fields["basis"] = TextField(
            label=_("Name and number of the document it rests on"), max_length=300
        )

    def does(self, doing: Doing) -> Any:
        typed = dict(self.cleaned_data)
        numbers = {name: typed[name] for name in HELP_NAMES}
        return limits.set_limits(HelpLimits(**numbers), typed["since"], doing)
