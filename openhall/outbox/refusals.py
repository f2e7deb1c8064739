"""Why a message was not carried."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NotCarried(Exception):
    """A carrier did not take the message. ``for_good``: trying again would not help."""

    message: str
    for_good: bool = False

    def __str__(self) -> str:
        return self.message
