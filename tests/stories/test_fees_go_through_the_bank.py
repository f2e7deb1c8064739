"""统一收费窗口、委托银行代收: only an approved fee, only the bank, only once."""

import base64
import json
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F
from django.urls import reverse

from openhall.cases import actions
from openhall.cases.models import Case, CaseEvent
from openhall.cases.terms import Act, Stage
from openhall.deeds import audit
from openhall.deeds.refusals import Refused
from openhall.fees import checking
from openhall.fees.actions import (
    ask_refund,
    ask_waiver,
    cancel,
    close_day,
    decide_relief,
    end_exception,
    note_check,
    reconcile,
    remit,
    sign_reconciliation,
    take_cash,
    witness_deposit,
)
from openhall.fees.kinds import BILL, CASH_DAY, RECONCILIATION, REMITTANCE
from openhall.fees.models import BankReceipt, FeeDeed, NoticeLine, PaymentNotice
from openhall.fees.queries import balance, life_of
from openhall.fees.rules.callback import Paid, sign
from openhall.fees.rules.statement import write
from openhall.fees.signatures import signatures_hold
from openhall.fees.terms import ExceptionEnd, NoticeState, RefundGround
from openhall.organs.actions import appoint
from openhall.organs.terms import Desk
from openhall.papers.models import Paper
from tests.factories.cases import Walk
from tests.factories.catalogue import charged
from tests.factories.hand_edits import unseen

KEY = Ed25519PrivateKey.from_private_bytes(b"the collecting bank's key, 32 b.")


@pytest.fixture(autouse=True)
def bank(settings):
    settings.BANK_PUBLIC_KEY = base64.b64encode(KEY.public_key().public_bytes_raw()).decode()
    settings.BANK_CODE = "CITYBANK"


@pytest.fixture
def cashiers(cast, seat):
    return [seat(name, cast.organ, "cashier") for name in ("qian_li", "wu_jun")]


@pytest.fixture
def finance(cast, seat):
    return seat("song_cai", cast.organ, "finance")


@pytest.fixture
def tariff(cast):
    return charged(
        item=cast.item,
        code="std",
        name="登记费",
        amount=8000,
        unit="件",
        basis="发改价格规〔2016〕2559号",
        price_approval="发改价格规〔2016〕2559号",
        effective_from=date(2003, 1, 1),
    )


@pytest.fixture
def granted(cast, doing):
    walk = Walk(cast, doing)
    return walk.granted(walk.reviewed(moment="2024-03-06 10:00"), "2024-03-07 10:00")


@pytest.fixture
def billed(granted, cashiers, tariff, doing) -> PaymentNotice:
    actions.bill(granted.pk, doing(cashiers[0], "2024-03-07 11:00", desk="cashier"))
    return Case.objects.get(pk=granted.pk).payment


def paid(bill, **other) -> Paid:
    said = {
        "bank": "CITYBANK",
        "serial": "S1",
        "notice": bill.number,
        "amount": bill.amount,
        "channel": "counter",
        "paid_at": "2024-03-08T10:30:00+08:00",
    }
    return Paid(**(said | other))


def call(client, said: Paid, signature: str | None = None):
    body = {
        "paid": {name: getattr(said, name) for name in said.__slots__},
        "signature": signature or sign(said, KEY),
    }
    return client.post("/api/bank/receipts", json.dumps(body), content_type="application/json")


def test_the_bill_is_copied_from_the_tariff_in_force_and_nothing_else(billed, tariff):
    line = billed.lines.get()
    assert (billed.amount, line.tariff, line.amount) == (8000, tariff, 8000)
    tariff.amount = 9000
    tariff.save()
    assert PaymentNotice.objects.get().amount == 8000
    assert billed.due_on == date(2024, 3, 21)


def test_without_an_approved_tariff_nothing_may_be_charged(granted, cashiers, doing):
    with pytest.raises(Refused, match="没有物价部门核定的收费标准"):
        actions.bill(granted.pk, doing(cashiers[0], "2024-03-07 11:00"))
    assert not PaymentNotice.objects.exists()


