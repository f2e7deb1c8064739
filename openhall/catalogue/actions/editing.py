"""Writing a version: whatever was typed is kept; what is missing stops at the gate, not here.

The one way to write a draft: the editing desk and the exchange of lists both call it.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import override

from openhall.catalogue.actions.copying import copy_of
from openhall.catalogue.actions.record import (
    is_cancelled,
    on_version,
    record_item,
    version_of,
    written,
)
from openhall.catalogue.checking import fault_of_cycle
from openhall.catalogue.history import city_version
from openhall.catalogue.kinds import ITEM
from openhall.catalogue.models import (
    Faq,
    FlowStep,
    Item,
    ItemVersion,
    LawRef,
    Material,
    Prerequisite,
)
from openhall.catalogue.permissions import may_draft
from openhall.catalogue.rules.fields import CODED, ROW_FIELDS, Family, VersionField
from openhall.catalogue.rules.variants import INHERITED, INHERITED_ROWS
from openhall.catalogue.terms import ItemStep, VersionState
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed
from openhall.glossary import Said

TABLES: Final[Mapping[str, type[models.Model]]] = {
    Family.MATERIALS.value: Material,
    Family.STEPS.value: FlowStep,
    Family.LAWS.value: LawRef,
    Family.FAQS.value: Faq,
    Family.PREREQUISITES.value: Prerequisite,
}
FROM_ENTRY: Final = ("name", "name_en")  # base elements: inherited, read-only
OPEN: Final = (VersionState.DRAFT.value, VersionState.RETURNED.value)
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


@deed(ITEM, ItemStep.DRAFTED)
def _new_version(item: Item, doing: Doing) -> Deed:
    newest = item.versions.order_by("-number").first()
    if newest is None:
        newest = ItemVersion(item=item, number=0)
    newest.item = item
    if not may_draft(doing.actor, newest, doing.day):
        raise Refused(
            Said(
                "只有本单位的事项维护人员可以起草新版（国办函〔2016〕108号）。",
                "Only the catalogue clerk of this unit may draft a new version "
                "(国办函〔2016〕108号).",
            )
        )
    if is_cancelled(item):
        raise Refused(
            Said(
                "该事项已经取消，不能再起草新版。",
                "This item was cancelled; no new version of it is drafted.",
            )
        )
    final = (VersionState.PUBLISHED.value, VersionState.SUPERSEDED.value)
    if newest.pk and newest.state not in final:
        at = VersionState(newest.state)
        raise Refused(
            Said(
                f"第{newest.number}版还在“{at.zh}”，请在该版上修改。",
                f"Version {newest.number} is still “{at.en.lower()}”; change that one.",
            )
        )
    if newest.pk:
        version = copy_of(newest, item, newest.number + 1)
    else:
        version = ItemVersion(item=item, number=1)
    _inherit(version)
    written(version, None if newest.pk else {})
    return record_item(item, ItemStep.DRAFTED, doing, version)


def new_version(item_id: int, doing: Doing) -> ItemVersion:
    """A draft that begins as the newest published version, with all its rows and its form."""
    return version_of(_new_version(item_id, doing))


@on_version(ItemStep.SAVED)
def _save_version(version: ItemVersion, words: Mapping[str, Any], rows: Rows, doing: Doing) -> Deed:
    if not may_draft(doing.actor, version, doing.day):
        raise Refused(
            Said(
                "只有本单位的事项维护人员可以编写（国办函〔2016〕108号）。",
                "Only the catalogue clerk of this unit may write it (国办函〔2016〕108号).",
            )
        )
    if version.state not in OPEN:
        at = VersionState(version.state)
        raise Refused(
            Said(
                f"该版本“{at.zh}”，不能修改。需要修改的，请先退回或者起草新版。",
                f"This version is “{at.en.lower()}” and cannot be changed. Have it sent back, or "
                "draft a new one.",
            )
        )
    known = {term.value for term in VersionField}
    if unknown := sorted(set(words) - known):
        raise Refused(
            Said(f"没有名为“{unknown[0]}”的字段。", f"There is no field named “{unknown[0]}”."),
            unknown[0],
        )
    for name, value in words.items():
        setattr(version, name, value)
    _inherit(version)
    _check_words(version, words)
    for family, given in rows.items():
        if family not in TABLES:
            raise Refused(
                Said(f"没有名为“{family}”的表格。", f"There is no table named “{family}”."),
                family,
            )
        if version.item.inherits_id is None or family not in INHERITED_ROWS:
            _replace(version, Family(family), given)
    written(version)
    return record_item(version.item, ItemStep.SAVED, doing, version)


def save_version(
    version_id: int, words: Mapping[str, Any], rows: Rows | None, doing: Doing
) -> ItemVersion:
    """Write ``words`` (column → value) and the families of ``rows`` given, each as a whole.

    A row of materials may name its ``key`` and keeps it; one without gets a new one. A row of
    prerequisites names its item by ``item`` (the code). Base elements come from the central entry,
    and a district variant's inherited elements from the city's guide, whatever is given. An item
    that moved since ``doing.seen`` is not written over. Raises :class:`Refused` with the field; a
    row's is ``materials-0-name``.
    """
    return version_of(_save_version(version_id, words, rows or {}, doing))


def _inherit(version: ItemVersion) -> None:
    """The base elements of the entry, and of the city's guide for a variant, as they stand now."""
    entry = version.item.entry
    for name in FROM_ENTRY:
        setattr(version, name, getattr(entry, name))
    above = city_version(version.item)
    if above is None:
        return
    for name in INHERITED:
        setattr(version, name, getattr(above, name))
    if version.pk:
        for family in INHERITED_ROWS:
            _copy_rows(above, version, TABLES[family])


