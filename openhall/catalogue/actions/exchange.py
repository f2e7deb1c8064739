"""Taking a whole implementation list in: every bad row told, nothing changed unless all is well.

The file is read three times, a batch at a time, so that its length costs no memory: first every
record is checked against itself, the rest of the file and what stands here; then, in one
transaction, all items are made, and after that their drafts behind the publish gate, each by a deed
of its item. A second time the same file changes nothing. What acts have made (state, version, days
in force) goes out with a list and is not taken in.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from django.db import transaction
from django.db.models import Model

from openhall.catalogue.actions.exchange_check import TOGETHER, Check, approved_fees
from openhall.catalogue.actions.item_versions import ITEM_VERSION
from openhall.catalogue.actions.item_versions import TABLES as ROWS
from openhall.catalogue.actions.record import record_item, take_into_list
from openhall.catalogue.actions.tariffs import take_fees
from openhall.catalogue.exchange.writing import RELATED, record_of
from openhall.catalogue.kinds import ITEM as ITEM_KIND
from openhall.catalogue.models import (
    CatalogueEntry,
    Form,
    Item,
    ItemVersion,
    LawRef,
    Prerequisite,
)
from openhall.catalogue.models.reception import Reception, known_of, received
from openhall.catalogue.rules.guide import OF_UNIT
from openhall.catalogue.rules.implementation_list import (
    ENTRY,
    ITEM,
    TABLES,
    WORDS,
    Fault,
    Record,
    read_record,
)
from openhall.catalogue.terms import ItemStep
from openhall.deeds.collecting import acting, close_deeds
from openhall.deeds.doing import Doing
from openhall.deeds.rows.first import write_first
from openhall.glossary import Said
from openhall.organs.models import Organ
from openhall.policies.models import PolicyDocument
from openhall.versions.taking import begin_many, written_from
from openhall.versions.terms import VersionState

Given = Iterable[tuple[int, Mapping[str, Any]]]
FEW: Final = 5  # so many items may change without a question
USUAL_PERCENT: Final = 30  # of the items of the file that stand already
TOLD: Final = frozenset(column.name for column in ITEM if column.told)


@dataclass(frozen=True, slots=True)
class Loss:
    """A table of an item in which an import leaves fewer rows, such as 申请材料 42 → 0."""

    code: str
    name: str
    table: str
    before: int
    after: int


@dataclass(slots=True)
class Taken:
    """What an import did, or would do; with faults it did nothing.

    ``losses`` are the tables that would get shorter. With ``waits`` nothing was done: somebody has
    to look at them, or at how much would change, and agree.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    waits: bool = False

    @property
    def empties(self) -> bool:
        """Whether a table that holds something would hold nothing."""
        return any(not one.after for one in self.losses)

    @property
    def rewrites(self) -> bool:
        """Whether more than the usual share of the list would change."""
        known = self.changed + self.unchanged
        return self.changed >= FEW and self.changed * 100 > known * USUAL_PERCENT

    def compare(self, before: Record, after: Record) -> None:
        """Note the tables of one changed item that get shorter."""
        for name, (called, _columns) in TABLES.items():
            had, has = len(before[name]), len(after[name])
            if has < had and name != "tariffs":  # fees that stand are never taken away by a list
                self.losses.append(Loss(after["code"], after["name"], called, had, has))


def _batches(given: Given) -> Iterator[list[tuple[int, Mapping[str, Any]]]]:
    rows = iter(given)
    while batch := list(islice(rows, TOGETHER)):
        yield batch


def _comparable(record: Record) -> Record:
    """What makes a difference: fees are compared one by one, what acts made not at all."""
    return {name: v for name, v in record.items() if name not in TOLD and name != "tariffs"}


