"""Tokens: RFC 6749, client credentials. Its refusals are the RFC's own, not problems."""

import base64
import binascii
from typing import Any, Final

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from ninja import Router, Schema

from openhall.api.v1.door import route
from openhall.clients.queries import TOKEN_SECONDS, key_presented, token_for
from openhall.clients.rules.keys import Presented, presented_apart
from openhall.throttle.actions import spend, waiting
from openhall.throttle.limits import GUESSES_AT_KEYS
from openhall.throttle.middleware import network

router = Router(tags=["keys"])
FORM: Final = "application/x-www-form-urlencoded"
GRANT: Final = "client_credentials"


class Token(Schema):
    """A token for some scopes of a key, good for an hour and no longer than its key."""

    access_token: str
    token_type: str
    expires_in: int
    scope: str


class NoToken(Schema):
    """RFC 6749 5.2."""

    error: str
    error_description: str


def _refused(error: str, words: str, status: int = 400) -> JsonResponse:
    answer = JsonResponse({"error": error, "error_description": words}, status=status)
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Basic realm="OpenHall"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _client(request: HttpRequest) -> Presented | None:
    scheme, _blank, said = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            name, _colon, secret = base64.b64decode(said, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeError, ValueError):
            return None
        return presented_apart(name, secret)
    return presented_apart(request.POST.get("client_id", ""), request.POST.get("client_secret", ""))


@route(
    router,
    "post",
    "/oauth/token",
    {200: Token, 400: NoToken, 401: NoToken},
    name="token",
    summary="A token for a key",
    unlet=True,
)
def token(request: HttpRequest) -> Any:
    """``grant_type=client_credentials``; ``scope`` narrows what the token may do.

    The key's name is ``client_id``, its secret ``client_secret``: in a Basic header, or in the
    form.
    """
    where = "n" + network(request)
    if seconds := waiting(GUESSES_AT_KEYS, where):
        answer = _refused("slow_down", "Too many wrong keys from here; wait.", 400)
        answer.headers["Retry-After"] = str(seconds)
        return answer
    if request.POST.get("grant_type") != GRANT:
        return _refused("unsupported_grant_type", f"Only {GRANT}, sent as {FORM}.")
    said = _client(request)
    key = key_presented(said, timezone.now()) if said is not None else None
    if key is None:
        spend(GUESSES_AT_KEYS, where)
        return _refused("invalid_client", "The key is wrong, ended or run out.", 401)
    wanted = request.POST.get("scope", "").split() or list(key.scopes)
    if strange := [one for one in wanted if one not in key.scopes]:
        return _refused("invalid_scope", f"The key was not given {strange[0][:40]!r}.")
    answer = JsonResponse(
        {
            "access_token": token_for(key, wanted),
            "token_type": "Bearer",
            "expires_in": TOKEN_SECONDS,
            "scope": " ".join(sorted(set(wanted))),
        }
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
