"""What a page sent with an act: its idempotency key, the doors' only way to a person's key, and the
fields that may be offered once more where the act was not taken."""

import uuid

from django.http import HttpRequest
from django.http.request import UnreadablePostError

from openhall.deeds.keys import persons_key

FIELD = "key"
# What a person typed in confidence is never written back into a page.
UNREPEATABLE = ("csrfmiddlewaretoken", "password", "secret", "token", "credential")


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


def repeatable(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields that were sent, in order, without files and without anything confidential."""
    try:
        sent = request.POST
    except UnreadablePostError:
        return []
    return [
        (name, value)
        for name, values in sent.lists()
        if not any(word in name.lower() for word in UNREPEATABLE)
        for value in values
    ]
