"""One application of several units has one notice, paid once by card at the fee window (A11, A12).

All fees of all units stand on it under the numbers of their parts; it is issued once every unit
that charges something has decided. The terminal of the fee window is the bank's: what it takes is
told by the bank, under its signature, like every other payment.
"""

import base64
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openhall.cases import actions
from openhall.cases.models import CaseEvent
from openhall.cases.terms import Act
from openhall.deeds.refusals import Refused
from openhall.fees.models import BankReceipt, PaymentNotice
from openhall.fees.queries import balance
from openhall.fees.rules.callback import Paid, sign
from openhall.fees.terms import NoticeState, PayChannel
from openhall.joint import actions as joint
from openhall.joint.units import tasks_of
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.papers.models import Paper
from tests.factories.catalogue import charged
from tests.factories.restaurant import restaurant

pytestmark = pytest.mark.django_db
KEY = Ed25519PrivateKey.from_private_bytes(b"the collecting bank's key, 32 b.")


def test_all_units_of_a_joint_matter_are_paid_by_one_card_at_the_fee_window(settings):
    settings.BANK_PUBLIC_KEY = base64.b64encode(KEY.public_key().public_bytes_raw()).decode()
    settings.BANK_CODE = "CITYBANK"
    r = restaurant()
    whole = r.accepted(r.apply())
    charged(
        item=r.task(whole, "市监").case.item,
        code="plate",
        name="登记工本费",
        amount=8000,
        unit="件",
        basis="川价发〔2003〕9号",
        price_approval="川价发〔2003〕9号",
        effective_from=date(2003, 1, 1),
    )
    cashier = Account.objects.create_user(username="qian_li", is_official=True)
    appoint(cashier, whole.lead, Desk.CASHIER, date(2003, 1, 1))
    for unit in ("市监", "消防", "水务"):
        r.says(whole, unit)
    decider = r.of("市监", Desk.DECIDER)
    joint.conclude(
        whole.pk, True, "各单位意见齐备，同意开办。", r.doing(decider, "2024-03-08 16:00")
    )
    r.decides(whole, "市监", "2024-03-11")
    r.decides(whole, "消防", "2024-03-11")
    with pytest.raises(Refused, match="还有1个收费事项没有决定"):
        joint.bill_joint(whole, r.doing(cashier, "2024-03-11 15:00"))
    assert not PaymentNotice.objects.exists()
    r.decides(whole, "水务", "2024-03-12")

    notice = joint.bill_joint(whole, r.doing(cashier, "2024-03-12 16:00"))
    charging = [r.task(whole, unit).case for unit in ("市监", "水务")]
    assert notice.amount == 8000 + 12000
    assert set(notice.lines.values_list("reference", flat=True)) == {one.number for one in charging}
    assert Paper.objects.filter(kind="payment").count() == 1
    for case in charging:  # no unit charges beside it
        with pytest.raises(Refused):
            actions.bill(case.pk, r.doing(cashier, "2024-03-12 16:30"))

    paid = Paid(
        *("CITYBANK", "POS0001", notice.number, notice.amount, PayChannel.POS.value),
        "2024-03-12T17:00:00+08:00",
    )
    actions.settle(paid, sign(paid, KEY), r.doing(None, "2024-03-12 17:00", key="bank:POS0001"))
    notice.refresh_from_db()
    assert notice.state == NoticeState.PAID
    receipt = BankReceipt.objects.get()
    assert PayChannel(receipt.channel).zh == "POS刷卡"
    for task in tasks_of(whole):
        settled = CaseEvent.objects.filter(case=task.case, act=Act.SETTLE.value).count()
        assert settled == (task.case in charging)
    assert balance().holds
