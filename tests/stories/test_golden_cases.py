"""The golden cases of the procedure, as the norms tell them (norms 9b, 1–9 and 18), word for word.

Each test quotes its case and walks it with the cast on real days of a real calendar.
"""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from openhall.cases import actions
from openhall.cases.actions import Point
from openhall.cases.models import Case, CaseEvent, Extension, Supplement, Suspension
from openhall.cases.queries import timeline
from openhall.cases.rules.clock import statutory_limit
from openhall.cases.rules.packs import pack_on
from openhall.cases.tasks import accept_by_silence
from openhall.cases.terms import Act, Channel, Opinion, Outcome, Stage, SuspensionGround
from openhall.deeds.refusals import Refused
from openhall.fees.models import PaymentNotice
from openhall.organs.actions import appoint
from openhall.organs.actions import change as change_organ
from openhall.organs.actions import found as found_organ
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.papers.models import Paper
from openhall.papers.terms import PaperKind
from openhall.supervision import actions as watching
from openhall.supervision.models import Card
from openhall.workdays.queries import calendar
from tests.factories.cases import WANG
from tests.factories.catalogue import charged

POINT = Point("名称与已登记社团相同，请更换。", field="name")
REMEDY = "可在60日内申请行政复议，或在6个月内提起行政诉讼。"
MONDAY = "2024-03-04"


@pytest.fixture
def head(cast) -> Account:
    """何负 is the head of the bureau."""
    account = Account.objects.create_user(username="he_fu")
    appoint(account, cast.organ, Desk.HEAD, date(2003, 1, 1))
    return account


@pytest.fixture
def supervisor(db) -> Account:
    """宋监 sits at the Supervision Bureau."""
    bureau = found_organ(
        code="cd-jcj", kind="department", name="市监察局", name_en="Supervision", short_name="监察"
    )
    account = Account.objects.create_user(username="song_jian", is_official=True)
    appoint(account, bureau, Desk.SUPERVISION, date(2003, 1, 1))
    return account


@pytest.fixture
def submitted(cast, doing):
    def made(moment=f"{MONDAY} 09:00") -> Case:
        who = doing(cast.wang_fang, moment)
        return actions.submit("MZ-XK-0001", WANG, {"name": "读书会"}, Channel.ONLINE, who)

    return made


@pytest.fixture
def handled(cast, doing, submitted):
    """Accepted and handed over on the day of submission."""

    def made(day=MONDAY) -> Case:
        case = submitted(f"{day} 09:00")
        actions.accept(case.pk, doing(cast.li_chuang, f"{day} 10:00"))
        actions.hand_over(
            case.pk, cast.zhao_cheng, ["申请书"], doing(cast.li_chuang, f"{day} 10:05")
        )
        return Case.objects.get(pk=case.pk)

    return made


def test_1_received_monday_no_notice_by_five_working_days_is_accepted_dated_monday(
    submitted, supervisor, client
):
    """Received Mon, no notice by T+5wd -> auto ACCEPTED dated Monday, alert to supervisor."""
    case = submitted()
    with time_machine.travel("2024-03-11T23:59:00+08:00", tick=False):
        assert accept_by_silence.func() == 0
    with time_machine.travel("2024-03-12T00:10:00+08:00", tick=False):
        assert accept_by_silence.func() == 1
    case.refresh_from_db()
    assert (case.stage, case.deemed, case.accepted_at) == (Stage.ACCEPTED, True, case.received_at)
    silent = CaseEvent.objects.get(case=case, act=Act.DEEM_ACCEPTED.value)
    watching.observe()
    card = Card.objects.get(code="silence", case=case)
    assert (card.signal, card.evidence, card.values) == ("red", [silent.seq], {"due": "2024-03-11"})
    client.force_login(supervisor)
    page = client.get("/office/cd-jcj/supervision/oversight/cards/?month=2024-03").text
    assert card.number in page
    assert "五日内未答复" in page


