"""What the unit that announced a public draw may do; the acts decide."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.design.forms import DateInput, DateTimeInput
from openhall.desk.offers import Offer, said
from openhall.glossary import Said
from openhall.lots import actions
from openhall.lots.queries import DrawParty, PublicDraw, parties_of
from openhall.lots.rules.lifecycle import DRAWS
from openhall.lots.terms import Algorithm, DrawAct, DrawState
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.paging.whole import whole

LEADERS = (Desk.SUPERVISION, Desk.GOVERNMENT_OFFICE)


class Announcing(Offer):
    """What the announcement of a draw says; for whatever is drawn."""

    parties = TextField(
        label=_("Parties to the draw, one a line"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        required=False,
        help_text=_("Three at least, of different bodies; an English name may follow after “|”."),
    )
    commit_until = forms.DateTimeField(label=_("Commitments until"), widget=DateTimeInput)
    open_until = forms.DateTimeField(label=_("Opened until"), widget=DateTimeInput)
    public_source = TextField(
        label=_("Which public number, and how it is written"),
        max_length=200,
        required=False,
        help_text=_("For example: the winning numbers of a lottery of that day, smallest first."),
    )
    public_on = forms.DateField(label=_("Day of the public number"), widget=DateInput)
    algorithm = forms.ChoiceField(label=_("Drawn by"))

    def ask_of_draw(self, first_day: date) -> None:
        """Propose days that end before ``first_day``, when what was drawn begins."""
        self.choose("algorithm", said(Algorithm))
        self.initial["public_on"] = first_day - timedelta(days=1)
        for name, days in (("commit_until", 4), ("open_until", 2)):
            when = datetime.combine(first_day - timedelta(days=days), time(17, 0))
            self.initial[name] = timezone.make_aware(when)

    def asked(self, title: Said) -> actions.Asked:
        typed = self.cleaned_data
        names = [line.partition("|") for line in typed["parties"].splitlines() if line.strip()]
        return actions.Asked(
            title,
            [Said(zh.strip()[:120], en.strip()[:160]) for zh, _bar, en in names],
            typed["commit_until"],
            typed["open_until"],
            typed["public_source"],
            typed["public_on"],
            Algorithm(typed["algorithm"]),
        )


class OnDraw(Offer):
    """Offered while the table of the law has the act, to the unit that announced it."""

    act: ClassVar[DrawAct]
    desks = LEADERS

    @classmethod
    def offered(cls, subject: PublicDraw, who: Any) -> bool:
        theirs = subject.organ_id == who.organ.pk
        return theirs and (DrawState(subject.state), cls.act) in DRAWS


class EndCommitments(OnDraw):
    act = DrawAct.END_COMMITMENTS
    effect = _("It goes on with those who committed; with fewer than three it comes to nothing.")

    def does(self, doing: Doing) -> Any:
        return actions.end_commitments(self.subject.pk, doing)


class EndOpenings(OnDraw):
    act = DrawAct.END_OPENINGS
    effect = _("Who did not open is named and left out. The draw is never made again.")

    def does(self, doing: Doing) -> Any:
        return actions.end_openings(self.subject.pk, doing)


class OpenPaper(OnDraw):
    act, seldom = DrawAct.OPEN_PAPER, True
    effect = _("The page says that it was opened from the sealed paper.")
    a = forms.IntegerField(label=_("First number (a)"), min_value=0)
    b = forms.IntegerField(label=_("Second number (b)"), min_value=0)
    salt = TextField(label=_("Salt: 64 hexadecimal digits"), max_length=80)

    @classmethod
    def abouts(cls, subject: PublicDraw, who: Any) -> Iterable[Any]:
        if not cls.offered(subject, who):
            return ()
        return [one for one in parties_of(subject) if not (one.is_open or one.absent)]

    @classmethod
    def part(cls, subject: PublicDraw, key: str) -> Any:
        return next((one for one in parties_of(subject) if str(one.pk) == key), None)

    @property
    def label(self) -> Any:
        party: DrawParty = self.about
        return f"{super().label} · {party.name}"

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        told = (self.about.place, typed["a"], typed["b"], typed["salt"])
        return actions.open_paper(self.subject.pk, *told, doing)


class Draw(OnDraw):
    act, tone = DrawAct.DRAW, "grave"
    effect = _("The draw is made at once and cannot be made a second time.")
    numbers = TextField(
        label=_("The public number, as whole numbers"),
        max_length=200,
        help_text=_("As announced, apart by blanks."),
    )

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data["numbers"].replace(",", " ").replace("，", " ").split()
        numbers = [whole(one) for one in typed]
        if None in numbers:
            raise Refused(
                Said("请只填写整数，用空格隔开。", "Write whole numbers only, apart by blanks."),
                "numbers",
            )
        return actions.draw_lots(
            self.subject.pk, [one for one in numbers if one is not None], doing
        )


DRAW_OFFERS: tuple[type[Offer], ...] = (Draw, EndOpenings, EndCommitments, OpenPaper)
