"""What waits at the fee window besides cases without a bill, and the bills its search finds."""

from collections.abc import Iterable

from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openhall.fees.models import PaymentNotice, Reconciliation
from openhall.fees.terms import NoticeState
from openhall.organs.desks import Hit, Sits, Waits
from openhall.organs.terms import Desk
from openhall.paging.typed import code_of


def waits(seat: Sits) -> list[Waits]:
    """Bills that are not paid, days whose comparison wants a signature of this person."""
    if seat.desk != Desk.CASHIER:
        return []
    late = Count("pk", filter=Q(due_on__lt=seat.day))
    due = PaymentNotice.objects.filter(state=NoticeState.DUE.value).aggregate(
        many=Count("pk"), came=Min("issued_at"), due=Min("due_on"), late=late
    )
    unsigned = Reconciliation.objects.filter(
        Q(signed_by__isnull=True) | (Q(countersigned_by__isnull=True) & ~Q(signed_by=seat.account))
    ).aggregate(many=Count("pk"), day=Min("day"))
    came = timezone.localtime(due["came"]).date() if due["came"] else None
    return [
        Waits(
            _("Notices not paid"),
            due["many"],
            "office:till",
            _("Past its day a notice is told again"),
            came,
            due["due"],
            due["late"],
        ),
        Waits(
            _("Days to sign"),
            unsigned["many"],
            "office:till",
            _("Two people sign each compared day"),
            unsigned["day"],
        ),
    ]


def finds(seat: Sits, typed: str) -> Iterable[Hit]:
    """A bill by its own number or by that of its case."""
    if seat.desk != Desk.CASHIER or len(code_of(typed)) < 4:
        return
    bare = code_of(typed)
    case = f"{bare[:8]}-{bare[8:]}"
    rows = PaymentNotice.objects.filter(Q(number=typed.strip()) | Q(reference__in=[typed, case]))
    for one in rows.order_by("-pk")[:5]:
        state = NoticeState(one.state)
        over = one.state == NoticeState.DUE.value and one.due_on < seat.day
        yield Hit(
            one.number,
            f"{_('Payment notice')} · {one.reference}",
            _("Overdue") if over else state.said_in(get_language()),
            "office:till",
            (seat.organ.code,),
            "overdue" if over else "",
            one.due_on,
        )
