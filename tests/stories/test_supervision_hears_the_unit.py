"""电子监察: a card, the unit's answer, the ruling, the finding put right, and the public ledger."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from openhall.appraisal.actions import assign, rate, verify
from openhall.appraisal.terms import BadReason, RatingSource, Satisfaction
from openhall.cases import actions as cases
from openhall.cases.terms import Delivery
from openhall.deeds.refusals import Refused
from openhall.ledger.actions import seal
from openhall.ledger.models import Entry
from openhall.supervision import actions
from openhall.supervision.models import (
    Card,
    CaseFileReview,
    DeductionRow,
    Issue,
    Score,
    SupervisionDeed,
    SupervisionRule,
)
from openhall.supervision.notices.pdf import pdf_of
from openhall.supervision.rules.sampling import drawn_by_unit
from openhall.supervision.terms import (
    CardAct,
    CardState,
    ComplaintAbout,
    ComplaintState,
    IssueAct,
    IssueState,
    NoticeKind,
    SheetLine,
    Signal,
    Tick,
    Trigger,
)
from tests.rooms.supervision.conftest import *  # noqa: F403

WHY = "经办人员临时变动，交接不及时，已调整岗位。"
RULING = "交接不及时不是法定扣除时间，认定成立。"
MARCH = date(2024, 3, 1)


@pytest.fixture
def card(decided):
    decided("2024-03-20")
    actions.observe()
    return Card.objects.get(code="over-promise")


def state(card):
    return Card.objects.get(pk=card.pk).state


@pytest.mark.usefixtures("sound")
def test_a_card_is_explained_ruled_put_right_verified_and_told(card, doing, he_jie, song_jian):
    actions.explain(card.pk, WHY, doing(he_jie, "2026-11-20 09:00", desk="head"))
    assert state(card) == CardState.EXPLAINED
    actions.rule_on(card.pk, CardAct.UPHOLD, RULING, doing(song_jian, "2026-11-20 10:00"))
    assert state(card) == CardState.UPHELD
    issue = Issue.objects.get()
    assert (issue.source, issue.reference, issue.state) == ("card", card.number, "open")

    actions.accept_issue(issue.pk, "明确AB岗。", doing(he_jie, "2026-11-20 11:00"))
    actions.start_issue(issue.pk, doing(he_jie, "2026-11-20 11:10"))
    actions.submit_issue(issue.pk, "AB岗安排表已落实。", doing(he_jie, "2026-11-20 11:20"))
    actions.check_issue(
        issue.pk, IssueAct.RETURN, "安排表没有签发。", doing(song_jian, "2026-11-20 11:30")
    )
    actions.submit_issue(issue.pk, "AB岗安排表已签发。", doing(he_jie, "2026-11-20 11:40"))
    actions.check_issue(
        issue.pk, IssueAct.VERIFY, "核对安排表属实。", doing(song_jian, "2026-11-20 11:50")
    )
    with pytest.raises(Refused, match="公开的整改说明"):
        actions.close_issue(issue.pk, "", doing(song_jian, "2026-11-20 12:00"))
    actions.close_issue(issue.pk, "已建立AB岗制度。", doing(song_jian, "2026-11-20 12:10"))
    issue.refresh_from_db()
    assert (issue.state, issue.public_summary) == (IssueState.CLOSED, "已建立AB岗制度。")

    said = b"".join(bytes(body) for body in Entry.objects.values_list("body", flat=True))
    assert WHY.encode() not in said  # the log holds its commitment only
    assert card.number.encode() in said


@pytest.mark.usefixtures("sound")
def test_objected_to_and_withdrawn_it_counts_for_nothing(card, cast, doing, he_jie, song_jian):
    actions.object_to(card.pk, "申请人书面要求暂缓，有记录。", doing(he_jie, "2026-11-20 09:00"))
    actions.rule_on(
        card.pk, CardAct.WITHDRAW, "记录属实，予以撤销本牌。", doing(song_jian, "2026-11-20 10:00")
    )
    assert state(card) == CardState.WITHDRAWN
    assert not Issue.objects.exists()
    score = actions.count_month(cast.organ, MARCH, doing(song_jian, "2026-11-20 11:00"))
    assert not DeductionRow.objects.filter(score=score).exists()


def test_a_ruling_needs_the_unit_to_be_heard_and_its_reasons(card, doing, he_jie, song_jian):
    with pytest.raises(Refused, match="不能“裁定成立”"):
        actions.rule_on(card.pk, CardAct.UPHOLD, RULING, doing(song_jian, "2026-11-20 09:00"))
    actions.explain(card.pk, WHY, doing(he_jie, "2026-11-20 09:10"))
    with pytest.raises(Refused) as refused:
        actions.rule_on(card.pk, CardAct.UPHOLD, "成立", doing(song_jian, "2026-11-20 09:20"))
    assert refused.value.field == "words"


def test_left_unanswered_it_goes_up_and_a_notice_may_follow(card, doing, song_jian):
    with pytest.raises(Refused, match="还没有届满"):
        actions.escalate(card.pk, doing(None, "2026-11-20 09:00"))
    Card.objects.filter(pk=card.pk).update(answer_due=date(2026, 11, 19))
    assert actions.sweep(date(2026, 11, 20))["escalated"] >= 1
    assert state(card) == CardState.ESCALATED
    notice = actions.issue_notice(
        card.pk, NoticeKind.URGING, "请立即清理超期办件。", doing(song_jian, "2026-11-20 09:30")
    )
    assert notice.number == "成监督〔2026〕1号"
    assert pdf_of(notice)[:5] == b"%PDF-"
    assert pdf_of(notice) == pdf_of(notice)


def test_the_database_too_keeps_answer_and_ruling_apart(card, doing, he_jie):
    with pytest.raises(IntegrityError), transaction.atomic():
        Card.objects.filter(pk=card.pk).update(answered_by=he_jie, ruled_by=he_jie)
    with pytest.raises(IntegrityError), transaction.atomic():
        Card.objects.filter(pk=card.pk).update(state="upheld")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        SupervisionDeed.objects.filter(about=card.pk).update(act="explain")


def test_a_deed_is_done_once_however_often_it_is_clicked(card, doing, he_jie):
    deed = doing(he_jie, "2026-11-20 09:00", key="click")
    assert actions.explain(card.pk, WHY, deed).pk == actions.explain(card.pk, WHY, deed).pk


def test_every_deduction_opens_to_its_card_and_a_frozen_month_stays(
    card, cast, doing, decided, he_jie, song_jian
):
    for n in range(2, 12):
        decided("2024-03-12", n=n)
    actions.observe()
    Card.objects.filter(code="entered-late").update(month=date(2024, 2, 1))
    counted = actions.count_month(cast.organ, MARCH, doing(song_jian, "2026-11-20 08:00"))
    assert (counted.closed, counted.pending) == (11, 1)
    assert counted.total - counted.bonus == 100
    with pytest.raises(Refused, match="还有1张监察牌没有裁定"):
        actions.freeze_score(counted.pk, doing(song_jian, "2026-11-20 08:30"))
    actions.explain(card.pk, WHY, doing(he_jie, "2026-11-20 09:00"))
    actions.rule_on(card.pk, CardAct.UPHOLD, RULING, doing(song_jian, "2026-11-20 10:00"))
    actions.freeze_score(counted.pk, doing(song_jian, "2026-11-20 11:00"))
    score = Score.objects.get(pk=counted.pk)
    assert (score.total - score.bonus, score.parts["time"]) == (99, "13.00")
    row = DeductionRow.objects.get(score=score)
    assert (row.rule, row.value, row.formula, row.reference) == (
        "over-promise",
        1,
        "1 × 1.00",
        card.number,
    )
    Card.objects.filter(pk=card.pk).update(month=date(2024, 1, 1))
    again = actions.count_month(cast.organ, MARCH, doing(song_jian, "2026-11-20 12:00"))
    assert again.total - again.bonus == 99


@pytest.mark.usefixtures("sound")
def test_a_complaint_is_accepted_answered_reviewed_reopened_and_solved(
    accepted, cast, doing, he_jie, song_jian
):
    case = accepted()
    said = actions.Grievance(
        ComplaintAbout.CASE,
        cast.organ,
        "交件十天没有人说得清办到哪一步。",
        case=case,
        breach=Trigger.STEP_LATE,
        name="王芳",
        phone="13812345678",
    )
    complaint = actions.complain(said, doing(None, "2026-10-12 09:00"))
    assert complaint.accept_due == date(2026, 10, 19)
    actions.accept_complaint(complaint.pk, doing(song_jian, "2026-10-13 09:00"))
    answer = "已核实，当日补办完毕，并向您道歉。"
    actions.answer_complaint(complaint.pk, answer, doing(he_jie, "2026-10-15 09:00"))
    actions.pass_complaint(complaint.pk, True, doing(song_jian, "2026-10-16 09:00"))
    assert Issue.objects.get().title == "投诉属实：环节超时"
    with pytest.raises(Refused, match="凭投诉查询码"):
        actions.confirm_complaint(complaint.pk, doing(he_jie, "2026-10-16 10:00"), holds_code=False)
    actions.reopen_complaint(
        complaint.pk, "至今仍未收到结果，请再办。", doing(None, "2026-10-17 09:00"), holds_code=True
    )
    actions.answer_complaint(complaint.pk, answer, doing(he_jie, "2026-10-19 09:00"))
    actions.pass_complaint(complaint.pk, False, doing(song_jian, "2026-10-20 09:00"))
    actions.confirm_complaint(complaint.pk, doing(None, "2026-10-21 09:00"), holds_code=True)
    complaint.refresh_from_db()
    assert (complaint.state, complaint.reopened) == (ComplaintState.SATISFIED, 1)


@pytest.mark.usefixtures("sound")
def test_a_complaint_unanswered_for_a_month_is_a_card(accepted, cast, doing, song_jian):
    said = actions.Grievance(ComplaintAbout.WINDOW, cast.organ, "三号窗口一直空着没有人。")
    complaint = actions.complain(said, doing(None, "2026-09-01 09:00"))
    actions.accept_complaint(complaint.pk, doing(song_jian, "2026-09-02 09:00"))
    assert actions.sweep(date(2026, 10, 2))["complaints"] == 0
    assert actions.sweep(date(2026, 10, 9))["complaints"] == 1
    assert Card.objects.get().values == {"due": "2026-10-02", "on": "2026-10-09", "over": 2}
    assert actions.sweep(date(2026, 10, 9))["complaints"] == 0


@pytest.mark.usefixtures("sound")
def test_silence_of_the_complainant_ends_it_without_counting_as_satisfied(
    cast, doing, he_jie, song_jian
):
    said = actions.Grievance(ComplaintAbout.WINDOW, cast.organ, "三号窗口一直空着没有人。")
    complaint = actions.complain(said, doing(None, "2026-09-01 09:00"))
    actions.accept_complaint(complaint.pk, doing(song_jian, "2026-09-02 09:00"))
    actions.answer_complaint(
        complaint.pk, "已增开窗口，并安排了轮值。", doing(he_jie, "2026-09-03 09:00")
    )
    actions.pass_complaint(complaint.pk, False, doing(song_jian, "2026-09-04 09:00"))
    actions.sweep(date(2026, 11, 20))
    complaint.refresh_from_db()
    assert complaint.state == ComplaintState.UNCONFIRMED


@pytest.mark.usefixtures("sound")
def test_a_draw_is_announced_seeded_by_the_log_repeated_by_anyone_and_reviewed(
    decided, cast, doing, zheng_fa
):
    from django.utils import timezone

    case = decided("2024-03-12", note="同意。")
    now = timezone.now()
    announced = doing(zheng_fa, "2026-11-20 09:00")
    draw = actions.announce_draw(MARCH, 1, now, announced)
    with pytest.raises(Refused, match="还没有新的检查点"):
        actions.draw_sample(draw.pk, doing(zheng_fa, "2026-11-20 09:10"))
    seal()
    actions.draw_sample(draw.pk, doing(zheng_fa, "2026-11-20 09:20"))
    draw.refresh_from_db()
    assert drawn_by_unit(draw.seed, {"cd-civil": [case.number]}, 1) == {"cd-civil": [case.number]}
    review = CaseFileReview.objects.get()
    auto = {line: review.lines[line.value]["auto"] for line in SheetLine}
    assert (auto[SheetLine.OPINION], auto[SheetLine.DECISION], auto[SheetLine.TRUE]) == (
        "no",
        "yes",
        "",
    )
    ticks = {line: Tick(auto[line]) if auto[line] else Tick.YES for line in SheetLine}
    with pytest.raises(Refused, match="请写明理由"):
        actions.sign_review(review.pk, ticks, {}, doing(zheng_fa, "2026-11-20 10:00"))
    remarks = dict.fromkeys(SheetLine, "与案卷比对属实。")
    actions.sign_review(review.pk, ticks, remarks, doing(zheng_fa, "2026-11-20 10:10"))
    assert Issue.objects.get().source == "review"
    draw.refresh_from_db()
    assert draw.state == "finished"


@pytest.mark.usefixtures("sound")
def test_a_verified_bad_rating_enters_the_one_ledger(decided, cast, doing, seat, he_jie):
    case = decided("2024-03-12")
    cases.issue(case.pk, doing(cast.li_chuang, "2024-03-13 09:00"))
    cases.deliver(case.pk, Delivery.IN_PERSON, "王芳", doing(cast.li_chuang, "2024-03-13 10:00"))
    rating = rate(
        case.pk,
        Satisfaction.BAD,
        [BadReason.SLOW],
        "",
        RatingSource.ONLINE,
        doing(cast.wang_fang, "2024-03-14 09:00"),
    )
    colleague = seat("kong_he", cast.organ, "handler")
    assign(rating.pk, colleague, doing(he_jie, "2024-03-14 10:00"))
    verify(rating.pk, "经核实，情况属实，须整改。", doing(colleague, "2024-03-14 11:00"))
    issue = Issue.objects.get()
    assert (issue.source, issue.title, issue.due_workdays) == ("rating", "差评：办理时间过长", 5)


@pytest.mark.usefixtures("sound")
def test_a_rule_is_changed_by_a_new_version_that_never_reaches_back(
    decided, doing, song_jian, he_jie
):
    rule = SupervisionRule.objects.get(code="over-promise")
    change = actions.Change(
        signal=Signal.YELLOW,
        parameters={"from": 3},
        sentence=rule.sentence,
        sentence_en=rule.sentence_en,
        basis="监察局2026年第3号通知",
        deduction=rule.deduction,
        answer_days=5,
    )
    for who, day, why in (
        (he_jie, date(2026, 11, 21), "只有监察机关"),
        (song_jian, date(2026, 11, 1), "不能溯及既往"),
    ):
        with pytest.raises(Refused, match=why):
            actions.revise_rule(rule.pk, change, day, "放宽两日。", doing(who, "2026-11-20 09:00"))
    fresh = actions.revise_rule(
        rule.pk, change, date(2026, 11, 21), "放宽到三日。", doing(song_jian, "2026-11-20 10:00")
    )
    rule.refresh_from_db()
    assert (rule.effective_until, fresh.signal) == (date(2026, 11, 20), "yellow")
    decided("2024-03-20")
    actions.observe()  # a late case of 2024 is still measured by the rule of 2024
    assert Card.objects.get(code="over-promise").signal == "red"
