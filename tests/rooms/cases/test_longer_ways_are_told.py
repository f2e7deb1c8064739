"""Hearing, superior, at once: the applicant is told, and the papers speak in an office's words."""

import json
from datetime import date, datetime

import pytest

from openhall.cases import actions
from openhall.cases.terms import Channel, Outcome
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.outbox.actions import prefer
from openhall.outbox.models import Message
from openhall.papers.actions import words as wordsmith
from openhall.papers.models import Paper
from openhall.papers.rules.templates import DEFAULTS
from openhall.papers.terms import PaperKind
from tests.conftest import SHANGHAI
from tests.factories.cases import WANG_BY_PHONE as WANG
from tests.factories.cases import Walk

WHY = "相邻业主认为社团活动影响其生活安宁。"
MINUTES = "申请人陈述活动安排，相邻业主提出限制时间，双方同意晚九点前结束。"


@pytest.fixture
def handled(cast, doing):
    walk = Walk(cast, doing, WANG)
    return walk.handed_over(walk.accepted(moment="2024-03-04 10:00"), "2024-03-04 10:05")


def heard(cast, doing, pk):
    handler = cast.zhao_cheng
    actions.tell_hearing(pk, WHY, doing(handler, "2024-03-05 09:00"))
    actions.ask_hearing(pk, "王芳", doing(cast.wang_fang, "2024-03-06 09:00"))
    host = (date(2024, 3, 20), "三楼会议室", cast.sun_pi)
    actions.call_hearing(pk, *host, doing(handler, "2024-03-07 09:00"))
    actions.hold_hearing(pk, MINUTES, doing(handler, "2024-03-20 16:00"))


def texts(case):
    rows = Message.objects.filter(about=case.number, channel="sms").order_by("pk")
    return [(row.subject, row.words.split("\n")[0]) for row in rows]


def test_each_step_of_a_hearing_is_told_with_its_day_and_nobody_s_name(cast, doing, handled):
    heard(cast, doing, handled.pk)
    told = dict(texts(handled))
    number = handled.number
    assert told["您有权要求听证"] == (
        f"您的“社会团体成立登记”申请（{number}）涉及重大利益关系，您有权要求听证。"
        "请在2024年3月12日（含当日）前提出，不收取费用，详见听证权利告知书。"
    )
    assert told["听证通知"] == (
        f"您的“社会团体成立登记”申请（{number}）定于2024年3月20日举行听证，"
        "地点和主持人见听证通知书。听证约需9个工作日，不计算在办理期限内，不收取费用。"
    )
    assert "决定将根据听证笔录作出" in told["听证已举行"]
    for _subject, words in texts(handled):
        for hidden in ("王芳", "三楼", WHY, MINUTES):
            assert hidden not in words


def test_the_superior_s_leg_is_told_in_the_language_chosen(cast, doing, handled):
    prefer(cast.wang_fang.pk, phone="13800000000", language="en")
    handler = cast.zhao_cheng
    opinion = "初步审查，申请符合法定条件，拟同意。"
    actions.forward(handled.pk, "四川省民政厅", opinion, doing(handler, "2024-03-06 09:00"))
    actions.reply(handled.pk, "经审查，准予登记，请办理。", doing(handler, "2024-03-13 09:00"))
    told = dict(texts(handled))
    assert (
        "forwarded to 四川省民政厅, which decides by 3 April 2024"
        in (told["Forwarded to the superior organ"])
    )
    assert "promised by 21 March 2024" in told["The superior organ has replied"]


def test_who_is_accepted_at_once_is_told_at_once(cast, doing):
    cast.version.project_type = "1"
    cast.version.save()
    who = doing(cast.wang_fang, "2024-03-04 09:00")
    case = actions.submit("MZ-XK-0001", WANG, {}, Channel.ONLINE, who)
    actions.accept_at_once(case.pk, doing(cast.li_chuang, "2024-03-04 09:10"))
    actions.decide_at_once(case.pk, Outcome.GRANTED, "", "", doing(cast.sun_pi, "2024-03-04 09:20"))
    subjects = [subject for subject, _words in texts(case)]
    assert subjects == ["申请已收到", "申请已当场受理", "已作出决定", "证照已制作"]


OWN = {
    PaperKind.HEARING_RIGHT: "听证不收费，可以委托一至二名代理人参加。",
    PaperKind.HEARING: "请携带本通知书和有效身份证件，提前十分钟到场。",
    PaperKind.MINUTES: "本笔录一式两份。",
}


def test_the_papers_of_a_hearing_speak_in_the_office_s_own_words(cast, doing, handled):
    head = Account.objects.create_user(username="head")
    appoint(head, cast.organ, Desk.HEAD, date(2003, 1, 1))
    legal = Account.objects.create_user(username="legal")
    appoint(legal, cast.organ, Desk.LEGAL, date(2003, 1, 1))
    at, day = datetime(2024, 3, 1, 9, tzinfo=SHANGHAI), "2024-03-01 09:00"
    for kind, more in OWN.items():
        words = DEFAULTS[kind] + "\n" + more
        drafted = wordsmith.draft_words(cast.organ, kind, words, doing(head, day))
        wordsmith.saw(drafted.pk, head, at)
        wordsmith.propose_words(drafted.pk, doing(head, day))
        wordsmith.saw(drafted.pk, legal, at)
        wordsmith.approve_words(drafted.pk, date(2024, 3, 2), doing(legal, day))
    heard(cast, doing, handled.pk)
    for kind, more in OWN.items():
        content = json.loads(Paper.objects.get(about=handled.number, kind=kind.value).content)
        assert content["words"][-1] == more
        assert content["template"] is not None
    notice = json.loads(Paper.objects.get(about=handled.number, kind="hearing").content)
    assert notice["due"] == "听证日期：2024年3月20日"
