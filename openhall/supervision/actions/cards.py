"""Cards: raised by a rule or by hand, explained or objected to, ruled on. norms 4.1."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction

from openhall.cases.actions import Doing
from openhall.cases.models import Case
from openhall.catalogue.models import Item
from openhall.deeds.refusals import Refused
from openhall.organs.models import Organ
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk
from openhall.supervision.actions.issues import open_issue
from openhall.supervision.actions.numbers import CARD, notice_number, number
from openhall.supervision.actions.record import day_of, done_before, led, record, under_lock
from openhall.supervision.models import Card, Deed, Notice, SupervisionRule
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
    Subject,
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


def _reasoned(words: str, field: str, what: str) -> str:
    if len(words.strip()) < REASON_AT_LEAST:
        raise Refused(f"请写明{what}，不少于{REASON_AT_LEAST}个字（成府发〔2009〕53号）。", field)
    return words.strip()


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
    day = day_of(doing)
    due = None
    if rule.signal == Signal.RED or rule.deduction > 0:
        due = calendar().add_workdays(day, rule.answer_days).on
    card = Card.objects.create(
        number=number(CARD, day.year),
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
    record(
        Subject.CARD,
        card,
        CardAct.RAISE,
        CardState.RAISED.value,
        doing,
        facts={
            "rule": rule.code,
            "rule_from": rule.effective_from.isoformat(),
            "signal": rule.signal,
            "organ": organ.code,
            "about": about,
            "occasion": occasion,
            "evidence": list(evidence),
            "values": {key: value for key, value in (values or {}).items() if key != "note"},
        },
    )
    return card


@transaction.atomic
def raise_by_hand(
    rule: SupervisionRule, organ: Organ, note: str, doing: Doing, *, case: Case | None = None
) -> Card:
    """A card for what no event can show: charging, a lost lawsuit, another breach."""
    if before := done_before(doing.key):
        return Card.objects.get(pk=before.about)
    if not may_supervise(doing.actor, day_of(doing)):
        raise Refused("只有监察机关的在岗人员可以发牌（成办发〔2003〕75号 二（三））。")
    if Trigger(rule.trigger) not in BY_HAND:
        raise Refused("该规则由系统按办件记录自动判断，不能人工发牌。请另选规则。", "rule")
    if case is not None and case.organ_id != organ.pk:
        raise Refused("该办件不属于所选单位。请核对办件编号。", "case")
    written = _reasoned(note, "note", "发牌的事实和依据")
    card = write_card(
        rule,
        organ,
        f"hand:{doing.key}"[:40],
        doing,
        counts_on=day_of(doing),
        case=case,
        reference=case.number if case else organ.code,
        values={"note": written},
        automatic=False,
    )
    if card is None:
        raise Refused("这一情形已经发过牌。请查看原牌。")
    return card


def _answer(card_id: int, act: CardAct, words: str, doing: Doing) -> Deed:
    if before := done_before(doing.key):
        return before
    card = under_lock(Card, card_id, "organ", "rule")
    if not may_answer(doing.actor, card.organ, day_of(doing)):
        raise Refused("只有本单位负责人可以代表单位说明或者提出异议（成府发〔2009〕53号）。")
    state = led(CARDS, CardState(card.state), act)
    what = "情况说明" if act == CardAct.EXPLAIN else "异议的理由"
    written = _reasoned(words, "words", what)
    return record(
        Subject.CARD,
        card,
        act,
        state.value,
        doing,
        words={"reason": written},
        changes={"answered_by": doing.actor},
    )


@transaction.atomic
def explain(card_id: int, words: str, doing: Doing) -> Deed:
    """The unit accepts that it happened and says how it came about and what was corrected."""
    return _answer(card_id, CardAct.EXPLAIN, words, doing)


@transaction.atomic
def object_to(card_id: int, words: str, doing: Doing) -> Deed:
    """The unit says that the card is wrong, and why."""
    return _answer(card_id, CardAct.OBJECT, words, doing)


@transaction.atomic
def rule_on(card_id: int, act: CardAct, words: str, doing: Doing) -> Deed:
    """Supervision upholds or withdraws, with reasons; upheld, it opens a finding. 7.4."""
    if before := done_before(doing.key):
        return before
    card = under_lock(Card, card_id, "organ", "rule", "case")
    if not may_rule(doing.actor, card, day_of(doing)):
        raise Refused("只有监察机关中与该单位无关、且未代表单位答复的人员可以裁定。")
    if act not in (CardAct.UPHOLD, CardAct.WITHDRAW):
        raise Refused("裁定只能是成立或者撤销。", "act")
    state = led(CARDS, CardState(card.state), act)
    written = _reasoned(words, "words", "裁定的理由")
    deed = record(
        Subject.CARD,
        card,
        act,
        state.value,
        doing,
        facts={"ruling": act.value},
        words={"reason": written},
        changes={"ruled_by": doing.actor, "ruled_at": doing.at, "ruling": written},
    )
    if act == CardAct.UPHOLD:
        open_issue(
            IssueSource.CARD,
            card.number,
            card.organ,
            card.rule.name,
            card.rule.basis,
            Severity.ORDINARY if card.signal == Signal.RED else Severity.MINOR,
            Doing(doing.actor, doing.at, f"{doing.key}:issue", doing.desk, doing.entered),
            title_en=card.rule.name_en,
            case=card.case,
        )
    return deed


@transaction.atomic
def escalate(card_id: int, doing: Doing) -> Deed:
    """Unanswered past its day: by the job, or earlier by nobody."""
    if before := done_before(doing.key):
        return before
    card = under_lock(Card, card_id, "organ", "rule")
    day = day_of(doing)
    if doing.actor is not None and not may_supervise(doing.actor, day):
        raise Refused("只有监察机关可以升级督办。")
    state = led(CARDS, CardState(card.state), CardAct.ESCALATE)
    if card.answer_due is None or day <= card.answer_due:
        raise Refused("单位的答复期限还没有届满，不能升级。")
    facts = {"answer_due": card.answer_due.isoformat()}
    return record(Subject.CARD, card, CardAct.ESCALATE, state.value, doing, facts=facts)


@transaction.atomic
def issue_notice(card_id: int, kind: NoticeKind, words: str, doing: Doing) -> Notice:
    """督办通知书 or 监察建议书 on a card upheld or left unanswered; counted as rule 32."""
    if before := done_before(doing.key):
        return Notice.objects.get(card_id=before.about, number=before.facts["number"])
    card = under_lock(Card, card_id, "organ", "rule", "case")
    day = day_of(doing)
    if doing.actor is None or not may_rule(doing.actor, card, day):
        raise Refused("只有监察机关中与该单位无关的人员可以发出督办文书。")
    state = led(CARDS, CardState(card.state), CardAct.NOTICE)
    written = _reasoned(words, "words", "督办的要求")
    issuer = posts_of(doing.actor, day).filter(desk=Desk.SUPERVISION.value).first()
    assert issuer is not None  # may_rule asked
    given, serial = notice_number(kind, day.year)
    values = said(card.rule.sentence, card.values)
    due = calendar().add_workdays(day, card.rule.answer_days).on
    paragraphs = [
        f"经电子监察发现，你单位“{card.reference}”存在“{card.rule.name}”的情形（{card.number}）。",
        values,
        written,
        f"请于{due.year}年{due.month}月{due.day}日前办理完毕，并将结果书面报送我机关。",
    ]
    notice = Notice.objects.create(
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
    record(
        Subject.CARD,
        card,
        CardAct.NOTICE,
        state.value,
        doing,
        facts={"number": given, "kind": kind.value},
        words={"reason": written},
    )
    return notice


@transaction.atomic
def close(card_id: int, doing: Doing) -> Deed:
    """The end of a card: a reminder whose case was closed, or an upheld one put right."""
    if before := done_before(doing.key):
        return before
    card = under_lock(Card, card_id, "organ", "rule", "case")
    if doing.actor is not None and not may_supervise(doing.actor, day_of(doing)):
        raise Refused("只有监察机关可以了结监察牌。")
    state = CardState(card.state)
    if state == CardState.RAISED and (
        card.signal != Signal.YELLOW or card.case is None or card.case.closed_at is None
    ):
        raise Refused("只有所涉办件已经办结的黄牌可以直接了结；其他牌须先裁定。")
    after = led(CARDS, state, CardAct.CLOSE)
    return record(Subject.CARD, card, CardAct.CLOSE, after.value, doing)
