"""Reading events by cursor, and days by due date. Looks down, writes nothing below. A3.

Ids may be committed out of order on PostgreSQL: a later id can be seen while an earlier one is not
yet. ``horizon`` waits a moment for the writers in flight and reads up to there
(``docs/decisions/0016-reading-events-by-cursor.md``).
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db import OperationalError, connection, transaction
from django.db.models import Exists, F, Max, OuterRef, Q
from django.utils import timezone

from openhall.cases.actions import Doing
from openhall.cases.models import Case, CaseEvent, Suspension
from openhall.cases.terms import Act
from openhall.catalogue.models import ItemVersion
from openhall.deeds.refusals import Refused
from openhall.organs.models import Organ
from openhall.outbox.actions import send
from openhall.outbox.terms import Channel
from openhall.supervision.actions.cards import close, escalate, write_card
from openhall.supervision.actions.complaints import time_out_complaint
from openhall.supervision.actions.issues import escalate_issue
from openhall.supervision.actions.together import joint_lateness, silent_lead
from openhall.supervision.facts import as_rule, of_day, of_event, steps_before
from openhall.supervision.models import (
    Card,
    Complaint,
    Cursor,
    Issue,
    LagMonth,
    LateEntry,
    PreWarning,
    SupervisionRule,
)
from openhall.supervision.queries import rules_on
from openhall.supervision.rules.lag import working_minutes
from openhall.supervision.rules.signals import Finding, days_ahead, finding
from openhall.supervision.terms import CardState, ComplaintState, IssueState, Signal, Trigger
from openhall.workdays.queries import calendar

SIGNALS, LAG = "signals", "lag"
BATCH: Final = 500
BY_DAY: Final = (Trigger.OVER_PROMISE, Trigger.OVER_STATUTE)
LATE_AFTER: Final = 420  # office minutes: one working day


def horizon() -> int:
    """The highest event id below which every event is committed; 0 if writers do not pause."""
    if connection.vendor != "postgresql":
        return CaseEvent.objects.aggregate(last=Max("id"))["last"] or 0  # one writer at a time
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '2s'")
            cursor.execute(f"LOCK TABLE {CaseEvent._meta.db_table} IN SHARE MODE")
            return CaseEvent.objects.aggregate(last=Max("id"))["last"] or 0
    except OperationalError:
        return 0  # somebody writes for long: read next time


def _next(name: str, upto: int) -> tuple[Cursor, list[CaseEvent]]:
    """The cursor of ``name`` under lock, and its next events, in the caller's transaction."""
    Cursor.objects.get_or_create(name=name)
    rows = Cursor.objects.filter(name=name)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    cursor = rows.get()
    events = CaseEvent.objects.filter(id__gt=cursor.last_event_id, id__lte=upto).order_by("id")
    related = ("case__item_version", "case__item", "case__organ")
    return cursor, list(events.select_related(*related)[:BATCH])


def _read_to(cursor: Cursor, event_id: int) -> None:
    Cursor.objects.filter(pk=cursor.pk).update(last_event_id=event_id, read_at=timezone.now())


def observe(limit: int | None = None, *, lived: bool = False) -> int:
    """Raise the cards of every event not read yet; how many events were read.

    ``lived`` dates a card by its event instead of now: for the demonstration's invented past.
    """
    upto, done = horizon(), 0
    while limit is None or done < limit:
        with transaction.atomic():
            cursor, events = _next(SIGNALS, upto)
            if not events:
                return done
            _signals(events, lived)
            _read_to(cursor, events[-1].pk)
            done += len(events)
    return done


def _signals(events: Sequence[CaseEvent], lived: bool) -> None:
    days, known = calendar(), {}
    before = steps_before(events)
    for event in events:
        on = timezone.localtime(event.event_time).date()
        if on not in known:
            known[on] = [(rule, as_rule(rule)) for rule in rules_on(on)]
        facts = of_event(event, before.get(event.pk))
        for record, rule in known[on]:
            if rule.signal == Signal.PRE_WARNING or rule.trigger == Trigger.DUE_SOON:
                continue  # reminders speak of days to come, not of what is past
            if found := finding(rule, facts, days):
                organ = event.case.organ
                if rule.trigger == Trigger.NOT_ANSWERED and event.case.part_days is not None:
                    lead = silent_lead(event.case)  # the lead answers for all units, and once
                    if lead is None:
                        continue
                    organ = lead
                doing = _doing(found, event.case, event, lived)
                _card(record, event.case, found, on, doing, organ)


def _doing(found: Finding, case: Case, event: CaseEvent, lived: bool) -> Doing:
    key = f"card-{found.rule.code}-{case.pk}-{found.occasion}"
    at = event.entry_time if lived else timezone.now()
    return Doing(None, at, key, entered=at if lived else None)


def _card(
    rule: SupervisionRule,
    case: Case,
    found: Finding,
    counts_on: date,
    doing: Doing,
    organ: Organ | None = None,
) -> Card | None:
    return write_card(
        rule,
        organ or case.organ,
        found.occasion,
        doing,
        counts_on=counts_on,
        case=case,
        evidence=found.evidence,
        values=found.values,
    )


