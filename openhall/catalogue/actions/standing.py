"""An item suspended, resumed, cancelled: with reason and days, seen by the public. A10."""

from datetime import date, timedelta
from typing import Any

from openhall.catalogue.actions.record import is_cancelled, record_item
from openhall.catalogue.history import city_version
from openhall.catalogue.kinds import ITEM
from openhall.catalogue.models import Item, ItemVersion
from openhall.catalogue.permissions import may_draft, may_publish, may_suspend
from openhall.catalogue.queries import guide_on
from openhall.catalogue.rules.variants import loosened
from openhall.catalogue.terms import ItemState, ItemStep
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed
from openhall.glossary import Said
from openhall.versions.terms import VersionState

REASON_AT_MOST = 300


def _stands(item: Item) -> None:
    if is_cancelled(item):
        raise Refused(
            Said("该事项已经取消。请刷新页面。", "This item was cancelled. Reload the page.")
        )


def _reasoned(reason: str, first_day: date, day: date) -> str:
    said = reason.strip()
    if not said:
        raise Refused(
            Said("请写明理由，理由向社会公开。", "Say why; the reason is public."), "reason"
        )
    if len(said) > REASON_AT_MOST:
        raise Refused(
            Said(
                f"理由不能超过{REASON_AT_MOST}个字。",
                f"The reason may have {REASON_AT_MOST} characters at most.",
            ),
            "reason",
        )
    if first_day < day:
        raise Refused(
            Said("开始日期不能早于今天。", "The first day cannot lie before today."), "first_day"
        )
    return said


@deed(ITEM, ItemStep.SUSPENDED)
def suspend_item(
    item: Item, reason: str, first_day: date, until: date | None, doing: Doing
) -> Deed:
    """Not taken in from ``first_day`` to ``until`` (both included); it resumes by itself."""
    _stands(item)
    if not may_suspend(doing.actor, item, doing.day):
        raise Refused(
            Said(
                "只有本单位负责人或者法制办可以暂停事项。",
                "Only the head of this unit or the Legal Affairs Office may suspend an item.",
            )
        )
    said = _reasoned(reason, first_day, doing.day)
    if until is None:
        raise Refused(
            Said(
                "请写明暂停到哪一天；期限不明的，群众无从安排。",
                "Give the last day of the suspension; without it nobody can plan.",
            ),
            "until",
        )
    if until < first_day:
        raise Refused(
            Said(
                "暂停的最后一日不能早于开始之日。",
                "The last day of the suspension cannot lie before the first.",
            ),
            "until",
        )
    changes = {
        "state": ItemState.SUSPENDED.value,
        "state_reason": said,
        "state_since": first_day,
        "state_until": until,
    }
    facts = {"from": first_day.isoformat(), "until": until.isoformat()}
    return record_item(item, ItemStep.SUSPENDED, doing, reason=said, facts=facts, changes=changes)


@deed(ITEM, ItemStep.RESUMED)
def resume_item(item: Item, reason: str, first_day: date, doing: Doing) -> Deed:
    """Taken in again from ``first_day``."""
    _stands(item)
    if not may_suspend(doing.actor, item, doing.day):
        raise Refused(
            Said(
                "只有本单位负责人或者法制办可以恢复事项。",
                "Only the head of this unit or the Legal Affairs Office may resume an item.",
            )
        )
    said = _reasoned(reason, first_day, doing.day)
    if item.state != ItemState.SUSPENDED:
        raise Refused(
            Said(
                "该事项没有暂停，不必恢复。",
                "This item is not suspended; there is nothing to resume.",
            )
        )
    changes: dict[str, Any]
    if item.state_since is not None and first_day > max(doing.day, item.state_since):
        changes = {"state_until": first_day - timedelta(days=1)}
    else:
        changes = {
            "state": ItemState.IN_USE.value,
            "state_reason": "",
            "state_since": None,
            "state_until": None,
        }
    facts = {"from": first_day.isoformat()}
    return record_item(item, ItemStep.RESUMED, doing, reason=said, facts=facts, changes=changes)


@deed(ITEM, ItemStep.CANCELLED)
def cancel_item(item: Item, reason: str, first_day: date, doing: Doing) -> Deed:
    """Off from ``first_day`` for good; cases accepted before go on under their version."""
    _stands(item)
    if not may_publish(doing.actor, doing.day):
        raise Refused(
            Said(
                "只有法制办可以取消事项（成办发〔2003〕75号 二（一））。",
                "Only the Legal Affairs Office may cancel an item (成办发〔2003〕75号, part 2(1)).",
            )
        )
    said = _reasoned(reason, first_day, doing.day)
    changes = {
        "state": ItemState.CANCELLED.value,
        "state_reason": said,
        "state_since": first_day,
        "state_until": None,
    }
    facts = {"from": first_day.isoformat()}
    return record_item(item, ItemStep.CANCELLED, doing, reason=said, facts=facts, changes=changes)


@deed(ITEM, ItemStep.CHECKED)
def confirm_variant(item: Item, doing: Doing) -> Deed:
    """The clerk checked the variant against the city's new guide; it must still tighten."""
    _stands(item)
    current = (
        ItemVersion.objects.filter(item=item, state=VersionState.PUBLISHED.value)
        .select_related("item__organ", "item__entry")
        .order_by("-number")
        .first()
    )
    above = city_version(item)
    if current is None or above is None or item.to_review_id is None:
        raise Refused(
            Said(
                "该事项没有待核对的市级新版。请刷新页面。",
                "There is no new version of the city's guide to check against. Reload the page.",
            )
        )
    if not may_draft(doing.actor, current, doing.day):
        raise Refused(
            Said(
                "只有本单位的事项维护人员可以核对。",
                "Only the catalogue clerk of this unit may check it.",
            )
        )
    on = max(doing.day, above.effective_from or doing.day)
    if faults := loosened(guide_on(current, on), guide_on(above, on)):
        raise Refused(
            Said(
                f"现行区县指南有{len(faults)}处宽于市级新版，请起草新版。",
                f"In {len(faults)} places the district's guide is looser than the city's new one. "
                "Draft a new version.",
            ),
            faults=faults,
        )
    facts = {
        "version": current.number,
        "city_item": above.item.code,
        "city_version": above.number,
    }
    return record_item(item, ItemStep.CHECKED, doing, facts=facts, changes={"to_review": None})
