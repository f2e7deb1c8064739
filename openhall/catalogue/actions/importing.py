"""Taking a list of items in: all or nothing, and a second time nothing at all."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from openhall.catalogue.actions.item_versions import ITEM_VERSION
from openhall.catalogue.actions.record import record_item, take_into_list
from openhall.catalogue.kinds import ITEM
from openhall.catalogue.models import CatalogueEntry, Item, ItemVersion
from openhall.catalogue.rules.columns import Row
from openhall.catalogue.terms import ItemStep
from openhall.deeds.collecting import acting, close_deeds
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.rows.first import write_first
from openhall.glossary import Said
from openhall.organs.actions import found as found_organ
from openhall.organs.models import Organ
from openhall.organs.terms import OrganKind
from openhall.versions.taking import begin_many, take_as_they_are, written_from
from openhall.versions.terms import VersionState

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


def _organs(rows: Sequence[Row], create: bool, doing: Doing) -> tuple[dict[str, Organ], int]:
    names = sorted({row.organ for row in rows})
    found = {organ.name: organ for organ in Organ.objects.filter(name__in=names)}
    missing = [name for name in names if name not in found]
    if missing and not create:
        raise UnknownOrgan(missing)
    codes = {row.organ: row.credit_code for row in reversed(rows) if row.credit_code}
    for name in missing:
        found[name] = found_organ(
            doing.part(f"organ-{name}"),
            code="imp-" + hashlib.sha256(name.encode()).hexdigest()[:12],
            kind=OrganKind.BUREAU.value,
            name=name,
            name_en=name,
            short_name=name[:40],
            credit_code=codes.get(name, ""),
        )
    return found, len(missing)


def import_items(
    rows: Sequence[Row],
    file: str,
    doing: Doing,
    *,
    create_organs: bool = False,
    dry_run: bool = False,
) -> Taken:
    """Bring ``rows`` in as drafts behind the publish gate.

    An item known by its code and unchanged is left alone; a changed one gets its draft renewed,
    or a new draft beside the version in force. Raises :class:`UnknownOrgan`, and
    :class:`Refused` where an item that changed is under review. With ``dry_run`` all
    is rolled back and only told.
    """
    done = Taken()
    with acting():
        organs, done.organs = _organs(rows, create_organs, doing)
        known = Item.objects.select_related("organ", "entry").in_bulk(
            [row.code for row in rows], field_name="code"
        )
        fresh = [row for row in rows if row.code not in known]
        for begin in range(0, len(fresh), BATCH):
            _new(fresh[begin : begin + BATCH], organs, file, doing)
        for row in rows:
            item = known.get(row.code)
            if item is None:
                continue
            if item.source_row == dict(row.source):
                done.unchanged += 1
            else:
                _renew(item, row, file, doing)
                done.changed += 1
        done.new = len(fresh)
        if dry_run:
            close_deeds()
            transaction.set_rollback(True)
    return done


def _new(rows: Sequence[Row], organs: dict[str, Organ], file: str, doing: Doing) -> None:
    entries = CatalogueEntry.objects.bulk_create(_entry(row) for row in rows)
    take_into_list(entries, file, doing.part(f"list-{rows[0].line}"))
    items = [
        Item(code=row.code, entry=entry, organ=organs[row.organ], source_row=dict(row.source))
        for row, entry in zip(rows, entries, strict=True)
    ]
    lines = {row.code: row.line for row in rows}
    write_first(
        ITEM,
        ItemStep.IMPORTED,
        items,
        lambda item: doing.part(f"item-{item.code}"),
        lambda item: {"file": file, "line": lines[item.code]},
    )
    made = [
        ItemVersion(item=item, number=1, name=row.name)
        for item, row in zip(items, rows, strict=True)
    ]
    begin_many(ITEM_VERSION, made, file, doing)


def _entry(row: Row) -> CatalogueEntry:
    code = row.code
    if len(code) > 40:  # the entry's own column is shorter than a unit's code
        code = "E" + hashlib.sha256(code.encode()).hexdigest()[:24]
    return CatalogueEntry(code=code, name=row.name, kind=row.kind.value, group=row.group)


def _renew(item: Item, row: Row, file: str, doing: Doing) -> None:
    """Bring a changed row onto the item's draft; what is in force is not touched."""
    newest = item.versions.order_by("-number").first()
    if newest is not None and newest.state == VersionState.REVIEW:
        raise Refused(
            Said(
                f"事项{row.code}的第{newest.number}版正在审核。请等公布或者退回后再导入。",
                f"Version {newest.number} of item {row.code} is under review. Import it once it "
                "was published or sent back.",
            )
        )
    if newest is not None and newest.state == VersionState.DRAFT:
        newest.name = row.name
        newest.revision += 1
        written_from(newest, doing)
        newest.save()
    else:
        number = 1 if newest is None else newest.number + 1
        draft = ItemVersion(item=item, number=number, name=row.name)
        begin_many(ITEM_VERSION, [draft], file, doing)
    facts = {"file": file, "line": row.line}
    changes = {"source_row": dict(row.source)}
    part = doing.part(f"item-{row.code}")
    record_item(item, ItemStep.REIMPORTED, part, facts=facts, changes=changes)


def take_over(source: str, doing: Doing) -> int:
    """Sign what was brought into the tables whole (a city moved here): all that has no deed yet.

    Versions are signed as they stand, in force or not; so only an operator does this. Returns how
    many items were signed.
    """
    items = Item.objects.filter(seq=0).select_related(*ITEM.related).order_by("pk")
    versions = ItemVersion.objects.filter(seq=0).select_related(*ITEM_VERSION.kind.related)
    signed = 0
    with acting():
        lines = CatalogueEntry.objects.filter(pk__in=items.values("entry"))
        if lines.update(list_version=F("list_version")):  # noted, so that the deed commits to them
            take_into_list(list(lines.order_by("code")), source, doing.part("list"))
        while some := list(items[:BATCH]):
            write_first(
                ITEM,
                ItemStep.IMPORTED,
                some,
                lambda item: doing.part(f"item-{item.code}"),
                lambda _item: {"file": source},
            )
            signed += len(some)
        while unsigned := list(versions.order_by("pk")[:BATCH]):
            take_as_they_are(ITEM_VERSION, unsigned, source, doing)
    return signed
