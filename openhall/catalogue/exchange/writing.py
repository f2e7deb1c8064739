"""Items as records, and records as files."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from openpyxl import Workbook

from openhall.catalogue.models import ItemVersion
from openhall.catalogue.models.reception import Reception, known_of, received
from openhall.catalogue.rules.cells import Column, cell_of, plain_of
from openhall.catalogue.rules.guide import OF_UNIT
from openhall.catalogue.rules.implementation_list import (
    ENTRY,
    FAQS,
    FORM,
    HEAD,
    LAWS,
    MATERIALS,
    PREREQUISITES,
    STEPS,
    TABLES,
    TARIFFS,
    WORDS,
    Record,
)
from openhall.paging.books import text_cell
from openhall.paging.sheets import written_safely

BOM = "\ufeff"  # without it a spreadsheet reads UTF-8 as something else
TOGETHER = 500
RELATED = (
    "materials",
    "steps",
    "laws__document",
    "faqs",
    "prerequisites__item",
    "form",
    "item__tariffs",
)


def _values(thing: Any, columns: Iterable[Column], **instead: Any) -> Record:
    found = {c.name: instead.get(c.name, getattr(thing, c.name, None)) for c in columns}
    return {name: getattr(value, "name", value) for name, value in found.items()}  # files by name


def record_of(version: ItemVersion) -> Record:
    """``version`` with its item, rows, form and fees as one record of the list."""
    item, entry = version.item, version.item.entry
    return {
        **{c.name: getattr(entry, c.name.removeprefix("entry_")) for c in ENTRY},
        "code": item.code,
        "organ": item.organ.name,
        "inherits": item.inherits.code if item.inherits else "",
        "state": item.state,
        "state_reason": item.state_reason,
        "state_since": item.state_since,
        "state_until": item.state_until,
        "version": version.number,
        "version_state": version.state,
        "effective_from": version.effective_from,
        "effective_until": version.effective_until,
        **_values(version, WORDS),
        "materials": [_values(one, MATERIALS) for one in version.materials.all()],
        "steps": [_values(one, STEPS) for one in version.steps.all()],
        "laws": [
            _values(one, LAWS, document=one.document.source_id if one.document else "")
            for one in version.laws.all()
        ],
        "faqs": [_values(one, FAQS) for one in version.faqs.all()],
        "prerequisites": [
            _values(one, PREREQUISITES, item=one.item.code if one.item else "")
            for one in version.prerequisites.all()
        ],
        "form": [_values(version.form, FORM)] if hasattr(version, "form") else [],
        "tariffs": [_values(one, TARIFFS) for one in item.tariffs.all() if one.is_public],
    }


def records(versions: QuerySet[ItemVersion]) -> Iterator[Record]:
    """``versions`` as records, read in batches: who takes them elsewhere has neither our units nor
    our halls, so each says what these say for it."""
    halls: dict[int, Reception] = {}
    rows = versions.select_related("item__entry", "item__organ", "item__inherits")
    for version in rows.prefetch_related(*RELATED).iterator(chunk_size=TOGETHER):
        organ = version.item.organ
        if organ.pk not in halls:
            halls[organ.pk] = received(organ.pk)
        own = (name for name in OF_UNIT if not getattr(version, name.removesuffix("_en")))
        said = known_of(organ, halls[organ.pk], in_hall=version.in_centre)
        yield record_of(version) | {name: said[name] for name in own}


def _plain(record: Record) -> Record:
    """The record as JSON holds it."""
    told = {c.name: plain_of(c, record[c.name]) for c in HEAD}
    for name, (_called, columns) in TABLES.items():
        told[name] = [{c.name: plain_of(c, row[c.name]) for c in columns} for row in record[name]]
    return told


def as_json_lines(found: Iterable[Record]) -> Iterator[str]:
    """One item a line."""
    for record in found:
        yield json.dumps(_plain(record), ensure_ascii=False) + "\n"


def as_json(found: Iterable[Record]) -> Iterator[str]:
    """A list of items."""
    yield "[\n"
    for n, record in enumerate(found):
        yield (",\n" if n else "") + json.dumps(_plain(record), ensure_ascii=False)
    yield "\n]\n"


def as_csv(found: Iterable[Record]) -> Iterator[str]:
    """One item a row, the rows of each table as JSON in one cell."""
    line = io.StringIO()
    writer = csv.writer(line)

    def taken() -> str:
        said = line.getvalue()
        line.seek(0)
        line.truncate()
        return said

    writer.writerow([c.heading for c in HEAD] + [called for called, _columns in TABLES.values()])
    yield BOM + taken()
    for record in found:
        plain = _plain(record)
        cells = [written_safely(cell_of(c, record[c.name])) for c in HEAD]
        cells += [json.dumps(plain[name], ensure_ascii=False) for name in TABLES]
        writer.writerow(cells)
        yield taken()


def as_xlsx(found: Iterable[Record]) -> bytes:
    """A book: the items, and a sheet for each table whose rows name their item."""
    book = Workbook(write_only=True)
    items = book.create_sheet("事项")
    items.append([c.heading for c in HEAD])
    sheets = {}
    for name, (called, columns) in TABLES.items():
        sheets[name] = book.create_sheet(called if called != "前置手续" else "前置手续表")
        sheets[name].append(["实施编码", *(c.heading for c in columns)])
    for record in found:
        items.append([text_cell(items, cell_of(c, record[c.name])) for c in HEAD])
        for name, (_called, columns) in TABLES.items():
            for row in record[name]:
                sheet = sheets[name]
                cells = (record["code"], *(cell_of(c, row[c.name]) for c in columns))
                sheet.append([text_cell(sheet, cell) for cell in cells])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
