"""Pressing what is stale, the most visited first; the turn of the day; what is stored looked at."""

import logging
import random
import time
from collections.abc import Sequence
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone

from openhall.press.actions.making import Made, make, rendered
from openhall.press.actions.marks import drain, mark, touch_dated
from openhall.press.actions.parts import remake_stale
from openhall.press.actions.shown import close_day_of
from openhall.press.bodies import body_of, digest
from openhall.press.context import KINDS, kind_at
from openhall.press.models import Page
from openhall.press.rules.delta import Damaged
from openhall.press.rules.kinds import Archive
from openhall.press.serving.generation import announce
from openhall.press.shell import shell
from openhall.press.watching import triggers

logger = logging.getLogger(__name__)
LEAST_SECONDS: Final = 4.0


def heard(kind: str, rows: Sequence[Any]) -> None:
    """A deed was done (``settings.DEED_FOLLOWS``): who answers from memory on this machine knows
    once it is committed. On PostgreSQL the trigger itself notifies."""
    if settings.PRESS and connection.vendor != "postgresql":
        transaction.on_commit(announce, robust=True)


def press(address: str) -> Made:
    """Make one page anew."""
    kind = kind_at(address)
    if kind is None:
        return Made(404, b"", (), why="no page for everybody has this address")
    return make(kind, address)


def press_stale(seconds: float = LEAST_SECONDS) -> int:
    """Drain what was touched, then make stale pages anew for so many seconds; how many."""
    if not settings.PRESS:
        return 0
    triggers.lay()
    Page.objects.exclude(shell=shell()).exclude(body=None).filter(stale=False).update(stale=True)
    while drain():
        pass
    remake_stale()
    end, made = time.monotonic() + seconds, 0
    for address in _due(500):
        if time.monotonic() > end:
            break
        if press(address).stored:
            made += 1
    return made


def _due(most: int) -> list[str]:
    rows = Page.objects.filter(stale=True, body__isnull=False, old_after=None)
    return list(rows.order_by("-visits", "pk").values_list("path", flat=True)[:most])


def turn() -> int:
    """A new day: what begins or ends with it is touched, what turns with it is stale; how many
    rows begin or end."""
    today = timezone.localdate()
    rows = touch_dated(today)
    mark(Page.objects.filter(turn_on__lte=today, stale=False).values_list("pk", flat=True))
    announce()
    return rows


def close_days() -> None:
    """Note the last state of yesterday of each page of which a day's last is kept."""
    today = timezone.localdate()
    kinds = [one.route for one in KINDS.values() if one.archive is Archive.DAILY]
    for page in Page.objects.filter(kind__in=kinds, made_on__lt=today).iterator(500):
        close_day_of(page, today)


def look(share: float = 0.01) -> list[str]:
    """Compare some stored pages with a fresh making; what differs is stale and told."""
    found = []
    rows = list(Page.objects.filter(stale=False, body__isnull=False, old_after=None))
    for page in random.sample(rows, k=min(len(rows), max(1, round(len(rows) * share)))):
        if fault := fault_of(page):
            found.append(f"{page.path}: {fault}")
            mark([page.pk])
    if found:
        announce()
        logger.error("Stored pages were not what a fresh making gives: %s", "; ".join(found))
    return found


def fault_of(page: Page) -> str:
    """Why a stored page is not what it should be; empty for nothing."""
    kind = KINDS.get(page.kind)
    if kind is None:
        return "its kind is stored no longer"
    try:
        body = body_of(page.body_id or "")
    except (Damaged, LookupError) as fault:
        return str(fault)
    made, _recorder = rendered(kind, page.path)
    if made.status == 200 and digest(made.body) == digest(body):
        return ""
    page.refresh_from_db()
    still = not page.stale and page.body_id == digest(body) and not _touched(page)
    return "it shows something else than a fresh making" if still else ""


def _touched(page: Page) -> bool:
    drain()
    page.refresh_from_db(fields=["stale"])
    return page.stale


def visited(address: str, times: int) -> None:
    """So often was a page answered from memory: the most visited are made anew first."""
    try:
        Page.objects.filter(path=address).update(visits=F("visits") + times)
    except DatabaseError:
        connection.close()
