"""The guide of an item as a dated version: its way into force, what binds, what follows. A7, A10.

The unit's clerk writes, the head of the unit passes, the Legal Affairs Office publishes: three
people. What publication changes beside the version (the line comes onto the list, a district's
variants are to be checked) are deeds of its act on those rows.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from openhall.catalogue.checking import check
from openhall.catalogue.history import city_version
from openhall.catalogue.kinds import ITEM, LIST
from openhall.catalogue.models import (
    CatalogueEntry,
    Faq,
    FlowStep,
    Form,
    Item,
    ItemVersion,
    ItemVersionEvent,
    LawRef,
    Material,
    Prerequisite,
)
from openhall.catalogue.models.entry import THE_LIST
from openhall.catalogue.permissions import may_draft, may_pass_unit, may_publish
from openhall.catalogue.queries import tariffs_in_force
from openhall.catalogue.rules.fields import CODED, ROW_FIELDS, Family, VersionField
from openhall.catalogue.rules.variants import INHERITED, INHERITED_ROWS
from openhall.catalogue.terms import ItemState, ItemStep, ListAct
from openhall.deeds.doing import Doing
from openhall.deeds.kinds import Kind, register
from openhall.deeds.refusals import Refused
from openhall.deeds.rows.snapshots import said_by
from openhall.deeds.rules.values import plain_json
from openhall.deeds.writer import locked, write
from openhall.forms.terms import FieldKind
from openhall.glossary import Said
from openhall.versions.kinds import VersionKind, register_versions
from openhall.versions.models import DatedVersion
from openhall.versions.rules.route import Route, Step
from openhall.versions.terms import VersionAct

FROM_ENTRY: Final = ("name", "name_en")  # base elements: inherited, read-only
TABLES: Final = {
    Family.MATERIALS.value: Material,
    Family.STEPS.value: FlowStep,
    Family.LAWS.value: LawRef,
    Family.FAQS.value: Faq,
    Family.PREREQUISITES.value: Prerequisite,
    "form": Form,
}
# Where a version stands is committed to with its row; what it is of is said by its code.
OWN: Final = frozenset({field.name for field in DatedVersion._meta.fields} - {"change_note"})
LIBRARY_LINK: Final = "A link into the policy library; the law is named in words beside it."


def content_of(version: ItemVersion) -> dict[str, Any]:
    """Everything ``version`` says, its rows and form with it."""
    said = {"item": version.item.code, **said_by(version, {*OWN, "item"})}
    for family in Family:
        rows = [_row(row) for row in getattr(version, family.value).all()]
        said[family.value] = sorted(rows, key=lambda row: (row.get("position", 0), plain_json(row)))
    if hasattr(version, "form"):
        said["form"] = said_by(version.form, {"version"})
    return said


def _row(row: Any) -> dict[str, Any]:
    if isinstance(row, Prerequisite):
        return said_by(row, {"version", "item"}) | {"item": row.item.code if row.item else ""}
    return said_by(row, {"version", "document"} if isinstance(row, LawRef) else {"version"})


def inherit(version: ItemVersion) -> bool:
    """The base elements of the entry, and of the city's guide for a variant, as they stand now."""
    entry = version.item.entry
    for name in FROM_ENTRY:
        setattr(version, name, getattr(entry, name))
    above = city_version(version.item)
    if above is not None:
        for name in INHERITED:
            setattr(version, name, getattr(above, name))
        for family in INHERITED_ROWS:
            _copy_rows(above, version, family)
    return True


def _copy_rows(above: ItemVersion, version: ItemVersion, family: str) -> None:
    table: Any = TABLES[family]
    rows = list(table._default_manager.filter(version=above))
    for row in rows:
        row.pk, row._state.adding = None, True
        row.version = version
    table._default_manager.filter(version=version).delete()
    table._default_manager.bulk_create(rows)


def _cancelled(version: ItemVersion) -> None:
    if version.item.state == ItemState.CANCELLED:
        raise Refused(
            Said(
                "该事项已经取消，不能再起草、审核、公布。",
                "This item was cancelled; it is neither drafted, reviewed nor published any more.",
            )
        )


