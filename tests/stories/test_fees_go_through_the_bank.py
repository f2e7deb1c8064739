"""统一收费窗口、委托银行代收: only an approved fee, only the bank, only once."""

import base64
import json
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import IntegrityError, transaction
from django.urls import reverse

from openhall.cases import actions
from openhall.cases.models import Case, CaseEvent
from openhall.cases.terms import Act, Stage
from openhall.deeds import audit
from openhall.deeds.refusals import Refused
from openhall.fees import checking
from openhall.fees.actions import reconcile, sign_reconciliation, waive
from openhall.fees.kinds import BILL, RECONCILIATION
from openhall.fees.models import BankReceipt, FeeDeed, NoticeLine, PaymentNotice
from openhall.fees.rules.callback import Paid, sign
from openhall.fees.rules.statement import write
from openhall.fees.terms import NoticeState
from openhall.organs.actions import appoint
from openhall.organs.models import Account
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
def cashiers(cast):
    made = []
    for name in ("qian_li", "wu_jun"):
        made.append(Account.objects.create_user(username=name))
        appoint(made[-1], cast.organ, Desk.CASHIER, date(2003, 1, 1))
    return made


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
        ({"channel": "cash"}, False, 422, "渠道"),
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


def test_a_waiver_names_its_basis_and_only_the_cashier_grants_it(cast, billed, cashiers, doing):
    at = "2024-03-08 09:00"
    with pytest.raises(Refused, match="减免须写明依据"):
        waive(billed.pk, " ", doing(cashiers[0], at))
    with pytest.raises(Refused, match="统一收费窗口"):
        waive(billed.pk, "川价发〔2020〕1号", doing(cast.zhao_cheng, at))
    waive(billed.pk, "川价发〔2020〕1号", doing(cashiers[0], at))
    billed.refresh_from_db()
    assert (billed.state, billed.reason) == (NoticeState.WAIVED, "川价发〔2020〕1号")


@pytest.mark.usefixtures("sound")
def test_the_day_is_compared_line_by_line_and_signed_by_two(client, billed, cashiers, doing):
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
    assert (again.pk, again.seq, again.lines.count()) == (record.pk, 2, 2)
    sign_reconciliation(record.pk, first())
    with pytest.raises(Refused, match="另一个人"):
        sign_reconciliation(record.pk, first())
    sign_reconciliation(record.pk, second())
    record.refresh_from_db()
    assert record.countersigned_by == cashiers[1]
    with pytest.raises(Refused, match="已经签字"):
        reconcile("CITYBANK", day, file, first())
    assert reconcile("CITYBANK", day + timedelta(days=1), write([]), first()).matched == 0


def test_a_bad_statement_is_refused_whole_with_every_fault(cashiers, doing):
    paid_at = "counter,2024-03-08T10:30:00+08:00"
    bad = "serial,notice,amount,channel,paid_at\n" + "".join(
        (f"S1,N1,x,{paid_at}\n", "S2,N2,5,c\n", f"S3,N3,5,{paid_at}\n", f"S3,N4,5,{paid_at}\n")
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


def test_a_receipt_edited_by_hand_is_found_by_the_log_and_by_the_banks_signature(
    client, billed, cashiers, doing
):
    """Ten yuan made a hundred and ten, in the notice, its line and the receipt. A12."""
    call(client, paid(billed))
    file = write([("S1", billed.number, 8000, "counter", "2024-03-08T10:30:00+08:00")])
    record = reconcile("CITYBANK", date(2024, 3, 8), file, doing(cashiers[0], "2024-03-09 09:00"))
    sign_reconciliation(record.pk, doing(cashiers[0], "2024-03-09 10:00"))
    assert list(checking.faults(0, 0)) == []
    assert (unseen(BILL), unseen(RECONCILIATION)) == ([], [])
    for rows, named in (
        (NoticeLine.objects.all(), {"unit_amount": 11000, "amount": 11000}),
        (PaymentNotice.objects.all(), {"amount": 11000}),
        (BankReceipt.objects.all(), {"amount": 11000}),
    ):
        rows.update(**named)
    (found,) = checking.faults(0, 0)
    assert found.place.startswith(f"bill/{billed.number}/receipt/")
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
        address = f"{till}waive-{billed.number}/"
        assert client.post(address, {"key": key, "basis": ""}).status_code == 422
    assert call(client, paid(billed)).status_code == 200
    assert FeeDeed.objects.get(act="pay").key == "s:bank-CITYBANK-S1"
