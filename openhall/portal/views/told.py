"""The messages of one case as its holder reads them: how, to whom (masked), and whether it came.

A message stays in the language it was sent in; its title is told in the language of the page.
"""

from django.utils.translation import get_language

from openhall.cases.queries import Case
from openhall.cases.rules.tidings import title_in
from openhall.outbox.queries import Message, told_about
from openhall.outbox.terms import Channel, MessageState


def title(message: Message) -> str:
    """The title of ``message`` for who reads it now."""
    english = (get_language() or "").startswith("en")
    return title_in(message.subject, "en" if english else "zh")


def told(case: Case) -> list[tuple[Message, str, Channel, MessageState]]:
    """Every message about ``case`` with its title, newest first."""
    return [
        (message, title(message), Channel(message.channel), MessageState(message.state))
        for message in told_about(case.number)
    ]
