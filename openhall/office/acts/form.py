"""What the short form of an act is: what is asked, what it does, under which clause and key."""

from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.cases.actions import Doing
from openhall.cases.models import Case
from openhall.cases.terms import Act
from openhall.design.forms import DateTimeInput
from openhall.design.widgets import RowsInput
from openhall.glossary import Term
from openhall.organs.models import Account, Organ
from openhall.organs.queries import units
from openhall.organs.terms import Desk

LATER = ("happened_at", "late_reason")
NOTE = forms.Textarea(attrs={"rows": 3})


def said(words: type[Term], only: tuple[Any, ...] = ()) -> list[tuple[str, Any]]:
    """The terms to choose from, in the language of the page."""
    return [(w.value, w.said_in(get_language())) for w in (only or tuple(words))]


class ActForm(forms.Form):
    """One act. ``effect`` is said before it is confirmed; ``shortcut`` is its key on the desk.

    ``paused`` says whether the act belongs to a suspended clock, a running one, or either;
    ``seldom`` puts it behind the acts of every day.
    """

    act: ClassVar[Act]
    desks: ClassVar[tuple[Desk, ...]]
    effect: ClassVar[Any] = ""
    shortcut: ClassVar[str] = ""
    tone: ClassVar[str] = "plain"
    paused: ClassVar[bool | None] = None
    seldom: ClassVar[bool] = False

    def __init__(self, typed: Any = None, *, case: Case, day: date) -> None:
        super().__init__(typed, prefix=self.act.value)
        self.case, self.day = case, day
        self.ask()
        self.fields["happened_at"] = forms.DateTimeField(
            label=_("When it was done"),
            widget=DateTimeInput,
            required=False,
            help_text=_("At most five working days ago, and not before the last step."),
        )
        self.fields["late_reason"] = forms.CharField(
            label=_("Why it is entered only now"),
            required=False,
            max_length=200,
            help_text=_("Both times stand on the case for everybody to see."),
        )

    @classmethod
    def offered(cls, case: Case) -> bool:
        """Whether the act makes sense on this case, beyond its stage."""
        return True

    def ask(self) -> None:
        """Fill in what depends on the case."""

    @property
    def reshaped(self) -> bool:
        """A row of a table was added or removed: the form is shown again, and nothing is judged."""
        return any(
            field.widget.is_reshaped(self.data, self.add_prefix(name))
            for name, field in self.fields.items()
            if isinstance(field.widget, RowsInput)
        )

    def again(self) -> "ActForm":
        """The same act with everything typed, unjudged."""
        shown = type(self)(case=self.case, day=self.day)
        shown.initial = {
            name: field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            for name, field in self.fields.items()
        }
        for name in self.fields:
            shown.fields[name].initial = shown.initial[name]
        return shown

    def does(self, doing: Doing, seen: int) -> None:
        raise NotImplementedError

    def doing(self, account: Account, desk: Desk, key: str, now: datetime) -> Doing:
        """By whom and when: now, or as typed for a deed that is entered afterwards."""
        typed = self.cleaned_data
        if typed.get("happened_at") is None:
            return Doing(account, now, key, desk.value)
        return Doing(
            account, typed["happened_at"], key, desk.value, backfilled=typed.get("late_reason", "")
        )

    # ------------------------------------------------------------ what a page asks
    def own_fields(self) -> list[forms.BoundField]:
        """The act's own fields."""
        return [field for field in self if field.name not in LATER]

    def later_fields(self) -> list[forms.BoundField]:
        """What is asked where the deed is entered afterwards."""
        return [self[name] for name in LATER]

    def is_later(self) -> bool:
        """Whether these are filled in or wrong, so that a page shows them open."""
        return any(field.errors or field.value() for field in self.later_fields())

    @property
    def label(self) -> Act:
        return self.act

    # ------------------------------------------------------------ choosing people and units
    def offer_people(self, field: str, people: list[Account]) -> None:
        """Let ``field`` choose among ``people``."""
        self.people = getattr(self, "people", {}) | {str(one.pk): one for one in people}
        choices = [(str(one.pk), str(one)) for one in people]
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    def person(self, field: str) -> Account:
        chosen: Account = self.people[self.cleaned_data[field]]
        return chosen

    def offer_units(self, field: str, nobody: Any = "") -> None:
        """Let ``field`` choose among the units of the city, the case's own left out."""
        english = (get_language() or "").startswith("en")
        self.units = {str(one.pk): one for one in units(self.day) if one.pk != self.case.organ_id}
        choices = [(pk, one.name_en if english else one.name) for pk, one in self.units.items()]
        self.fields[field].choices = (  # type: ignore[attr-defined]
            [("", nobody), *choices] if nobody else choices
        )

    def unit(self, field: str) -> Organ | None:
        return self.units.get(self.cleaned_data[field])
