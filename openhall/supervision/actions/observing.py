"""Reading events by cursor, and days by due date. Looks down, writes nothing below. A3.

Ids may be committed out of order on PostgreSQL: a later id can be seen while an earlier one is not
yet. ``horizon`` waits a moment for the writers in flight and reads up to there
(``docs/decisions/0016-reading-events-by-cursor.md``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q
from django.utils import timezone

from openhall.cases.models import Case, CaseEvent, Suspension
from openhall.catalogue.models import ItemVersion
from openhall.deeds import sweeping
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.organs.models import Organ
from openhall.outbox.actions import send
from openhall.outbox.models import Preference
from openhall.outbox.terms import Channel
from openhall.supervision.actions.cards import close, escalate, write_card
from openhall.supervision.actions.complaints import time_out_complaint
from openhall.supervision.actions.cursors import cursor_of, horizon, read_to
from openhall.supervision.actions.enquiries import unanswered
from openhall.supervision.actions.issues import escalate_issue
from openhall.supervision.actions.together import joint_lateness, silent_lead
from openhall.supervision.facts import as_rule, lags_of, of_day, of_event, steps_before
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
from openhall.supervision.rules.alarm_words import reminder_words
from openhall.supervision.rules.signals import Finding, Rule, days_ahead, finding
from openhall.supervision.terms import CardState, ComplaintState, IssueState, Signal, Trigger
from openhall.workdays.queries import calendar, calendar_in_words

BATCH: Final = 500
BY_DAY: Final = (Trigger.OVER_PROMISE, Trigger.OVER_STATUTE)


def _next(name: str, upto: int) -> tuple[Cursor, list[CaseEvent]]:
    """The cursor of ``name`` under lock, and its next events, in the caller's transaction."""
    cursor = cursor_of(name)
    events = CaseEvent.objects.filter(id__gt=cursor.last_event_id, id__lte=upto).order_by("id")
    related = ("case__item_version", "case__item", "case__organ")
    return cursor, list(events.select_related(*related)[:BATCH])


def observe(limit: int | None = None, *, lived: bool = False) -> int:
    """Raise the cards of every event not read yet; how many events were read.

    ``lived`` dates a card by its event instead of now: for the demonstration's invented past.
    """
    upto, done = horizon(), 0
    while limit is None or done < limit:
        with transaction.atomic():
            cursor, events = _next(Cursor.SIGNALS, upto)
            if not events:
                return done
            _signals(events, lived)
            read_to(cursor, events[-1].pk)
            done += len(events)
    return done


def _signals(events: Sequence[CaseEvent], lived: bool) -> None:
    """A bad event is set aside; put the cursor back to 0 once it is mended."""
    days, before = calendar(), steps_before(events)
    known: dict[date, list[tuple[SupervisionRule, Rule]]] = {}

    def look_at(event: CaseEvent) -> None:
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
                at = event.entry_time if lived else timezone.now()
                doing = card_doing(found, event.case.pk, at, entered=at if lived else None)
                _card(record, event.case, found, on, doing, organ)

    sweeping.sweep("signals", events, look_at, lambda event: f"event {event.pk}")


def card_doing(
    found: Finding, about: object, at: datetime, *, entered: datetime | None = None
) -> Doing:
    """The system raising the card of one occasion, once."""
    key = system_key("card", found.rule.code, about, found.occasion)
    return Doing(None, at, key, entered=entered)


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
            cursor, events = _next(Cursor.LAG, upto)
            if cursor.calendar != calendar_in_words():
                cursor, events = _anew(cursor, upto)
            if not events:
                return done
            _lags(events)
            read_to(cursor, events[-1].pk)
            done += len(events)
    return done


def _anew(cursor: Cursor, upto: int) -> tuple[Cursor, list[CaseEvent]]:
    """Another calendar was loaded: office minutes are other ones, and all is measured again."""
    if cursor.last_event_id:
        LateEntry.objects.all().delete()
        LagMonth.objects.all().delete()
    Cursor.objects.filter(pk=cursor.pk).update(last_event_id=0, calendar=calendar_in_words())
    return _next(Cursor.LAG, upto)


