"""Limited numbers: a quota with its basis, places by order of acceptance. 行政许可法 57."""

from datetime import date

from django.db.models import Max

from openhall.cases.actions.record import Doing
from openhall.cases.kinds import QUOTA
from openhall.cases.models import Case, Place, Quota
from openhall.cases.rules.quota import objection_to_acceptance, objection_to_grant
from openhall.cases.terms import BesideAct
from openhall.catalogue.models import Item
from openhall.deeds.collecting import acting
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import locked, made_before, write
from openhall.glossary import Said
from openhall.organs.permissions import sits_at
from openhall.organs.terms import Desk


@acting()
def set_quota(item: Item, since: date, until: date, number: int, basis: str, doing: Doing) -> Quota:
    """Limit ``item`` for a period; never below what is granted already."""
    before: Quota | None = made_before(
        QUOTA, doing, BesideAct.LIMIT, item_id=item.pk, since=since, until=until, number=number
    )
    if before is not None:
        return before
    day = doing.day
    if doing.actor is None or not any(
        sits_at(doing.actor, desk, item.organ, day) for desk in (Desk.DECIDER, Desk.HEAD)
    ):
        raise Refused(
            Said(
                "只有本单位的批准人或负责人可以公布数量限制（行政许可法 57）。",
                "Only a decider or head of this unit may publish a limit on numbers "
                "(Administrative Licensing Law, art. 57).",
            )
        )
    if not basis.strip():
        raise Refused(
            Said(
                "数量限制须有依据（行政许可法 12、57）。",
                "Name the basis of the limit on numbers (Administrative Licensing Law, "
                "art. 12 and 57).",
            ),
            "basis",
        )
    if until < since:
        raise Refused(
            Said("结束日期不能早于开始日期。", "The last day cannot be earlier than the first."),
            "until",
        )
    quota_id = Quota.objects.filter(item=item, since=since).values_list("pk", flat=True).first()
    quota: Quota | None = None if quota_id is None else locked(QUOTA, quota_id)
    granted = 0 if quota is None else _granted(quota)
    if number < granted:
        raise Refused(
            Said(
                f"本期已准予{granted}件，数量不能少于此数。",
                f"{granted} were granted in this period; the number cannot be lower.",
            ),
            "number",
        )
    overlap = Quota.objects.filter(item=item, since__lte=until, until__gte=since)
    if overlap.exclude(since=since).exists():
        raise Refused(
            Said(
                "该事项在这段时间已有数量限制。",
                "This item has a limit on numbers in this time already.",
            ),
            "since",
        )
    says = {"until": until, "number": number, "basis": basis.strip()}
    facts = {"until": until.isoformat(), "number": number, "basis": basis.strip()}
    if quota is None:
        quota = Quota.objects.create(item=item, since=since, **says)
    write(QUOTA, quota, BesideAct.LIMIT, doing, changes=says, facts=facts)
    return quota


def _granted(quota: Quota) -> int:
    return Place.objects.filter(quota=quota, granted=True).count()


def take_place(case: Case, day: date) -> None:
    """Give the case its place in the order of acceptance; refused when every place is granted."""
    found = Quota.objects.filter(item=case.item_id, since__lte=day, until__gte=day)
    quota_id = found.values_list("pk", flat=True).first()
    if quota_id is None:
        return
    quota: Quota = locked(QUOTA, quota_id)
    if fault := objection_to_acceptance(quota.number, _granted(quota)):
        raise Refused(fault)
    last = Place.objects.filter(quota=quota).aggregate(last=Max("number"))["last"] or 0
    Place.objects.create(case=case, quota=quota, number=last + 1)


def take_grant(case: Case) -> None:
    """Take one of the limited number for the case; refused out of turn and when none is left."""
    place = Place.objects.filter(case=case).first()
    if place is None:
        return
    quota: Quota = locked(QUOTA, place.quota_id)
    earlier = Place.objects.filter(
        quota=quota, number__lt=place.number, case__closed_at__isnull=True
    )
    if fault := objection_to_grant(quota.number, _granted(quota), earlier.count()):
        raise Refused(fault, "outcome")
    Place.objects.filter(pk=place.pk).update(granted=True)
