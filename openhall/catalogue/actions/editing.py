"""Writing a version: whatever was typed is kept; what is missing stops at the gate, not here.

The one way to write a draft: the editing desk and the exchange of lists both call it.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import override

from openhall.catalogue.actions.item_versions import ITEM_VERSION, TABLES, inherit
from openhall.catalogue.checking import fault_of_cycle
from openhall.catalogue.kinds import ITEM
from openhall.catalogue.models import Item, ItemVersion, Material, Prerequisite
from openhall.catalogue.rules.fields import CODED, ROW_FIELDS, Family, VersionField
from openhall.catalogue.rules.variants import INHERITED_ROWS
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.versions import actions as versions
from openhall.versions.queries import newest_of

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def new_version(item_id: int, doing: Doing) -> ItemVersion:
    """A draft that begins as the newest version, with all its rows and its form.

    The draft there is, if there is one.
    """
    item = Item.objects.select_related(*ITEM.related).get(pk=item_id)
    source = newest_of(ItemVersion, item=item)
    made: ItemVersion = versions.begin(ITEM_VERSION, {"item": item}, doing, source=source)
    return made


def save_version(
    version_id: int, words: Mapping[str, Any], rows: Rows | None, doing: Doing
) -> ItemVersion:
    """Write ``words`` (column → value) and the families of ``rows`` given, each as a whole.

    A row of materials may name its ``key`` and keeps it; one without gets a new one. A row of
    prerequisites names its item by ``item`` (the code). Base elements come from the central entry,
    and a district variant's inherited elements from the city's guide, whatever is given. A version
    saved since its revision ``doing.seen`` is not written over. Raises :class:`Refused` with the
    field; a row's is ``materials-0-name``.
    """
    saved: ItemVersion = versions.save(
        ITEM_VERSION, version_id, doing, lambda version: _write(version, words, rows or {})
    )
    return saved


def _write(version: ItemVersion, words: Mapping[str, Any], rows: Rows) -> None:
    known = {term.value for term in VersionField}
    if unknown := sorted(set(words) - known):
        raise Refused(
            Said(f"没有名为“{unknown[0]}”的字段。", f"There is no field named “{unknown[0]}”."),
            unknown[0],
        )
    for name, value in words.items():
        setattr(version, name, value)
    inherit(version)
    _check_words(version, words)
    for family, given in rows.items():
        if family not in Family.codes():
            raise Refused(
                Said(f"没有名为“{family}”的表格。", f"There is no table named “{family}”."),
                family,
            )
        if version.item.inherits_id is None or family not in INHERITED_ROWS:
            _replace(version, Family(family), given)


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
    table: Any = TABLES[family.value]
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
