"""WeChat Pay's stand-in: a merchant platform with keys of its own, on one machine. A12.

It verifies what the city signs and signs what it answers and tells, as V3 of the platform's
interface does. Tests and the demo use it; nothing of it is the real platform's.
"""

import base64
import json
import re
import secrets
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIEnvironment

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

from openhall.demo.bank.till import ZONE
from openhall.fees.rules.platform import ALGORITHM

AUTHORIZATION: Final = re.compile(
    r'WECHATPAY2-SHA256-RSA2048 mchid="([^"]*)",nonce_str="([^"]*)",signature="([^"]*)",'
    r'timestamp="([^"]*)",serial_no="([^"]*)"'
)
KEY_ID: Final = "PUB_KEY_ID_0100000000000000000000000000000001"


def pem_of(key: rsa.RSAPrivateKey) -> tuple[str, str]:
    """The private and the public key, as PEM."""
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private.decode(), public.decode()


class Platform:
    """Orders and refunds by their numbers, in memory."""

    def __init__(self, mchid: str, appid: str, api_key: str, merchant: rsa.RSAPublicKey) -> None:
        self.mchid, self.appid, self.api_key, self.merchant = mchid, appid, api_key, merchant
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.orders: dict[str, dict[str, Any]] = {}
        self.refunds: dict[str, dict[str, Any]] = {}

    @property
    def public_key(self) -> str:
        return pem_of(self.key)[1]

    # ------------------------------------------------------------ what it signs
    def signed(self, body: str, at: float | None = None) -> dict[str, str]:
        """The headers of an answer or a notification."""
        timestamp, nonce = str(int(at or time.time())), secrets.token_hex(16)
        told = f"{timestamp}\n{nonce}\n{body}\n".encode()
        signature = base64.b64encode(self.key.sign(told, PKCS1v15(), SHA256())).decode()
        return {
            "Wechatpay-Timestamp": timestamp,
            "Wechatpay-Nonce": nonce,
            "Wechatpay-Signature": signature,
            "Wechatpay-Serial": KEY_ID,
            "Wechatpay-Signature-Type": ALGORITHM,
        }

    def sealed(self, event: str, resource: dict[str, Any]) -> str:
        """A notification's body."""
        nonce, with_it = secrets.token_hex(6), "transaction"
        cipher = AESGCM(self.api_key.encode()).encrypt(
            nonce.encode(), json.dumps(resource).encode(), with_it.encode()
        )
        return json.dumps(
            {
                "id": secrets.token_hex(16),
                "create_time": datetime.now(ZONE).isoformat(timespec="seconds"),
                "resource_type": "encrypt-resource",
                "event_type": event,
                "summary": "支付成功",
                "resource": {
                    "original_type": "transaction",
                    "algorithm": "AEAD_AES_256_GCM",
                    "ciphertext": base64.b64encode(cipher).decode(),
                    "associated_data": with_it,
                    "nonce": nonce,
                },
            }
        )

    def told(
        self, event: str, resource: dict[str, Any], at: float | None = None
    ) -> tuple[dict[str, str], bytes]:
        """A notification: its headers and its body."""
        body = self.sealed(event, resource)
        return self.signed(body, at), body.encode()

    # ------------------------------------------------------------ what happens there
    def pay(self, number: str, at: str) -> dict[str, Any]:
        """Somebody pays the order; what the notification says of it."""
        order = self.orders[number]
        order |= {"trade_state": "SUCCESS", "success_time": at, "transaction_id": f"42{number}"}
        return {
            "appid": self.appid,
            "mchid": self.mchid,
            "out_trade_no": number,
            "transaction_id": order["transaction_id"],
            "trade_type": "NATIVE",
            "trade_state": "SUCCESS",
            "bank_type": "OTHERS",
            "success_time": at,
            "payer": {"openid": "o-stand-in"},
            "amount": {"total": order["total"], "payer_total": order["total"], "currency": "CNY"},
        }

    def returned(self, number: str, at: str) -> dict[str, Any]:
        """The refund arrived; what the notification says of it."""
        refund = self.refunds[number]
        refund["status"] = "SUCCESS"
        return {
            "mchid": self.mchid,
            "out_trade_no": refund["out_trade_no"],
            "out_refund_no": number,
            "refund_id": f"50{number}",
            "refund_status": "SUCCESS",
            "success_time": at,
            "user_received_account": "支付用户零钱",
            "amount": {"total": refund["total"], "refund": refund["refund"]},
        }

    # ------------------------------------------------------------ its interface
    def knows(self, authorization: str, method: str, path: str, body: str) -> bool:
        """Whether the city's merchant key signed the request."""
        found = AUTHORIZATION.fullmatch(authorization)
        if found is None or found[1] != self.mchid:
            return False
        told = f"{method}\n{path}\n{found[4]}\n{found[2]}\n{body}\n".encode()
        try:
            self.merchant.verify(base64.b64decode(found[3]), told, PKCS1v15(), SHA256())
        except (InvalidSignature, ValueError):
            return False
        return True

    def answer(self, method: str, path: str, said: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Status and body of one request."""
        bare = path.partition("?")[0]
        if (method, bare) == ("POST", "/v3/pay/transactions/native"):
            number, total = said["out_trade_no"], said["amount"]["total"]
            order = self.orders.setdefault(number, {"total": total, "trade_state": "NOTPAY"})
            if order["total"] != total:
                return 400, {"code": "INVALID_REQUEST", "message": "订单已存在且金额不同"}
            return 200, {"code_url": f"weixin://wxpay/bizpayurl?pr={number}"}
        if method == "GET" and bare.startswith("/v3/pay/transactions/out-trade-no/"):
            number = bare.rpartition("/")[2]
            if number not in self.orders:
                return 404, {"code": "ORDER_NOT_EXIST", "message": "订单不存在"}
            return 200, {"out_trade_no": number, **self.orders[number]}
        if (method, bare) == ("POST", "/v3/refund/domestic/refunds"):
            order = self.orders.get(said["out_trade_no"], {})
            amount, number = said["amount"], said["out_refund_no"]
            gone = sum(
                one["refund"]
                for other, one in self.refunds.items()
                if one["out_trade_no"] == said["out_trade_no"] and other != number
            )
            if order.get("trade_state") != "SUCCESS" or gone + amount["refund"] > order["total"]:
                return 400, {"code": "NOT_ENOUGH", "message": "退款金额超过可退余额"}
            known = {"out_trade_no": said["out_trade_no"], "refund": amount["refund"]}
            self.refunds.setdefault(
                number, {**known, "total": order["total"], "status": "PROCESSING"}
            )
            return 200, {"out_refund_no": number, **self.refunds[number]}
        return 404, {"code": "RESOURCE_NOT_EXISTS", "message": "没有这个接口"}


def site(platform: Platform) -> Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]:
    """The platform's interface as a WSGI application."""

    def served(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "/")
        if query := environ.get("QUERY_STRING"):
            path = f"{path}?{query}"
        length = int(environ.get("CONTENT_LENGTH") or 0)
        raw = environ["wsgi.input"].read(length).decode() if length else ""
        if not platform.knows(environ.get("HTTP_AUTHORIZATION", ""), method, path, raw):
            status, said = 401, {"code": "SIGN_ERROR", "message": "签名错误"}
        else:
            status, said = platform.answer(method, path, json.loads(raw or "{}"))
        body = json.dumps(said)
        headers = {"Content-Type": "application/json", **platform.signed(body)}
        start(f"{status} {'OK' if status == 200 else 'No'}", list(headers.items()))
        return [body.encode()]

    return served
