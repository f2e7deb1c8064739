"""Changing a rule: a new dated version by the supervision desk; the old one ends the day before."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from openhall.cases.actions import Doing
from openhall.deeds.refusals import Refused
from openhall.supervision.actions.record import day_of, done_before, record
from openhall.supervision.models import SupervisionRule
from openhall.supervision.permissions import may_supervise
from openhall.supervision.rules.signals import fault_of_sentence
from openhall.supervision.terms import Signal, Subject


@dataclass(frozen=True, slots=True)
class Change:
    """What a new version says; what is not given stays."""

    signal: Signal
    parameters: dict[str, Any]
    sentence: str
    sentence_en: str
    basis: str
    deduction: Decimal
    answer_days: int


def _fault(rule: SupervisionRule, change: Change) -> tuple[str, str] | None:
    if fault := fault_of_sentence(change.sentence) or fault_of_sentence(change.sentence_en):
        return fault, "sentence"
    if not change.basis.strip():
        return "请写明规则的依据。", "basis"
    if change.deduction < 0 or change.deduction > 20:
        return "扣分须在0到20分之间。", "deduction"
    if not 1 <= change.answer_days <= 60:
        return "单位答复期限须在1到60个工作日之间。", "answer_days"
    if set(change.parameters) != set(rule.parameters):
        return "规则的参数名称不能增减，只能修改数值。", "parameters"
    for name, value in change.parameters.items():
        before = rule.parameters[name]
        number = isinstance(before, int | float)
        if number and (not isinstance(value, int | float) or value < 0):
            return f"参数“{name}”须是不小于0的数。", "parameters"
        if not number and value != before:
            return f"参数“{name}”不能修改。", "parameters"
    return None


@transaction.atomic
def revise_rule(
    rule_id: int, change: Change, first_day: date, reason: str, doing: Doing
) -> SupervisionRule:
    """A new version from ``first_day``, today at the earliest: no rule reaches back."""
    if before := done_before(doing.key):
        return SupervisionRule.objects.get(pk=before.about)
    day = day_of(doing)
    if not may_supervise(doing.actor, day):
        raise Refused("只有监察机关可以修改监察规则（成府发〔2009〕53号）。")
    rule = SupervisionRule.objects.get(pk=rule_id)
    newer = SupervisionRule.objects.filter(code=rule.code, effective_from__gt=rule.effective_from)
    if newer.exists():
        raise Refused("该规则已有更新的版本。请修改最新的版本。")
    if first_day < day or first_day <= rule.effective_from:
        raise Refused("新规则只能自今日或者以后施行，不能溯及既往。", "first_day")
    if len(reason.strip()) < 5:
        raise Refused("请写明修改的理由，不少于5个字。", "reason")
    if fault := _fault(rule, change):
        raise Refused(*fault)
    SupervisionRule.objects.filter(pk=rule.pk).update(effective_until=first_day - timedelta(days=1))
    fresh = SupervisionRule.objects.create(
        code=rule.code,
        trigger=rule.trigger,
        name=rule.name,
        name_en=rule.name_en,
        part=rule.part,
        signal=change.signal.value,
        parameters=change.parameters,
        sentence=change.sentence.strip(),
        sentence_en=change.sentence_en.strip(),
        basis=change.basis.strip(),
        deduction=change.deduction,
        answer_days=change.answer_days,
        effective_from=first_day,
    )
    record(
        Subject.RULE,
        fresh,
        "revise",
        "in_force",
        doing,
        facts={
            "rule": fresh.code,
            "from": first_day.isoformat(),
            "signal": fresh.signal,
            "deduction": str(fresh.deduction),
            "basis": fresh.basis,
        },
        words={"reason": reason.strip()},
    )
    return fresh
