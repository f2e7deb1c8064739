"""Signing a step of an item or of the central list: each is a deed, and stands in the log."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Max

from openhall.catalogue.kinds import ITEM, LIST
from openhall.catalogue.models import CatalogueEntry, CentralList, Item, ListLine, ListVersion
from openhall.catalogue.models.entry import THE_LIST
from openhall.catalogue.terms import ItemState, ItemStep, ListAct
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.writer import locked, write


def record_item(
    item: Item,
    step: ItemStep,
    doing: Doing,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Deed:
    """One step in the life of ``item``, in the log and in its own story; all of it is public."""
    said = {**(facts or {}), **({"reason": reason} if reason else {})}
    return write(ITEM, item, step, doing, changes=changes, facts=said)


def the_list() -> CentralList:
    """The central list under lock, inside the caller's act."""
    found: CentralList = locked(LIST, THE_LIST)
    return found


def record_list(
    central: CentralList,
    act: ListAct,
    entries: Sequence[CatalogueEntry],
    changes: Iterable[Mapping[str, Any]],
    doing: Doing,
    reason: str,
    first_day: date,
    *,
    applied: bool = True,
) -> Deed:
    """The next version of the central list, signed and in the log."""
    said = [dict(change) for change in changes]
    last = ListVersion.objects.aggregate(last=Max("number"))["last"] or 0
    listed = CatalogueEntry.objects.aggregate(last=Max("list_version"))["last"] or 0
    number = max(last, listed) + 1
    version = ListVersion.objects.create(
        step=central.seq + 1,
        number=number,
        act=act.value,
        changes=said,
        reason=reason,
        effective_from=first_day,
        actor=doing.actor,
        event_time=doing.at,
        applied=applied,
    )
    ListLine.objects.bulk_create(ListLine(version=version, entry=one) for one in entries)
    CatalogueEntry.objects.filter(pk__in=[one.pk for one in entries]).update(list_version=number)
    facts = {
        "list_version": number,
        "entries": [one.code for one in entries],
        "changes": said,
        "in_force_from": first_day.isoformat(),
        "reason": reason,
    }
    return write(LIST, central, act, doing, facts=facts)


def take_into_list(entries: Sequence[CatalogueEntry], file: str, doing: Doing) -> None:
    """Lines that an import brought; nothing is in force by this."""
    facts = {"file": file, "entries": [one.code for one in entries]}
    write(LIST, the_list(), ListAct.IMPORT, doing, facts=facts)


def is_cancelled(item: Item) -> bool:
    return bool(item.state == ItemState.CANCELLED)
