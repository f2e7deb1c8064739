"""Reading notices and reconciliations."""

from django.db.models import QuerySet

from openhall.fees.models import PaymentNotice, Reconciliation
from openhall.fees.terms import NoticeState


def notices_due(after: int | None = None, limit: int = 50) -> list[PaymentNotice]:
    """Unpaid notices, the longest waiting first, paged by id."""
    rows = PaymentNotice.objects.filter(state=NoticeState.DUE.value)
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return list(rows.select_related("organ").order_by("pk")[:limit])


def reconciliations() -> QuerySet[Reconciliation]:
    """Days compared, the newest first."""
    rows = Reconciliation.objects.select_related("signed_by", "countersigned_by")
    return rows.order_by("-day")


def notice_numbered(number: str) -> PaymentNotice | None:
    """One payment notice."""
    return PaymentNotice.objects.filter(number=number).first()
