"""Each stage × each act through the real acts: what the table does not hold is refused."""

from datetime import date

import pytest

from openhall.cases import actions
from openhall.cases.actions import Point
from openhall.cases.models import Case
from openhall.cases.rules.lifecycle import TABLE
from openhall.cases.terms import (
    Act,
    Channel,
    Delivery,
    Opinion,
    Outcome,
    Stage,
    SuspensionGround,
)
from openhall.deeds.refusals import Refused
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from tests.factories.cases import WANG

POINT = Point("名称与已登记社团相同，请更换。", field="name")
REASON = "申请人不符合公布的受理条件。"
# The way to each stage, by acts alone.
WAYS = {
    Stage.SUBMITTED: (),
    Stage.SUPPLEMENT_ASKED: ("ask_for_supplement",),
    Stage.SUPPLEMENTED: ("ask_for_supplement", "supplement"),
    Stage.ACCEPTED: ("accept",),
    Stage.HANDLING: ("accept", "hand_over"),
    Stage.REVIEWED: ("accept", "hand_over", "review"),
    Stage.GRANTED: ("accept", "hand_over", "review", "decide"),
    Stage.REFUSED: ("accept", "hand_over", "review", "refuse"),
    Stage.ISSUED: ("accept", "hand_over", "review", "decide", "issue"),
    Stage.DELIVERED: ("accept", "hand_over", "review", "decide", "issue", "deliver"),
    Stage.DECLINED: ("decline",),
    Stage.WITHDRAWN: ("withdraw",),
}


@pytest.fixture
def do(cast, doing):
    """``do(case, act, hour)`` by the right person."""
    cashier = Account.objects.create_user(username="cashier")
    appoint(cashier, cast.organ, Desk.CASHIER, date(2003, 1, 1))

    def done(case, act, hour):
        at = f"2024-03-05 {hour:02d}:00"
        pk, window = case.pk, doing(cast.li_chuang, at)
        handler, decider, wang = (
            doing(who, at) for who in (cast.zhao_cheng, cast.sun_pi, cast.wang_fang)
        )
        return {
            "accept": lambda: actions.accept(pk, window),
            "ask_for_supplement": lambda: actions.ask_for_supplement(pk, [POINT], window),
            "supplement": lambda: actions.supplement(pk, {"name": "锦官读书会"}, wang),
            "decline": lambda: actions.decline(pk, Outcome.INELIGIBLE, REASON, window),
            "hand_over": lambda: actions.hand_over(pk, cast.zhao_cheng, ["申请书"], window),
            "review": lambda: actions.review(pk, Opinion.GRANT, "同意。", handler),
            "suspend": lambda: actions.suspend(
                pk, SuspensionGround.HEARING, "行政许可法 47", 2, "特1号", handler
            ),
            "resume": lambda: actions.resume(pk, handler),
            "send_back": lambda: actions.send_back(pk, "请补充依据。", decider),
            "decide": lambda: actions.decide(pk, Outcome.GRANTED, "", "", decider),
            "refuse": lambda: actions.decide(pk, Outcome.REFUSED, REASON, "可申请复议。", decider),
            "bill": lambda: actions.bill(pk, doing(cashier, at)),
            "issue": lambda: actions.issue(pk, window),
            "deliver": lambda: actions.deliver(pk, Delivery.IN_PERSON, "王芳", window),
            "withdraw": lambda: actions.withdraw(pk, wang),
            "deem_accepted": lambda: actions.deem_accepted(pk, doing(None, at)),
        }[act]()

    return done


TRIED = (
    "accept",
    "ask_for_supplement",
    "decline",
    "hand_over",
    "review",
    "suspend",
    "resume",
    "send_back",
    "decide",
    "bill",
    "issue",
    "deliver",
    "withdraw",
    "deem_accepted",
)


@pytest.mark.parametrize("stage", WAYS)
def test_an_act_that_has_no_place_at_this_stage_is_refused(cast, doing, do, stage):
    case = actions.submit(
        "MZ-XK-0001", WANG, {}, Channel.ONLINE, doing(cast.wang_fang, "2024-03-04 09:00")
    )
    for hour, step in enumerate(WAYS[stage], start=9):
        do(case, step, hour)
    case.refresh_from_db()
    assert case.stage == stage
    for act in TRIED:
        if (stage, Act(act)) in TABLE:
            continue
        before = Case.objects.filter(pk=case.pk).values().get()
        with pytest.raises(Refused):
            do(case, act, 20)
        assert Case.objects.filter(pk=case.pk).values().get() == before, act
