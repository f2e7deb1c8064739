"""The idempotency key that a page sent with an act: the doors' only way to a person's key."""

import uuid

from django.http import HttpRequest

from openhall.deeds.keys import persons_key

FIELD = "key"


def sender_of(request: HttpRequest) -> str:
    """Who sends: the account, or the session of a visitor (begun here if there is none)."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return f"a{user.pk}"
    if not request.session.session_key:
        request.session.create()
    return f"s{request.session.session_key}"


def key_of(request: HttpRequest, sent: str | None = None) -> str:
    """The key of what this page does; one of its own where the page sent none.

    ``sent``: the number the page sent, where it does not stand in the field ``key``.
    """
    number = sent if sent is not None else request.POST.get(FIELD, "")
    return persons_key(sender_of(request), number or str(uuid.uuid4()))
