"""Setting up, sending again and ending a webhook, by whoever holds its key."""

import secrets
from collections.abc import Iterable
from typing import Final

from openhall.clients.kinds import HOOK
from openhall.clients.models import Hook, Key
from openhall.clients.permissions import allows, owns_hook
from openhall.clients.queries import log_end
from openhall.clients.terms import HookAct, HookEnd, Scope, Topic
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed, made_before, write
from openhall.glossary import Said
from openhall.outbox.carriers.webhook import fault_of_receiver
from openhall.outbox.rules.webhook_signature import secret_of

MOST: Final = 10
NOT_GIVEN: Final = Said(
    "这个密钥没有管理推送的权限，或者推送不是用它设置的。",
    "This key was not given webhooks, or the webhook was set up with another.",
)
NO_SUCH_PLACE: Final = Said(
    "公开账里还没有这个位置。请从0到现有条目数之间选择。",
    "The log has no such place yet. Choose one between 0 and the number of its entries.",
)


def set_up(key: Key, url: str, topics: Iterable[str], place: int | None, doing: Doing) -> Hook:
    """设置推送: from ``place`` of the log on, or from now. The name is resolved before any lock."""
    if fault := fault_of_receiver(url):
        raise Refused(fault, "url")
    return _set_up(key, url, list(topics), place, doing)


@acting()
def _set_up(key: Key, url: str, topics: list[str], place: int | None, doing: Doing) -> Hook:
    before: Hook | None = made_before(HOOK, doing, HookAct.SET_UP, key_id=key.pk, url=url)
    if before is not None:
        return before
    if not allows(key, Scope.HOOKS):
        raise Refused(NOT_GIVEN, code="scope")
    wanted = [one for one in Topic if one.value in topics]
    if not wanted or len(wanted) != len(set(topics)):
        raise Refused(Said("请选择推送的内容。", "Choose what is to be told."), "topics")
    if Topic.CASES in wanted and not allows(key, Scope.CASES):
        raise Refused(
            Said(
                "推送办件的进展，需要有读取办件的权限。",
                "To be told of cases the key must be allowed to read them.",
            ),
            "topics",
            code="scope",
        )
    _one_more(key)
    hook = Hook.objects.create(
        key=key,
        name=f"hook_{secrets.token_hex(8)}",
        url=url,
        secret=secret_of(secrets.token_bytes(32)),
        topics=[one.value for one in wanted],
        place=_place(place),
    )
    write(HOOK, hook, HookAct.SET_UP, doing, detail={"url": url})
    return hook


def _one_more(key: Key) -> None:
    if Hook.objects.filter(key=key, ended_at__isnull=True).count() >= MOST:
        raise Refused(Said(f"一个密钥最多有{MOST}个推送。", f"A key has at most {MOST} webhooks."))


def _place(place: int | None) -> int:
    end = log_end()
    if place is None:
        return end
    if not 0 <= place <= end:
        raise Refused(NO_SUCH_PLACE, "from")
    return place


@deed(HOOK, HookAct.REPLAY)
def replay(hook: Hook, key: Key, place: int, doing: Doing) -> Deed:
    """重新推送: everything from ``place`` on is told anew; one that failed begins again."""
    if not owns_hook(key, hook):
        raise Refused(NOT_GIVEN, code="scope")
    if hook.why_ended not in ("", HookEnd.FAILED.value):
        raise Refused(
            Said("这个推送已经停止，请重新设置。", "This webhook was ended; set up another.")
        )
    if hook.ended_at is not None:
        _one_more(key)
    again = {"ended_at": None, "why_ended": ""}
    moved = {"place": _place(place), "upto": place, "message": None, "turn": hook.turn + 1}
    return write(HOOK, hook, HookAct.REPLAY, doing, changes=again | moved, facts={"from": place})


@deed(HOOK, HookAct.END)
def end(hook: Hook, key: Key, doing: Doing) -> Deed:
    """停止推送."""
    if not owns_hook(key, hook):
        raise Refused(NOT_GIVEN, code="scope")
    if hook.ended_at is not None:
        raise Refused(Said("这个推送已经停止。", "This webhook has ended already."))
    changes = {"ended_at": doing.at, "why_ended": HookEnd.OWNER.value}
    return write(HOOK, hook, HookAct.END, doing, changes=changes, facts={"why": "owner"})
