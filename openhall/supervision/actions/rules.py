"""Changing a rule: a new dated version by the supervision desk; the old one ends the day before."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Fault, Refused
from openhall.deeds.writer import held, made_before, write
from openhall.glossary import Said
from openhall.paging.typed import visible
from openhall.supervision.kinds import RULE
from openhall.supervision.models import SupervisionRule
from openhall.supervision.permissions import may_supervise
from openhall.supervision.rules.signals import fault_of_sentence
from openhall.supervision.terms import RuleAct, Signal


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


def _fault(rule: SupervisionRule, change: Change) -> Fault | None:
    if fault := fault_of_sentence(change.sentence) or fault_of_sentence(change.sentence_en):
        return Fault(fault, "sentence")
    if not change.basis.strip():
        return Fault(Said("请写明规则的依据。", "Give the basis of the rule."), "basis")
    if change.deduction < 0 or change.deduction > 20:
        return Fault(Said("扣分须在0到20分之间。", "Deduct between 0 and 20 points."), "deduction")
    if not 1 <= change.answer_days <= 60:
        return Fault(
            Said(
                "单位答复期限须在1到60个工作日之间。",
                "Give the unit between 1 and 60 working days to answer.",
            ),
            "answer_days",
        )
    if set(change.parameters) != set(rule.parameters):
        return Fault(
            Said(
                "规则的参数名称不能增减，只能修改数值。",
                "Change the numbers only; their names stay as they are.",
            ),
            "parameters",
        )
    for name, value in change.parameters.items():
        before = rule.parameters[name]
        number = isinstance(before, int | float)
        if number and (not isinstance(value, int | float) or value < 0):
            return Fault(
                Said(f"参数“{name}”须是不小于0的数。", f"“{name}” must be a number from 0 on."),
                "parameters",
            )
        if not number and value != before:
            return Fault(
                Said(f"参数“{name}”不能修改。", f"“{name}” cannot be changed."), "parameters"
            )
    return None


@acting()
def revise_rule(
    rule_id: int, change: Change, first_day: date, reason: str, doing: Doing
) -> SupervisionRule:
    """A new version from ``first_day``, today at the earliest: no rule reaches back."""
    before: SupervisionRule | None = made_before(
        RULE, doing, RuleAct.REVISE, effective_from=first_day
    )
    if before is not None:
        return before
    if not may_supervise(doing.actor, doing.day):
        raise Refused(
            Said(
                "只有监察机关可以修改监察规则（成府发〔2009〕53号）。",
                "Only the Supervision Bureau changes the rules (成府发〔2009〕53号).",
            )
        )
    rule: SupervisionRule = held(RULE, rule_id, doing)
    newer = SupervisionRule.objects.filter(code=rule.code, effective_from__gt=rule.effective_from)
    if newer.exists():
        raise Refused(
            Said(
                "该规则已有更新的版本。请修改最新的版本。",
                "This rule has a newer version. Change that one.",
            )
        )
    if first_day < doing.day or first_day <= rule.effective_from:
        raise Refused(
            Said(
                "新规则只能自今日或者以后施行，不能溯及既往。",
                "A new version begins today or later; no rule reaches back.",
            ),
            "first_day",
        )
    if visible(reason) < 5:
        raise Refused(
            Said(
                "请写明修改的理由，不少于5个字。",
                "Say why it is changed, in at least 5 characters.",
            ),
            "reason",
        )
    if fault := _fault(rule, change):
        raise Refused(fault.said, fault.field)
    ends = first_day - timedelta(days=1)
    write(
        RULE,
        rule,
        RuleAct.END,
        doing.part("end"),
        changes={"effective_until": ends},
        facts={"rule": rule.code, "until": ends.isoformat()},
        state="ended",
    )
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
    write(
        RULE,
        fresh,
        RuleAct.REVISE,
        doing,
        facts={
            "code": fresh.code,
            "from": first_day.isoformat(),
            "signal": fresh.signal,
            "deduction": str(fresh.deduction),
            "basis": fresh.basis,
        },
        detail={"reason": reason.strip()},
        state="in_force",
    )
    return fresh
