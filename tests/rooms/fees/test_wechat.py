"""WeChat Pay by its public client against a stand-in, both ways; and everything that is not it."""

import json
import threading
import time
from datetime import date, datetime, timedelta
from wsgiref.simple_server import WSGIRequestHandler, make_server
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from openhall.cases import actions
from openhall.deeds.refusals import Refused
from openhall.demo.bank.platform import KEY_ID, Platform, pem_of, site
from openhall.fees import checking
from openhall.fees.actions import ask_refund, issue_notice
from openhall.fees.bank import wechat
from openhall.fees.models import BankReceipt, PaymentNotice
from openhall.fees.terms import RefundGround
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from tests.factories.catalogue import charged

pytestmark = pytest.mark.django_db

KEY = "0123456789abcdef0123456789abcdef"
MERCHANT = rsa.generate_private_key(public_exponent=65537, key_size=2048)
NOTICES = "/api/wechat/notices"


class Quiet(WSGIRequestHandler):
    def log_message(self, format, *args):
        pass


@pytest.fixture
def platform(settings):
    made = Platform("1900000001", "wx0000000000000001", KEY, MERCHANT.public_key())
    server = make_server("127.0.0.1", 0, site(made), handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.WECHAT_MCHID, settings.WECHAT_APPID = made.mchid, made.appid
    settings.WECHAT_API_KEYS, settings.WECHAT_PRIVATE_KEY = KEY, pem_of(MERCHANT)[0]
    settings.WECHAT_CERT_SERIAL = "4" * 40
    settings.WECHAT_PUBLIC_KEY, settings.WECHAT_PUBLIC_KEY_ID = made.public_key, KEY_ID
    settings.WECHAT_GATEWAY = f"http://127.0.0.1:{server.server_port}"
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def people(cast):
    made = {}
    for name, desk in (("qian_li", Desk.CASHIER), ("song_cai", Desk.FINANCE)):
        made[name] = Account.objects.create_user(username=name)
        appoint(made[name], cast.organ, desk, date(2003, 1, 1))
    return made


@pytest.fixture
def notice(cast, people, doing):
    fee = charged(
        item=cast.item,
        code="std",
        name="登记费",
        amount=8000,
        unit="件",
        basis="发改价格规〔2016〕2559号",
        price_approval="发改价格规〔2016〕2559号",
        effective_from=date(2003, 1, 1),
    )
    at = doing(people["qian_li"], "2024-03-07 11:00")
    return issue_notice(cast.organ, "20240307-00000001", "王芳", [fee], at)


def just_now() -> str:
    moment = datetime.now(ZoneInfo("Asia/Shanghai")) - timedelta(seconds=2)
    return moment.isoformat(timespec="seconds")


@pytest.fixture
def paid(platform, notice):
    wechat.order(notice)
    return platform.pay(notice.number, just_now())


def send(client, headers, body):
    more = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    return client.generic("POST", NOTICES, body, content_type="application/json", **more)


def tell(client, platform, event, resource, **other):
    return send(client, *platform.told(event, resource, **other))


def test_an_order_is_made_paid_told_and_settled_once(client, platform, notice):
    code = wechat.order(notice)
    assert code == wechat.order(notice)  # the same notice, the same order
    assert code.startswith("weixin://")
    assert wechat.stands_at(notice) == "NOTPAY"
    resource = platform.pay(notice.number, just_now())
    assert wechat.stands_at(notice) == "SUCCESS"
    for _again in range(3):  # told anew each time, as the platform does until it hears
        assert tell(client, platform, "TRANSACTION.SUCCESS", resource).status_code == 200
    receipt = BankReceipt.objects.get()
    assert (receipt.bank, receipt.channel, receipt.amount) == ("WECHAT", "qr", 8000)
    notice.refresh_from_db()
    assert notice.state == "paid"
    assert list(checking.faults(0, 0)) == []  # verified anew by what the platform signed


def test_money_goes_back_by_the_red_letter_in_parts(client, platform, notice, paid, people, doing):
    tell(client, platform, "TRANSACTION.SUCCESS", paid)
    line = notice.lines.get()
    at = doing(people["qian_li"], "2024-03-09 09:00")
    ask_refund(notice.pk, RefundGround.TOO_MUCH, "多收", at, amounts={line.pk: 3000})
    relief = notice.reliefs.get()
    yes = doing(people["song_cai"], "2024-03-09 10:00")
    actions.relieve(notice.pk, relief.pk, "同意", yes, approved=True)
    red = PaymentNotice.objects.get(red_of=notice)
    assert wechat.give_back(red) == wechat.give_back(red) == "PROCESSING"
    assert len(platform.refunds) == 1
    back = platform.returned(red.number, just_now())
    assert tell(client, platform, "REFUND.SUCCESS", back).status_code == 200
    red.refresh_from_db()
    assert (red.state, red.receipt.channel) == ("returned", "refund")


def test_a_message_is_taken_once_and_never_stale(client, platform, paid):
    message = platform.told("TRANSACTION.SUCCESS", paid)
    assert send(client, *message).status_code == 200
    assert send(client, *message).status_code == 409  # the very same: a replay
    for age in (-301, 301, -86_400):
        answer = tell(client, platform, "TRANSACTION.SUCCESS", paid, at=time.time() + age)
        assert (answer.status_code, "5分钟" in answer.json()["message"]) == (403, True)
    assert BankReceipt.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Wechatpay-Serial", None),
        ("Wechatpay-Serial", "not-hex"),
        ("Wechatpay-Serial", "PUB_KEY_ID_0100000000000000000000000000000009"),
        ("Wechatpay-Timestamp", None),
        ("Wechatpay-Timestamp", "²"),
        ("Wechatpay-Timestamp", "9" * 40),
        ("Wechatpay-Nonce", None),
        ("Wechatpay-Nonce", "a"),
        ("Wechatpay-Signature", None),
        ("Wechatpay-Signature", "A" * 344),
        ("Wechatpay-Signature-Type", None),
        ("Wechatpay-Signature-Type", "WECHATPAY2-SM2-WITH-SM3"),
    ],
)
def test_a_header_that_is_missing_or_odd_is_refused_without_a_fault(
    client, platform, paid, name, value
):
    headers, body = platform.told("TRANSACTION.SUCCESS", paid)
    headers.pop(name)
    if value is not None:
        headers[name] = value
    assert send(client, headers, body).status_code == 403
    assert not BankReceipt.objects.exists()


