"""What is refused in a joint application, in the words its units read; nothing is left of it."""

import pytest

from openhall.deeds.refusals import Refused
from openhall.joint import actions as joint
from openhall.joint.actions import There
from openhall.joint.models import JointAttendance, JointEvent, JointMeeting, JointTask
from openhall.joint.terms import JointStage
from openhall.ledger.models import Entry
from openhall.organs.terms import Desk
from tests.factories.restaurant import moment, restaurant, stands

pytestmark = pytest.mark.django_db
SAID = "各单位意见齐备，同意开办。"
MINUTES = "各单位现场查看后同意选址，排水改造一个月内完成。"
AGAINST = "选址位于消防车通道，不符合消防安全要求。"


def left():
    tables = (JointTask, JointMeeting, JointAttendance, JointEvent)
    return [list(one.objects.order_by("pk").values()) for one in tables], Entry.objects.count()


def refused(sentence, act, *said, **more):
    before = left()
    with pytest.raises(Refused, match=sentence) as caught:
        act(*said, **more)
    assert caught.value.said.en
    assert left() == before


def test_a_unit_signs_once_then_gives_its_opinion_once():
    r = restaurant()
    whole = r.accepted(r.apply())
    task, handler = r.task(whole, "消防").pk, r.of("消防", Desk.HANDLER)
    early = r.doing(handler, "2024-03-06 09:00")
    refused("请先签收联办通知", joint.opine_together, task, "agree", "", early)
    r.signed(whole, "消防")
    again = r.doing(r.of("消防", Desk.WINDOW), "2024-03-06 10:00")
    refused("联办通知已经签收", joint.sign_notice, task, again)
    by = r.doing(handler, "2024-03-07 08:00")
    refused("理由", joint.opine_together, task, "disagree", "不行", by)
    refused("意见", joint.opine_together, task, "perhaps", "", by)
    r.says(whole, "消防")
    after = r.doing(handler, "2024-03-07 10:00")
    refused("本单位已经出具意见，不能更改", joint.opine_together, task, "agree", "", after)


def test_a_meeting_is_called_once_for_a_time_and_place_and_recorded_once():
    r = restaurant("meeting")
    whole = r.accepted(r.apply())
    for unit in ("市监", "消防", "水务"):
        r.says(whole, unit)
    handler, decider = r.of("市监", Desk.HANDLER), r.of("市监", Desk.DECIDER)
    call, at = joint.call_meeting, moment("2024-03-12 14:00")
    by = r.doing(handler, "2024-03-08 09:00")
    refused("会议时间应当晚于现在", call, whole.pk, moment("2024-03-08 08:00"), "现场", by)
    refused("请写明会议地点", call, whole.pk, at, " ", by)
    refused("会议须在共同期限", call, whole.pk, moment("2024-12-31 09:00"), "现场", by)
    call(whole.pk, at, "现场", by)
    twice = r.doing(handler, "2024-03-08 10:00")
    refused("已召集会议，尚未召开", call, whole.pk, moment("2024-03-13 14:00"), "现场", twice)
    meeting = JointMeeting.objects.get()
    nobody = {r.task(whole, unit).pk: There(excuse="有事") for unit in ("市监", "消防", "水务")}
    there = nobody | {r.task(whole, "市监").pk: There(decider)}
    hold, held = joint.hold_meeting, r.doing(handler, "2024-03-12 17:00")
    refused("请写明会议纪要", hold, meeting.pk, there, "同意", held)
    without = {pk: one for pk, one in there.items() if pk != r.task(whole, "水务").pk}
    refused("请写明市水务局由谁出席", hold, meeting.pk, without, MINUTES, held)
    refused("没有任何单位出席", hold, meeting.pk, nobody, MINUTES, held)
    hold(meeting.pk, there, MINUTES, held)
    after = r.doing(handler, "2024-03-12 18:00")
    refused("本次会议已经记录", hold, meeting.pk, there, MINUTES, after)
    joint.conclude(whole.pk, True, SAID, r.doing(decider, "2024-03-12 18:30"))
    late = r.doing(handler, "2024-03-13 09:00")
    refused("不再召集会议", call, whole.pk, moment("2024-03-14 14:00"), "现场", late)


def test_a_conclusion_stands_and_owes_reasons_to_whom_it_goes_against():
    r = restaurant()
    whole = r.accepted(r.apply())
    r.says(whole, "市监")
    r.says(whole, "水务")
    decider, handler = r.of("市监", Desk.DECIDER), r.of("市监", Desk.HANDLER)
    early = r.doing(decider, "2024-03-08 09:00")
    refused("还缺少市消防救援局的意见", joint.conclude, whole.pk, True, SAID, early)
    r.says(whole, "消防", "disagree", AGAINST)
    refused("请写明综合意见", joint.conclude, whole.pk, True, "同意", early)
    joint.conclude(whole.pk, True, SAID, early)
    assert stands(whole) == JointStage.DECISIONS
    again = r.doing(decider, "2024-03-08 10:00")
    refused("综合意见已经形成", joint.conclude, whole.pk, False, SAID, again)
    fire, water = r.task(whole, "消防").pk, r.task(whole, "水务").pk
    by, why = r.doing(handler, "2024-03-11 09:00"), "选址已按图纸避让消防车通道，经现场核实。"
    refused("不需要说明理由", joint.give_reasons, water, why, by)
    refused("请写明未采纳该单位意见的理由", joint.give_reasons, fire, "已核", by)
    joint.give_reasons(fire, why, by)
    twice = r.doing(handler, "2024-03-11 10:00")
    refused("已经书面说明理由", joint.give_reasons, fire, why, twice)


def test_nothing_from_above_is_told_before_it_was_said():
    r = restaurant()
    whole = r.accepted(r.apply())
    task = r.task(whole, "消防").pk
    window = r.doing(r.of("消防", Desk.WINDOW), "2024-03-08 09:00")
    refused("上级机关还没有批复", joint.tell_reply, task, window)
