"""The central list (基本目录): the Legal Affairs Office adds, changes, splits, merges, ends. A10.

The list is one row that owns its lines: each act is a deed on it, with a reason and a first day,
and makes a new version of the list. Nothing is back-dated; words whose day is to come are written
by :func:`take_effect` on that day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.utils import timezone

from openhall.catalogue.actions.coding import entry_code
from openhall.catalogue.actions.record import record_list, the_list
from openhall.catalogue.kinds import LIST
from openhall.catalogue.models import CatalogueEntry, CentralList, ListVersion, Origin
from openhall.catalogue.models.entry import THE_LIST
from openhall.catalogue.permissions import may_keep_list
from openhall.catalogue.terms import ItemKind, ItemState, ListAct, UseLevel
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused, kept
from openhall.deeds.writer import deed, write
from openhall.glossary import Said

BASE: Final = ("name", "name_en", "kind", "legal_basis", "use_level", "group")
LENGTHS: Final = {"name": 300, "name_en": 400, "group": 300}


@dataclass(frozen=True, slots=True)
class Line:
    """The base elements of one line of the list, inherited read-only by every unit."""

    name: str
    kind: str
    legal_basis: str
    name_en: str = ""
    use_level: str = UseLevel.CITY.value
    group: str = ""


def _entries_of(deed_: Deed) -> list[CatalogueEntry]:
    """The lines a deed touched, in the order it named them."""
    codes = deed_.facts["entries"]
    found = CatalogueEntry.objects.in_bulk(codes, field_name="code")
    return [found[code] for code in codes]


def _check(doing: Doing, reason: str, first_day: date) -> None:
    if not may_keep_list(doing.actor, doing.day):
        raise Refused(
            Said(
                "只有法制办可以调整《行政审批事项目录》（成办发〔2003〕75号 二（一））。",
                "Only the Legal Affairs Office changes the central list "
                "(成办发〔2003〕75号, part 2(1)).",
            )
        )
    if not reason.strip():
        raise Refused(
            Said("请写明调整目录的理由和依据。", "Say why the list changes, and on what basis."),
            "reason",
        )
    if first_day < doing.day:
        raise Refused(
            Said(
                "生效日期不能早于今天：目录的调整不溯及既往。",
                "The first day cannot lie before today: a change of the list does not reach back.",
            ),
            "first_day",
        )


def _check_line(line: Line, except_for: Sequence[CatalogueEntry] = ()) -> None:
    if not line.name.strip():
        raise Refused(Said("请填写事项名称。", "Give the name of the matter."), "name")
    for field, most in LENGTHS.items():
        if len(getattr(line, field)) > most:
            raise Refused(Said(f"不能超过{most}个字。", f"At most {most} characters."), field)
    if line.kind not in ItemKind.codes():
        raise Refused(Said("请选择事项类型。", "Choose the type of the matter."), "kind")
    if line.use_level not in UseLevel.codes():
        raise Refused(Said("请选择行使层级。", "Choose the level it is exercised at."), "use_level")
    if not line.legal_basis.strip():
        raise Refused(
            Said(
                "没有设定依据的事项不得列入目录（行政许可法 14、17）。",
                "Nothing without a legal basis stands on the list (Administrative Licensing Law, "
                "art. 14, 17).",
            ),
            "legal_basis",
        )
    same = (
        CatalogueEntry.objects.filter(name=line.name.strip(), kind=line.kind, listed_until=None)
        .exclude(state=ItemState.CANCELLED.value)
        .exclude(pk__in=[one.pk for one in except_for])
    )
    if found := same.first():
        raise Refused(
            Said(
                f"目录中已有同名、同类型的事项（{found.code}）。请核对。",
                f"A matter of that name and type is on the list already ({found.code}). Check it.",
            ),
            "name",
        )


def _held(entry_id: int, day: date) -> CatalogueEntry:
    entry = CatalogueEntry.objects.get(pk=entry_id)
    if entry.state == ItemState.CANCELLED or (
        entry.listed_until is not None and entry.listed_until < day
    ):
        raise Refused(
            Said(
                "该事项已从目录中取消、拆分或者合并，不能再调整。请刷新页面。",
                "This line was cancelled, split or merged and cannot change any more. "
                "Reload the page.",
            )
        )
    return entry


def _made(line: Line, first_day: date) -> CatalogueEntry:
    return CatalogueEntry.objects.create(
        code=entry_code(line.kind),
        name=line.name.strip(),
        name_en=line.name_en.strip(),
        kind=line.kind,
        legal_basis=line.legal_basis.strip(),
        use_level=line.use_level,
        group=line.group.strip(),
        listed_from=first_day,
    )


def _ended(entry: CatalogueEntry, first_day: date, reason: str) -> list[dict[str, Any]]:
    """``entry`` is on the list for the last time on the day before ``first_day``."""
    last = first_day - timedelta(days=1)
    if entry.listed_from is not None and last < entry.listed_from:
        raise Refused(
            Said(
                "该事项列入目录的当日不能取消。请把生效日期定在列入之日以后。",
                "A line cannot end on the day it comes onto the list. Choose a later first day.",
            ),
            "first_day",
        )
    before = entry.listed_until.isoformat() if entry.listed_until else ""
    entry.listed_until = last
    entry.state, entry.state_since, entry.state_until = ItemState.CANCELLED.value, first_day, None
    entry.state_reason = kept(reason, 300, "reason")
    entry.save()
    return [
        {
            "entry": entry.code,
            "field": "listed_until",
            "before": before,
            "after": last.isoformat(),
        }
    ]


def _added(entry: CatalogueEntry) -> list[dict[str, Any]]:
    return [
        {"entry": entry.code, "field": field, "before": "", "after": said}
        for field in BASE
        if (said := getattr(entry, field))
    ]


@deed(LIST, ListAct.ADD)
def _add(central: CentralList, line: Line, reason: str, first_day: date, doing: Doing) -> Deed:
    _check(doing, reason, first_day)
    _check_line(line)
    entry = _made(line, first_day)
    return record_list(central, ListAct.ADD, [entry], _added(entry), doing, reason, first_day)


def add_entry(line: Line, reason: str, first_day: date, doing: Doing) -> CatalogueEntry:
    """新增: a new line of the list from ``first_day``, its code given by the strategy."""
    return _entries_of(_add(THE_LIST, line, reason, first_day, doing))[0]


@deed(LIST, ListAct.CHANGE)
def _change(
    central: CentralList,
    entry_id: int,
    words: Mapping[str, str],
    reason: str,
    first_day: date,
    doing: Doing,
) -> Deed:
    _check(doing, reason, first_day)
    entry = _held(entry_id, doing.day)
    now = {field: getattr(entry, field) for field in BASE}
    said = now | {field: text.strip() for field, text in words.items() if field in BASE}
    _check_line(Line(**said), [entry])
    changes = [
        {"entry": entry.code, "field": field, "before": now[field], "after": said[field]}
        for field in BASE
        if said[field] != now[field]
    ]
    if not changes:
        raise Refused(
            Said(
                "没有任何变更。请修改后再提交。", "Nothing changed. Change something, then send it."
            ),
            "name",
        )
    applied = first_day <= doing.day
    if applied:
        _write(entry, changes)
    return record_list(
        central, ListAct.CHANGE, [entry], changes, doing, reason, first_day, applied=applied
    )


def change_entry(
    entry_id: int, words: Mapping[str, str], reason: str, first_day: date, doing: Doing
) -> Deed:
    """变更: other base elements from ``first_day``; units inherit them with their next version."""
    return _change(THE_LIST, entry_id, words, reason, first_day, doing)


def _write(entry: CatalogueEntry, changes: Sequence[Mapping[str, Any]]) -> None:
    for change in changes:
        setattr(entry, change["field"], change["after"])
    entry.save()


@acting()
def take_effect(day: date) -> int:
    """Write the changes of words whose day has come; how many versions of the list that was."""
    due = ListVersion.objects.filter(applied=False, effective_from__lte=day)
    done = 0
    for version in due.order_by("effective_from", "number"):
        central = the_list()
        for code in sorted({change["entry"] for change in version.changes}):
            entry = CatalogueEntry.objects.get(code=code)
            _write(entry, [change for change in version.changes if change["entry"] == code])
        version.applied = True
        version.save()
        doing = Doing(None, timezone.now(), system_key("list", version.number, "effect"))
        write(LIST, central, ListAct.APPLY, doing, facts={"list_version": version.number})
        done += 1
    return done


@deed(LIST, ListAct.SPLIT)
def _split(
    central: CentralList,
    entry_id: int,
    lines: Sequence[Line],
    reason: str,
    first_day: date,
    doing: Doing,
) -> Deed:
    _check(doing, reason, first_day)
    entry = _held(entry_id, doing.day)
    if len(lines) < 2:
        raise Refused(
            Said("拆分后至少应有两个事项。", "A split leaves two matters at least."), "name"
        )
    for line in lines:
        _check_line(line, [entry])
    if len({line.name for line in lines}) < len(lines):
        raise Refused(
            Said("拆分后的事项名称不能相同。", "The matters after a split need different names."),
            "name",
        )
    changes = _ended(entry, first_day, reason)
    made = []
    for line in lines:
        one = _made(line, first_day)
        Origin.objects.create(entry=one, came_from=entry)
        changes += _added(one)
        made.append(one)
    return record_list(central, ListAct.SPLIT, [entry, *made], changes, doing, reason, first_day)


def split_entry(
    entry_id: int, lines: Sequence[Line], reason: str, first_day: date, doing: Doing
) -> list[CatalogueEntry]:
    """拆分: ``lines`` take the place of one entry from ``first_day``; its items end with it."""
    return _entries_of(_split(THE_LIST, entry_id, lines, reason, first_day, doing))[1:]


@deed(LIST, ListAct.MERGE)
def _merge(
    central: CentralList,
    entry_ids: Sequence[int],
    line: Line,
    reason: str,
    first_day: date,
    doing: Doing,
) -> Deed:
    _check(doing, reason, first_day)
    if len(set(entry_ids)) < 2:
        raise Refused(
            Said("请至少选择两个要合并的事项。", "Choose two matters at least to merge."),
            "entries",
        )
    entries = [_held(pk, doing.day) for pk in sorted(set(entry_ids))]
    _check_line(line, entries)
    changes = [change for entry in entries for change in _ended(entry, first_day, reason)]
    made = _made(line, first_day)
    Origin.objects.bulk_create(Origin(entry=made, came_from=entry) for entry in entries)
    changes += _added(made)
    return record_list(central, ListAct.MERGE, [*entries, made], changes, doing, reason, first_day)


def merge_entries(
    entry_ids: Sequence[int], line: Line, reason: str, first_day: date, doing: Doing
) -> CatalogueEntry:
    """合并: one new line takes the place of several from ``first_day``."""
    return _entries_of(_merge(THE_LIST, entry_ids, line, reason, first_day, doing))[-1]


@deed(LIST, ListAct.SUSPEND)
def _suspend(
    central: CentralList,
    entry_id: int,
    reason: str,
    first_day: date,
    until: date | None,
    doing: Doing,
) -> Deed:
    _check(doing, reason, first_day)
    entry = _held(entry_id, doing.day)
    if until is not None and until < first_day:
        raise Refused(
            Said(
                "恢复前的最后一日不能早于暂停之日。",
                "The last day of the suspension cannot lie before the first.",
            ),
            "until",
        )
    entry.state, entry.state_reason = ItemState.SUSPENDED.value, kept(reason, 300, "reason")
    entry.state_since, entry.state_until = first_day, until
    entry.save()
    change = {
        "entry": entry.code,
        "field": "suspended",
        "before": "",
        "after": f"{first_day.isoformat()}/{until.isoformat() if until else ''}",
    }
    return record_list(central, ListAct.SUSPEND, [entry], [change], doing, reason, first_day)


def suspend_entry(
    entry_id: int, reason: str, first_day: date, until: date | None, doing: Doing
) -> Deed:
    """暂停: no unit takes the matter in from ``first_day`` to ``until`` (both included)."""
    return _suspend(THE_LIST, entry_id, reason, first_day, until, doing)


@deed(LIST, ListAct.RESUME)
def _resume(
    central: CentralList, entry_id: int, reason: str, first_day: date, doing: Doing
) -> Deed:
    _check(doing, reason, first_day)
    entry = _held(entry_id, doing.day)
    if entry.state != ItemState.SUSPENDED:
        raise Refused(
            Said(
                "该事项没有暂停，不必恢复。",
                "This line is not suspended; there is nothing to resume.",
            )
        )
    if entry.state_since is not None and first_day > max(doing.day, entry.state_since):
        entry.state_until = first_day - timedelta(days=1)
    else:
        entry.state, entry.state_reason = ItemState.IN_USE.value, ""
        entry.state_since = entry.state_until = None
    entry.save()
    change = {"entry": entry.code, "field": "resumed", "before": "", "after": str(first_day)}
    return record_list(central, ListAct.RESUME, [entry], [change], doing, reason, first_day)


def resume_entry(entry_id: int, reason: str, first_day: date, doing: Doing) -> Deed:
    """恢复: units take it in again from ``first_day``."""
    return _resume(THE_LIST, entry_id, reason, first_day, doing)


@deed(LIST, ListAct.CANCEL)
def _cancel(
    central: CentralList, entry_id: int, reason: str, first_day: date, doing: Doing
) -> Deed:
    _check(doing, reason, first_day)
    entry = _held(entry_id, doing.day)
    changes = _ended(entry, first_day, reason)
    return record_list(central, ListAct.CANCEL, [entry], changes, doing, reason, first_day)


def cancel_entry(entry_id: int, reason: str, first_day: date, doing: Doing) -> Deed:
    """取消: off the list from ``first_day``; cases accepted before go on under their version."""
    return _cancel(THE_LIST, entry_id, reason, first_day, doing)
