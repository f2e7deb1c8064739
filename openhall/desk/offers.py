"""What an offered act is: what is asked, by whom it is done, its effect in words, what it does."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar, Protocol, Self

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.design.forms import DateTimeInput
from openhall.design.widgets import RowsInput
from openhall.glossary import Said, Term
from openhall.organs.fields import TextField

LATER = ("happened_at", "late_reason")
NOTE = forms.Textarea(attrs={"rows": 3})


class Who(Protocol):
    """Who stands before the page: an official's seat, or a visitor."""

    @property
    def account(self) -> Any: ...

    @property
    def desk(self) -> str: ...  # empty for a visitor

    @property
    def day(self) -> date: ...


def said(words: type[Term], only: Iterable[Any] = ()) -> list[tuple[str, Any]]:
    """The terms to choose from, in the language of the page."""
    return [(w.value, w.said_in(get_language())) for w in (tuple(only) or tuple(words))]


def in_words(fault: Any) -> str:
    """What is wrong, in the language of the page."""
    words: Said | None = getattr(fault, "said", None)
    return str(fault) if words is None else words.said_in(get_language()) or words.zh


class Offer(forms.Form):
    """One act on ``subject`` for ``who``; ``about`` is the part of it that the act is about.

    ``effect`` is said before it is confirmed; ``shortcut`` is its key on the desk; ``seldom`` puts
    it behind the acts of every day; ``later`` says that the law lets it be entered afterwards;
    ``section`` names where on the page it stands, where that is not among its acts. What leaves
    no step of its own (a note, a look) has a ``code`` and a ``title`` instead of a term.
    """

    act: ClassVar[Term | None] = None
    code: ClassVar[str] = ""
    title: ClassVar[Any] = ""
    clause: ClassVar[str] = ""
    desks: ClassVar[tuple[str, ...]] = ()  # none: whoever may open the page
    effect: ClassVar[Any] = ""
    button: ClassVar[Any] = ""  # else: Confirm, and the act
    section: ClassVar[str] = ""
    bare: ClassVar[bool] = False  # stands open: what the page is for
    shortcut: ClassVar[str] = ""
    tone: ClassVar[str] = "plain"
    seldom: ClassVar[bool] = False
    later: ClassVar[bool] = False
    done: ClassVar[Any] = _("Done: %(act)s")
    fields_by: ClassVar[str] = ""  # a template of its own for its fields, else one under another
    shows: ClassVar[bool] = False  # what it leaves stands on this answer alone, on no later page

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        own = cls.__dict__  # what an offer is called by it keeps where it is made for a kind
        if own.get("act") is not None and "code" not in own:
            cls.code = own["act"].value

    # What the page sets: where it is sent, under which number, from which state, shown open.
    address, number, seen, is_open = "", "", "", False

    def __init__(
        self,
        typed: Any = None,
        files: Any = None,
        *,
        subject: Any,
        who: Any,
        about: Any = None,
        asked: bool = True,
    ) -> None:
        self.subject, self.who, self.about = subject, who, about
        super().__init__(typed, files, prefix=self.slug)
        if asked and self.askable():
            self.ask()
        plain = forms.Field.default_error_messages["required"]
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField | forms.ModelChoiceField) and (
                field.error_messages.get("required") == plain
            ):
                field.error_messages["required"] = _("Choose one.")
        if self.later:
            self.fields["happened_at"] = forms.DateTimeField(
                label=_("When it was done"),
                widget=DateTimeInput,
                required=False,
                help_text=_("At most five working days ago, and not before the last step."),
            )
            self.fields["late_reason"] = TextField(
                label=_("Why it is entered only now"),
                required=False,
                max_length=200,
                help_text=_("Both times stand on the case for everybody to see."),
            )

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        """Whether the act is to be done now; who may and whether it is lawful the act decides."""
        return True

    @classmethod
    def abouts(cls, subject: Any, who: Any) -> Iterable[Any]:
        """What the act may be done about now: the subject as a whole, or some of its parts."""
        return (None,) if cls.offered(subject, who) else ()

    @classmethod
    def is_about_parts(cls) -> bool:
        """Whether it is done about parts of the subject, and never about it as a whole."""
        return cls.abouts.__func__ is not Offer.abouts.__func__  # type: ignore[attr-defined]

    @classmethod
    def part(cls, subject: Any, key: str) -> Any:
        """The part of the subject that ``key`` of an address means; None where there is none."""
        return None

    @classmethod
    def part_key(cls, about: Any) -> str:
        """How an address calls the part."""
        return str(about.pk)

    @property
    def slug(self) -> str:
        """How an address calls the act."""
        return f"{self.code}-{self.part_key(self.about)}" if self.about else self.code

    @property
    def label(self) -> Any:
        """The act in words, as its button says it."""
        return self.title or (self.act and self.act.said_in(get_language()))

    @property
    def law(self) -> str:
        """The clause it rests on."""
        return self.clause or (self.act.basis if self.act else "")

    @property
    def day(self) -> date:
        day: date = self.who.day
        return day

    def askable(self) -> bool:
        """Whether what it asks is there: somebody else may have done the act meanwhile."""
        return True

    def full_clean(self) -> None:
        """Nothing is judged of an act that is not there any more."""
        if self.askable():
            super().full_clean()
        else:
            self._errors, self.cleaned_data = ErrorDict(), {}

    def ask(self) -> None:
        """Fill in what depends on the subject."""

    def does(self, doing: Doing) -> Any:
        """Hand what was typed to the act."""
        raise NotImplementedError

    def said_done(self) -> str:
        """What is said once it is done."""
        return str(self.done) % {"act": self.label, "number": getattr(self.subject, "number", "")}

    def goes_to(self, left: Any) -> str:
        """Where to go on once it is done, given what the act left; empty: the page of the thing."""
        return ""

    def doing(self, key: str, now: datetime, seen: int | None) -> Doing:
        """By whom and when: now, or as typed for a deed that is entered afterwards."""
        typed, who = self.cleaned_data, self.who
        at, late = typed.get("happened_at"), None
        if at is not None:
            late = typed.get("late_reason", "")
        return Doing(who.account, at or now, key, str(who.desk), backfilled=late, seen=seen)

    def refuse(self, refusal: Refused) -> None:
        """Put every fault of a refusal beside the field it names."""
        for fault in refusal.faults or (refusal,):
            field = getattr(fault, "field", "")
            self.add_error(field if field in self.fields else None, in_words(fault))

    # ------------------------------------------------------------ rows added and removed
    @property
    def reshaped(self) -> bool:
        """A row of a table was added or removed: the form is shown again, and nothing is judged."""
        return any(
            field.widget.is_reshaped(self.data, self.add_prefix(name))
            for name, field in self.fields.items()
            if isinstance(field.widget, RowsInput)
        )

    def again(self) -> Self:
        """The same act with everything typed, unjudged."""
        shown = type(self)(subject=self.subject, who=self.who, about=self.about)
        for name, field in self.fields.items():
            if name in shown.fields:
                typed = field.widget.value_from_datadict(
                    self.data, self.files, self.add_prefix(name)
                )
                shown.initial[name] = shown.fields[name].initial = typed
        return shown

    # ------------------------------------------------------------ what a page asks
    def own_fields(self) -> list[forms.BoundField]:
        """The act's own fields."""
        return [field for field in self if field.name not in LATER]

    def later_fields(self) -> list[forms.BoundField]:
        """What is asked where the deed is entered afterwards."""
        return [self[name] for name in LATER if name in self.fields]

    def is_later(self) -> bool:
        """Whether these are filled in or wrong, so that a page shows them open."""
        return any(field.errors or field.value() for field in self.later_fields())

    # ------------------------------------------------------------ choosing
    def choose(self, field: str, choices: Iterable[tuple[Any, Any]]) -> None:
        """Let ``field`` choose among ``choices``."""
        self.fields[field].choices = list(choices)  # type: ignore[attr-defined]

    def choose_rows(self, field: str, rows: Iterable[Any], nobody: Any = "") -> None:
        """Let ``field`` choose among rows; ``nobody`` is the choice of none of them."""
        found = {str(row.pk): row for row in rows}
        self.rows = getattr(self, "rows", {}) | {field: found}
        english = (get_language() or "").startswith("en")
        listed = [
            (pk, (english and getattr(row, "name_en", "")) or getattr(row, "name", "") or str(row))
            for pk, row in found.items()
        ]
        self.choose(field, [("", nobody), *listed] if nobody else listed)

    def chosen(self, field: str) -> Any:
        """The row that was chosen; None where none was."""
        return self.rows[field].get(self.cleaned_data[field])


class Face:
    """An offer as a template sees it: by its attributes alone.

    A template asks a form for ``["address"]`` before it asks for ``.address``: a question that an
    office calls so (or ``number``, ``seen``, ``label``) would stand where the page's own is meant.
    """

    def __init__(self, offer: Offer) -> None:
        self._offer = offer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._offer, name)
