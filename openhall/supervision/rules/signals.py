"""Facts in, findings out: each with its evidence and its arithmetic as values. norms 4.1, 4.2.

A rule is data (``Rule``); nothing here knows a city, a date of today or a number of days but what
the rule and the facts bring.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from typing import Any, Final, Protocol

from openhall.glossary import Said
from openhall.supervision.terms import Signal, Trigger


class Days(Protocol):
    """What the rules ask of the working-day calendar."""

    def workdays_between(self, after: date, until: date) -> int: ...


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it stood on the day: what it looks at and with which numbers."""

    code: str
    trigger: Trigger
    signal: Signal
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """What an event, or a day on which nothing happened, shows of one case.

    ``act`` is the stored code of the act, empty when a day is looked at. ``step_from`` is the day
    on which the step that ended now had begun; ``lag_minutes`` working minutes from deed to entry.
    """

    on: date
    act: str = ""
    seq: int = 0
    evidence: tuple[int, ...] = ()
    promised_days: int | None = None
    promise_due: date | None = None
    statutory_due: date | None = None
    delivery_due: date | None = None
    answer_due: date | None = None
    closed: bool = False
    step_from: date | None = None
    outcome: str = ""
    reason_signs: int | None = None  # None: this act gives no reasons
    opinion_signs: int | None = None
    papers: frozenset[str] = frozenset()
    lag_minutes: int = 0
    complaint_due: date | None = None  # of the answer to a complaint, or to a question
    joint_due: date | None = None  # of what a unit owes in a joint matter
    joint_absent: bool = False  # from a joint meeting, without a reason


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found. ``occasion`` makes it one and the same however often it is looked for."""

    rule: Rule
    occasion: str
    evidence: tuple[int, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


CLOSING: Final = frozenset({"decide", "withdraw"})
# What a unit owes in a joint matter by a day: a signature, an opinion, reasons, a letter, a word.
JOINT_DUES: Final = frozenset(
    {
        Trigger.NOTICE_UNSIGNED,
        Trigger.OPINION_LATE,
        Trigger.REASONS_LATE,
        Trigger.FORWARD_LATE,
        Trigger.REPLY_UNTOLD,
    }
)
PAPER_OF: Final = {"granted": "grant", "refused": "refusal"}


def days_ahead(rule: Rule, promised: int | None) -> int:
    """How many working days before the due day ``rule`` speaks: the longer of share and days."""
    share = float(rule.parameters.get("share", 1))
    days = int(rule.parameters.get("days", 0))
    return max(days, ceil(round((1 - share) * (promised or 0), 6)))


def _over(rule: Rule, facts: Facts, days: Days, due: date | None, occasion: str) -> Finding | None:
    if due is None or facts.on <= due:
        return None
    over = days.workdays_between(due, facts.on)
    least, most = int(rule.parameters.get("from", 1)), rule.parameters.get("until")
    if over < least or (most is not None and over > int(most)):
        return None
    values = {"due": due.isoformat(), "on": facts.on.isoformat(), "over": over}
    return Finding(rule, occasion, facts.evidence, values)


def _due_soon(rule: Rule, facts: Facts, days: Days) -> Finding | None:
    due = facts.promise_due
    if due is None or facts.closed or facts.on > due:
        return None
    ahead = days_ahead(rule, facts.promised_days)
    left = days.workdays_between(facts.on, due)
    if left > ahead:
        return None
    values = {"due": due.isoformat(), "on": facts.on.isoformat(), "left": left, "ahead": ahead}
    return Finding(rule, f"due:{due.isoformat()}", facts.evidence, values)


def _step_late(rule: Rule, facts: Facts, days: Days) -> Finding | None:
    if facts.act != rule.parameters.get("act") or facts.step_from is None:
        return None
    used, allowed = (
        days.workdays_between(facts.step_from, facts.on),
        int(rule.parameters.get("days", 0)),
    )
    if used <= allowed:
        return None
    values = {
        "since": facts.step_from.isoformat(),
        "on": facts.on.isoformat(),
        "used": used,
        "allowed": allowed,
    }
    return Finding(rule, f"e{facts.seq}", facts.evidence, values)


def _short(rule: Rule, facts: Facts, signs: int | None) -> Finding | None:
    least = int(rule.parameters.get("least", 10))
    if signs is None or signs >= least or facts.act != rule.parameters.get("act"):
        return None
    return Finding(rule, f"e{facts.seq}", facts.evidence, {"signs": signs, "least": least})


def _no_paper(rule: Rule, facts: Facts) -> Finding | None:
    if facts.act != "decide" or PAPER_OF.get(facts.outcome, "") in facts.papers:
        return None
    return Finding(rule, f"e{facts.seq}", facts.evidence, {"on": facts.on.isoformat()})


def _not_online(rule: Rule, facts: Facts) -> Finding | None:
    hours = int(rule.parameters.get("hours", 7))
    if not facts.act or facts.lag_minutes <= hours * 60:
        return None
    values = {"hours": facts.lag_minutes // 60, "allowed": hours}
    return Finding(rule, f"e{facts.seq}", facts.evidence, values)


def finding(rule: Rule, facts: Facts, days: Days) -> Finding | None:
    """What ``rule`` finds in ``facts``; None if nothing.

    Rules raised by hand (``CHARGING``, ``OVERTURNED`` …) find nothing by themselves.
    """
    match rule.trigger:
        case Trigger.DUE_SOON:
            return _due_soon(rule, facts, days)
        case Trigger.OVER_PROMISE:
            asked = not facts.act or facts.act in CLOSING or not facts.closed
            return _over(rule, facts, days, facts.promise_due, "promise") if asked else None
        case Trigger.OVER_STATUTE:
            asked = not facts.act or facts.act in CLOSING or not facts.closed
            return _over(rule, facts, days, facts.statutory_due, "statute") if asked else None
        case Trigger.DELIVERY_LATE:
            late = facts.act == "deliver"
            return _over(rule, facts, days, facts.delivery_due, "delivery") if late else None
        case Trigger.NOT_ANSWERED:
            if facts.act == "deem_accepted":
                values = {"due": facts.answer_due.isoformat() if facts.answer_due else ""}
                return Finding(rule, "silence", facts.evidence, values)
            return None
        case Trigger.STEP_LATE:
            return _step_late(rule, facts, days)
        case Trigger.NO_REASONS:
            return _short(rule, facts, facts.reason_signs)
        case Trigger.NO_OPINION:
            return _short(rule, facts, facts.opinion_signs)
        case Trigger.NO_PAPER:
            return _no_paper(rule, facts)
        case Trigger.NOT_ONLINE:
            return _not_online(rule, facts)
        case Trigger.NOT_ONCE:
            if facts.act == "ask_again":
                return Finding(rule, f"e{facts.seq}", facts.evidence, {"on": facts.on.isoformat()})
            return None
        case Trigger.COMPLAINT_LATE | Trigger.ENQUIRY_LATE:
            return _over(rule, facts, days, facts.complaint_due, "answer")
        case trigger if trigger in JOINT_DUES:
            return _over(rule, facts, days, facts.joint_due, rule.trigger.value)
        case Trigger.JOINT_ABSENT:
            values = {"on": facts.on.isoformat()}
            return Finding(rule, "absent", facts.evidence, values) if facts.joint_absent else None
    return None


PLACE: Final = re.compile(r"\{(\w+)\}")


def said(sentence: str, values: Mapping[str, Any]) -> str:
    """``sentence`` with its ``{places}`` filled from ``values``; an unknown one stays."""
    return PLACE.sub(lambda place: str(values.get(place[1], place[0])), sentence)


def fault_of_sentence(sentence: str) -> Said | None:
    """What is wrong with a rule's sentence: it must be there and name only known places."""
    if not sentence.strip():
        return Said("请写明规则的算式说明。", "Write the arithmetic of the rule in words.")
    known = {"due", "on", "over", "left", "ahead", "since", "used", "allowed", "signs", "least"}
    strange = [name for name in PLACE.findall(sentence) if name not in known | {"hours", "note"}]
    if not strange:
        return None
    return Said(
        f"算式说明里没有“{strange[0]}”这个数值。", f"There is no value named “{strange[0]}”."
    )
