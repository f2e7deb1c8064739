"""A new dated set of weights and bonuses by the supervision desk; the old one ends before it."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import made_before, write
from openhall.glossary import Said
from openhall.paging.typed import visible
from openhall.supervision.kinds import WEIGHTS
from openhall.supervision.models import BonusRule, ScoreWeight, WeightSet
from openhall.supervision.permissions import may_supervise
from openhall.supervision.queries import bonuses_on
from openhall.supervision.rules.scoring import fault_of_weights
from openhall.supervision.terms import BonusKind, ScorePart, WeightsAct

REASON_AT_LEAST = 5  # characters


@acting()
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
    before: WeightSet | None = made_before(
        WEIGHTS, doing, WeightsAct.SET, effective_from=first_day, basis=basis.strip()
    )
    if before is not None:
        return before
    if doing.actor is None or not may_supervise(doing.actor, doing.day):
        raise Refused(
            Said(
                "只有监察机关可以修改综合得分的权重（成府发〔2009〕53号）。",
                "Only the Supervision Bureau changes the weights of the score "
                "(成府发〔2009〕53号).",
            )
        )
    if first_day.day != 1 or first_day <= doing.day:
        raise Refused(
            Said(
                "新的权重自以后某月1日起施行，不能溯及已经开始的月份。",
                "New weights begin on the first day of a month to come; no month that has begun "
                "is reached.",
            ),
            "first_day",
        )
    if WeightSet.objects.filter(effective_from__gte=first_day).exists():
        raise Refused(
            Said(
                "该日或者以后已有一套权重。请选择更晚的月份。",
                "There is a set from that day or later already. Choose a later month.",
            ),
            "first_day",
        )
    _reasonable(weights, bonuses, basis, reason)
    terms = bonuses_on(first_day)
    _end(first_day - timedelta(days=1), doing)
    made = WeightSet.objects.create(
        effective_from=first_day, basis=basis.strip(), set_by=doing.actor, set_at=doing.at
    )
    ScoreWeight.objects.bulk_create(
        ScoreWeight(set=made, part=part.value, points=weights[part], basis=basis.strip())
        for part in ScorePart
    )
    BonusRule.objects.bulk_create(
        BonusRule(
            set=made,
            kind=kind.value,
            first=terms[kind].first,
            step=terms[kind].step,
            points=bonuses[kind],
            more=terms[kind].more,
            most=terms[kind].most,
            basis=basis.strip(),
        )
        for kind in BonusKind
    )
    write(
        WEIGHTS,
        made,
        WeightsAct.SET,
        doing,
        facts={
            "basis": basis.strip(),
            "weights": {part.value: str(weights[part]) for part in ScorePart},
            "bonuses": {kind.value: str(bonuses[kind]) for kind in BonusKind},
        },
        detail={"reason": reason.strip()},
        state="in_force",
    )
    return made


def _reasonable(
    weights: Mapping[ScorePart, Decimal],
    bonuses: Mapping[BonusKind, Decimal],
    basis: str,
    reason: str,
) -> None:
    if fault := fault_of_weights(weights):
        raise Refused(*fault)
    for kind in BonusKind:
        if not 0 <= bonuses.get(kind, Decimal(-1)) <= 10:
            raise Refused(
                Said(
                    f"“{kind.zh}”的加分须在0到10之间；0表示不加分。",
                    f"Give between 0 and 10 points for “{kind.en}”; 0 where none are given.",
                ),
                kind.value,
            )
    if not basis.strip():
        raise Refused(Said("请写明权重的依据。", "Give the basis of the weights."), "basis")
    if visible(reason) < REASON_AT_LEAST:
        raise Refused(
            Said(
                f"请写明修改的理由，不少于{REASON_AT_LEAST}个字。",
                f"Say why they are changed, in at least {REASON_AT_LEAST} characters.",
            ),
            "reason",
        )


def _end(last_day: date, doing: Doing) -> None:
    """The set in force ends the day before the new one begins."""
    for one in WeightSet.objects.filter(effective_until__isnull=True):
        write(
            WEIGHTS,
            one,
            WeightsAct.END,
            doing.part("end"),
            changes={"effective_until": last_day},
            facts={"until": last_day.isoformat()},
            state="ended",
        )
