"""How often a query was asked, and how often nothing fitted: kept without a word of who asked.

Counts wait in the process and are written together, so that asking costs no write. What looks like
a person's number, or is longer than anybody types, is not counted.
"""

import re
import threading
import time
from collections import Counter
from datetime import date, timedelta
from typing import Final

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from openhall.search.models import LONGEST_QUERY, AskedCount
from openhall.search.rules.reading import Query

EVERY: Final = 20.0  # seconds
MOST: Final = 200
KEPT_DAYS: Final = 180
PERSONAL: Final = re.compile(r"\d{6,}|[\w.]+@\w")
_lock = threading.Lock()
_asked: Counter[tuple[date, str]] = Counter()
_unanswered: Counter[tuple[date, str]] = Counter()
_written = time.monotonic()


def countable(query: Query) -> str:
    """The query as it is counted; empty if it is not."""
    told = query.folded[:LONGEST_QUERY]
    if len(query.folded) > LONGEST_QUERY or PERSONAL.search(told) or query.says_nothing:
        return ""
    return told


def count(query: Query, *, fits: bool) -> None:
    """Count a query that was asked; written now and then."""
    global _written
    told = countable(query)
    if not told:
        return
    key = (timezone.localdate(), told)
    with _lock:
        _asked[key] += 1
        _unanswered[key] += not fits
        due = time.monotonic() - _written >= EVERY or len(_asked) >= MOST
        if due:
            _written = time.monotonic()
    if due:
        write()


def write() -> int:
    """Write what waits; how many queries. What cannot be written now is lost: it is a tally."""
    with _lock:
        asked, unanswered = dict(_asked), dict(_unanswered)
        _asked.clear()
        _unanswered.clear()
    try:
        with transaction.atomic():
            for (day, query), times in asked.items():
                row, made = AskedCount.objects.get_or_create(
                    day=day,
                    query=query,
                    defaults={"asked": times, "unanswered": unanswered[(day, query)]},
                )
                if not made:
                    AskedCount.objects.filter(pk=row.pk).update(
                        asked=F("asked") + times,
                        unanswered=F("unanswered") + unanswered[(day, query)],
                    )
    except DatabaseError:
        return 0
    return len(asked)


def forget_old() -> int:
    """Remove counts past their time."""
    last = timezone.localdate() - timedelta(days=KEPT_DAYS)
    return AskedCount.objects.filter(day__lt=last).delete()[0]
