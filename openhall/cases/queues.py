"""Working queues: what waits at a desk, the most urgent first, paged by key.

Each stage is read in the order of its own partial index, and the few rows of all of them are merged
by the database in the same statement, so that a queue of three stages costs what one costs. The
statement is written here by hand because the mapper cannot limit the parts of a union.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection
from django.http import Http404
from django.utils import timezone

from openhall.cases.models import Case, ExtensionRequest, StandIn
from openhall.cases.terms import Stage
from openhall.catalogue.queries import tariffs_on
from openhall.organs.models import Account, Organ
from openhall.organs.terms import Desk
from openhall.paging.keyset import START, Page, Place, beyond, key_of

PAGE: Final = 25
COUNTED_UP_TO: Final = 999  # a queue longer than this says "999+"


@dataclass(frozen=True, slots=True)
class Bucket:
    """One queue of a desk: the stages in it, and the date by which it is ordered."""

    code: str
    stages: tuple[Stage, ...]
    by: str


BUCKETS: Final[dict[Desk, tuple[Bucket, ...]]] = {
    Desk.WINDOW: (
        Bucket("answer", (Stage.SUBMITTED, Stage.SUPPLEMENTED), "answer_due"),
        Bucket("hand_over", (Stage.ACCEPTED,), "promise_due"),
        Bucket("finish", (Stage.GRANTED, Stage.ISSUED, Stage.REFUSED), "delivery_due"),
        Bucket("asked", (Stage.SUPPLEMENT_ASKED,), "answer_due"),
    ),
    Desk.HANDLER: (
        Bucket("handling", (Stage.HANDLING,), "promise_due"),
        Bucket("above", (Stage.FORWARDED,), "promise_due"),
    ),
    Desk.DECIDER: (
        Bucket("decide", (Stage.REVIEWED,), "promise_due"),
        Bucket("handled", (Stage.HANDLING,), "promise_due"),
    ),
    Desk.HEAD: (
        Bucket("extensions", (Stage.HANDLING, Stage.REVIEWED), "promise_due"),
        Bucket("handled", (Stage.HANDLING,), "promise_due"),
        Bucket("supplemented", (Stage.SUPPLEMENTED,), "answer_due"),
    ),
}

CASES: Final = Case._meta.db_table
REQUESTS: Final = ExtensionRequest._meta.db_table
# The words of the partial indexes: a database uses one only where the question repeats them.
STANDING: Final[dict[str, str]] = {
    "answer_due": "closed_at IS NULL",
    "promise_due": "closed_at IS NULL",
    "delivery_due": "delivered_at IS NULL",
}
# What lies with a head: of the own unit, and joint cases of the units below.
ASKED_OF: Final = (
    f"id IN (SELECT case_id FROM {REQUESTS} WHERE asked_of_id = %s"  # noqa: S608
    " AND answered_at IS NULL)"
)
# What a queue shows of a case; the rest stays encrypted and unread.
SHOWN: Final = (
    "number",
    "stage",
    "applicant_kind",
    "applicant_name",
    "answer_due",
    "promise_due",
    "delivery_due",
    "suspended_since",
    "received_at",
    "item_version__name",
    "item_version__name_en",
)


def bucket_of(desk: Desk, code: str) -> Bucket:
    """The queue of ``desk`` named ``code``; its first one for any other word."""
    buckets = BUCKETS[desk]
    return next((bucket for bucket in buckets if bucket.code == code), buckets[0])


def counted(bucket: Bucket, desk: Desk, organ: Organ, account: Account) -> int:
    """How many wait in ``bucket``, counted up to a little over 999."""
    where, asked = _which(bucket, desk, organ, account)
    part = f"SELECT id FROM {CASES} WHERE {where} AND stage = %s"  # noqa: S608
    waiting = " UNION ALL ".join([part] * len(bucket.stages))
    values = [value for stage in bucket.stages for value in (*asked, stage.value)]
    sql = f"SELECT COUNT(*) FROM ({waiting} LIMIT {beyond(COUNTED_UP_TO)}) part"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.fetchone()[0])


def queue(
    bucket: Bucket, desk: Desk, organ: Organ, account: Account, at: Place = START
) -> Page[Case]:
    """A page of ``bucket``, the most urgent first; who has no day at all comes last.

    It is read onwards only: what was at the head of a queue a moment ago is often done by now.
    """
    ids = _ids(bucket, *_which(bucket, desk, organ, account), key_of(at))
    shown, more = ids[:PAGE], len(ids) > PAGE
    found = Case.objects.select_related("item_version").only(*SHOWN).in_bulk(shown)
    return Page([found[pk] for pk in shown], shown[-1] if more else "", name=at.name)


def _which(
    bucket: Bucket, desk: Desk, organ: Organ, account: Account
) -> tuple[str, tuple[Any, ...]]:
    """The condition on a case of ``bucket``, whatever its stage, and its values."""
    if bucket.code == "extensions":
        return ASKED_OF, (organ.pk,)
    where = f"organ_id = %s AND {STANDING[bucket.by]}"
    if bucket.code in ("answer", "asked"):  # a joint application is answered by its lead, as one
        where += " AND part_days IS NULL"
    if desk != Desk.HANDLER:
        return where, (organ.pk,)
    hands = _hands(account, organ)
    return f"{where} AND handler_id IN ({', '.join(['%s'] * len(hands))})", (organ.pk, *hands)


def _hands(account: Account, organ: Organ) -> list[int]:
    """Whose cases ``account`` handles today: his own, and those of whom he stands in for."""
    today = timezone.localdate()
    away = StandIn.objects.filter(
        present=account,
        organ=organ,
        desk=Desk.HANDLER.value,
        since__lte=today,
        until__gte=today,
    )
    return [account.pk, *away.values_list("absent", flat=True)]


def _ids(bucket: Bucket, where: str, asked: tuple[Any, ...], after: int | None) -> list[int]:
    """The ids of a page and of one case more."""
    by = bucket.by
    spans = _spans(by, after)
    parts = [
        f"SELECT * FROM (SELECT id, {by} AS due, {undated} AS undated FROM {CASES}"  # noqa: S608
        f" WHERE {where} AND stage = %s AND {span} ORDER BY {by}, id LIMIT {beyond(PAGE)}) part"
        for _stage in bucket.stages
        for undated, span, _bounds in spans
    ]
    values = [
        value
        for stage in bucket.stages
        for _undated, _span, bounds in spans
        for value in (*asked, stage.value, *bounds)
    ]
    union = " UNION ALL ".join(parts)
    with connection.cursor() as cursor:
        cursor.execute(f"{union} ORDER BY undated, due, id LIMIT {beyond(PAGE)}", values)
        return [row[0] for row in cursor.fetchall()]


def _spans(by: str, after: int | None) -> list[tuple[int, str, tuple[Any, ...]]]:
    """What still follows case ``after``: those with a day, then (1) those without one."""
    if after is None:
        return [(0, f"{by} IS NOT NULL", ()), (1, f"{by} IS NULL", ())]
    last = Case.objects.filter(pk=after).values_list(by, "pk").first()
    if last is None:
        raise Http404("no such place in the queue")
    day, pk = last
    if day is None:
        return [(1, f"{by} IS NULL AND id > %s", (pk,))]
    stored = connection.ops.adapt_datefield_value(day)
    return [(0, f"({by}, id) > (%s, %s)", (stored, pk)), (1, f"{by} IS NULL", ())]


def to_bill(day: date, after: int | None = None, limit: int = 50) -> list[tuple[Case, int]]:
    """Granted cases without a notice whose item has a tariff on ``day``, with what is due in fen.

    The queue of the fee window (A12): it sees number, matter and payer, nothing else of the case.

    The longest granted first; ``after`` is the id of the last case of the page before.
    """
    due: dict[int, int] = {}
    for tariff in tariffs_on(day):
        due[tariff.item_id] = due.get(tariff.item_id, 0) + tariff.amount
    rows = Case.objects.filter(
        stage=Stage.GRANTED.value, payment__isnull=True, item__in=list(due)
    ).select_related("item_version", "organ")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return [(case, due[case.item_id]) for case in rows.order_by("pk")[:limit]]
