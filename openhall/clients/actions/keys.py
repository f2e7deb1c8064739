"""Issuing, exchanging and ending a key. The secret is shown once and kept as a digest."""

import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from openhall.clients.kinds import HOOK, KEY
from openhall.clients.models import Hook, Key
from openhall.clients.permissions import may_end_key, may_issue_for, may_manage_key
from openhall.clients.rules.keys import SECRET_BYTES, digest, fits, secret_of, whole
from openhall.clients.rules.scopes import scopes_named
from openhall.clients.terms import HookAct, HookEnd, KeyAct
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed, made_before, write
from openhall.glossary import Said
from openhall.organs.models import Organ
from openhall.paging.typed import fault_of_text

LONGEST_LIFE: Final = 366  # days
MOST_OF_A_PERSON: Final = 10
OVERLAP: Final = timedelta(hours=24)  # in which the secret before an exchange is still good
NOT_YOURS: Final = Said(
    "单位的密钥由运维人员发放和管理，个人的密钥由本人管理。",
    "The operator issues and manages the keys of units; a person's key is that person's own.",
)
ENDED: Final = Said("这个密钥已经停用。", "This key has ended.")


@acting()
def issue(
    organ: Organ | None, title: str, scopes: Iterable[str], good_until: date, doing: Doing
) -> tuple[Key, str]:
    """发放密钥 to ``organ``, or to who asks; the whole key, which is never shown again.

    Empty instead of the key where the same click issued it before.
    """
    before: Key | None = made_before(KEY, doing, KeyAct.ISSUE, organ_id=organ and organ.pk)
    if before is not None:
        return before, ""
    if not may_issue_for(doing.actor, organ, doing.day):
        raise Refused(NOT_YOURS)
    words = title.strip()
    if not 2 <= len(words) <= 80:
        raise Refused(
            Said("请写明是什么程序，2至80个字。", "Say what programme it is, in 2 to 80 signs."),
            "programme",
        )
    if fault := fault_of_text(words):
        raise Refused(fault, "programme")
    if not doing.day < good_until <= doing.day + timedelta(days=LONGEST_LIFE):
        raise Refused(
            Said("密钥最长一年有效，到期再发。", "A key is good for a year at most; then anew."),
            "good_until",
        )
    if organ is None and _has_many(doing):
        raise Refused(
            Said(
                f"一个账户最多有{MOST_OF_A_PERSON}个有效的密钥。请先停用不用的。",
                f"An account has at most {MOST_OF_A_PERSON} keys. End one that is not used.",
            )
        )
    secret = secret_of(secrets.token_bytes(SECRET_BYTES))
    key = Key.objects.create(
        name=f"oh_{secrets.token_hex(8)}",
        title=words,
        account=None if organ is not None else doing.actor,
        organ=organ,
        scopes=[one.value for one in scopes_named(scopes)],
        digest=digest(secret),
        issued_by=doing.actor,
        issued_at=doing.at,
        good_until=good_until,
    )
    write(KEY, key, KeyAct.ISSUE, doing, detail={"title": words})
    return key, whole(key.name, secret)


def _has_many(doing: Doing) -> bool:
    rows = Key.objects.filter(account=doing.actor, ended_at__isnull=True)
    return rows.filter(good_until__gte=doing.day).count() >= MOST_OF_A_PERSON


def exchange(pk: int, doing: Doing) -> tuple[Key, str]:
    """更换密钥: a new secret; the one before is good for another day. Empty for a second click."""
    secret = secret_of(secrets.token_bytes(SECRET_BYTES))
    _exchange(pk, digest(secret), doing)
    key = Key.objects.select_related("organ", "account").get(pk=pk)
    return key, whole(key.name, secret) if fits(secret, key.digest) else ""


@deed(KEY, KeyAct.ROTATE)
def _exchange(key: Key, fresh: str, doing: Doing) -> Deed:
    if not may_manage_key(doing.actor, key, doing.day):
        raise Refused(NOT_YOURS)
    if key.ended_at is not None:
        raise Refused(ENDED)
    changes = {
        "digest": fresh,
        "former_digest": key.digest,
        "former_until": doing.at + OVERLAP,
        "turn": key.turn + 1,
    }
    return write(KEY, key, KeyAct.ROTATE, doing, changes=changes)


@deed(KEY, KeyAct.END)
def end(key: Key, doing: Doing) -> Deed:
    """停用密钥: at once, with its tokens and its webhooks."""
    if not may_end_key(doing.actor, key, doing.day):
        raise Refused(NOT_YOURS)
    if key.ended_at is not None:
        raise Refused(ENDED)
    changes = {"ended_at": doing.at, "former_digest": "", "former_until": None}
    event = write(KEY, key, KeyAct.END, doing, changes=changes)
    for hook in Hook.objects.filter(key=key, ended_at__isnull=True).select_related("key__organ"):
        done = {"ended_at": doing.at, "why_ended": HookEnd.KEY.value}
        facts = {"why": HookEnd.KEY.value}
        part = doing.part(f"end-{hook.pk}")
        write(HOOK, hook, HookAct.END, part, changes=done, facts=facts)
    return event


def used(key: Key, day: date) -> None:
    """Note that the key was used today; one statement a day."""
    if key.used_on != day:
        Key.objects.filter(pk=key.pk).update(used_on=day)
