"""What waits at the fee window and the finance bureau, and the bills that their search finds."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openhall.fees.models import PaymentNotice, Reconciliation, Relief, StatementLine
from openhall.fees.queries import days_to_remit, deposits_waiting
from openhall.fees.terms import NoticeState, ReliefState
from openhall.organs.desks import Hit, Sits, Waits
from openhall.organs.terms import Desk
from openhall.paging.typed import code_of

ON_MONEY = (Desk.CASHIER, Desk.FINANCE)


def waits(seat: Sits) -> list[Waits]:
    """Bills that are not paid, what is to be decided, days that want this person's signature."""
    if seat.desk == Desk.FINANCE:
        return _for_finance(seat)
    if seat.desk != Desk.CASHIER:
        return []
    late = Count("pk", filter=Q(due_on__lt=seat.day))
    due = PaymentNotice.objects.filter(state=NoticeState.DUE.value).aggregate(
        many=Count("pk"), came=Min("issued_at"), due=Min("due_on"), late=late
    )
    cash = [one for one in deposits_waiting() if one.cashier_id != seat.account.pk]
    return [
        Waits(
            _("Notices not paid"),
            due["many"],
            "office:till",
            _("Past its day a notice is told again"),
            _day(due["came"]),
            due["due"],
            due["late"],
        ),
        _unsigned(seat, "office:till"),
        _exceptions("office:till"),
        Waits(
            _("Cash to deposit"),
            len(cash),
            "office:till",
            _("A second person enters the bank's deposit slip"),
            cash[0].day if cash else None,
        ),
    ]


def _for_finance(seat: Sits) -> list[Waits]:
    asked = Relief.objects.filter(state=ReliefState.ASKED.value).aggregate(
        many=Count("pk"), came=Min("asked_at")
    )
    days = days_to_remit()
    return [
        Waits(
            _("Waivers and refunds to decide"),
            asked["many"],
            "office:finance",
            _("Who asked or issued does not decide"),
            _day(asked["came"]),
        ),
        _unsigned(seat, "office:finance", first=False),
        _exceptions("office:finance"),
        Waits(
            _("Days to remit"),
            len(days),
            "office:finance",
            _("Signed by two and without an open exception"),
            days[0].day if days else None,
        ),
    ]


def _unsigned(seat: Sits, opens: str, *, first: bool = True) -> Waits:
    wanted = Q(signed_by__isnull=False, countersigned_by__isnull=True) & ~Q(signed_by=seat.account)
    if first:
        wanted |= Q(signed_by__isnull=True)
    found = Reconciliation.objects.filter(wanted).aggregate(many=Count("pk"), day=Min("day"))
    rule = _("Two people sign each compared day")
    return Waits(_("Days to sign"), found["many"], opens, rule, found["day"])


def _exceptions(opens: str) -> Waits:
    found = StatementLine.objects.filter(ended_as="").aggregate(
        many=Count("pk"), day=Min("reconciliation__day")
    )
    rule = _("Each is ended by a named act")
    return Waits(_("Exceptions to end"), found["many"], opens, rule, found["day"])


def _day(moment: Any) -> Any:
    return timezone.localtime(moment).date() if moment else None


def finds(seat: Sits, typed: str) -> Iterable[Hit]:
    """A bill by its own number, its check code or the number of its case."""
    if seat.desk not in ON_MONEY or len(code_of(typed)) < 4:
        return
    bare = code_of(typed)
    case = f"{bare[:8]}-{bare[8:]}"
    rows = PaymentNotice.objects.filter(
        Q(number=typed.strip()) | Q(check_code=bare) | Q(reference__in=[typed, case])
    )
    for one in rows.order_by("-pk")[:5]:
        state = NoticeState(one.state)
        over = one.state == NoticeState.DUE.value and one.due_on < seat.day
        yield Hit(
            one.number,
            f"{_('Payment notice')} · {one.reference}",
            _("Overdue") if over else state.said_in(get_language()),
            "office:notice",
            (seat.organ.code, seat.desk.value, one.number),
            "overdue" if over else "",
            one.due_on,
        )
