"""Taking a whole implementation list in: every bad row told, nothing changed unless all is well.

The file is read twice, a batch at a time, so that its length costs no memory: first every record is
checked against itself, the rest of the file and what stands here; then all of it is written in one
transaction, as drafts behind the publish gate. A second time the same file changes nothing. What
acts have made (state, version, days in force) goes out with a list and is not taken in.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any, Final

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Model

from openhall.catalogue.actions.record import day_of
from openhall.catalogue.exchange.writing import RELATED, record_of
from openhall.catalogue.models import (
    CatalogueEntry,
    Faq,
    FlowStep,
    Form,
    Item,
    ItemEvent,
    ItemVersion,
    LawRef,
    Material,
    Prerequisite,
    Tariff,
)
from openhall.catalogue.permissions import may_claim, may_keep_list
from openhall.catalogue.queries import hollow_phrases
from openhall.catalogue.rules.guide import is_hollow
from openhall.catalogue.rules.implementation_list import (
    ENTRY,
    HEAD,
    ITEM,
    TABLES,
    WORDS,
    Fault,
    Record,
    read_record,
)
from openhall.catalogue.terms import ItemStep, VersionState
from openhall.deeds.refusals import Refused
from openhall.ledger.actions import append
from openhall.organs.models import Account, Organ
from openhall.policies.models import PolicyDocument

Given = Iterable[tuple[int, Mapping[str, Any]]]
Fee = tuple[str, str, date]  # item code, code of the fee, its first day
TOGETHER: Final = 500
FEW: Final = 5  # so many items may change without a question
USUAL_PERCENT: Final = 30  # of the items of the file that stand already
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "": ("entry_name", "name", "conditions"),
    "materials": ("name", "condition"),
    "steps": ("name",),
    "prerequisites": ("words",),
}
OPEN: Final = (VersionState.DRAFT.value, VersionState.RETURNED.value)
ROWS: Final[Mapping[str, type[Model]]] = {
    "materials": Material,
    "steps": FlowStep,
    "laws": LawRef,
    "faqs": Faq,
    "prerequisites": Prerequisite,
}
TOLD: Final = frozenset(column.name for column in ITEM if column.told)
FILES: Final = (("materials", "blank_form"), ("materials", "sample"))


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


def _approved(codes: Iterable[str]) -> dict[Fee, Tariff]:
    """The fees that stand for the items ``codes``."""
    rows = Tariff.objects.filter(item__code__in=list(codes)).select_related("item")
    return {(row.item.code, row.code, row.valid_from): row for row in rows}


def _short(values: Iterable[Any]) -> bytes:
    return hashlib.sha256(repr(list(values)).encode()).digest()[:12]


class Check:
    """The first reading: each record against itself, against the file and against what stands."""

    def __init__(self, actor: Account | None, at: datetime) -> None:
        self.organs = {organ.name: organ for organ in Organ.objects.all()}
        self.documents = set(PolicyDocument.objects.values_list("source_id", flat=True))
        self.lines: dict[str, int] = {}  # item code → its line
        self.entries: dict[str, bytes] = {}  # entry code → its base elements, for the whole file
        self.wanted: dict[str, tuple[int, str, str]] = {}  # code named → where it was named first
        self.faults: list[Fault] = []
        self.phrases = hollow_phrases()
        day = day_of(at)
        self.all_entries = actor is None or may_keep_list(actor, day)
        self.own: set[str] | None = None
        if actor is not None and not self.all_entries:
            allowed = [one for one in self.organs.values() if may_claim(actor, one, day)]
            self.own = {organ.name for organ in allowed}
            if not self.own:
                raise Refused(
                    "只有本单位的事项维护人员或者法制办可以导入清单（国办函〔2016〕108号）。"
                )

    def batch(self, rows: list[tuple[int, Mapping[str, Any]]]) -> None:
        """Check a batch; what is found is added to ``faults``."""
        read = [(line, *read_record(line, given)) for line, given in rows]
        codes = {str(record.get("entry_code")) for _line, record, _faults in read}
        standing = CatalogueEntry.objects.in_bulk(list(codes), field_name="code")
        approved = _approved(str(record.get("code")) for _line, record, _faults in read)
        for line, record, faults in read:
            self.faults += faults
            if not faults:
                self._record(line, record, standing)
                self._fees(line, record, approved)

    def _fault(self, line: int, record: Record, heading: str, sentence: str) -> None:
        self.faults.append(Fault(line, record["code"], heading, sentence))

    def _record(self, line: int, record: Record, standing: Mapping[str, CatalogueEntry]) -> None:
        code = record["code"]
        if code in self.lines:
            self._fault(line, record, "实施编码", f"与第{self.lines[code]}行重复。")
        self.lines.setdefault(code, line)
        self._hollow(line, record)
        if record["organ"] not in self.organs:
            self._fault(line, record, "实施主体", f"本系统没有“{record['organ']}”。请先建立。")
        elif self.own is not None and record["organ"] not in self.own:
            self._fault(
                line, record, "实施主体", "不是本单位，不能导入。请由该单位或者法制办导入。"
            )
        self._entry(line, record, standing.get(record["entry_code"]))
        for named in filter(
            None, [record["inherits"], *(r["item"] for r in record["prerequisites"])]
        ):
            self.wanted.setdefault(named, (line, code, named))
        for row in record["laws"]:
            if row["document"] and row["document"] not in self.documents:
                self._fault(line, record, "政策库文件标识", f"政策库没有“{row['document']}”。")
        names = [record["result_sample"]]
        names += [row[name] for table, name in FILES for row in record[table]]
        for name in filter(None, names):
            if not default_storage.exists(name):
                self._fault(line, record, "附件", f"本系统没有文件“{name}”。请先上传，或留空。")

    def _hollow(self, line: int, record: Record) -> None:
        """Names and conditions that say nothing (详见附件、待定) are told, wherever they stand."""
        for table, names in NAMES.items():
            columns = HEAD if not table else TABLES[table][1]
            headings = {column.name: column.heading for column in columns}
            for row in record[table] if table else [record]:
                for name in names:
                    said = str(row.get(name) or "")
                    if said and is_hollow(said, self.phrases):
                        sentence = f"“{said}”没有说明内容。请写出具体名称或者条件。"
                        self._fault(line, record, headings[name], sentence)

    def _entry(self, line: int, record: Record, standing: CatalogueEntry | None) -> None:
        told = [record[column.name] for column in ENTRY]
        known = self.entries.setdefault(record["entry_code"], _short(told))
        if known != _short(told):
            self._fault(line, record, "基本编码", "同一基本编码在本文件中的目录要素不一致。")
        if standing is None:
            if not self.all_entries:
                self._fault(line, record, "基本编码", "不在基本目录中。新增目录事项由法制办办理。")
            return
        for column in ENTRY:
            stands = getattr(standing, column.name.removeprefix("entry_"))
            if stands != record[column.name]:
                self._fault(
                    line, record, column.heading, f"与基本目录的“{stands}”不一致，单位不能改动。"
                )

    def _fees(self, line: int, record: Record, approved: Mapping[Fee, Tariff]) -> None:
        for row in record["tariffs"]:
            before = approved.get((record["code"], row["code"], row["valid_from"]))
            if before and any(getattr(before, name) != value for name, value in row.items()):
                self._fault(
                    line,
                    record,
                    "收费标准",
                    f"“{row['name']}”与已核定的标准不一致。核定变更的，请写新的有效期起。",
                )

    def finish(self) -> list[Fault]:
        """The faults of the whole file, by line: codes that are named and are nowhere included."""
        missing = [code for code in self.wanted if code not in self.lines]
        for begin in range(0, len(missing), TOGETHER):
            part = missing[begin : begin + TOGETHER]
            there = set(Item.objects.filter(code__in=part).values_list("code", flat=True))
            for code in part:
                if code not in there:
                    line, item, named = self.wanted[code]
                    sentence = f"没有编码为“{named}”的事项。"
                    self.faults.append(Fault(line, item, "前置或者所继承事项编码", sentence))
        return sorted(self.faults, key=lambda fault: fault.line)


def import_list(
    given: Callable[[], Given],
    file: str,
    actor: Account | None,
    at: datetime,
    *,
    dry_run: bool = False,
    agreed: bool = False,
    told: Callable[[int], None] = lambda _done: None,
) -> Taken:
    """Take the records that ``given()`` yields (it is called twice); all or nothing.

    ``actor`` None is the operator at the command line. ``agreed``: somebody has seen that tables
    would be emptied or much rewritten; without it such a list waits and nothing is done. Raises
    :class:`Refused` for someone who may not import at all; what is wrong with rows stands in
    ``faults``.
    """
    check = Check(actor, at)
    read = 0
    for batch in _batches(given()):
        check.batch(batch)
        read += len(batch)
        told(read)
    if faults := check.finish():
        return Taken(faults=faults)
    with transaction.atomic():
        done = _written(given(), check, file, actor, at, told)
        done.waits = (done.empties or done.rewrites) and not agreed
        if dry_run or done.waits:
            transaction.set_rollback(True)
    return done


def _written(
    given: Given,
    check: Check,
    file: str,
    actor: Account | None,
    at: datetime,
    told: Callable[[int], None],
) -> Taken:
    done = Taken()
    entry = append(
        "catalogue",
        {
            "v": 1,
            "log": settings.LEDGER_ORIGIN,
            "verb": "list_imported",
            "file": file,
            "items": len(check.lines),
            "event_time": at.isoformat(timespec="seconds"),
        },
    )
    later: list[tuple[Item, ItemVersion, Record]] = []
    for batch in _batches(given):
        records = [(line, read_record(line, row)[0]) for line, row in batch]
        later += _batch(records, check.organs, done, actor, at, {"file": file, "entry": entry})
        told(done.new + done.changed + done.unchanged)
    _point(later)
    return done


def _batch(
    records: list[tuple[int, Record]],
    organs: Mapping[str, Organ],
    done: Taken,
    actor: Account | None,
    at: datetime,
    facts: Mapping[str, Any],
) -> list[tuple[Item, ItemVersion, Record]]:
    """Write a batch; the records that name other items, to be pointed at the end."""
    items = Item.objects.select_related("entry", "organ").in_bulk(
        [record["code"] for _line, record in records], field_name="code"
    )
    newest = _newest(items.values())
    fresh = [(line, record) for line, record in records if record["code"] not in items]
    items |= _items(fresh, organs)
    versions: list[tuple[ItemVersion, Record]] = []
    fees: list[tuple[ItemVersion, Record]] = []
    events: list[ItemEvent] = []
    for line, record in records:
        item = items[record["code"]]
        before = newest.get(item.pk)
        stands = record_of(before) if before is not None else None
        if before is not None and stands and _comparable(stands) == _comparable(record):
            done.unchanged += 1
            fees.append((before, record))
            continue
        if stands is not None:
            done.compare(stands, record)
        version = _version(item, before, record)
        versions.append((version, record))
        done.new += before is None
        done.changed += before is not None
        step = ItemStep.IMPORTED if before is None else ItemStep.REIMPORTED
        events.append(
            ItemEvent(
                item=item,
                version=version,
                verb=step.value,
                actor=actor,
                facts={**facts, "line": line},
                event_time=at,
            )
        )
    _create_new(version for version, _record in versions)
    ItemEvent.objects.bulk_create(events, batch_size=TOGETHER)
    _rows(versions)
    _tariffs([*versions, *fees])
    return [
        (version.item, version, record)
        for version, record in versions
        if record["inherits"] or any(row["item"] for row in record["prerequisites"])
    ]


def _newest(items: Iterable[Item]) -> dict[int, ItemVersion]:
    rows = ItemVersion.objects.filter(item__in=list(items)).order_by("item", "number")
    rows = rows.select_related("item__entry", "item__organ", "item__inherits")
    return {version.item_id: version for version in rows.prefetch_related(*RELATED)}


def _items(fresh: list[tuple[int, Record]], organs: Mapping[str, Organ]) -> dict[str, Item]:
    """The items of ``fresh`` records, and the entries they need; nothing is in force by this."""
    codes = [record["entry_code"] for _line, record in fresh]
    entries = CatalogueEntry.objects.in_bulk(codes, field_name="code")
    lacking = {r["entry_code"]: r for _line, r in fresh if r["entry_code"] not in entries}
    made = CatalogueEntry.objects.bulk_create(
        (
            CatalogueEntry(**{c.name.removeprefix("entry_"): record[c.name] for c in ENTRY})
            for record in lacking.values()
        ),
        batch_size=TOGETHER,
    )
    entries |= {entry.code: entry for entry in made}
    items = Item.objects.bulk_create(
        (
            Item(
                code=record["code"],
                entry=entries[record["entry_code"]],
                organ=organs[record["organ"]],
            )
            for _line, record in fresh
        ),
        batch_size=TOGETHER,
    )
    return {item.code: item for item in items}


def _version(item: Item, before: ItemVersion | None, record: Record) -> ItemVersion:
    """The draft to write: the open one renewed, or the next one. Not saved when it is new."""
    words = {column.name: record[column.name] for column in WORDS}
    if before is not None and before.state in OPEN:
        for name, value in words.items():
            setattr(before, name, value)
        before.save()
        return before
    return ItemVersion(item=item, number=before.number + 1 if before else 1, **words)


def _create_new(versions: Iterable[ItemVersion]) -> None:
    new = [version for version in versions if version.pk is None]
    ItemVersion.objects.bulk_create(new, batch_size=TOGETHER)


def _rows(versions: list[tuple[ItemVersion, Record]]) -> None:
    """The rows of each version, instead of those it had."""
    written = [version for version, _record in versions]
    documents = dict(
        PolicyDocument.objects.filter(
            source_id__in={row["document"] for _v, r in versions for row in r["laws"]} - {""}
        ).values_list("source_id", "pk")
    )
    for name, table in ROWS.items():
        manager = table._default_manager
        manager.filter(version__in=written).delete()
        manager.bulk_create(
            (
                _row(table, version, place, row, documents)
                for version, record in versions
                for place, row in enumerate(record[name])
            ),
            batch_size=TOGETHER,
        )
    Form.objects.filter(version__in=written).delete()
    Form.objects.bulk_create(
        (Form(version=v, **row) for v, record in versions for row in record["form"]),
        batch_size=TOGETHER,
    )


def _row(
    table: type[Model],
    version: ItemVersion,
    place: int,
    row: Record,
    documents: Mapping[str, int],
) -> Model:
    said = dict(row)
    if table is LawRef:
        said["document_id"] = documents.get(said.pop("document"))
    if table is Prerequisite:  # the item is pointed at when all items of the file are there
        code = said.pop("item")
        said["words"] = said["words"] or code
    return table(version=version, position=place, **said)


def _tariffs(versions: list[tuple[ItemVersion, Record]]) -> None:
    """Fees not known yet; one that is known by its code and first day is never rewritten."""
    known = set(
        Tariff.objects.filter(item__in=[v.item_id for v, _record in versions]).values_list(
            "item", "code", "valid_from"
        )
    )
    Tariff.objects.bulk_create(
        Tariff(item=version.item, **row)
        for version, record in versions
        for row in record["tariffs"]
        if (version.item_id, row["code"], row["valid_from"]) not in known
    )


def _point(later: list[tuple[Item, ItemVersion, Record]]) -> None:
    """Point at inherited and needed items, now that every item of the file is there."""
    codes = {record["inherits"] for _i, _v, record in later}
    codes |= {row["item"] for _i, _v, record in later for row in record["prerequisites"]}
    found: dict[str, Item] = {}
    named = sorted(codes - {""})
    for begin in range(0, len(named), TOGETHER):
        found |= Item.objects.in_bulk(named[begin : begin + TOGETHER], field_name="code")
    for item, version, record in later:
        above = found.get(record["inherits"])
        if above is not None and item.inherits_id != above.pk:
            Item.objects.filter(pk=item.pk).update(inherits=above)
        for place, row in enumerate(record["prerequisites"]):
            if row["item"]:
                rows = Prerequisite.objects.filter(version=version, position=place)
                rows.update(item=found[row["item"]], words=row["words"])
