"""表格: the blank form of an item, free and without signing in."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from openhall.catalogue.queries import versions_in_force
from openhall.search.rules.records import Record
from openhall.search.sources import Source
from openhall.search.sources.guides import FOLLOWS, _public
from openhall.search.terms import RecordKind


def _records(keys: list[str] | None, day: date) -> Iterator[Record]:
    rows = versions_in_force(day).filter(form__isnull=False, item__inherits__isnull=True)
    if keys is not None:
        rows = rows.filter(item__entry__code__in=keys)
    for version in rows.select_related("form", "item__entry", "item__organ").order_by("item_id"):
        item, form = version.item, version.form
        yield Record(
            id=f"form:{item.code}",
            kind=RecordKind.FORM.value,
            key=item.entry.code,
            root=f"form:{item.code}",
            title=form.title,
            title_en=form.title_en,
            at=("portal:form_pdf", item.code),
            body=version.name,
            body_en=version.name_en,
            unit=item.organ.code,
            units=(item.organ.name, item.organ.name_en),
            day=version.effective_from,
            weight=0.9,
            note=(version.name, version.name_en),
        )


FORMS: Final = Source(RecordKind.FORM.value, _records, FOLLOWS, _public)
