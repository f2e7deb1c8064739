"""What those who manage a centre write of its hours, and whether it is open at all. A9, A15."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.design.forms import DateInput
from openhall.design.words import called
from openhall.desk.offers import Offer, said
from openhall.glossary import Said
from openhall.hall.actions import arranging, centres
from openhall.hall.kinds import CENTRE, OPENING
from openhall.hall.queries import Hall
from openhall.hall.terms import CentreKind, CentreState, HallAct
from openhall.hours.rules.week import WORKING, Span, minute
from openhall.office.acts.versions import offers_of
from openhall.organs.fields import TextField

WEEK: Final = (
    *((1, _("Monday")), (2, _("Tuesday")), (3, _("Wednesday")), (4, _("Thursday"))),
    *((5, _("Friday")), (6, _("Saturday")), (7, _("Sunday"))),
)


class TimeInput(forms.TimeInput):
    input_type = "time"


class SpanFields(Offer):
    """Days of the week and up to two spans of each."""

    days = forms.TypedMultipleChoiceField(
        label=_("On"), coerce=int, choices=WEEK, widget=forms.CheckboxSelectMultiple, required=False
    )
    opens = forms.TimeField(label=_("Opens"), widget=TimeInput, required=False)
    closes = forms.TimeField(label=_("Closes"), widget=TimeInput, required=False)
    opens_again = forms.TimeField(label=_("Opens again"), widget=TimeInput, required=False)
    closes_again = forms.TimeField(label=_("Closes again"), widget=TimeInput, required=False)
    last_ticket = forms.IntegerField(
        label=_("Minutes before the end, without tickets"), min_value=0, max_value=240, initial=30
    )

    def spans(self, every: Iterable[int] = ()) -> list[Span]:
        """``every``: the weekdays meant where none is ticked."""
        typed, found = self.cleaned_data, []
        days = typed["days"] or list(every)
        if bool(days) != bool(typed.get("opens")) and (typed["days"] or not every):
            raise Refused(
                Said(
                    "请选择星期，并写明开始和结束时间。", "Tick the weekdays and give their hours."
                ),
                "days" if typed.get("opens") else "opens",
            )
        for opens, closes in (("opens", "closes"), ("opens_again", "closes_again")):
            begins, ends = typed.get(opens), typed.get(closes)
            if (begins is None) != (ends is None):
                raise Refused(
                    Said("请写明开始和结束时间。", "Give both the beginning and the end."), closes
                )
            if begins is not None and ends is not None:
                at = minute(begins), minute(ends)
                found += [Span(weekday, *at) for weekday in days]
        return found


def _goes(offer: Offer, kind: Any, left: Any) -> str:
    at = [offer.who.organ.code, offer.who.desk.value, kind.kind.name, left.pk]
    return reverse("office:version", args=at)


class BeginHours(SpanFields):
    """A draft of the regular hours; a colleague publishes it."""

    code, title, tone = "hours", _("Write new opening hours"), "primary"
    done = _("The draft is written. A second manager publishes it.")

    def ask(self) -> None:
        self.choose("days", [(WORKING, _("Working days")), *WEEK])

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        return centres.begin_hours(
            self.subject.hall, self.spans(), doing, last_ticket=typed["last_ticket"]
        )

    def goes_to(self, left: Any) -> str:
        return _goes(self, OPENING, left)


class BeginException(SpanFields):
    """Other hours, or none, from one day to another, and why."""

    code, title = "exception", _("Write an exception from the hours")
    done = _("The draft is written. A second manager publishes it.")
    effect = _(
        "Without hours the hall is closed on these days; hours without weekdays hold on each of"
        " them. Why is published."
    )
    first_day = forms.DateField(label=_("First day"), widget=DateInput)
    last_day = forms.DateField(label=_("Last day"), widget=DateInput)
    reason = TextField(label=_("Why, for the public"), max_length=200)
    reason_en = TextField(label=_("Why, in English"), max_length=200, required=False)

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        return centres.begin_hours(
            self.subject.hall,
            self.spans(range(1, 8)),
            doing,
            first_day=typed["first_day"],
            last_day=typed["last_day"],
            last_ticket=typed["last_ticket"],
            reason=typed["reason"],
            reason_en=typed["reason_en"],
        )

    def goes_to(self, left: Any) -> str:
        return _goes(self, OPENING, left)


class BeginCentre(Offer):
    """A draft of how the centre stands: open, suspended, or merged into another."""

    code, title = "centre", _("Write how the centre stands")
    done = _("The draft is written. The Government Office publishes it.")
    standing = forms.ChoiceField(label=_("Standing"), widget=forms.RadioSelect)
    into = forms.ChoiceField(label=_("Merged into"), required=False)
    name = TextField(label=_("Name of the centre"), max_length=120)
    name_en = TextField(label=_("Name of the centre, in English"), max_length=160, required=False)
    address = TextField(  # type: ignore[assignment]
        label=_("Street and number"), max_length=200, required=False
    )
    address_en = TextField(label=_("Street and number, in English"), max_length=200, required=False)
    phone = TextField(label=_("Telephone"), max_length=40, required=False)
    basis = TextField(label=_("Name and number of the document it rests on"), max_length=300)

    def ask(self) -> None:
        self.choose("standing", said(CentreState))
        others = [one for one in self.subject.others if one.pk != self.subject.hall.pk]
        self.halls = {str(one.pk): one for one in others}
        self.choose(
            "into", [("", "—"), *((pk, called(one.organ)) for pk, one in self.halls.items())]
        )
        now = self.subject.centre
        if now is not None:
            for name in ("standing", "name", "name_en", "address", "address_en", "phone"):
                self.fields[name].initial = getattr(now, name)

    def does(self, doing: Doing) -> Any:
        words = dict(self.cleaned_data)
        words["into"] = self.halls.get(words["into"])
        merged = words["standing"] == CentreState.MERGED.value
        if merged != (words["into"] is not None):
            raise Refused(
                Said(
                    "合并要写明并入哪个中心；不合并就不写。",
                    "A merged centre names the one it goes into; another names none.",
                ),
                "into",
            )
        return centres.begin_centre(self.subject.hall, words, doing)

    def goes_to(self, left: Any) -> str:
        return _goes(self, CENTRE, left)


@dataclass(slots=True)
class Stands:
    """A hall with how its centre stands now, and the others it could go into."""

    hall: Hall
    centre: Any
    others: list[Hall]


@dataclass(slots=True)
class Founds:
    """The units that have no hall yet, for who sets halls up."""

    organs: list[Any]


class SetUpHall(Offer):
    """A hall for a centre, or for a unit with one window. It serves once a version says so."""

    act, tone = HallAct.FOUND, "primary"
    effect = _("Those who manage it then arrange it and write how it stands and when it opens.")
    unit = forms.ChoiceField(label=_("Centre or unit"))
    kind = forms.ChoiceField(label=_("Kind of hall"), widget=forms.RadioSelect)
    place = forms.SlugField(
        label=_("Its name in addresses"),
        max_length=40,
        help_text=_("Small letters, digits and “-”. It stays for ever."),
    )

    def ask(self) -> None:
        self.choose("kind", said(CentreKind))
        self.choose_rows("unit", self.subject.organs)

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        organ, kind = self.chosen("unit"), CentreKind(typed["kind"])
        return arranging.found(organ, typed["place"].lower(), kind, doing)


CENTRE_OFFERS: tuple[type[Offer], ...] = (BeginHours, BeginException, BeginCentre, SetUpHall)
VERSION_OFFERS = {
    CENTRE.kind.name: offers_of(CENTRE),
    OPENING.kind.name: offers_of(OPENING),
}
