"""From draft to force: unit review, legal review, the gate, publication. A7, A10.

Each step is signed, reasoned and dated, and stands in the ledger. A case keeps the version it was
accepted on; publishing a new one ends the old on the day before.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from openhall.catalogue.actions.record import PASSING, WRITING, day_of, record_item, took_part
from openhall.catalogue.checking import check
from openhall.catalogue.models import Item, ItemEvent, ItemVersion
from openhall.catalogue.permissions import may_draft, may_pass_unit, may_publish
from openhall.catalogue.terms import ItemState, ItemStep, VersionState
from openhall.deeds.refusals import Refused
from openhall.organs.models import Account

S = VersionState


def _held(version_id: int, *states: VersionState) -> ItemVersion:
    rows = ItemVersion.objects.select_for_update(of=("self",))
    version = rows.select_related("item__organ", "item__entry").get(pk=version_id)
    if version.state not in states:
        at = VersionState(version.state).zh
        raise Refused(f"该版本“{at}”，不能进行这一步。请刷新页面。")
    if version.item.state == ItemState.CANCELLED:
        raise Refused("该事项已经取消，不能再审核、公布。")
    return version


def _move(version: ItemVersion, state: VersionState, **more: Any) -> None:
    ItemVersion.objects.filter(pk=version.pk).update(state=state.value, **more)
    version.state = state.value


@transaction.atomic
def send_to_unit(version_id: int, actor: Account | None, at: datetime) -> ItemEvent:
    """The clerk sends the draft to the head of the unit."""
    version = _held(version_id, S.DRAFT, S.RETURNED)
    if not may_draft(actor, version, day_of(at)):
        raise Refused("只有本单位的事项维护人员可以提交审核（成办发〔2003〕75号）。")
    _move(version, S.UNIT_REVIEW)
    return record_item(version.item, version, ItemStep.SENT_TO_UNIT, actor, at)


@transaction.atomic
def pass_unit(version_id: int, actor: Account | None, at: datetime) -> ItemEvent:
    """The head of the unit passes it on to the Legal Affairs Office."""
    version = _held(version_id, S.UNIT_REVIEW)
    if not may_pass_unit(actor, version, day_of(at)):
        raise Refused("只有本单位负责人可以审核通过。")
    if took_part(version, actor, WRITING):
        raise Refused("参与起草的人员不能审核同一版本。请由另一位负责人办理。")
    _move(version, S.LEGAL_REVIEW)
    return record_item(version.item, version, ItemStep.PASSED_UNIT, actor, at)


@transaction.atomic
def send_back(version_id: int, actor: Account | None, at: datetime, reason: str) -> ItemEvent:
    """Returned with the reason: from unit review by the head, from legal review by the Office."""
    version = _held(version_id, S.UNIT_REVIEW, S.LEGAL_REVIEW)
    day = day_of(at)
    if version.state == S.UNIT_REVIEW:
        allowed = may_pass_unit(actor, version, day)
    else:
        allowed = may_publish(actor, day)
    if not allowed:
        raise Refused("部门审核由本单位负责人退回，法制审核由法制办退回。")
    if not reason.strip():
        raise Refused("请写明退回的理由。", "reason")
    _move(version, S.RETURNED)
    return record_item(version.item, version, ItemStep.RETURNED, actor, at, reason.strip())


@transaction.atomic
def publish(version_id: int, actor: Account | None, at: datetime, first_day: date) -> ItemEvent:
    """Put the version in force from ``first_day``, if the gate finds nothing.

    Raises :class:`Refused`, with every fault of the guide. A new version of a city item marks
    its district variants for checking.
    """
    version = _held(version_id, S.LEGAL_REVIEW)
    day = day_of(at)
    if not may_publish(actor, day):
        raise Refused("只有法制办可以公布事项（成办发〔2003〕75号 二（一））。")
    if took_part(version, actor, PASSING):
        raise Refused("参与起草、审核的人员不能公布同一版本。请由另一位人员办理。")
    if first_day < day:
        raise Refused("施行日期不能早于公布之日。", "first_day")
    published = version.item.versions.filter(state=S.PUBLISHED.value)
    if later := published.filter(effective_from__gte=first_day).order_by("-number").first():
        said = f"第{later.number}版已定于{later.effective_from}施行，新版的施行日期应当在此之后。"
        raise Refused(said, "first_day")
    if faults := check(version, first_day).faults:
        said = f"办事指南还有{len(faults)}处需要补全，不能公布。"
        raise Refused(said, faults=faults)
    before = published.filter(effective_from__lt=first_day).order_by("-number").first()
    if before is not None:
        _move(before, S.SUPERSEDED, effective_until=first_day - timedelta(days=1))
    _move(version, S.PUBLISHED, effective_from=first_day, published_at=at)
    entry = version.item.entry
    if entry.listed_from is None:
        entry.listed_from = first_day
        entry.save(update_fields=["listed_from"])
    Item.objects.filter(pk=version.item_id).update(to_review=None)
    for variant in version.item.variants.exclude(state=ItemState.CANCELLED.value):
        Item.objects.filter(pk=variant.pk).update(to_review=version)
        facts = {"city_item": version.item.code, "city_version": version.number}
        record_item(variant, None, ItemStep.CITY_CHANGED, actor, at, facts=facts)
    facts = {"in_force_from": first_day.isoformat(), "replaces": before.number if before else None}
    if version.change_note:
        facts["change_note"] = version.change_note
    return record_item(version.item, version, ItemStep.PUBLISHED, actor, at, facts=facts)
