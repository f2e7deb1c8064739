"""What the press says in the log: the pages of a day, and what was taken away of them."""

from datetime import date

from django.conf import settings
from django.db import transaction

from openhall.ledger.actions.writing import append
from openhall.ledger.terms import PAGES, PAGES_ERASED


@transaction.atomic
def name_pages(day: date, size: int, root: str, before: str) -> int:
    """The root over all pages shown on ``day``; the id of the entry. ``before``: the root of the
    day before, so that no day can be left out unseen."""
    return append(
        PAGES,
        {
            "v": 1,
            "log": settings.LEDGER_ORIGIN,
            "day": day.isoformat(),
            "size": size,
            "root": root,
            "before": before,
        },
    )


@transaction.atomic
def say_erased(sha256: str, basis: str) -> int:
    """The words of a stored page were taken away by law; the id of the entry."""
    return append(
        PAGES_ERASED,
        {"v": 1, "log": settings.LEDGER_ORIGIN, "page": sha256, "basis": basis},
    )
