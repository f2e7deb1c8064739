"""Deny unless a named predicate allows: who × act, and a denied deed leaves no trace."""

from datetime import date

import pytest
from django.utils import timezone

from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.ledger.models import Entry
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.supervision import actions
from openhall.supervision.models import Card, Complaint, Issue, SampleDraw, SupervisionDeed
from openhall.supervision.terms import (
    CardAct,
    ComplaintAbout,
    IssueAct,
    IssueSource,
    NoticeKind,
    Severity,
)

pytestmark = pytest.mark.any_database

LONG = "经核查属实，已经纠正并落实到人。"
UNIT, WATCH, LAW = "head of the unit", "supervision", "legal affairs"

ALLOWED = {
    "explain": {UNIT},
    "object": {UNIT},
    "uphold": {WATCH},
    "withdraw": {WATCH},
    "notice": {WATCH},
    "accept_issue": {UNIT},
    "verify": {WATCH, LAW},
    "accept_complaint": {WATCH},
    "reject_complaint": {WATCH},
    "answer_complaint": {UNIT},
    "pass_complaint": {WATCH},
    "announce": {WATCH, LAW},
}


def tries(act, card, issue, complaint, draw_at):
    return {
        "explain": lambda d: actions.explain(card, LONG, d),
        "object": lambda d: actions.object_to(card, LONG, d),
        "uphold": lambda d: actions.rule_on(card, CardAct.UPHOLD, LONG, d),
        "withdraw": lambda d: actions.rule_on(card, CardAct.WITHDRAW, LONG, d),
        "notice": lambda d: actions.issue_notice(card, NoticeKind.URGING, LONG, d),
        "accept_issue": lambda d: actions.accept_issue(issue, LONG, d),
        "verify": lambda d: actions.check_issue(issue, IssueAct.VERIFY, LONG, d),
        "accept_complaint": lambda d: actions.accept_complaint(complaint, d),
        "reject_complaint": lambda d: actions.reject_complaint(complaint, LONG, d),
        "answer_complaint": lambda d: actions.answer_complaint(complaint, LONG, d),
        "pass_complaint": lambda d: actions.pass_complaint(complaint, False, d),
        "announce": lambda d: actions.announce_draw(date(2024, 3, 1), 1, draw_at, d),
    }[act]


READY = {  # where the thing must stand for the act to be possible at all
    "uphold": ("card", "explained"),
    "withdraw": ("card", "objected"),
    "notice": ("card", "escalated"),
    "verify": ("issue", "submitted"),
    "answer_complaint": ("complaint", "accepted"),
    "pass_complaint": ("complaint", "drafted"),
}


@pytest.mark.parametrize("act", ALLOWED)
def test_only_who_may(act, decided, cast, doing, bureau, legal_office, he_jie, song_jian, zheng_fa):
    case = decided("2024-03-20")
    actions.observe()
    card = Card.objects.get(code="over-promise")
    issue = actions.open_issue(
        IssueSource.CARD,
        card.number,
        cast.organ,
        Said("超承诺期限", "Past the promise"),
        "成府发〔2009〕53号",
        Severity.MINOR,
        doing(None, "2026-11-19 09:00"),
        case=case,
    )
    said = actions.Grievance(ComplaintAbout.CASE, cast.organ, LONG, case=case)
    complaint = actions.complain(said, doing(None, "2026-11-19 09:00"))
    if act in READY:
        thing, state = READY[act]
        model = {"card": Card, "issue": Issue, "complaint": Complaint}[thing]
        model.objects.filter(
            pk={"card": card, "issue": issue, "complaint": complaint}[thing].pk
        ).update(state=state)
    deed = tries(act, card.pk, issue.pk, complaint.pk, timezone.now())

    def trace():
        return (
            SupervisionDeed.objects.count(),
            Entry.objects.count(),
            list(Card.objects.values()),
            list(Issue.objects.values()),
            list(Complaint.objects.values()),
            SampleDraw.objects.count(),
        )

    insider = Account.objects.create_user(username="insider")  # supervises, but of the same unit
    for organ, desk in ((bureau, Desk.SUPERVISION), (legal_office, Desk.LEGAL)):
        appoint(insider, organ, desk, date(2003, 1, 1))
    appoint(insider, cast.organ, Desk.WINDOW, date(2003, 1, 1))
    gone = Account.objects.create_user(username="gone", is_active=False)
    appoint(gone, bureau, Desk.SUPERVISION, date(2003, 1, 1))
    appoint(gone, cast.organ, Desk.HEAD, date(2003, 1, 1))
    stranger_head = Account.objects.create_user(username="stranger-head")
    appoint(stranger_head, legal_office, Desk.HEAD, date(2003, 1, 1))
    inspector = Account.objects.create_user(username="inspector")
    appoint(inspector, bureau, Desk.INSPECTOR, date(2003, 1, 1))
    before = trace()
    people = {
        "nobody": None,
        "applicant": cast.wang_fang,
        "window": cast.li_chuang,
        "handler": cast.zhao_cheng,
        "decider": cast.sun_pi,
        "other unit": cast.zhou_wai,
        "other head": stranger_head,
        "inspector": inspector,
        "inactive": gone,
        UNIT: he_jie,
        WATCH: song_jian,
        LAW: zheng_fa,
    }
    if act not in ("announce", "accept_complaint", "reject_complaint"):
        people["insider"] = insider
    for who, account in people.items():
        if who in ALLOWED[act]:
            continue
        with pytest.raises(Refused) as refused:
            deed(doing(account, "2026-11-20 09:00"))
        assert "只有" in str(refused.value), (act, who)
        assert refused.value.said.en.startswith("Only "), (act, who)
        assert trace() == before, (act, who)
    allowed = next(people[who] for who in people if who in ALLOWED[act])
    deed(doing(allowed, "2026-11-20 10:00"))
    assert trace() != before
