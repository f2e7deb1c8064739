"""The port to whoever carries a message, and which carrier the settings chose for a channel."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from openhall.outbox.terms import Channel

CARRIERS = {
    "mail": "openhall.outbox.carriers.mail.Mail",
    "file": "openhall.outbox.carriers.file.File",
    "console": "openhall.outbox.carriers.console.Console",
    "gateway": "openhall.outbox.carriers.gateway.Gateway",
    "webhook": "openhall.outbox.carriers.webhook.Webhook",
}


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a carrier is given: the message in the clear, for the moment of carrying it.

    ``again``: it may have been carried before, by a worker that died before it could say so. Who
    can tell by ``number`` carries it once.
    """

    number: int
    channel: Channel
    to: str
    subject: str
    words: str
    about: str
    language: str
    again: bool = False


class Carrier(Protocol):
    """Carries a parcel or raises ``NotCarried``; answers in a few words, never with the address."""

    def carry(self, parcel: Parcel) -> str: ...


def carrier_name(channel: Channel) -> str:
    """The carrier the settings name for ``channel``."""
    return str(settings.OUTBOX_CARRIERS[channel.value])


def carrier_of(channel: Channel) -> Carrier:
    made: Carrier = import_string(CARRIERS[carrier_name(channel)])()
    return made
