"""Deny unless a named predicate allows: role × act × case, and a denied deed leaves no trace."""

from datetime import date

import pytest

from openhall.cases import actions
from openhall.cases.actions import Point
from openhall.cases.terms import (
    Channel,
    Delivery,
    Opinion,
    Outcome,
    SuspensionGround,
)
from openhall.deeds.refusals import Refused
from openhall.organs.actions import appoint
from openhall.organs.models import Organ
from openhall.organs.terms import Desk
from tests.factories.cases import WANG
from tests.rooms.cases.hands import NOBODY, second, somebody, trace

pytestmark = pytest.mark.any_database

POINT = Point("名称与已登记社团相同，请更换。", field="name")
REASON = "申请人不符合公布的受理条件。"

# Which desk of the case's own organ may do what; everybody else is refused.
ALLOWED = {
    "accept": {Desk.WINDOW},
    "ask_for_supplement": {Desk.WINDOW},
    "decline": {Desk.WINDOW},
    "hand_over": {Desk.WINDOW},
    "review": set(),  # the named handler alone
    "suspend": set(),
    "decide": {Desk.DECIDER},
    "send_back": {Desk.DECIDER},
    "issue": {Desk.WINDOW},
    "deliver": {Desk.WINDOW},
    "withdraw": set(),  # the applicant alone
    "correct_on_spot": {Desk.WINDOW},
    "ask_extension": set(),
    "extend": {Desk.HEAD},
    "tell_hearing": set(),
    "site_check": set(),
    "forward": set(),
    "consult": set(),
    "reassign": {Desk.DECIDER, Desk.HEAD},
    "finish_step": set(),
    "return_step": set(),
}
READY = {
    "accept": 0,
    "ask_for_supplement": 0,
    "decline": 0,
    "hand_over": 1,
    "review": 2,
    "suspend": 2,
    "decide": 3,
    "send_back": 3,
    "issue": 4,
    "deliver": 5,
    "withdraw": 2,
    "correct_on_spot": 0,
    "ask_extension": 2,
    "extend": 2,
    "tell_hearing": 2,
    "site_check": 2,
    "forward": 2,
    "consult": 2,
    "reassign": 2,
    "finish_step": 2,
    "return_step": 2,
}


def tries(act, pk, cast):
    """The act as somebody would do it."""
    return {
        "accept": lambda d: actions.accept(pk, d),
        "ask_for_supplement": lambda d: actions.ask_for_supplement(pk, [POINT], d),
        "decline": lambda d: actions.decline(pk, Outcome.INELIGIBLE, REASON, d),
        "hand_over": lambda d: actions.hand_over(pk, cast.zhao_cheng, ["申请书"], d),
        "review": lambda d: actions.review(pk, Opinion.GRANT, "同意。", d),
        "suspend": lambda d: actions.suspend(
            pk, SuspensionGround.HEARING, "行政许可法 47", 2, "特1号", d
        ),
        "decide": lambda d: actions.decide(pk, Outcome.GRANTED, "", "", d),
        "send_back": lambda d: actions.send_back(pk, "请补充依据。", d),
        "issue": lambda d: actions.issue(pk, d),
        "deliver": lambda d: actions.deliver(pk, Delivery.IN_PERSON, "王芳", d),
        "withdraw": lambda d: actions.withdraw(pk, d),
        "correct_on_spot": lambda d: actions.correct_on_spot(pk, {"name": "锦官"}, d),
        "ask_extension": lambda d: actions.ask_extension(pk, 5, REASON, d),
        "extend": lambda d: actions.extend(pk, 5, REASON, d),
        "tell_hearing": lambda d: actions.tell_hearing(pk, REASON, d),
        "site_check": lambda d: actions.site_check(
            pk, date(2024, 3, 6), "锦江区一路1号", [cast.zhao_cheng, cast.sun_pi], REASON, True, d
        ),
        "forward": lambda d: actions.forward(pk, "省民政厅", REASON, d),
        "consult": lambda d: actions.consult(
            pk, Organ.objects.get(code="cd-water"), REASON, date(2024, 3, 20), d
        ),
        "reassign": lambda d: actions.reassign(pk, second(cast), "工作量调整。", d),
        "finish_step": lambda d: actions.finish_step(pk, d),
        "return_step": lambda d: actions.return_step(pk, "缺少照片。", d),
    }[act]


