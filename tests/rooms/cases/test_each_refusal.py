"""What an act of the procedure refuses, in the words people read; a refusal leaves no trace."""

from datetime import date

import pytest

from openhall.cases import actions
from openhall.cases.actions import Point
from openhall.cases.models import Case, CaseEvent, Consultation, ExtensionRequest
from openhall.cases.terms import (
    AttemptResult,
    ConsultedOpinion,
    Delivery,
    SuspensionGround,
)
from openhall.deeds.refusals import Refused
from openhall.ledger.models import Entry
from openhall.organs.actions import appoint
from openhall.organs.models import Account, Organ
from openhall.organs.terms import Desk
from openhall.papers.models import Paper
from tests.factories.cases import Walk

WHY = "经调查核实，事实清楚，证据充分。"
DAY = "2024-03-06 09:00"


@pytest.fixture
def walk(cast, doing):
    return Walk(cast, doing)


@pytest.fixture
def case(walk):
    return walk.handed_over(walk.accepted(moment="2024-03-04 10:00"), "2024-03-04 10:05")


@pytest.fixture
def head(cast):
    account = Account.objects.create_user(username="head")
    appoint(account, cast.organ, Desk.HEAD, date(2003, 1, 1))
    return account


def left(case):
    return (
        Case.objects.filter(pk=case.pk).values().get(),
        CaseEvent.objects.count(),
        Entry.objects.exclude(kind__in=("organ", "posting")).count(),
        Paper.objects.count(),
    )


def refused(case, sentence, act, *said, **more):
    """``act`` is refused with ``sentence``, and nothing of it is left."""
    before = left(case)
    with pytest.raises(Refused, match=sentence) as caught:
        act(*said, **more)
    assert caught.value.said.en, "also in English"
    assert left(case) == before


def test_a_step_goes_back_with_a_reason_and_where_there_is_one(cast, doing, case):
    handler = doing(cast.zhao_cheng, DAY)
    refused(case, "请写明退回的理由", actions.return_step, case.pk, " ", handler)
    refused(case, "前面没有可以退回的审查环节", actions.return_step, case.pk, WHY, handler)
    refused(case, "只有本件的承办人", actions.return_step, case.pk, WHY, doing(cast.sun_pi, DAY))


def test_a_stand_in_is_of_the_same_desk_and_the_absence_has_a_reason(cast, doing, case):
    second = Account.objects.create_user(username="second")
    appoint(second, cast.organ, Desk.HANDLER, date(2003, 1, 1))
    from_to = (date(2024, 3, 6), date(2024, 3, 8))
    names, decider = (cast.zhao_cheng, second, cast.organ), doing(cast.sun_pi, DAY)
    set_ = actions.set_stand_in
    refused(case, "请写明不在岗的原因", set_, *names, Desk.HANDLER, *from_to, " ", decider)
    back = reversed(from_to)
    refused(case, "结束日期不能早于", set_, *names, Desk.HANDLER, *back, "休假", decider)
    self_ = (second, second, cast.organ)
    refused(case, "代办人须是另一个人", set_, *self_, Desk.HANDLER, *from_to, "休假", decider)
    other = (cast.zhao_cheng, cast.li_chuang, cast.organ)
    refused(case, "不在承办岗位上", set_, *other, Desk.HANDLER, *from_to, "休假", decider)


def test_another_unit_is_asked_once_about_what_is_of_the_case(cast, doing, case):
    water = Organ.objects.get(code="cd-water")
    question, due = "该社团活动场地是否在河道管理范围内？", date(2024, 3, 13)
    handler = doing(cast.zhao_cheng, DAY)
    ask = actions.consult
    refused(case, "本单位以外的单位", ask, case.pk, cast.organ, question, due, handler)
    refused(case, "请写明征求意见的问题", ask, case.pk, water, "是否？", due, handler)
    same_day = date(2024, 3, 6)
    refused(case, "答复期限应当晚于今天", ask, case.pk, water, question, same_day, handler)
    foreign = {"uploads": [987_654]}
    refused(case, "材料987654不属于本件", ask, case.pk, water, question, due, handler, **foreign)
    ask(case.pk, water, question, due, handler)
    again = doing(cast.zhao_cheng, "2024-03-06 10:00")
    refused(case, "正在征求市水务局的意见", ask, case.pk, water, question, due, again)
    adviser = Account.objects.create_user(username="adviser")
    appoint(adviser, water, Desk.HANDLER, date(2003, 1, 1))
    pk = Consultation.objects.get().pk
    actions.opine(pk, ConsultedOpinion.AGREE, "", doing(adviser, "2024-03-07 10:00"))
    later = doing(adviser, "2024-03-07 11:00")
    refused(
        case, "本单位已经反馈意见，不能更改", actions.opine, pk, ConsultedOpinion.AGREE, "", later
    )


