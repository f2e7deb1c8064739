"""Counting a month: every deduction a row, the score their sum; frozen once audited. norms 4.3."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from openhall.cases.models import UnitMonth
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused
from openhall.deeds.sweeping import sweep
from openhall.deeds.writer import deed, held, write
from openhall.glossary import Said
from openhall.organs.models import Organ
from openhall.supervision.kinds import SCORE
from openhall.supervision.models import (
    BonusRow,
    BonusRule,
    Card,
    DeductionRow,
    Issue,
    LagMonth,
    Notice,
    Score,
    SupervisionRule,
)
from openhall.supervision.permissions import may_supervise
from openhall.supervision.queries import (
    bonuses_on,
    closed_early,
    least_shortened,
    month_after,
    rules_on,
    weights_on,
)
from openhall.supervision.rules.scoring import Bonus, BonusTerms, Deduction, bonus_of, enough, score
from openhall.supervision.terms import BonusKind, CardState, IssueSource, ScoreAct, ScorePart

COUNTED = (CardState.UPHELD, CardState.CLOSED)
PENDING = (CardState.RAISED, CardState.EXPLAINED, CardState.OBJECTED, CardState.ESCALATED)


def last_day(month: date) -> date:
    return date.fromordinal(month_after(month).toordinal() - 1)


def _deductions(organ: Organ, month: date) -> list[tuple[Deduction, SupervisionRule]]:
    """What counts against the unit in the month, each with the paper behind it."""
    found: list[tuple[Deduction, SupervisionRule]] = []

    def off(rule: SupervisionRule, reference: str) -> None:
        if rule.deduction > 0:
            formula = f"1 × {rule.deduction}"
            part = ScorePart(rule.part)
            found.append((Deduction(part, rule.code, rule.deduction, formula, reference), rule))

    cards = Card.objects.filter(
        organ=organ, month=month, state__in=[s.value for s in COUNTED], ruled_by__isnull=False
    ).select_related("rule")
    for card in cards.order_by("id"):
        off(card.rule, card.number)
    by_code = {rule.code: rule for rule in rules_on(last_day(month))}
    begin, end = month, month_after(month)
    if rule := by_code.get("supervised"):
        sent = Notice.objects.filter(organ=organ, issued_on__gte=begin, issued_on__lt=end)
        for number in sent.values_list("number", flat=True):
            off(rule, number)
    if rule := by_code.get("bad-rating"):
        rated = Issue.objects.filter(organ=organ, source=IssueSource.RATING.value)
        during = rated.filter(opened_at__date__gte=begin, opened_at__date__lt=end)
        for number in during.values_list("number", flat=True):
            off(rule, number)
    return found


def _bonuses(organ: Organ, month: date, closed: int) -> list[tuple[BonusRule, Bonus, str]]:
    """What the unit is given points for, each with its arithmetic; only what gives something."""
    rules = bonuses_on(last_day(month))
    shares: dict[BonusKind, tuple[int, int, str]] = {
        BonusKind.EARLY: (closed_early(organ, month).count(), closed, "")
    }
    if (least := least_shortened(organ, last_day(month))) is not None:
        code, promised, statutory = least
        shares[BonusKind.SHORTER] = (max(0, statutory - promised), statutory, code)
    found = []
    for kind, rule in rules.items():
        if kind in shares:
            good, total, reference = shares[kind]
            terms = BonusTerms(rule.first, rule.step, rule.points, rule.more, rule.most)
            bonus = bonus_of(good, total, terms)
            if bonus.value > 0:
                found.append((rule, bonus, reference))
    return found


@transaction.atomic
def count_month(organ: Organ, month: date, doing: Doing) -> Score:
    """Count one unit's month anew, unless it is frozen. A count is no act: it leaves no deed."""
    sums = UnitMonth.objects.filter(organ=organ, month=month).aggregate(
        closed=Sum("closed"), on_time=Sum("on_time")
    )
    closed, on_time = sums["closed"] or 0, sums["on_time"] or 0
    kept, _new = Score.objects.get_or_create(
        organ=organ, month=month, defaults={"counted_at": doing.at}
    )
    row: Score = held(SCORE, kept.pk, doing.part("count"))
    if row.frozen_at is not None:
        return row
    found = _deductions(organ, month)
    missing = LagMonth.objects.filter(organ=organ, month=month).aggregate(n=Sum("incomplete"))
    bonuses = _bonuses(organ, month, closed)
    made = score(
        weights_on(last_day(month)),
        [deduction for deduction, _rule in found],
        closed=closed,
        incomplete=missing["n"] or 0,
        bonus=sum((bonus.value for _rule, bonus, _reference in bonuses), Decimal(0)),
    )
    pending = Card.objects.filter(
        organ=organ,
        month=month,
        state__in=[s.value for s in PENDING],
        rule__deduction__gt=0,
    ).count()
    Score.objects.filter(pk=row.pk).update(
        total=made.total if enough(closed) else None,
        parts={part.value: str(left) for part, left in made.parts.items()},
        bonus=made.bonus,
        incomplete=made.incomplete,
        closed=closed,
        on_time=on_time,
        pending=pending,
        counted_at=doing.at,
    )
    DeductionRow.objects.filter(score=row).delete()
    DeductionRow.objects.bulk_create(
        DeductionRow(
            score=row,
            part=deduction.part.value,
            rule=deduction.rule,
            name=rule.name,
            name_en=rule.name_en,
            value=deduction.value,
            formula=deduction.formula,
            reference=deduction.reference,
        )
        for deduction, rule in found
    )
    BonusRow.objects.filter(score=row).delete()
    BonusRow.objects.bulk_create(
        BonusRow(
            score=row,
            kind=rule.kind,
            value=bonus.value,
            formula=bonus.formula,
            basis=rule.basis,
            reference=reference,
        )
        for rule, bonus, reference in bonuses
    )
    row.refresh_from_db()
    return row


