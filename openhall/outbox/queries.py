"""What the operator and the holder of an account read."""

from django.db.models import Count

from openhall.outbox.models import Message, Preference
from openhall.outbox.terms import Channel, MessageState
from openhall.paging.keyset import START, Page, Place, paged


def counts() -> dict[str, int]:
    """How many messages stand at each state."""
    found = dict(Message.objects.order_by().values_list("state").annotate(Count("id")))
    return {state.value: found.get(state.value, 0) for state in MessageState}


def listed(
    state: MessageState | None, *, channel: Channel | None = None, at: Place = START
) -> Page[Message]:
    """A page of messages, newest first."""
    rows = Message.objects.all()
    if state is not None:
        rows = rows.filter(state=state.value)
    if channel is not None:
        rows = rows.filter(channel=channel.value)
    return paged(rows, at=at)


def inbox(account_id: int, at: Place = START) -> Page[Message]:
    """A page of the messages in one account, newest first."""
    rows = Message.objects.filter(account=account_id, channel=Channel.ACCOUNT.value)
    return paged(rows, at=at)


def unread(account_id: int) -> int:
    """How many messages in the account have not been opened."""
    rows = Message.objects.filter(account=account_id, channel=Channel.ACCOUNT.value)
    return rows.filter(read_at__isnull=True).count()


def told_about(reference: str, limit: int = 50) -> list[Message]:
    """What was told about one matter, newest first, on every channel."""
    return list(Message.objects.filter(about=reference).order_by("-id")[:limit])


def message_by_pk(pk: int) -> Message | None:
    """One message, whoever it went to."""
    return Message.objects.filter(pk=pk).first()


def message_to(account: int, pk: int) -> Message | None:
    """One message that stands in this account."""
    rows = Message.objects.filter(account=account, channel=Channel.ACCOUNT.value)
    return rows.filter(pk=pk).first()


def preference_of(account: int) -> Preference | None:
    """How this account wishes to be told, if it said so."""
    return Preference.objects.filter(account=account).first()
