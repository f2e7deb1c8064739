"""What is refused about money, in the words the window reads; a refusal moves not one fen."""

import base64
from datetime import date, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openhall.cases import actions
from openhall.cases.models import Case
from openhall.deeds.refusals import Refused
from openhall.fees.actions import (
    ask_refund,
    ask_waiver,
    cancel,
    close_day,
    decide_relief,
    end_exception,
    reconcile,
    remit,
    sign_reconciliation,
    take_cash,
    witness_deposit,
)
from openhall.fees.actions.receipts import take_receipt
from openhall.fees.models import BankReceipt, CashDay, PaymentNotice, Relief, Remittance
from openhall.fees.rules.callback import Paid, sign
from openhall.fees.rules.statement import write
from openhall.fees.terms import ExceptionEnd, RefundGround
from openhall.ledger.models import Entry
from tests.factories.cases import Walk
from tests.factories.catalogue import charged

KEY = Ed25519PrivateKey.from_private_bytes(b"the collecting bank's key, 32 b.")
DAY, AT = date(2024, 3, 8), "2024-03-08T10:30:00+08:00"
HEARD = datetime.fromisoformat("2024-03-08T11:00:00+08:00")


@pytest.fixture(autouse=True)
def bank(settings):
    settings.BANK_PUBLIC_KEY = base64.b64encode(KEY.public_key().public_bytes_raw()).decode()
    settings.BANK_CODE = "CITYBANK"


@pytest.fixture
def first(cast, seat):
    return seat("qian_li", cast.organ, "cashier")


@pytest.fixture
def second(cast, seat):
    return seat("wu_jun", cast.organ, "cashier")


@pytest.fixture
def finance(cast, seat):
    return seat("song_cai", cast.organ, "finance")


@pytest.fixture
def notice(cast, doing, first):
    approval = "发改价格规〔2016〕2559号"
    charged(
        item=cast.item,
        code="std",
        name="登记费",
        amount=8000,
        unit="件",
        basis=approval,
        price_approval=approval,
        effective_from=date(2003, 1, 1),
    )
    walk = Walk(cast, doing)
    case = walk.granted(walk.reviewed(moment="2024-03-06 10:00"), "2024-03-07 10:00")
    actions.bill(case.pk, doing(first, "2024-03-07 11:00", desk="cashier"))
    return Case.objects.get(pk=case.pk).payment


def paid(bill, **other):
    said = {"bank": "CITYBANK", "serial": "S1", "notice": bill.number, "amount": bill.amount}
    return Paid(**(said | {"channel": "counter", "paid_at": AT} | other))


def told(said):
    return take_receipt(said, sign(said, KEY), HEARD)


def left():
    tables = (PaymentNotice, BankReceipt, CashDay, Relief, Remittance)
    return [list(one.objects.order_by("pk").values()) for one in tables], Entry.objects.count()


def refused(sentence, act, *said, **more):
    """``act`` is refused with ``sentence`` in both languages, and nothing of it is left."""
    before = left()
    with pytest.raises(Refused, match=sentence) as caught:
        act(*said, **more)
    assert caught.value.said.en
    assert left() == before


def test_the_bank_pays_a_known_notice_once_in_its_own_way(notice):
    refused("没有编号为77的缴款书", told, paid(notice, notice="77"))
    refused("不认识的缴费渠道“pigeon”", told, paid(notice, channel="pigeon"))
    refused("退付只能按红字缴款书办理", told, paid(notice, channel="refund"))
    refused("缴费金额7999分与缴款书应缴8000分不符", told, paid(notice, amount=7999))
    refused("缴费时间晚于现在", told, paid(notice, paid_at="2024-03-08T12:00:00+08:00"))
    receipt = told(paid(notice))
    assert told(paid(notice)) == receipt
    refused("流水号S1已登记过另一笔缴费", told, paid(notice, amount=1))
    refused("不再接受缴费。请退款", told, paid(notice, serial="S2"))


def test_a_notice_is_cancelled_with_a_reason_and_not_over_cash(notice, doing, first):
    by = doing(first, "2024-03-08 09:00")
    refused("请写明作废原因", cancel, notice.pk, " ", by)
    take_cash(notice.pk, by)
    later = doing(first, "2024-03-08 09:10")
    refused("须先解缴银行，不能作废", cancel, notice.pk, "有误", later)
    refused("已收现金的缴款书不能减免", ask_waiver, notice.pk, "川价发〔2020〕1号", later)


