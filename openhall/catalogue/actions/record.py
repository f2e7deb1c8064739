"""Signing a step of an item or of the central list: each is a deed, and stands in the log."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.db.models import Max
from django.utils import timezone

from openhall.catalogue.kinds import ITEM, LIST, Rows, digest_of
from openhall.catalogue.models import (
    CatalogueEntry,
    CentralList,
    Item,
    ItemEvent,
    ItemVersion,
    ListLine,
    ListVersion,
)
from openhall.catalogue.models.entry import THE_LIST
from openhall.catalogue.terms import ItemState, ItemStep, ListAct
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.writer import deed, locked, write
from openhall.organs.models import Account

P = ParamSpec("P")
OnVersion = Callable[Concatenate[ItemVersion, P], Deed]


def on_version(*steps: ItemStep) -> Callable[[OnVersion[P]], Callable[Concatenate[int, P], Any]]:
    """An act on a version of an item, as :func:`openhall.deeds.writer.deed` on its item.

    The function is given the version, read under the lock of its item; its callers give its key.
    """

    def around(act: OnVersion[P]) -> Callable[Concatenate[int, P], Any]:
        @deed(ITEM, *steps)
        def on_item(item: Item, version_id: int, *args: Any, **more: Any) -> Deed:
            version = ItemVersion.objects.get(pk=version_id)
            version.item = item
            return act(version, *args, **more)

        @wraps(act)
        def done(version_id: int, /, *args: P.args, **more: P.kwargs) -> Any:
            item = ItemVersion.objects.values_list("item_id", flat=True).get(pk=version_id)
            return on_item(item, version_id, *args, **more)

        return done

    return around


def record_item(
    item: Item,
    step: ItemStep,
    doing: Doing,
    version: ItemVersion | None = None,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Deed:
    """One step in the life of ``item``, in the log and in its own story; all of it is public."""
    said = {**(facts or {}), **({"reason": reason} if reason else {})}
    number = version.number if version is not None else None
    return write(ITEM, item, step, doing, changes=changes, facts=said, version=number)


def written(version: ItemVersion, rows: Rows | None = None) -> ItemVersion:
    """Keep ``version`` with the digest of what it now says."""
    version.digest = digest_of(version, rows)
    version.save()
    return version


def version_of(event: Deed) -> ItemVersion:
    """The version a step of an item was about."""
    assert isinstance(event, ItemEvent)
    rows = ItemVersion.objects.select_related("item__organ", "item__entry")
    return rows.get(item=event.item_id, number=event.version or 0)


WRITING = (
    ItemStep.CLAIMED.value,
    ItemStep.DRAFTED.value,
    ItemStep.SAVED.value,
    ItemStep.FORM_SAVED.value,
    ItemStep.SENT_TO_UNIT.value,
    ItemStep.IMPORTED.value,
    ItemStep.REIMPORTED.value,
)
PASSING = (*WRITING, ItemStep.PASSED_UNIT.value)


def took_part(version: ItemVersion, actor: Account | None, steps: Sequence[str]) -> bool:
    """Whether ``actor`` signed one of ``steps`` of ``version``: who wrote it does not review it."""
    steps_of_it = ItemEvent.objects.filter(item=version.item_id, version=version.number)
    return steps_of_it.filter(actor=actor, act__in=steps).exists()


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


def list_for_the_first_time(entry: CatalogueEntry, first_day: date, doing: Doing) -> None:
    """The line comes onto the list with the first item published under it."""
    central = the_list()
    CatalogueEntry.objects.filter(pk=entry.pk).update(listed_from=first_day)
    entry.listed_from = first_day
    facts = {"entries": [entry.code], "in_force_from": first_day.isoformat()}
    write(LIST, central, ListAct.LIST, doing.part("list"), facts=facts)


def take_into_list(entries: Sequence[CatalogueEntry], file: str, doing: Doing) -> None:
    """Lines that an import brought; nothing is in force by this."""
    facts = {"file": file, "entries": [one.code for one in entries]}
    write(LIST, the_list(), ListAct.IMPORT, doing, facts=facts)


def day_of(at: datetime) -> date:
    """The day in the city on which ``at`` falls."""
    return timezone.localtime(at).date()


def is_cancelled(item: Item) -> bool:
    return bool(item.state == ItemState.CANCELLED)
