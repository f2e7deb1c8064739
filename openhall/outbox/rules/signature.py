"""What passes between this house and a message gateway is signed on both ways: HMAC-SHA256.

The signature covers the time and the exact bytes, so a copy cannot be replayed much later.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any, Final

from openhall.paging.whole import whole

SKEW: Final = 300  # seconds a signed message may be old
ENDINGS: Final = ("delivered", "failed")


class NotFromTheGateway(ValueError):
    """The report is unreadable, too old or not signed by the gateway; the sentence says which."""


def signature(key: str, moment: int, body: bytes) -> str:
    """The hexadecimal signature over ``moment`` (Unix seconds) and ``body``."""
    return hmac.new(key.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()


def check(key: str, moment: str, body: bytes, signed: str, now: int) -> None:
    """Raises :class:`NotFromTheGateway` unless ``signed`` is right and fresh."""
    if not key:
        raise NotFromTheGateway("没有设置消息网关的密钥，不接收送达报告。")
    sent = whole(moment)
    if sent is None or abs(now - sent) > SKEW:
        raise NotFromTheGateway("送达报告的时间缺失，或与现在相差超过五分钟。")
    if not hmac.compare_digest(signature(key, sent, body).encode(), signed.encode()):
        raise NotFromTheGateway("送达报告的签名不是消息网关的签名，未予采信。")


@dataclass(frozen=True, slots=True)
class Report:
    """The gateway says how message ``message`` ended."""

    message: int
    ending: str
    note: str = ""

    @property
    def delivered(self) -> bool:
        return self.ending == "delivered"

    @classmethod
    def read(cls, body: bytes) -> "Report":
        """Raises :class:`NotFromTheGateway` naming the first thing that is wrong."""
        try:
            said: Any = json.loads(body)
        except ValueError as error:
            raise NotFromTheGateway("送达报告不是JSON。") from error
        if not isinstance(said, dict):
            raise NotFromTheGateway("送达报告应为一个JSON对象。")
        number, ending = said.get("id"), said.get("state")
        if not isinstance(number, int) or isinstance(number, bool) or number <= 0:
            raise NotFromTheGateway("送达报告的“id”应为消息编号。")
        if ending not in ENDINGS:
            raise NotFromTheGateway("送达报告的“state”只能是 delivered 或 failed。")
        return cls(number, ending, str(said.get("note", ""))[:300])
