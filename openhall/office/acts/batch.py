"""One act on several cases of a queue: the same words, each case in its own transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openhall.cases import actions
from openhall.cases.actions import Doing
from openhall.cases.terms import Outcome
from openhall.deeds.refusals import Refused
from openhall.desk.offers import NOTE, said
from openhall.office.seat import Seat
from openhall.organs.fields import TextField
from openhall.organs.queries import Account, officers_at
from openhall.organs.terms import Desk

MOST = 25  # a page of the queue


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one case of the batch."""

    number: str
    done: bool
    said: str


class BatchForm(forms.Form):
    """What is asked once for all the cases that were ticked."""

    label: Any = ""
    effect: Any = ""

    def __init__(self, typed: Any = None, *, seat: Seat) -> None:
        super().__init__(typed, prefix="batch")
        self.seat = seat
        self.ask()

    def ask(self) -> None:
        """Fill in what depends on the desk."""

    def does(self, pk: int, doing: Doing) -> None:
        raise NotImplementedError


class AcceptAll(BatchForm):
    label = _("Accept the ticked cases")
    effect = _("Each limit begins to run; each applicant receives the notice of acceptance.")

    def does(self, pk: int, doing: Doing) -> None:
        actions.accept(pk, doing)


class HandOverAll(BatchForm):
    label = _("Hand the ticked cases over")
    effect = _("A slip is left for each; the handler named becomes responsible.")
    taker = forms.ChoiceField(label=_("Handler"))
    papers_at = TextField(
        label=_("Box or shelf where the papers lie"), max_length=60, required=False
    )

    def ask(self) -> None:
        seated = officers_at(self.seat.organ, Desk.HANDLER.value, self.seat.day)
        self.people: dict[str, Account] = {str(one.pk): one for one in seated}
        choices = [(pk, str(one)) for pk, one in self.people.items()]
        self.fields["taker"].choices = choices  # type: ignore[attr-defined]

    def does(self, pk: int, doing: Doing) -> None:
        taker, lie = self.people[self.cleaned_data["taker"]], self.cleaned_data["papers_at"]
        actions.hand_over(pk, taker, [], doing, papers_at=lie)


class DecideAll(BatchForm):
    label = _("Decide the ticked cases alike")
    effect = _("Each decision is binding and gets its own paper.")
    outcome = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reason = TextField(
        label=_("Reason"), widget=NOTE, required=False, help_text=_("Required for a refusal.")
    )
    remedy = TextField(
        label=_("Remedies"), widget=NOTE, required=False, help_text=_("Required for a refusal.")
    )

    def ask(self) -> None:
        outcomes = said(Outcome, (Outcome.GRANTED, Outcome.REFUSED))
        self.fields["outcome"].choices = outcomes  # type: ignore[attr-defined]

    def does(self, pk: int, doing: Doing) -> None:
        typed = self.cleaned_data
        actions.decide(pk, Outcome(typed["outcome"]), typed["reason"], typed["remedy"], doing)


BY_QUEUE: dict[tuple[Desk, str], type[BatchForm]] = {
    (Desk.WINDOW, "answer"): AcceptAll,
    (Desk.WINDOW, "hand_over"): HandOverAll,
    (Desk.DECIDER, "decide"): DecideAll,
}


def batch_form(seat: Seat, queue: str, typed: Any = None) -> BatchForm | None:
    """The act that can be done to several cases of this queue; None where there is none."""
    form = BY_QUEUE.get((seat.desk, queue))
    return None if form is None else form(typed, seat=seat)


def do_each(
    form: BatchForm, cases: list[tuple[int, str]], make: Callable[[int], Doing]
) -> list[Line]:
    """Do the act to each case in its own transaction; a refused one does not hold the others."""
    lines = []
    for pk, number in cases[:MOST]:
        try:
            form.does(pk, make(pk))
        except Refused as refusal:
            lines.append(Line(number, False, str(refusal)))
        else:
            lines.append(Line(number, True, ""))
    return lines
