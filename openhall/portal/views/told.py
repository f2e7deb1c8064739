"""The messages of one case as its holder reads them: how, to whom (masked), and whether it came."""

from openhall.cases.models import Case
from openhall.outbox.models import Message
from openhall.outbox.queries import told_about
from openhall.outbox.terms import Channel, MessageState


def told(case: Case) -> list[tuple[Message, Channel, MessageState]]:
    """Every message about ``case``, newest first."""
    return [
        (message, Channel(message.channel), MessageState(message.state))
        for message in told_about(case.number)
    ]
