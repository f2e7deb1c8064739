"""Whether the events of cases are what the log says of them: before each sealing, and by night.

Named by the roof in ``settings.LEDGER_CHECKS``. Every fault names the case and the step. A5.
"""

import base64
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import Count, Exists, F, Max, OuterRef, Q

from openhall.cases.models import CaseEvent
from openhall.ledger.models import Entry, Leaf
from openhall.ledger.rules.commitment import commit
from openhall.ledger.rules.finding import Finding

CHUNK: Final = 500
LATELY: Final = 5_000  # events looked at for a lost entry at each sealing
SLACK: Final = timedelta(minutes=10)  # between the event's entry time and the entry itself


def faults(since: int, size: int) -> Iterator[Finding]:
    """Faults of the events whose entries stand at ``since`` … ``size - 1``; 0: all of them."""
    touched: set[int] = set()
    rows = Leaf.objects.filter(index__gte=since, index__lt=size, entry__kind="case")
    columns = ("index", "entry_id", "entry__body", "entry__written_at")
    chunk: list[tuple[int, int, bytes, datetime]] = []
    for row in rows.order_by("index").values_list(*columns).iterator(chunk_size=CHUNK):
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield from _compared(chunk, touched)
            chunk = []
    yield from _compared(chunk, touched)
    yield from _without_entry(everywhere=since == 0)
    yield from _gaps(None if since == 0 else touched)


def _compared(
    chunk: list[tuple[int, int, bytes, datetime]], touched: set[int]
) -> Iterator[Finding]:
    events = {
        event.entry: event
        for event in CaseEvent.objects.filter(entry__in=[row[1] for row in chunk]).select_related(
            "case__organ", "case__item"
        )
    }
    for index, entry, raw, written in chunk:
        body = json.loads(bytes(raw))
        place = f"case/{body.get('case')}#{body.get('seq')}"
        event = events.get(entry)
        if event is None:
            yield Finding(
                place,
                f"日志第{index}条记有办件{body.get('case')}的第{body.get('seq')}步，"
                "办件系统里却没有：事件被删除。",
                f"Entry {index} of the log tells step {body.get('seq')} of case "
                f"{body.get('case')}; the case no longer has it: the event was removed.",
            )
            continue
        touched.add(event.case_id)
        if wrong := _differs(event, body, written):
            yield Finding(
                place,
                f"办件{event.case.number}第{event.seq}步的“{wrong}”与日志第{index}条不符：被改动。",
                f"Step {event.seq} of case {event.case.number}: “{wrong}” is not what entry "
                f"{index} of the log says; it was changed.",
            )


def _differs(event: CaseEvent, body: dict[str, Any], written: datetime) -> str:
    """The first part of ``event`` that is not what its entry says; empty when all is."""
    plain = {
        "case": event.case.number,
        "seq": event.seq,
        "act": event.act,
        "stage": event.stage,
        "desk": event.desk,
        "facts": event.facts,
    }
    for name, value in plain.items():
        if body.get(name) != value:
            return name
    for name, moment in (("event_time", event.event_time), ("entry_time", event.entry_time)):
        if datetime.fromisoformat(body[name]) != moment.replace(microsecond=0):
            return name
    if not settings.DEMO and abs(written - event.entry_time) > SLACK:
        return "entry_time"
    if not event.case.salt:  # the personal data was erased, and with it what could be compared
        return ""
    salt = base64.b64decode(event.case.salt)
    said = json.loads(event.detail) if event.detail else {}
    right = {name: commit(salt, f"{event.seq}.{name}", value) for name, value in said.items()}
    return "" if body["commitments"] == right else "detail"


def _without_entry(*, everywhere: bool) -> Iterator[Finding]:
    """Events that no entry of the log tells."""
    told = Entry.objects.filter(pk=OuterRef("entry"), kind="case")
    rows = CaseEvent.objects.all()
    if not everywhere:
        last = rows.aggregate(last=Max("pk"))["last"] or 0
        rows = rows.filter(pk__gt=last - LATELY)
    lost = rows.filter(~Exists(told)).select_related("case").order_by("pk")
    for event in lost[:CHUNK]:
        yield Finding(
            f"case/{event.case.number}#{event.seq}",
            f"办件{event.case.number}的第{event.seq}步在日志中没有对应的记录："
            "事件是补插的，或日志条目被删除。",
            f"Step {event.seq} of case {event.case.number} has no entry in the log: the event was "
            "slipped in, or the entry was removed.",
        )


def _gaps(touched: set[int] | None) -> Iterator[Finding]:
    """Cases whose steps are not 1, 2, 3 … up to what the case says of itself."""
    rows = CaseEvent.objects.order_by()
    cases = [None] if touched is None else _in_chunks(sorted(touched))
    for some in cases:
        here = rows if some is None else rows.filter(case_id__in=some)
        counted = here.values("case_id", "case__number", "case__seq").annotate(
            steps=Count("pk"), last=Max("seq")
        )
        for row in counted.filter(~Q(steps=F("last")) | ~Q(last=F("case__seq"))):
            yield Finding(
                f"case/{row['case__number']}",
                f"办件{row['case__number']}的步骤不连续：记有{row['steps']}步，末步编号"
                f"{row['last']}，办件自称{row['case__seq']}步。",
                f"Steps of case {row['case__number']} are missing: {row['steps']} are there, the "
                f"last is number {row['last']}, the case says {row['case__seq']}.",
            )


def _in_chunks(ids: list[int]) -> list[list[int] | None]:
    return [ids[at : at + CHUNK] for at in range(0, len(ids), CHUNK)]
