"""办事机构 and 公开数据: each unit with its duties, and what figures are published."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from openhall.organs.queries import units
from openhall.search.rules.records import Record
from openhall.search.sources import Source
from openhall.search.terms import RecordKind
from openhall.statistics.rules.measures import DEFINITIONS
from openhall.statistics.terms import Measure


def _units(keys: list[str] | None, day: date) -> Iterator[Record]:
    rows = units(day)
    if keys is not None:
        rows = rows.filter(code__in=keys)
    for organ in rows:
        where = "，".join(filter(None, [organ.address, organ.phone, organ.hours]))
        where_en = ", ".join(filter(None, [organ.address_en, organ.phone]))
        yield Record(
            id=f"unit:{organ.code}",
            kind=RecordKind.UNIT.value,
            key=organ.code,
            root=f"unit:{organ.code}",
            title=organ.name,
            title_en=organ.name_en,
            names=tuple(filter(None, [organ.short_name, organ.short_name_en])),
            at=("portal:unit", organ.code),
            body=f"{organ.duties}\n{where}",
            body_en=f"{organ.duties_en}\n{where_en}",
            unit=organ.code,
            units=(organ.name, organ.name_en),
            weight=0.95,
            note=(where, where_en),
        )


PLAIN: Final = ("portal:statistics",)


def _figures(keys: list[str] | None, day: date) -> Iterator[Record]:
    for measure in Measure:
        if keys is None or measure.value in keys:
            yield Record(
                id=f"figure:{measure.value}",
                kind=RecordKind.FIGURE.value,
                key=measure.value,
                root=f"figure:{measure.value}",
                title=measure.zh,
                title_en=measure.en,
                names=("公开数据", "统计数据", "public figures"),
                at=("portal:published", measure.value) if measure in DEFINITIONS else PLAIN,
                weight=0.9,
                note=(measure.basis, measure.basis),
            )


UNITS: Final = Source(RecordKind.UNIT.value, _units)
FIGURES: Final = Source(RecordKind.FIGURE.value, _figures)
