"""What joint handling leaves is held against the log: events, rows, and who acted. A5."""

import pytest

from openhall.cases import actions
from openhall.cases.kinds import CASE
from openhall.deeds.audit import of_kind
from openhall.deeds.refusals import Moved, Refused
from openhall.joint import actions as joint
from openhall.joint.actions import There
from openhall.joint.kinds import JOINT
from openhall.joint.models import JointEvent, JointMeeting
from openhall.organs.terms import Desk
from tests.factories.hand_edits import unseen
from tests.factories.restaurant import REASON, moment, restaurant

pytestmark = pytest.mark.django_db


@pytest.fixture
def met():
    """Accepted, one opinion given, and a meeting held at which one unit was away."""
    r = restaurant("meeting")
    whole = r.accepted(r.apply())
    r.says(whole, "消防", "disagree", REASON)
    leader = r.of("市监", Desk.HANDLER)
    joint.call_meeting(
        whole.pk, moment("2024-03-11 09:00"), "现场", r.doing(leader, "2024-03-08 09:00")
    )
    there = {r.task(whole, unit).pk: There(r.of(unit, Desk.HEAD)) for unit in ("市监", "消防")}
    there[r.task(whole, "水务").pk] = There(excuse="防汛值守，不能到会。")
    meeting = JointMeeting.objects.get(joint=whole)
    joint.hold_meeting(meeting.pk, there, REASON, r.doing(leader, "2024-03-11 10:00"))
    return r, whole


def test_every_edit_by_hand_of_what_joint_handling_left_is_found(met):
    assert [*of_kind(JOINT), *of_kind(CASE)] == []
    assert unseen(JOINT) == []


def test_a_repeated_key_answers_only_for_the_same_act_and_person(met):
    r, whole = met
    window = r.of("水务", Desk.WINDOW)
    task = r.task(whole, "水务")
    first = joint.sign_notice(task.pk, r.doing(window, "2024-03-12 09:00", key="once"))
    assert joint.sign_notice(task.pk, r.doing(window, "2024-03-12 09:00", key="once")) == first
    handler = r.of("水务", Desk.HANDLER)
    for who, tries in (
        (window, lambda doing: joint.opine_together(task.pk, "agree", "", doing)),
        (handler, lambda doing: joint.sign_notice(task.pk, doing)),
    ):
        with pytest.raises(Refused) as refused:
            tries(r.doing(who, "2024-03-12 10:00", key="once"))
        assert refused.value.field == "key"


def test_who_acts_from_an_older_page_is_told(met):
    r, whole = met
    doing = r.doing(r.of("市监", Desk.DECIDER), "2024-03-12 09:00")
    with pytest.raises(Moved):
        joint.conclude(whole.pk, True, REASON, doing, seen=1)


def test_the_superiors_reply_is_a_deed_of_the_whole_too():
    r = restaurant()
    whole = r.accepted(r.apply())
    task = r.says(whole, "水务", "agree_forward", moment="2024-03-06 09:00")
    window, handler = r.of("水务", Desk.WINDOW), r.of("水务", Desk.HANDLER)
    actions.hand_over(task.case_id, handler, [], r.doing(window, "2024-03-06 10:00"))
    actions.forward(task.case_id, "省水利厅", REASON, r.doing(handler, "2024-03-07 09:00"))
    actions.reply(task.case_id, REASON, r.doing(handler, "2024-03-15 09:00"))
    event = JointEvent.objects.filter(joint=whole).latest("seq")
    assert (event.act, event.actor, event.organ) == ("reply", handler, r.organs["水务"])
    assert event.facts == {"case": task.case.number, "tell_by": "2024-03-19"}
    assert [*of_kind(JOINT), *of_kind(CASE)] == []
