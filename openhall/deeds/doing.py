"""By whom, when and under which key an act is done."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Self

from django.utils import timezone

from openhall.deeds.keys import within


@dataclass(frozen=True, slots=True)
class Doing:
    """By whom, when and under which idempotency key an act is done.

    ``at`` is the event time; the entry time is taken when it is recorded. ``actor`` is None for
    the applicant without account and for the system. ``entered`` is for the simulator alone, whose
    past was never entered today: outside the demonstration it is refused. ``backfilled`` is the
    reason an official gives for entering a deed afterwards; None where ``at`` is simply now.
    ``seen`` is the ``seq`` of the page the person acted from; None: not asked.
    """

    actor: Any  # Account | None; the room of accounts lies above this one
    at: datetime
    key: str
    desk: str = ""
    entered: datetime | None = None
    backfilled: str | None = None
    seen: int | None = None

    @property
    def day(self) -> date:
        """The day in the city on which it happens."""
        return timezone.localtime(self.at).date()

    def part(self, what: str) -> Self:
        """The same doing for a deed that is part of it, under a key of its own."""
        return replace(self, key=within(self.key, what), seen=None)
