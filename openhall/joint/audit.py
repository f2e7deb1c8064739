"""Whether the events of joint cases are what the log says of them. A5.

Named by the roof in ``settings.LEDGER_CHECKS``, beside ``audit`` for the cases themselves.
"""

import base64
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, F, Max, Q

from openhall.joint.models import JointEvent
from openhall.ledger.models import Entry, Leaf
from openhall.ledger.rules.commitment import commit
from openhall.ledger.rules.finding import Finding

CHUNK: Final = 500


def faults(since: int, size: int) -> Iterator[Finding]:
    """Faults of the events whose entries stand at ``since`` … ``size - 1``; 0: all of them."""
    rows = Leaf.objects.filter(index__gte=since, index__lt=size, entry__kind="joint")
    columns = ("index", "entry_id", "entry__body")
    chunk: list[tuple[int, int, bytes]] = []
    for row in rows.order_by("index").values_list(*columns).iterator(chunk_size=CHUNK):
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield from _compared(chunk)
            chunk = []
    yield from _compared(chunk)
    yield from _slipped_in()
    yield from _gaps()


def _compared(chunk: list[tuple[int, int, bytes]]) -> Iterator[Finding]:
    rows = JointEvent.objects.filter(entry__in=[row[1] for row in chunk])
    events = {event.entry: event for event in rows.select_related("joint", "organ")}
    for index, entry, raw in chunk:
        body = json.loads(bytes(raw))
        place = f"joint/{body.get('joint')}#{body.get('seq')}"
        event = events.get(entry)
        if event is None:
            yield Finding(
                place,
                f"日志第{index}条记有联合申请{body.get('joint')}的第{body.get('seq')}步，"
                "办件系统里却没有：事件被删除。",
                f"Entry {index} of the log tells step {body.get('seq')} of joint application "
                f"{body.get('joint')}; it is no longer there: the event was removed.",
            )
        elif wrong := _differs(event, body):
            yield Finding(
                place,
                f"联合申请{event.joint.number}第{event.seq}步的“{wrong}”与日志第{index}条不符：被改动。",
                f"Step {event.seq} of joint application {event.joint.number}: “{wrong}” is not "
                f"what entry {index} of the log says; it was changed.",
            )


def _differs(event: JointEvent, body: dict[str, Any]) -> str:
    plain = {
        "joint": event.joint.number,
        "seq": event.seq,
        "act": event.act,
        "organ": event.organ.code,
        "desk": event.desk,
        "facts": event.facts,
    }
    for name, value in plain.items():
        if body.get(name) != value:
            return name
    for name, moment in (("event_time", event.event_time), ("entry_time", event.entry_time)):
        if datetime.fromisoformat(body[name]) != moment.replace(microsecond=0):
            return name
    if not event.joint.salt:  # the personal data was erased, and with it what could be compared
        return ""
    salt = base64.b64decode(event.joint.salt)
    said = json.loads(event.detail) if event.detail else {}
    right = {name: commit(salt, f"joint.{event.seq}.{name}", value) for name, value in said.items()}
    return "" if body["commitments"] == right else "detail"


def _slipped_in() -> Iterator[Finding]:
    told = Entry.objects.filter(kind="joint").values("pk")
    for event in JointEvent.objects.exclude(entry__in=told).select_related("joint")[:CHUNK]:
        yield Finding(
            f"joint/{event.joint.number}#{event.seq}",
            f"联合申请{event.joint.number}的第{event.seq}步在日志中没有对应的记录：事件是补插的，"
            "或日志条目被删除。",
            f"Step {event.seq} of joint application {event.joint.number} has no entry in the log: "
            "the event was slipped in, or the entry was removed.",
        )


def _gaps() -> Iterator[Finding]:
    counted = (
        JointEvent.objects.order_by()
        .values("joint_id", "joint__number", "joint__seq")
        .annotate(steps=Count("pk"), last=Max("seq"))
    )
    for row in counted.filter(~Q(steps=F("last")) | ~Q(last=F("joint__seq"))):
        yield Finding(
            f"joint/{row['joint__number']}",
            f"联合申请{row['joint__number']}的步骤不连续：记有{row['steps']}步，末步编号{row['last']}。",
            f"Steps of joint application {row['joint__number']} are missing: {row['steps']} are "
            f"there, the last is number {row['last']}.",
        )
