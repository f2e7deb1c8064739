"""Forms on pages that are stored for everybody: whence they were sent takes the token's place.

A stored page can hold no token of its reader. What its forms begin (looking up a code, beginning an
application) is taken from a page of this site, by what the browser says of the sender; a page of
another site is refused, and a browser that says nothing is asked to press once more.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

OURS: Final = "is_own_page"
SITE: Final = "Sec-Fetch-Site"  # the browser's own word, which no page can set


def _sender(request: HttpRequest) -> str:
    return request.headers.get("Origin") or request.headers.get("Referer", "")


def from_our_own_page(request: HttpRequest) -> bool:
    """Whether the form was sent from a page of this site and not planted by another."""
    if request.headers.get(SITE, "same-origin") != "same-origin":
        return False
    sender = _sender(request)
    if sender in {"", "null"}:
        return False
    try:
        found = urlsplit(sender)
    except ValueError:  # no address at all, such as http://[
        return False
    return found.scheme == request.scheme and found.netloc == request.get_host()


def says_nothing(request: HttpRequest) -> bool:
    """Whether the browser keeps to itself whence the form was sent."""
    return not _sender(request) and SITE not in request.headers


def is_own_page(request: HttpRequest) -> bool:
    """Whether what is asked for is sent from stored pages, which have no token."""
    match = request.resolver_match
    return bool(match is not None and getattr(match.func, OURS, False))


def own_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view that forms of stored pages are sent to.

    Sent from a page of ours it is done; else it needs a good token, as everything does.
    """
    guarded = csrf_protect(view)

    @wraps(view)
    def sent(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and from_our_own_page(request):
            return view(request, *args, **kwargs)
        return guarded(request, *args, **kwargs)

    setattr(sent, OURS, True)
    return csrf_exempt(sent)