def _published(
    version: ItemVersion, _before: ItemVersion | None, doing: Doing
) -> Mapping[str, Any]:
    first_day = version.effective_from
    assert first_day is not None
    item: Item = locked(ITEM, version.item_id)
    if item.entry.listed_from is None:
        _list_for_the_first_time(item.entry, first_day, doing)
    if item.to_review_id is not None:  # the gate has held it against the city's guide
        above = city_version(item)
        facts = {
            "city_item": above.item.code if above else "",
            "city_version": above.number if above else None,
        }
        part = doing.part("checked")
        write(ITEM, item, ItemStep.CHECKED, part, facts=facts, changes={"to_review": None})
    for variant in item.variants.exclude(state=ItemState.CANCELLED.value).order_by("pk"):
        write(
            ITEM,
            locked(ITEM, variant.pk),
            ItemStep.CITY_CHANGED,
            doing.part(f"variant-{variant.pk}"),
            facts={"city_item": item.code, "city_version": version.number},
            changes={"to_review": version},
        )
    fees = tariffs_in_force(item.pk, first_day).values_list("code", "amount")
    return {"fees": dict(fees)}


def _list_for_the_first_time(entry: CatalogueEntry, first_day: date, doing: Doing) -> None:
    """The line comes onto the list with the first item published under it."""
    central = locked(LIST, THE_LIST)
    CatalogueEntry.objects.filter(pk=entry.pk).update(listed_from=first_day)
    facts = {"entries": [entry.code], "in_force_from": first_day.isoformat()}
    write(LIST, central, ListAct.LIST, doing.part("list"), facts=facts)


CLERK: Final = Step(
    "clerk",
    Said("编写", "Writing"),
    Said(
        "只有本单位的事项维护人员可以起草、编写、提交审核（国办函〔2016〕108号）。",
        "Only the catalogue clerk of this unit may draft it, write it and send it to review "
        "(国办函〔2016〕108号).",
    ),
    may_draft,
)
HEAD: Final = Step(
    "unit",
    Said("部门审核", "Unit review"),
    Said(
        "部门审核由本单位负责人办理：通过或者退回。",
        "In unit review only the head of this unit passes it or sends it back.",
    ),
    may_pass_unit,
)
OFFICE: Final = Step(
    "legal",
    Said("法制审核", "Legal review"),
    Said(
        "只有法制办可以公布、退回法制审核中的事项（成办发〔2003〕75号 二（一））。",
        "In legal review only the Legal Affairs Office publishes it or sends it back "
        "(成办发〔2003〕75号, part 2(1)).",
    ),
    lambda account, _version, day: may_publish(account, day),
)
ITEM_VERSION = register_versions(
    VersionKind(
        kind=register(
            Kind(
                name="item-version",
                model=ItemVersion,
                events=ItemVersionEvent,
                acts=VersionAct,
                title=Said("办事指南", "Guide"),
                fk="version",
                number=lambda version: f"{version.item.code}/{version.number}",
                tells=lambda version: {
                    "organ": version.item.organ.code,
                    "item": version.item.code,
                },
                related=("item__organ", "item__entry"),
            )
        ),
        family=("item",),
        route=Route(write=CLERK, reviews=(HEAD,), publish=OFFICE),
        content=content_of,
        gate=lambda version, day: check(version, day).faults,
        published=_published,
        objection=_cancelled,
        inherits=inherit,
        rows=tuple((table, "version") for table in TABLES.values()),
        prefetch=("materials", "steps", "laws", "faqs", "prerequisites__item", "form"),
        loose={"LawRef.document": LIBRARY_LINK},
        names={
            "item": Said("事项编码", "Code of the item"),
            "form": Said("申请表", "Application form"),
            **{term.value: Said(term.zh, term.en) for term in (*VersionField, *Family)},
            **{
                f"{family}.{term.value}": Said(term.zh, term.en)
                for family, fields in ROW_FIELDS.items()
                for term in fields
            },
        },
        terms={
            **{
                (f"{family}.{name}" if family else name): of for (family, name), of in CODED.items()
            },
            "form.fields.kind": FieldKind,
            "form.fields.columns.kind": FieldKind,
        },
        called=lambda version: Said(version.name, version.name_en or version.name),
    )
)
