"""联办事项: what people come for as one thing, whatever units decide its parts."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from openhall.catalogue.queries import versions_in_force
from openhall.joint.matters import matters_in_force
from openhall.search.rules.records import Record
from openhall.search.sources import Source
from openhall.search.terms import RecordKind


def _records(keys: list[str] | None, day: date) -> Iterator[Record]:
    rows = matters_in_force(day).prefetch_related("parts__item__entry")
    if keys is not None:
        rows = rows.filter(matter__code__in=keys)
    told: set[str] = set()
    for version in rows:
        matter = version.matter
        if matter.code in told:
            continue
        told.add(matter.code)
        parts = [part.item.entry.name for part in version.parts.all()]
        its = versions_in_force(day).filter(item__in=[part.item_id for part in version.parts.all()])
        popular = its.exclude(plain_names="").values_list("plain_names", flat=True)
        yield Record(
            id=f"joint:{matter.code}",
            kind=RecordKind.JOINT.value,
            key=matter.code,
            root=f"joint:{matter.code}",
            title=version.title,
            title_en=version.title_en,
            at=("portal:joint_matter", matter.code),
            body="\n".join([version.summary, "、".join(parts), *popular]),
            body_en=version.summary_en,
            unit=matter.lead.code,
            units=(matter.lead.name, matter.lead.name_en),
            day=version.effective_from,
            level=2,
            note=(version.summary, version.summary_en),
        )


def _matter(version: Any) -> tuple[str, ...]:
    return (version.matter.code,)


def _public(keys: list[str], day: date) -> set[str]:
    rows = matters_in_force(day).filter(matter__code__in=keys)
    return set(rows.values_list("matter__code", flat=True))


JOINT: Final = Source(RecordKind.JOINT.value, _records, {"joint-matter": _matter}, _public)