def measure(limit: int | None = None) -> int:
    """Count how late events were entered, by unit and month of the deed. norms 9."""
    upto, done = horizon(), 0
    while limit is None or done < limit:
        with transaction.atomic():
            cursor, events = _next(LAG, upto)
            if not events:
                return done
            _lags(events)
            _read_to(cursor, events[-1].pk)
            done += len(events)
    return done


def _lags(events: Sequence[CaseEvent]) -> None:
    days, late = calendar(), []
    sums: dict[tuple[int, date], list[int]] = {}
    for event in events:
        if not event.desk:
            continue  # the applicant and the system enter what they do as they do it
        happened, entry = timezone.localtime(event.event_time), timezone.localtime(event.entry_time)
        minutes = working_minutes(happened, entry, days)
        month = happened.date().replace(day=1)
        row = sums.setdefault((event.case.organ_id, month), [0, 0, 0, 0])
        row[0] += 1
        if minutes > LATE_AFTER:
            row[1] += 1
            row[2] += minutes
            late.append(_late(event, month, minutes))
        if event.act == Act.DECIDE and not (event.case.handler_id and event.case.decider_id):
            row[3] += 1
    LateEntry.objects.bulk_create(late, ignore_conflicts=True)
    for (organ, month), (count, lates, minutes, incomplete) in sums.items():
        LagMonth.objects.get_or_create(organ_id=organ, month=month)
        LagMonth.objects.filter(organ_id=organ, month=month).update(
            events=F("events") + count,
            late=F("late") + lates,
            minutes=F("minutes") + minutes,
            incomplete=F("incomplete") + incomplete,
        )


def _late(event: CaseEvent, month: date, minutes: int) -> LateEntry:
    return LateEntry(
        organ_id=event.case.organ_id,
        month=month,
        case_id=event.case_id,
        seq=event.seq,
        act=event.act,
        event_time=event.event_time,
        entry_time=event.entry_time,
        minutes=minutes,
    )


OPEN: Final = Q(closed_at__isnull=True, accepted_at__isnull=False)


def _pages(rows: Any) -> Iterable[list[Case]]:
    """Cases of ``rows`` a batch at a time, by promise and id: ranges of one partial index."""
    related = rows.select_related("item_version", "item", "organ")
    at: tuple[date, int] | None = None
    while True:
        page = related
        if at is not None:
            page = page.filter(Q(promise_due__gt=at[0]) | Q(promise_due=at[0], pk__gt=at[1]))
        found = list(page.order_by("promise_due", "pk")[:BATCH])
        if not found:
            return
        yield found
        at = (found[-1].promise_due, found[-1].pk)


def _paused(cases: Sequence[Case]) -> set[int]:
    """Cases whose clock stands still: a suspension is open and was told in writing."""
    stopped = [case.pk for case in cases if case.suspended_since is not None]
    if not stopped:
        return set()
    open_ones = Suspension.objects.filter(case__in=stopped, until__isnull=True)
    return set(open_ones.exclude(notice_number="").values_list("case_id", flat=True))


def sweep(today: date, now: datetime | None = None) -> dict[str, int]:
    """What a day brings by itself: reminders, cards past due, answers that never came."""
    at = now or timezone.now()
    return {
        "reminded": remind(today),
        "raised": breaches(today, at),
        "closed": _close_reminders(at),
        "escalated": _escalate(today, at),
        "complaints": _complaints(today, at),
        "joint": joint_lateness(today, at),
    }


def remind(today: date) -> int:
    """Reminders and yellow cards for cases soon due: one range of due days, no scan."""
    days = calendar()
    rules = [(one, as_rule(one)) for one in rules_on(today) if one.trigger == Trigger.DUE_SOON]
    if not rules:
        return 0
    # As far ahead as the longest promise of the catalogue asks, and no farther.
    longest = ItemVersion.objects.aggregate(days=Max("promised_days"))["days"]
    ahead = max(days_ahead(rule, longest) for _one, rule in rules)
    last = days.add_workdays(today, ahead).on
    told = 0
    rows = Case.objects.filter(OPEN, promise_due__gte=today, promise_due__lte=last)
    for page in _pages(rows):
        paused = _paused(page)
        reminders, cards = [], []
        for case in page:
            if case.pk in paused:
                continue
            facts = of_day(case, today)
            for record, rule in rules:
                found = finding(rule, facts, days)
                if found is None:
                    continue
                if rule.signal == Signal.PRE_WARNING:
                    reminders.append(_reminder(record, case, found, today))
                else:
                    cards.append((record, case, found))
        with transaction.atomic():
            known = PreWarning.objects.filter(case__in=[one.case_id for one in reminders])
            seen = set(known.values_list("case_id", "due_on"))
            fresh = [one for one in reminders if (one.case_id, one.due_on) not in seen]
            told += len(PreWarning.objects.bulk_create(fresh, ignore_conflicts=True))
            for one in fresh:
                _tell(one)
            for record, case, found in cards:
                _card(record, case, found, today, _swept(found, case, timezone.now()))
    return told


