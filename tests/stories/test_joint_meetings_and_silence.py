"""联审制与默许: the joint meeting, and what silence or absence comes to (norms 2.5).

王芳 wants to open a restaurant. Mode B (联审制) with its minutes; the switch 超时默许、缺席默认 off
(as a city begins) and on.
"""

from datetime import date

import pytest
import time_machine

from openhall.cases import actions
from openhall.cases.terms import Stage, SuspensionGround
from openhall.deeds.refusals import Refused
from openhall.joint import actions as joint
from openhall.joint.actions import There
from openhall.joint.models import JointEvent, JointMeeting
from openhall.joint.tasks import consent_by_silence
from openhall.joint.terms import JointAct, JointStage
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.papers.terms import PaperKind
from tests.factories.restaurant import (
    moment,
    restaurant,
    stands,
    words_of,
)

pytestmark = pytest.mark.django_db
SAID = "各单位意见齐备，同意开办。"
MINUTES = "各单位现场查看后同意选址，排水改造一个月内完成。"


# ------------------------------------------------------------ the switch
def office(r) -> Account:
    account = Account.objects.create_user(username="office", is_official=True)
    appoint(account, r.government, Desk.GOVERNMENT_OFFICE, date(2003, 1, 1))
    return account


def switched_on(r):
    return joint.switch_on(
        date(2024, 3, 1), None, "某府办发〔2024〕3号", r.doing(office(r), "2024-02-20 09:00")
    )


def test_off_by_itself_silence_is_only_late_and_never_consent():
    r = restaurant()
    whole = r.accepted(r.apply())
    task = r.signed(whole, "消防")
    with time_machine.travel(moment("2024-04-01 00:25"), tick=False):
        assert consent_by_silence.func() == 0
    with pytest.raises(Refused, match="超时默许规定"):
        joint.deem_consent(task.pk, r.doing(None, "2024-04-01 09:00"))
    assert r.task(whole, "消防").deemed == ""


def test_switched_on_silence_past_the_limit_is_consent_only_after_a_signed_receipt():
    r = restaurant()
    switched_on(r)
    whole = r.accepted(r.apply())
    r.signed(whole, "消防")
    r.says(whole, "市监")
    with time_machine.travel(moment("2024-03-15 23:00"), tick=False):
        assert consent_by_silence.func() == 0  # the last day is still the unit's
    with time_machine.travel(moment("2024-03-25 00:25"), tick=False):
        assert consent_by_silence.func() == 1
        assert consent_by_silence.func() == 0
    fire, water = r.task(whole, "消防"), r.task(whole, "水务")
    assert (fire.deemed, fire.deemed_basis) == ("silence", "某府办发〔2024〕3号")
    assert water.deemed == ""  # never signed for the notice: silence says nothing
    event = JointEvent.objects.get(joint=whole, act=JointAct.DEEM_CONSENT.value)
    assert event.facts["basis"] == "某府办发〔2024〕3号"
    assert event.actor is None

    # Consent is not a licence: the unit's own case stands where it stood.
    assert fire.case.stage == Stage.ACCEPTED
    assert fire.case.decided_at is None
    with pytest.raises(Refused, match="视为同意"):
        r.says(whole, "消防", moment="2024-03-26 09:00")


def test_a_suspension_told_in_writing_is_a_reason_and_no_silence():
    r = restaurant()
    switched_on(r)
    whole = r.accepted(r.apply())
    task = r.signed(whole, "消防")
    window, handler = r.of("消防", Desk.WINDOW), r.of("消防", Desk.HANDLER)
    actions.hand_over(task.case_id, handler, [], r.doing(window, "2024-03-06 10:00"))
    actions.suspend(
        task.case_id,
        SuspensionGround.TESTING,
        "消防法 15",
        10,
        "消特〔2024〕1号",
        r.doing(handler, "2024-03-08 09:00"),
    )
    with time_machine.travel(moment("2024-03-25 00:25"), tick=False):
        assert consent_by_silence.func() == 0


