"""Working queues: what waits at a desk, the most urgent first, paged by key.

Each stage is read in the order of its own partial index, and the few rows of all of them are merged
by the database in the same statement, so that a queue of three stages costs what one costs. The
statement is written here by hand because the mapper cannot limit the parts of a union.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from openhall.cases.models import Case, ExtensionRequest, StandIn
from openhall.cases.terms import Channel, Stage
from openhall.catalogue.models import Item
from openhall.catalogue.queries import Tariff, items_named, names_of_versions, tariffs_on
from openhall.fees.terms import NoticeState
from openhall.organs.desks import Sits
from openhall.organs.models import Account, Organ
from openhall.organs.terms import Desk
from openhall.paging.keyset import START, Page, Place, beyond, key_of, number_of
from openhall.workdays.queries import calendar
from openhall.workdays.rules.calendar import Calendar

PAGE: Final = 25
BEFORE: Final = 8  # of them before the case that is open
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

MOST_TAKEN: Final = 5000  # rows of one table that is carried away
MOST_ITEMS: Final = 200

CASES: Final = Case._meta.db_table
ITEMS: Final = Item._meta.db_table
REQUESTS: Final = ExtensionRequest._meta.db_table
# The words of the partial indexes: a database uses one only where the question repeats them.
STANDING: Final[dict[str, str]] = {
    "answer_due": "closed_at IS NULL",
    "promise_due": "closed_at IS NULL",
    "delivery_due": "delivered_at IS NULL",
}
OF_ITEM: Final = f" AND item_id IN (SELECT id FROM {ITEMS} WHERE code = %s)"  # noqa: S608
# What lies with a head: of the own unit, and joint cases of the units below.
ASKED_OF: Final = (
    f"id IN (SELECT case_id FROM {REQUESTS} WHERE asked_of_id = %s"  # noqa: S608
    " AND answered_at IS NULL)"
)
# What a queue shows of a case; the rest stays encrypted and unread.
SHOWN: Final = (
    "number",
    "stage",
    "channel",
    "seq",
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


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases of a queue are wanted, and in which order.

    ``item`` is the code of one; ``due`` is ``overdue`` or ``soon`` (today or the next working day);
    ``way`` is ``online`` or ``paper``; ``mine`` leaves those this person took in or handles;
    ``sort`` is a name of ``SORTS``, with ``-`` for the other way round.
    """

    item: str = ""
    stage: str = ""
    due: str = ""
    way: str = ""
    mine: bool = False
    sort: str = ""

    @property
    def narrows(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.item or self.stage or self.due or self.way or self.mine)


ALL: Final = Wanted()
SORTS: Final = ("due", "received", "item")
MINE: Final = {Desk.WINDOW: "intake_id", Desk.HANDLER: "handler_id"}
ON_PAPER: Final = (Channel.WINDOW.value, Channel.POST.value)


def wanted_of(sent: Mapping[str, str], desk: Desk) -> Wanted:
    """What an address wants of a queue; an unknown word wants nothing special."""

    def one_of(name: str, known: Iterable[str]) -> str:
        return sent.get(name, "") if sent.get(name, "") in known else ""

    return Wanted(
        item=sent.get("item", "")[:40],
        stage=one_of("stage", Stage.codes()),
        due=one_of("due", ("overdue", "soon")),
        way=one_of("way", ("online", "paper")),
        mine=sent.get("mine") == "1" and desk in MINE,
        sort=one_of("sort", [sign + name for name in SORTS for sign in ("", "-")]),
    )


def soon_until(today: date, days: Calendar) -> date:
    """The last day that is called soon on ``today``: the next working day."""
    return days.next_workday(today + timedelta(days=1))


def counted(bucket: Bucket, seat: Sits, wanted: Wanted = ALL) -> int:
    """How many wait in ``bucket``, counted up to a little over 999."""
    return counted_all([(bucket, wanted)], seat)[0]


