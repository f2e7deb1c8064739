"""How late everything was entered, measured anew from the events and compared with what is kept."""

from collections.abc import Iterator

from openhall.cases.models import CaseEvent
from openhall.ledger.rules.finding import Finding
from openhall.organs.models import Organ
from openhall.supervision.facts import lags_of
from openhall.supervision.models import Cursor, LagMonth, LateEntry
from openhall.workdays.queries import calendar, calendar_in_words

Told = dict[str, tuple[object, ...]]


def _kept() -> Told:
    rows: Told = {}
    for one in LagMonth.objects.all():
        place = f"{one.organ_id}/{one.month:%Y-%m}"
        rows[place] = (one.events, one.late, one.minutes, one.incomplete)
    return rows | {_name(one): _columns(one) for one in LateEntry.objects.iterator(5_000)}


def _measured(upto: int) -> Told:
    events = CaseEvent.objects.filter(id__lte=upto).order_by("id").select_related("case")
    sums, late = lags_of(events.iterator(5_000), calendar())
    rows: Told = {f"{organ}/{month:%Y-%m}": tuple(row) for (organ, month), row in sums.items()}
    return rows | {_name(one): _columns(one) for one in late}


def _name(one: LateEntry) -> str:
    return f"{one.case_id}#{one.seq}"


def _columns(one: LateEntry) -> tuple[object, ...]:
    return one.organ_id, one.month, one.act, one.event_time, one.entry_time, one.minutes


def _differences() -> dict[str, tuple[object, object]]:
    """What differs by its place; nothing while another calendar waits to be measured by."""
    cursor = Cursor.objects.filter(name=Cursor.LAG).first()
    if cursor is not None and cursor.calendar != calendar_in_words():
        return {}
    measured = _measured(cursor.last_event_id if cursor else 0)
    kept = _kept()
    return {
        place: (kept.get(place), measured.get(place))
        for place in sorted(kept.keys() | measured.keys())
        if kept.get(place) != measured.get(place)
    }


def faults(since: int, size: int) -> Iterator[Finding]:
    """Faults of the log's nightly look (``settings.LEDGER_CHECKS``), only in a look at the whole.

    Events are measured meanwhile, so only what differs in the same way at a second count is one.
    """
    if since or not (first := _differences()):
        return
    again = _differences()
    names = {str(pk): code for pk, code in Organ.objects.values_list("pk", "code")}
    for place, found in first.items():
        if again.get(place) != found:
            continue
        organ, _slash, month = place.partition("/")
        where = f"{names.get(organ, organ)}/{month}" if month else f"case {place}"
        yield Finding(
            f"late-entry/{where}",
            f"“事后录入”的记录{where}与按事件重算的结果不符：被改动。",
            f"What is kept of late entries at {where} is not what the events give: it was changed.",
        )
