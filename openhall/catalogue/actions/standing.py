"""An item suspended, resumed, cancelled: with reason and days, seen by the public. A10."""

from datetime import date, datetime, timedelta

from django.db import transaction

from openhall.catalogue.actions.record import day_of, record_item
from openhall.catalogue.history import city_version
from openhall.catalogue.models import Item, ItemEvent, ItemVersion
from openhall.catalogue.permissions import may_draft, may_publish, may_suspend
from openhall.catalogue.queries import guide_on
from openhall.catalogue.rules.variants import loosened
from openhall.catalogue.terms import ItemState, ItemStep, VersionState
from openhall.deeds.refusals import Refused
from openhall.organs.models import Account

STATE = ("state", "state_since", "state_until", "state_reason")
REASON_AT_MOST = 300


def _held(item_id: int) -> Item:
    rows = Item.objects.select_for_update(of=("self",)).select_related("organ", "entry")
    item = rows.get(pk=item_id)
    if item.state == ItemState.CANCELLED:
        raise Refused("该事项已经取消。请刷新页面。")
    return item


def _reasoned(reason: str, first_day: date, day: date) -> str:
    said = reason.strip()
    if not said:
        raise Refused("请写明理由，理由向社会公开。", "reason")
    if len(said) > REASON_AT_MOST:
        raise Refused(f"理由不能超过{REASON_AT_MOST}个字。", "reason")
    if first_day < day:
        raise Refused("开始日期不能早于今天。", "first_day")
    return said


@transaction.atomic
def suspend_item(
    item_id: int,
    actor: Account | None,
    at: datetime,
    reason: str,
    first_day: date,
    until: date | None,
) -> ItemEvent:
    """Not taken in from ``first_day`` to ``until`` (both included); it resumes by itself."""
    item, day = _held(item_id), day_of(at)
    if not may_suspend(actor, item, day):
        raise Refused("只有本单位负责人或者法制办可以暂停事项。")
    said = _reasoned(reason, first_day, day)
    if until is None:
        raise Refused("请写明暂停到哪一天；期限不明的，群众无从安排。", "until")
    if until < first_day:
        raise Refused("暂停的最后一日不能早于开始之日。", "until")
    item.state, item.state_reason = ItemState.SUSPENDED.value, said
    item.state_since, item.state_until = first_day, until
    item.save(update_fields=STATE)
    facts = {"from": first_day.isoformat(), "until": until.isoformat()}
    return record_item(item, None, ItemStep.SUSPENDED, actor, at, said, facts)


@transaction.atomic
def resume_item(
    item_id: int, actor: Account | None, at: datetime, reason: str, first_day: date
) -> ItemEvent:
    """Taken in again from ``first_day``."""
    item, day = _held(item_id), day_of(at)
    if not may_suspend(actor, item, day):
        raise Refused("只有本单位负责人或者法制办可以恢复事项。")
    said = _reasoned(reason, first_day, day)
    if item.state != ItemState.SUSPENDED:
        raise Refused("该事项没有暂停，不必恢复。")
    if item.state_since is not None and first_day > max(day, item.state_since):
        item.state_until = first_day - timedelta(days=1)
    else:
        item.state, item.state_reason = ItemState.IN_USE.value, ""
        item.state_since = item.state_until = None
    item.save(update_fields=STATE)
    return record_item(
        item, None, ItemStep.RESUMED, actor, at, said, {"from": first_day.isoformat()}
    )


@transaction.atomic
def cancel_item(
    item_id: int, actor: Account | None, at: datetime, reason: str, first_day: date
) -> ItemEvent:
    """Off from ``first_day`` for good; cases accepted before go on under their version."""
    item, day = _held(item_id), day_of(at)
    if not may_publish(actor, day):
        raise Refused("只有法制办可以取消事项（成办发〔2003〕75号 二（一））。")
    said = _reasoned(reason, first_day, day)
    item.state, item.state_reason = ItemState.CANCELLED.value, said
    item.state_since, item.state_until = first_day, None
    item.save(update_fields=STATE)
    return record_item(
        item, None, ItemStep.CANCELLED, actor, at, said, {"from": first_day.isoformat()}
    )


@transaction.atomic
def confirm_variant(item_id: int, actor: Account | None, at: datetime) -> ItemEvent:
    """The clerk checked the variant against the city's new guide; it must still tighten."""
    item, day = _held(item_id), day_of(at)
    current = (
        ItemVersion.objects.filter(item=item, state=VersionState.PUBLISHED.value)
        .select_related("item__organ", "item__entry")
        .order_by("-number")
        .first()
    )
    above = city_version(item)
    if current is None or above is None or item.to_review_id is None:
        raise Refused("该事项没有待核对的市级新版。请刷新页面。")
    if not may_draft(actor, current, day):
        raise Refused("只有本单位的事项维护人员可以核对。")
    on = max(day, above.effective_from or day)
    if faults := loosened(guide_on(current, on), guide_on(above, on)):
        said = f"现行区县指南有{len(faults)}处宽于市级新版，请起草新版。"
        raise Refused(said, faults=faults)
    item.to_review = None
    item.save(update_fields=["to_review"])
    facts = {"city_item": above.item.code, "city_version": above.number}
    return record_item(item, current, ItemStep.CHECKED, actor, at, facts=facts)