def test_of_several_approved_fees_those_that_apply_are_chosen(cast, granted, cashiers, doing):
    """A card exchanged costs 20 yuan, a lost one 40: choices, never a sum."""
    for code, name, fen in (("change", "换领", 2000), ("lost", "丢失补领", 4000)):
        charged(
            item=cast.item,
            code=code,
            name=name,
            amount=fen,
            unit="证",
            basis="发改价格〔2003〕2322号",
            price_approval="发改价格〔2003〕2322号",
            effective_from=date(2004, 1, 1),
        )
    at = doing(cashiers[0], "2024-03-07 11:00", desk="cashier")
    for lines, says in (
        (None, "2项核定的收费标准"),
        ({"lost": 0}, "2项核定的收费标准"),
        ({"other": 1}, "不在有效期内"),
        ({"lost": -1}, "1至999"),
        ({"lost": 1000}, "1至999"),
    ):
        with pytest.raises(Refused, match=says) as refused:
            actions.bill(granted.pk, at, lines=lines)
        assert refused.value.field == "lines"
    actions.bill(granted.pk, at, lines={"lost": 2})
    line = PaymentNotice.objects.get().lines.get()
    assert (line.tariff.code, line.quantity, line.amount) == ("lost", 2, 8000)
    assert (
        "丢失补领 ×2（发改价格〔2003〕2322号）：80.00元"
        in Paper.objects.get(kind="payment").content
    )


@pytest.mark.parametrize("who", ["wang_fang", "li_chuang", "zhao_cheng", "sun_pi", "zhou_wai"])
def test_no_other_window_can_touch_money(cast, granted, tariff, doing, who):
    with pytest.raises(Refused, match="统一收费窗口"):
        actions.bill(granted.pk, doing(getattr(cast, who), "2024-03-07 11:00"))


def test_a_cashier_who_also_handles_cases_may_not_touch_money(cast, granted, tariff, doing):
    appoint(cast.zhao_cheng, cast.organ, Desk.CASHIER, date(2003, 1, 1))
    with pytest.raises(Refused, match="统一收费窗口"):
        actions.bill(granted.pk, doing(cast.zhao_cheng, "2024-03-07 11:00"))


def test_no_case_passes_unbilled_or_unpaid(cast, granted, cashiers, tariff, doing, client):
    def issue(moment):
        return actions.issue(granted.pk, doing(cast.li_chuang, moment))

    with pytest.raises(Refused, match="还没有开具缴费通知书"):
        issue("2024-03-07 10:30")
    actions.bill(granted.pk, doing(cashiers[0], "2024-03-07 11:00"))
    with pytest.raises(Refused, match="尚未缴清"):
        issue("2024-03-07 12:00")
    assert call(client, paid(PaymentNotice.objects.get())).status_code == 200
    issue("2024-03-08 14:00")
    assert Case.objects.get(pk=granted.pk).stage == Stage.ISSUED


def test_a_second_bill_for_one_case_is_refused(billed, granted, cashiers, doing):
    with pytest.raises(Refused, match="不能重复收费"):
        actions.bill(granted.pk, doing(cashiers[0], "2024-03-08 11:00"))
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentNotice.objects.filter(pk=billed.pk).update(amount=0)


def test_the_parts_of_a_joint_matter_have_one_notice_that_settles_them_all(
    cast, granted, cashiers, tariff, doing, client
):
    walk = Walk(cast, doing)
    second = walk.granted(walk.reviewed(moment="2024-03-06 11:00"), "2024-03-07 10:30")
    at = doing(cashiers[0], "2024-03-07 11:00", desk="cashier")
    pks = [granted.pk, second.pk]
    notice = actions.bill_together(pks, cast.organ, "联20240306-1", at)
    assert actions.bill_together(pks, cast.organ, "联20240306-1", at) == notice
    assert (notice.amount, notice.lines.count()) == (16000, 2)
    assert set(notice.lines.values_list("reference", flat=True)) == {granted.number, second.number}
    assert Paper.objects.filter(kind="payment").count() == 1
    assert call(client, paid(notice)).status_code == 200
    for pk in pks:
        assert CaseEvent.objects.filter(case=pk, act=Act.SETTLE.value).count() == 1
        actions.issue(pk, doing(cast.li_chuang, "2024-03-08 14:00"))


