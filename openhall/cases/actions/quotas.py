"""Limited numbers: a quota with its basis, places by order of acceptance. 行政许可法 57."""

from datetime import date

from django.db import connection
from django.db.models import F
from django.utils import timezone

from openhall.cases.actions.record import Doing
from openhall.cases.models import Case, Place, Quota
from openhall.cases.rules.quota import objection_to_acceptance, objection_to_grant
from openhall.catalogue.models import Item
from openhall.deeds.collecting import acting
from openhall.deeds.refusals import Refused
from openhall.organs.permissions import sits_at
from openhall.organs.terms import Desk


@acting()
def set_quota(item: Item, since: date, until: date, number: int, basis: str, doing: Doing) -> Quota:
    """Limit ``item`` for a period; never below what is granted already."""
    day = timezone.localtime(doing.at).date()
    if doing.actor is None or not any(
        sits_at(doing.actor, desk, item.organ, day) for desk in (Desk.DECIDER, Desk.HEAD)
    ):
        raise Refused("只有本单位的批准人或负责人可以公布数量限制（行政许可法 57）。")
    if not basis.strip():
        raise Refused("数量限制须有依据（行政许可法 12、57）。", "basis")
    if until < since:
        raise Refused("结束日期不能早于开始日期。", "until")
    quota = Quota.objects.filter(item=item, since=since).first()
    if quota is not None and number < quota.granted:
        raise Refused(f"本期已准予{quota.granted}件，数量不能少于此数。", "number")
    overlap = Quota.objects.filter(item=item, since__lte=until, until__gte=since)
    if overlap.exclude(since=since).exists():
        raise Refused("该事项在这段时间已有数量限制。", "since")
    quota, _ = Quota.objects.update_or_create(
        item=item,
        since=since,
        defaults={
            "until": until,
            "number": number,
            "basis": basis.strip(),
            "set_by": doing.actor,
        },
    )
    return quota


def _held(quota_id: int) -> Quota:
    rows = Quota.objects.all()
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    return rows.get(pk=quota_id)


def take_place(case: Case, day: date) -> None:
    """Give the case its place in the order of acceptance; refused when every place is granted."""
    found = Quota.objects.filter(item=case.item_id, since__lte=day, until__gte=day)
    quota_id = found.values_list("pk", flat=True).first()
    if quota_id is None:
        return
    quota = _held(quota_id)
    if fault := objection_to_acceptance(quota.number, quota.granted):
        raise Refused(fault)
    Quota.objects.filter(pk=quota.pk).update(taken=F("taken") + 1)
    Place.objects.create(case=case, quota=quota, number=quota.taken + 1)


def take_grant(case: Case) -> None:
    """Take one of the limited number for the case; refused out of turn and when none is left."""
    place = Place.objects.filter(case=case).first()
    if place is None:
        return
    quota = _held(place.quota_id)
    earlier = Place.objects.filter(
        quota=quota, number__lt=place.number, case__closed_at__isnull=True
    )
    if fault := objection_to_grant(quota.number, quota.granted, earlier.count()):
        raise Refused(fault, "outcome")
    Quota.objects.filter(pk=quota.pk).update(granted=F("granted") + 1)
