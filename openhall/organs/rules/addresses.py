"""Where somebody is told: one spelling of what was typed, for every door that asks for it."""

from openhall.organs.rules.identity import phone_of
from openhall.outbox.terms import Channel
from openhall.paging.typed import narrow


def address_of(channel: Channel | None, typed: str) -> str:
    """``typed`` as an address of ``channel`` is kept; as it stands where it is none.

    A telephone number is read like every other one, whatever its dress; of an e-mail address what
    Chinese keyboards make wide becomes plain.
    """
    if channel == Channel.SMS:
        return phone_of(typed) or typed.strip()
    if channel == Channel.EMAIL:
        return narrow(typed).strip("<>;,。 ").removeprefix("mailto:")
    return typed.strip()