def counted_all(asked: Sequence[tuple[Bucket, Wanted]], seat: Sits) -> list[int]:
    """How many wait in each, in one statement."""
    hands = _hands(seat)
    parts, values = [], []
    for bucket, wanted in asked:
        where, said = _which(bucket, seat, hands, wanted)
        part = f"SELECT id FROM {CASES} WHERE {where} AND stage = %s"  # noqa: S608
        waiting = " UNION ALL ".join([part] * len(bucket.stages))
        parts.append(
            f"(SELECT COUNT(*) FROM ({waiting} LIMIT {beyond(COUNTED_UP_TO)}) part)"  # noqa: S608
        )
        values += [value for stage in bucket.stages for value in (*said, stage.value)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        return [int(one) for one in cursor.fetchone()]


def oldest(bucket: Bucket, seat: Sits) -> tuple[date | None, date | None]:
    """When the case that waits longest in ``bucket`` came, and the first day that runs out."""
    where, said = _which(bucket, seat, _hands(seat), ALL)
    stages = ", ".join(["%s"] * len(bucket.stages))
    sql = (
        f"SELECT MIN(received_at), MIN({bucket.by}) FROM {CASES}"  # noqa: S608
        f" WHERE {where} AND stage IN ({stages})"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*said, *(stage.value for stage in bucket.stages)])
        came, due = cursor.fetchone()
    return _day(came), _day(due)


def _day(kept: Any) -> date | None:
    """The day in the city of what a database keeps: a moment, a day, or its text."""
    if kept is None or type(kept) is date:
        return kept
    if isinstance(kept, str):
        if len(kept) == len("2026-11-30"):
            return date.fromisoformat(kept)
        kept = datetime.fromisoformat(kept)
    if timezone.is_naive(kept):
        kept = kept.replace(tzinfo=UTC)
    return timezone.localtime(kept).date()


def queue(bucket: Bucket, seat: Sits, at: Place = START, wanted: Wanted = ALL) -> Page[Case]:
    """A page of ``bucket``, the most urgent first; who has no day at all comes last."""
    asked = _which(bucket, seat, _hands(seat), wanted)
    if back := bool(at.before) and not at.after:
        ids = _ids(bucket, asked, wanted.sort, number_of(at.before), PAGE, back=True)
        shown = ids[:PAGE][::-1]
    else:
        ids = _ids(bucket, asked, wanted.sort, key_of(at), PAGE)
        shown = ids[:PAGE]
    more = len(ids) > PAGE
    after, before = (bool(shown), more) if back else (more, bool(at.after and shown))
    return Page(_rows(shown), shown[-1] if after else "", shown[0] if before else "", name=at.name)


def around(bucket: Bucket, seat: Sits, case: Case, wanted: Wanted = ALL) -> Page[Case]:
    """The part of ``bucket`` in which ``case`` stands; its head where it waits there no more.

    So the next and the one before are always at hand, however long the queue is.
    """
    asked = _which(bucket, seat, _hands(seat), wanted)
    ids = _ids(bucket, asked, wanted.sort, case, PAGE, itself=True)
    if case.pk not in ids[:1]:
        return queue(bucket, seat, Place(name="queue_"), wanted)
    before = _ids(bucket, asked, wanted.sort, case, BEFORE, back=True)
    shown = [*before[:BEFORE][::-1], *ids[: PAGE - BEFORE]]
    return Page(
        _rows(shown),
        shown[-1] if len(ids) > PAGE - BEFORE else "",
        shown[0] if len(before) > BEFORE else "",
        name="queue_",
    )


def whole_queue(bucket: Bucket, seat: Sits, wanted: Wanted = ALL) -> list[Case]:
    """All of ``bucket`` that a table can carry away: at most ``MOST_TAKEN``."""
    asked = _which(bucket, seat, _hands(seat), wanted)
    ids = _ids(bucket, asked, wanted.sort, None, MOST_TAKEN)[:MOST_TAKEN]
    found = Case.objects.only(*(name for name in SHOWN if "__" not in name), "item_version")
    cases = found.in_bulk(ids)
    # A queue of thousands is of a few matters: each is read once, not with every case.
    versions = names_of_versions({case.item_version_id for case in cases.values()})
    for case in cases.values():
        case.item_version = versions[case.item_version_id]
    return [cases[pk] for pk in ids if pk in cases]


