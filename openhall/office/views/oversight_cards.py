"""Cards on the desk: the queue, one card with its evidence and arithmetic, and its acts."""

from collections.abc import Callable
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openhall.cases.models import Case, CaseEvent
from openhall.cases.terms import Act
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.sent import key_of
from openhall.office.offers import Offer, Shown, perform, said, shown
from openhall.office.seat import Seat, official
from openhall.office.views.oversight import common, month_of, scope_of, watching
from openhall.organs.models import Organ
from openhall.organs.queries import units
from openhall.organs.terms import Desk
from openhall.paging.keyset import paged, place
from openhall.supervision import actions
from openhall.supervision.models import Card, Notice
from openhall.supervision.notices.pdf import pdf_of
from openhall.supervision.queries import cards, deeds_told, rules_on
from openhall.supervision.rules.lifecycle import CARDS, acts_at
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
BY_UNIT = {CardAct.EXPLAIN, CardAct.OBJECT}


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
    state = CardState(asked["state"]) if asked.get("state") in CardState.codes() else None
    signal = Signal(asked["signal"]) if asked.get("signal") in Signal.codes() else None
    unit = scope_of(seat)
    if unit is None and asked.get("unit"):
        unit = get_object_or_404(Organ, code=asked["unit"])
    month = month_of(asked.get("month", ""), seat.day) if asked.get("month") else None
    found = cards(organ=unit, state=state, signal=signal, month=month)
    base = {name: asked[name] for name in ("signal", "unit", "month") if asked.get(name)}
    context = common(seat, "oversight_cards") | {
        "rows": paged(found, at=place(request.GET)).map(row_of),
        "states": [
            (one, one == state, urlencode(base | {"state": one.value})) for one in CardState
        ],
        "any_state": (state is None, urlencode(base)),
        "unit": unit,
        "month": month,
        "signal": signal,
        "may_raise": seat.desk == Desk.SUPERVISION,
    }
    return render(request, "office/oversight/cards.html", context)


def _card(seat: Seat, number: str) -> Card:
    rows = Card.objects.select_related("rule", "organ", "item", "case__item_version")
    card = get_object_or_404(rows, number=number)
    if scope_of(seat) is not None and card.organ_id != seat.organ.pk:
        raise PermissionDenied(_("This card is another unit's."))
    return card


def offers_for(seat: Seat, card: Card) -> list[Offer]:
    """What this desk may do to the card now."""
    effects = {
        CardAct.EXPLAIN: _("Supervision reads it and rules; the card stands until then."),
        CardAct.OBJECT: _("Supervision reads your reasons and rules whether the card stands."),
        CardAct.UPHOLD: _("The card counts in the score, and a finding is opened to be put right."),
        CardAct.WITHDRAW: _("The card counts for nothing; that it was raised stays visible."),
        CardAct.ESCALATE: _("The unit did not answer in time."),
        CardAct.NOTICE: _("A numbered paper goes to the unit and counts as rule 32."),
        CardAct.CLOSE: _("Nothing more is to be done about this card."),
    }
    may = {Desk.HEAD: BY_UNIT, Desk.SUPERVISION: set(CardAct) - BY_UNIT}.get(seat.desk, set())
    found = []
    for act in acts_at(CARDS, CardState(card.state)):
        if act not in may or (act == CardAct.CLOSE and card.state == CardState.RAISED):
            continue
        found.append(
            Offer(
                act,
                effects[act],
                _doer(card, act),
                asks="" if act in (CardAct.ESCALATE, CardAct.CLOSE) else _asked(act),
                choice_label=_("Paper") if act == CardAct.NOTICE else "",
                choices=said(NoticeKind) if act == CardAct.NOTICE else (),
                tone="grave" if act == CardAct.UPHOLD else "plain",
            )
        )
    return found


def _asked(act: CardAct) -> str:
    return {
        CardAct.EXPLAIN: _("What happened and what was corrected"),
        CardAct.OBJECT: _("Why the card is wrong"),
        CardAct.NOTICE: _("What the unit is to do"),
    }.get(act, _("Reasons of the ruling"))


def _doer(card: Card, act: CardAct) -> Callable[[str, str, Doing], object]:
    pk = card.pk
    return {
        CardAct.EXPLAIN: lambda words, _choice, doing: actions.explain(pk, words, doing),
        CardAct.OBJECT: lambda words, _choice, doing: actions.object_to(pk, words, doing),
        CardAct.UPHOLD: lambda words, _choice, doing: actions.rule_on(pk, act, words, doing),
        CardAct.WITHDRAW: lambda words, _choice, doing: actions.rule_on(pk, act, words, doing),
        CardAct.ESCALATE: lambda _words, _choice, doing: actions.escalate(pk, doing),
        CardAct.NOTICE: lambda words, choice, doing: actions.issue_notice(
            pk, NoticeKind(choice), words, doing
        ),
        CardAct.CLOSE: lambda _words, _choice, doing: actions.close(pk, doing),
    }[act]


