"""意见征集: announced by another, open to its last day, then told what was done with each."""

from datetime import date

import pytest
import time_machine

from openhall.deeds.refusals import Refused
from openhall.enquiries import actions
from openhall.enquiries.models import Call
from openhall.enquiries.queries import call_told, opinions_counted, published_opinions
from openhall.enquiries.terms import Stance, Taken, WhyClosed
from openhall.search.queries import search
from tests.rooms.enquiries.conftest import *  # noqa: F403

TEXT = (
    "拟将窗口服务时间调整为中午不间断，每月第一个星期六上午开放两类窗口，现征求社会各方面意见。" * 2
)
UNTIL = date(2026, 10, 30)
ANSWER = "您的意见已采纳，自下月起中午不间断服务。"
REPORT = "收到意见主要有两类，中午不间断的意见采纳，周末开放的意见部分采纳，试行三个月后再评估。"


@pytest.fixture
def call(cast, doing, bian_ji, he_jie):
    words = actions.Words("调整窗口服务时间的意见征集", TEXT, "由局务会研究决定", UNTIL)
    made = actions.begin_call(cast.organ, words, [], doing(bian_ji, "2026-09-28 09:00"))
    assert call_told(made.number) is None  # nobody reads it before it is announced
    actions.announce_call(made.pk, doing(he_jie, "2026-09-29 09:00"))
    return Call.objects.get(pk=made.pk)


@pytest.fixture
def say(call, doing):
    def make(at, text, stance=Stance.NONE, **more):
        said = actions.Asked("", text, call=call, stance=stance, **more)
        return actions.ask(said, doing(None, at))

    return make


@pytest.mark.usefixtures("sound")
def test_opinions_are_weighed_after_the_last_day_and_the_whole_is_reported(
    call, say, cast, doing, bian_ji, he_jie
):
    first = say("2026-10-08 20:00", "中午不间断很好，方便上班的人。", Stance.FOR, may_publish=True)
    spam = say("2026-10-09 20:00", "低息贷款当天放款，加微信详谈。")
    taken_back = say("2026-10-10 20:00", "我改主意了，这条不要算。")
    actions.withdraw(taken_back.pk, doing(None, "2026-10-11 09:00"), holds_code=True)
    zhao, sun = cast.zhao_cheng, cast.sun_pi
    actions.draft(first.pk, ANSWER, doing(zhao, "2026-10-12 09:00"), taken=Taken.WHOLLY)
    with pytest.raises(Refused, match="截止前不答复"):
        actions.send_answer(first.pk, doing(sun, "2026-10-12 10:00"))
    with pytest.raises(Refused, match="截止后才能汇总"):
        actions.draft_report(call.pk, REPORT, doing(bian_ji, "2026-10-30 10:00"))

    late = say("2026-11-02 09:00", "希望社会保障的窗口周末也开。", Stance.CHANGED, may_publish=True)
    assert (first.late, late.late) == (False, True)
    with pytest.raises(Refused, match="还有3条"):
        actions.draft_report(call.pk, REPORT, doing(bian_ji, "2026-11-03 09:00"))
    actions.send_answer(first.pk, doing(sun, "2026-11-03 10:00"))
    actions.close(
        spam.pk, WhyClosed.SPAM, "与征集无关，不予答复。", doing(he_jie, "2026-11-03 10:10")
    )
    with pytest.raises(Refused) as refused:
        actions.draft(late.pk, ANSWER, doing(zhao, "2026-11-03 10:20"))
    assert refused.value.field == "taken"
    actions.draft(late.pk, ANSWER, doing(zhao, "2026-11-03 10:30"), taken=Taken.PARTLY)
    actions.send_answer(late.pk, doing(sun, "2026-11-03 11:00"))
    actions.publish(first.pk, actions.Hiding(), doing(sun, "2026-11-03 11:10"))

    actions.draft_report(call.pk, REPORT, doing(bian_ji, "2026-11-04 09:00"))
    actions.return_report(call.pk, "请补写没有采纳的理由。", doing(he_jie, "2026-11-04 10:00"))
    actions.draft_report(call.pk, REPORT, doing(bian_ji, "2026-11-04 11:00"))
    actions.publish_report(call.pk, doing(he_jie, "2026-11-05 09:00"))
    told = Call.objects.get(pk=call.pk)
    assert told.figures == opinions_counted(told)
    assert (told.figures["opinions"], told.figures["in_time"], told.figures["late"]) == (3, 2, 1)
    assert list(published_opinions(told)) == [first]
    with pytest.raises(Refused, match="不再收取意见"):
        say("2026-11-06 09:00", "我也想说一句，来得及吗？")


@pytest.mark.usefixtures("sound")
def test_it_is_prolonged_but_never_shortened_or_opened_again(call, doing, he_jie):
    later = date(2026, 11, 13)
    why = "来信较多，延长两周。"
    with pytest.raises(Refused, match="不能缩短"):
        actions.prolong_call(call.pk, date(2026, 10, 20), why, doing(he_jie, "2026-10-12 09:00"))
    actions.prolong_call(call.pk, later, why, doing(he_jie, "2026-10-12 10:00"))
    with pytest.raises(Refused, match="截止后再开"):
        actions.prolong_call(call.pk, date(2026, 12, 1), why, doing(he_jie, "2026-11-16 09:00"))


@pytest.mark.usefixtures("sound")
def test_an_opinion_is_not_withdrawn_once_it_is_counted(call, say, doing):
    said = say("2026-10-08 20:00", "中午不间断很好，方便上班的人。")
    with pytest.raises(Refused, match="意见已计入"):
        actions.withdraw(said.pk, doing(None, "2026-11-02 09:00"), holds_code=True)


@pytest.mark.usefixtures("sound")
def test_what_was_sent_back_is_written_anew_or_dropped(cast, doing, bian_ji, he_jie):
    words = actions.Words("调整窗口服务时间的意见征集", TEXT, "由局务会研究决定", UNTIL)
    made = actions.begin_call(cast.organ, words, [], doing(bian_ji, "2026-09-28 09:00"))
    actions.send_back_call(made.pk, "请写明哪些窗口。", doing(he_jie, "2026-09-28 10:00"))
    actions.rewrite_call(made.pk, words, doing(bian_ji, "2026-09-28 11:00"))
    actions.send_back_call(made.pk, "时机还不成熟。", doing(he_jie, "2026-09-28 12:00"))
    actions.drop_call(made.pk, "局里决定暂不征集。", doing(bian_ji, "2026-09-28 13:00"))
    assert Call.objects.get().state == "dropped"


@pytest.mark.usefixtures("sound")
def test_a_call_is_found_by_its_title_and_by_what_people_say(call):
    with time_machine.travel("2026-10-08 09:00+08:00", tick=False):
        for typed in ("调整窗口服务时间", "征求意见", "zhengqiu yijian"):
            found = search(typed)
            assert f"call:{call.number}" in [one.record.id for one in found.others], typed
