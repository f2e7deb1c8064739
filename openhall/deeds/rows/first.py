"""The first deed of many rows at once: what a list brings, by the hundred.

Each row has its own event and entry, as if its deed had been written alone; only the statements are
few. For rows without rows of their own that deeds hold (``Kind.owns``), and without personal data.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from openhall.deeds.collecting import acting, close_deeds
from openhall.deeds.doing import Doing
from openhall.deeds.kinds import Kind
from openhall.deeds.refusals import MOVED, Moved
from openhall.deeds.rows.fast import advance, stand_many
from openhall.deeds.writer import actor_named, body_of, entry_time, new_salt, tell
from openhall.glossary import Term
from openhall.ledger.actions import append_many
from openhall.ledger.rules.canonical import canonical
from openhall.ledger.rules.commitment import commit

Facts = Mapping[str, Any]


@acting()
def write_first(
    kind: Kind,
    act: Term,
    rows: Sequence[Any],
    doing: Callable[[Any], Doing],
    facts: Callable[[Any], Facts],
    changed: Sequence[str] = (),
) -> None:
    """Write ``act`` on each of ``rows``, to which nothing was done yet.

    Rows that do not stand yet are made; of those that do, the columns ``changed`` are written.
    ``doing`` and ``facts`` say each row's own. Raises ``ValueError`` for a kind that owns rows.
    """
    if kind.owns:
        raise ValueError(f"Deeds of {kind.name} commit to other rows: write them one by one.")
    close_deeds()
    standing = [row for row in rows if row.pk is not None]
    for row in rows:
        row.seq, row.salt = 1, new_salt()
    kind.model._base_manager.bulk_create(row for row in rows if row.pk is None)
    for row in standing:
        written = {name: getattr(row, name) for name in ("seq", "salt", *changed)}
        if not advance(kind.model, row.pk, 0, written):
            raise Moved(MOVED)
    events, bodies = [], []
    for row in rows:
        by, said = doing(row), dict(facts(row))
        entered, salt = entry_time(by), base64.b64decode(row.salt)
        actor = actor_named(by.actor and by.actor.pk)
        commitments = {"actor": commit(salt, "1.actor", actor)}
        body = body_of(kind, row, act, by, entered, {}, said, commitments)
        bodies.append(canonical({"kind": kind.name, **body}))
        events.append(
            kind.events(
                **kind.place(row),
                seq=1,
                act=act.value,
                actor=by.actor,
                desk=by.desk,
                event_time=by.at,
                entry_time=entered,
                facts=said,
                key=by.key,
            )
        )
    for event, entry in zip(events, append_many(kind.name, bodies), strict=True):
        event.entry = entry
    stand_many(events)
    tell(kind, rows)
