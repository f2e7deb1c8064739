"""From draft to force: unit review, legal review, the gate, publication. A7, A10.

Each step is signed, reasoned and dated, and stands in the log; publication with the digest of all
the version says and the fees of its first day. A case keeps the version it was accepted on;
publishing a new one ends the old on the day before.
"""

from datetime import date, timedelta
from typing import Any

from openhall.catalogue.actions.record import (
    PASSING,
    WRITING,
    is_cancelled,
    list_for_the_first_time,
    on_version,
    record_item,
    took_part,
)
from openhall.catalogue.checking import check
from openhall.catalogue.kinds import ITEM, digest_of
from openhall.catalogue.models import ItemVersion
from openhall.catalogue.permissions import may_draft, may_pass_unit, may_publish
from openhall.catalogue.queries import tariffs_in_force
from openhall.catalogue.terms import ItemState, ItemStep, VersionState
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import locked
from openhall.glossary import Said

S, STEP = VersionState, ItemStep


def _stands(version: ItemVersion, *states: VersionState) -> None:
    if version.state not in states:
        at = VersionState(version.state)
        raise Refused(
            Said(
                f"该版本“{at.zh}”，不能进行这一步。请刷新页面。",
                f"This version is “{at.en.lower()}”; this step is not open to it. Reload the page.",
            )
        )
    if is_cancelled(version.item):
        raise Refused(
            Said(
                "该事项已经取消，不能再审核、公布。",
                "This item was cancelled; it is neither reviewed nor published any more.",
            )
        )


def _move(version: ItemVersion, state: VersionState, **more: Any) -> None:
    ItemVersion.objects.filter(pk=version.pk).update(state=state.value, **more)
    version.state = state.value
    for name, value in more.items():
        setattr(version, name, value)


@on_version(STEP.SENT_TO_UNIT)
def send_to_unit(version: ItemVersion, doing: Doing) -> Deed:
    """The clerk sends the draft to the head of the unit."""
    _stands(version, S.DRAFT, S.RETURNED)
    if not may_draft(doing.actor, version, doing.day):
        raise Refused(
            Said(
                "只有本单位的事项维护人员可以提交审核（成办发〔2003〕75号）。",
                "Only the catalogue clerk of this unit may send it to review (成办发〔2003〕75号).",
            )
        )
    _move(version, S.UNIT_REVIEW)
    return record_item(version.item, STEP.SENT_TO_UNIT, doing, version)


@on_version(STEP.PASSED_UNIT)
def pass_unit(version: ItemVersion, doing: Doing) -> Deed:
    """The head of the unit passes it on to the Legal Affairs Office."""
    _stands(version, S.UNIT_REVIEW)
    if not may_pass_unit(doing.actor, version, doing.day):
        raise Refused(
            Said("只有本单位负责人可以审核通过。", "Only the head of this unit may pass it.")
        )
    if took_part(version, doing.actor, WRITING):
        raise Refused(
            Said(
                "参与起草的人员不能审核同一版本。请由另一位负责人办理。",
                "Who wrote on a version does not review it. Ask another head.",
            )
        )
    _move(version, S.LEGAL_REVIEW)
    return record_item(version.item, STEP.PASSED_UNIT, doing, version)


@on_version(STEP.RETURNED)
def send_back(version: ItemVersion, reason: str, doing: Doing) -> Deed:
    """Returned with the reason: from unit review by the head, from legal review by the Office."""
    _stands(version, S.UNIT_REVIEW, S.LEGAL_REVIEW)
    if version.state == S.UNIT_REVIEW:
        allowed = may_pass_unit(doing.actor, version, doing.day)
    else:
        allowed = may_publish(doing.actor, doing.day)
    if not allowed:
        raise Refused(
            Said(
                "部门审核由本单位负责人退回，法制审核由法制办退回。",
                "In unit review the head of the unit sends it back, in legal review the Legal "
                "Affairs Office.",
            )
        )
    if not reason.strip():
        raise Refused(Said("请写明退回的理由。", "Say what is to be mended."), "reason")
    _move(version, S.RETURNED)
    return record_item(version.item, STEP.RETURNED, doing, version, reason.strip())


@on_version(STEP.PUBLISHED)
def publish(version: ItemVersion, first_day: date, doing: Doing) -> Deed:
    """Put the version in force from ``first_day``, if the gate finds nothing.

    Raises :class:`Refused`, with every fault of the guide. A new version of a city item marks
    its district variants for checking.
    """
    _stands(version, S.LEGAL_REVIEW)
    if not may_publish(doing.actor, doing.day):
        raise Refused(
            Said(
                "只有法制办可以公布事项（成办发〔2003〕75号 二（一））。",
                "Only the Legal Affairs Office publishes items (成办发〔2003〕75号, part 2(1)).",
            )
        )
    if took_part(version, doing.actor, PASSING):
        raise Refused(
            Said(
                "参与起草、审核的人员不能公布同一版本。请由另一位人员办理。",
                "Who wrote or reviewed a version does not publish it. Ask a colleague.",
            )
        )
    if first_day < doing.day:
        raise Refused(
            Said(
                "施行日期不能早于公布之日。",
                "The first day cannot lie before the day of publication.",
            ),
            "first_day",
        )
    item = version.item
    published = item.versions.filter(state=S.PUBLISHED.value)
    if later := published.filter(effective_from__gte=first_day).order_by("-number").first():
        raise Refused(
            Said(
                f"第{later.number}版已定于{later.effective_from}施行，新版的施行日期应当在此之后。",
                f"Version {later.number} comes into force on {later.effective_from}; the new one "
                "must begin after that.",
            ),
            "first_day",
        )
    if faults := check(version, first_day).faults:
        raise Refused(
            Said(
                f"办事指南还有{len(faults)}处需要补全，不能公布。",
                f"{len(faults)} things are still to be mended before the guide can be published.",
            ),
            faults=faults,
        )
    before = published.filter(effective_from__lt=first_day).order_by("-number").first()
    if before is not None:
        _move(before, S.SUPERSEDED, effective_until=first_day - timedelta(days=1))
    digest = digest_of(version)
    _move(version, S.PUBLISHED, effective_from=first_day, published_at=doing.at, digest=digest)
    if item.entry.listed_from is None:
        list_for_the_first_time(item.entry, first_day, doing)
    for variant in item.variants.exclude(state=ItemState.CANCELLED.value).order_by("pk"):
        held = locked(ITEM, variant.pk)
        record_item(
            held,
            STEP.CITY_CHANGED,
            doing.part(f"variant-{variant.pk}"),
            facts={"city_item": item.code, "city_version": version.number},
            changes={"to_review": version},
        )
    fees = tariffs_in_force(item.pk, first_day).values_list("code", "amount")
    facts = {
        "in_force_from": first_day.isoformat(),
        "replaces": before.number if before is not None else None,
        "digest": digest,
        "fees": dict(fees),
        **({"change_note": version.change_note} if version.change_note else {}),
    }
    changes = {"to_review": None}
    return record_item(item, STEP.PUBLISHED, doing, version, facts=facts, changes=changes)
