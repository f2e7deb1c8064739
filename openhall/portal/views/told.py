"""The messages of one case as its holder reads them: how, to whom (masked), and whether it came.

A message stays in the language it was sent in; its title is told in the language of the page.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from openhall.cases.queries import Case
from openhall.cases.rules.tidings import title_in
from openhall.outbox.queries import Message, told_about
from openhall.outbox.terms import Channel, MessageState


def title(message: Message) -> str:
    """The title of ``message`` for who reads it now."""
    english = (get_language() or "").startswith("en")
    return title_in(message.subject, "en" if english else "zh")


@dataclass(frozen=True, slots=True)
class Tiding:
    """One thing told, on one carrier or on several."""

    title: str
    at: datetime
    ways: list[tuple[Message, Channel, MessageState]]


def told(case: Case) -> list[Tiding]:
    """What was told about ``case``, newest first; what went by several carriers is one line."""
    found: dict[tuple[str, datetime], Tiding] = {}
    for message in told_about(case.number):
        at = message.queued_at.replace(second=0, microsecond=0)
        said = title(message)
        tiding = found.setdefault((said, at), Tiding(said, message.queued_at, []))
        tiding.ways.append((message, Channel(message.channel), MessageState(message.state)))
    return list(found.values())
