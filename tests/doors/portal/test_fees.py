"""Was I charged right? By the check code of the notice, in both languages, offline. A11."""

import base64
import json
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.urls import reverse

from openhall.fees.actions import issue_notice
from openhall.fees.models import NoticeLine, PaymentNotice
from openhall.fees.rules.signing import holds
from openhall.ledger.actions import seal
from openhall.ledger.rules.receipt import Receipt, verify_receipt
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from tests.factories.catalogue import charged
from tests.factories.pages import read

BASIS, APPROVAL = "发改价格规〔2016〕2559号", "川发改价格〔2020〕9号"


@pytest.fixture
def notice(cast, doing):
    cashier = Account.objects.create_user(username="qian_li")
    appoint(cashier, cast.organ, Desk.CASHIER, date(2003, 1, 1))
    fee = charged(
        item=cast.item,
        code="std",
        name="登记费",
        amount=8000,
        unit="件",
        basis=BASIS,
        price_approval=APPROVAL,
        approval_page="第3页",
        included=1,
        more_amount=500,
        most_amount=9000,
        effective_from=date(2003, 1, 1),
    )
    at = doing(cashier, "2024-03-07 11:00")
    return issue_notice(cast.organ, "20240307-00000001", "王芳", [fee], at, lines={"std": 4})


def page(client, notice, english=False):
    where = reverse("portal:fee_check", args=[notice.check_code])
    return read(client, f"/en{where}" if english else where)


def test_each_line_is_counted_anew_by_its_standard_document_and_page(client, notice):
    assert notice.amount == 9000  # 80 + 3 × 5 would be 95: at most 90
    words = page(client, notice).words
    for said in ("通知书真实，收费无误", "登记费", BASIS, APPROVAL, "第3页", "不超过 ¥90.00"):
        assert said in words
    assert "王芳" not in words
    assert "genuine and charged right" in page(client, notice, english=True).words


def test_the_one_code_field_opens_it_and_notes_the_first_check(client, notice):
    for _again in range(2):
        answer = client.post(reverse("portal:track"), {"code": notice.check_code})
        assert answer.url == reverse("portal:fee_check", args=[notice.check_code])
    notice.refresh_from_db()
    assert (notice.checked_at is not None, notice.seq) == (True, 2)
    code = {"code": notice.check_code}
    assert client.get(reverse("portal:fee_form"), code).url.endswith(f"{notice.check_code}/")
    paper = client.get(reverse("portal:check", args=[notice.check_code]))
    assert paper.url.endswith(f"/fees/{notice.check_code}/")


@pytest.mark.parametrize("code", ["ABCD", "2345-6789-ABCD", "０００", "<script>"])
def test_a_code_of_no_notice_is_told_so(client, notice, code):
    answer = client.get(reverse("portal:fee_check", args=[code]))
    assert (answer.status_code, "没有这个校验码" in answer.text) == (404, True)
    assert client.get(reverse("portal:fee_proof", args=[code])).status_code == 404


def test_a_notice_that_was_edited_is_not_called_genuine(client, notice):
    NoticeLine.objects.update(quantity=3)
    assert "请勿按这张通知书缴费" in page(client, notice).words


def test_the_file_is_verified_offline_by_two_public_keys(client, notice):
    seal()
    told = json.loads(client.get(reverse("portal:fee_proof", args=[notice.check_code])).content)
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(told["public_key"]))
    assert holds(told["asked"], told["unit_signature"], key)
    assert not holds(told["asked"] | {"amount": 1}, told["unit_signature"], key)
    assert (told["settled"], told["finance_signature"]) == (None, "")
    (standard,) = told["standards"]
    assert (standard["approval"], standard["page"]) == (APPROVAL, "第3页")
    (receipt,) = (Receipt.from_json(json.dumps(one)) for one in told["receipts"])
    assert verify_receipt(receipt, told["log_key"]) >= 1
    facts = json.loads(receipt.entry)
    assert facts["facts"]["unit_signature"] == told["unit_signature"]


def test_how_a_notice_is_paid_is_for_who_holds_the_case(client, notice):
    assert PaymentNotice.objects.get().open == 9000
    assert client.get(reverse("portal:pay", args=[notice.reference])).status_code in (403, 404)


def test_a_fee_that_began_today_is_right_from_the_first_hour_of_its_day(client, cast, doing):
    """At seven in Chengdu it is still yesterday in Greenwich."""
    cashier = Account.objects.create_user(username="qian_li")
    appoint(cashier, cast.organ, Desk.CASHIER, date(2003, 1, 1))
    said = {"name": "登记费", "amount": 8000, "unit": "件", "basis": BASIS}
    said |= {"price_approval": APPROVAL, "effective_from": date(2024, 3, 7)}
    fee = charged(item=cast.item, code="std", **said)
    at = doing(cashier, "2024-03-07 07:00")
    made = issue_notice(cast.organ, "20240307-00000001", "王芳", [fee], at)
    assert "通知书真实，收费无误" in page(client, made).words
