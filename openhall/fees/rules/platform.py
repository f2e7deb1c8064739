"""What WeChat Pay says, and how surely it is WeChat that says it. A12.

The public client (``wechatpayv3``) reads a notification, but tests neither its freshness nor its
headers, and knows no replay: a missing header or an odd serial number ends it with an exception.
So each message passes here first; the rules are the platform's own (V3, RSA with SHA-256, five
minutes, AES-256-GCM).
"""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from openhall.fees.rules.callback import NotFromTheBank, Paid
from openhall.fees.terms import PayChannel
from openhall.glossary import Said

FRESH: Final = 300  # seconds between the platform's clock and ours
LONGEST: Final = 64 * 1024
ALGORITHM: Final = "WECHATPAY2-SHA256-RSA2048"
HEADERS: Final[Mapping[str, re.Pattern[str]]] = {
    "Wechatpay-Timestamp": re.compile(r"[0-9]{9,11}"),
    "Wechatpay-Nonce": re.compile(r"[0-9A-Za-z_\-]{8,64}"),
    "Wechatpay-Signature": re.compile(r"[0-9A-Za-z+/]{86,700}={0,2}"),
    "Wechatpay-Serial": re.compile(r"[0-9A-Za-z_]{8,80}"),
    "Wechatpay-Signature-Type": re.compile(re.escape(ALGORITHM)),
}
PAID: Final = {"TRANSACTION.SUCCESS": "SUCCESS", "REFUND.SUCCESS": "SUCCESS"}
NOT_SIGNED: Final = Said(
    "通知的签名不是微信支付平台的签名，未予采信。",
    "The signature is not the platform's; nothing was taken.",
)
DIFFERS: Final = Said(
    "回执与平台签名的内容不符，未予采信。",
    "The receipt is not what the platform signed; nothing was taken.",
)


@dataclass(frozen=True, slots=True)
class Platform:
    """What is known of the platform and of our account there. ``keys``: its PEM by serial.

    ``api_keys``: ours, the newest first; older ones still open what was kept.
    """

    code: str
    mchid: str
    appid: str
    api_keys: tuple[str, ...]
    keys: Mapping[str, str] = field(default_factory=dict)


def _no(zh: str, en: str) -> NotFromTheBank:
    return NotFromTheBank(Said(zh, en))


def guarded(headers: Mapping[str, str], body: bytes, now: float) -> str:
    """The nonce of a message that is whole and fresh. Raises :class:`NotFromTheBank` else."""
    for name, shape in HEADERS.items():
        said = headers.get(name) or ""
        if not shape.fullmatch(said):
            raise _no(
                f"通知缺少{name}，或者格式不对。", f"{name} is missing, or is not as it should be."
            )
    if not 0 < len(body) <= LONGEST:
        raise _no("通知没有内容，或者过长。", "The message is empty or too long.")
    if abs(now - int(headers["Wechatpay-Timestamp"])) > FRESH:
        raise _no(
            "通知的时间与现在相差5分钟以上，未予采信。",
            "The message is more than five minutes off; nothing was taken.",
        )
    return headers["Wechatpay-Nonce"]


def proof_of(headers: Mapping[str, str], body: bytes) -> str:
    """What is kept of a message, so that it can be verified again every night."""
    try:
        said = body.decode()
    except UnicodeDecodeError as problem:
        raise _no("通知不是UTF-8文本。", "The message is no text in UTF-8.") from problem
    return json.dumps(
        {
            "serial": headers["Wechatpay-Serial"],
            "timestamp": headers["Wechatpay-Timestamp"],
            "nonce": headers["Wechatpay-Nonce"],
            "body": said,
        },
        ensure_ascii=False,
    )


def paid_of_proof(proof: str, signature: str, platform: Platform | None) -> Paid:
    """What the platform says was paid. Raises :class:`NotFromTheBank` unless it says so."""
    if platform is None:
        raise _no("没有配置微信支付。", "WeChat Pay is not set up.")
    try:
        said = json.loads(proof)
        told = f"{said['timestamp']}\n{said['nonce']}\n{said['body']}\n".encode()
        pem, body = platform.keys.get(said["serial"], ""), json.loads(said["body"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise _no("通知不是JSON，或者缺少内容。", "The message is no JSON.") from problem
    if not pem or not _signed(told, signature, pem):
        raise NotFromTheBank(NOT_SIGNED)
    return _paid(body, platform)


def _signed(told: bytes, signature: str, pem: str) -> bool:
    try:
        key = load_pem_public_key(pem.encode())
        assert isinstance(key, RSAPublicKey)
        key.verify(base64.b64decode(signature, validate=True), told, PKCS1v15(), SHA256())
    except (InvalidSignature, ValueError, AssertionError):
        return False
    return True


def _opened(resource: Any, platform: Platform) -> dict[str, Any]:
    try:
        nonce = str(resource["nonce"]).encode()
        sealed = base64.b64decode(resource["ciphertext"], validate=True)
        with_it = str(resource.get("associated_data") or "").encode()
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise _no("通知没有加密内容。", "The message holds nothing sealed.") from problem
    for key in platform.api_keys:
        try:
            said = json.loads(AESGCM(key.encode()).decrypt(nonce, sealed, with_it))
        except (InvalidTag, ValueError, RecursionError):
            continue
        if isinstance(said, dict):
            return said
    raise _no("通知的内容无法解密。", "What is sealed in the message cannot be opened.")


def _paid(body: Any, platform: Platform) -> Paid:
    event = body.get("event_type") if isinstance(body, dict) else None
    if event not in PAID:
        raise _no(f"不是缴费或者退款成功的通知：{event}", f"No success: {event}")
    said = _opened(body.get("resource"), platform)
    back = event == "REFUND.SUCCESS"
    names = (
        ("refund_id", "out_refund_no", "refund_status", "refund")
        if back
        else ("transaction_id", "out_trade_no", "trade_state", "total")
    )
    serial, notice, state, sum_ = names
    amount = said.get("amount")
    amount = amount if isinstance(amount, dict) else {}
    ours = said.get("mchid") == platform.mchid and (back or said.get("appid") == platform.appid)
    yuan = back or amount.get("currency") == "CNY"
    if said.get(state) != "SUCCESS" or not ours or not yuan:
        raise _no(
            "通知不是本市商户的人民币缴费成功。", "It is no success in yuan on the city's account."
        )
    return Paid.read(
        {
            "bank": platform.code,
            "serial": said.get(serial),
            "notice": said.get(notice),
            "amount": amount.get(sum_),
            "channel": (PayChannel.REFUND if back else PayChannel.QR).value,
            "paid_at": said.get("success_time"),
        }
    )
