"""What a template is told of the page it draws: whether it is everybody's, and its address."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import translation

from openhall.press.rules.kinds import Kind, by_route, tidy

KINDS: dict[str, Kind] = by_route(settings.PRESS_KINDS)


def kind_of(request: HttpRequest) -> Kind | None:
    """The kind of the page that is being answered; None for one that is drawn for its reader."""
    match = request.resolver_match
    return KINDS.get(match.view_name) if match is not None else None


def address_of(request: HttpRequest) -> str:
    """The address of this page: of one for everybody without the words that mean nothing there."""
    kind = kind_of(request)
    if kind is None:
        return request.get_full_path()
    sent = [(name, value) for name, values in request.GET.lists() for value in values]
    return tidy(request.path, kind.known(sent))


def address_below(prefix: str, path: str, sent: Iterable[tuple[str, str]]) -> str:
    """The stored address of ``path`` below ``prefix``, with what counts of its words."""
    address = prefix + quote(path)
    kind = kind_at(address)
    return tidy(address, kind.known(sent)) if kind is not None else address


def kind_at(address: str) -> Kind | None:
    """The kind of the page at an address; None where there is none for everybody."""
    path = unquote(urlsplit(address).path)
    language = translation.get_language_from_path(path) or settings.LANGUAGE_CODE
    with translation.override(language):
        try:
            return KINDS.get(resolve(path).view_name)
        except Resolver404:
            return None


def page(request: HttpRequest) -> dict[str, Any]:
    """``everybodys``: nothing of the reader may stand in this page; ``this_page``: its address."""
    return {"everybodys": kind_of(request) is not None, "this_page": address_of(request)}
