"""From draft to force: unit review, legal review, the gate, publication. A7, A10.

Each step is signed, reasoned and dated, and stands in the ledger. A case keeps the version it was
accepted on; publishing a new one ends the old on the day before.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from openhall.catalogue.models import ItemEvent, ItemVersion
from openhall.catalogue.permissions import may_draft, may_pass_unit, may_publish
from openhall.catalogue.queries import guide_of, tariffs_in_force
from openhall.catalogue.rules.gate import Fault, faults_of
from openhall.catalogue.terms import VersionState
from openhall.ledger.actions import append
from openhall.organs.models import Account

S = VersionState


class NotPublished(ValueError):
    """Why the step was refused: one sentence, or the faults the gate found."""

    def __init__(self, sentence: str, faults: list[Fault] | None = None) -> None:
        super().__init__(sentence)
        self.faults = faults or []


def _held(version_id: int, *states: VersionState) -> ItemVersion:
    rows = ItemVersion.objects.select_for_update(of=("self",)).select_related("item__organ")
    version = rows.get(pk=version_id)
    if version.state not in states:
        at = VersionState(version.state).zh
        raise NotPublished(f"该版本“{at}”,不能进行这一步。请刷新页面。")
    return version


def _step(
    version: ItemVersion,
    verb: str,
    actor: Account | None,
    at: datetime,
    reason: str,
    facts: Mapping[str, Any],
) -> ItemEvent:
    said = {
        "item": version.item.code,
        "version": version.number,
        "verb": verb,
        "organ": version.item.organ.code,
        "event_time": at.isoformat(timespec="seconds"),
        **facts,
    }
    entry = append("catalogue", {"v": 1, "log": settings.LEDGER_ORIGIN, **said})
    return ItemEvent.objects.create(
        item=version.item,
        version=version,
        verb=verb,
        actor=actor,
        reason=reason,
        facts=dict(facts),
        event_time=at,
        ledger_entry=entry,
    )


def _move(version: ItemVersion, state: VersionState, **more: Any) -> None:
    ItemVersion.objects.filter(pk=version.pk).update(state=state.value, **more)
    version.state = state.value


@transaction.atomic
def send_to_unit(version_id: int, actor: Account | None, at: datetime) -> ItemEvent:
    """The clerk sends the draft to the head of the unit."""
    version = _held(version_id, S.DRAFT, S.RETURNED)
    if not may_draft(actor, version, timezone.localtime(at).date()):
        raise NotPublished("只有本单位的事项维护人员可以提交审核(成办发〔2003〕75号)。")
    _move(version, S.UNIT_REVIEW)
    return _step(version, "sent_to_unit", actor, at, "", {})


@transaction.atomic
def pass_unit(version_id: int, actor: Account | None, at: datetime) -> ItemEvent:
    """The head of the unit passes it on to the Legal Affairs Office."""
    version = _held(version_id, S.UNIT_REVIEW)
    if not may_pass_unit(actor, version, timezone.localtime(at).date()):
        raise NotPublished("只有本单位负责人可以审核通过。")
    _move(version, S.LEGAL_REVIEW)
    return _step(version, "passed_unit", actor, at, "", {})


@transaction.atomic
def send_back(version_id: int, actor: Account | None, at: datetime, reason: str) -> ItemEvent:
    """The head or the Legal Affairs Office returns it, with the reason."""
    version = _held(version_id, S.UNIT_REVIEW, S.LEGAL_REVIEW)
    day = timezone.localtime(at).date()
    if not (may_publish(actor, day) or may_pass_unit(actor, version, day)):
        raise NotPublished("只有本单位负责人或者法制办可以退回。")
    if not reason.strip():
        raise NotPublished("请写明退回的理由。")
    _move(version, S.RETURNED)
    return _step(version, "returned", actor, at, reason, {})


@transaction.atomic
def publish(version_id: int, actor: Account | None, at: datetime, first_day: date) -> ItemEvent:
    """Put the version in force from ``first_day``, if the gate finds nothing.

    Raises :class:`NotPublished`, with every fault of the guide.
    """
    version = _held(version_id, S.LEGAL_REVIEW)
    day = timezone.localtime(at).date()
    if not may_publish(actor, day):
        raise NotPublished("只有法制办可以公布事项(成办发〔2003〕75号 二(一))。")
    drafted = ItemEvent.objects.filter(version=version, actor=actor).exists()
    if drafted:
        raise NotPublished("参与起草、审核的人员不能公布同一版本。请由另一位人员办理。")
    if first_day < day:
        raise NotPublished("施行日期不能早于公布之日。")
    tariffs = tariffs_in_force(version.item_id, first_day).count()
    if faults := faults_of(guide_of(version, tariffs)):
        raise NotPublished(f"办事指南还有{len(faults)}处需要补全,不能公布。", faults)
    before = (
        version.item.versions.filter(state=S.PUBLISHED.value, effective_from__lt=first_day)
        .order_by("-number")
        .first()
    )
    if before is not None:
        _move(before, S.SUPERSEDED, effective_until=first_day - timedelta(days=1))
    _move(version, S.PUBLISHED, effective_from=first_day, published_at=at)
    entry = version.item.entry
    if entry.listed_from is None:
        entry.listed_from = first_day
        entry.save(update_fields=["listed_from"])
    facts = {"in_force_from": first_day.isoformat(), "replaces": before.number if before else None}
    return _step(version, "published", actor, at, "", facts)