@pytest.mark.parametrize(
    ("other", "status"),
    [
        ({"mchid": "1900000002"}, 403),
        ({"appid": "wx9"}, 403),
        ({"trade_state": "REFUND"}, 403),
        ({"amount": {"total": 8000, "currency": "USD"}}, 403),
        ({"amount": {"total": 1, "currency": "CNY"}}, 422),
        ({"amount": 8000}, 403),
        ({"amount": {"total": "8000", "currency": "CNY"}}, 403),
        ({"out_trade_no": "000000000000009999"}, 404),
        ({"success_time": "2999-01-01T00:00:00+08:00"}, 403),
        ({"success_time": "soon"}, 403),
        ({"transaction_id": None}, 403),
    ],
)
def test_a_signed_message_that_says_something_else_settles_nothing(
    client, platform, paid, other, status
):
    answer = tell(client, platform, "TRANSACTION.SUCCESS", paid | other)
    assert answer.status_code == status
    assert not BankReceipt.objects.exists()


@pytest.mark.parametrize(
    "event", ["TRANSACTION.CLOSED", "REFUND.ABNORMAL", "", None, "REFUND.SUCCESS"]
)
def test_another_event_settles_nothing(client, platform, paid, event):
    assert tell(client, platform, event, paid).status_code == 403


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"resource": 7}', "收费".encode("gb18030")]
)
def test_a_body_that_is_none_is_refused_even_when_it_is_signed(client, platform, body):
    headers = platform.signed(body.decode("utf-8", "replace"))
    assert send(client, headers, body).status_code == 403


def test_one_changed_bit_is_refused(client, platform, paid):
    headers, body = platform.told("TRANSACTION.SUCCESS", paid)
    said = json.loads(body)
    said["summary"] = "改"
    assert send(client, headers, json.dumps(said).encode()).status_code == 403


def test_a_platform_that_is_away_or_refuses_is_said_in_words(platform, notice, settings):
    settings.WECHAT_GATEWAY = "http://127.0.0.1:9"
    with pytest.raises(Refused, match="没有应答"):
        wechat.order(notice)
    settings.WECHAT_MCHID = ""
    with pytest.raises(Refused, match="没有开通"):
        wechat.order(notice)


def test_an_edited_proof_is_found_by_night(client, platform, paid):
    tell(client, platform, "TRANSACTION.SUCCESS", paid)
    receipt = BankReceipt.objects.get()
    receipt.proof = receipt.proof.replace("SUCCESS", "SUCCES5")
    receipt.save()
    assert [one.place.split("/")[2] for one in checking.faults(0, 0)] == ["receipt"]
