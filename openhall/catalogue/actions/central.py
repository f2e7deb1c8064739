"""The central list (基本目录): the Legal Affairs Office adds, changes, splits, merges, ends. A10.

Each act has a reason and a first day, makes a new version of the list and stands in the ledger.
Nothing is back-dated; words whose day is to come are written by :func:`take_effect` on that day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction

from openhall.catalogue.actions.coding import entry_code
from openhall.catalogue.actions.record import day_of, record_list
from openhall.catalogue.models import CatalogueEntry, ListVersion
from openhall.catalogue.permissions import may_keep_list
from openhall.catalogue.terms import ItemKind, ItemState, ListAct, UseLevel
from openhall.deeds.refusals import Refused
from openhall.organs.models import Account

BASE: Final = ("name", "name_en", "kind", "legal_basis", "use_level", "group")
BASIS: Final = "成办发〔2003〕75号 二（一）"
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


def _check(actor: Account | None, at: datetime, reason: str, first_day: date) -> None:
    day = day_of(at)
    if not may_keep_list(actor, day):
        raise Refused(f"只有法制办可以调整《行政审批事项目录》（{BASIS}）。")
    if not reason.strip():
        raise Refused("请写明调整目录的理由和依据。", "reason")
    if first_day < day:
        raise Refused("生效日期不能早于今天：目录的调整不溯及既往。", "first_day")


def _check_line(line: Line, except_for: Sequence[CatalogueEntry] = ()) -> None:
    if not line.name.strip():
        raise Refused("请填写事项名称。", "name")
    for field, most in LENGTHS.items():
        if len(getattr(line, field)) > most:
            raise Refused(f"不能超过{most}个字。", field)
    if line.kind not in ItemKind.codes():
        raise Refused("请选择事项类型。", "kind")
    if line.use_level not in UseLevel.codes():
        raise Refused("请选择行使层级。", "use_level")
    if not line.legal_basis.strip():
        raise Refused("没有设定依据的事项不得列入目录（行政许可法 14、17）。", "legal_basis")
    same = (
        CatalogueEntry.objects.filter(name=line.name.strip(), kind=line.kind, listed_until=None)
        .exclude(state=ItemState.CANCELLED.value)
        .exclude(pk__in=[one.pk for one in except_for])
    )
    if found := same.first():
        raise Refused(f"目录中已有同名、同类型的事项（{found.code}）。请核对。", "name")


def _held(entry_id: int, day: date, *, ended: bool = False) -> CatalogueEntry:
    entry = CatalogueEntry.objects.select_for_update(of=("self",)).get(pk=entry_id)
    gone = entry.state == ItemState.CANCELLED or (
        entry.listed_until is not None and entry.listed_until < day
    )
    if gone and not ended:
        raise Refused("该事项已从目录中取消、拆分或者合并，不能再调整。请刷新页面。")
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
        said = "该事项列入目录的当日不能取消。请把生效日期定在列入之日以后。"
        raise Refused(said, "first_day")
    before = entry.listed_until.isoformat() if entry.listed_until else ""
    entry.listed_until = last
    entry.state, entry.state_since, entry.state_until = ItemState.CANCELLED.value, first_day, None
    entry.state_reason = reason[:300]
    entry.save(
        update_fields=["listed_until", "state", "state_since", "state_until", "state_reason"]
    )
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


@transaction.atomic
def add_entry(
    line: Line, actor: Account | None, at: datetime, reason: str, first_day: date
) -> CatalogueEntry:
    """新增: a new line of the list from ``first_day``, its code given by the strategy."""
    _check(actor, at, reason, first_day)
    _check_line(line)
    entry = _made(line, first_day)
    record_list(ListAct.ADD, [entry], _added(entry), actor, at, reason, first_day)
    entry.refresh_from_db()
    return entry


@transaction.atomic
def change_entry(
    entry_id: int,
    words: Mapping[str, str],
    actor: Account | None,
    at: datetime,
    reason: str,
    first_day: date,
) -> ListVersion:
    """变更: other base elements from ``first_day``; units inherit them with their next version."""
    _check(actor, at, reason, first_day)
    entry = _held(entry_id, day_of(at))
    now = {field: getattr(entry, field) for field in BASE}
    said = now | {field: text.strip() for field, text in words.items() if field in BASE}
    _check_line(Line(**said), [entry])
    changes = [
        {"entry": entry.code, "field": field, "before": now[field], "after": said[field]}
        for field in BASE
        if said[field] != now[field]
    ]
    if not changes:
        raise Refused("没有任何变更。请修改后再提交。", "name")
    applied = first_day <= day_of(at)
    if applied:
        _write(entry, changes)
    return record_list(
        ListAct.CHANGE, [entry], changes, actor, at, reason, first_day, applied=applied
    )


def _write(entry: CatalogueEntry, changes: Sequence[Mapping[str, Any]]) -> None:
    for change in changes:
        setattr(entry, change["field"], change["after"])
    entry.save(update_fields=[change["field"] for change in changes])


@transaction.atomic
def take_effect(day: date) -> int:
    """Write the changes of words whose day has come; how many versions of the list that was."""
    due = ListVersion.objects.select_for_update(of=("self",)).filter(
        applied=False, effective_from__lte=day
    )
    done = 0
    for version in due.order_by("effective_from", "number"):
        for code in {change["entry"] for change in version.changes}:
            entry = CatalogueEntry.objects.get(code=code)
            _write(entry, [change for change in version.changes if change["entry"] == code])
        version.applied = True
        version.save(update_fields=["applied"])
        done += 1
    return done


@transaction.atomic
def split_entry(
    entry_id: int,
    lines: Sequence[Line],
    actor: Account | None,
    at: datetime,
    reason: str,
    first_day: date,
) -> list[CatalogueEntry]:
    """拆分: ``lines`` take the place of one entry from ``first_day``; its items end with it."""
    _check(actor, at, reason, first_day)
    entry = _held(entry_id, day_of(at))
    if len(lines) < 2:
        raise Refused("拆分后至少应有两个事项。", "name")
    for line in lines:
        _check_line(line, [entry])
    if len({line.name for line in lines}) < len(lines):
        raise Refused("拆分后的事项名称不能相同。", "name")
    changes = _ended(entry, first_day, reason)
    made = []
    for line in lines:
        one = _made(line, first_day)
        one.came_from.add(entry)
        changes += _added(one)
        made.append(one)
    record_list(ListAct.SPLIT, [entry, *made], changes, actor, at, reason, first_day)
    return made


@transaction.atomic
def merge_entries(
    entry_ids: Sequence[int],
    line: Line,
    actor: Account | None,
    at: datetime,
    reason: str,
    first_day: date,
) -> CatalogueEntry:
    """合并: one new line takes the place of several from ``first_day``."""
    _check(actor, at, reason, first_day)
    if len(set(entry_ids)) < 2:
        raise Refused("请至少选择两个要合并的事项。", "entries")
    entries = [_held(pk, day_of(at)) for pk in sorted(set(entry_ids))]
    _check_line(line, entries)
    changes = [change for entry in entries for change in _ended(entry, first_day, reason)]
    made = _made(line, first_day)
    made.came_from.set(entries)
    changes += _added(made)
    record_list(ListAct.MERGE, [*entries, made], changes, actor, at, reason, first_day)
    return made


@transaction.atomic
def suspend_entry(
    entry_id: int,
    actor: Account | None,
    at: datetime,
    reason: str,
    first_day: date,
    until: date | None,
) -> ListVersion:
    """暂停: no unit takes the matter in from ``first_day`` to ``until`` (both included)."""
    _check(actor, at, reason, first_day)
    entry = _held(entry_id, day_of(at))
    if until is not None and until < first_day:
        raise Refused("恢复前的最后一日不能早于暂停之日。", "until")
    entry.state, entry.state_since, entry.state_until = (
        ItemState.SUSPENDED.value,
        first_day,
        until,
    )
    entry.state_reason = reason[:300]
    entry.save(update_fields=["state", "state_since", "state_until", "state_reason"])
    change = {
        "entry": entry.code,
        "field": "suspended",
        "before": "",
        "after": f"{first_day.isoformat()}/{until.isoformat() if until else ''}",
    }
    return record_list(ListAct.SUSPEND, [entry], [change], actor, at, reason, first_day)


@transaction.atomic
def resume_entry(
    entry_id: int, actor: Account | None, at: datetime, reason: str, first_day: date
) -> ListVersion:
    """恢复: units take it in again from ``first_day``."""
    _check(actor, at, reason, first_day)
    entry = _held(entry_id, day_of(at))
    if entry.state != ItemState.SUSPENDED:
        raise Refused("该事项没有暂停，不必恢复。")
    _resumed(entry, first_day, day_of(at))
    entry.save(update_fields=["state", "state_since", "state_until", "state_reason"])
    change = {"entry": entry.code, "field": "resumed", "before": "", "after": str(first_day)}
    return record_list(ListAct.RESUME, [entry], [change], actor, at, reason, first_day)


def _resumed(one: CatalogueEntry, first_day: date, today: date) -> None:
    """In use at once, or suspended up to the day before ``first_day``."""
    later = one.state_since is not None and first_day > max(today, one.state_since)
    if later:
        one.state_until = first_day - timedelta(days=1)
        return
    one.state, one.state_reason = ItemState.IN_USE.value, ""
    one.state_since = one.state_until = None


@transaction.atomic
def cancel_entry(
    entry_id: int, actor: Account | None, at: datetime, reason: str, first_day: date
) -> ListVersion:
    """取消: off the list from ``first_day``; cases accepted before go on under their version."""
    _check(actor, at, reason, first_day)
    entry = _held(entry_id, day_of(at))
    changes = _ended(entry, first_day, reason)
    return record_list(ListAct.CANCEL, [entry], changes, actor, at, reason, first_day)
