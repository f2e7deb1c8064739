"""The demo city's catalogue at work: items in every state, told by the same acts as everybody's.

A draft with faults, one in each review, a suspension with its end, an item with two versions, a
district that tightens the city's guide, a list that has changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone

from openhall.catalogue import actions
from openhall.catalogue.actions import Line
from openhall.catalogue.actions.item_versions import ITEM_VERSION
from openhall.catalogue.exchange.library import library
from openhall.catalogue.history import snapshot
from openhall.catalogue.models import (
    CatalogueEntry,
    Item,
    ItemVersion,
)
from openhall.catalogue.rules.adopting import rows_of, words_of
from openhall.catalogue.terms import ItemKind, MaterialKind
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.demo import guides
from openhall.demo.cast import CIVIL, JINJIANG
from openhall.demo.data import told
from openhall.organs.models import Account, Organ
from openhall.versions import actions as versions

SAID: Final = told("lifecycle")
ALLOWANCE: Final = "高龄津贴发放"


@dataclass(frozen=True, slots=True)
class Clerks:
    """Who writes, passes and publishes."""

    clerk: Account
    head: Account
    legal: Account


def _by(who: Account, day: date, what: object, hour: int = 10) -> Doing:
    """``who`` does ``what`` on ``day``, and enters it at once."""
    at = timezone.make_aware(datetime.combine(day, time(hour)))
    return Doing(who, at, system_key("demo", "lifecycle", what, day, hour), entered=at)


def tell(today: date) -> None:
    """Every state of an item and of the list, dated in the year before ``today``."""
    people = {one.username: one for one in Account.objects.filter(is_official=True)}
    civil = Clerks(people["gaotao"], people["hejie"], people["zhengfa"])
    near = Clerks(people["dengqu"], people["kongqu"], people["zhengfa"])
    _two_versions(civil, today)
    _a_district_tightens(near, today)
    _the_list_changes(civil.legal, today)
    _waiting(civil, today)
    _suspended(civil.head, today)


def _rows(version: ItemVersion) -> dict[str, list[dict[str, Any]]]:
    return {family: [dict(row) for row in rows] for family, rows in snapshot(version).rows.items()}


def _published(
    item: Item,
    who: Clerks,
    day: date,
    words: Mapping[str, Any],
    rows: Mapping[str, Any] | None = None,
) -> ItemVersion:
    """A new version through both reviews, in force ten days after it was drafted."""
    version = actions.new_version(item.pk, _by(who.clerk, day, item.pk))
    actions.save_version(version.pk, words, rows, _by(who.clerk, day, item.pk, 11))
    versions.send(ITEM_VERSION, version.pk, _by(who.clerk, day, item.pk, 14))
    versions.pass_on(ITEM_VERSION, version.pk, _by(who.head, day + timedelta(days=2), item.pk))
    first_day = day + timedelta(days=10)
    versions.publish(
        ITEM_VERSION, version.pk, first_day, _by(who.legal, day + timedelta(days=5), item.pk)
    )
    return version


def _two_versions(civil: Clerks, today: date) -> None:
    """A shorter promise and one paper fewer, half a year ago; the history page shows it."""
    item = Item.objects.get(entry__name=ALLOWANCE, inherits=None)
    first = item.versions.get()
    rows = _rows(first)
    rows["materials"] = [row for row in rows["materials"] if row["key"] != "form"]
    _published(item, civil, today - timedelta(days=190), SAID["shorter"], rows)


def _a_district_tightens(near: Clerks, today: date) -> None:
    """锦江区 promises the same in five days without a visit; a newer draft of it is looser."""
    item = Item.objects.get(entry__name=ALLOWANCE, organ__code=JINJIANG)
    version = item.versions.get()
    rows = _rows(version)
    rows["materials"] = [row for row in rows["materials"] if row["key"] != "form"]
    for row in rows["materials"]:
        if row["originals"]:
            row |= {"copies": 0, "kind": MaterialKind.ORIGINAL.value}
    _published(item, near, today - timedelta(days=120), SAID["tighter"], rows)
    day = today - timedelta(days=3)
    draft = actions.new_version(item.pk, _by(near.clerk, day, item.pk))
    actions.save_version(draft.pk, SAID["looser"], None, _by(near.clerk, day, item.pk, 15))


def _line(row: Mapping[str, str]) -> Line:
    return Line(row["name"], ItemKind[row["kind"]].value, row["legal_basis"], row["name_en"])


def _the_list_changes(legal: Account, today: date) -> None:
    """Added, split, and a change of words whose day is to come."""
    when = today - timedelta(days=300)
    added, split, reworded = SAID["added"], SAID["split"], SAID["reworded"]
    line = _line(added["line"])
    both = actions.add_entry(line, added["reason"], when, _by(legal, when, line.name))
    actions.split_entry(
        both.pk,
        [_line(row) for row in split["lines"]],
        split["reason"],
        today - timedelta(days=90),
        _by(legal, today - timedelta(days=100), "split"),
    )
    actions.change_entry(
        CatalogueEntry.objects.get(name=reworded["name"]).pk,
        reworded["words"],
        reworded["reason"],
        today + timedelta(days=30),
        _by(legal, today - timedelta(days=1), "reword"),
    )


def _waiting(civil: Clerks, today: date) -> None:
    """A draft with faults, one in unit review, one in legal review, one line free to claim."""
    organ = Organ.objects.get(code=CIVIL)
    when = today - timedelta(days=40)
    made = [
        actions.add_entry(
            _line(row), SAID["waiting"]["reason"], when, _by(civil.legal, when, row["name"])
        )
        for row in SAID["waiting"]["lines"]
    ]
    claimed = [row["matter"] for row in SAID["waiting"]["lines"] if "matter" in row]
    drafts = [
        actions.claim(entry.pk, organ, _by(civil.clerk, when + timedelta(days=3), entry.pk))
        for entry in made[: 1 + len(claimed)]
    ]
    day = when + timedelta(days=5)
    hollow, papers = SAID["hollow"]["words"], SAID["hollow"]["materials"]
    doing = _by(civil.clerk, day, drafts[0].pk)
    actions.save_version(drafts[0].pk, hollow, {"materials": papers}, doing)
    for draft, matter in zip(drafts[1:], claimed, strict=True):
        words, rows = _whole(matter)
        actions.save_version(draft.pk, words, rows, _by(civil.clerk, day, draft.pk, 14))
        versions.send(ITEM_VERSION, draft.pk, _by(civil.clerk, day, draft.pk, 15))
    versions.pass_on(
        ITEM_VERSION, drafts[2].pk, _by(civil.head, day + timedelta(days=1), drafts[2].pk)
    )


def _whole(key: str) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """A guide without a fault: the library's, with what the bureau knows."""
    matter = library()[key]
    words, rows = words_of(matter), rows_of(matter, {})
    rows = {family: rows[family] for family in guides.FAMILIES}
    return words | SAID["reviewed"], rows


def _suspended(head: Account, today: date) -> None:
    item = Item.objects.get(entry__name=SAID["suspended"]["name"], inherits=None)
    actions.suspend_item(
        item.pk,
        SAID["suspended"]["reason"],
        today - timedelta(days=4),
        today + timedelta(days=40),
        _by(head, today - timedelta(days=5), "suspend"),
    )
