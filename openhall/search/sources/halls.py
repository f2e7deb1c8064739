"""政务大厅: each hall with its address, found by what people call it. A1, A9."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from openhall.hall.queries import centres_on
from openhall.search.rules.records import Record
from openhall.search.sources import Source
from openhall.search.terms import RecordKind

CALLED: Final = (
    "政务大厅", "办事大厅", "政务服务中心", "便民服务中心", "大厅地址", "上班时间", "几点上班",
    "service hall", "service centre", "opening hours",
)  # fmt: skip


def _records(keys: list[str] | None, day: date) -> Iterator[Record]:
    rows = centres_on(day)
    if keys is not None:
        rows = rows.filter(hall__slug__in=keys)
    for centre in rows:
        organ = centre.hall.organ
        where = "，".join(filter(None, [centre.address, centre.phone]))
        where_en = ", ".join(filter(None, [centre.address_en or centre.address, centre.phone]))
        yield Record(
            id=f"hall:{centre.hall.slug}",
            kind=RecordKind.HALL.value,
            key=centre.hall.slug,
            root=f"hall:{centre.hall.slug}",
            title=centre.name,
            title_en=centre.name_en,
            names=CALLED,
            at=("portal:hall", centre.hall.slug),
            body=f"{where}\n{organ.name}",
            body_en=f"{where_en}\n{organ.name_en}",
            unit=organ.code,
            units=(organ.name, organ.name_en),
            note=(where, where_en),
        )


def _slug(version: Any) -> Iterable[str]:
    return (version.hall.slug,)


def _public(keys: list[str], day: date) -> set[str]:
    rows = centres_on(day).filter(hall__slug__in=keys)
    return set(rows.values_list("hall__slug", flat=True))


HALLS: Final = Source(RecordKind.HALL.value, _records, {"centre": _slug}, _public)
