"""A new dated set of weights and bonuses by the supervision desk; the old one ends before it."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from openhall.cases.actions import Doing
from openhall.deeds.refusals import Refused
from openhall.supervision.actions.record import day_of, done_before, record
from openhall.supervision.models import BonusRule, ScoreWeight, WeightSet
from openhall.supervision.permissions import may_supervise
from openhall.supervision.queries import bonuses_on
from openhall.supervision.rules.scoring import fault_of_weights
from openhall.supervision.terms import BonusKind, ScorePart, Subject

REASON_AT_LEAST = 5  # characters


@transaction.atomic
def set_weights(
    weights: Mapping[ScorePart, Decimal],
    bonuses: Mapping[BonusKind, Decimal],
    basis: str,
    first_day: date,
    reason: str,
    doing: Doing,
) -> WeightSet:
    """The weights of the nine parts and the points of each bonus, from a month on.

    Order: repeated key → permission → day → sum, basis, reason → end the old, write the new, log.
    """
    if before := done_before(doing.key):
        return WeightSet.objects.get(pk=before.about)
    day = day_of(doing)
    if doing.actor is None or not may_supervise(doing.actor, day):
        raise Refused("只有监察机关可以修改综合得分的权重（成府发〔2009〕53号）。")
    if first_day.day != 1 or first_day <= day:
        raise Refused("新的权重自以后某月1日起施行，不能溯及已经开始的月份。", "first_day")
    if ScoreWeight.objects.filter(effective_from__gte=first_day).exists():
        raise Refused("该日或者以后已有一套权重。请选择更晚的月份。", "first_day")
    if fault := fault_of_weights(weights):
        raise Refused(*fault)
    for kind in BonusKind:
        if not 0 <= bonuses.get(kind, Decimal(-1)) <= 10:
            raise Refused(f"“{kind.zh}”的加分须在0到10之间；0表示不加分。", kind.value)
    if not basis.strip():
        raise Refused("请写明权重的依据。", "basis")
    if len(reason.strip()) < REASON_AT_LEAST:
        raise Refused(f"请写明修改的理由，不少于{REASON_AT_LEAST}个字。", "reason")
    terms = bonuses_on(first_day)
    ends = first_day - timedelta(days=1)
    for model in (ScoreWeight, BonusRule):
        model.objects.filter(effective_until__isnull=True).update(effective_until=ends)
    ScoreWeight.objects.bulk_create(
        ScoreWeight(
            part=part.value, points=weights[part], basis=basis.strip(), effective_from=first_day
        )
        for part in ScorePart
    )
    BonusRule.objects.bulk_create(
        BonusRule(
            kind=kind.value,
            first=terms[kind].first,
            step=terms[kind].step,
            points=bonuses[kind],
            more=terms[kind].more,
            most=terms[kind].most,
            basis=basis.strip(),
            effective_from=first_day,
        )
        for kind in BonusKind
    )
    made = WeightSet.objects.create(
        effective_from=first_day, basis=basis.strip(), set_by=doing.actor, set_at=doing.at
    )
    record(
        Subject.WEIGHTS,
        made,
        "set",
        "in_force",
        doing,
        facts={
            "from": first_day.isoformat(),
            "basis": basis.strip(),
            "weights": {part.value: str(weights[part]) for part in ScorePart},
            "bonuses": {kind.value: str(bonuses[kind]) for kind in BonusKind},
        },
        words={"reason": reason.strip()},
    )
    return made
