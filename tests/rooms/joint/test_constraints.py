"""What joint handling forbids is forbidden to who writes past the acts, too. 行政许可法 26, 42."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from openhall.joint.models import DeemedConsent, JointAttendance, JointCase, JointMeeting, JointTask
from openhall.organs.terms import Desk
from tests.factories.restaurant import SHANGHAI, restaurant

pytestmark = pytest.mark.django_db
AT = datetime(2024, 3, 8, 9, tzinfo=SHANGHAI)


@pytest.fixture
def r():
    return restaurant("meeting")


@pytest.fixture
def whole(r):
    """Accepted and copied; 消防 has signed its notice, 水务 has not."""
    whole = r.accepted(r.apply())
    r.signed(whole, "消防")
    return whole


def refused(rows, **changes) -> str:
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        rows.update(**changes)
    return str(broken.value)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"due_on": None}, "accepted_joint_case_has_a_common_limit"),
        ({"extended_days": 16}, "joint_extension_is_within_the_law"),
        ({"concluded_at": AT}, "conclusion_says_which"),
    ],
)
def test_the_whole_keeps_its_limit_and_says_its_conclusion(whole, changes, name):
    assert name in refused(JointCase.objects.filter(pk=whole.pk), **changes)


def test_who_accepted_for_all_cannot_stand_as_the_one_who_concluded(whole):
    changes = {"concluded_at": AT, "approved": True, "concluded_by": whole.intake}
    name = "who_accepts_together_does_not_conclude"
    assert name in refused(JointCase.objects.filter(pk=whole.pk), **changes)


@pytest.mark.parametrize(
    ("unit", "changes", "name"),
    [
        ("消防", {"opinion": "perhaps"}, "joint_opinion_has_a_prescribed_form"),
        ("消防", {"opinion": "disagree"}, "joint_objection_gives_its_reasons"),
        ("消防", {"opinion": "agree"}, "joint_opinion_names_who_gave_it"),
        ("消防", {"noticed_at": None}, "joint_receipt_is_signed_for_a_notice"),
        ("消防", {"signed_by": None}, "joint_receipt_is_signed_for_a_notice"),
        ("消防", {"deemed": "silence"}, "deemed_consent_needs_a_signed_receipt"),
        (
            "水务",
            {"deemed": "silence", "deemed_basis": "某府办发〔2024〕3号"},
            "deemed_consent_needs_a_signed_receipt",
        ),
        ("消防", {"reasons_at": AT}, "joint_reasons_are_given_where_owed"),
        (
            "消防",
            {"reasons_at": AT, "reasons_due": date(2024, 3, 22)},
            "joint_reasons_are_given_where_owed",
        ),
    ],
)
def test_a_unit_follows_the_order_of_the_procedure(r, whole, unit, changes, name):
    rows = JointTask.objects.filter(pk=r.task(whole, unit).pk)
    assert name in refused(rows, **changes)


def test_no_opinion_without_a_signed_receipt(r, whole):
    handler = r.of("水务", Desk.HANDLER)
    rows = JointTask.objects.filter(pk=r.task(whole, "水务").pk)
    said = refused(rows, opinion="agree", opinion_at=AT, opinion_by=handler)
    assert "joint_opinion_follows_a_signed_receipt" in said


def test_a_meeting_leaves_minutes_and_a_unit_attends_once(r, whole):
    leader = r.of("市监", Desk.HANDLER)
    meeting = JointMeeting.objects.create(
        joint=whole, called_by=leader, called_at=AT, meets_at=AT, place="锦里1号"
    )
    rows = JointMeeting.objects.filter(pk=meeting.pk)
    assert "held_joint_meeting_has_minutes" in refused(rows, held_at=AT)
    task = r.task(whole, "消防")
    there = {"meeting": meeting, "task": task, "representative": leader}
    with pytest.raises(IntegrityError), transaction.atomic():
        JointAttendance.objects.create(**there, excuse="出差")
    JointAttendance.objects.create(**there)
    with pytest.raises(IntegrityError), transaction.atomic():
        JointAttendance.objects.create(meeting=meeting, task=task, excuse="出差")
    with pytest.raises(IntegrityError), transaction.atomic():
        JointMeeting.objects.create(
            joint=whole, called_by=leader, called_at=AT, meets_at=AT, place="锦里2号"
        )


def test_the_switch_names_its_document_and_ends_after_it_begins(r):
    row = {"effective_from": date(2024, 3, 1), "number": 1}
    for more in (
        {"basis": ""},
        {"basis": "某府办发〔2024〕3号", "effective_until": date(2024, 2, 1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            DeemedConsent.objects.create(**row, **more)