@pytest.mark.usefixtures("sound")
def test_the_callback_settles_once_however_often_it_comes(client, billed, granted):
    first, second = call(client, paid(billed)), call(client, paid(billed))
    assert (first.status_code, second.json()) == (200, first.json())
    assert BankReceipt.objects.count() == 1
    assert CaseEvent.objects.filter(case=granted, act=Act.SETTLE.value).count() == 1
    billed.refresh_from_db()
    assert billed.state == NoticeState.PAID


@pytest.mark.parametrize(
    ("other", "forged", "status", "sentence"),
    [
        ({}, True, 403, "签名不是代收银行的"),
        ({"amount": 1}, False, 422, "不符"),
        ({"notice": "2024030700000000"}, False, 404, "没有编号"),
        ({"channel": "pigeon"}, False, 422, "渠道"),
        ({"paid_at": "yesterday"}, False, 422, "ISO 8601"),
        ({"amount": -5}, False, 422, "大于零"),
    ],
)
def test_a_wrong_callback_is_refused_and_changes_nothing(
    client, billed, other, forged, status, sentence
):
    said = paid(billed, **other)
    stranger = Ed25519PrivateKey.generate()
    answer = call(client, said, sign(said, stranger) if forged else None)
    assert answer.status_code == status
    assert sentence in answer.json()["detail"]
    assert not BankReceipt.objects.exists()
    billed.refresh_from_db()
    assert billed.state == NoticeState.DUE


def test_a_second_payment_of_one_notice_is_to_be_refunded(client, billed):
    call(client, paid(billed))
    answer = call(client, paid(billed, serial="S2"))
    assert (answer.status_code, "退款" in answer.json()["detail"]) == (409, True)


def asked(notice) -> int:
    return notice.reliefs.get(state="asked").pk


@pytest.mark.usefixtures("sound")
def test_a_waiver_names_its_basis_and_is_decided_by_another_than_who_asks(
    cast, billed, cashiers, finance, doing
):
    at, later = "2024-03-08 09:00", "2024-03-08 10:00"
    with pytest.raises(Refused, match="减免须写明依据"):
        ask_waiver(billed.pk, " ", doing(cashiers[0], at))
    with pytest.raises(Refused, match="统一收费窗口"):
        ask_waiver(billed.pk, "川价发〔2020〕1号", doing(cast.zhao_cheng, at))
    ask_waiver(billed.pk, "川价发〔2020〕1号", doing(cashiers[1], at))
    with pytest.raises(Refused, match="财政部门审批"):
        decide_relief(billed.pk, asked(billed), "同意", doing(cashiers[1], later), approved=True)
    with pytest.raises(Refused, match="审批意见"):
        decide_relief(billed.pk, asked(billed), " ", doing(finance, later), approved=True)
    decide_relief(billed.pk, asked(billed), "符合减免政策", doing(finance, later), approved=True)
    billed.refresh_from_db()
    assert (billed.state, billed.reason) == (NoticeState.WAIVED, "川价发〔2020〕1号")
    assert (billed.waived, billed.open) == (8000, 0)


