"""Named questions about posts."""

from datetime import date
from typing import Final

from django.db import connection
from django.db.models import Q

from openhall.organs.models import Account, Organ, Post
from openhall.organs.terms import Desk

# Every act asks this, so the statement is written out: a fifth of what the ORM takes to compose it.
SITS: Final = (
    f"SELECT 1 FROM {Post._meta.db_table} WHERE account_id = %s AND organ_id = %s"  # noqa: S608
    " AND desk = %s AND since <= %s AND (until IS NULL OR until >= %s)"
)


def sits_at(account: Account, desk: Desk, organ: Organ, day: date) -> bool:
    """Whether ``account`` holds ``desk`` of ``organ`` on ``day``; an inactive one never."""
    if not account.is_active:
        return False
    on = connection.ops.adapt_datefield_value(day)
    with connection.cursor() as cursor:
        cursor.execute(SITS, [account.pk, organ.pk, desk.value, on, on])
        return cursor.fetchone() is not None


def may_settle_contact(account: Account | None, organ: Organ, day: date) -> bool:
    """Change how the unit is reached, which all its guides say: who leads it."""
    return account is not None and sits_at(account, Desk.HEAD, organ, day)


def works_for(account: Account, organ: Organ, day: date) -> bool:
    """Whether ``account`` holds any desk of ``organ`` on ``day``; an inactive one never."""
    held = Post.objects.filter(account=account, organ=organ, since__lte=day)
    return account.is_active and held.filter(Q(until__isnull=True) | Q(until__gte=day)).exists()
