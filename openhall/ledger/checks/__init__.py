"""Looking at the log before it is signed (what is new) and by night or on demand (the whole).

Each fault names its place. The rooms above look at what hangs on the log: the roof names their
checks in ``settings.LEDGER_CHECKS``, each ``faults(since, size)`` over the leaves in that range.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from django.conf import settings
from django.db import DatabaseError
from django.utils.module_loading import import_string

from openhall.ledger.checks.announced import announced
from openhall.ledger.checks.leaves import leaves, times
from openhall.ledger.checks.published import published_checkpoint, published_files
from openhall.ledger.checks.tree import whole_tree
from openhall.ledger.checks.witnessed import cosignatures, witnesses_asked
from openhall.ledger.models import Checkpoint
from openhall.ledger.publishing import Published, published_note
from openhall.ledger.queries import latest_checkpoint
from openhall.ledger.rules.finding import Finding

Check = Callable[[int, int], Iterable[Finding]]
ENOUGH: Final = 20  # faults of one sealing; the whole is looked at anyway before it goes on
log = logging.getLogger(__name__)

# What ``look_at_log`` looks at, in its order: the words of `openhall verify` and `openhall audit`.
LOOKED_AT: Final = (
    "the published checkpoint against the signed ones, and the tree against it",
    "every entry: its place, its content, its hash, its kind",
    "every stored subtree and every signed checkpoint, against the tree hashed anew",
    "the time at which each entry says it was written",
    "every published tile and bundle, byte by byte, and the published key",
    "every day's checkpoint, every witness and every alarm, against the log's own entries of them",
    "every cosignature, against its checkpoint and the witness's key",
)
ASKED: Final = "every witness, for the newest checkpoint it has seen"


def look_at_new(size: int) -> list[Finding]:
    """What is wrong with the leaves since the last checkpoint, and with what is published."""
    latest = latest_checkpoint()
    since = 0 if latest is None else min(latest.size, size)
    found = []
    for fault in _all_checks(since, size, latest):
        found.append(fault)
        if len(found) == ENOUGH:
            break
    return found


def _all_checks(since: int, size: int, latest: Checkpoint | None) -> Iterator[Finding]:
    yield from published_checkpoint(size, published_note())
    for one in leaves(since, size, latest):
        if isinstance(one, Finding):
            yield one
    yield from above(since, size)


def above(since: int, size: int) -> Iterator[Finding]:
    """The checks of the rooms above. One that breaks is a fault itself and hides no other."""
    for path in settings.LEDGER_CHECKS:
        yield from held_by(path, since, size)


def held_by(path: str, since: int, size: int) -> Iterator[Finding]:
    """What the check at the dotted ``path`` finds."""
    try:
        check: Check = import_string(path)
        yield from check(since, size)
    except DatabaseError:
        raise  # that the database did not answer says nothing of what is in it
    except Exception as fault:
        log.exception("The check %s broke off.", path)
        why = f"{type(fault).__name__}: {fault}"[:300]
        yield Finding(
            f"check/{path}",
            f"核对{path}中途失败，其后的内容未能核对：{why}",
            f"The check {path} broke off, what comes after was not looked at: {why}",
        )


def look_at_log(size: int, published: Published) -> Iterator[int | Finding]:
    """The log itself: how many leaves were looked at so far, and each fault as it is found.

    ``published`` is what stood outside before ``size`` was read.
    """
    yield from published_checkpoint(size, published.note)
    yield from whole_tree(size)
    yield from times(size)
    yield from published_files(published, size)
    yield from announced()
    yield from cosignatures()


def look_at_all(size: int, published: Published) -> Iterator[int | Finding]:
    """Everything: the log itself, what the rooms above hang on it, what its witnesses have seen."""
    yield from look_at_log(size, published)
    yield from above(0, size)
    yield from witnesses_asked()
