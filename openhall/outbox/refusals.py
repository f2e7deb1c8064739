"""Why a message was not taken or not carried."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NotAMessage(Exception):
    """What was handed to the outbox cannot be sent; the sentence says what is wrong.

    ``field`` names the channel whose address is wrong, where one is.
    """

    message: str
    field: str = ""

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class NotCarried(Exception):
    """A carrier did not take the message. ``for_good``: trying again would not help."""

    message: str
    for_good: bool = False

    def __str__(self) -> str:
        return self.message
