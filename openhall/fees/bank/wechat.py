"""WeChat Pay behind the port: an order with its QR code, a query, money back, and what it says.

``wechatpayv3`` signs what we send and verifies what comes back. What comes by itself passes our own
guard first (``rules.platform``): fresh, whole, and each nonce once.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.utils import timezone
from wechatpayv3 import WeChatPay, WeChatPayType

from openhall.deeds.refusals import Refused
from openhall.fees.bank.account import text_of, wechat_platform
from openhall.fees.models import PaymentNotice
from openhall.fees.rules.callback import NotFromTheBank, Paid
from openhall.fees.rules.platform import FRESH, guarded, paid_of_proof, proof_of
from openhall.glossary import Said
from openhall.throttle.actions import spent_before

WAITS: Final = (3, 10)  # seconds to connect, to answer
REPLAYED: Final = Said(
    "这条通知已经收过一次，没有再办。", "This message came before; nothing was done again."
)
AWAY: Final = Said(
    "微信支付暂时没有应答，请稍后再试，或者改用其他方式缴费。",
    "WeChat Pay does not answer just now. Try again, or pay another way.",
)


@dataclass(frozen=True, slots=True)
class Told:
    """What the platform told, as it is handed to ``settle``."""

    paid: Paid
    signature: str
    proof: str


def is_there() -> bool:
    """Whether the city has WeChat Pay."""
    return bool(settings.WECHAT_MCHID)


def client() -> WeChatPay:
    """The public client, with the city's keys. Raises :class:`Refused` where it is not set up."""
    if not is_there():
        raise Refused(Said("没有开通微信支付。", "WeChat Pay is not set up."))
    made = WeChatPay(
        wechatpay_type=WeChatPayType.NATIVE,
        mchid=settings.WECHAT_MCHID,
        private_key=_bare(text_of(settings.WECHAT_PRIVATE_KEY)),
        cert_serial_no=settings.WECHAT_CERT_SERIAL,
        appid=settings.WECHAT_APPID,
        apiv3_key=settings.WECHAT_API_KEYS.split()[0],
        notify_url=f"{settings.BASE_URL}/api/wechat/notices",
        public_key=_bare(text_of(settings.WECHAT_PUBLIC_KEY)),
        public_key_id=settings.WECHAT_PUBLIC_KEY_ID,
        timeout=WAITS,
    )
    if settings.WECHAT_GATEWAY:  # the stand-in's; the client knows no such setting
        made._core._gate_way = settings.WECHAT_GATEWAY
    return made


def _bare(pem: str) -> str:
    """The client adds the lines around a key unless they are exactly its own."""
    return pem.strip()


def _asked(call: Any, *args: Any, **more: Any) -> dict[str, Any]:
    try:
        status, text = call(*args, **more)
        said = json.loads(text or "{}")
    except Exception as problem:  # the client raises what it and its transport raise
        raise Refused(AWAY, code="away") from problem
    if status not in (200, 204):
        why = str(said.get("message", status))[:80]
        raise Refused(
            Said(f"微信支付没有受理：{why}", f"WeChat Pay refused: {why}"), code="platform"
        )
    return dict(said)


def order(notice: PaymentNotice) -> str:
    """The address of the QR code by which ``notice`` is paid; the same notice, the same order."""
    said = _asked(
        client().pay,
        description=f"{notice.organ.name} {notice.reference}"[:120],
        out_trade_no=notice.number,
        amount={"total": notice.open, "currency": "CNY"},
        pay_type=WeChatPayType.NATIVE,
    )
    return str(said.get("code_url", ""))


def stands_at(notice: PaymentNotice) -> str:
    """What the platform says of an order: SUCCESS, NOTPAY, CLOSED, REFUND …"""
    return str(_asked(client().query, out_trade_no=notice.number).get("trade_state", ""))


def give_back(red: PaymentNotice) -> str:
    """Ask that a red-letter notice be returned; asking twice returns once. Its state there."""
    assert red.red_of is not None
    said = _asked(
        client().refund,
        out_refund_no=red.number,
        out_trade_no=red.red_of.number,
        amount={"refund": red.amount, "total": red.red_of.paid, "currency": "CNY"},
        reason=red.reason[:80],
    )
    return str(said.get("status", ""))


def told(headers: Mapping[str, str], body: bytes, now: float | None = None) -> Told:
    """What a message says was paid. Raises :class:`NotFromTheBank` or :class:`Refused`."""
    now = time.time() if now is None else now
    nonce = guarded(headers, body, now)
    signature, proof = headers["Wechatpay-Signature"], proof_of(headers, body)
    paid = paid_of_proof(proof, signature, wechat_platform())
    if paid.moment > timezone.now():
        raise NotFromTheBank(Said("缴费时间晚于现在。", "The time of payment lies ahead."))
    if spent_before(f"wechat-{nonce}", signature[:60], now + 2 * FRESH):
        raise Refused(REPLAYED, code="replayed")
    return Told(paid, signature, proof)
