"""An SMS or WeChat gateway over HTTP: one signed POST for each message.

``POST OUTBOX_SMS_URL`` (or ``OUTBOX_WECHAT_URL``) with JSON ``{"id", "channel", "to", "subject",
"words", "language"}``, header ``X-OpenHall-Time`` (Unix seconds) and ``X-OpenHall-Signature``
(HMAC-SHA256 of ``time + "." + body`` under ``OUTBOX_KEY``, hexadecimal). Any 2xx means taken; 4xx
(but 408 and 429) means never; everything else is tried again. **The same "id" again is the same
message**, sent by a worker that died before it could note the answer: a gateway takes it once.
The gateway reports the ending by
``POST /api/outbox/reports``, signed the same way, with ``{"id", "state": "delivered" | "failed",
"note"}``.
"""

import json
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Final

from django.conf import settings
from django.utils import timezone

from openhall.outbox.carriers import Parcel
from openhall.outbox.refusals import NotCarried
from openhall.outbox.rules.signature import signature

PATIENCE: Final = 10  # seconds
TRY_AGAIN: Final = (408, 429)


class Gateway:
    """Posts one message to the gateway of its channel."""

    def carry(self, parcel: Parcel) -> str:
        address = settings.OUTBOX_GATEWAYS.get(parcel.channel.value, "")
        if not address.startswith(("https://", "http://")) or not settings.OUTBOX_KEY:
            raise NotCarried("没有设置消息网关的地址或密钥（OPENHALL_OUTBOX_…）。")
        body = json.dumps(
            {
                "id": parcel.number,
                "channel": parcel.channel.value,
                "to": parcel.to,
                "subject": parcel.subject,
                "words": parcel.words,
                "language": parcel.language,
            },
            ensure_ascii=False,
        ).encode()
        moment = int(timezone.now().timestamp())
        request = urllib.request.Request(  # noqa: S310 - the scheme is checked above
            address,
            data=body,
            headers={
                "Content-Type": "application/json",
                "X-OpenHall-Time": str(moment),
                "X-OpenHall-Signature": signature(settings.OUTBOX_KEY, moment, body),
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
                return f"网关已接收（HTTP {answer.status}）"
        except urllib.error.HTTPError as error:
            final = 400 <= error.code < 500 and error.code not in TRY_AGAIN
            raise NotCarried(f"网关没有接收（HTTP {error.code}）", for_good=final) from error
        except (OSError, HTTPException) as error:
            raise NotCarried(f"网关没有应答：{type(error).__name__}") from error
