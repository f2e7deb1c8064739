"""并联审批: one application, three units, one answer (norms 2.5; 行政许可法 26, 42).

王芳 wants to open a restaurant. 市场监管局 leads; fire and water act with it. Reads like the
policy: mode A (抄告制), an objection with reasons, one supplement, one extension, the end. Meetings
and silence have a story of their own.
"""

import json
from datetime import date

import pytest
import time_machine

from openhall.cases import actions
from openhall.cases.actions import Point
from openhall.cases.kinds import CASE
from openhall.cases.models import Case, CaseEvent
from openhall.cases.terms import Channel, Opinion, Outcome, Stage
from openhall.deeds.audit import of_kind
from openhall.deeds.refusals import Refused
from openhall.joint import actions as joint
from openhall.joint.actions.recounting import recount_joint
from openhall.joint.kinds import JOINT
from openhall.joint.models import JointEvent
from openhall.joint.tasks import accept_together, lapse_together
from openhall.joint.terms import JointAct, JointStage
from openhall.joint.units import tasks_of
from openhall.ledger.models import Entry
from openhall.organs.actions import appoint
from openhall.organs.terms import Desk
from openhall.outbox.models import Message
from openhall.papers.kinds import PAPER
from openhall.papers.models import Paper
from openhall.papers.terms import PaperKind
from openhall.permits.actions import bar
from openhall.permits.terms import BanGround
from tests.factories.calendar import notice
from tests.factories.restaurant import (
    REASON,
    WANG,
    moment,
    restaurant,
    stands,
    words_of,
)

pytestmark = pytest.mark.django_db
SAID = "各单位意见齐备，同意开办。"


# ------------------------------------------------------------ one application
def test_one_application_is_one_receipt_with_one_query_code_for_all_units():
    r = restaurant()
    whole = r.apply()
    cases = [task.case for task in tasks_of(whole)]
    assert [case.organ for case in cases] == list(r.organs.values())
    assert len({case.number for case in cases}) == 3
    assert all(case.joint for case in cases)
    receipts = Paper.objects.filter(about__in=[one.number for one in cases])
    assert [paper.kind for paper in receipts] == [PaperKind.JOINT_RECEIPT.value]
    content = json.loads(receipts.get().content)
    assert content["query"] == whole.query_code
    assert content["organ"] == "市市场监管局"
    assert all(case.number in "".join(content["words"]) for case in cases)
    assert [one.subject for one in Message.objects.filter(channel="sms")] == ["联合申请已收到"]
    assert stands(whole) == JointStage.SUBMITTED


def test_a_part_is_not_accepted_declined_or_asked_about_by_itself():
    r = restaurant()
    whole = r.apply()
    task = r.task(whole, "消防")
    window = r.of("消防", Desk.WINDOW)
    for deed in (
        lambda d: actions.accept(task.case_id, d),
        lambda d: actions.decline(task.case_id, Outcome.INELIGIBLE, REASON, d),
        lambda d: actions.ask_for_supplement(task.case_id, [Point(REASON, material="premises")], d),
    ):
        with pytest.raises(Refused, match="联合申请"):
            deed(r.doing(window, "2024-03-05 09:00"))
    with pytest.raises(Refused, match="整个联合申请"):
        actions.withdraw(task.case_id, r.doing(r.wang, "2024-03-05 09:00"))


