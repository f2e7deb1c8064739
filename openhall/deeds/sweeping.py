"""The law acting by itself, row after row: one bad row never stops the rest.

Each row is tried in a transaction of its own. A refusal means that the law does not ask for the
deed any more; anything else sets the row aside where operators see it, and the sweep goes on.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F, Model, QuerySet
from django.utils import timezone

from openhall.deeds.models import FailedRow
from openhall.deeds.refusals import Refused

log = logging.getLogger(__name__)
T = TypeVar("T")
M = TypeVar("M", bound=Model)
LONGEST = 500
BATCH = 500


def by_key(rows: QuerySet[M]) -> Iterator[M]:
    """``rows`` in the order of their keys, a batch at a time: an act on one disturbs no other."""
    last: object = None
    rows = rows.order_by("pk")
    while batch := list((rows if last is None else rows.filter(pk__gt=last))[:BATCH]):
        yield from batch
        last = batch[-1].pk


def sweep(
    name: str,
    rows: Iterable[T],
    act: Callable[[T], Any],
    told: Callable[[T], str] = str,
    *,
    writes: bool = True,
) -> int:
    """Do ``act`` on each of ``rows``; how many were done. ``told`` names a row to operators.

    ``writes``: whether ``act`` touches the database; what only judges needs no transaction a row.
    """
    done = 0
    for row in rows:
        try:
            with transaction.atomic() if writes else nullcontext():
                act(row)
        except Refused:
            continue
        except Exception as error:
            log.exception("The sweep %s set a row aside", name)
            set_aside(name, told(row), error)
            continue
        done += 1
    return done


def set_aside(name: str, row: str, error: Exception) -> None:
    """Keep where and why a sweep failed, for operators."""
    now = timezone.now()
    why = f"{type(error).__name__}: {error}"[:LONGEST]
    with transaction.atomic():
        kept, new = FailedRow.objects.get_or_create(
            sweep=name[:60], row=row[:80], defaults={"why": why, "first_at": now, "last_at": now}
        )
        if not new:
            FailedRow.objects.filter(pk=kept.pk).update(why=why, last_at=now, times=F("times") + 1)