def test_a_note_says_something(cast, doing, case):
    refused(case, "请写下记事的内容", actions.note, case.pk, " ", doing(cast.zhao_cheng, DAY))


def test_a_site_check_has_a_place_a_day_that_came_and_what_was_seen(cast, doing, case):
    second = Account.objects.create_user(username="second")
    appoint(second, cast.organ, Desk.HANDLER, date(2003, 1, 1))
    two, handler, check = [cast.zhao_cheng, second], doing(cast.zhao_cheng, DAY), actions.site_check
    today = date(2024, 3, 6)
    refused(case, "请写明核查的地点", check, case.pk, today, " ", two, WHY, True, handler)
    tomorrow = date(2024, 3, 7)
    refused(case, "不能晚于今天", check, case.pk, tomorrow, "一路1号", two, WHY, True, handler)
    refused(case, "请写明核查情况", check, case.pk, today, "一路1号", two, "好", True, handler)


def test_a_case_is_forwarded_to_a_named_organ_while_its_clock_runs(cast, doing, case):
    handler = doing(cast.zhao_cheng, DAY)
    refused(case, "请写明上级行政机关", actions.forward, case.pk, " ", WHY, handler)
    own = {"to_organ": cast.organ}
    refused(case, "请写明上级行政机关", actions.forward, case.pk, "", WHY, handler, **own)
    refused(case, "请写明初步审查意见", actions.forward, case.pk, "四川省民政厅", "好", handler)
    ground = (SuspensionGround.HEARING, "行政许可法 45", 5, "通知1号")
    actions.suspend(case.pk, *ground, handler)
    later = doing(cast.zhao_cheng, "2024-03-06 10:00")
    refused(case, "请先恢复计时再转报", actions.forward, case.pk, "四川省民政厅", WHY, later)


def test_the_clock_stops_once_for_a_reason_and_a_time(cast, doing, case):
    handler, suspend = doing(cast.zhao_cheng, DAY), actions.suspend
    hearing = SuspensionGround.HEARING
    refused(case, "请写明特别程序的依据", suspend, case.pk, hearing, " ", 5, "", handler)
    refused(case, "请填写所需时间", suspend, case.pk, hearing, "行政许可法 45", 0, "", handler)
    refused(case, "本件没有在中止计时", actions.resume, case.pk, handler)
    suspend(case.pk, hearing, "行政许可法 45", 5, "通知1号", handler)
    again = doing(cast.zhao_cheng, "2024-03-06 10:00")
    refused(case, "已在中止计时", suspend, case.pk, hearing, "行政许可法 45", 5, "", again)


def test_the_head_answers_an_extension_that_was_asked_for_and_says_why_not(cast, doing, case, head):
    no = actions.refuse_extension
    refused(case, "没有等待批准的延长申请", no, case.pk, WHY, doing(head, DAY))
    actions.ask_extension(case.pk, 5, WHY, doing(cast.zhao_cheng, DAY))
    refused(case, "请写明不批准延长的理由", no, case.pk, " ", doing(head, "2024-03-06 10:00"))
    due = case.promise_due
    no(case.pk, WHY, doing(head, "2024-03-06 11:00"))
    assert Case.objects.get(pk=case.pk).promise_due == due
    assert ExtensionRequest.objects.get().approved is False


def test_the_decider_says_why_a_case_goes_back(cast, doing, walk, case):
    reviewed = walk.reviewed(case)
    decider = doing(cast.sun_pi, "2024-03-11 09:00")
    refused(reviewed, "请写明退回的理由", actions.send_back, case.pk, " ", decider)


