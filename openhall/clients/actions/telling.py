"""Telling the log to webhooks: one batch under way for each, in order, until it has arrived.

While a batch waits to be tried again nothing more is queued behind it: a receiver that is down for
a day costs six attempts and no heap of messages. When the outbox has given a batch up the webhook
ends, its owner is told, and going back to the place is one request.
"""

import json
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from openhall.clients.kinds import HOOK
from openhall.clients.models import Hook
from openhall.clients.permissions import is_good
from openhall.clients.queries import log_end, next_batch, told_hooks
from openhall.clients.terms import HookAct, HookEnd
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.deeds.models import Deed
from openhall.deeds.sweeping import sweep
from openhall.deeds.writer import deed, write
from openhall.glossary import Said
from openhall.outbox.actions import deliver_due, send
from openhall.outbox.queries import message_by_pk
from openhall.outbox.terms import Channel, MessageState

ROUNDS: Final = 20  # batches for one webhook in one run
ARRIVED: Final = (MessageState.SENT.value, MessageState.DELIVERED.value)


def tell_webhooks() -> int:
    """Queue, carry and settle until nothing is due; how many batches arrived."""
    told = 0
    for _round in range(ROUNDS):
        sweep("webhooks", told_hooks(), advance)
        done = deliver_due(webhooks=True)
        told += done
        if not done:
            break
    sweep("webhooks", told_hooks(), advance)
    return told


def advance(hook: Hook) -> None:
    """Settle the batch under way; queue the next where there is none."""
    now = timezone.now()
    if not is_good(hook.key, now):
        _end(hook.pk, HookEnd.KEY, Doing(None, now, system_key("hook-key", hook.pk, hook.turn)))
        return
    if hook.message is not None:
        message = message_by_pk(hook.message)
        if message is not None and message.state == MessageState.GIVEN_UP.value:
            doing = Doing(None, now, system_key("hook-failed", hook.pk, hook.turn, hook.place))
            _end(hook.pk, HookEnd.FAILED, doing)
            return
        if message is not None and message.state not in ARRIVED:
            return
        if message is not None:
            _mine(hook).update(place=hook.upto, message=None)
            hook.place, hook.message = hook.upto, None
    _queue(hook)


def _mine(hook: Hook) -> QuerySet[Hook]:
    """The row, as long as nobody else moved it on."""
    return Hook.objects.filter(
        pk=hook.pk, place=hook.place, message=hook.message, turn=hook.turn, ended_at__isnull=True
    )


@transaction.atomic
def _queue(hook: Hook) -> None:
    entries, upto = next_batch(hook, log_end())
    if not entries:
        if upto > hook.place:
            _mine(hook).update(place=upto)
        return
    body = {
        "type": "log.entries",
        "timestamp": timezone.now().isoformat(timespec="seconds"),
        "data": {"hook": hook.name, "from": hook.place, "to": upto, "entries": entries},
    }
    message = send(
        Channel.WEBHOOK,
        hook.url,
        hook.key.title,
        json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        about=hook.name,
        key=f"s:hook-{hook.pk}-{hook.turn}-{hook.place}",
    )
    _mine(hook).update(message=message.pk, upto=upto)


@deed(HOOK, HookAct.END)
def _end(hook: Hook, why: HookEnd, doing: Doing) -> Deed:
    """A webhook ends by itself, and its owner is told what to do."""
    changes = {"ended_at": doing.at, "why_ended": why.value}
    event = write(HOOK, hook, HookAct.END, doing, changes=changes, facts={"why": why.value})
    words = Said(
        f"推送 {hook.name}（{hook.key.title}）已经停止：{why.zh}。公开账从第{hook.place}条起没有"
        f"送达，没有丢失。修好接收程序后，用同一个密钥请求 {settings.BASE_URL}/api/v1/hooks/"
        f"{hook.name}/replay，从 {hook.place} 起重新推送。",
        f"The webhook {hook.name} ({hook.key.title}) has ended: {why.en.lower()}. The log from "
        f"entry {hook.place} on was not told; nothing of it is lost. Mend the receiver, then ask "
        f"{settings.BASE_URL}/api/v1/hooks/{hook.name}/replay with the same key to be told again "
        f"from {hook.place} on.",
    )
    send(
        Channel.ACCOUNT,
        "",
        f"推送已停止 · A webhook ended: {hook.name}",
        f"{words.zh}\n\n{words.en}",
        about=hook.name,
        key=doing.part("told").key,
        account_id=hook.key.issued_by_id,
        at=doing.at,
    )
    return event
