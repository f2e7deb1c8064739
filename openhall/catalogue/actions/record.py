"""Signing a step: the event of an item, the version of the list, each with its ledger entry."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from openhall.catalogue.models import CatalogueEntry, Item, ItemEvent, ItemVersion, ListVersion
from openhall.catalogue.terms import ItemStep, ListAct
from openhall.ledger.actions import append
from openhall.organs.models import Account


def day_of(at: datetime) -> date:
    """The day in the city on which ``at`` falls."""
    return timezone.localtime(at).date()


def record_item(
    item: Item,
    version: ItemVersion | None,
    step: ItemStep,
    actor: Account | None,
    at: datetime,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
) -> ItemEvent:
    """One step in the life of ``item``, in the ledger and in its own story."""
    facts = dict(facts or {})
    body = {
        "v": 1,
        "log": settings.LEDGER_ORIGIN,
        "item": item.code,
        "version": version.number if version else None,
        "verb": step.value,
        "organ": item.organ.code,
        "event_time": at.isoformat(timespec="seconds"),
        **facts,
    }
    if reason:
        body["reason"] = reason
    entry = append("catalogue", body)
    return ItemEvent.objects.create(
        item=item,
        version=version,
        verb=step.value,
        actor=actor,
        reason=reason,
        facts=facts,
        event_time=at,
        ledger_entry=entry,
    )


def note_author(version: ItemVersion, actor: Account | None, at: datetime) -> None:
    """Remember once that ``actor`` wrote on ``version``: an author does not review it."""
    if actor is None:
        return
    ItemEvent.objects.get_or_create(
        item=version.item,
        version=version,
        verb=ItemStep.SAVED.value,
        actor=actor,
        defaults={"event_time": at},
    )


WRITING = (
    ItemStep.CLAIMED.value,
    ItemStep.DRAFTED.value,
    ItemStep.SAVED.value,
    ItemStep.FORM_SAVED.value,
    ItemStep.SENT_TO_UNIT.value,
)
PASSING = (*WRITING, ItemStep.PASSED_UNIT.value)


def took_part(version: ItemVersion, actor: Account | None, steps: Sequence[str]) -> bool:
    """Whether ``actor`` signed one of ``steps`` of ``version``: who wrote it does not review it."""
    return ItemEvent.objects.filter(version=version, actor=actor, verb__in=steps).exists()


def record_list(
    act: ListAct,
    entries: Sequence[CatalogueEntry],
    changes: Iterable[Mapping[str, Any]],
    actor: Account | None,
    at: datetime,
    reason: str,
    first_day: date,
    *,
    applied: bool = True,
) -> ListVersion:
    """The next version of the central list, signed and in the ledger."""
    said = [dict(change) for change in changes]
    last = ListVersion.objects.aggregate(last=Max("number"))["last"] or 0
    listed = CatalogueEntry.objects.aggregate(last=Max("list_version"))["last"] or 0
    number = max(last, listed) + 1
    entry = append(
        "catalogue",
        {
            "v": 1,
            "log": settings.LEDGER_ORIGIN,
            "list_version": number,
            "verb": f"list_{act.value}",
            "entries": [one.code for one in entries],
            "changes": said,
            "in_force_from": first_day.isoformat(),
            "reason": reason,
            "event_time": at.isoformat(timespec="seconds"),
        },
    )
    version = ListVersion.objects.create(
        number=number,
        act=act.value,
        changes=said,
        reason=reason,
        effective_from=first_day,
        actor=actor,
        event_time=at,
        applied=applied,
        ledger_entry=entry,
    )
    version.entries.set(entries)
    CatalogueEntry.objects.filter(pk__in=[one.pk for one in entries]).update(list_version=number)
    return version
