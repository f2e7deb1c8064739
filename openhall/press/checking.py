"""What the press keeps, held against the log: each day's tree, and every page that is kept."""

import json
from collections.abc import Iterator
from typing import Any, Final

from openhall.ledger.models import Entry
from openhall.ledger.rules.finding import Finding
from openhall.ledger.rules.merkle import leaf_hash
from openhall.ledger.terms import PAGES
from openhall.press.bodies import Erased, body_of
from openhall.press.models import Body, Day
from openhall.press.past import leaves_on
from openhall.press.rules.days import root_of
from openhall.press.rules.delta import Damaged

REREAD: Final = 7  # days whose tree is made anew at each look


def faults(since: int, size: int) -> Iterator[Finding]:
    """Days and pages that are not what the log says (``settings.LEDGER_CHECKS``); only in a look at
    the whole. The newest days' trees are made anew from the rows."""
    if since:
        return
    yield from _days()
    yield from _bodies()


def _days() -> Iterator[Finding]:
    said: dict[str, dict[str, Any]] = {}
    for body in Entry.objects.filter(kind=PAGES).order_by("pk").values_list("body", flat=True):
        told = json.loads(bytes(body))
        said.setdefault(told["day"], told)
    rows = list(Day.objects.order_by("day"))
    for place, row in enumerate(rows):
        name = row.day.isoformat()
        told = said.pop(name, None)
        if told is None or (told["size"], told["root"]) != (row.size, row.root):
            yield _day(name, "与日志中的记录不符", "is not what the log says of it")
        elif place >= len(rows) - REREAD:
            leaves = leaves_on(row.day)
            if root_of([leaf_hash(leaf.raw()) for leaf in leaves]).hex() != row.root:
                yield _day(
                    name, "展示过的页面记录被改动", "lists other pages than were shown on it"
                )
    for name in said:
        yield _day(name, "的页面清单已被删除", "has lost its list of pages")


def _day(name: str, chinese: str, english: str) -> Finding:
    return Finding(f"press/{name}", f"{name}{chinese}。", f"{name} {english}.")


def _bodies() -> Iterator[Finding]:
    for name in Body.objects.filter(erased_by__isnull=True).values_list("pk", flat=True).iterator():
        try:
            body_of(name)
        except Erased:
            continue
        except (Damaged, LookupError):
            yield Finding(
                f"press/{name[:16]}",
                f"存档页面{name[:16]}的内容与其摘要不符：被改动或损坏。",
                f"The stored page {name[:16]} is not what its hash says: changed or damaged.",
            )