def _shown(
    request: HttpRequest, seat: Seat, card: Card, tried: Shown | None = None, status: int = 200
) -> HttpResponse:
    evidence = []
    if card.case_id is not None:
        events = CaseEvent.objects.filter(case=card.case_id, seq__in=card.evidence)
        evidence = [(event, Act(event.act)) for event in events.order_by("seq")]
    deeds = deeds_told(Subject.CARD, card.pk)
    context = (
        common(seat, "oversight_cards")
        | row_of(card)
        | {
            "trigger": Trigger(card.rule.trigger),
            "evidence": evidence,
            "story": [(deed, CardAct(deed.act), words) for deed, words in deeds],
            "papers": [(one, NoticeKind(one.kind)) for one in card.notices.all()],
            "base": reverse(
                "office:oversight_card", args=[seat.organ.code, seat.desk, card.number]
            ),
            "acts": shown(offers_for(seat, card), tried),
        }
    )
    return render(request, "office/oversight/card.html", context, status=status)


@official
@require_safe
def page(request: HttpRequest, organ: str, desk: str, number: str) -> HttpResponse:
    """One card: its rule, its evidence, its arithmetic, what was said, what may be done."""
    seat = watching(request, organ, desk)
    return _shown(request, seat, _card(seat, number))


@official
@require_POST
def act(request: HttpRequest, organ: str, desk: str, number: str, act: str) -> HttpResponse:
    """One act on a card."""
    seat = watching(request, organ, desk)
    card = _card(seat, number)
    tried, status = perform(request, seat, offers_for(seat, card), act)
    if tried is not None:
        return _shown(request, seat, _card(seat, number), tried, status)
    return redirect("office:oversight_card", organ, desk, number)


@official
@require_safe
def notice(request: HttpRequest, organ: str, desk: str, pk: int) -> HttpResponse:
    """A supervision notice as PDF."""
    seat = watching(request, organ, desk)
    found = get_object_or_404(Notice.objects.select_related("organ", "issued_by", "card"), pk=pk)
    if scope_of(seat) is not None and found.organ_id != seat.organ.pk:
        raise PermissionDenied(_("This paper is another unit's."))
    answer = HttpResponse(pdf_of(found), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="notice-{found.pk}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


class RaiseForm(forms.Form):
    """A card by hand: for what no event can show."""

    rule = forms.ChoiceField(label=gettext_lazy("Rule"))
    case = forms.CharField(
        label=gettext_lazy("Number of the case, if it is about one"), max_length=40, required=False
    )
    organ = forms.ChoiceField(
        label=gettext_lazy("Unit"),
        required=False,
        help_text=gettext_lazy("Not needed where the number of a case is given."),
    )
    note = forms.CharField(
        label=gettext_lazy("Facts and basis"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@official
def raise_card(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """Raise a card by hand."""
    seat = watching(request, organ, desk)
    if seat.desk != Desk.SUPERVISION:
        raise PermissionDenied(_("Only the Supervision Bureau raises cards."))
    form = RaiseForm(request.POST or None)
    english = (get_language() or "").startswith("en")
    by_hand = [rule for rule in rules_on(seat.day) if Trigger(rule.trigger) in actions.BY_HAND]
    form.fields["rule"].choices = [  # type: ignore[attr-defined]
        (str(rule.pk), rule.name_en if english else rule.name) for rule in by_hand
    ]
    form.fields["organ"].choices = [  # type: ignore[attr-defined]
        ("", "—"),
        *((one.code, one.name_en if english else one.name) for one in units(seat.day)),
    ]
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        case = Case.objects.filter(number=typed["case"].strip()).select_related("organ").first()
        unit = Organ.objects.filter(code=typed["organ"]).first() or (case.organ if case else None)
        if unit is None and not typed["case"].strip():
            form.add_error("organ", _("Choose the unit, or give the number of a case."))
        elif typed["case"].strip() and case is None:
            form.add_error("case", _("No case has this number."))
        else:
            assert unit is not None  # of the case, where none was chosen
            rule = next(one for one in by_hand if str(one.pk) == typed["rule"])
            doing = Doing(seat.account, timezone.now(), key_of(request), seat.desk.value)
            try:
                card = actions.raise_by_hand(rule, unit, typed["note"], doing, case=case)
            except Refused as refusal:
                form.add_error(
                    refusal.field if refusal.field in form.fields else None, str(refusal)
                )
            else:
                messages.success(request, _("Card raised: %(number)s") % {"number": card.number})
                return redirect("office:oversight_card", organ, desk, card.number)
    context = common(seat, "oversight_cards") | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "office/oversight/raise.html", context, status=status)
