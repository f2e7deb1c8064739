"""A proof of work: what the writer's own computer did before something enters the log for ever.

A complaint without a name costs its writer nothing and the city a month of a unit's time, and it
stays in the public log. So who is not signed in lets the browser count for a moment (ALTCHA,
PBKDF2), or, without a script, takes a code by text message; a window and 12345 ask neither. No
service outside the city is asked, nothing is kept of the person.
"""

import base64
import binascii
import hashlib
import json
import secrets
import time
from typing import Any, Final

from altcha import create_challenge, verify_solution
from django.conf import settings
from django.utils.crypto import salted_hmac

ALGORITHM: Final = "PBKDF2/SHA-256"
ROUNDS: Final = 1000  # of PBKDF2 for one try
VALID: Final = 3600  # seconds a challenge may be answered
LONGEST: Final = 4096  # characters of an answer
CODE_WINDOW: Final = 300  # seconds in which one telephone is given the same code
CODE_WINDOWS: Final = 6  # so many of them a code is good for: half an hour


def wanted() -> bool:
    """Whether this installation asks for a proof at all."""
    return bool(settings.PROOF_OF_WORK)


def _secret(purpose: str) -> bytes:
    return salted_hmac("openhall.proof", purpose, algorithm="sha256").digest()


def challenge() -> dict[str, Any]:
    """A new challenge, signed: somewhere between half of and one and a half times the tries set."""
    mean = settings.PROOF_OF_WORK
    tries = mean // 2 + secrets.randbelow(mean + 1)
    made = create_challenge(
        ALGORITHM,
        ROUNDS,
        counter=tries,
        expires_at=int(time.time()) + VALID,
        hmac_secret=_secret("challenge"),
        hmac_key_secret=_secret("key"),
    )
    told: dict[str, Any] = made.to_dict()
    return told


def answers(payload: str) -> str:
    """The mark of the challenge that ``payload`` answers; empty where it answers none of ours."""
    if not payload or len(payload) > LONGEST:
        return ""
    try:
        said = json.loads(base64.b64decode(payload, validate=True))
        if said["challenge"]["parameters"]["algorithm"] != ALGORITHM:
            return ""  # signed by us or not: no other sum is ever done for a stranger
        found = verify_solution(payload, _secret("challenge"), hmac_key_secret=_secret("key"))
        mark = str(said["challenge"]["signature"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error):
        return ""
    return hashlib.sha256(mark.encode()).hexdigest() if found.verified else ""


def _of_window(phone: str, ago: int) -> bytes:
    return _secret(f"code:{phone}:{int(time.time() // CODE_WINDOW) - ago}")


def code_for(phone: str, ago: int = 0) -> str:
    """The six digits for ``phone`` now, or as they were ``ago`` windows before."""
    return f"{int.from_bytes(_of_window(phone, ago)[:8], 'big') % 1_000_000:06d}"


def code_fits(phone: str, typed: str) -> str:
    """The mark of the code that fits ``phone``; empty where ``typed`` is none."""
    for ago in range(CODE_WINDOWS):
        if typed and secrets.compare_digest(code_for(phone, ago).encode(), typed.encode()):
            return hashlib.sha256(b"code" + _of_window(phone, ago)).hexdigest()
    return ""
