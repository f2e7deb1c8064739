"""好差评: each served stage rated once; a bad one verified, put right, answered, revisited."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from openhall.appraisal import actions
from openhall.appraisal.models import Rating, RatingMonth
from openhall.appraisal.queries import counts_by_unit, ratings_behind
from openhall.appraisal.rules.six import six
from openhall.appraisal.terms import (
    BadReason,
    Ground,
    RatingSource,
    RatingState,
    Satisfaction,
    ServedStage,
    SixFigure,
)
from openhall.deeds.refusals import Refused
from openhall.ledger.models import Entry
from openhall.outbox.models import Message
from openhall.statistics.recount import differences
from openhall.supervision.models import Issue
from tests.rooms.appraisal.conftest import *  # noqa: F403

WHAT = "经核实，当天窗口人手不足，属实。"
DONE = "已增开一个窗口，并向您道歉。"
MARCH = date(2024, 3, 1)
GOOD = (Satisfaction.GOOD, [], "", RatingSource.ONLINE)


def now(rating):
    return Rating.objects.get(pk=rating.pk)


def figures(organ):
    return six(dict(counts_by_unit(MARCH, MARCH))[organ])


@pytest.mark.usefixtures("sound")
def test_a_bad_rating_is_assigned_verified_put_right_answered_and_revisited(
    bad, cast, doing, he_jie, kong_he, qin_guan
):
    assert (bad.state, bad.due, bad.fed_back_due) == (
        "received",
        date(2024, 3, 15),
        date(2024, 3, 21),
    )
    assert not Issue.objects.exists()  # nothing is held against the unit before it is verified
    head = lambda at: doing(he_jie, at)  # noqa: E731
    with pytest.raises(Refused, match="没有经办该件"):
        actions.assign(bad.pk, cast.zhao_cheng, head("2024-03-14 10:00"))
    actions.assign(bad.pk, kong_he, head("2024-03-14 10:10"))
    actions.verify(bad.pk, WHAT, doing(kong_he, "2024-03-15 09:00"))
    issue = Issue.objects.get()
    assert (issue.source, issue.title, issue.due_workdays) == ("rating", "差评：办理时间过长", 5)
    assert issue.reference == bad.number  # not the case: nobody finds who rated
    actions.feed_back(bad.pk, DONE, head("2024-03-18 09:00"))
    assert any("评价有了回复" in one.subject for one in Message.objects.all())
    actions.return_it(bad.pk, "回访时说排队还是很久。", doing(qin_guan, "2024-03-19 09:00"))
    actions.feed_back(bad.pk, "已经再增开一个办证窗口。", head("2024-03-20 09:00"))
    with pytest.raises(Refused, match="已经退回"):
        actions.return_it(bad.pk, "回访时说排队还是很久。", doing(qin_guan, "2024-03-21 09:00"))
    actions.revisit(bad.pk, True, "回访时本人表示已经满意了。", doing(qin_guan, "2024-03-21 10:00"))
    assert (now(bad).state, now(bad).content) == (RatingState.CLOSED, True)
    found = figures(cast.organ)
    assert [found[one].percent for one in (SixFigure.REPLIED, SixFigure.CONTENT)] == ["100.0%"] * 2
    assert list(differences()) == []


@pytest.mark.usefixtures("sound")
def test_the_unit_objects_and_what_is_set_aside_counts_in_no_figure(
    bad, cast, doing, he_jie, song_jian
):
    words = "申请人在评价中写明评的是另一个单位。"
    actions.object_to(bad.pk, Ground.MISTAKEN, words, doing(he_jie, "2024-03-18 09:00"))
    with pytest.raises(Refused, match="只有监察机关"):
        actions.set_aside(bad.pk, words, doing(he_jie, "2024-03-18 10:00"))
    actions.set_aside(bad.pk, "记录属实，评的不是本单位。", doing(song_jian, "2024-03-19 09:00"))
    assert now(bad).state == RatingState.SET_ASIDE
    assert not Issue.objects.exists()
    found = figures(cast.organ)
    assert (found[SixFigure.GOOD].whole, found[SixFigure.REPLIED].whole) == (0, 0)
    assert found[SixFigure.ACTIVE].part == 1  # that somebody rated stays true
    assert dict(counts_by_unit(MARCH, MARCH))[cast.organ].points == 0
    assert list(differences()) == []
    RatingMonth.objects.update(points=9)
    assert [(one.figure, one.kept, one.counted) for one in differences()] == [
        ("ratings, points", 9, 0)
    ]


@pytest.mark.parametrize(("served", "points"), [("2026-06-30", 4), ("2026-07-01", 3)])
def test_the_same_rating_has_its_points_by_the_day_of_the_service(
    walk, cast, doing, served, points
):
    case = walk.accepted(walk.submitted(moment=f"{served} 09:00"), f"{served} 10:00")
    said = (Satisfaction.BAD, [BadReason.SLOW], "", RatingSource.ONLINE)
    when = doing(cast.wang_fang, "2026-07-02 09:00")
    actions.rate(case.pk, *said, when, stage=ServedStage.ACCEPTANCE)
    july = date(2026, 7, 1)
    assert dict(counts_by_unit(july, july))[cast.organ].points == points
    assert list(differences()) == []


@pytest.mark.usefixtures("sound")
def test_an_objection_that_fails_or_comes_late_leaves_it_to_be_put_right(
    bad, doing, he_jie, song_jian
):
    with pytest.raises(Refused, match="已经过期"):
        actions.object_to(bad.pk, Ground.MALICIOUS, WHAT, doing(he_jie, "2024-03-22 09:00"))
    actions.object_to(bad.pk, Ground.MALICIOUS, WHAT, doing(he_jie, "2024-03-20 09:00"))
    actions.uphold(bad.pk, "没有恶意的证据，予以维持。", doing(song_jian, "2024-03-21 09:00"))
    assert now(bad).state == RatingState.VERIFIED
    assert Issue.objects.get().due_workdays == 15


@pytest.mark.usefixtures("sound")
def test_each_served_stage_is_rated_once_and_only_the_delivered_one_is_the_service(
    delivered, accepted, cast, doing
):
    case = delivered()
    taking_in = {"stage": ServedStage.ACCEPTANCE}
    actions.rate(case.pk, *GOOD, doing(cast.wang_fang, "2024-03-14 09:00"))
    first = actions.rate(case.pk, *GOOD, doing(cast.wang_fang, "2024-03-14 09:10"), **taking_in)
    assert first.stage == ServedStage.ACCEPTANCE
    for more in ({}, taking_in):
        with pytest.raises(Refused, match="只评价一次"):
            actions.rate(case.pk, *GOOD, doing(cast.wang_fang, "2024-03-14 09:20"), **more)
    later = accepted(2)
    actions.rate(later.pk, *GOOD, doing(cast.wang_fang, "2024-03-15 09:00"), **taking_in)
    with pytest.raises(Refused, match="送达后才能评价"):
        actions.rate(later.pk, *GOOD, doing(cast.wang_fang, "2024-03-15 09:10"))
    found = figures(cast.organ)
    assert (found[SixFigure.ACTIVE].part, found[SixFigure.ACTIVE].whole) == (3, 3)
    assert ratings_behind("active", cast.organ, MARCH).count() == 3
    assert list(differences()) == []


@pytest.mark.usefixtures("sound")
def test_staff_never_rate_and_only_a_centre_copies_slips_and_calls(
    delivered, cast, doing, he_jie, qin_guan, song_jian
):
    case = delivered()
    cast.li_chuang.is_official = True
    cast.li_chuang.save()
    with pytest.raises(Refused, match="工作人员不能代为评价"):
        actions.rate(case.pk, *GOOD, doing(cast.li_chuang, "2024-03-14 09:00"), holds_code=True)
    slip = (Satisfaction.FAIR, [], "", RatingSource.PAPER)
    for who in (cast.li_chuang, he_jie, song_jian, cast.wang_fang, None):
        with pytest.raises(Refused, match="只有政务服务中心"):
            actions.rate(case.pk, *slip, doing(who, "2024-03-14 09:10"), holds_code=True)
    copied = actions.rate(case.pk, *slip, doing(qin_guan, "2024-03-14 09:20"))
    assert copied.source == "paper"


def test_the_log_never_leads_from_a_rating_to_its_case(bad):
    body = bytes(Entry.objects.filter(kind="rating").get().body).decode()
    assert bad.number in body
    assert bad.case.number not in body
    assert "等了一个小时" not in body


def test_the_database_too_keeps_who_mends_and_who_revisits_apart(bad, he_jie):
    for change in (
        {"objected_by": he_jie, "ruled_by": he_jie},
        {"replied_by": he_jie, "revisited_by": he_jie},
        {"score": 4},
        {"accepted_id": bad.case_id},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Rating.objects.filter(pk=bad.pk).update(**change)


def test_a_bad_rating_says_what_was_wrong(delivered, cast, doing):
    case = delivered()
    bare = (Satisfaction.VERY_BAD, [], "很差", RatingSource.ONLINE)
    with pytest.raises(Refused) as refused:
        actions.rate(case.pk, *bare, doing(cast.wang_fang, "2024-03-14 09:00"))
    assert refused.value.field == "reasons"
    said = (Satisfaction.VERY_BAD, [BadReason.ATTITUDE], "", RatingSource.ONLINE)
    assert actions.rate(case.pk, *said, doing(cast.wang_fang, "2024-03-14 09:10")).score == 1
