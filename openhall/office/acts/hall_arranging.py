"""What those who manage a hall write of it: zones, windows, lines, units. A9, A15."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openhall.deeds.doing import Doing
from openhall.design.forms import DateInput
from openhall.design.words import called
from openhall.desk.offers import Offer
from openhall.hall.actions import arranging
from openhall.hall.queries import Hall, Line, Residency, Window, Zone
from openhall.hall.terms import HallAct
from openhall.organs.fields import TextField


@dataclass(slots=True)
class Arranged:
    """A hall as it is arranged, and what could stand in it."""

    hall: Hall
    zones: list[Zone] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    units: list[Residency] = field(default_factory=list)
    items: list[Any] = field(default_factory=list)  # versions in force of resident units
    others: list[Any] = field(default_factory=list)  # units that are not in the hall
    served: dict[int, list[str]] = field(default_factory=dict)  # window → letters
    of_line: dict[int, list[int]] = field(default_factory=dict)  # line → items


def _names(offer: Offer, thing: Any) -> None:
    for name in ("name", "name_en"):
        offer.fields[name].initial = getattr(thing, name)


class ZoneFields(Offer):
    """What is written of a zone."""

    act = HallAct.ARRANGE
    code_of = TextField(label=_("Code of the zone, small letters"), max_length=20)
    name = TextField(label=_("What it is called"), max_length=60)
    name_en = TextField(label=_("Name in English"), max_length=80, required=False)
    floor = TextField(label=_("Floor"), max_length=20, required=False)

    def row(self) -> dict[str, Any]:
        typed = self.cleaned_data
        names = {name: typed[name] for name in ("name", "name_en", "floor")}
        return {"code": typed["code_of"].strip().lower(), **names}

    def does(self, doing: Doing) -> Any:
        return arranging.arrange(self.subject.hall.pk, doing, zones=[self.row()])


class NewZone(ZoneFields):
    """A part of the hall with its own sign."""

    code, title = "zone", _("Write a zone")


class WindowFields(Offer):
    """What is written of a window."""

    act = HallAct.ARRANGE
    name = TextField(label=_("What it is called"), max_length=60)
    name_en = TextField(label=_("Name in English"), max_length=80, required=False)
    zone = forms.ChoiceField(label=_("Zone"), required=False)
    lines = forms.MultipleChoiceField(
        label=_("Lines it serves"), widget=forms.CheckboxSelectMultiple, required=False
    )
    general = forms.BooleanField(label=_("Takes in for every unit"), required=False)
    wheelchair = forms.BooleanField(label=_("Reached by wheelchair"), required=False)
    sign_language = forms.BooleanField(label=_("Sign language"), required=False)

    def ask(self) -> None:
        zones = [(one.code, called(one)) for one in self.subject.zones]
        self.choose("zone", [("", "—"), *zones])
        lines = [(one.letter, f"{one.letter} {called(one)}") for one in self.subject.lines]
        self.choose("lines", lines)

    def row(self, number: int) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        typed.pop("number", None)
        zone = typed.pop("zone")
        return {**typed, "number": number, **({"zone": zone} if zone else {})}


class NewWindow(WindowFields):
    """A window with its number."""

    code, title = "window", _("Write a new window")
    number_of = forms.IntegerField(label=_("Number"), min_value=1, max_value=999)
    field_order = ("number_of", "name")

    def does(self, doing: Doing) -> Any:
        number = self.cleaned_data.pop("number_of")
        return arranging.arrange(self.subject.hall.pk, doing, windows=[self.row(number)])


class ChangeWindow(WindowFields):
    """Another name, other lines; or it is taken down, and its history stays."""

    code, section = "change_window", "windows"
    closed = forms.BooleanField(label=_("Taken down"), required=False)

    @classmethod
    def abouts(cls, subject: Arranged, who: Any) -> Iterable[Any]:
        return subject.windows

    @classmethod
    def part(cls, subject: Arranged, key: str) -> Any:
        return next((one for one in subject.windows if cls.part_key(one) == key), None)

    @property
    def label(self) -> str:
        return str(_("Change window %(n)s")) % {"n": self.about.number}

    def ask(self) -> None:
        super().ask()
        _names(self, self.about)
        for name in ("general", "wheelchair", "sign_language"):
            self.fields[name].initial = getattr(self.about, name)
        self.fields["zone"].initial = self.about.zone.code if self.about.zone else ""
        self.fields["lines"].initial = self.subject.served.get(self.about.pk, [])

    def does(self, doing: Doing) -> Any:
        row = self.row(self.about.number)
        return arranging.arrange(self.subject.hall.pk, doing, windows=[row])


class LineFields(Offer):
    """What is written of a line."""

    act = HallAct.ARRANGE
    name = TextField(label=_("What it is called"), max_length=60)
    name_en = TextField(label=_("Name in English"), max_length=80, required=False)
    most = forms.IntegerField(
        label=_("Tickets a day at most"), min_value=1, max_value=999, initial=999
    )
    items = forms.MultipleChoiceField(
        label=_("Matters people of the line come for"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def ask(self) -> None:
        self.by_pk = {str(one.item_id): one.item for one in self.subject.items}
        self.choose("items", [(str(one.item_id), called(one)) for one in self.subject.items])

    def row(self, letter: str) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        typed.pop("letter", None)
        return {**typed, "letter": letter, "items": [self.by_pk[pk] for pk in typed["items"]]}


class NewLine(LineFields):
    """People who wait for the same thing."""

    code, title = "line", _("Write a new line")
    letter = forms.RegexField(
        r"^[A-Z]$", label=_("Letter its numbers begin with (A–Z)"), max_length=1
    )
    field_order = ("letter", "name")

    def does(self, doing: Doing) -> Any:
        row = self.row(self.cleaned_data["letter"])
        return arranging.arrange(self.subject.hall.pk, doing, lines=[row])


class ChangeLine(LineFields):
    """Another name, other matters; or it gives no more tickets."""

    code, section = "change_line", "lines"
    closed = forms.BooleanField(label=_("Gives no more tickets"), required=False)

    @classmethod
    def abouts(cls, subject: Arranged, who: Any) -> Iterable[Any]:
        return subject.lines

    @classmethod
    def part(cls, subject: Arranged, key: str) -> Any:
        return next((one for one in subject.lines if cls.part_key(one) == key), None)

    @property
    def label(self) -> str:
        return str(_("Change line %(letter)s")) % {"letter": self.about.letter}

    def ask(self) -> None:
        super().ask()
        _names(self, self.about)
        self.fields["most"].initial = self.about.most
        self.fields["items"].initial = [
            str(pk) for pk in self.subject.of_line.get(self.about.pk, [])
        ]

    def does(self, doing: Doing) -> Any:
        row = self.row(self.about.letter)
        return arranging.arrange(self.subject.hall.pk, doing, lines=[row])


class Admit(Offer):
    """A unit moves in."""

    act = HallAct.ADMIT
    effect = _(
        "What it accepts is from then on accepted at a window of this hall, by who is there."
    )
    unit = forms.ChoiceField(label=_("Unit"))
    since = forms.DateField(label=_("From"), widget=DateInput)
    only_here = forms.BooleanField(label=_("Accepts nowhere else"), required=False, initial=True)

    def ask(self) -> None:
        self.choose_rows("unit", self.subject.others)

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        return arranging.admit(
            self.subject.hall.pk,
            self.chosen("unit"),
            typed["since"],
            doing,
            only_here=typed["only_here"],
        )


class Leaves(Offer):
    """A unit leaves the hall."""

    act, section, seldom = HallAct.LEAVE, "units", True
    last_day = forms.DateField(label=_("Last day"), widget=DateInput)

    @classmethod
    def abouts(cls, subject: Arranged, who: Any) -> Iterable[Any]:
        return [one for one in subject.units if one.until is None]

    @classmethod
    def part(cls, subject: Arranged, key: str) -> Any:
        return next((one for one in subject.units if cls.part_key(one) == key), None)

    @property
    def label(self) -> str:
        return f"{super().label}{_(': ')}{called(self.about.organ)}"

    def does(self, doing: Doing) -> Any:
        organ, last = self.about.organ, self.cleaned_data["last_day"]
        return arranging.dismiss(self.subject.hall.pk, organ, last, doing)


ARRANGE_OFFERS: tuple[type[Offer], ...] = (
    NewWindow,
    NewLine,
    NewZone,
    Admit,
    ChangeWindow,
    ChangeLine,
    Leaves,
)
