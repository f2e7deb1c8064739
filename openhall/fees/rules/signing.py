"""What the unit signs at issue, the finance bureau after payment. 财库〔2021〕31号.

Canonical JSON under the city's Ed25519 key, so that anybody who holds the public key can tell a
genuine notice from a forged one without asking. The payer is not in it: what is erased later must
not break the signature.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


@dataclass(frozen=True, slots=True)
class Asked:
    """What a notice asks, as its unit signs it. ``lines``: part, standard, version, number, fen."""

    number: str
    check_code: str
    organ: str
    reference: str
    amount: int
    issued_at: str
    due_on: str
    red_of: str
    lines: Sequence[tuple[str, str, int, int, int]]

    def body(self) -> dict[str, Any]:
        return {
            "kind": "电子非税收入一般缴款书",
            "number": self.number,
            "check_code": self.check_code,
            "organ": self.organ,
            "reference": self.reference,
            "amount": self.amount,
            "issued_at": self.issued_at,
            "due_on": self.due_on,
            "red_of": self.red_of,
            "lines": [list(line) for line in self.lines],
        }


def settled_body(
    asked: Mapping[str, Any], unit_signature: str, settled: Mapping[str, Any]
) -> dict[str, Any]:
    """What the finance bureau signs: the notice as signed by its unit, and what settled it."""
    return {**asked, "unit_signature": unit_signature, "settled": dict(settled)}


def signed_bytes(body: Mapping[str, Any]) -> bytes:
    """The bytes that are signed: sorted keys, no blanks."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sign(body: Mapping[str, Any], key: Ed25519PrivateKey) -> str:
    """The signature over ``body``, in base64."""
    return base64.b64encode(key.sign(signed_bytes(body))).decode()


def holds(body: Mapping[str, Any], signature: str, key: Ed25519PublicKey) -> bool:
    """Whether ``signature`` is over ``body`` and by ``key``."""
    try:
        key.verify(base64.b64decode(signature, validate=True), signed_bytes(body))
    except (InvalidSignature, ValueError):
        return False
    return True
