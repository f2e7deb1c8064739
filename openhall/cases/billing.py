"""What the fee window reads: granted cases whose fee is not asked for yet. A12.

It sees the case number, the matter and the payer's name for the notice; nothing else of the case.
"""

from datetime import date

from openhall.cases.models import Case
from openhall.cases.terms import Stage
from openhall.catalogue.queries import tariffs_on


def to_bill(day: date, after: int | None = None, limit: int = 50) -> list[tuple[Case, int]]:
    """Granted cases without a notice whose item has a tariff on ``day``, with what is due in fen.

    The longest granted first; ``after`` is the id of the last case of the page before.
    """
    due: dict[int, int] = {}
    for tariff in tariffs_on(day):
        due[tariff.item_id] = due.get(tariff.item_id, 0) + tariff.amount
    rows = Case.objects.filter(
        stage=Stage.GRANTED.value, payment__isnull=True, item__in=list(due)
    ).select_related("item_version", "organ")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return [(case, due[case.item_id]) for case in rows.order_by("pk")[:limit]]
