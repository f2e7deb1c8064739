"""Cards: raised by a rule or by hand, explained or objected to, ruled on. norms 4.1."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from openhall.cases.models import Case
from openhall.catalogue.models import Item
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused, led, worded
from openhall.deeds.writer import deed, made_before, write
from openhall.glossary import Said
from openhall.organs.models import Organ
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk
from openhall.supervision.actions.issues import open_issue
from openhall.supervision.actions.numbers import NUMBER_OF_CARDS, notice_number, number
from openhall.supervision.kinds import CARD
from openhall.supervision.models import Card, Notice, SupervisionRule
from openhall.supervision.permissions import may_answer, may_rule, may_supervise
from openhall.supervision.rules.lifecycle import CARDS
from openhall.supervision.rules.signals import said
from openhall.supervision.terms import (
    CardAct,
    CardState,
    IssueSource,
    NoticeKind,
    Severity,
    Signal,
    Trigger,
)
from openhall.workdays.queries import calendar

BY_HAND: Final = (
    Trigger.NOT_ANSWERED,
    Trigger.CHARGING,
    Trigger.REPORT_LATE,
    Trigger.CHANGED_PERMIT,
    Trigger.OVERTURNED,
    Trigger.LOST_IN_COURT,
    Trigger.OTHER,
)
REASON_AT_LEAST: Final = 10  # characters, the same as asked of the units
BASIS: Final = "成府发〔2009〕53号"


def _reasoned(words: str, what: Said, field: str = "words") -> str:
    return worded(words, REASON_AT_LEAST, what, field, BASIS)


@acting()
def write_card(
    rule: SupervisionRule,
    organ: Organ,
    occasion: str,
    doing: Doing,
    *,
    counts_on: date,
    case: Case | None = None,
    item: Item | None = None,
    reference: str = "",
    evidence: Sequence[int] = (),
    values: Mapping[str, Any] | None = None,
    automatic: bool = True,
) -> Card | None:
    """One card of one occasion; None when the occasion has its card already."""
    about = reference or (case.number if case else "")
    known = Card.objects.filter(code=rule.code, reference=about, occasion=occasion)
    if known.exists():
        return None
    due = None
    if rule.signal == Signal.RED or rule.deduction > 0:
        due = calendar().add_workdays(doing.day, rule.answer_days).on
    card = Card.objects.create(
        number=number(NUMBER_OF_CARDS, doing.day.year),
        rule=rule,
        code=rule.code,
        signal=rule.signal,
        case=case,
        organ=organ,
        item=item or (case.item if case else None),
        reference=about,
        occasion=occasion,
        evidence=list(evidence),
        values=dict(values or {}),
        automatic=automatic,
        state=CardState.RAISED.value,
        raised_at=doing.at,
        month=counts_on.replace(day=1),
        answer_due=due,
    )
    write(
        CARD,
        card,
        CardAct.RAISE,
        doing,
        facts={
            "rule": rule.code,
            "rule_from": rule.effective_from.isoformat(),
            "signal": rule.signal,
            "about": about,
            "occasion": occasion,
            "evidence": list(evidence),
            "values": {key: value for key, value in (values or {}).items() if key != "note"},
        },
        state=CardState.RAISED.value,
    )
    return card


@acting()
def raise_by_hand(
    rule: SupervisionRule, organ: Organ, note: str, doing: Doing, *, case: Case | None = None
) -> Card:
    """A card for what no event can show: charging, a lost lawsuit, another breach."""
    before: Card | None = made_before(
        CARD, doing, CardAct.RAISE, rule_id=rule.pk, organ_id=organ.pk, case_id=case and case.pk
    )
    if before is not None:
        return before
    if not may_supervise(doing.actor, doing.day):
        raise Refused(
            Said(
                "只有监察机关的在岗人员可以发牌（成办发〔2003〕75号 二（三））。",
                "Only who is on duty at the Supervision Bureau raises cards "
                "(成办发〔2003〕75号 二（三）).",
            )
        )
    if Trigger(rule.trigger) not in BY_HAND:
        raise Refused(
            Said(
                "该规则由系统按办件记录自动判断，不能人工发牌。请另选规则。",
                "The system applies this rule by itself from the cases' records. "
                "Choose another rule.",
            ),
            "rule",
        )
    if case is not None and case.organ_id != organ.pk:
        raise Refused(
            Said(
                "该办件不属于所选单位。请核对办件编号。",
                "This case belongs to another unit. Check the number of the case.",
            ),
            "case",
        )
    written = _reasoned(note, Said("发牌的事实和依据", "the facts and their basis"), "note")
    card = write_card(
        rule,
        organ,
        f"hand:{doing.key}"[:40],
        doing,
        counts_on=doing.day,
        case=case,
        reference=case.number if case else organ.code,
        values={"note": written},
        automatic=False,
    )
    if card is None:
        raise Refused(
            Said(
                "这一情形已经发过牌。请查看原牌。",
                "This occasion has its card already. Look at that one.",
            )
        )
    return card


def _answer(card: Card, act: CardAct, words: str, doing: Doing) -> Deed:
    if not may_answer(doing.actor, card.organ, doing.day):
        raise Refused(
            Said(
                "只有本单位负责人可以代表单位说明或者提出异议（成府发〔2009〕53号）。",
                "Only the head of the unit explains or objects on its behalf (成府发〔2009〕53号).",
            )
        )
    state = led(CARDS, CardState(card.state), act).value
    explained = act == CardAct.EXPLAIN
    what = Said("情况说明", "what happened") if explained else Said("异议的理由", "your objection")
    written = _reasoned(words, what)
    return write(
        CARD,
        card,
        act,
        doing,
        changes={"state": state, "answered_by": doing.actor},
        detail={"reason": written},
        state=state,
    )


@deed(CARD, CardAct.EXPLAIN)
def explain(card: Card, words: str, doing: Doing) -> Deed:
    """The unit accepts that it happened and says how it came about and what was corrected."""
    return _answer(card, CardAct.EXPLAIN, words, doing)


@deed(CARD, CardAct.OBJECT)
def object_to(card: Card, words: str, doing: Doing) -> Deed:
    """The unit says that the card is wrong, and why."""
    return _answer(card, CardAct.OBJECT, words, doing)


@deed(CARD, CardAct.UPHOLD, CardAct.WITHDRAW)
def rule_on(card: Card, act: CardAct, words: str, doing: Doing) -> Deed:
    """Supervision upholds or withdraws, with reasons; upheld, it opens a finding. 7.4."""
    if not may_rule(doing.actor, card, doing.day):
        raise Refused(
            Said(
                "只有监察机关中与该单位无关、且未代表单位答复的人员可以裁定。",
                "Only the Supervision Bureau rules, and nobody who belongs to the unit or "
                "answered for it.",
            )
        )
    if act not in (CardAct.UPHOLD, CardAct.WITHDRAW):
        raise Refused(
            Said("裁定只能是成立或者撤销。", "Rule that the card stands or is withdrawn."), "act"
        )
    state = led(CARDS, CardState(card.state), act).value
    written = _reasoned(words, Said("裁定的理由", "the reasons of the ruling"))
    event = write(
        CARD,
        card,
        act,
        doing,
        changes={
            "state": state,
            "ruled_by": doing.actor,
            "ruled_at": doing.at,
            "ruling": written,
        },
        facts={"ruling": act.value},
        detail={"reason": written},
        state=state,
    )
    if act == CardAct.UPHOLD:
        open_issue(
            IssueSource.CARD,
            card.number,
            card.organ,
            Said(card.rule.name, card.rule.name_en),
            card.rule.basis,
            Severity.ORDINARY if card.signal == Signal.RED else Severity.MINOR,
            doing.part("issue"),
            case=card.case,
        )
    return event


@deed(CARD, CardAct.ESCALATE)
def escalate(card: Card, doing: Doing) -> Deed:
    """Unanswered past its day: by the job, or earlier by nobody."""
    if doing.actor is not None and not may_supervise(doing.actor, doing.day):
        raise Refused(
            Said("只有监察机关可以升级督办。", "Only the Supervision Bureau escalates a card.")
        )
    state = led(CARDS, CardState(card.state), CardAct.ESCALATE).value
    if card.answer_due is None or doing.day <= card.answer_due:
        raise Refused(
            Said(
                "单位的答复期限还没有届满，不能升级。",
                "Wait until the unit's time to answer is over; then the card may be escalated.",
            )
        )
    return write(
        CARD,
        card,
        CardAct.ESCALATE,
        doing,
        changes={"state": state},
        facts={"answer_due": card.answer_due.isoformat()},
        state=state,
    )


def issue_notice(card_id: int, kind: NoticeKind, words: str, doing: Doing) -> Notice:
    """督办通知书 or 监察建议书 on a card upheld or left unanswered; counted as rule 32."""
    event = _issue_notice(card_id, kind, words, doing)
    return Notice.objects.get(card=card_id, number=event.facts["number"])


@deed(CARD, CardAct.NOTICE)
def _issue_notice(card: Card, kind: NoticeKind, words: str, doing: Doing) -> Deed:
    day = doing.day
    if doing.actor is None or not may_rule(doing.actor, card, day):
        raise Refused(
            Said(
                "只有监察机关中与该单位无关的人员可以发出督办文书。",
                "Only the Supervision Bureau issues this paper, and nobody who belongs to the "
                "unit.",
            )
        )
    state = led(CARDS, CardState(card.state), CardAct.NOTICE).value
    written = _reasoned(words, Said("督办的要求", "what the unit is to do"))
    issuer = posts_of(doing.actor, day).filter(desk=Desk.SUPERVISION.value).first()
    assert issuer is not None  # may_rule asked
    given, serial = notice_number(kind, day.year)
    due = calendar().add_workdays(day, card.rule.answer_days).on
    paragraphs = [
        f"经电子监察发现，你单位“{card.reference}”存在“{card.rule.name}”的情形（{card.number}）。",
        said(card.rule.sentence, card.values),
        written,
        f"请于{due.year}年{due.month}月{due.day}日前办理完毕，并将结果书面报送我机关。",
    ]
    Notice.objects.create(
        card=card,
        kind=kind.value,
        number=given,
        year=day.year,
        serial=serial,
        organ=card.organ,
        issued_by=issuer.organ,
        issued_on=day,
        words=json.dumps(paragraphs, ensure_ascii=False),
    )
    return write(
        CARD,
        card,
        CardAct.NOTICE,
        doing,
        changes={"state": state},
        facts={"number": given, "kind": kind.value},
        detail={"reason": written},
        state=state,
    )


@deed(CARD, CardAct.CLOSE)
def close(card: Card, doing: Doing) -> Deed:
    """The end of a card: a reminder whose case was closed, or an upheld one put right."""
    if doing.actor is not None and not may_supervise(doing.actor, doing.day):
        raise Refused(
            Said("只有监察机关可以了结监察牌。", "Only the Supervision Bureau closes a card.")
        )
    state = CardState(card.state)
    if state == CardState.RAISED and (
        card.signal != Signal.YELLOW or card.case is None or card.case.closed_at is None
    ):
        raise Refused(
            Said(
                "只有所涉办件已经办结的黄牌可以直接了结；其他牌须先裁定。",
                "Only a yellow card whose case is closed ends by itself; rule on any other first.",
            )
        )
    after = led(CARDS, state, CardAct.CLOSE).value
    return write(CARD, card, CardAct.CLOSE, doing, changes={"state": after}, state=after)
