"""Deny unless a named predicate allows: who × act, and a denied deed leaves no trace."""

from datetime import date

import pytest

from openhall.deeds.refusals import Refused
from openhall.enquiries import actions
from openhall.enquiries.models import Call, Enquiry
from openhall.enquiries.rules.limits import SHIPPED
from openhall.enquiries.terms import CameBy, WhyClosed
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from tests.factories.traces import no_trace

pytestmark = pytest.mark.any_database

LONG = "经核对，属于另一单位公布的事项，转请答复。"
HANDLER, WINDOW, DECIDER, HEAD = "handler", "window", "decider", "head"
EDITOR, CENTRE, OFFICE = "editor", "centre manager", "government office"
STAFF, REVIEW = {HANDLER, WINDOW}, {DECIDER, HEAD}
ALLOWED = {
    "take": {WINDOW, CENTRE, "other window"},
    "draft": STAFF,
    "transfer": STAFF,
    "refer": STAFF,
    "ask_to_clarify": STAFF,
    "send_answer": REVIEW,
    "send_back": REVIEW,
    "close": REVIEW,
    "assign": {CENTRE},
    "publish": {EDITOR, *REVIEW},
    "take_down": {EDITOR, *REVIEW},
    "clarify": set(),
    "withdraw": set(),
    "find_helpful": set(),
    "begin_call": {EDITOR, HANDLER},
    "announce_call": REVIEW,
    "send_back_call": REVIEW,
    "draft_report": {EDITOR, HANDLER},
    "publish_report": REVIEW,
    "set_limits": {OFFICE},
}
WORDS = actions.Words(
    "调整窗口服务时间的意见征集", "现就窗口服务时间征求意见。" * 5, "局务会决定", date(2026, 12, 31)
)


@pytest.fixture
def tries(cast, asked, water, centre, doing, bian_ji):
    """Each act on a question or a call that stands where it can be done."""

    def make(act):
        enquiry, call = asked(at="2026-11-19 09:00"), None
        if "call" in act or "report" in act:
            by = doing(bian_ji, "2026-11-02 09:00")
            call = actions.begin_call(cast.organ, WORDS, [], by)
        stands = {
            "refer": {"transfers": 2},
            "send_answer": {"state": "drafted", "answer": LONG, "answered_by": cast.zhou_wai},
            "send_back": {"state": "drafted", "answer": LONG, "answered_by": cast.zhou_wai},
            "assign": {"state": "to_assign", "organ": centre},
            "publish": {"state": "answered", "answer": LONG, "answered_by": cast.zhou_wai},
            "take_down": {
                "state": "answered",
                "published_on": date(2026, 11, 5),
                "public_answer": LONG,
            },
            "clarify": {"state": "to_clarify"},
            "find_helpful": {"state": "answered"},
        }
        enquiry = Enquiry.objects.get(pk=enquiry.pk)
        for name, value in stands.get(act, {}).items():
            setattr(enquiry, name, value)
        enquiry.save()
        if act in ("draft_report", "publish_report"):
            state = "announced" if act == "draft_report" else "report_drafted"
            Call.objects.filter(pk=call.pk).update(state=state, until=date(2026, 11, 10))
        pk, about = enquiry.pk, call and call.pk
        taken = actions.Asked(
            "会员要多少人才够？", "想成立协会，问会员人数。", cast.organ, came_by=CameBy.PHONE
        )
        return {
            "take": lambda d: actions.ask(taken, d),
            "draft": lambda d: actions.draft(pk, LONG, d),
            "transfer": lambda d: actions.transfer(pk, water, LONG, d),
            "refer": lambda d: actions.refer(pk, LONG, d),
            "ask_to_clarify": lambda d: actions.ask_to_clarify(pk, LONG, d),
            "send_answer": lambda d: actions.send_answer(pk, d),
            "send_back": lambda d: actions.send_back(pk, LONG, d),
            "close": lambda d: actions.close(pk, WhyClosed.SPAM, LONG, d),
            "assign": lambda d: actions.assign(pk, water, LONG, d),
            "publish": lambda d: actions.publish(pk, actions.Hiding(why_kept=LONG), d),
            "take_down": lambda d: actions.take_down(pk, LONG, d),
            "clarify": lambda d: actions.clarify(pk, LONG, d, holds_code=False),
            "withdraw": lambda d: actions.withdraw(pk, d, holds_code=False),
            "find_helpful": lambda d: actions.find_helpful(pk, True, d, holds_code=False),
            "begin_call": lambda d: actions.begin_call(cast.organ, WORDS, [], d),
            "announce_call": lambda d: actions.announce_call(about, d),
            "send_back_call": lambda d: actions.send_back_call(about, LONG, d),
            "draft_report": lambda d: actions.draft_report(about, LONG * 3, d),
            "publish_report": lambda d: actions.publish_report(about, d),
            "set_limits": lambda d: actions.set_limits(SHIPPED, date(2026, 12, 1), d),
        }[act]

    return make


@pytest.mark.parametrize("act", ALLOWED)
def test_only_who_may(
    act, tries, cast, doing, seat, water, lin_shui, qin_guan, he_jie, bian_ji, fu_ban
):
    gone = Account.objects.create_user(username="gone", is_active=False)
    for desk in (Desk.HANDLER, Desk.DECIDER, Desk.EDITOR, Desk.WINDOW):
        appoint(gone, cast.organ, desk, date(2003, 1, 1))
    people = {
        "nobody": None,
        "resident": cast.wang_fang,
        "inactive": gone,
        "other window": cast.zhou_wai,
        "other handler": lin_shui,
        "other head": seat("other_head", water, "head"),
        WINDOW: cast.li_chuang,
        HANDLER: cast.zhao_cheng,
        DECIDER: cast.sun_pi,
        HEAD: he_jie,
        EDITOR: bian_ji,
        CENTRE: qin_guan,
        OFFICE: fu_ban,
    }
    if act in ("announce_call", "send_back_call", "publish_report"):
        people.pop(EDITOR)  # who wrote it is tried in the story
    deed = tries(act)
    for who, account in people.items():
        if who in ALLOWED[act]:
            continue
        with no_trace(), pytest.raises(Refused) as refused:
            deed(doing(account, "2026-11-20 09:00"))
        assert "只有" in str(refused.value), (act, who)
        assert refused.value.said.en.startswith("Only "), (act, who)
    for who in sorted(ALLOWED[act])[:1]:
        deed(doing(people[who], "2026-11-20 10:00"))


def test_who_wrote_it_neither_sends_announces_nor_reports(cast, doing, asked, seat, bian_ji):
    both = seat("both", cast.organ, "handler")
    for desk in (Desk.DECIDER, Desk.EDITOR):
        appoint(both, cast.organ, desk, date(2003, 1, 1))
    enquiry = asked()
    actions.draft(enquiry.pk, LONG, doing(both, "2026-11-02 10:00"))
    with no_trace(), pytest.raises(Refused, match="没有拟写答复"):
        actions.send_answer(enquiry.pk, doing(both, "2026-11-02 11:00"))
    call = actions.begin_call(cast.organ, WORDS, [], doing(both, "2026-11-02 12:00"))
    with no_trace(), pytest.raises(Refused, match="没有起草"):
        actions.announce_call(call.pk, doing(both, "2026-11-02 13:00"))
