"""Joint handling under supervision: each lateness one card, to who was late, with its sum."""

from datetime import date

import pytest

from openhall.joint import actions as joint
from openhall.joint.actions import There
from openhall.joint.models import JointMeeting
from openhall.joint.tasks import accept_together
from openhall.organs.terms import Desk
from openhall.supervision import actions
from openhall.supervision.actions.together import joint_lateness
from openhall.supervision.models import Card
from tests.factories.restaurant import REASON, restaurant
from tests.rooms.joint.test_deny_matrix import moment

pytestmark = pytest.mark.django_db


def looked(day: str) -> int:
    return joint_lateness(date.fromisoformat(day), moment(f"{day} 01:00"))


def card_of(code: str):
    return [(one.organ.short_name, one.values) for one in Card.objects.filter(code=code)]


def test_an_unsigned_notice_and_a_late_opinion_are_one_card_each():
    r = restaurant()
    whole = r.accepted(r.apply())  # accepted on 5 March; fire has 8 working days, to the 15th
    for unit in ("市监", "水务"):
        r.signed(whole, unit)
        r.says(whole, unit)
    assert looked("2024-03-06") == 0
    assert looked("2024-03-07") == 1
    late = {"due": "2024-03-06", "on": "2024-03-07", "over": 1}
    assert card_of("joint-unsigned") == [("消防", late)]
    assert looked("2024-03-15") == 0
    assert looked("2024-03-19") == 1
    late = {"due": "2024-03-15", "on": "2024-03-19", "over": 2}
    assert card_of("joint-opinion") == [("消防", late)]
    assert looked("2024-03-20") == 0  # one occasion, one card


def test_an_opinion_given_late_between_two_nights_has_its_card_too():
    r = restaurant()
    whole = r.accepted(r.apply())
    for unit in ("市监", "消防", "水务"):
        r.signed(whole, unit)
    r.says(whole, "消防", moment="2024-03-18 09:00")
    assert looked("2024-03-18") == 1
    assert card_of("joint-opinion") == [
        ("消防", {"due": "2024-03-15", "on": "2024-03-18", "over": 1})
    ]


def test_an_empty_chair_is_a_card_and_an_excuse_is_none():
    r = restaurant("meeting")
    whole = r.accepted(r.apply())
    for unit in ("市监", "消防", "水务"):
        r.signed(whole, unit)
        r.says(whole, unit)
    handler = r.of("市监", Desk.HANDLER)
    joint.call_meeting(
        whole.pk, moment("2024-03-12 14:00"), "现场", r.doing(handler, "2024-03-08 09:00")
    )
    there = {
        r.task(whole, "市监").pk: There(handler),
        r.task(whole, "消防").pk: There(),
        r.task(whole, "水务").pk: There(excuse="防汛值守，已书面说明。"),
    }
    meeting = JointMeeting.objects.get(joint=whole)
    joint.hold_meeting(meeting.pk, there, REASON, r.doing(handler, "2024-03-12 17:00"))
    assert looked("2024-03-13") == 1
    assert card_of("joint-absent") == [("消防", {"on": "2024-03-12"})]
    assert looked("2024-03-14") == 0


def test_reasons_owed_are_the_leads_and_not_the_units():
    r = restaurant()
    whole = r.accepted(r.apply())
    for unit in ("市监", "消防", "水务"):
        r.signed(whole, unit)
        r.says(whole, unit, *(("disagree", REASON) if unit == "水务" else ("agree", "")))
    joint.conclude(whole.pk, True, REASON, r.doing(r.of("市监", Desk.DECIDER), "2024-03-08 16:00"))
    assert looked("2024-03-22") == 0
    assert looked("2024-03-25") == 1
    assert card_of("joint-reasons") == [
        ("市监", {"due": "2024-03-22", "on": "2024-03-25", "over": 1})
    ]


def test_the_silence_of_the_lead_is_the_leads_card_once():
    r = restaurant()
    r.apply()
    assert accept_together.func() == 1
    actions.observe()
    assert [one.organ.short_name for one in Card.objects.filter(code="silence")] == ["市监"]
