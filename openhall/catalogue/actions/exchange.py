"""Taking a whole implementation list in: every bad row told, nothing changed unless all is well.

The file is read three times, a batch at a time, so that its length costs no memory: first every
record is checked against itself, the rest of the file and what stands here; then, in one
transaction, all items are made, and after that their drafts behind the publish gate, each by a deed
of its item. A second time the same file changes nothing. What acts have made (state, version, days
in force) goes out with a list and is not taken in.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, Final

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Model, Q

from openhall.catalogue.actions.record import record_item, take_into_list
from openhall.catalogue.actions.tariffs import take_fees
from openhall.catalogue.exchange.writing import RELATED, record_of
from openhall.catalogue.kinds import CHILDREN, digest_of
from openhall.catalogue.models import (
    CatalogueEntry,
    Faq,
    FlowStep,
    Form,
    Item,
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
from openhall.deeds.collecting import acting, close_deeds
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.organs.models import Organ
from openhall.policies.models import PolicyDocument
from openhall.versions.terms import VersionState as Dated

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
    rows = Tariff.objects.filter(item__code__in=list(codes))
    rows = rows.exclude(state=Dated.DROPPED.value).select_related("item")
    return {
        (row.item.code, row.code, row.effective_from): row for row in rows if row.effective_from
    }


def _short(values: Iterable[Any]) -> bytes:
    return hashlib.sha256(repr(list(values)).encode()).digest()[:12]


class Check:
    """The first reading: each record against itself, against the file and against what stands."""

    def __init__(self, doing: Doing) -> None:
        self.organs = {organ.name: organ for organ in Organ.objects.all()}
        self.documents = set(PolicyDocument.objects.values_list("source_id", flat=True))
        self.lines: dict[str, int] = {}  # item code → its line
        self.entries: dict[str, bytes] = {}  # entry code → its base elements, for the whole file
        self.wanted: dict[str, tuple[int, str, str]] = {}  # code named → where it was named first
        self.faults: list[Fault] = []
        self.phrases = hollow_phrases()
        actor, day = doing.actor, doing.day
        self.is_person = actor is not None  # what an operator brings is in force as it was approved
        self.all_entries = actor is None or may_keep_list(actor, day)
        self.own: set[str] | None = None
        if actor is not None and not self.all_entries:
            allowed = [one for one in self.organs.values() if may_claim(actor, one, day)]
            self.own = {organ.name for organ in allowed}
            if not self.own:
                raise Refused(
                    Said(
                        "只有本单位的事项维护人员或者法制办可以导入清单（国办函〔2016〕108号）。",
                        "Only the catalogue clerk of a unit or the Legal Affairs Office may "
                        "import a list (国办函〔2016〕108号).",
                    )
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
        """Names and conditions that say nothing (详见附件、待定) are told, wherever they stand.

        What a draft here says already may come back as it went out: the gate keeps it from force.
        """
        for table, names in NAMES.items():
            columns = HEAD if not table else TABLES[table][1]
            headings = {column.name: column.heading for column in columns}
            for row in record[table] if table else [record]:
                for name in names:
                    said = str(row.get(name) or "")
                    hollow = said and is_hollow(said, self.phrases)
                    if hollow and not _says_already(record["code"], said):
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
        days: dict[str, list[tuple[date, date]]] = {}
        drafts: set[str] = set()
        for (item, code, begun), fee in approved.items():
            if item != record["code"]:
                continue
            if fee.is_public:
                days.setdefault(code, []).append((begun, fee.effective_until or date.max))
            else:
                drafts.add(code)
        for row in record["tariffs"]:
            before = approved.get((record["code"], row["code"], row["effective_from"]))
            if before is not None:
                if any(getattr(before, name) != value for name, value in row.items()):
                    said = "与已核定的标准不一致。核定变更的，请写新的有效期起。"
                    self._fault(line, record, "收费标准", f"“{row['name']}”{said}")
                continue
            if self.is_person:
                if row["code"] in drafts:
                    said = "已有一份草稿。请等它公布之后再写新的标准。"
                    self._fault(line, record, "收费标准", f"“{row['name']}”{said}")
                drafts.add(row["code"])
                continue
            first, last = row["effective_from"], row["effective_until"] or date.max
            if any(a <= last and first <= b for a, b in days.get(row["code"], ())):
                said = "与同一项目另一标准的有效期重叠。请先写明前一标准的有效期止。"
                self._fault(line, record, "收费标准", f"“{row['name']}”{said}")
            days.setdefault(row["code"], []).append((first, last))

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
        if dry_run or done.waits:
            transaction.set_rollback(True)
    return done


def _says_already(code: str, said: str) -> bool:
    """Whether a version of item ``code`` has these words as a name, a condition or a material's."""
    versions = ItemVersion.objects.filter(item__code=code)
    here = Q(name=said) | Q(conditions=said) | Q(materials__name=said)
    return versions.filter(here).exists()


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
    newest = _newest(items[record["code"]] for _line, record in records)
    new: list[ItemVersion] = []
    rows: list[dict[str, list[Model]]] = []
    signed: list[tuple[ItemVersion, int, Item | None]] = []
    fees: list[tuple[Item, Record]] = []
    for line, record in records:
        item = items[record["code"]]
        fees.append((item, record))
        before = newest.get(item.pk)
        stands = record_of(before) if before is not None else None
        if before is not None and stands and _comparable(stands) == _comparable(record):
            done.unchanged += 1
            continue
        if stands is not None:
            done.compare(stands, record)
        version = _version(item, before, record)
        rows.append(_rows(version, record, items, documents))
        version.digest = digest_of(version, rows[-1])
        if version.pk is None:
            new.append(version)
        signed.append((version, line, items.get(record["inherits"])))
        done.new += before is None
        done.changed += before is not None
    ItemVersion.objects.bulk_create(new)
    kept = [version.pk for version, _line, _above in signed]
    for name, table in CHILDREN.items():
        table._default_manager.filter(version__in=kept).delete()
        table._default_manager.bulk_create(row for some in rows for row in some[name])
    _fees(fees, file, doing)
    fresh = set(map(id, new))
    for version, line, above in signed:
        if id(version) not in fresh:
            version.save()
        first = version.item.seq == 0
        record_item(
            version.item,
            ItemStep.IMPORTED if first else ItemStep.REIMPORTED,
            doing.part(f"item-{version.item.code}"),
            version,
            facts={"file": file, "line": line},
            changes={"inherits": above} if above else None,
        )
        close_deeds()


def _newest(items: Iterable[Item]) -> dict[int, ItemVersion]:
    rows = ItemVersion.objects.filter(item__in=list(items)).order_by("item", "number")
    rows = rows.select_related("item__entry", "item__organ", "item__inherits")
    return {version.item_id: version for version in rows.prefetch_related(*RELATED)}


def _version(item: Item, before: ItemVersion | None, record: Record) -> ItemVersion:
    """The draft to write: the open one renewed, or the next one. Not saved yet."""
    words = {column.name: record[column.name] for column in WORDS}
    if before is not None and before.state in OPEN:
        for name, value in words.items():
            setattr(before, name, value)
        before.item = item
        return before
    return ItemVersion(item=item, number=before.number + 1 if before else 1, **words)


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
    known = _approved(item.code for item, _record in given)
    new = [
        (item, row)
        for item, record in given
        for row in record["tariffs"]
        if (item.code, row["code"], row["effective_from"]) not in known
    ]
    take_fees(new, file, doing)
