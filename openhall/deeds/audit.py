"""Whether every deed, and every row that deeds left behind, is what the log says of it. A5.

Named by the roof in ``settings.LEDGER_CHECKS``: before each sealing over what is new, by night and
by ``openhall audit`` over everything. Read row by row: its events in order, each against its entry,
then the row and the rows it owns against the last commitment to each. Every fault names its
place.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import Exists, OuterRef

from openhall.deeds.kinds import Kind, Owned, kinds
from openhall.deeds.models import Deed
from openhall.deeds.snapshots import snapshot
from openhall.deeds.writer import row_commitment
from openhall.ledger.models import Entry, Leaf
from openhall.ledger.rules.commitment import commit
from openhall.ledger.rules.finding import Finding

CHUNK: Final = 500
SLACK: Final = timedelta(minutes=10)  # between the event's entry time and the entry itself


def faults(since: int, size: int) -> Iterator[Finding]:
    """Faults of what deeds left in the entries ``since`` … ``size - 1``; 0: of everything."""
    for kind in kinds():
        if since == 0:
            yield from of_kind(kind)
        else:
            yield from _of_new(kind, since, size)


def of_kind(kind: Kind) -> Iterator[Finding]:
    """Every row of ``kind``, its events, and its entries without event."""
    last: Any = None
    rows = kind.model._base_manager.order_by("pk")
    while chunk := list((rows if last is None else rows.filter(pk__gt=last))[:CHUNK]):
        last = chunk[-1].pk
        yield from _still_wrong(kind, chunk)
    yield from _orphans(kind)
    yield from _entries_without_event(kind, Entry.objects.filter(kind=kind.name))


def of_row(kind: Kind, row: Any) -> list[Finding]:
    """What is wrong with one row: for a page that claims something of it."""
    fresh = kind.model._base_manager.filter(pk=row.pk)
    return list(_of_rows(kind, list(fresh)))


def _of_new(kind: Kind, since: int, size: int) -> Iterator[Finding]:
    leaves = Leaf.objects.filter(index__gte=since, index__lt=size, entry__kind=kind.name)
    entries = list(leaves.values_list("entry_id", flat=True))
    for begin in range(0, len(entries), CHUNK):
        some = entries[begin : begin + CHUNK]
        touched = kind.all_events().filter(entry__in=some).values_list(kind.about, flat=True)
        rows = kind.model._base_manager.filter(pk__in=set(touched)).order_by("pk")
        yield from _still_wrong(kind, list(rows))
        yield from _entries_without_event(kind, Entry.objects.filter(pk__in=some))


def _still_wrong(kind: Kind, rows: list[Any]) -> Iterator[Finding]:
    """What is wrong with ``rows`` at a second look too: the first may have met an act."""
    if any(True for _ in _of_rows(kind, rows)):
        again = kind.model._base_manager.filter(pk__in=[row.pk for row in rows]).order_by("pk")
        yield from _of_rows(kind, list(again))


@dataclass(slots=True)
class _Story:
    """What the events of one row say: the last commitment to it, and to each row it owns."""

    seq: int = 0
    row: str = ""
    rows: dict[str, str] = field(default_factory=dict)


def _of_rows(kind: Kind, rows: list[Any]) -> Iterator[Finding]:
    if not rows:
        return
    pks = [row.pk for row in rows]
    events: dict[Any, list[Deed]] = {pk: [] for pk in pks}
    for event in kind.events_of(pks):
        events[getattr(event, kind.about)].append(event)
    wanted = [event.entry for some in events.values() for event in some]
    entries = {
        pk: (json.loads(bytes(body)), written)
        for begin in range(0, len(wanted), CHUNK)
        for pk, body, written in Entry.objects.filter(
            pk__in=wanted[begin : begin + CHUNK], kind=kind.name
        ).values_list("pk", "body", "written_at")
    }
    bound = set(
        kind.bound(kind.model._base_manager.filter(pk__in=pks)).values_list("pk", flat=True)
    )
    stories: dict[Any, _Story] = {}
    for row in rows:
        story = stories[row.pk] = _Story()
        for event in events[row.pk]:
            yield from _of_event(kind, row, event, entries.get(event.entry), story)
        yield from _of_the_row(kind, row, story, bound=row.pk in bound)
    for owned in kind.owns:
        there: dict[Any, dict[str, Any]] = {pk: {} for pk in pks}
        mine = owned.model._base_manager.filter(**{f"{owned.path}__in": pks})
        for one in mine.select_related(*_way(owned.path)):
            there[owned.owner_of(one)][f"{owned.label}/{one.pk}"] = one
        for row in rows:
            yield from _of_owned(kind, row, owned, there[row.pk], stories[row.pk])


def _way(path: str) -> list[str]:
    way = path.rsplit("__", 1)
    return [way[0]] if len(way) == 2 else []


def _of_event(
    kind: Kind, row: Any, event: Deed, entry: tuple[dict[str, Any], datetime] | None, story: _Story
) -> Iterator[Finding]:
    place = f"{kind.name}/{kind.number(row)}#{event.seq}"
    if entry is None:
        yield Finding(
            place,
            f"{kind.title.zh}{kind.number(row)}的第{event.seq}步在日志中没有对应的记录："
            "事件是补插的，或日志条目被删除。",
            f"Step {event.seq} of {kind.title.en} {kind.number(row)} has no entry in the log: the "
            "event was slipped in, or the entry was removed.",
        )
        return
    body, written = entry
    if event.seq != story.seq + 1:
        yield Finding(
            place,
            f"{kind.title.zh}{kind.number(row)}的步骤不连续：第{story.seq}步之后是第{event.seq}步。",
            f"Steps of {kind.title.en} {kind.number(row)} are missing: step {event.seq} follows "
            f"step {story.seq}.",
        )
    story.seq = event.seq
    story.row = str(body.get("row", ""))
    story.rows.update(body.get("rows", {}))
    if wrong := _differs(kind, row, event, body, written):
        yield Finding(
            place,
            f"{kind.title.zh}{kind.number(row)}第{event.seq}步的“{wrong}”与日志不符：被改动。",
            f"“{wrong}” of step {event.seq} of {kind.title.en} {kind.number(row)} is not what the "
            "log says; it was changed.",
        )


def _differs(kind: Kind, row: Any, event: Deed, body: dict[str, Any], written: datetime) -> str:
    """The first part of ``event`` that is not what its entry says; empty when all is."""
    plain = {
        kind.name: kind.number(row),
        "seq": event.seq,
        "act": event.act,
        "desk": event.desk,
        "facts": event.facts,
        **{name: _column(event, name) for name in kind.columns},
    }
    for name, value in plain.items():
        if body.get(name) != value:
            return name
    for name, moment in (("event_time", event.event_time), ("entry_time", event.entry_time)):
        if datetime.fromisoformat(body[name]) != moment.replace(microsecond=0):
            return name
    if not settings.DEMO and abs(written - event.entry_time) > SLACK:
        return "entry_time"
    salt = kind.salt(row)
    if not salt:  # the personal data was erased, and with it what could be compared
        return ""
    key, said = base64.b64decode(salt), body["commitments"]
    right = {
        name: commit(key, f"{event.seq}.{name}", value)
        for name, value in event.detail_under(salt).items()
    }
    actor = "" if event.actor_id is None else str(event.actor_id)
    if said.get("actor") != commit(key, f"{event.seq}.actor", actor):
        return "actor"
    return "" if {**right, "actor": said["actor"]} == said else "detail"


def _column(event: Deed, name: str) -> Any:
    value = getattr(event, name)
    return getattr(value, "code", value)


def _of_the_row(kind: Kind, row: Any, story: _Story, *, bound: bool) -> Iterator[Finding]:
    number = kind.number(row)
    if not story.seq:
        if bound:
            yield Finding(
                f"{kind.name}/{number}",
                f"{kind.title.zh}{number}在日志中没有任何记录：是绕过系统写入的。",
                f"The log knows nothing of {kind.title.en} {number}: it was slipped in.",
            )
        return
    if not kind.settled(row):
        return
    salt = base64.b64decode(kind.salt(row))
    if row.seq != story.seq or row_commitment(salt, row, kind) != story.row:
        yield Finding(
            f"{kind.name}/{number}",
            f"{kind.title.zh}{number}现在的内容与日志第{story.seq}步所承诺的不符：被改动。",
            f"{kind.title.en} {number} is not what step {story.seq} in the log committed to: it "
            "was changed.",
        )


def _of_owned(
    kind: Kind, row: Any, owned: Owned, there: dict[str, Any], story: _Story
) -> Iterator[Finding]:
    salt = base64.b64decode(kind.salt(row))
    number = kind.number(row)
    said = {
        name: what
        for name, what in story.rows.items()
        if what and name.startswith(f"{owned.label}/")
    }
    for name in sorted(said.keys() | there.keys()):
        place = f"{kind.name}/{number}/{name}"
        if name not in there:
            yield Finding(
                place,
                f"{kind.title.zh}{number}的记录“{name}”不见了：被删除。",
                f"The record {name} of {kind.title.en} {number} is gone: it was removed.",
            )
        elif name not in said:
            yield Finding(
                place,
                f"{kind.title.zh}{number}的记录“{name}”在日志中没有：是绕过系统写入的。",
                f"The log knows nothing of the record {name} of {kind.title.en} {number}: it was "
                "slipped in.",
            )
        elif commit(salt, f"rows.{name}", snapshot(there[name], owned.loose)) != said[name]:
            yield Finding(
                place,
                f"{kind.title.zh}{number}的记录“{name}”与日志所承诺的不符：被改动。",
                f"The record {name} of {kind.title.en} {number} is not what the log committed to: "
                "it was changed.",
            )


def _orphans(kind: Kind) -> Iterator[Finding]:
    """Events whose row is gone."""
    if kind.fk:
        return  # a foreign key holds them together
    there = kind.model._base_manager.filter(pk=OuterRef("about"))
    lost = kind.all_events().filter(~Exists(there)).order_by("about", "seq")
    for about in dict.fromkeys(lost.values_list("about", flat=True)):
        yield Finding(
            f"{kind.name}/{about}",
            f"{kind.title.zh}（编号{about}）不见了，日志中有它的记录：被删除。",
            f"{kind.title.en} number {about} is gone, and the log tells of it: it was removed.",
        )


def _entries_without_event(kind: Kind, entries: Any) -> Iterator[Finding]:
    told = kind.all_events().filter(entry=OuterRef("pk"))
    lost: Iterable[tuple[int, Any]] = (
        entries.filter(~Exists(told)).order_by("pk").values_list("pk", "body")
    )
    for _pk, raw in lost:
        body = json.loads(bytes(raw))
        number = body.get(kind.name)
        yield Finding(
            f"{kind.name}/{number}#{body.get('seq')}",
            f"日志记有{kind.title.zh}{number}的第{body.get('seq')}步，系统里却没有：事件被删除。",
            f"The log tells step {body.get('seq')} of {kind.title.en} {number}; it is not there "
            "any more: the event was removed.",
        )