def test_2_a_second_supplement_notice_is_blocked(cast, doing, submitted, head, supervisor, client):
    """Second 补正 notice -> blocked, needs override, raises rule "不一次告知"."""
    case = submitted()
    actions.ask_for_supplement(case.pk, [POINT], doing(cast.li_chuang, "2024-03-05 09:00"))
    again = [Point("章程草案缺少签字页，请补齐。", material="charter")]
    with pytest.raises(Refused, match="一次告知"):
        actions.ask_for_supplement(case.pk, again, doing(cast.li_chuang, "2024-03-05 10:00"))
    actions.supplement(case.pk, {"name": "锦官"}, doing(cast.wang_fang, "2024-03-06 09:00"))
    with pytest.raises(Refused, match="不得再次告知"):
        actions.ask_for_supplement(case.pk, again, doing(cast.li_chuang, "2024-03-06 10:00"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Supplement.objects.create(case=case, asked_at=case.received_at, due_on=date(2024, 4, 1))
    with pytest.raises(IntegrityError), transaction.atomic():  # nor as a second, unpermitted
        Supplement.objects.create(
            case=case, number=2, asked_at=case.received_at, due_on=date(2024, 4, 1)
        )
    with pytest.raises(Refused, match="没有本机关负责人的准许"):
        actions.ask_again(case.pk, again, doing(cast.li_chuang, "2024-03-06 10:30"))
    facts = "首次告知后，章程草案因法律修订须增加一章。"
    for nobody in (cast.li_chuang, cast.zhao_cheng, cast.sun_pi, cast.wang_fang, supervisor, None):
        with pytest.raises(Refused, match="只有本机关负责人"):
            actions.allow_again(case.pk, facts, doing(nobody, "2024-03-06 11:00"))
    with pytest.raises(Refused, match="新的事实") as refused:
        actions.allow_again(case.pk, "忘了", doing(head, "2024-03-06 11:00"))
    assert refused.value.field == "new_facts"
    actions.allow_again(case.pk, facts, doing(head, "2024-03-06 12:00"))
    with pytest.raises(Refused, match="已准许过"):
        actions.allow_again(case.pk, facts, doing(head, "2024-03-06 12:30"))
    watching.observe()
    assert not Card.objects.filter(case=case).exists()  # permitted is not yet given
    with pytest.raises(Refused, match="不得再次告知"):
        actions.ask_for_supplement(case.pk, again, doing(cast.li_chuang, "2024-03-06 12:50"))
    actions.ask_again(case.pk, again, doing(cast.li_chuang, "2024-03-06 13:00"))
    second = Supplement.objects.get(case=case, number=2)
    assert (second.permitted_by, Case.objects.get(pk=case.pk).supplement) == (head, second)
    paper = Paper.objects.filter(about=case.number, kind=PaperKind.SUPPLEMENT.value).last()
    assert facts in paper.content
    assert "此后不再告知补正" in paper.content
    watching.observe()
    card = Card.objects.get(case=case)
    assert (card.code, card.signal, card.values) == ("not-once", "yellow", {"on": "2024-03-06"})
    client.force_login(supervisor)
    page = client.get("/office/cd-jcj/supervision/oversight/cards/?month=2024-03").text
    assert card.number in page
    assert "不一次告知" in page
    actions.supplement(
        case.pk,
        {},
        doing(cast.li_chuang, "2024-03-07 09:00"),
        brought=["charter"],
    )
    with pytest.raises(Refused, match="不得第三次告知"):
        actions.ask_again(case.pk, again, doing(cast.li_chuang, "2024-03-07 10:00"))
    actions.accept(case.pk, doing(cast.li_chuang, "2024-03-07 11:00"))


def test_3_a_hearing_of_twelve_days_moves_the_due_day_twelve_working_days(cast, doing, handled):
    """Accepted, 听证 suspended 12wd with notice -> due moves 12wd; without notice -> unchanged."""
    days = calendar()
    for notice, moved in (("成民听〔2024〕1号", 12), ("", 0)):
        case = handled()
        before = (case.promise_due, case.statutory_due)
        actions.suspend(
            case.pk,
            SuspensionGround.HEARING,
            "行政许可法 47",
            12,
            notice,
            doing(cast.zhao_cheng, "2024-03-06 09:00"),
        )
        until = days.add_workdays(date(2024, 3, 6), 12).on
        actions.resume(case.pk, doing(cast.zhao_cheng, f"{until} 09:00"))
        case.refresh_from_db()
        assert case.promise_due == days.add_workdays(before[0], moved).on
        assert case.statutory_due == days.add_workdays(before[1], moved).on


def test_4_an_extension_needs_the_right_head_has_a_cap_and_a_reason(cast, doing, handled, head):
    """Extension without 负责人 approval -> refused; 10wd cap; joint 15wd needs 政府负责人."""
    case = handled()
    why = "需要核实会员人数，原定期限内不能完成。"
    actions.ask_extension(case.pk, 10, why, doing(cast.zhao_cheng, "2024-03-12 09:00"))
    for nobody in (cast.zhao_cheng, cast.sun_pi, cast.li_chuang):
        with pytest.raises(Refused, match="只有本机关负责人可以批准延长"):
            actions.extend(case.pk, 10, why, doing(nobody, "2024-03-12 10:00"))
    with pytest.raises(Refused, match="不得超过10个工作日"):
        actions.extend(case.pk, 11, why, doing(head, "2024-03-12 11:00"))
    with pytest.raises(Refused, match="写明理由"):
        actions.extend(case.pk, 10, " ", doing(head, "2024-03-12 11:00"))
    actions.extend(case.pk, 10, why, doing(head, "2024-03-12 12:00"))
    days, before = calendar(), case
    case = Case.objects.get(pk=case.pk)
    assert case.promise_due == days.add_workdays(before.promise_due, 10).on
    assert case.statutory_due == days.add_workdays(before.statutory_due, 10).on
    assert Paper.objects.filter(about=case.number, kind=PaperKind.EXTENSION.value).count() == 1
    with pytest.raises(Refused, match="延长过一次"):
        actions.extend(case.pk, 1, why, doing(head, "2024-03-12 13:00"))

    city = found_organ(code="cd", kind="city", name="市人民政府", name_en="City", short_name="市")
    mayor = Account.objects.create_user(username="shi_zhang")
    appoint(mayor, city, Desk.HEAD, date(2003, 1, 1))
    change_organ(cast.organ, doing(None, "2024-01-02 09:00"), parent=city)
    cast.version.joint_organs, cast.version.statutory_days = "市水务局", None
    cast.version.save()
    joint = handled()
    assert joint.statutory_due == days.add_workdays(date(2024, 3, 4), 45).on
    with pytest.raises(Refused, match="只有本级人民政府负责人可以批准延长"):
        actions.extend(joint.pk, 15, why, doing(head, "2024-03-13 09:00"))
    with pytest.raises(Refused, match="不得超过15个工作日"):
        actions.extend(joint.pk, 16, why, doing(mayor, "2024-03-13 09:00"))
    actions.extend(joint.pk, 15, why, doing(mayor, "2024-03-13 10:00"))
    joint.refresh_from_db()
    assert joint.statutory_due == days.add_workdays(date(2024, 3, 4), 60).on
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.filter(case=joint).update(days=16)


def test_5_day_nine_breaks_the_promise_and_day_twenty_one_the_statute(cast, doing, handled):
    """Promise 8wd / statutory 20wd: day 9 promise breach, day 21 statutory breach; one timeline."""
    case = handled("2024-02-01")  # before the Spring Festival, with its make-up days
    days = calendar()
    assert case.promise_due == date(2024, 2, 18)  # a Sunday worked in exchange
    assert case.statutory_due == date(2024, 3, 5)
    ninth = days.add_workdays(date(2024, 2, 1), 9).on
    last = days.add_workdays(date(2024, 2, 1), 21).on
    assert case.promise_due < ninth <= case.statutory_due < last
    drawn = timeline(case, last)
    assert [limit.date for limit in drawn.limits] == [case.promise_due, case.statutory_due]
    assert drawn.used == 21
    rests = {day.date for day in drawn.days if day.kind.value == "rests"}
    assert date(2024, 2, 10) in rests  # the first day of the year
    assert not {date(2024, 2, 4), date(2024, 2, 18)} & rests  # 调休


def test_6_an_item_cancelled_yesterday_is_not_taken_but_last_weeks_case_goes_on(
    cast, doing, handled, submitted
):
    """Item cancelled yesterday -> intake refused; accepted last week -> old item version."""
    case = handled()
    cast.item.entry.listed_until = date(2024, 3, 11)
    cast.item.entry.save()
    with pytest.raises(Refused, match="有效的《行政审批事项目录》中没有该事项"):
        submitted("2024-03-12 09:00")
    actions.review(case.pk, Opinion.GRANT, "符合条件。", doing(cast.zhao_cheng, "2024-03-12 09:00"))
    actions.decide(case.pk, Outcome.GRANTED, "", "", doing(cast.sun_pi, "2024-03-12 10:00"))
    case.refresh_from_db()
    assert (case.stage, case.item_version) == (Stage.GRANTED, cast.version)


def test_7_a_handler_reads_no_fee_and_takes_in_none_of_his_cases(client, cast, doing, handled):
    """Handler tries to read the fee table or to be intake officer of the same case -> 403."""
    case = handled("2026-11-23")
    client.force_login(cast.zhao_cheng)
    assert client.get(reverse("office:till", args=[cast.organ.code])).status_code == 403
    window = reverse("office:matter", args=[cast.organ.code, "window", case.number])
    assert client.get(window).status_code == 403
    appoint(cast.zhao_cheng, cast.organ, Desk.WINDOW, date(2003, 1, 1))
    with pytest.raises(Refused):
        actions.deliver(case.pk, "in_person", "王芳", doing(cast.zhao_cheng, "2026-11-23 15:00"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(intake=cast.zhao_cheng)


def test_8_a_fee_without_a_tariff_in_force_cannot_be_put_on_a_notice(
    client, cast, doing, handled, tmp_path
):
    """Fee line absent from tariff in force -> not on a notice; form download free, no login."""
    case = handled()
    actions.review(case.pk, Opinion.GRANT, "符合条件。", doing(cast.zhao_cheng, "2024-03-06 09:00"))
    actions.decide(case.pk, Outcome.GRANTED, "", "", doing(cast.sun_pi, "2024-03-06 10:00"))
    charged(
        item=cast.item,
        name="登记费",
        amount=5000,
        unit="件",
        code="MZ-1",
        basis="川价费〔2001〕1号",
        price_approval="川价费〔2001〕1号",
        effective_from=date(2001, 1, 1),
        effective_until=date(2024, 3, 1),
    )
    cashier = Account.objects.create_user(username="cashier")
    appoint(cashier, cast.organ, Desk.CASHIER, date(2003, 1, 1))
    with pytest.raises(Refused):
        actions.bill(case.pk, doing(cashier, "2024-03-06 11:00"))
    assert not PaymentNotice.objects.exists()
    guide = reverse("portal:guide", args=["MZ-XK-0001"])
    assert client.get(guide).status_code == 200  # nobody is signed in


def test_9_a_refusal_without_reason_or_remedy_cannot_be_saved(cast, doing, handled):
    """不予许可 with empty reason/remedy -> cannot save."""
    case = handled()
    actions.review(
        case.pk, Opinion.REFUSE, "人数不足。", doing(cast.zhao_cheng, "2024-03-06 09:00")
    )
    for reason, remedy, field in (("", REMEDY, "reason"), ("人数不足。", "", "remedy")):
        with pytest.raises(Refused) as refused:
            actions.decide(
                case.pk, Outcome.REFUSED, reason, remedy, doing(cast.sun_pi, "2024-03-07 09:00")
            )
        assert refused.value.field == field
    case.refresh_from_db()
    assert case.stage == Stage.REVIEWED


def test_18_rule_packs_in_force_by_date(cast, doing, submitted):
    """2003-05-26..2004-06-30: no deemed acceptance, no 20wd default; then 行政许可法 applies."""
    cast.version.statutory_days = None
    cast.version.save()
    old = submitted("2004-06-30 09:00")
    assert (old.pack, old.answer_due) == ("chengdu-2003-75", None)
    assert statutory_limit(None, pack_on(date(2004, 6, 30))) is None
    with pytest.raises(Refused, match="不能视为受理"):
        actions.deem_accepted(old.pk, doing(None, "2004-08-01 09:00"))
    actions.accept(old.pk, doing(cast.li_chuang, "2004-07-02 09:00"))
    old.refresh_from_db()
    assert (old.promise_due is not None, old.statutory_due) == (True, None)

    new = submitted("2004-07-01 09:00")
    assert (new.pack, new.answer_due) == ("licensing-law-2004", date(2004, 7, 8))
    actions.accept(new.pk, doing(cast.li_chuang, "2004-07-02 09:00"))
    new.refresh_from_db()
    assert new.statutory_due == calendar().add_workdays(date(2004, 7, 2), 20).on


def test_a_suspension_begun_after_the_limit_ran_out_forgives_nothing(cast, doing, handled):
    """行政许可法 45 excludes time from a limit; who was late stays late."""
    case = handled()
    late = "2024-04-10"  # past both limits
    actions.suspend(
        case.pk,
        SuspensionGround.TESTING,
        "行政许可法 55",
        5,
        "成民特〔2024〕9号",
        doing(cast.zhao_cheng, f"{late} 09:00"),
    )
    actions.resume(case.pk, doing(cast.zhao_cheng, "2024-04-17 09:00"))
    after = Case.objects.get(pk=case.pk)
    assert (after.promise_due, after.statutory_due) == (case.promise_due, case.statutory_due)
    assert Suspension.objects.get(case=case).until == date(2024, 4, 17)