@pytest.fixture
def case_for(cast, doing):
    """A case brought by its proper hands to where ``act`` may be tried."""

    def brought(act):
        case = actions.submit(
            "MZ-XK-0001",
            WANG,
            {"name": "读书会"},
            Channel.ONLINE,
            doing(cast.wang_fang, "2024-03-04 09:00"),
        )
        way = (
            lambda: actions.accept(case.pk, doing(cast.li_chuang, "2024-03-05 09:00")),
            lambda: actions.hand_over(
                case.pk, cast.zhao_cheng, [], doing(cast.li_chuang, "2024-03-05 10:00")
            ),
            lambda: actions.review(
                case.pk, Opinion.GRANT, "同意。", doing(cast.zhao_cheng, "2024-03-06 09:00")
            ),
            lambda: actions.decide(
                case.pk, Outcome.GRANTED, "", "", doing(cast.sun_pi, "2024-03-06 10:00")
            ),
            lambda: actions.issue(case.pk, doing(cast.li_chuang, "2024-03-06 11:00")),
        )
        for step in way[: READY[act]]:
            step()
        return case

    return brought


@pytest.mark.parametrize("act", ALLOWED)
def test_only_the_named_desk_may(cast, doing, case_for, act):
    case = case_for(act)
    before = trace()
    for who in (*Desk, *NOBODY):
        if who in ALLOWED[act] or (act, who) == ("withdraw", "applicant"):
            continue
        account = somebody(who, cast)
        with pytest.raises(Refused) as refused:
            tries(act, case.pk, cast)(doing(account, "2024-03-07 09:00"))
        assert "只有" in str(refused.value), (act, who)
        assert trace() == before, (act, who)
    for desk in ALLOWED[act]:
        tries(act, case.pk, cast)(doing(somebody(desk, cast), "2024-03-07 10:00"))
        assert trace() != before


def test_the_named_handler_and_the_applicant_may(cast, doing, case_for):
    case = case_for("review")
    tries("review", case.pk, cast)(doing(cast.zhao_cheng, "2024-03-07 09:00"))
    tries("withdraw", case.pk, cast)(doing(cast.wang_fang, "2024-03-07 10:00"))


def test_one_person_at_two_desks_may_still_not_hold_one_case_twice(cast, doing, case_for):
    for desk in (Desk.HANDLER, Desk.DECIDER):
        appoint(cast.li_chuang, cast.organ, desk, date(2003, 1, 1))
    case = case_for("hand_over")
    with pytest.raises(Refused, match="接办件分离"):
        actions.hand_over(case.pk, cast.li_chuang, [], doing(cast.li_chuang, "2024-03-07 09:00"))
    tries("hand_over", case.pk, cast)(doing(cast.li_chuang, "2024-03-07 09:30"))
    tries("review", case.pk, cast)(doing(cast.zhao_cheng, "2024-03-07 10:00"))
    with pytest.raises(Refused, match="接办件分离"):
        tries("decide", case.pk, cast)(doing(cast.li_chuang, "2024-03-07 11:00"))


def test_an_official_may_not_receive_his_own_application(cast, doing):
    own = actions.submit(
        "MZ-XK-0001", WANG, {}, Channel.ONLINE, doing(cast.li_chuang, "2024-03-04 09:00")
    )
    with pytest.raises(Refused, match="窗口"):
        actions.accept(own.pk, doing(cast.li_chuang, "2024-03-05 09:00"))