# ------------------------------------------------------------ mode A, 抄告制
def test_mode_a_from_the_lead_accepting_to_its_report():
    r = restaurant()
    whole = r.accepted(r.apply())

    # The common limit and each unit's own run from the lead's acceptance.
    assert whole.due_on == date(2024, 4, 17)
    assert [task.due_on for task in tasks_of(whole)] == [
        date(2024, 4, 2),
        date(2024, 3, 15),
        date(2024, 3, 19),
    ]
    assert [task.case.promise_due for task in tasks_of(whole)] == [
        task.due_on for task in tasks_of(whole)
    ]
    lead = r.task(whole, "市监").case
    accepted = words_of(lead, PaperKind.JOINT_ACCEPTANCE)
    assert all(name in accepted for name in ("市场监管局", "消防救援局", "水务局", "抄告制"))

    # All fees are told once, with kind, basis, rate and amount; the notice goes to every unit.
    told = words_of(lead, PaperKind.JOINT_FEES)
    assert all(said in told for said in ("排水检测费", "川价发〔2003〕8号", "120.00元", "市水务局"))
    notices = Paper.objects.filter(kind=PaperKind.JOINT_NOTICE.value)
    assert [json.loads(one.content)["to"] for one in notices] == [
        organ.name for organ in r.organs.values()
    ]

    # Each unit signs for the notice and says one of three things.
    with pytest.raises(Refused, match="先签收"):
        joint.opine_together(
            r.task(whole, "消防").pk,
            "agree",
            "",
            r.doing(r.of("消防", Desk.HANDLER), "2024-03-06 09:00"),
        )
    for unit in ("市监", "消防", "水务"):
        assert stands(whole) == JointStage.OPINIONS
        r.says(whole, unit)
    assert stands(whole) == JointStage.CONCLUSION

    # The lead does not decide its own part before it has concluded for all.
    with pytest.raises(Refused, match="综合意见"):
        r.decides(whole, "市监", "2024-03-08")
    decider = r.of("市监", Desk.DECIDER)
    joint.conclude(whole.pk, True, SAID, r.doing(decider, "2024-03-08 16:00"))
    assert stands(whole) == JointStage.DECISIONS

    # Each unit decides, separately.
    actions.decide(lead.pk, Outcome.GRANTED, "", "", r.doing(decider, "2024-03-11 09:00"))
    r.decides(whole, "消防", "2024-03-11")
    with pytest.raises(Refused, match="市水务局还没有作出决定"):
        joint.report(whole.pk, r.doing(r.of("市监", Desk.HANDLER), "2024-03-12 08:00"))
    r.decides(whole, "水务", "2024-03-12", outcome="refused")
    assert stands(whole) == JointStage.REPORT
    joint.report(whole.pk, r.doing(r.of("市监", Desk.HANDLER), "2024-03-12 17:00"))
    assert stands(whole) == JointStage.CLOSED
    said = words_of(lead, PaperKind.JOINT_REPORT)
    assert "营业前消防安全检查（市消防救援局）：准予" in said
    assert "污水排入排水管网许可（市水务局）：不予准予" in said

    # Every act left one event, and one entry in the log that says the same.
    acts = list(JointEvent.objects.filter(joint=whole).values_list("act", flat=True))
    assert acts[:2] == ["apply", "accept"]
    assert acts[-2:] == ["conclude", "report"]
    assert acts.count("sign") == acts.count("opine") == 3
    whole.refresh_from_db()
    assert whole.seq == len(acts) == Entry.objects.filter(kind="joint").count()
    assert [*of_kind(JOINT), *of_kind(CASE), *of_kind(PAPER)] == []


def test_a_repeated_click_does_it_once():
    r = restaurant()
    whole = r.apply(key="the-one-click")
    window = r.of("市监", Desk.WINDOW)
    first = joint.accept_joint(whole.pk, r.doing(window, "2024-03-05 09:00", key="accept-once"))
    again = joint.accept_joint(whole.pk, r.doing(window, "2024-03-05 09:00", key="accept-once"))
    assert first.pk == again.pk
    assert CaseEvent.objects.filter(act="accept").count() == 3


def test_either_all_parts_are_accepted_or_none_is():
    r = restaurant()
    whole = r.apply()
    water = r.task(whole, "水务").case
    decider = r.of("水务", Desk.DECIDER)
    bar(
        _decided_before(r).pk,
        BanGround.FALSE_MATERIALS,
        REASON,
        r.doing(decider, "2024-03-04 18:00"),
    )
    before = list(Case.objects.filter(task__joint=whole).values_list("stage", flat=True))
    with pytest.raises(Refused):
        joint.accept_joint(whole.pk, r.doing(r.of("市监", Desk.WINDOW), "2024-03-05 09:00"))
    assert list(Case.objects.filter(task__joint=whole).values_list("stage", flat=True)) == before
    assert water.accepted_at is None


def _decided_before(r) -> Case:
    """An earlier case of 王芳 with the water office, refused for false materials."""
    case = actions.submit(
        "SW-XK-0001", WANG, {}, Channel.ONLINE, r.doing(r.wang, "2024-02-26 09:00")
    )
    window, handler, decider = (
        r.of("水务", desk) for desk in (Desk.WINDOW, Desk.HANDLER, Desk.DECIDER)
    )
    actions.accept(case.pk, r.doing(window, "2024-02-27 09:00"))
    actions.hand_over(case.pk, handler, [], r.doing(window, "2024-02-27 10:00"))
    actions.review(
        case.pk, Opinion.REFUSE, "材料虚假，建议不予。", r.doing(handler, "2024-02-28 09:00")
    )
    actions.decide(
        case.pk, Outcome.REFUSED, REASON, "可申请复议。", r.doing(decider, "2024-02-28 10:00")
    )
    return case


# ------------------------------------------------------------ opinions
def test_any_other_answer_is_refused_on_entry():
    r = restaurant()
    whole = r.accepted(r.apply())
    for opinion, reason, field in (
        ("agree_in_principle", "", "opinion"),
        ("", "", "opinion"),
        ("disagree", "", "reason"),
        ("disagree", "不行", "reason"),
    ):
        with pytest.raises(Refused) as refused:
            r.says(whole, "消防", opinion, reason)
        assert refused.value.field == field
    assert r.task(whole, "消防").opinion == ""


