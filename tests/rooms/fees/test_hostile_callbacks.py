"""What reaches the two doors of the bank and is not a payment: nothing is settled, nothing breaks.

A few hundred here; ``OPENHALL_HOSTILE=100000`` for the long run. Each message is drawn from a seed,
so one that does harm can be drawn again.
"""

import base64
import json
import os
import time
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openhall.demo.bank.platform import KEY_ID, Platform
from openhall.fees.actions import cancel, issue_notice
from openhall.fees.models import BankReceipt
from openhall.fees.queries import balance
from openhall.fees.rules.callback import Paid, sign
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from tests.factories.catalogue import charged

MANY = int(os.environ.get("OPENHALL_HOSTILE", "400"))
TRUE = max(4, MANY // 100)
BANK = Ed25519PrivateKey.from_private_bytes(b"the collecting bank's key, 32 b.")
STRANGER = Ed25519PrivateKey.from_private_bytes(b"somebody else's key of 32 bytes.")
API_KEY = "0123456789abcdef0123456789abcdef"
HERE = ZoneInfo("Asia/Shanghai")
ODD = (None, True, 0, -1, 1.5, 10**30, "8000", "", [], {}, "\x00", "９", "null", "💣" * 900)


@pytest.fixture
def platform(settings):
    settings.BANK_PUBLIC_KEY = base64.b64encode(BANK.public_key().public_bytes_raw()).decode()
    settings.BANK_CODE, settings.THROTTLES = "CITYBANK", False
    merchant = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    made = Platform("1900000001", "wx0000000000000001", API_KEY, merchant.public_key())
    settings.WECHAT_MCHID, settings.WECHAT_APPID = made.mchid, made.appid
    settings.WECHAT_API_KEYS = API_KEY
    settings.WECHAT_PUBLIC_KEY, settings.WECHAT_PUBLIC_KEY_ID = made.public_key, KEY_ID
    return made


@pytest.fixture
def notices(cast, doing):
    cashier = Account.objects.create_user(username="qian_li")
    appoint(cashier, cast.organ, Desk.CASHIER, date(2003, 1, 1))
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
    made = [
        issue_notice(
            cast.organ, f"20240307-{n:08X}", "王芳", [fee], doing(cashier, "2024-03-07 11:00")
        )
        for n in range(TRUE + 2)
    ]
    cancel(made[0].pk, "有误", doing(cashier, "2024-03-08 09:00"))
    return made


def just_now(**less) -> str:
    return (datetime.now(HERE) - timedelta(**(less or {"seconds": 3}))).isoformat("T", "seconds")


class Enemy:
    """Messages that are not payments; also true ones, which settle once."""

    def __init__(self, client, platform, notices, seed):
        self.client, self.platform, self.notices = client, platform, notices
        self.draw = Random(seed)
        self.heard: list[tuple[str, dict, bytes]] = []  # what was true and was told

    def facts(self, notice, /, **other):
        said = {
            "bank": "CITYBANK",
            "serial": f"B{notice.number}",
            "notice": notice.number,
            "amount": 8000,
            "channel": "online",
            "paid_at": just_now(),
        }
        return said | other

    def bank(self, said, signature):
        body = json.dumps({"paid": said, "signature": signature}).encode()
        return self.post("/api/bank/receipts", {}, body)

    def post(self, where, headers, body):
        more = {f"HTTP_{k.upper().replace('-', '_')}": v for k, v in headers.items()}
        return self.client.generic("POST", where, body, content_type="application/json", **more)

    def true(self, notice):
        if self.draw.random() < 0.5:
            said = self.facts(notice)
            body = json.dumps({"paid": said, "signature": sign(Paid(**said), BANK)}).encode()
            message = ("/api/bank/receipts", {}, body)
        else:
            self.platform.orders[notice.number] = {"total": 8000}
            resource = self.platform.pay(notice.number, just_now())
            headers, body = self.platform.told("TRANSACTION.SUCCESS", resource)
            message = ("/api/wechat/notices", headers, body)
        self.heard.append(message)
        return self.post(*message)

    def hostile(self):
        return self.draw.choice(
            (
                self.forged,
                self.odd,
                self.replayed,
                self.broken,
                self.stale,
                self.platform_s,
                self.wrong,
            )
        )()

    def forged(self):
        said = self.facts(self.draw.choice(self.notices), serial=f"F{self.draw.random()}")
        return self.bank(said, sign(Paid(**said), STRANGER))

    def odd(self):
        said = self.facts(self.draw.choice(self.notices))
        said[self.draw.choice(list(said))] = self.draw.choice(ODD)
        signature = self.draw.choice((*map(str, ODD), base64.b64encode(bytes(64)).decode()))
        return self.bank(said, signature)

    def wrong(self):
        """Signed by the bank, but not what is owed; or by a bank nobody knows."""
        notice = self.draw.choice(self.notices)
        other = self.draw.choice(
            (
                {"amount": self.draw.choice((1, 7999, 8001, 10**12))},
                {"notice": "000000009999999999"},
                {"channel": self.draw.choice(("refund", "pigeon"))},
                {"paid_at": (datetime.now(HERE) + timedelta(days=2)).isoformat()},
                {"notice": self.notices[0].number},  # cancelled
            )
        )
        said = self.facts(notice, serial=f"W{self.draw.random()}", **other)
        return self.bank(said, sign(Paid(**said), BANK))

    def replayed(self):
        if not self.heard:
            return self.forged()
        where, headers, body = self.draw.choice(self.heard)
        if self.draw.random() < 0.5:
            at = self.draw.randrange(len(body))
            body = body[:at] + bytes([body[at] ^ 1 << self.draw.randrange(7)]) + body[at + 1 :]
        return self.post(where, headers, body)

    def broken(self):
        where = self.draw.choice(("/api/bank/receipts", "/api/wechat/notices"))
        body = self.draw.choice(
            (
                b"",
                b"[" * 5_000,
                self.draw.randbytes(300),
                "缴款回执".encode("gb18030"),
                b'{"paid": null}',
                b'{"paid": {}, "signature": 7}',
                b'{"resource": {"nonce": 1}}',
            )
        )
        headers = self.platform.signed(body.decode("utf-8", "replace"))
        for name in list(headers):
            if self.draw.random() < 0.3:
                del headers[name]
            elif self.draw.random() < 0.2:
                headers[name] = self.draw.choice(("", "x", "0x", "²", "9" * 99, "g" * 40))
        return self.post(where, headers, body)

    def stale(self):
        notice = self.draw.choice(self.notices)
        self.platform.orders[notice.number] = {"total": 8000}
        resource = self.platform.pay(notice.number, just_now(days=1))
        at = time.time() + self.draw.choice((-1, 1)) * self.draw.randrange(400, 10**6)
        return self.post(
            "/api/wechat/notices", *self.platform.told("TRANSACTION.SUCCESS", resource, at)
        )

    def platform_s(self):
        """Signed by the platform, and not a payment of ours."""
        notice = self.draw.choice(self.notices)
        self.platform.orders[notice.number] = {"total": 8000}
        resource = self.platform.pay(notice.number, just_now())
        field = self.draw.choice(("mchid", "appid", "trade_state", "amount", "success_time"))
        resource[field] = self.draw.choice(ODD)
        event = self.draw.choice(
            ("TRANSACTION.SUCCESS", "REFUND.SUCCESS", "", "TRANSACTION.CLOSED")
        )
        return self.post("/api/wechat/notices", *self.platform.told(event, resource))


def test_nothing_hostile_settles_or_breaks_and_each_true_one_settles_once(
    client, platform, notices
):
    enemy = Enemy(client, platform, notices[:-1], 20261130)
    waiting = notices[1:-1]
    settled: set[int] = set()
    every = max(1, MANY // len(waiting))
    for n in range(MANY):
        answer = enemy.hostile()
        assert answer.status_code < 500, (n, answer.content)
        if n % every == 0 and waiting:
            notice = waiting.pop()
            assert enemy.true(notice).status_code == 200
            settled.add(notice.pk)
    paid = set(BankReceipt.objects.values_list("notice", flat=True))
    assert paid == settled
    assert BankReceipt.objects.count() == len(settled)
    sums = balance()
    assert (sums.holds, sums.receipts) == (True, 8000 * len(settled))
