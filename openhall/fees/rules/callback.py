"""What the bank signs when it has been paid: canonical bytes under its Ed25519 key. A12."""

import base64
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from openhall.glossary import Said
from openhall.paging.typed import Unreadable


class NotFromTheBank(Unreadable):
    """The message is unreadable or not signed by the bank; ``said`` says which."""


@dataclass(frozen=True, slots=True)
class Paid:
    """The bank says: ``notice`` was paid ``amount`` fen at ``paid_at``, as ``serial``."""

    bank: str
    serial: str
    notice: str
    amount: int
    channel: str
    paid_at: str  # ISO 8601 with offset

    def body(self) -> bytes:
        """The bytes that are signed: JSON with sorted keys and no blanks."""
        return json.dumps(
            asdict(self), sort_keys=True, separators=(",", ":"), ensure_ascii=False
        ).encode()

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.paid_at)

    @classmethod
    def read(cls, said: dict[str, Any]) -> "Paid":
        """Raises :class:`NotFromTheBank` naming the first field that is missing or wrong."""
        for name in ("bank", "serial", "notice", "channel", "paid_at"):
            if not isinstance(said.get(name), str) or not said[name]:
                raise NotFromTheBank(
                    Said(f"回执缺少“{name}”，或不是文本。", f"“{name}” is missing or is not text.")
                )
        amount = said.get("amount")
        if not isinstance(amount, int) or isinstance(amount, bool) or amount <= 0:
            raise NotFromTheBank(
                Said(
                    "回执的金额应为大于零的整数（分）。",
                    "The amount must be a whole number of fen above zero.",
                )
            )
        try:
            moment = datetime.fromisoformat(said["paid_at"])
        except ValueError as error:
            raise NotFromTheBank(
                Said("回执的缴费时间不是ISO 8601时间。", "The time of payment is not ISO 8601.")
            ) from error
        if moment.tzinfo is None:
            raise NotFromTheBank(
                Said("回执的缴费时间没有时区。", "The time of payment has no time zone.")
            )
        return cls(**{name: said[name] for name in cls.__slots__})


def sign(paid: Paid, key: Ed25519PrivateKey) -> str:
    """The bank's signature over ``paid``, in base64."""
    return base64.b64encode(key.sign(paid.body())).decode()


def verify(paid: Paid, signature: str, public_key: str) -> None:
    """Raises :class:`NotFromTheBank` unless ``signature`` is the bank's over ``paid``.

    ``public_key`` is 32 bytes in base64.
    """
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(base64.b64decode(signature, validate=True), paid.body())
    except (InvalidSignature, ValueError) as error:
        raise NotFromTheBank(
            Said(
                "回执的签名不是代收银行的签名，未予采信。",
                "The signature is not the collecting bank's; nothing was taken.",
            )
        ) from error