def _tell(reminder: PreWarning) -> None:
    """The handler reads it in the account, beside the panel on the desk."""
    case = reminder.case
    if case.handler_id is None:
        return
    send(
        Channel.ACCOUNT,
        "",
        "承诺期限将满提醒",
        f"办件{case.number}承诺{reminder.due_on:%Y-%m-%d}办结，还剩{reminder.left}个工作日。",
        about="pre-warning",  # not the case: its holder is told what is about the case
        key=f"pre-warning-{case.pk}-{reminder.due_on:%Y%m%d}",
        account_id=case.handler_id,
    )


def _reminder(rule: SupervisionRule, case: Case, found: Finding, today: date) -> PreWarning:
    assert case.promise_due is not None  # the finding is about it
    return PreWarning(
        rule=rule,
        case=case,
        organ_id=case.organ_id,
        due_on=case.promise_due,
        left=found.values["left"],
        told_on=today,
    )


def _swept(found: Finding, case: Case, at: datetime) -> Doing:
    return Doing(None, at, f"card-{found.rule.code}-{case.pk}-{found.occasion}")


def breaches(today: date, at: datetime) -> int:
    """Cards of open cases past their promise or limit, each once."""
    days, raised = calendar(), 0
    rules = [(one, as_rule(one)) for one in rules_on(today) if one.trigger in BY_DAY]
    for record, rule in rules:
        statute = rule.trigger == Trigger.OVER_STATUTE
        occasion = "statute" if statute else "promise"
        carded = Card.objects.filter(
            code=rule.code, reference=OuterRef("number"), occasion=occasion
        )
        rows = Case.objects.filter(~Exists(carded), OPEN, promise_due__lt=today)
        if statute:  # the promise is never longer, so the range of the same index holds them all
            rows = rows.filter(statutory_due__lt=today)
        for page in _pages(rows):
            paused = _paused(page)
            with transaction.atomic():
                for case in page:
                    found = finding(rule, of_day(case, today), days)
                    if case.pk in paused or found is None:
                        continue
                    if _card(record, case, found, today, _swept(found, case, at)):
                        raised += 1
    return raised


def _each(act: Any, pks: Iterable[int], key: str, at: datetime) -> int:
    """Each in its own transaction: one that is refused does not hold the others."""
    done = 0
    for pk in list(pks):
        try:
            act(pk, Doing(None, at, f"{key}-{pk}"))
            done += 1
        except Refused:
            continue
    return done


def _close_reminders(at: datetime) -> int:
    """Yellow reminders whose case was closed have done their work."""
    rows = Card.objects.filter(
        state=CardState.RAISED.value, code="due-today", case__closed_at__isnull=False
    )
    return _each(close, rows.values_list("pk", flat=True), "reminder-done", at)


def _escalate(today: date, at: datetime) -> int:
    cards = Card.objects.filter(state=CardState.RAISED.value, answer_due__lt=today)
    issues = Issue.objects.filter(
        closed_at__isnull=True,
        due_on__lt=today,
        escalated_on__isnull=True,
        state__in=[s.value for s in (IssueState.OPEN, IssueState.ACCEPTED)]
        + [IssueState.IN_PROGRESS.value, IssueState.RETURNED.value],
    )
    done = _each(escalate, cards.values_list("pk", flat=True), "card-unanswered", at)
    return done + _each(escalate_issue, issues.values_list("pk", flat=True), "issue-overdue", at)


def _complaints(today: date, at: datetime) -> int:
    """Cards for complaints a unit left unanswered; the end of those nobody confirmed."""
    raised, days = 0, calendar()
    for record in rules_on(today):
        if record.trigger != Trigger.COMPLAINT_LATE:
            continue
        late = Complaint.objects.filter(
            state__in=[ComplaintState.ACCEPTED.value, ComplaintState.REOPENED.value],
            answer_due__lt=today,
        ).select_related("organ", "case__item")
        for complaint in late:
            raised += _complaint_card(record, complaint, today, at, days)
    silent = Complaint.objects.filter(state=ComplaintState.ANSWERED.value, confirm_due__lt=today)
    return raised + _each(
        time_out_complaint, silent.values_list("pk", flat=True), "complaint-silent", at
    )


@transaction.atomic
def _complaint_card(
    rule: SupervisionRule, complaint: Complaint, today: date, at: datetime, days: Any
) -> int:
    found = finding(as_rule(rule), of_day(None, today, complaint_due=complaint.answer_due), days)
    if found is None:
        return 0
    organ: Organ = complaint.organ
    occasion = f"answer:{complaint.reopened}"
    key = f"card-{rule.code}-{complaint.pk}-{complaint.reopened}"
    card = write_card(
        rule,
        organ,
        occasion,
        Doing(None, at, key),
        counts_on=today,
        case=complaint.case,
        item=complaint.item,
        reference=complaint.number,
        values=found.values,
    )
    return int(card is not None)