def test_cash_is_closed_once_and_deposited_once_by_another(notice, doing, first, second):
    take_cash(notice.pk, doing(first, "2024-03-08 09:00"))
    evening, organ = doing(first, "2024-03-08 17:00"), notice.organ
    refused("不能结未来的日子", close_day, organ, date(2024, 3, 9), 8000, evening)
    closed = close_day(organ, DAY, 8000, evening)
    again = doing(first, "2024-03-08 17:10")
    refused("2024-03-08已经日结", close_day, organ, DAY, 8000, again)
    refused("已收过现金|今天已经日结", take_cash, notice.pk, again)
    by = doing(second, "2024-03-08 17:20")
    refused("请填写银行缴款单号", witness_deposit, closed.pk, " ", by)
    refused("须两人解缴", witness_deposit, closed.pk, "JK1", again)
    witness_deposit(closed.pk, "JK1", by)
    twice = doing(second, "2024-03-08 17:30")
    refused("这一天的现金已经解缴", witness_deposit, closed.pk, "JK2", twice)


def test_a_request_waits_alone_says_how_much_and_is_decided_once(
    notice, doing, first, second, finance
):
    line, ground = notice.lines.get(), "川价发〔2020〕1号"
    by = doing(second, "2024-03-08 09:00")
    refused("请填写减免或者退付的金额", ask_waiver, notice.pk, ground, by, amounts={line.pk: 0})
    refused("最多8000分，现为8001分", ask_waiver, notice.pk, ground, by, amounts={line.pk: 8001})
    ask_waiver(notice.pk, ground, by)
    again = doing(second, "2024-03-08 09:10")
    refused("已有一项申请待批", ask_waiver, notice.pk, ground, again)
    relief = notice.reliefs.get()
    decides = doing(finance, "2024-03-08 10:00")
    refused("请写明审批意见", decide_relief, notice.pk, relief.pk, " ", decides, approved=False)
    decide_relief(notice.pk, relief.pk, "不符合减免政策", decides, approved=False)
    notice.refresh_from_db()
    assert (notice.state, notice.open, notice.waived) == ("due", 8000, 0)
    late = doing(finance, "2024-03-08 11:00")
    refused("这项申请已经决定", decide_relief, notice.pk, relief.pk, "同意", late, approved=True)
    why = doing(second, "2024-03-08 11:00")
    refused("退付须写明原因", ask_refund, notice.pk, RefundGround.TWICE, " ", why)


def test_a_compared_day_is_ended_line_by_line_signed_and_remitted_once(
    notice, doing, first, second, finance
):
    told(paid(notice))
    lines = [
        ("S1", notice.number, 8000, "counter", AT),
        ("S9", "2024030711112222", 500, "counter", "2024-03-08T11:30:00+08:00"),
    ]
    record = reconcile("CITYBANK", DAY, write(lines), doing(first, "2024-03-09 09:00"))
    line, by = record.lines.get(), doing(second, "2024-03-09 09:10")
    money = doing(finance, "2024-03-09 09:20")
    refused("还没有两人签字的对账", remit, "CITYBANK", DAY, money)
    end = (record.pk, line.pk)
    refused("认领时请填写缴款书编号", end_exception, *end, ExceptionEnd.CLAIMED, "不明", by)
    refused("银行回执还没有到", end_exception, *end, ExceptionEnd.TAKEN, "已补", by)
    sign_reconciliation(record.pk, doing(first, "2024-03-09 10:00"))
    sign_reconciliation(record.pk, doing(second, "2024-03-09 10:10"))
    third = doing(finance, "2024-03-09 10:20")
    refused("已由两人签字", sign_reconciliation, record.pk, third)
    refused("还有1项差异没有处理", remit, "CITYBANK", DAY, third)
    end_exception(*end, ExceptionEnd.RETURNED, "已由银行退还，流水T77", by)
    gone = remit("CITYBANK", DAY, third)
    assert (gone.amount, gone.receipts) == (8000, 1)
    refused("这一天已经汇缴", remit, "CITYBANK", DAY, doing(finance, "2024-03-09 11:00"))
