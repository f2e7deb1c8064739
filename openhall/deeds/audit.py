"""Whether every deed, and every row that deeds left behind, is what the log says of it. A5.

Named by the roof in ``settings.LEDGER_CHECKS``: before each sealing over what is new, by night and
by ``openhall audit`` over everything. Read row by row: its events in order, each against its entry,
then the row and the rows it owns against the last commitment to each. Every fault names its
place.
"""

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import Exists, Model, OuterRef

from openhall.deeds.kinds import Kind, Owned, kinds
from openhall.deeds.models import Deed
from openhall.deeds.rows.snapshots import snapshot
from openhall.deeds.rules.values import text_of
from openhall.deeds.writer import actor_named, row_commitment, said_openly
from openhall.ledger.models import Entry, Leaf
from openhall.ledger.rules.commitment import commit
from openhall.ledger.rules.finding import Finding
from openhall.vault.keys import CannotDecrypt

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
    founded, seen = _founded(kind), set()
    pks = kind.model._base_manager.order_by("pk").values_list("pk", flat=True)
    while chunk := list((pks if last is None else pks.filter(pk__gt=last))[:CHUNK]):
        last = chunk[-1]
        rows = _read(kind, chunk)
        if founded:
            seen |= {kind.number(row) for row in rows}
        yield from _still_wrong(kind, rows, founded)
        for pk in sorted(set(chunk) - {row.pk for row in rows}):
            yield Finding(
                f"{kind.name}/{pk}",
                f"{kind.title.zh}（编号{pk}）所指的记录不存在：被改动或者被删除。",
                f"{kind.title.en} number {pk} refers to a record that is not there: one of them "
                "was changed or removed.",
            )
    for number in sorted(founded.keys() - seen):
        yield Finding(
            f"{kind.name}/{number}",
            f"系统自带的{kind.title.zh}{number}不见了：被删除。",
            f"{kind.title.en} {number}, which the system brings, is gone: it was removed.",
        )
    yield from _orphans(kind)
    yield from _entries_without_event(kind, Entry.objects.filter(kind=kind.name))


def of_row(kind: Kind, row: Any) -> list[Finding]:
    """What is wrong with one row: for a page that claims something of it."""
    return list(_of_rows(kind, _read(kind, [row.pk]), _founded(kind)))


def _read(kind: Kind, pks: Iterable[Any]) -> list[Any]:
    """The rows ``pks`` with what they refer to; without those that refer to nothing."""
    rows = kind.model._base_manager.select_related(*kind.related)
    return list(rows.filter(pk__in=set(pks)).order_by("pk"))


def _of_new(kind: Kind, since: int, size: int) -> Iterator[Finding]:
    leaves = Leaf.objects.filter(index__gte=since, index__lt=size, entry__kind=kind.name)
    entries = list(leaves.values_list("entry_id", flat=True))
    for begin in range(0, len(entries), CHUNK):
        some = entries[begin : begin + CHUNK]
        touched = kind.all_events().filter(entry__in=some).values_list(kind.about, flat=True)
        yield from _still_wrong(kind, _read(kind, touched), {})
        yield from _entries_without_event(kind, Entry.objects.filter(pk__in=some))


def _still_wrong(kind: Kind, rows: list[Any], founded: Mapping[str, str]) -> Iterator[Finding]:
    """What is wrong with ``rows`` at a second look too: the first may have met an act."""
    if any(True for _ in _of_rows(kind, rows, founded)):
        yield from _of_rows(kind, _read(kind, [row.pk for row in rows]), founded)


def _founded(kind: Kind) -> dict[str, str]:
    """What the programme brings of ``kind``, as text by number."""
    if kind.founding is None:
        return {}
    return {kind.number(one.row): _text(kind, one.row, one.rows) for one in kind.founding()}


def _text(kind: Kind, row: Any, rows: Mapping[str, Iterable[Model]]) -> str:
    """A row and those it owns as one text, without their keys."""
    said = {
        owned.label: sorted(
            snapshot(one, {*owned.loose, owned.path}) for one in rows.get(owned.label, ())
        )
        for owned in kind.owns
    }
    return text_of({"row": snapshot(row, kind.loose), **said})


@dataclass(slots=True)
class _Story:
    """What the events of one row say: the last commitment to it, and to each row it owns."""

    seq: int = 0
    bound: bool = False  # an act after which the row changes only by deeds was done
    row: str = ""
    open: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)


