"""Whether a whole implementation list may be taken in: each record against itself, against the
rest of the file and against what stands here. Nothing is written.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.core.files.storage import default_storage
from django.db.models import Q

from openhall.catalogue.models import CatalogueEntry, Item, ItemVersion, Tariff
from openhall.catalogue.permissions import may_claim, may_keep_list
from openhall.catalogue.queries import hollow_phrases
from openhall.catalogue.rules.guide import is_hollow
from openhall.catalogue.rules.implementation_list import (
    ENTRY,
    HEAD,
    TABLES,
    Fault,
    Record,
    read_record,
)
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.organs.models import Organ
from openhall.policies.models import PolicyDocument
from openhall.versions.terms import VersionState as Dated

Fee = tuple[str, str, date]  # item code, code of the fee, its first day
TOGETHER: Final = 500
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "": ("entry_name", "name", "conditions"),
    "materials": ("name", "condition"),
    "steps": ("name",),
    "prerequisites": ("words",),
}
FILES: Final = (("materials", "blank_form"), ("materials", "sample"))


def approved_fees(codes: Iterable[str]) -> dict[Fee, Tariff]:
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
        approved = approved_fees(str(record.get("code")) for _line, record, _faults in read)
        for line, record, faults in read:
            self.faults += faults
            if not faults:
                self._record(line, record, standing)
                self._fees(line, record, approved)

    def _fault(self, line: int, record: Record, heading: str, said: Said) -> None:
        self.faults.append(Fault(line, record["code"], heading, said))

    def _record(self, line: int, record: Record, standing: Mapping[str, CatalogueEntry]) -> None:
        code = record["code"]
        if code in self.lines:
            self._fault(
                line,
                record,
                "实施编码",
                Said(
                    f"与第{self.lines[code]}行重复。",
                    f"It stands in line {self.lines[code]} already.",
                ),
            )
        self.lines.setdefault(code, line)
        self._hollow(line, record)
        if record["organ"] not in self.organs:
            self._fault(
                line,
                record,
                "实施主体",
                Said(
                    f"本系统没有“{record['organ']}”。请先建立。",
                    f"There is no unit “{record['organ']}” here. Enter it first.",
                ),
            )
        elif self.own is not None and record["organ"] not in self.own:
            self._fault(
                line,
                record,
                "实施主体",
                Said(
                    "不是本单位，不能导入。请由该单位或者法制办导入。",
                    "It is another unit's. Let that unit or the Legal Affairs Office take it in.",
                ),
            )
        self._entry(line, record, standing.get(record["entry_code"]))
        for named in filter(
            None, [record["inherits"], *(r["item"] for r in record["prerequisites"])]
        ):
            self.wanted.setdefault(named, (line, code, named))
        for row in record["laws"]:
            if row["document"] and row["document"] not in self.documents:
                self._fault(
                    line,
                    record,
                    "政策库文件标识",
                    Said(
                        f"政策库没有“{row['document']}”。",
                        f"The policy library has no “{row['document']}”.",
                    ),
                )
        names = [record["result_sample"]]
        names += [row[name] for table, name in FILES for row in record[table]]
        for name in filter(None, names):
            if not default_storage.exists(name):
                self._fault(
                    line,
                    record,
                    "附件",
                    Said(
                        f"本系统没有文件“{name}”。请先上传，或留空。",
                        f"There is no file “{name}” here. Upload it first, or leave it empty.",
                    ),
                )

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
                        sentence = Said(
                            f"“{said}”没有说明内容。请写出具体名称或者条件。",
                            f"“{said}” says nothing. Give the name or the condition itself.",
                        )
                        self._fault(line, record, headings[name], sentence)

    def _entry(self, line: int, record: Record, standing: CatalogueEntry | None) -> None:
        told = [record[column.name] for column in ENTRY]
        known = self.entries.setdefault(record["entry_code"], _short(told))
        if known != _short(told):
            self._fault(
                line,
                record,
                "基本编码",
                Said(
                    "同一基本编码在本文件中的目录要素不一致。",
                    "One code of the list has different elements in this file.",
                ),
            )
        if standing is None:
            if not self.all_entries:
                self._fault(
                    line,
                    record,
                    "基本编码",
                    Said(
                        "不在基本目录中。新增目录事项由法制办办理。",
                        "It is not on the central list. The Legal Affairs Office adds lines to it.",
                    ),
                )
            return
        for column in ENTRY:
            stands = getattr(standing, column.name.removeprefix("entry_"))
            if stands != record[column.name]:
                self._fault(
                    line,
                    record,
                    column.heading,
                    Said(
                        f"与基本目录的“{stands}”不一致，单位不能改动。",
                        f"The central list says “{stands}”, which a unit does not change.",
                    ),
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
                    said = Said(
                        "与已核定的标准不一致。核定变更的，请写新的有效期起。",
                        "is not what was approved. Where the approval changed, give a new first "
                        "day.",
                    )
                    self._fault(
                        line,
                        record,
                        "收费标准",
                        Said(f"“{row['name']}”", f"“{row['name']}”") + said,
                    )
                continue
            if self.is_person:
                if row["code"] in drafts:
                    said = Said(
                        "已有一份草稿。请等它公布之后再写新的标准。",
                        "has a draft. Wait until it is published, then write the next.",
                    )
                    self._fault(
                        line,
                        record,
                        "收费标准",
                        Said(f"“{row['name']}”", f"“{row['name']}”") + said,
                    )
                drafts.add(row["code"])
                continue
            first, last = row["effective_from"], row["effective_until"] or date.max
            if any(a <= last and first <= b for a, b in days.get(row["code"], ())):
                said = Said(
                    "与同一项目另一标准的有效期重叠。请先写明前一标准的有效期止。",
                    "overlaps another of the same fee. Give the last day of the one before first.",
                )
                self._fault(
                    line, record, "收费标准", Said(f"“{row['name']}”", f"“{row['name']}”") + said
                )
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
                    sentence = Said(
                        f"没有编码为“{named}”的事项。", f"No item has the code “{named}”."
                    )
                    self.faults.append(Fault(line, item, "前置或者所继承事项编码", sentence))
        return sorted(self.faults, key=lambda fault: fault.line)


def _says_already(code: str, said: str) -> bool:
    """Whether a version of item ``code`` has these words as a name, a condition or a material's."""
    versions = ItemVersion.objects.filter(item__code=code)
    here = Q(name=said) | Q(conditions=said) | Q(materials__name=said)
    return versions.filter(here).exists()