def test_who_objects_with_reasons_and_is_overruled_gets_written_reasons_in_ten_days():
    r = restaurant()
    whole = r.accepted(r.apply())
    r.says(whole, "市监")
    r.says(whole, "消防")
    r.says(whole, "水务", "disagree", REASON)
    decider, handler = r.of("市监", Desk.DECIDER), r.of("市监", Desk.HANDLER)
    joint.conclude(whole.pk, True, SAID, r.doing(decider, "2024-03-08 16:00"))
    water = r.task(whole, "水务")
    assert water.reasons_due == date(2024, 3, 22)
    assert r.task(whole, "消防").reasons_due is None
    r.decides(whole, "水务", "2024-03-11", outcome="refused")
    r.decides(whole, "消防", "2024-03-11")
    r.decides(whole, "市监", "2024-03-12")
    with pytest.raises(Refused, match="书面说明未采纳"):
        joint.report(whole.pk, r.doing(handler, "2024-03-13 09:00"))
    why = "水源保护区边界已经调整，选址不在其内。"
    joint.give_reasons(water.pk, why, r.doing(handler, "2024-03-13 10:00"))
    letter = words_of(water.case, PaperKind.JOINT_REASONS)
    assert REASON in letter
    assert why in letter
    event = JointEvent.objects.get(joint=whole, act=JointAct.GIVE_REASONS.value)
    assert event.facts == {"to": "cd-drain", "due_on": "2024-03-22", "late": False}
    joint.report(whole.pk, r.doing(handler, "2024-03-13 11:00"))


def test_who_agrees_but_must_forward_does_so_in_three_days_and_the_reply_is_told_in_two():
    r = restaurant()
    whole = r.accepted(r.apply())
    task = r.says(whole, "水务", "agree_forward", moment="2024-03-06 09:00")
    assert task.forward_due == date(2024, 3, 8)
    window, handler = r.of("水务", Desk.WINDOW), r.of("水务", Desk.HANDLER)
    actions.hand_over(task.case_id, handler, [], r.doing(window, "2024-03-06 10:00"))
    actions.forward(task.case_id, "省水利厅", REASON, r.doing(handler, "2024-03-07 09:00"))
    with pytest.raises(Refused, match="还没有批复"):
        joint.tell_reply(task.pk, r.doing(window, "2024-03-08 09:00"))
    actions.reply(
        task.case_id, "准予排入，按批准的水量执行。", r.doing(handler, "2024-03-15 09:00")
    )
    assert r.task(whole, "水务").tell_due == date(2024, 3, 19)
    joint.tell_reply(task.pk, r.doing(window, "2024-03-18 09:00"))
    assert "准予排入" in words_of(task.case, PaperKind.SUPERIOR_REPLY)


# ------------------------------------------------------------ one supplement, time, the end
def test_what_is_missing_is_asked_for_once_for_all_units_and_answered_at_once():
    r = restaurant()
    whole = r.apply()
    window = r.of("市监", Desk.WINDOW)
    fire, water = r.task(whole, "消防"), r.task(whole, "水务")
    points = {
        fire.case_id: [Point("经营场所证明没有盖章，请更换。", material="premises")],
        water.case_id: [Point("店名与营业执照不一致，请更正。", field="name")],
    }
    joint.ask_joint_supplement(whole.pk, points, r.doing(window, "2024-03-05 09:00"))
    assert stands(whole) == JointStage.ASKED
    assert {task.case.stage for task in tasks_of(whole)} == {Stage.SUPPLEMENT_ASKED.value}
    notice = Paper.objects.get(kind=PaperKind.SUPPLEMENT.value)
    said = "\n".join(json.loads(notice.content)["words"])
    assert "经营场所证明（市消防救援局）" in said
    with pytest.raises(Refused, match="一次告知"):
        joint.ask_joint_supplement(whole.pk, points, r.doing(window, "2024-03-05 10:00"))
    with pytest.raises(Refused, match="经营场所证明"):
        joint.supplement_joint(
            whole.pk, {water.case_id: {"name": "锦里小馆"}}, r.doing(r.wang, "2024-03-06 09:00")
        )
    joint.supplement_joint(
        whole.pk,
        {water.case_id: {"name": "锦里小馆"}},
        r.doing(window, "2024-03-06 09:00"),
        brought={fire.case_id: ["premises"]},
    )
    assert {task.case.stage for task in tasks_of(whole)} == {Stage.SUPPLEMENTED.value}
    r.accepted(whole, "2024-03-07 09:00")
    assert stands(whole) == JointStage.OPINIONS


