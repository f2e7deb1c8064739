"""意见征集: texts on which everybody may say something. 重大行政决策程序暂行条例 14."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from django.utils import timezone

from openhall.enquiries.queries import calls
from openhall.search.rules.records import Record
from openhall.search.sources import Source
from openhall.search.terms import RecordKind

BODY: Final = 2000


def _records(keys: list[str] | None, day: date) -> Iterator[Record]:
    rows = calls()
    if keys is not None:
        rows = rows.filter(number__in=keys)
    for call in rows:
        until = call.until.isoformat()
        yield Record(
            id=f"call:{call.number}",
            kind=RecordKind.CALL.value,
            key=call.number,
            root=f"call:{call.number}",
            title=call.title,
            title_en=call.title_en,
            names=("征求意见", "意见征集", "public consultation"),
            at=("portal:call", call.number),
            body=f"{call.text}\n{call.report}"[:BODY],
            number=call.number,
            unit=call.organ.code,
            units=(call.organ.name, call.organ.name_en),
            day=timezone.localtime(call.announced_at).date() if call.announced_at else None,
            note=(f"意见截止{until}", f"Opinions until {until}"),
        )


def _number(call: Any) -> Iterable[str]:
    return (call.number,)


def _public(keys: list[str], day: date) -> set[str]:
    return set(calls().filter(number__in=keys).values_list("number", flat=True))


CALLS: Final = Source(RecordKind.CALL.value, _records, {"call": _number}, _public)
