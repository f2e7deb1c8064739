"""What the operator and the holder of an account read."""

from django.db.models import Count

from openhall.outbox.models import Message
from openhall.outbox.terms import Channel, MessageState

PAGE = 25


def counts() -> dict[str, int]:
    """How many messages stand at each state."""
    found = dict(Message.objects.order_by().values_list("state").annotate(Count("id")))
    return {state.value: found.get(state.value, 0) for state in MessageState}


def listed(
    state: MessageState | None, *, channel: Channel | None = None, before: int | None = None
) -> tuple[list[Message], bool]:
    """A page of messages, newest first, and whether older ones follow."""
    rows = Message.objects.order_by("-id")
    if state is not None:
        rows = rows.filter(state=state.value)
    if channel is not None:
        rows = rows.filter(channel=channel.value)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    page = list(rows[: PAGE + 1])
    return page[:PAGE], len(page) > PAGE


def inbox(account_id: int, *, before: int | None = None) -> tuple[list[Message], bool]:
    """A page of the messages in one account, newest first, and whether older ones follow."""
    rows = Message.objects.filter(account=account_id, channel=Channel.ACCOUNT.value)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    page = list(rows.order_by("-id")[: PAGE + 1])
    return page[:PAGE], len(page) > PAGE


def unread(account_id: int) -> int:
    """How many messages in the account have not been opened."""
    rows = Message.objects.filter(account=account_id, channel=Channel.ACCOUNT.value)
    return rows.filter(read_at__isnull=True).count()


def told_about(reference: str, limit: int = 50) -> list[Message]:
    """What was told about one matter, newest first, on every channel."""
    return list(Message.objects.filter(about=reference).order_by("-id")[:limit])
