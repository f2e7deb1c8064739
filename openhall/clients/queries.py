"""Which key was presented, whose it is, and what of the log is still to be told."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet

from openhall.cases.models import Case
from openhall.clients.models import Hook, Key
from openhall.clients.permissions import is_good
from openhall.clients.rules.keys import NAME, Presented, fits
from openhall.clients.rules.scopes import kinds_of
from openhall.clients.terms import Topic
from openhall.ledger.models import Leaf
from openhall.ledger.queries import latest_checkpoint
from openhall.organs.models import Account
from openhall.paging.keyset import START, Page, Place, paged

TOKEN_SECONDS: Final = 3600
SALT: Final = "openhall.clients.token"
BATCH: Final = 100  # entries told at once
LOOKED_THROUGH: Final = 5_000  # entries of the log read for one batch


# ------------------------------------------------------------------ keys
def key_named(name: str) -> Key | None:
    """The key with this name, whatever became of it."""
    if not NAME.fullmatch(name):
        return None
    return Key.objects.select_related("account", "organ").filter(name=name).first()


def key_presented(said: Presented, now: datetime) -> Key | None:
    """The key whose name and secret were presented, if it opens anything; one statement."""
    key = key_named(said.name)
    former = ""
    if key is not None and key.former_until is not None and now < key.former_until:
        former = key.former_digest
    # A name that there is not is compared too: it takes as long as a wrong secret.
    right = fits(said.secret, key.digest if key else "", former)
    return key if key is not None and right and is_good(key, now) else None


def token_for(key: Key, scopes: Iterable[str]) -> str:
    """A token of one hour for some scopes of ``key``; it ends at once with the key."""
    return signing.dumps([key.name, key.turn, sorted(scopes)], salt=SALT)


def key_of_token(token: str, now: datetime) -> tuple[Key, list[str]] | None:
    """The key a token was given for, with the scopes it was asked for; None: not good any more."""
    try:
        name, turn, scopes = signing.loads(token, salt=SALT, max_age=TOKEN_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    key = key_named(str(name))
    if key is None or key.turn != turn or not is_good(key, now):
        return None
    return key, [one for one in scopes if one in key.scopes]


def own_keys(account: Account) -> list[Key]:
    """The keys of a person, the newest first."""
    return list(Key.objects.filter(account=account).order_by("-pk")[:50])


def keys_of_units(at: Place = START) -> Page[Key]:
    """The keys of units, the newest first."""
    rows = Key.objects.filter(organ__isnull=False).select_related("organ", "issued_by")
    return paged(rows, at=at)


# ------------------------------------------------------------------ what a key opens
def cases_of_key(key: Key) -> QuerySet[Case]:
    """The cases that are the key's own."""
    rows = Case.objects.select_related("organ", "item", "item_version")
    if key.account is not None:
        return rows.filter(account=key.account)
    assert key.organ is not None  # the database asks for one of the two
    return rows.filter(organ=key.organ)


def case_of_key(key: Key, number: str) -> Case | None:
    """One of them by its number."""
    return cases_of_key(key).filter(number=number).first()


# ------------------------------------------------------------------ webhooks
def hooks_of(key: Key) -> list[Hook]:
    """The webhooks of a key, the newest first."""
    return list(Hook.objects.filter(key=key).order_by("-pk")[:100])


def hook_of(key: Key, name: str) -> Hook | None:
    """One of them."""
    return Hook.objects.select_related("key").filter(key=key, name=name).first()


def hooks_of_keys(keys: Iterable[Key]) -> dict[int, list[Hook]]:
    """The webhooks of several keys, by key."""
    found: dict[int, list[Hook]] = {}
    for hook in Hook.objects.filter(key__in=[one.pk for one in keys]).order_by("-pk"):
        found.setdefault(hook.key_id, []).append(hook)
    return found


def signing_secret(about: str) -> str:
    """With what a message about webhook ``about`` is signed; empty for one there is not."""
    hook = Hook.objects.filter(name=about, ended_at__isnull=True).first()
    return hook.secret if hook is not None else ""


def log_end() -> int:
    """The first entry that no checkpoint covers yet: so far the log is told."""
    latest = latest_checkpoint()
    return latest.size if latest else 0


def next_batch(hook: Hook, end: int) -> tuple[list[dict[str, Any]], int]:
    """The next entries for ``hook`` and the place after them; at most ``BATCH`` of them.

    Each is told with its place in the log, so that a reader asks for its proof there.
    """
    upto = min(end, hook.place + LOOKED_THROUGH)
    rows = (
        Leaf.objects.filter(
            index__gte=hook.place, index__lt=upto, entry__kind__in=kinds_of(hook.topics)
        )
        .order_by("index")
        .values_list("index", "entry__kind", "entry__body")
    )
    told: list[dict[str, Any]] = []
    found = [(at, kind, json.loads(bytes(body))) for at, kind, body in rows]
    mine = _own(hook, [str(body.get("case", "")) for _at, kind, body in found if kind == "case"])
    for index, kind, body in found:
        if kind == "case" and body.get("case") not in mine:
            continue
        if len(told) == BATCH:
            return told, int(told[-1]["index"]) + 1
        url = f"{settings.BASE_URL}/api/v1/log/entries/{index}"
        told.append({"index": index, "kind": kind, "entry": body, "url": url})
    return told, upto


def _own(hook: Hook, numbers: list[str]) -> set[str]:
    if Topic.CASES.value not in hook.topics or not numbers:
        return set()
    rows = cases_of_key(hook.key).filter(number__in=set(numbers))
    return set(rows.values_list("number", flat=True))


def told_hooks() -> QuerySet[Hook]:
    """The webhooks that are told of the log now."""
    rows = Hook.objects.select_related("key__organ", "key__account")
    return rows.filter(ended_at__isnull=True).order_by("pk")
