"""Webhooks: the public log told on, signed, in order, until it has arrived."""

from datetime import datetime
from typing import Annotated, Any, Final

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import BeforeValidator, Field

from openhall.api.v1.door import route
from openhall.api.v1.keyed import doing_of, key_of
from openhall.api.v1.paging import Code
from openhall.api.v1.problems import absent
from openhall.clients.actions import hooks as acts
from openhall.clients.queries import Hook, hook_of, hooks_of
from openhall.clients.terms import Scope, Topic
from openhall.glossary import Said
from openhall.outbox.queries import message_by_pk
from openhall.outbox.terms import MessageState
from openhall.paging.whole import MOST

router = Router(tags=["webhooks"])
NO_HOOK: Final = Said("这个密钥没有这个推送。", "This key has no webhook of this name.")


def _no_flag(sent: Any) -> Any:
    if isinstance(sent, (bool, str | float)):
        raise ValueError("not a whole number")
    return sent


Place = Annotated[int, BeforeValidator(_no_flag), Field(ge=0, le=MOST)]


class HookWanted(Schema):
    """Where to tell what. ``start``: from which entry of the log on; else from now."""

    url: Annotated[str, Field(min_length=8, max_length=300)]
    topics: Annotated[list[Topic], Field(min_length=1, max_length=len(Topic))]
    start: Place | None = None


class Again(Schema):
    """From which entry on everything is told anew."""

    start: Place


class HookTold(Schema):
    """A webhook and how far it was told; ``waiting`` says what became of the batch under way."""

    name: str
    url: str
    topics: list[str]
    told_up_to: int
    waiting: str | None
    ended_at: datetime | None
    why_ended: str


class HookMade(HookTold):
    """With the secret that signs it (whsec_…)."""

    secret: str


class Hooks(Schema):
    data: list[HookTold]


def _told(hook: Hook) -> dict[str, Any]:
    message = message_by_pk(hook.message) if hook.message is not None else None
    return {
        "name": hook.name,
        "url": hook.url,
        "topics": hook.topics,
        "told_up_to": hook.place,
        "waiting": MessageState(message.state).value if message is not None else None,
        "ended_at": hook.ended_at,
        "why_ended": hook.why_ended,
    }


def _hook(request: HttpRequest, name: str) -> Hook:
    found = hook_of(key_of(request), name)
    if found is None:
        raise absent(NO_HOOK)
    return found


@route(
    router, "get", "/hooks", Hooks, name="hooks", summary="The key's webhooks", scope=Scope.HOOKS
)
def hooks(request: HttpRequest) -> dict[str, Any]:
    """Each with how far the log was told to it."""
    return {"data": [_told(one) for one in hooks_of(key_of(request))]}


@route(
    router,
    "post",
    "/hooks",
    {201: HookMade},
    name="set_up_hook",
    summary="Set up a webhook",
    scope=Scope.HOOKS,
)
def set_up_hook(request: HttpRequest, said: HookWanted) -> Any:
    """``cases`` tells the steps of one's own cases, and asks for that scope too.

    The address is one that the world can reach over https. The secret signs every message
    (Standard Webhooks, v1).
    """
    topics = [one.value for one in said.topics]
    hook = acts.set_up(key_of(request), said.url, topics, said.start, doing_of(request))
    return Status(201, _told(hook) | {"secret": hook.secret})


@route(
    router,
    "get",
    "/hooks/{name}",
    HookTold,
    name="hook",
    summary="One webhook",
    scope=Scope.HOOKS,
)
def hook(request: HttpRequest, name: Code) -> dict[str, Any]:
    """How far it was told, and whether a batch waits to be tried again."""
    return _told(_hook(request, name))


@route(
    router,
    "post",
    "/hooks/{name}/replay",
    HookTold,
    name="replay_hook",
    summary="Tell again from a place",
    scope=Scope.HOOKS,
)
def replay_hook(request: HttpRequest, name: Code, said: Again) -> dict[str, Any]:
    """Everything from ``start`` on is told anew; one that ended by failing begins again."""
    found = _hook(request, name)
    acts.replay(found.pk, key_of(request), said.start, doing_of(request))
    return _told(_hook(request, name))


@route(
    router,
    "delete",
    "/hooks/{name}",
    HookTold,
    name="end_hook",
    summary="End a webhook",
    scope=Scope.HOOKS,
)
def end_hook(request: HttpRequest, name: Code) -> dict[str, Any]:
    """Nothing more is told; what it was stays in the log."""
    found = _hook(request, name)
    acts.end(found.pk, key_of(request), doing_of(request))
    return _told(_hook(request, name))
