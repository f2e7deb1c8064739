"""Who issues, exchanges and ends a key, and what it then opens: deny unless allowed here."""

from datetime import date, datetime

from django.utils import timezone

from openhall.clients.models import Hook, Key
from openhall.clients.terms import Scope
from openhall.organs.models import Account, Organ
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk


def is_operator(account: Account | None, day: date) -> bool:
    """Who runs the installation: any operator's desk."""
    if account is None or not account.is_active:
        return False
    return posts_of(account, day).filter(desk=Desk.OPERATOR.value).exists()


def may_issue_for(account: Account | None, organ: Organ | None, day: date) -> bool:
    """A unit's key: the operator. One's own (``organ`` None): every account that is in use."""
    if organ is not None:
        return is_operator(account, day)
    return account is not None and account.is_active


def may_manage_key(account: Account | None, key: Key, day: date) -> bool:
    """Exchange or end it: the person it is of; of a unit's, the operator."""
    if key.account_id is not None:
        return account is not None and account.is_active and account.pk == key.account_id
    return is_operator(account, day)


def may_end_key(account: Account | None, key: Key, day: date) -> bool:
    """As managing; and the operator ends any key that does harm."""
    return may_manage_key(account, key, day) or is_operator(account, day)


def is_good(key: Key, now: datetime) -> bool:
    """Whether the key opens anything: not ended, not run out, its person still let in."""
    if key.ended_at is not None or timezone.localtime(now).date() > key.good_until:
        return False
    return key.account is None or key.account.is_active


def allows(key: Key, scope: Scope) -> bool:
    """Whether the key was given ``scope``."""
    return scope.value in key.scopes


def owns_hook(key: Key, hook: Hook) -> bool:
    """A webhook is managed with the key it was set up with."""
    return allows(key, Scope.HOOKS) and hook.key_id == key.pk
