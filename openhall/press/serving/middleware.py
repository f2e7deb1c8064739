"""A page for everybody that is not stored, or is stale, is made now, and what was made is kept."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from openhall.press.actions.making import MARK, make
from openhall.press.context import kind_at
from openhall.press.rules.kinds import Kind, tidy
from openhall.press.serving.layer import _may_be_stored

logger = logging.getLogger(__name__)


def asked_for(request: HttpRequest) -> tuple[Kind, str] | None:
    """The kind and the address of a page that may be stored; None for any other request."""
    if request.method != "GET" or MARK in request.META or "Authorization" in request.headers:
        return None
    path = request.path_info
    kind = kind_at(path)
    if kind is None:
        return None
    sent = [(name, value) for name, values in request.GET.lists() for value in values]
    known = kind.known(sent)
    if len(known) != len(sent):
        return None  # a word that this page does not know: it is drawn as it is asked for
    address = tidy(path, known)
    return (kind, address) if _may_be_stored(address) else None


class Keeping:
    """Around everything that draws: whoever asks is given what is stored for all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = asked_for(request) if settings.PRESS else None
        if asked is None:
            return self.get_response(request)
        try:
            made = make(*asked)
        except (
            Exception
        ):  # the page is more than its being kept: a full disk, a database that waits
            logger.exception("A page could not be made for everybody: %s", asked[1])
            return self.get_response(request)
        if made.status != 200:
            return self.get_response(
                request
            )  # a refusal or a way elsewhere is drawn for its reader
        return made.answer()


TEXTS = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg")


class Zipped(GZipMiddleware):
    """Live pages are sent zipped, but for those that show a secret beside words of the request.

    Who can have words repeated in such a page and see how long it is guesses the secret sign by
    sign (BREACH); Django masks its own token anew each time, a query code is not masked.
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        match = request.resolver_match
        name = match.view_name if match is not None else ""
        is_text = response.headers.get("Content-Type", "").startswith(TEXTS)
        if not is_text or name.startswith(settings.SECRET_PAGES):
            return response
        return super().process_response(request, response)
