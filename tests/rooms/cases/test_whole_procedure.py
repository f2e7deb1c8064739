"""The longer ways of a case: correction, hearing, site check, superior, consultation, hands."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from openhall.cases import actions
from openhall.cases.actions.supplement_draft import attach_supplement
from openhall.cases.behind import consultations_for, shared_in, steps_told
from openhall.cases.models import (
    Case,
    CaseEvent,
    CaseNote,
    Consultation,
    HandOver,
    Hearing,
    SiteCheck,
)
from openhall.cases.terms import Act, Channel, ConsultedOpinion, Delivery, Opinion, Outcome, Stage
from openhall.catalogue.models import FlowStep, Form
from openhall.deeds.refusals import Refused
from openhall.organs.actions import appoint
from openhall.organs.models import Account, Organ
from openhall.organs.terms import Desk
from openhall.papers.models import Paper
from openhall.papers.terms import PaperKind
from openhall.permits.models import Licence
from openhall.statistics.recount import differences
from tests.factories.cases import WANG, Walk

SEEN = "营业场所面积与申请一致，消防通道畅通。"


@pytest.fixture
def second(cast) -> Account:
    """钱承 is a second handler of the bureau."""
    account = Account.objects.create_user(username="qian_cheng", real_name="钱承")
    appoint(account, cast.organ, Desk.HANDLER, date(2003, 1, 1))
    return account


@pytest.fixture
def submitted(cast, doing) -> Case:
    Form.objects.create(
        version=cast.version,
        title="申请书",
        fields=[{"key": "name", "kind": "text", "label": "社团名称", "required": True}],
    )
    who = doing(cast.wang_fang, "2024-03-04 09:00")
    return actions.submit("MZ-XK-0001", WANG, {"name": "锦江读书会"}, Channel.ONLINE, who)


@pytest.fixture
def handled(cast, doing, submitted) -> Case:
    walk = Walk(cast, doing)
    accepted = walk.accepted(submitted, "2024-03-04 10:00")
    return walk.handed_over(accepted, "2024-03-04 10:05", things=["申请书"])


def told(case, act):
    return CaseEvent.objects.get(case=case, act=act.value)


def test_a_mistake_is_corrected_on_the_spot_and_both_values_are_kept(cast, doing, submitted):
    window = doing(cast.li_chuang, "2024-03-04 09:30")
    with pytest.raises(Refused, match="申请表中没有"):
        actions.correct_on_spot(submitted.pk, {"other": "x"}, window)
    with pytest.raises(Refused, match="没有更正"):
        actions.correct_on_spot(submitted.pk, {"name": "锦江读书会"}, window)
    actions.correct_on_spot(submitted.pk, {"name": "锦官读书会"}, window)
    event = told(submitted, Act.CORRECT)
    assert event.facts == {"fields": ["name"]}
    assert "锦江读书会" in event.detail
    assert "锦官读书会" in event.detail
    case = Case.objects.get(pk=submitted.pk)
    assert (case.stage, case.answers) == (Stage.SUBMITTED, '{"name": "锦官读书会"}')


def test_a_decline_names_the_competent_unit_of_the_city(cast, doing, submitted):
    water = Organ.objects.get(code="cd-water")
    reason = "取水许可由水务部门办理，请向其申请。"
    for none in (None, cast.organ):
        with pytest.raises(Refused):
            actions.decline(
                submitted.pk,
                Outcome.NOT_COMPETENT,
                reason,
                doing(cast.li_chuang, "2024-03-04 09:30"),
                competent=none,
            )
    actions.decline(
        submitted.pk,
        Outcome.NOT_COMPETENT,
        reason,
        doing(cast.li_chuang, "2024-03-04 09:30"),
        competent=water,
    )
    assert told(submitted, Act.DECLINE).facts["competent"] == "cd-water"
    assert "市水务局" in Paper.objects.get(kind=PaperKind.DECLINE.value).content


def test_an_instant_item_is_accepted_decided_and_issued_by_two_persons_in_two_acts(
    cast, doing, submitted
):
    at = "2024-03-04 09:30"
    with pytest.raises(Refused, match="不是即办件"):
        actions.accept_at_once(submitted.pk, doing(cast.li_chuang, at))
    cast.version.project_type = "1"
    cast.version.save()
    actions.accept_at_once(submitted.pk, doing(cast.li_chuang, at))
    appoint(cast.li_chuang, cast.organ, Desk.DECIDER, date(2003, 1, 1))
    with pytest.raises(Refused, match="接办件分离"):
        actions.decide_at_once(
            submitted.pk, Outcome.GRANTED, "", "", doing(cast.li_chuang, "2024-03-04 09:35")
        )
    actions.decide_at_once(
        submitted.pk, Outcome.GRANTED, "", "", doing(cast.sun_pi, "2024-03-04 09:40")
    )
    case = Case.objects.get(pk=submitted.pk)
    assert (case.stage, case.intake, case.decider) == (Stage.ISSUED, cast.li_chuang, cast.sun_pi)
    assert list(CaseEvent.objects.filter(case=case).values_list("act", flat=True)) == [
        "submit",
        "accept_at_once",
        "decide",
        "issue",
    ]


def test_a_hearing_is_told_asked_called_and_held_by_somebody_else(cast, doing, handled):
    handler = cast.zhao_cheng
    why = "相邻业主认为社团活动影响其生活安宁。"
    actions.tell_hearing(handled.pk, why, doing(handler, "2024-03-05 09:00"))
    assert Hearing.objects.get().ask_by == date(2024, 3, 12)
    actions.review(handled.pk, Opinion.GRANT, "符合条件。", doing(handler, "2024-03-05 10:00"))
    with pytest.raises(Refused, match="期满以前不能作出决定"):
        actions.decide(handled.pk, Outcome.GRANTED, "", "", doing(cast.sun_pi, "2024-03-06 09:00"))
    actions.send_back(handled.pk, "等待听证。", doing(cast.sun_pi, "2024-03-06 10:00"))
    with pytest.raises(Refused, match="已经届满"):
        actions.ask_hearing(handled.pk, "王芳", doing(cast.wang_fang, "2024-03-13 09:00"))
    actions.ask_hearing(handled.pk, "王芳", doing(cast.wang_fang, "2024-03-12 09:00"))
    early, last, place = date(2024, 3, 18), date(2024, 4, 12), "三楼会议室"
    with pytest.raises(Refused, match="7个工作日前"):
        actions.call_hearing(
            handled.pk, early, place, cast.sun_pi, doing(handler, "2024-03-13 09:00")
        )
    with pytest.raises(Refused, match="20个工作日内"):
        actions.call_hearing(
            handled.pk, last, place, cast.sun_pi, doing(handler, "2024-03-13 09:00")
        )
    day = date(2024, 3, 22)
    with pytest.raises(Refused, match="主持人不得是审查本件"):
        actions.call_hearing(handled.pk, day, place, handler, doing(handler, "2024-03-13 09:00"))
    actions.call_hearing(handled.pk, day, place, cast.sun_pi, doing(handler, "2024-03-13 09:00"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Hearing.objects.update(host=handler)
    with pytest.raises(Refused, match="计时自动恢复"):
        actions.resume(handled.pk, doing(handler, "2024-03-14 09:00"))
    minutes = "申请人陈述活动安排，相邻业主提出限制时间，双方同意晚九点前结束。"
    with pytest.raises(Refused, match="尚未到期"):
        actions.hold_hearing(handled.pk, minutes, doing(handler, "2024-03-21 09:00"))
    actions.hold_hearing(handled.pk, minutes, doing(handler, "2024-03-22 16:00"))
    case = Case.objects.get(pk=handled.pk)
    assert case.promise_due == date(2024, 3, 25)  # 14 March and seven working days
    kinds = set(Paper.objects.filter(about=case.number).values_list("kind", flat=True))
    assert {"hearing_right", "hearing", "minutes"} <= kinds
    assert "不承担" in Paper.objects.get(about=case.number, kind="hearing").content
    assert list(differences()) == []


def test_two_officers_check_on_site_also_in_the_database(cast, doing, handled, second):
    handler = doing(cast.zhao_cheng, "2024-03-06 16:00")
    on, place = date(2024, 3, 6), "锦江区一路1号"
    for officers, why in (
        ([cast.zhao_cheng], "两名以上"),
        ([cast.zhao_cheng, cast.zhao_cheng], "两名以上"),
        ([cast.zhao_cheng, cast.zhou_wai], "不是本机关"),
        ([cast.zhao_cheng, cast.li_chuang], "受理人不参加"),
    ):
        with pytest.raises(Refused, match=why):
            actions.site_check(handled.pk, on, place, officers, SEEN, True, handler)
    actions.site_check(handled.pk, on, place, [cast.zhao_cheng, second], SEEN, True, handler)
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteCheck.objects.update(second=cast.zhao_cheng)


def test_the_superiors_leg_has_its_own_clock_and_the_lower_one_goes_on(cast, doing, handled):
    handler = cast.zhao_cheng
    opinion = "初步审查，申请符合法定条件，拟同意。"
    actions.forward(handled.pk, "四川省民政厅", opinion, doing(handler, "2024-03-06 09:00"))
    case = Case.objects.get(pk=handled.pk)
    assert (case.stage, case.statutory_due) == (Stage.FORWARDED, date(2024, 4, 3))
    actions.reply(handled.pk, "经审查，准予社会团体成立登记。", doing(handler, "2024-03-13 09:00"))
    case = Case.objects.get(pk=handled.pk)
    assert case.stage == Stage.HANDLING
    assert case.promise_due == date(2024, 3, 21)  # five working days with the superior
    assert list(differences()) == []


def test_a_unit_consulted_sees_what_was_shared_and_nothing_else(cast, doing, handled):
    water = Organ.objects.get(code="cd-water")
    adviser = Account.objects.create_user(username="adviser")
    appoint(adviser, water, Desk.HANDLER, date(2003, 1, 1))
    actions.consult(
        handled.pk,
        water,
        "该社团活动场地是否在河道管理范围内？",
        date(2024, 3, 13),
        doing(cast.zhao_cheng, "2024-03-06 09:00"),
        answers=["name"],
    )
    (asked,) = consultations_for(water, date(2024, 3, 6))
    assert shared_in(asked.consultation) == ([("社团名称", "锦江读书会")], [])
    pk = asked.consultation.pk
    with pytest.raises(Refused, match="被征求意见单位"):
        actions.opine(pk, ConsultedOpinion.AGREE, "", doing(cast.sun_pi, "2024-03-07 09:00"))
    with pytest.raises(Refused, match="不同意的须写明理由"):
        actions.opine(pk, ConsultedOpinion.DISAGREE, "", doing(adviser, "2024-03-07 09:00"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.filter(pk=pk).update(opinion="disagree")
    actions.opine(pk, ConsultedOpinion.AGREE, "", doing(adviser, "2024-03-07 10:00"))
    with pytest.raises(Refused, match="不能更改"):
        actions.opine(pk, ConsultedOpinion.AGREE, "", doing(adviser, "2024-03-07 11:00"))
    assert told(handled, Act.OPINE).facts["opinion"] == "agree"


def test_another_handler_takes_the_case_with_a_reason_and_a_slip(cast, doing, handled, second):
    with pytest.raises(Refused, match="批准人或负责人"):
        actions.reassign(
            handled.pk, second, "工作量调整。", doing(cast.zhao_cheng, "2024-03-06 09:00")
        )
    for nobody in (cast.zhao_cheng, cast.li_chuang, cast.zhou_wai):
        with pytest.raises(Refused, match="请另选承办人"):
            actions.reassign(
                handled.pk, nobody, "工作量调整。", doing(cast.sun_pi, "2024-03-06 09:00")
            )
    actions.reassign(handled.pk, second, "工作量调整。", doing(cast.sun_pi, "2024-03-06 10:00"))
    assert Case.objects.get(pk=handled.pk).handler == second
    assert HandOver.objects.filter(case=handled).count() == 2
    with pytest.raises(Refused, match="承办人"):
        actions.review(
            handled.pk, Opinion.GRANT, "同意。", doing(cast.zhao_cheng, "2024-03-06 11:00")
        )


def test_a_stand_in_acts_while_the_handler_is_away_and_may_not_decide_after(
    cast, doing, handled, second
):
    review = (Opinion.GRANT, "符合法定条件。")
    with pytest.raises(Refused, match="承办人"):
        actions.review(handled.pk, *review, doing(second, "2024-03-06 09:00"))
    window = (cast.organ, Desk.HANDLER, date(2024, 3, 6), date(2024, 3, 8), "年休假")
    for absent, present, who in (
        (cast.zhao_cheng, second, cast.zhao_cheng),
        (cast.zhao_cheng, cast.zhou_wai, cast.sun_pi),
    ):
        with pytest.raises(Refused):
            actions.set_stand_in(absent, present, *window, doing(who, "2024-03-05 09:00"))
    actions.set_stand_in(cast.zhao_cheng, second, *window, doing(cast.sun_pi, "2024-03-05 09:00"))
    with pytest.raises(Refused, match="承办人"):
        actions.review(handled.pk, *review, doing(second, "2024-03-09 09:00"))
    actions.review(handled.pk, *review, doing(second, "2024-03-06 09:00"))
    event = told(handled, Act.REVIEW)
    assert event.facts["stand_in"] is True
    assert "zhao_cheng" in event.detail
    appoint(second, cast.organ, Desk.DECIDER, date(2003, 1, 1))
    with pytest.raises(Refused, match="批准人"):
        actions.decide(handled.pk, Outcome.GRANTED, "", "", doing(second, "2024-03-07 09:00"))


def test_published_steps_follow_the_acts_with_a_clock_each(cast, doing, submitted):
    for place, (name, days) in enumerate(
        (("受理", 0), ("初审", 2), ("复审", 3), ("审批", 2), ("制证", 0), ("送达", 10))
    ):
        FlowStep.objects.create(version=cast.version, position=place, name=name, days=days)
    actions.accept(submitted.pk, doing(cast.li_chuang, "2024-03-04 10:00"))
    actions.hand_over(submitted.pk, cast.zhao_cheng, [], doing(cast.li_chuang, "2024-03-04 10:05"))

    def standing(day):
        case = Case.objects.get(pk=submitted.pk)
        return [
            (one.step.name, one.state.value, one.late)
            for one in steps_told(case, day)
            if one.state != "ahead"
        ]

    assert standing(date(2024, 3, 6)) == [("受理", "done", False), ("初审", "current", False)]
    assert standing(date(2024, 3, 7))[-1] == ("初审", "current", True)  # two working days
    handler = cast.zhao_cheng
    actions.finish_step(submitted.pk, doing(handler, "2024-03-07 09:00"))
    assert told(submitted, Act.FINISH_STEP).facts == {"step": "初审", "late": True}
    with pytest.raises(Refused, match="只剩最后一步"):
        actions.finish_step(submitted.pk, doing(handler, "2024-03-07 10:00"))
    actions.return_step(submitted.pk, "缺少实地照片。", doing(handler, "2024-03-08 09:00"))
    assert standing(date(2024, 3, 8))[-1] == ("初审", "current", False)
    actions.finish_step(submitted.pk, doing(handler, "2024-03-08 10:00"))
    actions.review(submitted.pk, Opinion.GRANT, "同意。", doing(handler, "2024-03-11 09:00"))
    assert standing(date(2024, 3, 11))[-1] == ("审批", "current", False)
    actions.send_back(submitted.pk, "请补充依据。", doing(cast.sun_pi, "2024-03-11 10:00"))
    assert standing(date(2024, 3, 11))[-1] == ("复审", "current", False)
    actions.review(submitted.pk, Opinion.GRANT, "已补充。", doing(handler, "2024-03-11 11:00"))
    actions.decide(submitted.pk, Outcome.GRANTED, "", "", doing(cast.sun_pi, "2024-03-12 09:00"))
    actions.issue(submitted.pk, doing(cast.li_chuang, "2024-03-12 10:00"))
    actions.deliver(
        submitted.pk, Delivery.IN_PERSON, "王芳", doing(cast.li_chuang, "2024-03-12 11:00")
    )
    assert {state for _name, state, _late in standing(date(2024, 3, 12))} == {"done"}


def test_a_note_is_encrypted_and_cannot_be_changed_or_removed(cast, doing, handled):
    with pytest.raises(Refused, match="在岗人员"):
        actions.note(handled.pk, "请注意。", doing(cast.wang_fang, "2024-03-06 09:00"))
    made = actions.note(
        handled.pk, "与申请人电话核对过场地。", doing(cast.zhao_cheng, "2024-03-06 09:00")
    )
    for tamper in (
        lambda: CaseNote.objects.update(desk="x"),
        lambda: CaseNote.objects.filter(pk=made.pk).delete(),
    ):
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            tamper()


def test_numbers_that_are_limited_go_by_the_order_of_acceptance(cast, doing, submitted):
    quota = (cast.item, date(2024, 1, 1), date(2024, 12, 31), 1)
    with pytest.raises(Refused, match="批准人或负责人"):
        actions.set_quota(*quota, "市政府公告", doing(cast.li_chuang, "2024-03-01 09:00"))
    with pytest.raises(Refused, match="依据"):
        actions.set_quota(*quota, " ", doing(cast.sun_pi, "2024-03-01 09:00"))
    actions.set_quota(*quota, "市政府公告〔2024〕1号", doing(cast.sun_pi, "2024-03-01 09:00"))
    cases = [submitted] + [
        actions.submit(
            "MZ-XK-0001", WANG, {"name": "读书会"}, Channel.ONLINE, doing(None, "2024-03-04 09:30")
        )
        for _other in range(2)
    ]
    for hour, case in enumerate(cases[:2], start=10):
        at = f"2024-03-04 {hour}:00"
        actions.accept(case.pk, doing(cast.li_chuang, at))
        actions.hand_over(case.pk, cast.zhao_cheng, [], doing(cast.li_chuang, at))
        actions.review(case.pk, Opinion.GRANT, "符合。", doing(cast.zhao_cheng, at))
    first, later, third = cases
    with pytest.raises(Refused, match="按受理先后顺序"):
        actions.decide(later.pk, Outcome.GRANTED, "", "", doing(cast.sun_pi, "2024-03-05 09:00"))
    actions.decide(first.pk, Outcome.GRANTED, "", "", doing(cast.sun_pi, "2024-03-05 10:00"))
    with pytest.raises(Refused, match="已经全部准予"):
        actions.decide(later.pk, Outcome.GRANTED, "", "", doing(cast.sun_pi, "2024-03-05 11:00"))
    with pytest.raises(Refused, match="下一期再申请"):
        actions.accept(third.pk, doing(cast.li_chuang, "2024-03-06 09:00"))


def test_the_permit_of_an_item_that_gives_none_is_not_made(cast, doing, handled):
    actions.review(handled.pk, Opinion.GRANT, "符合。", doing(cast.zhao_cheng, "2024-03-05 09:00"))
    actions.decide(handled.pk, Outcome.GRANTED, "", "", doing(cast.sun_pi, "2024-03-05 10:00"))
    actions.issue(handled.pk, doing(cast.li_chuang, "2024-03-05 11:00"))
    assert not Licence.objects.exists()


def test_a_foreign_paper_cannot_be_shared(cast, doing, handled):
    with pytest.raises(Refused, match="不能补交"):
        attach_supplement(handled, "m1", SimpleUploadedFile("a.pdf", b"%PDF-1.4 x"))
    with pytest.raises(Refused, match="不属于本件"):
        actions.consult(
            handled.pk,
            Organ.objects.get(code="cd-water"),
            "场地是否在河道管理范围内？请答复。",
            date(2024, 3, 13),
            doing(cast.zhao_cheng, "2024-03-06 09:00"),
            uploads=[4711],
        )