def import_list(
    given: Callable[[], Given],
    file: str,
    doing: Doing,
    *,
    dry_run: bool = False,
    agreed: bool = False,
    told: Callable[[int], None] = lambda _done: None,
) -> Taken:
    """Take the records that ``given()`` yields (it is called three times); all or nothing.

    Without ``doing.actor`` it is the operator at the command line. ``agreed``: somebody has seen
    that tables would be emptied or much rewritten; without it such a list waits and nothing is
    done. Raises :class:`Refused` for someone who may not import at all; what is wrong with rows
    stands in ``faults``.
    """
    check = Check(doing)
    read = 0
    for batch in _batches(given()):
        check.batch(batch)
        read += len(batch)
        told(read)
    if faults := check.finish():
        return Taken(faults=faults)
    done = Taken()
    with acting():
        for batch in _batches(given()):
            _items([read_record(line, row)[0] for line, row in batch], check.organs, file, doing)
        for batch in _batches(given()):
            _batch([(line, read_record(line, row)[0]) for line, row in batch], done, file, doing)
            told(done.new + done.changed + done.unchanged)
        done.waits = (done.empties or done.rewrites) and not agreed
        if dry_run or done.waits or done.faults:
            transaction.set_rollback(True)
    return done


def _items(records: list[Record], organs: Mapping[str, Organ], file: str, doing: Doing) -> None:
    """The items of a batch that are not here yet, and their entries."""
    there = set(
        Item.objects.filter(code__in=[record["code"] for record in records]).values_list(
            "code", flat=True
        )
    )
    fresh = [record for record in records if record["code"] not in there]
    codes = [record["entry_code"] for record in fresh]
    entries = CatalogueEntry.objects.in_bulk(codes, field_name="code")
    lacking = {r["entry_code"]: r for r in fresh if r["entry_code"] not in entries}
    if lacking:
        made = CatalogueEntry.objects.bulk_create(
            CatalogueEntry(**{c.name.removeprefix("entry_"): record[c.name] for c in ENTRY})
            for record in lacking.values()
        )
        entries |= {entry.code: entry for entry in made}
        take_into_list(made, file, doing.part(f"list-{made[0].code}"))
    Item.objects.bulk_create(
        Item(
            code=record["code"],
            entry=entries[record["entry_code"]],
            organ=organs[record["organ"]],
        )
        for record in fresh
    )
    close_deeds()


def _batch(records: list[tuple[int, Record]], done: Taken, file: str, doing: Doing) -> None:
    """Write a batch: each item that is new or differs gets its draft and a deed."""
    named = {record["code"] for _line, record in records}
    for _line, record in records:
        named |= {record["inherits"], *(row["item"] for row in record["prerequisites"])}
    items = Item.objects.select_related("entry", "organ").in_bulk(
        list(named - {""}), field_name="code"
    )
    documents = _documents(records)
    newest, last = _newest(items[record["code"]] for _line, record in records)
    halls = {item.organ_id: received(item.organ_id) for item in items.values()}
    rows: list[dict[str, list[Model]]] = []
    signed: list[tuple[ItemVersion, int, Item | None]] = []
    fees: list[tuple[Item, Record]] = []
    for line, record in records:
        item = items[record["code"]]
        before = newest.get(item.pk)
        stands = record_of(before) if before is not None else None
        record = _unrepeated(record, stands or {}, item.organ, halls[item.organ_id])
        fees.append((item, record))
        if before is not None and stands and _comparable(stands) == _comparable(record):
            done.unchanged += 1
            continue
        if before is not None and before.state == VersionState.REVIEW:
            done.faults.append(_under_review(line, before))
            continue
        if stands is not None:
            done.compare(stands, record)
        version = _version(item, before, last.get(item.pk, 0) + 1, record)
        rows.append(_rows(version, record, items, documents))
        signed.append((version, line, items.get(record["inherits"])))
        done.new += before is None
        done.changed += before is not None
    _sign(signed, file, doing)
    renewed = [version for version, _line, _above in signed if version.pk is not None]
    begin_many(ITEM_VERSION, [one for one, _line, _above in signed if one.pk is None], file, doing)
    for version in renewed:
        version.revision += 1
        written_from(version, doing)
        version.save()
    for name, table in ROWS.items():
        manager: Any = table._default_manager
        manager.filter(version__in=[version.pk for version in renewed]).delete()
        manager.bulk_create(row for some in rows for row in some[name])
    _fees(fees, file, doing)


