"""What the log says of itself: days, witnesses and alarms, held against the rows of them.

A day's checkpoint, a witness's key and an alarm each leave an entry in the log when they are made
(``actions``). A row that was changed, removed or slipped in since no longer fits its entry.
"""

import base64
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from openhall.ledger.models import Alarm, Cosignature, DailyCheckpoint, Entry
from openhall.ledger.rules.finding import Finding
from openhall.ledger.terms import ALARM, DAY, OF_THE_LOG, RESOLVED, AlarmState

Told = dict[str, list[dict[str, Any]]]


def told() -> Told:
    """The entries in which the log speaks of itself, by kind, in their order."""
    found: Told = defaultdict(list)
    rows = Entry.objects.filter(kind__in=OF_THE_LOG).order_by("pk").values_list("kind", "body")
    for kind, body in rows.iterator(chunk_size=2_000):
        try:
            said = json.loads(bytes(body))
        except ValueError:  # said by the look at the leaves
            continue
        found[kind].append(said)
    return found


def announced() -> Iterator[Finding]:
    """Days and alarms that are not what the log says of them."""
    said = told()
    yield from _both_times(_days, said)
    yield from _both_times(_alarms, said)


def _both_times(look: Callable[[Told], Iterator[Finding]], said: Told) -> Iterator[Finding]:
    """What a second look finds as well: a row and its entry are read one after the other, and a
    day may be named between the two."""
    if first := list(look(said)):
        again = set(look(told()))
        yield from (one for one in first if one in again)


# ---------------------------------------------------------------- days
def _days(said: Told) -> Iterator[Finding]:
    named: dict[str, dict[str, Any]] = {}
    for one in said[DAY]:
        if one.get("day") in named:
            yield _day(one, "在日志中被再次指定", "was named a second time in the log")
        named.setdefault(str(one.get("day")), one)
    for row in DailyCheckpoint.objects.select_related("checkpoint").order_by("day"):
        if (one := named.pop(row.day.isoformat(), {})) == {}:
            yield _day(
                {"day": row.day.isoformat()},
                "在日志中没有对应的记录：是补插的",
                "has no entry in the log: it was slipped in",
            )
        elif (one["size"], one["root"]) != (row.checkpoint.size, _root(row)):
            yield _day(
                one,
                f"现在指向{row.checkpoint.size}条的检查点，当初公布的是{one['size']}条：被改动",
                f"points to the checkpoint of {row.checkpoint.size} entries now; "
                f"{one['size']} were announced: it was changed",
            )
        else:
            yield from _cosigned(one)
    for one in named.values():
        yield _day(one, "已被删除", "was removed")


def _root(row: DailyCheckpoint) -> str:
    return base64.b64encode(bytes(row.checkpoint.root)).decode()


def _day(one: dict[str, Any], chinese: str, english: str) -> Finding:
    day = one.get("day")
    return Finding(
        f"day/{day}", f"{day}当日的检查点{chinese}。", f"The checkpoint of {day} {english}."
    )


def _cosigned(one: dict[str, Any]) -> Iterator[Finding]:
    """Every cosignature with which a day was announced is still there."""
    kept = Cosignature.objects.filter(checkpoint__size=one["size"])
    lines = set(kept.values_list("line", flat=True))
    for line in one["cosigned"]:
        if line not in lines:
            name = line.split(" ")[1]
            yield Finding(
                f"cosignature/{one['size']}/{name}",
                f"{one['day']}公布时检查点{one['size']}带有{name}的副署，现在没有了：被删除或改动。",
                f"On {one['day']} checkpoint {one['size']} was announced with the cosignature of "
                f"{name}; it is no longer there: it was removed or changed.",
            )


# ---------------------------------------------------------------- alarms
def _alarms(said: Told) -> Iterator[Finding]:
    raised = Counter((one["place"], one["sentence"], one["by"]) for one in said[ALARM])
    ended = Counter(
        (one["place"], one["state"], one["by"], one["reason"]) for one in said[RESOLVED]
    )
    for row in Alarm.objects.order_by("pk"):
        key = (row.place, row.sentence, row.raised_by)
        if raised[key] == 0:
            yield _alarm(row.place, "与日志的记录不符", "is not what the log says of it")
        raised[key] -= 1
        if row.state == AlarmState.OPEN:
            continue
        end = (row.place, row.state, row.resolved_by, row.reason)
        if ended[end] == 0:
            yield _alarm(
                row.place,
                "的处理结果与日志的记录不符",
                "was resolved otherwise than the log says, or by nobody",
            )
        ended[end] -= 1
    for place, *_rest in +raised:
        yield _alarm(place, "已被删除", "was removed")
    for place, *_rest in +ended:
        yield _alarm(place, "的处理结果已被删除", "no longer says how it was resolved")


def _alarm(place: str, chinese: str, english: str) -> Finding:
    return Finding(
        f"alarm/{place}", f"{place}处的警报{chinese}。", f"The alarm at {place} {english}."
    )