def test_the_switch_is_never_set_for_days_that_are_past_and_can_be_ended():
    r = restaurant()
    who = office(r)
    with pytest.raises(Refused, match="追认"):
        joint.switch_on(
            date(2024, 3, 1), None, "某府办发〔2024〕3号", r.doing(who, "2024-03-01 09:00")
        )
    made = joint.switch_on(
        date(2024, 3, 4), None, "某府办发〔2024〕3号", r.doing(who, "2024-03-01 09:00")
    )
    with pytest.raises(Refused, match="应当在此之后"):
        joint.switch_on(
            date(2024, 3, 4), None, "某府办发〔2024〕9号", r.doing(who, "2024-03-01 09:00")
        )
    joint.switch_off(made.pk, date(2024, 3, 10), "规定废止", r.doing(who, "2024-03-08 09:00"))
    whole = r.accepted(r.apply())
    r.signed(whole, "消防")
    with time_machine.travel(moment("2024-03-25 00:25"), tick=False):
        assert consent_by_silence.func() == 0


# ------------------------------------------------------------ mode B, 联审制
def called(r, whole, at="2024-03-12 14:00") -> JointMeeting:
    handler = r.of("市监", Desk.HANDLER)
    joint.call_meeting(
        whole.pk, moment(at), "锦里1号现场", r.doing(handler, "2024-03-08 09:00"), survey=True
    )
    return JointMeeting.objects.get(joint=whole, held_at=None)


def test_mode_b_needs_a_meeting_with_minutes_and_named_representatives():
    r = restaurant("meeting")
    whole = r.accepted(r.apply())
    decider, handler = r.of("市监", Desk.DECIDER), r.of("市监", Desk.HANDLER)
    for unit in ("市监", "消防", "水务"):
        r.says(whole, unit)
    assert stands(whole) == JointStage.MEETING
    with pytest.raises(Refused, match="联审会议"):
        joint.conclude(whole.pk, True, SAID, r.doing(decider, "2024-03-08 16:00"))
    meeting = called(r, whole)
    there = {
        r.task(whole, "市监").pk: There(decider),
        r.task(whole, "消防").pk: There(r.of("消防", Desk.HEAD)),
        r.task(whole, "水务").pk: There(excuse="防汛值守，已书面说明。"),
    }
    with pytest.raises(Refused, match="还没有召开"):
        joint.hold_meeting(meeting.pk, there, MINUTES, r.doing(handler, "2024-03-12 09:00"))
    strange = there | {r.task(whole, "消防").pk: There(r.of("水务", Desk.HEAD))}
    with pytest.raises(Refused, match="不是市消防救援局的工作人员"):
        joint.hold_meeting(meeting.pk, strange, MINUTES, r.doing(handler, "2024-03-12 17:00"))
    joint.hold_meeting(meeting.pk, there, MINUTES, r.doing(handler, "2024-03-12 17:00"))
    minutes = words_of(r.task(whole, "市监").case, PaperKind.JOINT_MINUTES)
    assert "市消防救援局 消防机关负责人" in minutes.replace("  ", " ")
    assert "市水务局（防汛值守" in minutes
    assert MINUTES in minutes
    joint.conclude(whole.pk, True, SAID, r.doing(decider, "2024-03-12 18:00"))
    assert stands(whole) == JointStage.DECISIONS


def test_a_matter_in_parallel_has_no_meeting():
    r = restaurant("parallel")
    whole = r.accepted(r.apply())
    with pytest.raises(Refused, match="抄告制"):
        called(r, whole)


@pytest.mark.parametrize("on", [False, True], ids=["switch off", "switch on"])
def test_staying_away_without_a_reason_is_consent_only_where_switched_on(on):
    r = restaurant("meeting")
    if on:
        switched_on(r)
    whole = r.accepted(r.apply())
    r.says(whole, "市监")
    for unit in ("消防", "水务"):
        r.signed(whole, unit)
    meeting = called(r, whole)
    there = {
        r.task(whole, "市监").pk: There(r.of("市监", Desk.DECIDER)),
        r.task(whole, "消防").pk: There(),
        r.task(whole, "水务").pk: There(excuse="防汛值守，已书面说明。"),
    }
    handler = r.of("市监", Desk.HANDLER)
    joint.hold_meeting(meeting.pk, there, MINUTES, r.doing(handler, "2024-03-12 17:00"))
    assert r.task(whole, "消防").deemed == ("absence" if on else "")
    assert r.task(whole, "水务").deemed == ""
