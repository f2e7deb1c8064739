"""Counting: let through or refused, in one statement that no two processes can both win."""

import time
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.throttle.models import Pace, Spent
from openhall.throttle.proof import VALID
from openhall.throttle.rules.pace import Limit, wait

TABLE: Final = Pace._meta.db_table
# Both databases run the whole statement under the row's lock, so a limit of ten lets ten through.
TAKE: Final = (
    f'INSERT INTO {TABLE} ("limit", who, whole_at) VALUES (%s, %s, %s) '  # noqa: S608
    f'ON CONFLICT ("limit", who) DO UPDATE SET whole_at = %s + CASE WHEN {TABLE}.whole_at > %s '
    f"THEN {TABLE}.whole_at ELSE %s END "
    f"WHERE %s + CASE WHEN {TABLE}.whole_at > %s THEN {TABLE}.whole_at ELSE %s END <= %s "
    "RETURNING whole_at"
)


class TooMany(Refused):
    """It was refused only for now: ``seconds`` says when it will be let through."""

    def __init__(self, said: Said, seconds: int, field: str = "") -> None:
        super().__init__(said, field, code="too_many")
        self.seconds = seconds


def digest_of(who: str) -> str:
    """By what a network, session or account is counted; says nothing of who it is."""
    return salted_hmac("openhall.throttle", who, algorithm="sha256").hexdigest()


def spend(limit: Limit, who: str, many: int = 1) -> int:
    """Count ``many`` for ``who``: 0 where they are let through, else seconds to wait.

    What is refused is not counted, so asking too early makes nobody wait longer. Stands outside the
    act's own transaction: what a refused act counted stays counted.
    """
    if not settings.THROTTLES:
        return 0
    now, key = time.time(), digest_of(who)
    cost = min(many, limit.burst) * limit.every
    most = now + limit.burst * limit.every + 1e-6
    said: list[str | float] = [limit.code, key, now + cost, cost, now, now, cost, now, now, most]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TAKE, said)
        if cursor.fetchone() is not None:
            return 0
    return max(1, waiting(limit, who, many))


def waiting(limit: Limit, who: str, many: int = 1) -> int:
    """Seconds until ``many`` would be let through; nothing is counted."""
    if not settings.THROTTLES:
        return 0
    row = Pace.objects.filter(limit=limit.code, who=digest_of(who)).values_list("whole_at")
    found = row.first()
    return 0 if found is None else wait(limit, found[0], time.time(), many)


def refund(limit: Limit, who: str, many: int = 1) -> None:
    """Give back what :func:`spend` counted beforehand for what then was no failure."""
    rows = Pace.objects.filter(limit=limit.code, who=digest_of(who))
    rows.update(whole_at=F("whole_at") - min(many, limit.burst) * limit.every)


def forgive(limit: Limit, who: str) -> None:
    """Forget what was counted for ``who``."""
    Pace.objects.filter(limit=limit.code, who=digest_of(who)).delete()


@transaction.atomic
def spent_by(mark: str, key: str) -> bool:
    """Spend the proof ``mark`` on the deed ``key``; False where another deed had it."""
    until = time.time() + 2 * VALID
    found, made = Spent.objects.get_or_create(proof=mark, defaults={"by": key, "until": until})
    return made or found.by == key


def spent_before(mark: str, by: str, until: float) -> bool:
    """Whether ``mark`` came before; if not, it is kept until then (seconds since 1970)."""
    with transaction.atomic():
        _found, made = Spent.objects.get_or_create(
            proof=digest_of(mark)[:64], defaults={"by": by[:100], "until": until}
        )
    return not made


def forget_old() -> int:
    """Remove counters and spent proofs that say nothing any more; how many."""
    now = time.time()
    gone = Pace.objects.filter(whole_at__lt=now).delete()[0]
    return gone + Spent.objects.filter(until__lt=now).delete()[0]


LOT: Final = 10
_ahead: dict[tuple[str, str], int] = {}  # of this process: what was counted ahead and not used yet


def spend_in_lots(limit: Limit, who: str) -> int:
    """As :func:`spend` for one, counting ``LOT`` ahead: a read in ten writes to the database.

    A process that ends leaves at most nine counted too many, which the pace forgives in a moment.
    """
    if not settings.THROTTLES:
        return 0
    key = (limit.code, who)
    left = _ahead.get(key, 0)
    if left > 0:
        _ahead[key] = left - 1
        return 0
    if seconds := spend(limit, who, LOT):
        return seconds
    if len(_ahead) > 10_000:
        _ahead.clear()
    _ahead[key] = LOT - 1
    return 0
