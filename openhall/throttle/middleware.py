"""Where requests come from, and how fast they may write: two layers around every view."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from openhall.deeds.refusals import Refused
from openhall.deeds.sent import sender_of
from openhall.throttle.actions import TooMany, spend, waiting
from openhall.throttle.limits import (
    BY_ROUTE,
    BY_STEP,
    CODES,
    MACHINES,
    REFUSALS,
    REFUSALS_TOLD,
    SIGNED,
    UPLOADS,
    WRITING,
    Guard,
)
from openhall.throttle.pages import too_many
from openhall.throttle.rules.networks import address_of, client_of, declared, network_of
from openhall.throttle.waiting import told

logger = logging.getLogger(__name__)
Answer = Callable[[HttpRequest], HttpResponseBase]
READING = {"GET", "HEAD", "OPTIONS"}
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST")


class Proxies:
    """``REMOTE_ADDR`` becomes who asks; what an undeclared peer says of itself is left out.

    Everything behind this layer, allauth and Django's own check of https too, reads the one
    address; nothing else reads ``X-Forwarded-For``.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        meta, proxies = request.META, settings.PROXIES
        peer = meta.get("REMOTE_ADDR", "")
        behind = settings.PROXY_COUNT > 0 and declared(address_of(peer), proxies)
        line = meta.get("HTTP_X_FORWARDED_FOR", "") if behind else ""
        meta["REMOTE_ADDR"] = client_of(peer, line, proxies, settings.PROXY_COUNT) or peer
        meta.pop("HTTP_X_FORWARDED_FOR", None)
        if not behind:
            for name in FORWARDED:
                meta.pop(name, None)
        return self.get_response(request)


def network(request: HttpRequest) -> str:
    """The network from which ``request`` comes."""
    return network_of(request.META.get("REMOTE_ADDR", ""))


def known(request: HttpRequest) -> bool:
    """Whether an account is signed in."""
    return bool(getattr(request, "user", None) and request.user.is_authenticated)


def whose(request: HttpRequest) -> str:
    """The account or the session that asks; empty for a visitor without either."""
    if known(request) or request.session.session_key:
        return sender_of(request)
    return ""


def count(request: HttpRequest, guard: Guard, many: int = 1) -> None:
    """Count ``many`` of ``guard``; raises :class:`TooMany` with the sentence.

    An account is counted by itself, wherever it is: a hall's colleagues share one address.
    """
    asked = [] if known(request) else [(guard.network, "n" + network(request))]
    if who := whose(request):
        asked.append((guard.visitor, who))
    # Asked before counted: a visitor at the limit must not use up what the network has left.
    for limit, counted in asked:
        if seconds := waiting(limit, counted, many):
            raise TooMany(told(guard.what, seconds, guard.otherwise), seconds)
    for limit, counted in asked:
        if seconds := spend(limit, counted, many):
            raise TooMany(told(guard.what, seconds, guard.otherwise), seconds)


def may_try_code(request: HttpRequest) -> None:
    """Raises :class:`TooMany` where too many wrong codes came from here."""
    for limit, counted in (
        (CODES.network, "n" + network(request)),
        (CODES.visitor, whose(request)),
    ):
        if counted and (seconds := waiting(limit, counted)):
            raise TooMany(told(CODES.what, seconds, CODES.otherwise), seconds)


def wrong_code(request: HttpRequest) -> None:
    """Count one wrong code."""
    spend(CODES.network, "n" + network(request))
    if who := whose(request):
        spend(CODES.visitor, who)


@contextmanager
def trying_code(request: HttpRequest, *fields: str) -> Iterator[None]:
    """Around an act that somebody does by a code alone: what is refused at ``fields`` was a wrong
    one. Raises :class:`TooMany` where too many wrong codes came from here."""
    may_try_code(request)
    try:
        yield
    except Refused as refusal:
        if refusal.field in fields:
            wrong_code(request)
        raise


def guards_of(name: str, step: str, files: int) -> Iterator[tuple[Guard, int]]:
    """What is asked at the route ``name``: each guard, and how many count."""
    if name in SIGNED or name.startswith("api_v1:"):  # that door counts reading too, by key
        return
    yield (MACHINES if name.startswith("api") else WRITING), 1
    for guard in (*BY_ROUTE.get(name, ()), *(BY_STEP.get(step, ()) if "draft" in name else ())):
        yield guard, 1
    if files:
        yield UPLOADS, files


class Throttle:
    """Every request that writes is counted before its view is called, by ``limits.BY_ROUTE``."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if answer.status_code in (401, 403) and settings.THROTTLES:
            self._refused(request)
        return answer

    def _refused(self, request: HttpRequest) -> None:
        """Somebody who is refused again and again is trying doors: told to the operator once an
        hour, because the counter stays full that long at the pace of an attack."""
        where = network(request)
        if spend(REFUSALS, "n" + where) and not spend(REFUSALS_TOLD, where):
            logger.error("One network was refused more than %s times: %s", REFUSALS.burst, where)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if request.method in READING or not settings.THROTTLES:
            return None
        match = request.resolver_match
        name = match.view_name if match is not None else ""
        files = sum(len(files) for _name, files in request.FILES.lists())
        try:
            for guard, many in guards_of(name or "", str(kwargs.get("step", "")), files):
                count(request, guard, many)
        except TooMany as refusal:
            return too_many(request, refusal)
        return None

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        return too_many(request, exception) if isinstance(exception, TooMany) else None