def test_silence_of_the_lead_accepts_the_whole_and_silence_of_the_applicant_ends_it():
    r = restaurant()
    silent, asked = r.apply(), r.apply()
    joint.ask_joint_supplement(
        asked.pk,
        {r.task(asked, "消防").case_id: [Point("店名与营业执照不一致，请更正。", field="name")]},
        r.doing(r.of("市监", Desk.WINDOW), "2024-03-05 09:00"),
    )
    with time_machine.travel(moment("2024-03-12 00:10"), tick=False):
        assert accept_together.func() == 1
        assert accept_together.func() == 0
    silent.refresh_from_db()
    assert silent.accepted_at == silent.received_at
    assert all(task.case.deemed for task in tasks_of(silent))
    with time_machine.travel(moment("2024-05-01 00:10"), tick=False):
        assert lapse_together.func() == 1
    assert stands(asked) == JointStage.ENDED
    assert {task.case.stage for task in tasks_of(asked)} == {Stage.LAPSED.value}


def test_the_common_limit_is_extended_once_by_the_governments_head_alone():
    r = restaurant()
    whole = r.accepted(r.apply())
    why = "需要核实排水管网的容量，原定期限内不能完成。"
    with pytest.raises(Refused, match="本级人民政府负责人"):
        joint.extend_joint(whole.pk, 15, why, r.doing(r.of("市监", Desk.HEAD), "2024-03-11 09:00"))
    with pytest.raises(Refused, match="15"):
        joint.extend_joint(whole.pk, 16, why, r.doing(r.mayor, "2024-03-11 09:00"))
    joint.extend_joint(whole.pk, 15, why, r.doing(r.mayor, "2024-03-11 09:00"))
    whole.refresh_from_db()
    assert whole.due_on == date(2024, 5, 10)  # Labour Day does not count
    assert r.task(whole, "消防").due_on == date(2024, 4, 8)
    with pytest.raises(Refused, match="已延长过一次"):
        joint.extend_joint(whole.pk, 5, why, r.doing(r.mayor, "2024-03-12 09:00"))


def test_the_whole_is_withdrawn_or_declined_at_once_each_part_with_its_own_decision():
    r = restaurant()
    gone, refused = r.apply(), r.apply()
    joint.withdraw_joint(gone.pk, r.doing(r.wang, "2024-03-05 09:00"))
    assert {task.case.stage for task in tasks_of(gone)} == {Stage.WITHDRAWN.value}
    window = r.of("市监", Desk.WINDOW)
    joint.decline_joint(refused.pk, Outcome.INELIGIBLE, REASON, r.doing(window, "2024-03-05 09:00"))
    assert {task.case.stage for task in tasks_of(refused)} == {Stage.DECLINED.value}
    assert Paper.objects.filter(kind=PaperKind.DECLINE.value).count() == 3
    assert stands(gone) == stands(refused) == JointStage.ENDED


def test_a_unit_whose_part_was_withdrawn_is_not_waited_for():
    r = restaurant()
    whole = r.accepted(r.apply())
    actions.withdraw(r.task(whole, "水务").case_id, r.doing(r.wang, "2024-03-06 09:00"))
    r.says(whole, "市监")
    r.says(whole, "消防")
    assert stands(whole) == JointStage.CONCLUSION


def test_who_accepts_at_the_joint_window_neither_concludes_nor_opines():
    r = restaurant()
    window = r.of("市监", Desk.WINDOW)
    for desk in (Desk.HANDLER, Desk.DECIDER):
        appoint(window, r.organs["市监"], desk, date(2003, 1, 1))
    whole = r.accepted(r.apply())
    r.signed(whole, "市监")
    with pytest.raises(Refused, match="接办件分离"):
        joint.opine_together(
            r.task(whole, "市监").pk, "agree", "", r.doing(window, "2024-03-06 09:00")
        )
    with pytest.raises(Refused, match="接办件分离"):
        joint.conclude(whole.pk, True, SAID, r.doing(window, "2024-03-06 09:00"))


def test_a_new_calendar_moves_the_common_limit_and_the_opinions_still_missing():
    r = restaurant()
    whole = r.accepted(r.apply())
    r.says(whole, "市监")
    assert recount_joint("没有变化", 1) == 0
    notice({date(2024, 3, 12): (False, "某节")}, basis="某府发〔2024〕1号")
    assert recount_joint("新的工作日历（行政许可法 82）", 2) == 1
    assert recount_joint("新的工作日历（行政许可法 82）", 3) == 0
    whole.refresh_from_db()
    assert whole.due_on == date(2024, 4, 18)
    assert r.task(whole, "消防").due_on == date(2024, 3, 18)
    assert r.task(whole, "市监").due_on == date(2024, 4, 2)  # said already: nothing to move