def test_a_hearing_is_told_once_asked_by_somebody_and_called_while_the_clock_runs(
    cast, doing, case
):
    handler, tell = cast.zhao_cheng, actions.tell_hearing
    untold = doing(cast.wang_fang, DAY)
    refused(case, "没有告知听证权利", actions.ask_hearing, case.pk, "王芳", untold)
    refused(case, "请写明涉及谁的重大利益", tell, case.pk, "邻居", doing(handler, DAY))
    tell(case.pk, WHY, doing(handler, DAY))
    refused(case, "已告知过听证权利", tell, case.pk, WHY, doing(handler, "2024-03-06 10:00"))
    asks = doing(cast.wang_fang, "2024-03-07 09:00")
    refused(case, "请填写申请听证的人", actions.ask_hearing, case.pk, " ", asks)
    call = (case.pk, date(2024, 3, 22), "三楼会议室", cast.sun_pi)
    nobody = doing(handler, "2024-03-07 10:00")
    refused(case, "没有人申请听证", actions.call_hearing, *call, nobody)
    actions.ask_hearing(case.pk, "王芳", asks)
    twice = doing(cast.wang_fang, "2024-03-07 11:00")
    refused(case, "已有人申请听证", actions.ask_hearing, case.pk, "王芳", twice)
    stopped = (SuspensionGround.EXPERT_REVIEW, "行政许可法 45", 2, "通知1号")
    actions.suspend(case.pk, *stopped, doing(handler, "2024-03-08 09:00"))
    suspended = doing(handler, "2024-03-11 09:00")
    refused(case, "请先恢复计时再通知听证", actions.call_hearing, *call, suspended)
    actions.resume(case.pk, doing(handler, "2024-03-11 10:00"))
    calls = doing(handler, "2024-03-12 09:00")
    nowhere = (case.pk, date(2024, 3, 22), " ", cast.sun_pi)
    refused(case, "请写明听证的地点", actions.call_hearing, *nowhere, calls)
    minutes = "申请人陈述活动安排，相邻业主提出限制时间，双方同意晚九点前结束。"
    refused(case, "听证尚未通知", actions.hold_hearing, case.pk, minutes, calls)
    actions.call_hearing(*call, calls)
    again = doing(handler, "2024-03-12 10:00")
    refused(case, "听证已经通知", actions.call_hearing, *call, again)
    early = doing(handler, "2024-03-21 09:00")
    refused(case, "听证定于2024-03-22举行", actions.hold_hearing, case.pk, minutes, early)
    held = doing(handler, "2024-03-22 16:00")
    refused(case, "应当制作笔录", actions.hold_hearing, case.pk, "没有意见。", held)
    actions.hold_hearing(case.pk, minutes, held)
    after = doing(handler, "2024-03-22 17:00")
    refused(case, "听证已经举行", actions.hold_hearing, case.pk, minutes, after)


def test_two_limits_on_numbers_never_overlap(cast, doing, case, head):
    limit = actions.set_quota
    march, basis = (date(2024, 3, 1), date(2024, 3, 31)), "民发〔2024〕1号"
    limit(cast.item, *march, 3, basis, doing(head, "2024-03-01 09:00"))
    later = (date(2024, 3, 20), date(2024, 4, 20))
    by = doing(head, "2024-03-01 10:00")
    refused(case, "这段时间已有数量限制", limit, cast.item, *later, 3, basis, by)
    refused(case, "数量限制须有依据", limit, cast.item, *later, 3, " ", by)
    refused(case, "结束日期不能早于", limit, cast.item, *reversed(march), 3, basis, by)


def test_what_was_signed_for_is_served_and_no_attempt(cast, doing, walk):
    case, window = walk.issued(), doing(cast.li_chuang, "2024-03-13 10:00")
    signed = (Delivery.POST, AttemptResult.DELIVERED)
    refused(case, "请办理“送达”", actions.attempt, case.pk, *signed, window)


def test_nothing_is_served_before_there_is_a_result(cast, doing, case):
    posted = (Delivery.POST, AttemptResult.POSTED)
    window = doing(cast.li_chuang, DAY)
    attempt = actions.attempt
    refused(case, "没有可以送达的结果", attempt, case.pk, *posted, window, tracking="EX1")


def test_a_notice_of_what_lacks_names_each_point_with_its_place_and_reason(cast, doing, walk):
    case, window = walk.submitted(), doing(cast.li_chuang, "2024-03-05 09:00")
    ask = actions.ask_for_supplement
    refused(case, "请至少指明一项需要补正", ask, case.pk, [], window)
    both = Point("名称与已登记社团相同，请更换。", field="name", material="m1")
    neither = Point("名称与已登记社团相同，请更换。")
    for point in (both, neither):
        refused(case, "一个字段或者一份材料", ask, case.pk, [point], window)
    refused(case, "不少于10个字", ask, case.pk, [Point("重名", field="name")], window)


def test_a_case_lapses_only_after_the_time_given(cast, doing, walk):
    case = walk.submitted()
    point = Point("名称与已登记社团相同，请更换。", field="name")
    actions.ask_for_supplement(case.pk, [point], doing(cast.li_chuang, "2024-03-05 09:00"))
    due = Case.objects.get(pk=case.pk).supplement.due_on
    last = doing(None, f"{due:%Y-%m-%d} 23:00")
    refused(case, f"补正期限至{due:%Y-%m-%d}，尚未届满", actions.lapse, case.pk, last)


def test_an_act_out_of_its_stage_says_what_can_be_done_instead(cast, doing, walk):
    case, again = walk.accepted(), doing(cast.li_chuang, "2024-03-06 10:00")
    refused(case, "的办件不能“受理”（.*）。现在可以：", actions.accept, case.pk, again)