def _unrepeated(record: Record, stands: Mapping[str, Any], organ: Organ, hall: Reception) -> Record:
    """The record without the contacts that its hall or unit says too: they stand there alone.

    ``stands``: what stands of it already; a guide that says the same of its own keeps it.
    """
    known = known_of(organ, hall, in_hall=bool(record["in_centre"]))
    same = {
        name
        for name, one in known.items()
        if record[name] and record[name] == one != stands.get(name)
    }
    spared = (name for name in OF_UNIT if name.removesuffix("_en") in same)
    return record | dict.fromkeys(spared, "")


def _sign(signed: list[tuple[ItemVersion, int, Item | None]], file: str, doing: Doing) -> None:
    """Where each item came from stands in its own story."""
    lines = {version.item.code: line for version, line, _above in signed}
    first = []
    for version, line, above in signed:
        item = version.item
        part, facts = doing.part(f"item-{item.code}"), {"file": file, "line": line}
        if item.seq:
            changes = {"inherits": above} if above else None
            record_item(item, ItemStep.REIMPORTED, part, facts=facts, changes=changes)
            continue
        item.inherits = above
        first.append(item)
    write_first(
        ITEM_KIND,
        ItemStep.IMPORTED,
        first,
        lambda item: doing.part(f"item-{item.code}"),
        lambda item: {"file": file, "line": lines[item.code]},
        ("inherits",),
    )


def _under_review(line: int, version: ItemVersion) -> Fault:
    said = Said(
        f"第{version.number}版正在审核，不能用清单改动。请等公布或者退回后再导入。",
        f"Version {version.number} is under review; a list does not change it. Import it once it "
        "was published or sent back.",
    )
    return Fault(line, version.item.code, "版本状态", said)


def _newest(items: Iterable[Item]) -> tuple[dict[int, ItemVersion], dict[int, int]]:
    """Of each item the newest version that was not given up, and the last number."""
    rows = ItemVersion.objects.filter(item__in=list(items)).order_by("item", "number")
    rows = rows.select_related("item__entry", "item__organ", "item__inherits")
    found, last = {}, {}
    for version in rows.prefetch_related(*RELATED):
        last[version.item_id] = version.number
        if version.state != VersionState.DROPPED:
            found[version.item_id] = version
    return found, last


def _version(item: Item, before: ItemVersion | None, number: int, record: Record) -> ItemVersion:
    """The draft to write: the open one renewed, or the next one. Not saved yet."""
    words = {column.name: record[column.name] for column in WORDS}
    if before is not None and before.state == VersionState.DRAFT:
        for name, value in words.items():
            setattr(before, name, value)
        before.item = item
        return before
    return ItemVersion(item=item, number=number, **words)


def _documents(records: Iterable[tuple[int, Record]]) -> dict[str, int]:
    named = {row["document"] for _line, record in records for row in record["laws"]} - {""}
    found = PolicyDocument.objects.filter(source_id__in=named)
    return dict(found.values_list("source_id", "pk"))


def _rows(
    version: ItemVersion,
    record: Record,
    items: Mapping[str, Item],
    documents: Mapping[str, int],
) -> dict[str, list[Model]]:
    """The rows of ``version`` by relation, unsaved; they take the place of those it had."""
    found: dict[str, list[Model]] = {
        "form": [Form(version=version, **row) for row in record["form"]]
    }
    for name, table in ROWS.items():
        if table is Form:
            continue
        found[name] = []
        for place, row in enumerate(record[name]):
            said = dict(row)
            if table is LawRef:
                said["document_id"] = documents.get(said.pop("document"))
            if table is Prerequisite:
                said["item"] = items.get(said["item"])
            found[name].append(table(version=version, position=place, **said))
    return found


def _fees(given: list[tuple[Item, Record]], file: str, doing: Doing) -> None:
    """Fees not known yet; one that is known by its code and first day is never rewritten."""
    known = approved_fees(item.code for item, _record in given)
    new = [
        (item, row)
        for item, record in given
        for row in record["tariffs"]
        if (item.code, row["code"], row["effective_from"]) not in known
    ]
    take_fees(new, file, doing)