def next_after(bucket: Bucket, seat: Sits, pk: int, wanted: Wanted = ALL) -> Case | None:
    """The case that follows ``pk`` in ``bucket``, or else its first; None where none waits."""
    asked = _which(bucket, seat, _hands(seat), wanted)
    for after in (pk, None):
        ids = [one for one in _ids(bucket, asked, wanted.sort, after, 1) if one != pk]
        if ids:
            return _rows(ids[:1])[0]
    return None


def waits_in(bucket: Bucket, seat: Sits, pk: int) -> bool:
    """Whether case ``pk`` still waits in ``bucket`` of this desk."""
    where, said = _which(bucket, seat, _hands(seat), ALL)
    stages = ", ".join(["%s"] * len(bucket.stages))
    sql = f"SELECT 1 FROM {CASES} WHERE id = %s AND {where} AND stage IN ({stages})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [pk, *said, *(stage.value for stage in bucket.stages)])
        return cursor.fetchone() is not None


def items_in(bucket: Bucket, seat: Sits) -> list[tuple[str, str, str]]:
    """Code and names of the items that wait in ``bucket``: what it can be narrowed to."""
    where, said = _which(bucket, seat, _hands(seat), ALL)
    stages = ", ".join(["%s"] * len(bucket.stages))
    sql = f"SELECT DISTINCT item_version_id FROM {CASES} WHERE {where} AND stage IN ({stages})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT {MOST_ITEMS}", [*said, *(one.value for one in bucket.stages)])
        versions = [row[0] for row in cursor.fetchall()]
    return items_named(versions)


def _rows(ids: Sequence[int]) -> list[Case]:
    found = Case.objects.select_related("item_version").only(*SHOWN).in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def _hands(seat: Sits) -> list[int]:
    return hands_of(seat.account, seat.organ, seat.day) if seat.desk == Desk.HANDLER else []


def _which(
    bucket: Bucket, seat: Sits, hands: Sequence[int], wanted: Wanted
) -> tuple[str, tuple[Any, ...]]:
    """The condition on a case of ``bucket``, whatever its stage, and its values."""
    if bucket.code == "extensions":
        where, said = ASKED_OF, [seat.organ.pk]
    else:
        where, said = f"organ_id = %s AND {STANDING[bucket.by]}", [seat.organ.pk]
        if bucket.code in (
            "answer",
            "asked",
        ):  # a joint application is answered as one, by its lead
            where += " AND part_days IS NULL"
        if seat.desk == Desk.HANDLER:
            where += f" AND handler_id IN ({', '.join(['%s'] * len(hands))})"
            said += hands
    more, values = _narrowed(bucket, seat, wanted)
    return where + more, (*said, *values)


def _narrowed(bucket: Bucket, seat: Sits, wanted: Wanted) -> tuple[str, list[Any]]:
    where, said = "", list[Any]()
    if wanted.item:
        where += OF_ITEM
        said.append(wanted.item)
    if wanted.stage:
        where += " AND stage = %s"
        said.append(wanted.stage)
    if wanted.way:
        ways = ", ".join(["%s"] * len(ON_PAPER))
        where += f" AND channel {'NOT IN' if wanted.way == 'online' else 'IN'} ({ways})"
        said += ON_PAPER
    if wanted.mine:
        where += f" AND {MINE[seat.desk]} = %s"
        said.append(seat.account.pk)
    if wanted.due:
        today = seat.figures_day
        where += f" AND suspended_since IS NULL AND {bucket.by} "
        if wanted.due == "overdue":
            where += "< %s"
            said.append(connection.ops.adapt_datefield_value(today))
        else:
            where += "BETWEEN %s AND %s"
            until = soon_until(today, calendar())
            said += [connection.ops.adapt_datefield_value(day) for day in (today, until)]
    return where, said


