"""The applicant is told in the act's own transaction, where they chose, once."""

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from openhall.cases import actions
from openhall.cases.actions import Doing, Point
from openhall.cases.actions.telling import tell
from openhall.cases.models import Case
from openhall.cases.terms import (
    Act,
    Channel,
    Delivery,
    Opinion,
    Outcome,
    SuspensionGround,
)
from openhall.deeds.refusals import Refused
from openhall.outbox.actions import prefer
from openhall.outbox.models import Message
from tests.factories.cases import WANG_BY_PHONE as WANG
from tests.factories.cases import Walk


@pytest.fixture
def submitted(cast, doing) -> Case:
    return Walk(cast, doing, WANG).submitted()


def told(**only) -> list[tuple[str, str]]:
    return list(Message.objects.filter(**only).order_by("pk").values_list("channel", "subject"))


def test_without_a_choice_the_account_and_the_telephone_are_told(submitted):
    assert told() == [("account", "申请已收到"), ("sms", "申请已收到")]
    inside, outside = Message.objects.order_by("pk")
    assert (outside.to, outside.about) == ("13800000000", submitted.number)
    assert "2024年3月11日" in inside.words
    for hidden in ("王芳", WANG.number, submitted.query_code):
        assert hidden not in outside.words


def test_the_choice_of_the_account_is_followed_in_its_language(cast, doing):
    prefer(cast.wang_fang.pk, email="wang@example.org", language="en")
    actions.submit(
        "MZ-XK-0001", WANG, {}, Channel.ONLINE, doing(cast.wang_fang, "2024-03-04 09:00")
    )
    assert told() == [("account", "Application received"), ("email", "Application received")]
    assert "by 11 March 2024" in Message.objects.get(channel="email").words


def test_a_wrong_address_is_not_taken_as_a_choice(cast):
    with pytest.raises(Refused) as refused:
        prefer(cast.wang_fang.pk, phone="028-1234")
    assert refused.value.field == "sms"


def test_who_has_no_account_is_told_by_telephone_and_who_has_neither_by_paper_alone(cast, doing):
    silent = actions.Party(WANG.kind, "王芳", WANG.identity, WANG.number)
    actions.submit("MZ-XK-0001", WANG, {}, Channel.WINDOW, doing(None, "2024-03-04 09:00"))
    actions.submit("MZ-XK-0001", silent, {}, Channel.WINDOW, doing(None, "2024-03-04 09:10"))
    assert told() == [("sms", "申请已收到")]


def test_each_step_of_a_case_is_told_and_what_stays_inside_is_not(cast, doing, submitted):
    actions.accept(submitted.pk, doing(cast.li_chuang, "2024-03-05 10:00"))
    actions.hand_over(
        submitted.pk, cast.zhao_cheng, ["申请表"], doing(cast.li_chuang, "2024-03-05 10:05")
    )
    actions.suspend(
        submitted.pk,
        SuspensionGround.HEARING,
        "行政许可法 47",
        2,
        "",
        doing(cast.zhao_cheng, "2024-03-06 09:00"),
        with_notice=True,
    )
    actions.resume(submitted.pk, doing(cast.zhao_cheng, "2024-03-08 09:00"))
    actions.review(
        submitted.pk, Opinion.REFUSE, "人数不足。", doing(cast.zhao_cheng, "2024-03-11 09:00")
    )
    actions.decide(
        submitted.pk,
        Outcome.REFUSED,
        "会员人数不足五十人。",
        "可以申请行政复议。",
        doing(cast.sun_pi, "2024-03-12 09:00"),
    )
    actions.deliver(
        submitted.pk,
        Delivery.IN_PERSON,
        "王芳",
        doing(cast.li_chuang, "2024-03-13 09:00", desk="window"),
    )
    assert [subject for _channel, subject in told(channel="account")] == [
        "申请已收到",
        "申请已受理",
        "办理期限中止计算",
        "办理期限恢复计算",
        "已作出决定",
        "办理结果已送达",
    ]
    decided = Message.objects.get(channel="account", subject="已作出决定").words
    assert "不予准予" in decided
    assert "会员人数" not in decided  # the reason stands on the paper, not in a text message


def test_a_supplement_says_how_many_things_until_when_and_its_answer_is_acknowledged(
    cast, doing, submitted
):
    point = Point("名称与已登记社团相同，请更换。", field="name")
    actions.ask_for_supplement(submitted.pk, [point], doing(cast.li_chuang, "2024-03-05 10:00"))
    asked = Message.objects.get(channel="sms", subject="需要补正材料")
    assert "1项" in asked.words
    assert "2024年4月17日" in asked.words
    actions.supplement(
        submitted.pk, {"name": "锦官读书会"}, doing(cast.wang_fang, "2024-03-06 10:00")
    )
    assert told(channel="sms", subject="补正已收到")
    kinds = submitted.papers.values_list("kind", flat=True)
    assert list(kinds) == ["receipt", "supplement", "supplemented"]


def test_a_repeated_click_tells_once_and_a_failed_act_tells_nobody(cast, doing, submitted):
    class Crash(Exception):
        pass

    def act():
        with transaction.atomic():
            actions.accept(submitted.pk, doing(cast.li_chuang, "2024-03-05 10:00"))
            raise Crash

    with pytest.raises(Crash):
        act()
    assert len(told()) == 2
    twice = doing(cast.li_chuang, "2024-03-05 10:00", key="clicked-twice")
    actions.accept(submitted.pk, twice)
    actions.accept(submitted.pk, twice)
    assert len(told(subject="申请已受理")) == 2


def test_a_simulated_past_rings_nobodys_telephone_but_the_last_week_does(cast, doing, settings):
    settings.DEMO = True
    for moment, count in (("2024-03-04 09:00", 0), ("2024-03-28 09:00", 2)):
        at = doing(None, moment).at
        past = Doing(cast.wang_fang, at, f"simulated-{moment}", entered=at)
        with time_machine.travel(doing(None, "2024-04-01 12:00").at):
            actions.submit("MZ-XK-0001", WANG, {}, Channel.ONLINE, past)
        assert Message.objects.count() == count


def test_telling_costs_two_statements_a_message(cast, doing, django_assert_num_queries):
    case = actions.submit("MZ-XK-0001", WANG, {}, Channel.WINDOW, doing(None, "2024-03-04 09:00"))
    case.organ, case.item_version  # as an act holds them
    with transaction.atomic(), django_assert_num_queries(2):  # its number, its row
        tell(case, Act.ACCEPT, {}, "key")
    assert timezone.now() >= Message.objects.last().queued_at
