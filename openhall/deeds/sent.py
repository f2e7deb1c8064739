"""The key of what a page sent, bound to who sent it: nobody spends another's. See ``keys.py``."""

from uuid import uuid4

from django.http import HttpRequest

from openhall.deeds.keys import persons_key


def sender_of(request: HttpRequest) -> str:
    """Who sends: the account that is signed in, otherwise the session."""
    if request.user.is_authenticated:
        return f"a{request.user.pk}"
    if not request.session.session_key:
        request.session.save()
    return f"s{request.session.session_key}"


def key_of(request: HttpRequest, *parts: object) -> str:
    """The idempotency key of the form that was sent; ``parts`` tell apart what one form may do.

    A form without a number of its own is a new one each time.
    """
    sent = request.POST.get("key") or str(uuid4())
    return persons_key(sender_of(request), "-".join([sent, *map(str, parts)]))
