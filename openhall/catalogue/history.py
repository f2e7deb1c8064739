"""什么时候变了什么: the versions of an item, their signed steps and what each changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from openhall.catalogue.kinds import LIST
from openhall.catalogue.models import (
    CatalogueDeed,
    Item,
    ItemEvent,
    ItemVersion,
    ItemVersionEvent,
    ListVersion,
)
from openhall.catalogue.rules.difference import Change, Snapshot, difference
from openhall.catalogue.rules.fields import ROW_FIELDS, Family, VersionField
from openhall.catalogue.terms import ItemStep
from openhall.deeds.models import Deed
from openhall.paging.keyset import Page, Place, paged
from openhall.versions.terms import PUBLIC, VersionAct, VersionState

ROWS = tuple(family.value for family in Family)
PUBLIC_STEPS = (VersionAct.SEND.value, VersionAct.PASS.value, VersionAct.PUBLISH.value)
STANDING = (ItemStep.SUSPENDED.value, ItemStep.RESUMED.value, ItemStep.CANCELLED.value)


@dataclass(frozen=True, slots=True)
class Told:
    """One version with its signed steps and what it changed; ``changes`` is None for the first."""

    version: ItemVersion
    steps: Sequence[Deed]
    changes: Sequence[Change] | None


def snapshot(version: ItemVersion) -> Snapshot:
    """The version as plain values, rows with it; prefetch ``ROWS`` to compare many."""
    words = {term.value: _plain(getattr(version, term.value)) for term in VersionField}
    rows: dict[str, list[dict[str, Any]]] = {}
    for family in Family:
        found = []
        for row in getattr(version, family.value).all():
            said = {
                term.value: _plain(getattr(row, term.value)) for term in ROW_FIELDS[family.value]
            }
            if family == Family.MATERIALS:
                said["key"] = row.key
            if family == Family.PREREQUISITES:
                said["item"] = row.item.code if row.item else ""
            found.append(said)
        rows[family.value] = found
    return Snapshot(words, rows)


def _plain(value: Any) -> Any:
    if hasattr(value, "field") and hasattr(value, "storage"):  # a file: its name is what is shown
        return value.name.rsplit("/", 1)[-1] if value.name else ""
    return value


def with_rows(versions: QuerySet[ItemVersion]) -> QuerySet[ItemVersion]:
    """``versions`` with every row, for :func:`snapshot`."""
    plain = [name for name in ROWS if name != Family.PREREQUISITES]
    return versions.prefetch_related(*plain, "prerequisites__item")


def history_of(item: Item) -> list[Told]:
    """The public versions of ``item``, newest first, each with what it changed."""
    versions = list(with_rows(item.versions.filter(state__in=PUBLIC)).order_by("number"))
    steps: dict[int, list[Deed]] = {}
    if versions:  # the item was claimed with its first version
        steps[versions[0].pk] = list(item.events.filter(act=ItemStep.CLAIMED.value))
    done = ItemVersionEvent.objects.filter(version__in=versions, act__in=PUBLIC_STEPS)
    for event in done.order_by("pk"):
        steps.setdefault(event.version_id, []).append(event)
    told: list[Told] = []
    before: Snapshot | None = None
    for version in versions:
        now = snapshot(version)
        changes = None if before is None else difference(before, now)
        told.append(Told(version, steps.get(version.pk, ()), changes))
        before = now
    return told[::-1]


def standing_steps(item: Item) -> list[ItemEvent]:
    """Suspensions, resumptions and the cancellation of ``item``, newest first."""
    return list(item.events.filter(act__in=STANDING).order_by("-pk"))


def steps_of_item(item: Item, most: int = 50) -> list[tuple[Deed, int | None]]:
    """What was done to ``item`` and its versions, newest first, with the version's number."""
    done = item.events.select_related("actor").order_by("-event_time", "-pk")[:most]
    rows = ItemVersionEvent.objects.filter(version__item=item).select_related("actor", "version")
    found: list[tuple[Deed, int | None]] = [(event, None) for event in done]
    found += [(one, one.version.number) for one in rows.order_by("-event_time", "-pk")[:most]]
    return sorted(found, key=lambda step: step[0].entry, reverse=True)[:most]


def changes_of(version: ItemVersion) -> tuple[ItemVersion | None, list[Change]]:
    """The version ``version`` would replace (or replaced), and what differs."""
    earlier = ItemVersion.objects.filter(
        item_id=version.item_id, state__in=PUBLIC, number__lt=version.number
    ).order_by("-number")
    before = with_rows(earlier).first()
    if before is None:
        return None, []
    return before, difference(snapshot(before), snapshot(version))


def changes_from_city(version: ItemVersion) -> tuple[ItemVersion | None, list[Change]]:
    """For a district's variant: the city's words in force or to come, and what differs."""
    above = city_version(version.item)
    if above is None:
        return None, []
    return above, difference(snapshot(above), snapshot(version))


def city_version(item: Item) -> ItemVersion | None:
    """The newest published words of the city item that ``item`` is a variant of."""
    if item.inherits_id is None:
        return None
    published = ItemVersion.objects.filter(
        item_id=item.inherits_id, state=VersionState.PUBLISHED.value
    ).order_by("-number")
    return with_rows(published).first()


def steps_of_list(versions: Iterable[ListVersion]) -> dict[int, CatalogueDeed]:
    """The deed that made each version of the list, by the version's number."""
    made = {one.step: one.number for one in versions}
    found = LIST.all_events().filter(seq__in=made)
    return {made[event.seq]: event for event in found}


def list_versions(at: Place, size: int) -> Page[ListVersion]:
    """A page of the central list's versions, newest first."""
    found = ListVersion.objects.select_related("actor").prefetch_related("entries")
    return paged(found, ("-number",), at, size)
