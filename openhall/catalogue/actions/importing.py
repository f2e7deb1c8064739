"""Taking a list of items in: all or nothing, and a second time nothing at all."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from openhall.catalogue.models import CatalogueEntry, Item, ItemEvent, ItemVersion
from openhall.catalogue.rules.columns import Row
from openhall.catalogue.terms import VersionState
from openhall.organs.models import Organ
from openhall.organs.terms import OrganKind

BATCH = 500


@dataclass(slots=True)
class Taken:
    """What an import did, or would do."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    organs: int = 0


class UnknownOrgan(ValueError):
    """The list names organs this installation does not have; ``names`` are they."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            f"本系统没有这些单位：{'、'.join(names)}。请先建立，或用 --create-organs 一并建立。"
        )
        self.names = names


def _organs(rows: Sequence[Row], create: bool) -> tuple[dict[str, Organ], int]:
    names = sorted({row.organ for row in rows})
    found = {organ.name: organ for organ in Organ.objects.filter(name__in=names)}
    missing = [name for name in names if name not in found]
    if missing and not create:
        raise UnknownOrgan(missing)
    codes = {row.organ: row.credit_code for row in reversed(rows) if row.credit_code}
    for name in missing:
        found[name] = Organ.objects.create(
            code="imp-" + hashlib.sha256(name.encode()).hexdigest()[:12],
            kind=OrganKind.BUREAU.value,
            name=name,
            name_en=name,
            short_name=name[:40],
            credit_code=codes.get(name, ""),
        )
    return found, len(missing)


@transaction.atomic
def import_items(
    rows: Sequence[Row], file: str, *, create_organs: bool = False, dry_run: bool = False
) -> Taken:
    """Bring ``rows`` in as drafts behind the publish gate.

    An item known by its code and unchanged is left alone; a changed one gets its draft renewed,
    or a new draft beside the version in force. Raises :class:`UnknownOrgan`. With ``dry_run`` all
    is rolled back and only told.
    """
    done = Taken()
    organs, done.organs = _organs(rows, create_organs)
    known = Item.objects.in_bulk([row.code for row in rows], field_name="code")
    entries: list[CatalogueEntry] = []
    fresh: list[Row] = []
    for row in rows:
        item = known.get(row.code)
        if item is None:
            fresh.append(row)
            entries.append(_entry(row))
        elif item.source_row == dict(row.source):
            done.unchanged += 1
        else:
            _renew(item, row, file)
            done.changed += 1
    done.new = len(fresh)
    made = CatalogueEntry.objects.bulk_create(entries, batch_size=BATCH)
    items = Item.objects.bulk_create(
        (
            Item(code=row.code, entry=entry, organ=organs[row.organ], source_row=dict(row.source))
            for row, entry in zip(fresh, made, strict=True)
        ),
        batch_size=BATCH,
    )
    ItemVersion.objects.bulk_create(
        (
            ItemVersion(item=item, number=1, name=row.name)
            for item, row in zip(items, fresh, strict=True)
        ),
        batch_size=BATCH,
    )
    ItemEvent.objects.bulk_create(
        (_event(item, "imported", file, row.line) for item, row in zip(items, fresh, strict=True)),
        batch_size=BATCH,
    )
    if dry_run:
        transaction.set_rollback(True)
    return done


def _entry(row: Row) -> CatalogueEntry:
    code = row.code
    if len(code) > 40:  # the entry's own column is shorter than a unit's code
        code = "E" + hashlib.sha256(code.encode()).hexdigest()[:24]
    return CatalogueEntry(code=code, name=row.name, kind=row.kind.value, group=row.group)


def _event(item: Item, verb: str, file: str, line: int) -> ItemEvent:
    facts: dict[str, Any] = {"file": file, "line": line}
    return ItemEvent(item=item, verb=verb, facts=facts, event_time=timezone.now())


def _renew(item: Item, row: Row, file: str) -> None:
    """Bring a changed row onto the item's draft; what is in force is not touched."""
    newest = item.versions.order_by("-number").first()
    if newest is not None and newest.state in (VersionState.DRAFT, VersionState.RETURNED):
        newest.name = row.name
        newest.save(update_fields=["name", "saved_at"])
    else:
        number = 1 if newest is None else newest.number + 1
        ItemVersion.objects.create(item=item, number=number, name=row.name)
    Item.objects.filter(pk=item.pk).update(source_row=dict(row.source))
    _event(item, "reimported", file, row.line).save()