def _of_rows(kind: Kind, rows: list[Any], founded: Mapping[str, str]) -> Iterator[Finding]:
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
    there: dict[str, dict[Any, dict[str, Any]]] = {}
    for owned in kind.owns:
        there[owned.label] = {getattr(row, owned.by): {} for row in rows}
        for one in owned.rows_of(rows):
            there[owned.label][owned.owner_of(one)][f"{owned.label}/{one.pk}"] = one
    for row in rows:
        its = {owned.label: there[owned.label][getattr(row, owned.by)] for owned in kind.owns}
        try:
            yield from _of_one(kind, row, events[row.pk], entries, its, row.pk in bound, founded)
        except CannotDecrypt:
            yield Finding(
                f"{kind.name}/{kind.number(row)}",
                f"{kind.title.zh}{kind.number(row)}有加密内容打不开：被改动，或者抄自别处。",
                f"A sealed value of {kind.title.en} {kind.number(row)} does not open: it was "
                "changed, or copied from elsewhere.",
            )


def _of_one(
    kind: Kind,
    row: Any,
    events: list[Deed],
    entries: Mapping[Any, tuple[dict[str, Any], datetime]],
    its: Mapping[str, dict[str, Any]],
    bound: bool,
    founded: Mapping[str, str],
) -> Iterator[Finding]:
    story = _Story()
    for event in events:
        yield from _of_event(kind, row, event, entries.get(event.entry), story)
    if not story.seq:
        if bound:
            text = _text(kind, row, {label: rows.values() for label, rows in its.items()})
            yield from _without_deed(kind, row, text, founded)
        return
    yield from _of_the_row(kind, row, story)
    for owned in kind.owns:
        yield from _of_owned(kind, row, owned, its[owned.label], story)


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
    story.bound |= event.act in kind.binding
    story.row = str(body.get("row", story.row))
    story.open.update(body.get("open", {}))
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
    key, said = _key(salt), body["commitments"]
    try:
        detail = event.detail_under(salt)
    except ValueError:  # neither locked with this salt nor readable without
        return "detail"
    right = {name: commit(key, f"{event.seq}.{name}", value) for name, value in detail.items()}
    if "actor" in said or event.actor_id is not None:
        right["actor"] = commit(key, f"{event.seq}.actor", actor_named(event.actor_id))
    if said.get("actor") != right.get("actor"):
        return "actor"
    return "" if right == said else "detail"


def _key(salt: str) -> bytes:
    """The salt as bytes; one that was made unreadable fits nothing."""
    try:
        return base64.b64decode(salt, validate=True)
    except ValueError:
        return b"unreadable"


def _column(event: Deed, name: str) -> Any:
    value = getattr(event, name)
    return getattr(value, "code", value)


def _without_deed(kind: Kind, row: Any, text: str, founded: Mapping[str, str]) -> Iterator[Finding]:
    """A row nothing was done to: it is as the programme brought it, or it was slipped in."""
    number = kind.number(row)
    if number not in founded:
        yield Finding(
            f"{kind.name}/{number}",
            f"{kind.title.zh}{number}在日志中没有任何记录：是绕过系统写入的。",
            f"The log knows nothing of {kind.title.en} {number}: it was slipped in.",
        )
    elif founded[number] != text:
        yield Finding(
            f"{kind.name}/{number}",
            f"{kind.title.zh}{number}与系统自带的内容不符，日志中也没有修改的记录：被改动。",
            f"{kind.title.en} {number} is not what the system brings, and the log knows of no "
            "change: it was changed.",
        )


def _of_the_row(kind: Kind, row: Any, story: _Story) -> Iterator[Finding]:
    number = kind.number(row)
    if not story.bound and not kind.settled(row):
        return
    salt = _key(kind.salt(row))
    if (
        row.seq != story.seq
        or said_openly(row, kind) != story.open
        or row_commitment(salt, row, kind) != story.row
    ):
        yield Finding(
            f"{kind.name}/{number}",
            f"{kind.title.zh}{number}现在的内容与日志第{story.seq}步所承诺的不符：被改动。",
            f"{kind.title.en} {number} is not what step {story.seq} in the log committed to: it "
            "was changed.",
        )


def _of_owned(
    kind: Kind, row: Any, owned: Owned, there: dict[str, Any], story: _Story
) -> Iterator[Finding]:
    salt = _key(kind.salt(row))
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
    there = kind.model._base_manager.filter(pk=OuterRef(kind.about))
    lost = kind.all_events().filter(~Exists(there)).order_by(kind.about, "seq")
    for about in dict.fromkeys(lost.values_list(kind.about, flat=True)):
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