def hands_of(account: Account, organ: Organ, today: date) -> list[int]:
    """Whose cases ``account`` handles ``today``: his own, and those of whom he stands in for."""
    away = StandIn.objects.filter(
        present=account,
        organ=organ,
        desk=Desk.HANDLER.value,
        since__lte=today,
        until__gte=today,
    )
    return [account.pk, *away.values_list("absent", flat=True)]


def _ids(
    bucket: Bucket,
    asked: tuple[str, tuple[Any, ...]],
    sort: str,
    at: int | Case | None,
    many: int,
    *,
    back: bool = False,
    itself: bool = False,
) -> list[int]:
    """The ids of ``many`` cases and of one more, in the order ``sort`` says.

    They follow case ``at`` (``itself``: and begin with it), or ``back`` from it, the nearest first.
    """
    where, said = asked
    down, name = sort.startswith("-"), sort.removeprefix("-") or "due"
    by = {"due": bucket.by, "received": "received_at", "item": "item_id"}[name]
    way = "DESC" if down != back else "ASC"
    spans = _spans(by, at, down=down, back=back, itself=itself)
    parts = [
        f"SELECT * FROM (SELECT id, {by} AS due, {undated} AS undated FROM {CASES}"  # noqa: S608
        f" WHERE {where} AND stage = %s AND {span}"
        f" ORDER BY {by} {way}, id {way} LIMIT {beyond(many)}) part"
        for _stage in bucket.stages
        for undated, span, _bounds in spans
    ]
    values = [
        value
        for stage in bucket.stages
        for _undated, _span, bounds in spans
        for value in (*said, stage.value, *bounds)
    ]
    union = " UNION ALL ".join(parts)
    order = f"undated {'DESC' if back else 'ASC'}, due {way}, id {way}"
    with connection.cursor() as cursor:
        cursor.execute(f"{union} ORDER BY {order} LIMIT {beyond(many)}", values)
        return [row[0] for row in cursor.fetchall()]


def _spans(
    by: str, at: int | Case | None, *, down: bool, back: bool, itself: bool
) -> list[tuple[int, str, tuple[Any, ...]]]:
    """What follows case ``at``, or precedes it: those with a day, then (1) those without one."""
    dated, undated = (0, f"{by} IS NOT NULL", ()), (1, f"{by} IS NULL", ())
    if at is None:
        return [dated, undated]
    if isinstance(at, Case):
        value, pk = getattr(at, by), at.pk
    else:
        last = Case.objects.filter(pk=at).values_list(by, "pk").first()
        if last is None:
            raise Http404("no such place in the queue")
        value, pk = last
    than = ("<" if down != back else ">") + ("=" if itself else "")
    if value is None:
        alike = (1, f"{by} IS NULL AND id {than} %s", (pk,))
        return [dated, alike] if back else [alike]
    if isinstance(value, datetime):
        value = connection.ops.adapt_datetimefield_value(value)
    elif isinstance(value, date):
        value = connection.ops.adapt_datefield_value(value)
    own = (0, f"({by}, id) {than} (%s, %s)", (value, pk))
    return [own] if back else [own, undated]


def to_bill(
    day: date, after: int | None = None, limit: int = 50
) -> list[tuple[Case, list[Tariff]]]:
    """Granted cases without a notice whose item has a fee on ``day``, with its fees of that day.

    The queue of the fee window (A12): it sees number, matter and payer, nothing else of the case.

    The longest granted first; ``after`` is the id of the last case of the page before.
    """
    fees: dict[int, list[Tariff]] = {}
    for tariff in tariffs_on(day):
        fees.setdefault(tariff.item_id, []).append(tariff)
    rows = Case.objects.filter(
        Q(payment__isnull=True) | Q(payment__state=NoticeState.CANCELLED.value),
        stage=Stage.GRANTED.value,
        item__in=list(fees),
    ).select_related("item_version", "organ")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return [(case, fees[case.item_id]) for case in rows.order_by("pk")[:limit]]
