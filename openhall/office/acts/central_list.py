"""What Legal Affairs does to the central list and to the phrases that say nothing. A7, A10."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar, Final

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from openhall.catalogue import actions
from openhall.catalogue.actions import Line
from openhall.catalogue.queries import entries_coded, phrase_by_pk, phrases_told
from openhall.catalogue.terms import ItemKind, ItemState, ListAct, PhraseAct, UseLevel
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.design.forms import DateInput
from openhall.desk.offers import Offer, said
from openhall.glossary import Said
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.paging.whole import whole_or

LEGAL: Final = (Desk.LEGAL,)
CLAUSE: Final = "成办发〔2003〕75号 二(一)"
ROWS: Final = {"rows": 2}
LINE: Final = ("name", "name_en", "kind", "use_level", "legal_basis", "group")
DONE: Final = _("Done, and in the public log.")


class Reasoned(Offer):
    """Why, and from which day; the sentence is public."""

    reason = TextField(
        label=_("Reason and basis"),
        max_length=300,
        widget=forms.Textarea(attrs=ROWS),
        help_text=_("Everybody can read it in the history."),
    )
    first_day = forms.DateField(label=_("From which day"), widget=DateInput)
    done = DONE

    def ask(self) -> None:
        self.fields["first_day"].initial = self.day

    @property
    def why(self) -> str:
        return str(self.cleaned_data["reason"])


class OnList(Reasoned):
    """A change of the list; each is a version of it, with a reason and a day."""

    act: ClassVar[ListAct]
    desks, clause = LEGAL, CLAUSE
    effect = _("A new version of the list is published, with your reason and your name.")

    def doing(self, key: str, now: datetime, seen: int | None) -> Doing:
        # The page compared its own line; other lines of the list may move meanwhile.
        return replace(super().doing(key, now, None), seen=None)


class WithLine(OnList):
    """The base elements of one line of the list, with why and from when."""

    name = TextField(label=_("Name of the matter"), max_length=300)
    name_en = TextField(label=_("Name in English"), max_length=400, required=False)
    kind = forms.ChoiceField(label=_("Type of matter"))
    use_level = forms.ChoiceField(label=_("Level it is exercised at"))
    legal_basis = TextField(label=_("Legal basis"), widget=forms.Textarea(attrs=ROWS))
    group = TextField(label=_("Parent matter"), max_length=300, required=False)
    field_order = ("entries", *LINE, "reason", "first_day")

    def ask(self) -> None:
        super().ask()
        self.choose("kind", said(ItemKind))
        self.choose("use_level", said(UseLevel))
        self.fields["use_level"].initial = UseLevel.CITY.value

    def line(self) -> Line:
        return Line(**{name: self.cleaned_data[name] for name in LINE})

    def goes_to(self, left: Any) -> str:
        return reverse("office:catalogue_line", args=[self.who.organ.code, left.code])


class Add(WithLine):
    """新增."""

    act, title, bare, tone = ListAct.ADD, _("Add a line"), True, "primary"
    effect = _("Its code is given now; units may claim it; a new version of the list is published.")

    def does(self, doing: Doing) -> Any:
        return actions.add_entry(self.line(), self.why, self.cleaned_data["first_day"], doing)


class Merge(WithLine):
    """合并."""

    act, title, bare, tone = ListAct.MERGE, _("Merge lines"), True, "grave"
    effect = _(
        "The lines named end the day before; their items are taken in no longer; the new line is"
        " free to claim."
    )
    entries = TextField(
        label=_("Codes of the lines to merge"),
        widget=forms.Textarea(attrs=ROWS),
        help_text=_("One code a line, at least two."),
    )

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        codes = [code.strip() for code in typed["entries"].splitlines() if code.strip()]
        known = entries_coded(codes)
        if missing := [code for code in codes if code not in known]:
            words = Said(
                f"目录中没有编码为“{missing[0]}”的事项。",
                f"There is no line with the code {missing[0]}.",
            )
            raise Refused(words, "entries")
        rows = list(known.values())
        return actions.merge_entries(rows, self.line(), self.why, typed["first_day"], doing)


class OnLine(OnList):
    """A change of one line."""

    states: ClassVar[tuple[ItemState, ...]] = (ItemState.IN_USE, ItemState.SUSPENDED)

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return ItemState(subject.state) in cls.states


class Change(WithLine, OnLine):
    """变更."""

    act, title = ListAct.CHANGE, _("Change the line")

    def ask(self) -> None:
        super().ask()
        for name in LINE:
            self.fields[name].initial = getattr(self.subject, name)

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        words = {name: typed[name] for name in actions.BASE}
        return actions.change_entry(self.subject.pk, words, self.why, typed["first_day"], doing)

    def goes_to(self, left: Any) -> str:
        return ""


class Split(OnLine):
    """拆分."""

    act, title, tone = ListAct.SPLIT, _("Split the line"), "grave"
    effect = _(
        "The line ends the day before; its items are taken in no longer; accepted cases go on. A"
        " new version of the list is published."
    )
    names = TextField(
        label=_("Names after the split"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One matter a line, at least two. Type, level and basis stay as they are."),
    )
    field_order = ("names", "reason", "first_day")

    def does(self, doing: Doing) -> Any:
        one, typed = self.subject, self.cleaned_data
        lines = [
            Line(
                name=name.strip(),
                kind=one.kind,
                legal_basis=one.legal_basis,
                use_level=one.use_level,
                group=one.name,
            )
            for name in typed["names"].splitlines()
            if name.strip()
        ]
        return actions.split_entry(one.pk, lines, self.why, typed["first_day"], doing)

    def refuse(self, refusal: Refused) -> None:
        # What a split line lacks in its name stands where the names were typed.
        field = "names" if refusal.field == "name" else refusal.field
        super().refuse(Refused(refusal.said, field, refusal.faults))


class SuspendLine(OnLine):
    """暂停; a central suspension may be open-ended."""

    act, title = ListAct.SUSPEND, _("Suspend the line")
    states = (ItemState.IN_USE,)
    until = forms.DateField(
        label=_("Last day of the suspension"),
        widget=DateInput,
        required=False,
        help_text=_("Left empty: until it is resumed."),
    )

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        return actions.suspend_entry(
            self.subject.pk, self.why, typed["first_day"], typed["until"], doing
        )


class ResumeLine(OnLine):
    """恢复."""

    act, title, states = ListAct.RESUME, _("Resume the line"), (ItemState.SUSPENDED,)

    def does(self, doing: Doing) -> Any:
        return actions.resume_entry(
            self.subject.pk, self.why, self.cleaned_data["first_day"], doing
        )


class CancelLine(OnLine):
    """取消."""

    act, title, tone, effect = ListAct.CANCEL, _("Cancel the line"), "grave", Split.effect

    def does(self, doing: Doing) -> Any:
        return actions.cancel_entry(
            self.subject.pk, self.why, self.cleaned_data["first_day"], doing
        )


LINE_OFFERS: tuple[type[Offer], ...] = (Change, Split, SuspendLine, ResumeLine, CancelLine)


# ------------------------------------------------------------------------------------ phrases
def _why() -> forms.CharField:
    return TextField(label=_("Reason and basis"), max_length=300, widget=forms.Textarea(attrs=ROWS))


class AddPhrase(Offer):
    """A phrase that says nothing, and why it does."""

    act, title, desks, bare = PhraseAct.ADD, _("Add a phrase"), LEGAL, True
    tone, button, done = "primary", _("Add a phrase"), _("From now on this phrase says nothing.")
    phrase = TextField(label=_("Phrase"), max_length=60)
    reason = _why()

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        return actions.add_phrase(typed["phrase"], typed["reason"], doing)


class WithdrawPhrase(Offer):
    """A phrase is allowed again, with the reason."""

    act, desks, section = PhraseAct.WITHDRAW, LEGAL, "withdraw"
    done = _("The phrase is allowed again.")
    reason = _why()

    @classmethod
    def abouts(cls, subject: Any, who: Any) -> Iterable[Any]:
        return [one for one in phrases_told() if one.withdrawn_at is None]

    @classmethod
    def part(cls, subject: Any, key: str) -> Any:
        return phrase_by_pk(whole_or(0, key))

    @property
    def label(self) -> str:
        return format_html(
            '{}<span class="visually-hidden">: {}</span>', _("Withdraw"), self.about.phrase
        )

    @property
    def button(self) -> str:
        return self.label

    def does(self, doing: Doing) -> Any:
        return actions.withdraw_phrase(self.about.pk, self.cleaned_data["reason"], doing)