@pytest.mark.usefixtures("sound")
def test_what_was_paid_comes_back_by_a_red_letter_line_by_line(
    client, billed, cashiers, finance, doing
):
    """Fifty of eighty yuan: the finance bureau approves, the bank returns, the books add up."""
    call(client, paid(billed))
    line = billed.lines.get()
    why, at = "按原标准多收，见整改通知书〔2024〕3号", "2024-03-09 09:00"
    ground = RefundGround.WRONG_STANDARD
    with pytest.raises(Refused, match="最多8000分"):
        ask_refund(billed.pk, ground, why, doing(cashiers[0], at), amounts={line.pk: 8001})
    ask_refund(billed.pk, ground, why, doing(cashiers[0], at), amounts={line.pk: 5000})
    actions.relieve(
        billed.pk,
        asked(billed),
        "属实，同意退付",
        doing(finance, "2024-03-09 10:00"),
        approved=True,
    )
    red = PaymentNotice.objects.get(red_of=billed)
    assert (red.state, red.amount, red.lines.get().of) == ("to_return", 5000, line)
    assert "所冲缴款书编号" in Paper.objects.get(kind="payment_red").content
    back = {"serial": "R1", "amount": 5000, "channel": "refund"}
    assert call(client, paid(red, **(back | {"channel": "online"}))).status_code == 422
    assert call(client, paid(red, **back)).status_code == 200
    red.refresh_from_db()
    billed.refresh_from_db()
    assert (red.state, billed.state, billed.refunded) == ("returned", "paid", 5000)
    with pytest.raises(Refused, match="最多3000分"):
        ask_refund(billed.pk, ground, why, doing(cashiers[0], at), amounts={line.pk: 3001})
    sums = balance()
    assert (sums.holds, sums.paid, sums.red, sums.returned) == (True, 8000, 5000, 5000)


def test_a_notice_is_cancelled_before_it_is_paid_and_the_case_may_have_another(
    billed, granted, cashiers, doing, client
):
    cancel(billed.pk, "缴款人名称有误", doing(cashiers[0], "2024-03-08 09:00"))
    assert call(client, paid(billed)).status_code == 409
    actions.bill(granted.pk, doing(cashiers[0], "2024-03-08 09:30"))
    again = Case.objects.get(pk=granted.pk).payment
    assert again.pk != billed.pk
    assert int(again.number) == int(billed.number) + 1
    assert call(client, paid(again)).status_code == 200
    with pytest.raises(Refused, match="红字缴款书"):
        cancel(again.pk, "退款", doing(cashiers[0], "2024-03-08 11:00"))


def test_cash_is_counted_against_the_slips_and_deposited_by_two(billed, cashiers, doing, client):
    first, second = cashiers
    take_cash(billed.pk, doing(first, "2024-03-08 09:00"))
    billed.refresh_from_db()
    assert billed.state == NoticeState.DUE  # nothing is settled by cash
    with pytest.raises(Refused, match="已收过现金"):
        take_cash(billed.pk, doing(second, "2024-03-08 09:10"))
    day, evening = date(2024, 3, 8), "2024-03-08 17:00"
    with pytest.raises(Refused, match="相差1分"):
        close_day(billed.organ, day, 7999, doing(first, evening))
    closed = close_day(billed.organ, day, 8000, doing(first, evening))
    with pytest.raises(Refused, match="两人解缴"):
        witness_deposit(closed.pk, "JK20240308-1", doing(first, "2024-03-08 17:20"))
    witness_deposit(closed.pk, "JK20240308-1", doing(second, "2024-03-08 17:20"))
    moment = "2024-03-08T17:15:00+08:00"
    assert call(client, paid(billed, channel="cash", paid_at=moment)).status_code == 200
    billed.refresh_from_db()
    assert billed.state == NoticeState.PAID


def test_the_unit_signs_at_issue_and_the_finance_bureau_after_payment(client, billed):
    assert (signatures_hold(billed), billed.finance_signature) == ((True, True), "")
    call(client, paid(billed))
    billed = PaymentNotice.objects.get(pk=billed.pk)
    assert billed.finance_signature
    assert signatures_hold(billed) == (True, True)
    steps = {stage.value for stage, at in life_of(billed).steps() if at}
    assert steps == {"issued", "numbered", "sent", "checked", "settled"}
    billed.amount = 9000
    assert signatures_hold(billed) == (False, False)


