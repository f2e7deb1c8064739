"""Under which key a programme acts: its own ``Idempotency-Key``, bound to who holds the key."""

import uuid
from typing import Final

from django.http import HttpRequest
from django.utils import timezone

from openhall.api.v1.door import Caller
from openhall.api.v1.problems import unreadable
from openhall.clients.queries import Key
from openhall.deeds.doing import Doing
from openhall.deeds.keys import persons_key
from openhall.glossary import Said

HEADER: Final = "Idempotency-Key"
LONGEST: Final = 100
BAD: Final = Said(
    "Idempotency-Key 应为1至100个可见的英文字符，例如一个UUID。",
    "Idempotency-Key is 1 to 100 visible ASCII signs, a UUID for example.",
)


def caller_of(request: HttpRequest) -> Caller:
    """Who asks, as the door let them in."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    return caller


def key_of(request: HttpRequest) -> Key:
    """With which key."""
    return caller_of(request).held


def doing_of(request: HttpRequest) -> Doing:
    """By whom and under which key an act is done: the key's person, for a unit nobody."""
    sent = request.headers.get(HEADER, str(uuid.uuid4()))
    if not 1 <= len(sent) <= LONGEST or not sent.isascii() or not sent.isprintable():
        raise unreadable(HEADER, BAD)
    key = key_of(request)
    return Doing(key.account, timezone.now(), persons_key(f"k{key.pk}", sent))
