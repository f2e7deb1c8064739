"""What an official's desk reads: queues paged by key, one case whole, its clock, who is seated."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from openhall.cases.actions.limits import extended_by, legs_of, limits_of, pauses_of
from openhall.cases.models import Case, CaseEvent, ExtensionRequest, StandIn
from openhall.cases.permissions import may_be_handed
from openhall.cases.terms import Stage
from openhall.design.timeline import Day, DayKind, Limit, Timeline
from openhall.organs.models import Account, Organ
from openhall.organs.queries import officers_at
from openhall.organs.terms import Desk
from openhall.workdays.models import CalendarDay
from openhall.workdays.queries import calendar
from openhall.workdays.rules.calendar import Calendar

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
    ),
}
# The words of the partial indexes: a database uses one only where the question repeats them.
STANDING: Final[dict[str, dict[str, bool]]] = {
    "answer_due": {"closed_at__isnull": True},
    "promise_due": {"closed_at__isnull": True},
    "delivery_due": {"delivered_at__isnull": True},
}
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


def _in(bucket: Bucket, desk: Desk, organ: Organ, account: Account) -> QuerySet[Case]:
    """The cases of ``bucket``, whatever their stage."""
    if bucket.code == "extensions":  # the head's own unit, and joint cases of the units below
        own = Q(case__organ=organ, case__joint=False)
        below = Q(case__organ__parent=organ, case__joint=True)
        asked = ExtensionRequest.objects.filter(own | below, answered_at__isnull=True)
        rows = Case.objects.filter(
            pk__in=list(asked.values_list("case", flat=True)[:COUNTED_UP_TO])
        )
    else:
        rows = Case.objects.filter(organ=organ, **STANDING[bucket.by])
    if bucket.code in ("answer", "asked"):  # a joint application is answered by its lead, as one
        rows = rows.filter(part_days__isnull=True)
    if desk != Desk.HANDLER:
        return rows
    hands = _hands(account, organ)
    return rows.filter(handler=hands[0]) if len(hands) == 1 else rows.filter(handler__in=hands)


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


def counted(bucket: Bucket, desk: Desk, organ: Organ, account: Account) -> int:
    """How many wait in ``bucket``, counted up to a little over 999."""
    rows = _in(bucket, desk, organ, account)
    stages = [stage.value for stage in bucket.stages]
    return rows.filter(stage__in=stages)[: COUNTED_UP_TO + 1].count()


def queue(
    bucket: Bucket, desk: Desk, organ: Organ, account: Account, after: int | None = None
) -> tuple[list[Case], bool]:
    """A page of ``bucket``, the most urgent first, and whether there is more after it.

    ``after`` is the id of the last case of the page before. Each stage is read by itself, because
    the database walks an index in its order only within one; the few rows are merged here.
    """
    rows = _in(bucket, desk, organ, account).select_related("item_version").only(*SHOWN)
    last = (
        None
        if after is None
        else Case.objects.filter(pk=after).values_list(bucket.by, "pk").first()
    )
    stages = [stage.value for stage in bucket.stages]
    found: list[Case] = []
    if last is None or last[0] is not None:
        dated = rows.filter(**{f"{bucket.by}__isnull": False})
        if last is not None:
            dated = dated.filter(
                Q(**{f"{bucket.by}__gt": last[0]}) | Q(**{bucket.by: last[0], "pk__gt": last[1]}),
                **{f"{bucket.by}__gte": last[0]},
            )
        for stage in stages:
            found += dated.filter(stage=stage).order_by(bucket.by, "pk")[: PAGE + 1]
    if len(found) <= PAGE:  # who has no day at all comes last
        undated = rows.filter(**{f"{bucket.by}__isnull": True})
        if last is not None and last[0] is None:
            undated = undated.filter(pk__gt=last[1])
        for stage in stages:
            found += undated.filter(stage=stage).order_by("pk")[: PAGE + 1]
    found.sort(key=lambda case: (getattr(case, bucket.by) or date.max, case.pk))
    return found[:PAGE], len(found) > PAGE


def case_for_desk(number: str, organ: Organ) -> Case | None:
    """One case of ``organ`` with what its page shows."""
    rows = Case.objects.select_related(
        "organ", "item", "item_version", "payment", "handler", "intake", "decider", "account"
    )
    own = Q(organ=organ) | Q(organ__parent=organ, joint=True)  # the government's head extends
    return rows.filter(own, number=number).first()


def due_of(case: Case) -> date | None:
    """The day that matters next."""
    if case.stage in (Stage.SUBMITTED, Stage.SUPPLEMENTED):
        return case.answer_due
    if case.stage in (Stage.GRANTED, Stage.ISSUED, Stage.REFUSED):
        return case.delivery_due
    return case.promise_due


def urgency(case: Case, today: date, days: Calendar) -> str:
    """The state of its clock as a kind of ``{% status %}``. A3: warnings before, alarms after.

    ``days`` is the calendar in force, read once for a whole queue.
    """
    due = due_of(case)
    if case.suspended_since is not None:
        return "suspended"
    if due is None:
        return "waiting"
    if due < today:
        return "overdue"
    return "warning" if days.workdays_between(today, due) <= 1 else "on_time"


@dataclass(frozen=True, slots=True)
class Told:
    """One event as people read it; ``said`` is what its private detail says, if one may read."""

    event: CaseEvent
    said: dict[str, Any]

    @property
    def late_entry(self) -> bool:
        """Entered on another day than it happened: back-filling shows. A5."""
        happened = timezone.localtime(self.event.event_time).date()
        return timezone.localtime(self.event.entry_time).date() != happened


def story(case: Case) -> list[Told]:
    """Every event of the case in order, with what the parties may read of it."""
    events = CaseEvent.objects.filter(case=case).select_related("actor", "case").order_by("seq")
    return [Told(one, json.loads(one.detail) if one.detail else {}) for one in events]


def takers(case: Case, day: date) -> Sequence[Account]:
    """The handlers to whom the case may be handed."""
    seated = officers_at(case.organ, Desk.HANDLER.value, day)
    return [account for account in seated if may_be_handed(account, case, day)]


def timeline(case: Case, today: date) -> Timeline | None:
    """The drawn clock of an accepted case; None before acceptance."""
    if case.accepted_at is None or case.promise_due is None:
        return None
    first = timezone.localtime(case.accepted_at).date()
    ended = timezone.localtime(case.closed_at).date() if case.closed_at else None
    last = max(filter(None, [case.promise_due, case.statutory_due, ended]))
    if ended is None:
        last = max(last, min(today, last + timedelta(days=28)))
    if (last - first).days > LONGEST_DRAWN:
        last = max(case.promise_due, min(ended or today, first + timedelta(days=LONGEST_DRAWN)))
    worked = calendar()
    named = dict(CalendarDay.objects.filter(date__range=(first, last)).values_list("date", "name"))
    halts = [*pauses_of(case), *legs_of(case)]
    paused = [(pause.since, pause.until or today) for pause in halts if pause.noticed]
    days = []
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        if any(since < day <= until for since, until in paused):
            days.append(Day(day, DayKind.SUSPENDED, _("Excluded time with its notice")))
        elif n == 0 or not worked.is_workday(day):
            days.append(Day(day, DayKind.RESTS, named.get(day, "")))
        else:
            days.append(Day(day, DayKind.COUNTS))
    more = extended_by(case)
    extended = _(" (extended by %(days)s working days)") % {"days": more} if more else ""
    limits = [
        Limit(
            _("Promised limit") + extended,
            case.promise_due,
            (case.item_version.promised_days or 0) + more,
        )
    ]
    statutory = limits_of(case)[1]
    if case.statutory_due is not None and case.statutory_due <= last:
        limits.append(
            Limit(
                _("Statutory limit") + extended,
                case.statutory_due,
                statutory.days + more if statutory else 0,
                "行政许可法 42",
            )
        )
    return Timeline(days, today, limits, ended)


LONGEST_DRAWN: Final = 120  # days; a longer clock is drawn to its promise


def numbered(numbers: Sequence[str], organ: Organ) -> list[tuple[int, str]]:
    """Id and number of those of ``numbers`` that are cases of ``organ``, in the order given."""
    known = dict(Case.objects.filter(organ=organ, number__in=numbers).values_list("number", "pk"))
    return [(known[number], number) for number in dict.fromkeys(numbers) if number in known]