@pytest.mark.parametrize("column", ["amount", "paid", "waived", "cancelled", "open", "refunded"])
def test_no_sum_of_a_notice_can_be_changed_by_hand(client, billed, column):
    """The database itself adds up each notice, its lines, receipts, waivers and red letters."""
    call(client, paid(billed))
    with pytest.raises(DatabaseError), transaction.atomic():
        PaymentNotice.objects.filter(pk=billed.pk).update(**{column: F(column) + 1})


@pytest.mark.usefixtures("sound")
def test_the_day_is_compared_line_by_line_and_signed_by_two(
    client, billed, cashiers, finance, doing
):
    first, second = (lambda who=who: doing(who, "2024-03-09 09:00") for who in cashiers)
    call(client, paid(billed))
    day = date(2024, 3, 8)
    file = write(
        [
            ("S1", billed.number, 8000, "counter", "2024-03-08T10:30:00+08:00"),
            ("S9", "2024030711112222", 500, "counter", "2024-03-08T11:30:00+08:00"),
        ]
    )
    record = reconcile("CITYBANK", day, file, first())
    assert (record.matched, record.exceptions) == (1, 1)
    assert (record.amount_here, record.amount_there) == (8000, 8500)
    again = reconcile("CITYBANK", day, file, second())
    line = again.lines.get()
    assert (again.pk, again.seq, line.state) == (record.pk, 2, "unknown")
    sign_reconciliation(record.pk, first())
    with pytest.raises(Refused, match="另一个人"):
        sign_reconciliation(record.pk, first())
    sign_reconciliation(record.pk, second())
    record.refresh_from_db()
    assert record.countersigned_by == cashiers[1]
    with pytest.raises(Refused, match="1项差异"):
        remit("CITYBANK", day, doing(finance, "2024-03-09 11:00"))
    end = (again.pk, line.pk, ExceptionEnd.RETURNED)
    with pytest.raises(Refused, match="处理经过"):
        end_exception(*end, " ", second())
    end_exception(*end, "已由银行退还缴款人，退款流水T77", second())
    gone = remit("CITYBANK", day, doing(finance, "2024-03-09 11:00"))
    assert (gone.receipts, gone.amount, gone.lines.get().organ) == (1, 8000, billed.organ)
    assert {stage.value for stage, at in life_of(billed_now(billed)).steps() if at} == {
        *("issued", "numbered", "sent", "checked", "settled", "entered", "archived")
    }
    with pytest.raises(Refused, match="已经签字"):
        reconcile("CITYBANK", day, file, first())
    assert reconcile("CITYBANK", day + timedelta(days=1), write([]), first()).matched == 0


def billed_now(bill):
    return PaymentNotice.objects.get(pk=bill.pk)


def test_a_bad_statement_is_refused_whole_with_every_fault(cashiers, doing):
    paid_at = "counter,2024-03-08T10:30:00+08:00"
    bad = "serial,notice,amount,channel,paid_at\n" + "".join(
        (f"S1,N1,x,{paid_at}\n", f",N2,5,{paid_at}\n", f"S3,N3,5,{paid_at}\n", "S4,N4,5,c,d\n")
    )
    with pytest.raises(Refused) as refused:
        reconcile("CITYBANK", date(2024, 3, 8), bad, doing(cashiers[0], "2024-03-09 09:00"))
    assert [str(fault)[:3] for fault in refused.value.faults] == ["第2行", "第3行", "第5行"]
    assert "line 5" in refused.value.said.en


def test_the_fee_window_is_a_page_and_opens_to_cashiers_only(
    client, cast, granted, cashiers, tariff, settings, tmp_path
):
    settings.BANK_STATEMENTS = tmp_path
    address = reverse("office:till", args=[cast.organ.code])
    client.force_login(cast.zhao_cheng)
    assert client.get(address).status_code == 403
    client.force_login(cashiers[0])
    assert granted.number in client.get(address).text
    client.post(f"{address}bill-{granted.number}/", {"key": "k"})
    assert PaymentNotice.objects.get().reference == granted.number
    compare = f"{address}compare/"
    assert "银行没有送来" in client.post(compare, {"compare-day": "2024-03-08"}).text
    assert client.post(compare, {"compare-day": "soon"}).status_code == 422