def _copy_rows(above: ItemVersion, version: ItemVersion, table: type[models.Model]) -> None:
    rows = list(table._default_manager.filter(version=above))
    for row in rows:
        row.pk, row._state.adding = None, True
        row.version = version  # type: ignore[attr-defined]
    table._default_manager.filter(version=version).delete()
    table._default_manager.bulk_create(rows)


def _check_words(version: ItemVersion, words: Mapping[str, Any]) -> None:
    for name in words:
        coded = CODED.get(("", name))
        value = getattr(version, name)
        if coded and isinstance(value, list | tuple):
            codes = {term.value for terms in coded for term in terms}
            if strange := [one for one in value if one not in codes]:
                raise Refused(
                    Said(f"“{strange[0]}”不是可选的值。", f"“{strange[0]}” cannot be chosen here."),
                    name,
                )
    listed = [term.value for term in VersionField if ("", term.value) in CODED]
    scalar = [name for name in listed if not isinstance(getattr(version, name), list | tuple)]
    _valid(version, [name for name in listed if name not in scalar] + ["item"], "")
    unit = version.statutory_unit == version.promised_unit
    if (
        unit
        and version.statutory_days is not None
        and version.promised_days is not None
        and version.promised_days > version.statutory_days
    ):
        raise Refused(
            Said(
                f"承诺{version.promised_days}日超过法定{version.statutory_days}日"
                "（行政许可法 42）。请改短后再保存。",
                f"The promise of {version.promised_days} days exceeds the statutory "
                f"{version.statutory_days} days (Administrative Licensing Law, art. 42). "
                "Shorten it, then save again.",
            ),
            "promised_days",
        )


def _valid(row: models.Model, exclude: Iterable[str], prefix: str) -> None:
    try:
        row.clean_fields(exclude=list(exclude))
    except ValidationError as wrong:
        name = next(iter(wrong.error_dict))
        told = {}
        for language in ("zh-hans", "en"):
            with override(language):
                told[language] = str(wrong.error_dict[name][0].messages[0])
        raise Refused(Said(told["zh-hans"], told["en"]), f"{prefix}{name}") from wrong


def _replace(version: ItemVersion, family: Family, given: Sequence[Mapping[str, Any]]) -> None:
    table = TABLES[family.value]
    manager = table._default_manager
    before = {row.key: row for row in version.materials.all()} if family == Family.MATERIALS else {}
    columns = {term.value for term in ROW_FIELDS[family.value]}
    made: list[models.Model] = []
    keys: set[str] = set()
    for place, said in enumerate(given):
        prefix = f"{family.value}-{place}-"
        row = table(version=version, position=place)
        for name, value in said.items():
            if name in columns and name not in ("item", "blank_form", "sample"):
                setattr(row, name, value)
        if isinstance(row, Material):
            _keep(row, said, before, keys)
        if isinstance(row, Prerequisite):
            _point(row, str(said.get("item") or "").strip(), version.item, f"{prefix}item")
        _valid(row, ["version"], prefix)
        made.append(row)
    manager.filter(version=version).delete()
    manager.bulk_create(made)
    if family == Family.PREREQUISITES:
        needs = [row.item.code for row in made if isinstance(row, Prerequisite) and row.item]
        if fault := fault_of_cycle(version.item, needs):
            raise Refused(fault.said, "prerequisites")


def _keep(
    row: Material, said: Mapping[str, Any], before: Mapping[str, Material], keys: set[str]
) -> None:
    """The key a material had, and its files unless others are given (``False`` takes one away)."""
    row.key = str(said.get("key") or "").strip() or f"m{uuid.uuid4().hex[:12]}"
    if row.key in keys:
        raise Refused(
            Said(f"材料标识“{row.key}”重复。", f"Two materials have the mark “{row.key}”."),
            "materials",
        )
    keys.add(row.key)
    old = before.get(row.key)
    for name in ("blank_form", "sample"):
        given = said.get(name)
        if given:
            setattr(row, name, given)
        elif given is None and old is not None:
            setattr(row, name, getattr(old, name).name)


def _point(row: Prerequisite, code: str, item: Item, field: str) -> None:
    if code:
        row.item = Item.objects.filter(code=code).first()
        if row.item is None:
            raise Refused(
                Said(
                    f"没有编码为“{code}”的事项。请从事项列表中复制编码。",
                    f"There is no item with the code “{code}”. Copy the code from the list of "
                    "items.",
                ),
                field,
            )
        if row.item.pk == item.pk:
            raise Refused(
                Said("事项不能以自己为前置手续。", "An item cannot be its own prerequisite."),
                field,
            )
    elif not row.words.strip():
        raise Refused(
            Said(
                "请填写前置事项编码，或者用文字说明。",
                "Give the code of the item needed before, or say it in words.",
            ),
            field,
        )