def _lags(events: Sequence[CaseEvent]) -> None:
    sums, late = lags_of(events, calendar())
    LateEntry.objects.bulk_create(late, ignore_conflicts=True)
    for (organ, month), (count, lates, minutes, incomplete) in sums.items():
        LagMonth.objects.get_or_create(organ_id=organ, month=month)
        LagMonth.objects.filter(organ_id=organ, month=month).update(
            events=F("events") + count,
            late=F("late") + lates,
            minutes=F("minutes") + minutes,
            incomplete=F("incomplete") + incomplete,
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
        "enquiries": unanswered(today, at),
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
        with transaction.atomic():
            told += _remind(page, rules, today, days)
    return told


def _remind(
    page: list[Case], rules: list[tuple[SupervisionRule, Rule]], today: date, days: Any
) -> int:
    paused = _paused(page)
    reminders: list[PreWarning] = []
    cards: list[tuple[SupervisionRule, Case, Finding]] = []

    def look_at(case: Case) -> None:
        facts = of_day(case, today)
        for record, rule in rules:
            found = finding(rule, facts, days)
            if found is None:
                continue
            if rule.signal == Signal.PRE_WARNING:
                reminders.append(_reminder(record, case, found, today))
            else:
                cards.append((record, case, found))

    def give(card: tuple[SupervisionRule, Case, Finding]) -> None:
        record, case, found = card
        _card(record, case, found, today, card_doing(found, case.pk, timezone.now()))

    running = [case for case in page if case.pk not in paused]
    sweeping.sweep("reminders", running, look_at, writes=False)
    sweeping.sweep("cards of the day", cards, give, lambda card: str(card[1]))
    known = PreWarning.objects.filter(case__in=[one.case_id for one in reminders])
    seen = set(known.values_list("case_id", "due_on"))
    fresh = [one for one in reminders if (one.case_id, one.due_on) not in seen]
    told = len(PreWarning.objects.bulk_create(fresh, ignore_conflicts=True))
    sweeping.sweep("reminders told", fresh, _tell)
    return told


def _tell(reminder: PreWarning) -> None:
    """The handler reads it in the account, beside the panel on the desk."""
    case = reminder.case
    if case.handler_id is None:
        return
    chosen = Preference.objects.filter(account=case.handler_id).values_list("language", flat=True)
    language = chosen.first() or "zh"
    subject, words = reminder_words(language, case.number, reminder.due_on, reminder.left)
    send(
        Channel.ACCOUNT,
        "",
        subject,
        words,
        about="pre-warning",  # not the case: its holder is told what is about the case
        key=f"pre-warning-{case.pk}-{reminder.due_on:%Y%m%d}",
        account_id=case.handler_id,
        language=language,
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


def breaches(today: date, at: datetime) -> int:
    """Cards of open cases past their promise or limit, each once."""
    raised = 0
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
            with transaction.atomic():
                raised += _breaches(page, record, rule, today, at)
    return raised


def _breaches(
    page: list[Case], record: SupervisionRule, rule: Rule, today: date, at: datetime
) -> int:
    days, paused = calendar(), _paused(page)
    raised: list[Card] = []

    def look_at(case: Case) -> None:
        found = finding(rule, of_day(case, today), days)
        if found is None:
            return
        if card := _card(record, case, found, today, card_doing(found, case.pk, at)):
            raised.append(card)

    running = [case for case in page if case.pk not in paused]
    sweeping.sweep(f"breaches of {rule.code}", running, look_at)
    return len(raised)


def _each(name: str, act: Any, pks: Iterable[int], at: datetime) -> int:
    """Each in its own transaction: one that is refused or bad does not hold the others."""
    return sweeping.sweep(
        name, list(pks), lambda pk: act(pk, Doing(None, at, system_key(name, pk)))
    )


def _close_reminders(at: datetime) -> int:
    """Yellow reminders whose case was closed have done their work."""
    rows = Card.objects.filter(
        state=CardState.RAISED.value, code="due-today", case__closed_at__isnull=False
    )
    return _each("reminder-done", close, rows.values_list("pk", flat=True), at)


def _escalate(today: date, at: datetime) -> int:
    cards = Card.objects.filter(state=CardState.RAISED.value, answer_due__lt=today)
    issues = Issue.objects.filter(
        closed_at__isnull=True,
        due_on__lt=today,
        escalated_on__isnull=True,
        state__in=[s.value for s in (IssueState.OPEN, IssueState.ACCEPTED)]
        + [IssueState.IN_PROGRESS.value, IssueState.RETURNED.value],
    )
    done = _each("card-unanswered", escalate, cards.values_list("pk", flat=True), at)
    return done + _each("issue-overdue", escalate_issue, issues.values_list("pk", flat=True), at)


def _complaints(today: date, at: datetime) -> int:
    """Cards for complaints a unit left unanswered; the end of those nobody confirmed."""
    raised: list[Card] = []
    for record in rules_on(today):
        if record.trigger != Trigger.COMPLAINT_LATE:
            continue
        late = Complaint.objects.filter(
            state__in=[ComplaintState.ACCEPTED.value, ComplaintState.REOPENED.value],
            answer_due__lt=today,
        ).select_related("organ", "case__item")
        sweeping.sweep(
            "complaints unanswered",
            list(late),
            partial(_complaint_card, record, today=today, at=at, raised=raised),
        )
    silent = Complaint.objects.filter(state=ComplaintState.ANSWERED.value, confirm_due__lt=today)
    pks = silent.values_list("pk", flat=True)
    return len(raised) + _each("complaint-silent", time_out_complaint, pks, at)


def _complaint_card(
    rule: SupervisionRule, complaint: Complaint, *, today: date, at: datetime, raised: list[Card]
) -> None:
    facts = of_day(None, today, complaint_due=complaint.answer_due)
    found = finding(as_rule(rule), facts, calendar())
    if found is None:
        return
    found = replace(found, occasion=f"answer:{complaint.reopened}")
    card = write_card(
        rule,
        complaint.organ,
        found.occasion,
        card_doing(found, complaint.number, at),
        counts_on=today,
        case=complaint.case,
        item=complaint.item,
        reference=complaint.number,
        values=found.values,
    )
    if card is not None:
        raised.append(card)