def test_no_row_about_money_can_be_edited_unseen(client, billed, cashiers, finance, doing):
    """Every column of every table of this room is tried by hand."""
    first, second = cashiers
    day = date(2024, 3, 8)
    take_cash(billed.pk, doing(first, "2024-03-08 09:00"))
    closed = close_day(billed.organ, day, 8000, doing(first, "2024-03-08 17:00"))
    witness_deposit(closed.pk, "JK1", doing(second, "2024-03-08 17:20"))
    call(client, paid(billed, channel="cash"))
    reason = (RefundGround.TWICE, "重复缴款", doing(first, "2024-03-09 09:00"))
    ask_refund(billed.pk, *reason)
    relief = asked(billed)
    decide_relief(billed.pk, relief, "同意", doing(finance, "2024-03-09 10:00"), approved=True)
    note_check(billed_now(billed))
    at = "2024-03-08T10:30:00+08:00"
    lines = [("S1", billed.number, 8000, "cash", at), ("S9", "77", 5, "counter", at)]
    record = reconcile("CITYBANK", day, write(lines), doing(first, "2024-03-09 09:00"))
    line = record.lines.get()
    end_exception(
        record.pk, line.pk, ExceptionEnd.RETURNED, "已退", doing(first, "2024-03-09 09:30")
    )
    sign_reconciliation(record.pk, doing(first, "2024-03-09 10:00"))
    sign_reconciliation(record.pk, doing(finance, "2024-03-09 11:00"))
    remit("CITYBANK", day, doing(finance, "2024-03-09 12:00"))
    assert [unseen(kind) for kind in (BILL, RECONCILIATION, CASH_DAY, REMITTANCE)] == [[]] * 4


def test_a_receipt_edited_by_hand_is_found_by_the_log_and_by_the_banks_signature(
    client, billed, cashiers, doing
):
    """Ten yuan made a hundred and ten, in the notice, its line and the receipt. A12."""
    call(client, paid(billed))
    file = write([("S1", billed.number, 8000, "counter", "2024-03-08T10:30:00+08:00")])
    record = reconcile("CITYBANK", date(2024, 3, 8), file, doing(cashiers[0], "2024-03-09 09:00"))
    sign_reconciliation(record.pk, doing(cashiers[0], "2024-03-09 10:00"))
    assert list(checking.faults(0, 0)) == []
    NoticeLine.objects.update(unit_amount=11000, amount=11000)
    BankReceipt.objects.update(amount=11000)
    PaymentNotice.objects.update(amount=11000, paid=11000)
    places = {found.place for found in checking.faults(0, 0)}
    assert any(place.startswith(f"bill/{billed.number}/receipt/") for place in places)
    assert any(place.startswith(f"bill/{billed.number}/line/") for place in places)
    assert f"bill/{billed.number}/signature" in places
    assert len(list(audit.of_kind(BILL))) == 3


def test_a_receipt_signed_with_the_banks_former_key_is_still_the_banks(client, billed, settings):
    call(client, paid(billed))
    new = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    settings.BANK_PUBLIC_KEY = f"{base64.b64encode(new).decode()} {settings.BANK_PUBLIC_KEY}"
    assert list(checking.faults(0, 0)) == []
    settings.BANK_PUBLIC_KEY = base64.b64encode(new).decode()
    assert len(list(checking.faults(0, 0))) == 1


def test_the_systems_key_of_a_payment_cannot_be_spent_from_outside(
    client, cast, billed, cashiers, doing
):
    client.force_login(cashiers[0])
    for key in ("s:bank-CITYBANK-S1", "bank-CITYBANK-S1"):
        till = reverse("office:till", args=[cast.organ.code])
        address = f"{till}notices/{billed.number}/ask_waiver/"
        assert client.post(address, {"key": key, "basis": ""}).status_code == 422
    assert call(client, paid(billed)).status_code == 200
    assert FeeDeed.objects.get(act="pay").key == "s:bank-CITYBANK-S1"
