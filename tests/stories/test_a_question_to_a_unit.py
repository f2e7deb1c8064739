"""咨询: a resident asks a unit, gets a reviewed answer in time, and others may read it. A8, A9."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from openhall.deeds.refusals import Refused
from openhall.enquiries import actions
from openhall.enquiries.models import Enquiry, EnquiryDeed
from openhall.enquiries.queries import overdue, published, standing_of
from openhall.enquiries.rules.limits import SHIPPED
from openhall.enquiries.tasks import lapse_unanswered
from openhall.enquiries.terms import CameBy, EnquiryState, ToldBy, WhyClosed
from openhall.ledger.models import Entry
from openhall.outbox.models import Message
from tests.rooms.enquiries.conftest import *  # noqa: F403
from tests.rooms.enquiries.conftest import ANSWER, TEXT, TITLE


def now(enquiry):
    return Enquiry.objects.get(pk=enquiry.pk)


@pytest.mark.usefixtures("sound")
def test_a_question_is_answered_in_time_reviewed_told_published_and_found_helpful(
    cast, doing, asked, bian_ji
):
    enquiry = asked()
    assert (enquiry.number, enquiry.state) == ("ZX-2026-00001", EnquiryState.WITH_UNIT)
    assert enquiry.due == date(2026, 11, 9)  # five working days after Monday

    actions.draft(
        enquiry.pk, "请看办事指南。具体见网站。", doing(cast.zhao_cheng, "2026-11-03 09:00")
    )
    actions.send_back(enquiry.pk, "没有答时限。", doing(cast.sun_pi, "2026-11-03 10:00"))
    actions.draft(enquiry.pk, ANSWER, doing(cast.zhao_cheng, "2026-11-03 11:00"))
    actions.send_answer(enquiry.pk, doing(cast.sun_pi, "2026-11-04 09:00"))
    told = Message.objects.get()
    assert (told.channel, told.to) == ("sms", "13812345678")
    assert enquiry.number in told.words
    assert ANSWER[:6] not in told.words
    assert TITLE not in told.words

    actions.find_helpful(enquiry.pk, True, doing(None, "2026-11-04 12:00"), holds_code=True)
    places = frozenset(
        f"{part}:{one.place}" for part, one in actions.publishing.proposed(now(enquiry))
    )
    hiding = actions.Hiding(places, more=("志愿者协会",))
    actions.publish(enquiry.pk, hiding, doing(bian_ji, "2026-11-05 09:00"))
    shown = published().get()
    assert shown.public_text == "我叫〔姓名〕，电话〔电话〕，想成立一个〔个人信息〕，要办多久？"
    assert shown.public_answer == ANSWER
    figures = standing_of(cast.organ, date(2026, 11, 20))
    assert (figures.asked, figures.answered, figures.on_time, figures.overdue) == (1, 1, 1, 0)

    said = b"".join(bytes(body) for body in Entry.objects.values_list("body", flat=True))
    for private in ("王小芳", "13812345678", TEXT, ANSWER):
        assert private.encode() not in said  # the log holds commitments only


@pytest.mark.usefixtures("sound")
def test_a_wrong_unit_hands_it_on_with_a_reason_counted_and_the_clock_goes_on(
    cast, doing, asked, water, lin_shui, qin_guan
):
    enquiry = asked()
    li, lin = cast.li_chuang, lin_shui
    with pytest.raises(Refused) as refused:
        actions.transfer(enquiry.pk, water, "不是", doing(li, "2026-11-02 10:00"))
    assert refused.value.field == "reason"
    why = "属于供水水质，不是社会组织登记。"
    actions.transfer(enquiry.pk, water, why, doing(li, "2026-11-02 10:10"))
    assert "期限不变" in Message.objects.get().words
    with pytest.raises(Refused, match="只有承办单位"):  # it lies elsewhere now
        actions.draft(enquiry.pk, ANSWER, doing(cast.zhao_cheng, "2026-11-02 10:20"))
    with pytest.raises(Refused, match="没有用完"):
        actions.refer(enquiry.pk, why, doing(lin, "2026-11-02 10:30"))
    actions.transfer(enquiry.pk, cast.organ, "是社会组织登记的事。", doing(lin, "2026-11-02 11:00"))
    with pytest.raises(Refused, match="已经转交2次，最多2次"):
        actions.transfer(enquiry.pk, water, why, doing(li, "2026-11-03 09:00"))
    actions.refer(enquiry.pk, why, doing(li, "2026-11-03 09:10"))
    assert now(enquiry).state == EnquiryState.TO_ASSIGN
    actions.assign(
        enquiry.pk, water, "涉及用水，由水务局答复。", doing(qin_guan, "2026-11-03 14:00")
    )
    with pytest.raises(Refused, match="不能再转"):
        actions.transfer(enquiry.pk, cast.organ, why, doing(lin, "2026-11-03 15:00"))
    settled = now(enquiry)
    assert (settled.organ, settled.transfers, settled.due) == (water, 3, date(2026, 11, 9))


@pytest.mark.usefixtures("sound")
def test_who_does_not_know_the_unit_leaves_it_to_the_centre(cast, doing, asked, qin_guan, centre):
    enquiry = asked(organ=None)
    assert (enquiry.organ, enquiry.state) == (centre, EnquiryState.TO_ASSIGN)
    actions.assign(
        enquiry.pk, cast.organ, "社会组织登记的事。", doing(qin_guan, "2026-11-02 10:00")
    )
    assert now(enquiry).state == EnquiryState.WITH_UNIT


@pytest.mark.usefixtures("sound")
def test_the_asker_is_asked_once_and_the_limit_begins_anew(cast, doing, asked):
    enquiry = asked()
    zhao = cast.zhao_cheng
    actions.ask_to_clarify(enquiry.pk, "是社会团体还是基金会？", doing(zhao, "2026-11-03 09:00"))
    with pytest.raises(Refused, match="凭查询码"):
        actions.clarify(
            enquiry.pk, "是社会团体。", doing(zhao, "2026-11-03 10:00"), holds_code=False
        )
    words = "是社会团体，三十个人。"
    actions.clarify(enquiry.pk, words, doing(None, "2026-11-06 10:00"), holds_code=True)
    assert now(enquiry).due == date(2026, 11, 13)
    with pytest.raises(Refused, match="只能补充一次"):
        actions.ask_to_clarify(enquiry.pk, "再补充一下人数。", doing(zhao, "2026-11-06 11:00"))


@pytest.mark.usefixtures("sound")
def test_who_adds_nothing_lets_it_lapse_and_it_counts_for_nobody(cast, doing, asked):
    enquiry = asked(at="2026-10-12 09:00")
    actions.ask_to_clarify(
        enquiry.pk, "是社会团体还是基金会？", doing(cast.zhao_cheng, "2026-10-13 09:00")
    )
    assert lapse_unanswered.call() == 1
    assert now(enquiry).state == EnquiryState.LAPSED
    assert standing_of(cast.organ, date(2026, 11, 20)).overdue == 0


def test_what_is_owed_past_its_day_stands_in_public(cast, asked):
    enquiry = asked()
    assert list(overdue(date(2026, 11, 9))) == []  # the last day is in time
    assert list(overdue(date(2026, 11, 10))) == [enquiry]


@pytest.mark.usefixtures("sound")
def test_spam_is_closed_with_a_reason_that_the_sender_reads(cast, doing, asked, he_jie):
    enquiry = asked(title="低息贷款，当天放款", text="低息贷款，当天放款，加微信详谈。")
    why = "内容与政务服务无关。"
    with pytest.raises(Refused, match="只有承办单位的批准人员、负责人"):
        actions.close(enquiry.pk, WhyClosed.SPAM, why, doing(cast.zhao_cheng, "2026-11-02 10:00"))
    actions.close(enquiry.pk, WhyClosed.SPAM, why, doing(he_jie, "2026-11-02 10:00"))
    closed = now(enquiry)
    assert (closed.state, closed.why_closed, closed.answer) == ("closed", "spam", why)


@pytest.mark.usefixtures("sound")
def test_one_follow_up_goes_to_the_same_unit(answered, asked):
    first = answered()
    again = asked(at="2026-11-04 09:00", follows=first, organ=None, text="要多少会员才可以登记？")
    assert (again.organ, again.follows) == (first.organ, first)
    with pytest.raises(Refused, match="已经追问过一次"):
        asked(at="2026-11-04 10:00", follows=first, text="要多少会员才可以登记呢？")


@pytest.mark.usefixtures("sound")
def test_nothing_is_published_without_consent_nor_by_who_wrote_it(answered, cast, doing, bian_ji):
    private = answered(may_publish=False)
    with pytest.raises(Refused, match="没有同意公开"):
        actions.publish(private.pk, actions.Hiding(), doing(bian_ji, "2026-11-05 09:00"))
    open_one = answered(at="2026-11-02 10:00")
    with pytest.raises(Refused, match="只有承办单位的编辑"):
        actions.publish(open_one.pk, actions.Hiding(), doing(cast.zhao_cheng, "2026-11-05 09:00"))
    with pytest.raises(Refused) as refused:  # what stays is accounted for
        actions.publish(open_one.pk, actions.Hiding(), doing(bian_ji, "2026-11-05 09:00"))
    assert refused.value.field == "why_kept"
    hiding = actions.Hiding(more=("不在文中",), why_kept="是单位自己的电话。")
    with pytest.raises(Refused) as refused:
        actions.publish(open_one.pk, hiding, doing(bian_ji, "2026-11-05 09:10"))
    assert refused.value.field == "more"
    hiding = actions.Hiding(why_kept="是单位自己的电话和编造的姓名。")
    actions.publish(open_one.pk, hiding, doing(bian_ji, "2026-11-05 09:20"))
    actions.take_down(open_one.pk, "", doing(None, "2026-11-06 09:00"), holds_code=True)
    gone = now(open_one)
    assert (gone.is_public, gone.public_answer, gone.may_publish) == (False, "", False)


@pytest.mark.usefixtures("sound")
def test_the_window_writes_down_what_is_asked_by_telephone(asked, cast, doing):
    said = actions.Asked(TITLE, TEXT, cast.organ, came_by=CameBy.PHONE)
    with pytest.raises(Refused, match="只有窗口人员"):
        actions.ask(said, doing(cast.zhao_cheng, "2026-11-02 09:00"))
    taken = actions.ask(said, doing(cast.li_chuang, "2026-11-02 09:00"))
    assert (taken.came_by, taken.told_by) == ("phone", "none")


def test_the_database_too_keeps_answer_review_and_publication_apart(answered, cast):
    enquiry = answered()
    for change in (
        {"sent_by": cast.zhao_cheng},
        {"published_by": cast.zhao_cheng},
        {"may_publish": False, "published_on": date(2026, 11, 5)},
        {"state": "closed"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Enquiry.objects.filter(pk=enquiry.pk).update(**change)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        EnquiryDeed.objects.update(act="ask")


def test_an_address_that_cannot_be_one_is_refused_beside_its_field(asked):
    with pytest.raises(Refused) as refused:
        asked(told_by=ToldBy.EMAIL, address="13812345678")
    assert refused.value.field == "address"


@pytest.mark.usefixtures("sound")
def test_the_limits_are_set_on_a_document_for_coming_days(asked, cast, doing, fu_ban):
    from dataclasses import replace

    three = replace(SHIPPED, answer_days=3, basis="成府办函〔2026〕8号")
    at = "2026-10-30 09:00"
    with pytest.raises(Refused, match="只有市政府办公厅"):
        actions.set_limits(three, date(2026, 11, 2), doing(cast.zhao_cheng, at))
    with pytest.raises(Refused, match="晚于今天"):
        actions.set_limits(three, date(2026, 10, 30), doing(fu_ban, at))
    actions.set_limits(three, date(2026, 11, 2), doing(fu_ban, at))
    assert asked(at="2026-10-30 10:00").due == date(2026, 11, 6)
    assert asked(at="2026-11-02 09:00", text=TEXT + "急").due == date(2026, 11, 5)
