"""Erasing the parts of a joint application erases what the whole says; the proofs stay. 47."""

import pytest

from openhall.cases.actions import erase
from openhall.cases.kinds import CASE
from openhall.cases.terms import ErasureGround, Outcome
from openhall.deeds.audit import of_kind
from openhall.joint import actions as joint
from openhall.joint.kinds import JOINT
from openhall.joint.models import JointEvent
from openhall.joint.queries import joint_by_code
from openhall.joint.units import tasks_of
from openhall.organs.terms import Desk
from openhall.papers.kinds import PAPER
from tests.factories.restaurant import REASON, restaurant

pytestmark = pytest.mark.django_db


def test_with_its_last_part_the_whole_forgets_and_the_log_still_agrees(settings):
    settings.RETENTION_DAYS = 30
    r = restaurant()
    whole = r.accepted(r.apply())
    r.says(whole, "水务", "disagree", REASON)
    code = whole.query_code
    joint.withdraw_joint(whole.pk, r.doing(r.wang, "2024-03-08 09:00"))
    said = JointEvent.objects.get(joint=whole, act="opine")
    assert said.detail == {"reason": REASON}
    for n, unit in enumerate(("市监", "消防", "水务"), start=1):
        head = r.of(unit, Desk.HEAD)
        case = r.task(whole, unit).case
        erase(
            case.pk,
            ErasureGround.ON_REQUEST,
            "依申请人书面请求删除本件",
            r.doing(head, "2024-06-03 09:00"),
        )
        assert (joint_by_code(code) is None) == (n == 3)
    assert REASON not in r.task(whole, "水务").reason
    assert JointEvent.objects.get(pk=said.pk).detail == {}
    assert [*of_kind(JOINT), *of_kind(CASE), *of_kind(PAPER)] == []
    assert {task.case.outcome for task in tasks_of(whole)} == {Outcome.WITHDRAWN.value}
