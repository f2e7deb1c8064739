"""When a message that failed is tried again, and when nobody tries any more. Pure arithmetic."""

from datetime import timedelta
from typing import Final

WAITS: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)
MOST_ATTEMPTS: Final = len(WAITS) + 1


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after so many failed attempts; None: give up and tell the operator."""
    return WAITS[attempts - 1] if 1 <= attempts <= len(WAITS) else None
