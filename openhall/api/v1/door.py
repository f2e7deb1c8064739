"""Who asks, how often, in what form it is answered: the same for every route of the version."""

import hashlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from ninja import NinjaAPI, Router, Schema
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

from openhall.api.v1.problems import (
    ABSENT,
    BY_STATUS,
    GROUNDS,
    MEDIA,
    Problem,
    of_refusal,
    problem,
)
from openhall.clients.actions.keys import used
from openhall.clients.queries import Key, key_of_token, key_presented
from openhall.clients.rules.keys import presented
from openhall.clients.terms import Scope
from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.throttle.actions import TooMany, spend, spend_in_lots, waiting
from openhall.throttle.limits import GUESSES_AT_KEYS, KEY_READS, LATER, OPEN_READS, READS
from openhall.throttle.middleware import network
from openhall.throttle.waiting import told

NO_KEY: Final = Said(
    "这项内容要用密钥读取。请在请求头中写明 Authorization: Bearer 密钥。",
    "This asks for a key: send it in the header Authorization: Bearer KEY.",
)
WRONG_KEY: Final = Said(
    "密钥不对、已经停用、已经到期，或者令牌已经过期。",
    "The key is wrong, ended or run out, or the token is too old.",
)
OPEN_FOR: Final = "public, max-age=60"
SCHEMES: Final[dict[str, Any]] = {
    "key": {
        "type": "http",
        "scheme": "bearer",
        "description": "A whole key (oh_…-…), or a token that was given for it.",
    },
    "oauth": {
        "type": "oauth2",
        "description": "RFC 6749, client credentials; a token is good for an hour.",
        "flows": {
            "clientCredentials": {
                "tokenUrl": "/api/v1/oauth/token",
                "scopes": {one.value: f"{one.zh} · {one.en}" for one in Scope},
            }
        },
    },
}


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: a key with the scopes that count now, or anybody."""

    key: Key | None = None
    scopes: frozenset[str] = frozenset()

    @property
    def held(self) -> Key:
        """The key of a route that asks for one."""
        assert self.key is not None
        return self.key


def key_in(request: HttpRequest) -> Caller | None:
    """Who the header says it is; None where it says nothing. A wrong key is never "nobody"."""
    header = request.headers.get("Authorization", "")
    if not header:
        return None
    scheme, _blank, token = header.partition(" ")
    where, now = "n" + network(request), timezone.now()
    if seconds := waiting(GUESSES_AT_KEYS, where):
        raise TooMany(told(READS, seconds, LATER), seconds)
    if scheme.lower() == "bearer" and token.isascii():
        said = presented(token.strip())
        if said is not None:
            key = key_presented(said, now)
            if key is not None:
                return Caller(key, frozenset(key.scopes))
        elif found := key_of_token(token.strip(), now):
            return Caller(found[0], frozenset(found[1]))
    spend(GUESSES_AT_KEYS, where)
    raise Refused(WRONG_KEY, code="key")


class Lets:
    """Lets in who may ask: anybody, or a key with ``scope``. Counted first, then judged."""

    def __init__(self, scope: Scope | None = None) -> None:
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Caller:
        caller = key_in(request)
        if caller is None or caller.key is None:
            self._counted(OPEN_READS, "n" + network(request))
            if self.scope is not None:
                raise Refused(NO_KEY, code="key")
            return Caller()
        self._counted(KEY_READS, f"k{caller.key.pk}")
        used(caller.key, timezone.localdate())
        if self.scope is not None and self.scope.value not in caller.scopes:
            raise Refused(
                Said(
                    f"这个密钥（或者令牌）没有“{self.scope.zh}”的权限（{self.scope.value}）。",
                    f"This key or token was not given “{self.scope.en}” ({self.scope.value}).",
                ),
                code="scope",
            )
        return caller

    @staticmethod
    def _counted(limit: Any, who: str) -> None:
        if seconds := spend_in_lots(limit, who):
            raise TooMany(told(READS, seconds, LATER), seconds)


class Readable(JSONRenderer):
    """Chinese as it is written, not as numbers of signs."""

    json_dumps_params = {"ensure_ascii": False}


class Version(NinjaAPI):
    """The version as it describes itself: problems, keys and 304 on every route."""

    def get_openapi_schema(self, **more: Any) -> Any:
        """Made once a process: it is the code that it describes."""
        if not hasattr(self, "described"):
            self.described = self._made(**more)
        return self.described

    def _made(self, **more: Any) -> Any:
        schema = super().get_openapi_schema(**more)
        defined = schema["components"].setdefault("schemas", {})
        made = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        defined |= made.pop("$defs", {})
        defined["Problem"] = made
        schema["components"]["securitySchemes"] = SCHEMES
        for methods in schema["paths"].values():
            for method, operation in methods.items():
                _describe(method, operation)
        return schema


def _describe(method: str, operation: dict[str, Any]) -> None:
    answers = operation["responses"]
    codes = [400, 401, 404, 422, 429] if method != "get" else [400, 401, 404, 429]
    if {"oauth"} & {name for one in operation.get("security", ()) for name in one}:
        codes.append(403)
    for status in sorted(codes):
        if status in answers or str(status) in answers:
            continue
        ground = GROUNDS[BY_STATUS[status]]
        answers[status] = {
            "description": ground.title.en,
            "content": {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    if method == "get":
        answers.setdefault(304, {"description": "Unchanged: If-None-Match names what it still is"})


v1 = Version(
    title="OpenHall",
    version="1",
    description="阳光政务开放接口 · Open government for a whole city. See /open/api/.",
    docs_url=None,
    urls_namespace="api_v1",
    renderer=Readable(),
)


# ------------------------------------------------------------------ refusals
@v1.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    return of_refusal(request, refusal)


@v1.exception_handler(Http404)
def not_there(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(request, "absent", ABSENT)


@v1.exception_handler(ValidationError)
def not_readable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = [
        {
            "field": ".".join(str(part) for part in one.get("loc", ())[1:] if part != "said"),
            "zh": "不符合接口描述的要求。",
            "en": str(one.get("msg", "")),
        }
        for one in error.errors
    ]
    said = Said("请求中有不符合接口描述的内容。", "Something sent is not as described.")
    return problem(request, "unreadable", said, faults=faults)


@v1.exception_handler(HttpError)
def not_parsed(request: HttpRequest, error: HttpError) -> HttpResponse:
    code = BY_STATUS.get(error.status_code, "unreadable")
    said = Said("请求的内容不是有效的JSON。", "What was sent is not JSON.")
    return problem(request, code, said)


# ------------------------------------------------------------------ routes
def route(
    router: Router,
    method: str,
    path: str,
    shows: Any,
    *,
    name: str,
    summary: str,
    scope: Scope | None = None,
    unlet: bool = False,
    media: str = "",
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A route of the version. ``scope``: what its key must be given; ``unlet``: it judges itself.

    A parameter that nobody reads is refused: a filter misspelt would answer with everything.
    """
    extra: dict[str, Any] = {}
    if not unlet:
        extra["security"] = [{"key": []}, {"oauth": [scope.value]}] if scope else [{}, {"key": []}]
    if media:
        extra["responses"] = {200: {"description": "OK", "content": {media: {"schema": {}}}}}

    def around(view: Callable[..., Any]) -> Callable[..., Any]:
        known = {
            one.name
            for one in inspect.signature(view).parameters.values()
            if f"{{{one.name}}}" not in path and not _is_body(one.annotation)
        } - {"request"}

        @wraps(view)
        def strict(request: HttpRequest, *args: Any, **more: Any) -> Any:
            if strange := sorted(set(request.GET) - known):
                raise Refused(
                    Said(
                        f"没有“{strange[0][:40]}”这个参数。可用的参数："
                        f"{'、'.join(sorted(known)) or '无'}。",
                        f"There is no parameter “{strange[0][:40]}”. Known: "
                        f"{', '.join(sorted(known)) or 'none'}.",
                    ),
                    strange[0][:40],
                    code="unreadable",
                )
            return view(request, *args, **more)

        return getattr(router, method)(
            path,
            response=shows,
            auth=None if unlet else Lets(scope),
            url_name=name,
            operation_id=name,
            summary=summary,
            by_alias=True,
            openapi_extra=extra,
        )(strict)

    return around


def _is_body(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Schema)


def tagged(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """ETag and 304; what is of one's own is kept by nobody else."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **more: Any) -> HttpResponseBase:
        answer = view(request, *args, **more)
        patch_vary_headers(answer, ["Authorization"])
        answer.headers["Access-Control-Allow-Origin"] = "*"  # no cookie is read here
        fresh = request.method == "GET" and answer.status_code == 200
        if not (fresh and isinstance(answer, HttpResponse)):
            answer.headers["Cache-Control"] = "no-store"
            return answer
        mine = "Authorization" in request.headers
        answer.headers.setdefault("Cache-Control", "private, no-cache" if mine else OPEN_FOR)
        tag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
        answer.headers["ETag"] = tag
        said = get_conditional_response(request, etag=tag, response=answer)
        return answer if said is None else said

    return answered


v1.add_decorator(tagged, mode="view")


def here(path: str) -> str:
    """An address of this site in full."""
    return settings.BASE_URL + path
