"""From stored events and cases to the facts the rules read: the one place that knows both."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from django.utils import timezone

from openhall.cases.models import Case, CaseEvent
from openhall.cases.queries import detail_of
from openhall.cases.terms import Act
from openhall.paging.typed import visible
from openhall.papers.models import Paper
from openhall.supervision.models import LateEntry, SupervisionRule
from openhall.supervision.rules.casefile import File
from openhall.supervision.rules.lag import working_minutes
from openhall.supervision.rules.signals import Facts, Rule
from openhall.supervision.terms import Signal, Trigger
from openhall.workdays.queries import calendar

LATE_AFTER: Final = 420  # office minutes: one working day
BEGINS_BEFORE = {  # the step that ends with an act began with one of these
    Act.HAND_OVER: (Act.ACCEPT, Act.DEEM_ACCEPTED),
    Act.REVIEW: (Act.HAND_OVER, Act.SEND_BACK, Act.RESUME),
    Act.DECIDE: (Act.REVIEW, Act.RESUME),
}


def as_rule(rule: SupervisionRule) -> Rule:
    """The stored rule as the pure one."""
    return Rule(rule.code, Trigger(rule.trigger), Signal(rule.signal), rule.parameters)


def _on(moment: Any) -> date:
    return timezone.localtime(moment).date()


def steps_before(events: Sequence[CaseEvent]) -> dict[int, CaseEvent]:
    """For each event that ends a step, the event that began it; one statement for a batch."""
    ending = [event for event in events if event.act in BEGINS_BEFORE]
    rows = CaseEvent.objects.filter(case__in={event.case_id for event in ending})
    by_case: dict[int, list[CaseEvent]] = {}
    for row in rows.only("id", "case_id", "seq", "act", "event_time").order_by("case", "seq"):
        by_case.setdefault(row.case_id, []).append(row)
    found = {}
    for event in ending:
        wanted = BEGINS_BEFORE[Act(event.act)]
        earlier = [
            one for one in by_case[event.case_id] if one.seq < event.seq and one.act in wanted
        ]
        if earlier:
            found[event.pk] = earlier[-1]
    return found


def of_event(event: CaseEvent, began: CaseEvent | None) -> Facts:
    """What one event shows. Its case must be loaded with its version."""
    case, act = event.case, Act(event.act)
    on = _on(event.event_time)
    detail = detail_of(event)
    papers: frozenset[str] = frozenset()
    if act == Act.DECIDE:
        papers = frozenset(Paper.objects.filter(about=case.number).values_list("kind", flat=True))
    reasons = act == Act.DECLINE or (act == Act.DECIDE and event.facts.get("outcome") == "refused")
    evidence = (event.seq,) if began is None else (began.seq, event.seq)
    return Facts(
        on=on,
        act=act.value,
        seq=event.seq,
        evidence=evidence,
        promised_days=case.item_version.promised_days,
        promise_due=case.promise_due,
        statutory_due=case.statutory_due,
        delivery_due=case.delivery_due,
        answer_due=_answer_due(case) if act == Act.DEEM_ACCEPTED else None,
        closed=case.closed_at is not None and _on(case.closed_at) <= on,
        step_from=_on(began.event_time) if began is not None else None,
        outcome=str(event.facts.get("outcome", "")),
        reason_signs=visible(detail.get("reason", "")) if reasons else None,
        opinion_signs=visible(detail.get("note", "")) if act == Act.REVIEW else None,
        papers=papers,
        lag_minutes=_lag(event),
    )


def _answer_due(case: Case) -> date:
    return calendar().add_workdays(_on(case.received_at), 5).on


def _lag(event: CaseEvent) -> int:
    if not event.desk or event.entry_time <= event.event_time:
        return 0
    happened, entry = timezone.localtime(event.event_time), timezone.localtime(event.entry_time)
    return working_minutes(happened, entry, calendar())


def of_day(case: Case | None, today: date, *, complaint_due: date | None = None) -> Facts:
    """What a day without an event shows of an open case, or of a complaint."""
    if case is None:
        return Facts(on=today, complaint_due=complaint_due)
    return Facts(
        on=today,
        evidence=(case.seq,),
        promised_days=case.item_version.promised_days,
        promise_due=case.promise_due,
        statutory_due=case.statutory_due,
        closed=case.closed_at is not None,
    )


def file_of(case: Case) -> File:
    """A closed case as the review sheet reads it: five statements."""
    events = list(CaseEvent.objects.filter(case=case).order_by("seq"))
    acts = {event.act for event in events}
    days = calendar()
    first = {act: next((e for e in events if e.act == act), None) for act in acts}
    accepted = first.get(Act.ACCEPT.value) or first.get(Act.DEEM_ACCEPTED.value)
    asked = first.get(Act.ASK_FOR_SUPPLEMENT.value)
    opinions, reason, remedy = [], 0, 0
    for event in events:
        detail = detail_of(event)
        if event.act == Act.REVIEW:
            opinions.append(visible(detail.get("note", "")))
        if event.act == Act.DECIDE:
            reason = visible(detail.get("reason", ""))
            remedy = visible(detail.get("remedy", ""))
    pauses = list(case.suspensions.values_list("notice_number", flat=True))
    late = sum(
        1
        for event in events
        if event.desk
        and working_minutes(
            timezone.localtime(event.event_time), timezone.localtime(event.entry_time), days
        )
        > LATE_AFTER
    )
    return File(
        received=_on(case.received_at),
        accepted_by=_on(accepted.event_time) if accepted else None,
        asked_on=_on(asked.event_time) if asked else None,
        supplements=sum(event.act in (Act.ASK_FOR_SUPPLEMENT, Act.ASK_AGAIN) for event in events),
        opinion_signs=tuple(opinions),
        hands=(case.intake_id, case.handler_id, case.decider_id),
        on_time=case.on_time,
        outcome=case.outcome,
        reason_signs=reason,
        remedy_signs=remedy,
        unnoticed_pauses=sum(1 for number in pauses if not number),
        pauses=len(pauses),
        decided=_on(case.decided_at) if case.decided_at else None,
        delivered=_on(case.delivered_at) if case.delivered_at else None,
        papers=frozenset(Paper.objects.filter(about=case.number).values_list("kind", flat=True)),
        acts=frozenset(acts),
        late_entries=late,
        answered_silently=case.deemed,
    )


def lags_of(
    events: Iterable[CaseEvent], days: Any
) -> tuple[dict[tuple[int, date], list[int]], list[LateEntry]]:
    """Events, late ones, late minutes and incomplete cases by unit and month; each late entry."""
    late: list[LateEntry] = []
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
    return sums, late


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
