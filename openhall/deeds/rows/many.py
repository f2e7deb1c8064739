"""One deed of the system on thousands of rows at once: their entries and events, by two statements.

For work that a notice sets off (a new calendar moves the due days of a million cases). The caller
has the rows under lock, has worked the bodies out beforehand, and writes the rows itself; only
columns that stand in the entry in the clear (``Kind.openly``) may change, so no commitment does.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from openhall.deeds.kinds import Kind
from openhall.deeds.models import Deed
from openhall.glossary import Term
from openhall.ledger.actions import append_many


class Prepared(NamedTuple):
    """One deed, worked out: ``columns`` are the event's own; ``facts`` are JSON; ``body`` is
    canonical."""

    about: Any
    seq: int
    columns: tuple[Any, ...]
    facts: str
    key: str
    body: bytes


def write_many(kind: Kind, act: Term, at: datetime, deeds: Sequence[Prepared]) -> None:
    """Write ``act`` on each row of ``deeds``, done by nobody signed in, at ``at``."""
    entries = append_many(kind.name, [one.body for one in deeds])
    about = kind.about
    names = [about, "seq", *_columns_of(kind.events, kind.columns), "act", "actor_id", "desk"]
    names += ["event_time", "entry_time", "facts", "sealed", "key", "entry"]
    said = f"INSERT INTO {kind.events._meta.db_table} ({', '.join(names)})"
    moment = connection.ops.adapt_datetimefield_value(at)
    same = (act.value, None, "", moment, moment)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"{said} VALUES ({', '.join(['%s'] * len(names))})",
            [
                (one.about, one.seq, *one.columns, *same, one.facts, "", one.key, entry)
                for one, entry in zip(deeds, entries, strict=True)
            ],
        )


def _columns_of(events: type[Deed], names: Sequence[str]) -> list[str]:
    return [str(events._meta.get_field(name).column) for name in names]  # type: ignore[union-attr]
