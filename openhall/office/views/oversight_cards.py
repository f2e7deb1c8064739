"""Cards on the desk: the queue, one card with its evidence and arithmetic, and its acts."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.cases.queries import case_numbered as numbered_case
from openhall.cases.terms import Act
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.desk.offers import Offer
from openhall.desk.pages import Subject as Thing
from openhall.glossary import Said
from openhall.office.acts.oversight import CARD_OFFERS
from openhall.office.seat import Seat, official
from openhall.office.views.oversight import common, month_of, scope_of, states_in, unit_of, watching
from openhall.organs.fields import TextField
from openhall.organs.queries import units
from openhall.organs.terms import Desk
from openhall.paging.keyset import paged, place
from openhall.supervision import actions
from openhall.supervision.notices.pdf import pdf_of
from openhall.supervision.queries import (
    Card,
    card_numbered,
    cards,
    deeds_told,
    evidence_of,
    notice_of,
    rules_on,
)
from openhall.supervision.rules.signals import said as arithmetic
from openhall.supervision.terms import CardAct, CardState, NoticeKind, Signal, Subject, Trigger

KINDS = {
    CardState.RAISED: "waiting",
    CardState.EXPLAINED: "info",
    CardState.OBJECTED: "info",
    CardState.ESCALATED: "overdue",
    CardState.UPHELD: "refused",
    CardState.WITHDRAWN: "on_time",
    CardState.CLOSED: "closed",
}
SIGNALS = {Signal.RED: "overdue", Signal.YELLOW: "warning", Signal.PRE_WARNING: "info"}


def sentence_of(card: Card) -> str:
    """The arithmetic of a card in the language of the page."""
    english = (get_language() or "").startswith("en")
    return arithmetic(card.rule.sentence_en if english else card.rule.sentence, card.values)


def row_of(card: Card) -> dict[str, object]:
    """A card as a list shows it."""
    return {
        "card": card,
        "signal": Signal(card.signal),
        "signal_kind": SIGNALS[Signal(card.signal)],
        "state": CardState(card.state),
        "state_kind": KINDS[CardState(card.state)],
        "sentence": sentence_of(card),
    }


@official
@require_safe
def listing(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """Cards by state, signal, unit and month, newest first."""
    seat = watching(request, organ, desk)
    asked = request.GET
    states = states_in(asked.get("state", ""), CardState)
    signal = Signal(asked["signal"]) if asked.get("signal") in Signal.codes() else None
    unit = scope_of(seat)
    if unit is None and asked.get("unit"):
        unit = unit_of(asked["unit"])
    month = month_of(asked.get("month", ""), seat.day) if asked.get("month") else None
    found = cards(organ=unit, states=states, signal=signal, month=month)
    base = {name: asked[name] for name in ("signal", "unit", "month") if asked.get(name)}
    context = common(seat, "oversight_cards") | {
        "rows": paged(found, at=place(request.GET)).map(row_of),
        "states": [
            (one, one in states, urlencode(base | {"state": one.value})) for one in CardState
        ],
        "any_state": (not states, urlencode(base)),
        "unit": unit,
        "month": month,
        "signal": signal,
        "may_raise": seat.desk == Desk.SUPERVISION,
    }
    return render(request, "office/oversight/cards.html", context)


class CardOnDesk(Thing):
    """One card: its rule, its evidence, its arithmetic, what was said, what may be done."""

    offers = CARD_OFFERS
    kind = "card"
    template = "office/oversight/card.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Card]:
        seat = watching(request, where["organ"], where["desk"])
        card = card_numbered(where["number"])
        if card is None:
            raise Http404
        if scope_of(seat) is not None and card.organ_id != seat.organ.pk:
            raise PermissionDenied(_("This card is another unit's."))
        return seat, card

    def home(self, who: Seat, subject: Card) -> str:
        return reverse("office:oversight_card", args=[who.organ.code, who.desk, subject.number])

    def content(self, who: Seat, subject: Card) -> dict[str, Any]:
        deeds = deeds_told(Subject.CARD, subject.pk)
        return (
            common(who, "oversight_cards")
            | row_of(subject)
            | {
                "trigger": Trigger(subject.rule.trigger),
                "evidence": [(event, Act(event.act)) for event in evidence_of(subject)],
                "story": [(deed, CardAct(deed.act), words) for deed, words in deeds],
                "papers": [(one, NoticeKind(one.kind)) for one in subject.notices.all()],
            }
        )


card = official(CardOnDesk())


@official
@require_safe
def notice(request: HttpRequest, organ: str, desk: str, pk: int) -> HttpResponse:
    """A supervision notice as PDF."""
    seat = watching(request, organ, desk)
    found = notice_of(pk)
    if found is None:
        raise Http404
    if scope_of(seat) is not None and found.organ_id != seat.organ.pk:
        raise PermissionDenied(_("This paper is another unit's."))
    answer = HttpResponse(pdf_of(found), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="notice-{found.pk}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


class RaiseCard(Offer):
    """A card by hand: for what no event can show."""

    act, title = CardAct.RAISE, gettext_lazy("Raise the card")
    bare, tone = True, "primary"
    effect = gettext_lazy(
        "The unit is told and has its days to explain or object; the card stands in the public log."
    )
    rule = forms.ChoiceField(label=gettext_lazy("Rule"))
    case = TextField(
        label=gettext_lazy("Number of the case, if it is about one"), max_length=40, required=False
    )
    organ = forms.ChoiceField(
        label=gettext_lazy("Unit"),
        required=False,
        help_text=gettext_lazy("Not needed where the number of a case is given."),
    )
    note = TextField(
        label=gettext_lazy("Facts and basis"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def ask(self) -> None:
        by_hand = [one for one in rules_on(self.day) if Trigger(one.trigger) in actions.BY_HAND]
        self.choose_rows("rule", by_hand)
        self.choose_rows("organ", units(self.day), "—")

    def does(self, doing: Doing) -> Any:
        number = self.cleaned_data["case"].strip()
        case = numbered_case(number) if number else None
        if number and case is None:
            raise Refused(Said("没有这个编号的办件。", "No case has this number."), "case")
        unit = self.chosen("organ") or (case.organ if case else None)
        if unit is None:
            words = Said(
                "请选择单位，或者填写办件编号。",
                "Choose the unit, or give the number of a case.",
            )
            raise Refused(words, "organ")
        note = self.cleaned_data["note"]
        return actions.raise_by_hand(self.chosen("rule"), unit, note, doing, case=case)

    def goes_to(self, left: Any) -> str:
        seat = self.who
        return reverse("office:oversight_card", args=[seat.organ.code, seat.desk, left.number])


class Raising(Thing):
    """The page a card is raised on by hand."""

    offers = (RaiseCard,)
    template = "office/oversight/raise.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        seat = watching(request, where["organ"], where["desk"])
        if seat.desk != Desk.SUPERVISION:
            raise PermissionDenied(_("Only the Supervision Bureau raises cards."))
        return seat, None

    def home(self, who: Seat, subject: None) -> str:
        return reverse("office:oversight_raise", args=[who.organ.code, who.desk])

    def act_at(self, who: Seat, subject: None, name: str) -> str:
        return self.home(who, subject)

    def content(self, who: Seat, subject: None) -> dict[str, Any]:
        return common(who, "oversight_cards")


raise_card = official(Raising())
