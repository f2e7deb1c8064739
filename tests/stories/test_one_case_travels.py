"""一门受理、内部运作、限时办结、接办件分离: one case from submission to delivery."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from openhall.cases import actions
from openhall.cases.models import Case, CaseEvent, DaysTally, UnitMonth
from openhall.cases.rules.replay import Happened, replay
from openhall.cases.terms import (
    Act,
    ApplicantKind,
    Channel,
    Delivery,
    Opinion,
    Outcome,
    Stage,
    SuspensionGround,
)
from openhall.deeds.refusals import Moved, Refused
from openhall.ledger.actions import seal
from openhall.ledger.queries import entry_bodies, latest_checkpoint, receipt_for
from openhall.ledger.rules.note import open_note, read_checkpoint
from openhall.ledger.rules.receipt import Receipt, verify_receipt
from openhall.ledger.signing import public_verifier_key
from openhall.ledger.verify import verify_log
from openhall.organs.terms import IdentityKind
from tests.factories.cases import WANG_BY_PHONE as WANG
from tests.factories.cases import Walk

REMEDY = "可在60日内申请行政复议，或在6个月内提起行政诉讼。"


@pytest.fixture
def submitted(cast, doing):
    return Walk(cast, doing, WANG).submitted({"name": "锦江读书会"})


@pytest.fixture
def handled(cast, doing, submitted):
    """Accepted by 李窗 on the Tuesday, handed to 赵承."""
    walk = Walk(cast, doing, WANG)
    return walk.handed_over(walk.accepted(submitted), things=["申请书", "章程草案"])


@pytest.fixture
def reviewed(cast, doing, handled):
    return Walk(cast, doing).reviewed(handled)


def fold(case: Case):
    return replay(
        Happened(
            Act(event.act),
            event.event_time,
            Stage(event.stage),
            event.actor_id,
            case.handler_id if event.act == Act.HAND_OVER else None,
        )
        for event in CaseEvent.objects.filter(case=case).order_by("seq")
    )


def test_one_case_travels_the_whole_way_and_every_figure_opens(cast, doing, reviewed):
    actions.decide(
        reviewed.pk, Outcome.GRANTED, "", "", doing(cast.sun_pi, "2024-03-12 11:00", desk="decider")
    )
    actions.issue(reviewed.pk, doing(cast.li_chuang, "2024-03-13 09:00", desk="window"))
    actions.deliver(
        reviewed.pk,
        Delivery.IN_PERSON,
        "王芳",
        doing(cast.li_chuang, "2024-03-14 09:00", desk="window"),
    )
    case = Case.objects.get(pk=reviewed.pk)
    assert (case.stage, case.outcome) == (Stage.DELIVERED, Outcome.GRANTED)
    assert (case.promise_due, case.statutory_due) == (date(2024, 3, 15), date(2024, 4, 2))
    assert (case.days_used, case.on_time) == (5, True)
    assert case.delivery_due == date(2024, 3, 26)

    month = UnitMonth.objects.get(organ=cast.organ, month=date(2024, 3, 1))
    assert (month.received, month.accepted, month.closed, month.on_time) == (1, 1, 1, 1)
    assert (month.days, month.granted, month.delivered) == (5, 1, 1)
    assert DaysTally.objects.get(item=cast.item).days == 5

    state = fold(case)
    assert (state.stage, state.intake, state.handler, state.decider) == (
        case.stage,
        case.intake_id,
        case.handler_id,
        case.decider_id,
    )
    assert (state.received_at, state.accepted_at) == (case.received_at, case.accepted_at)
    assert (state.closed_at, state.delivered_at) == (case.closed_at, case.delivered_at)

    assert seal() is not None
    for event in CaseEvent.objects.filter(case=case):
        receipt = receipt_for(event.entry)
        assert verify_receipt(Receipt.from_json(receipt.to_json()), public_verifier_key()) == 23
        assert "王芳" not in receipt.entry.decode()
        assert "11010519491231002X" not in receipt.entry.decode()


def test_personal_data_is_not_readable_in_the_database(submitted):
    with connection.cursor() as cursor:
        cursor.execute("SELECT applicant_name, identity_number, answers FROM cases_case")
        row = cursor.fetchone()
    assert all(value.startswith("v3:") for value in row)
    assert Case.objects.get(pk=submitted.pk).applicant_name == "王芳"


def test_who_accepts_may_not_handle_or_decide_also_in_the_database(cast, doing, submitted):
    actions.accept(submitted.pk, doing(cast.li_chuang, "2024-03-05 10:00", desk="window"))
    with pytest.raises(Refused, match="接办件分离"):
        actions.hand_over(
            submitted.pk, cast.li_chuang, [], doing(cast.li_chuang, "2024-03-05 10:05")
        )
    for column in ("handler", "decider"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=submitted.pk).update(**{column: F("intake")})


@pytest.mark.parametrize("who", ["wang_fang", "zhao_cheng", "sun_pi", "zhou_wai"])
def test_only_the_window_of_the_organ_accepts(cast, doing, submitted, who):
    with pytest.raises(Refused, match="窗口"):
        actions.accept(submitted.pk, doing(getattr(cast, who), "2024-03-05 10:00"))


@pytest.mark.parametrize("who", ["wang_fang", "li_chuang", "zhao_cheng", "zhou_wai"])
def test_only_a_decider_who_neither_accepted_nor_handled_decides(cast, doing, reviewed, who):
    with pytest.raises(Refused, match="批准人"):
        actions.decide(
            reviewed.pk, Outcome.GRANTED, "", "", doing(getattr(cast, who), "2024-03-12 11:00")
        )


def test_a_refusal_without_reason_or_remedy_is_not_taken(cast, doing, reviewed):
    for reason, remedy, field in (("", REMEDY, "reason"), ("不符合法定人数。", " ", "remedy")):
        with pytest.raises(Refused) as refused:
            actions.decide(
                reviewed.pk, Outcome.REFUSED, reason, remedy, doing(cast.sun_pi, "2024-03-12 11:00")
            )
        assert refused.value.field == field


def test_a_second_supplement_notice_is_refused(cast, doing, submitted):
    point = actions.Point("名称与已登记社团相同，请更换。", field="name")
    actions.ask_for_supplement(submitted.pk, [point], doing(cast.li_chuang, "2024-03-05 10:00"))
    with pytest.raises(Refused, match="不在补正告知书"):
        actions.supplement(submitted.pk, {"other": 1}, doing(cast.wang_fang, "2024-03-06 10:00"))
    actions.supplement(
        submitted.pk, {"name": "锦官读书会"}, doing(cast.wang_fang, "2024-03-06 10:00")
    )
    with pytest.raises(Refused, match="一次告知"):
        actions.ask_for_supplement(submitted.pk, [point], doing(cast.li_chuang, "2024-03-07 10:00"))
    assert "锦官读书会" in Case.objects.get(pk=submitted.pk).answers


def test_five_working_days_of_silence_accept_as_of_receipt(doing, submitted):
    with pytest.raises(Refused, match="尚未届满"):
        actions.deem_accepted(submitted.pk, doing(None, "2024-03-11 18:00"))
    actions.deem_accepted(submitted.pk, doing(None, "2024-03-12 00:10"))
    case = Case.objects.get(pk=submitted.pk)
    assert case.deemed
    assert case.accepted_at == case.received_at


def test_a_hearing_excludes_time_only_with_its_notice(cast, doing, handled):
    plain = Case.objects.get(pk=handled.pk).promise_due
    for notice, begins, ends, due in (
        ("", "2024-03-06 09:00", "2024-03-08 09:00", plain),
        ("成民特〔2024〕1号", "2024-03-11 09:00", "2024-03-13 09:00", date(2024, 3, 19)),
    ):
        actions.suspend(
            handled.pk,
            SuspensionGround.HEARING,
            "行政许可法 47",
            2,
            notice,
            doing(cast.zhao_cheng, begins),
        )
        with pytest.raises(Refused, match="恢复计时"):
            actions.review(handled.pk, Opinion.GRANT, "同意。", doing(cast.zhao_cheng, begins))
        actions.resume(handled.pk, doing(cast.zhao_cheng, ends))
        assert Case.objects.get(pk=handled.pk).promise_due == due


def test_a_repeated_click_does_the_deed_once(cast, doing, submitted):
    twice = doing(cast.li_chuang, "2024-03-05 10:00", key="clicked-twice")
    assert actions.accept(submitted.pk, twice) == actions.accept(submitted.pk, twice)
    assert CaseEvent.objects.filter(case=submitted, act=Act.ACCEPT).count() == 1
    assert UnitMonth.objects.get().accepted == 1


def test_of_two_clerks_on_one_case_the_second_is_told(cast, doing, submitted):
    actions.accept(submitted.pk, doing(cast.li_chuang, "2024-03-05 10:00"), seen=1)
    with pytest.raises(Moved, match="刷新页面"):
        actions.decline(
            submitted.pk,
            Outcome.INELIGIBLE,
            "申请人不符合受理条件。",
            doing(cast.li_chuang, "2024-03-05 10:01"),
            seen=1,
        )


def test_an_item_out_of_the_catalogue_is_not_taken_but_an_accepted_case_goes_on(
    cast, doing, handled
):
    cast.item.entry.listed_until = date(2024, 3, 6)
    cast.item.entry.save()
    with pytest.raises(Refused, match="行政审批事项目录") as refused:
        actions.submit("MZ-XK-0001", WANG, {}, Channel.ONLINE, doing(None, "2024-03-07 09:00"))
    assert refused.value.field == "item"
    actions.review(
        handled.pk, Opinion.GRANT, "符合条件。", doing(cast.zhao_cheng, "2024-03-08 09:00")
    )


def test_a_wrong_check_digit_gets_its_sentence_and_nothing_is_written(cast, doing):
    wrong = actions.Party(
        ApplicantKind.PERSON, "王芳", IdentityKind.RESIDENT_ID, "110105194912310021"
    )
    with pytest.raises(Refused, match="校验位不符") as refused:
        actions.submit("MZ-XK-0001", wrong, {}, Channel.ONLINE, doing(None, "2024-03-04 09:00"))
    assert refused.value.field == "number"
    assert not Case.objects.exists()


def test_what_was_done_cannot_be_changed_or_removed(submitted):
    for tamper in (
        lambda: CaseEvent.objects.update(act=Act.ACCEPT.value),
        lambda: CaseEvent.objects.all().delete(),
    ):
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            tamper()


def test_the_whole_log_verifies_against_its_checkpoint(handled):
    seal()
    checkpoint = read_checkpoint(open_note(latest_checkpoint().note, public_verifier_key()))
    # Two organs, four appointments, the item, its guide and its line, three acts, three papers.
    assert list(verify_log(entry_bodies(), checkpoint))[-1] == 15


def test_only_the_applicant_withdraws(cast, doing, handled):
    with pytest.raises(Refused, match="申请人本人"):
        actions.withdraw(handled.pk, doing(cast.li_chuang, "2024-03-06 09:00"))
    actions.withdraw(handled.pk, doing(cast.wang_fang, "2024-03-06 09:00"))
    assert Case.objects.get(pk=handled.pk).outcome == Outcome.WITHDRAWN