def count_all(month: date, doing: Doing) -> int:
    """Every unit that did anything in ``month``; how many."""
    units = set(UnitMonth.objects.filter(month=month).values_list("organ", flat=True))
    units |= set(Card.objects.filter(month=month).values_list("organ", flat=True))
    organs = Organ.objects.filter(pk__in=units).order_by("position")
    return sweep("scores", organs, lambda organ: count_month(organ, month, doing))


@deed(SCORE, ScoreAct.FREEZE)
def freeze_score(row: Score, doing: Doing) -> Deed:
    """审定: nothing of the month is changed afterwards."""
    if not may_supervise(doing.actor, doing.day):
        raise Refused(
            Said("只有监察机关可以审定综合得分。", "Only the Supervision Bureau freezes a score.")
        )
    if row.frozen_at is not None:
        raise Refused(Said("该月得分已经审定。", "The score of this month is frozen already."))
    if month_after(row.month) > doing.day:
        raise Refused(
            Said(
                "该月还没有结束，不能审定得分。",
                "Wait until the month has ended; then its score may be frozen.",
            )
        )
    row = count_month(row.organ, row.month, doing)
    if row.pending:
        raise Refused(
            Said(
                f"该月还有{row.pending}张监察牌没有裁定，不能审定得分。请先裁定。",
                f"{row.pending} cards of this month are not ruled on yet. Rule on them first.",
            )
        )
    rows = DeductionRow.objects.filter(score=row)
    return write(
        SCORE,
        row,
        ScoreAct.FREEZE,
        doing,
        changes={"frozen_at": doing.at},
        facts={
            "month": row.month.isoformat(),
            "total": None if row.total is None else str(row.total),
            "parts": row.parts,
            "closed": row.closed,
            "deductions": [f"{one.rule} {one.value} {one.reference}" for one in rows],
            "bonuses": [
                f"{one.kind} {one.value} {one.formula} {one.reference}".strip()
                for one in BonusRow.objects.filter(score=row)
            ],
        },
        state="frozen",
    )


def freeze_month(month: date, doing: Doing) -> tuple[int, int]:
    """Freeze every unit whose cards are all ruled; how many were frozen and how many wait."""
    if not may_supervise(doing.actor, doing.day):
        raise Refused(
            Said("只有监察机关可以审定综合得分。", "Only the Supervision Bureau freezes a score.")
        )
    open_ones = Score.objects.filter(month=month, frozen_at__isnull=True)
    waiting = list(open_ones.values_list("pk", flat=True))
    frozen = sweep("frozen scores", waiting, lambda pk: freeze_score(pk, doing.part(str(pk))))
    return frozen, len(waiting) - frozen
