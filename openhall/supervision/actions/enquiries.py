"""Questions of the public that a unit left unanswered: a card each, once. 国办秘函〔2019〕19号.

Those still owed are found by their last day; those that were answered late in the meantime, by
reading the events of the room below by cursor. Either way it is one occasion and one card.
"""

from datetime import date, datetime
from functools import partial
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from openhall.deeds import sweeping
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.enquiries.models import Enquiry, EnquiryDeed
from openhall.enquiries.queries import overdue
from openhall.enquiries.terms import EnquiryAct, Subject
from openhall.supervision.actions.cards import write_card
from openhall.supervision.actions.cursors import cursor_of, horizon, read_to
from openhall.supervision.facts import as_rule, of_day
from openhall.supervision.models import Card, Cursor, SupervisionRule
from openhall.supervision.queries import rules_on
from openhall.supervision.rules.signals import finding
from openhall.supervision.terms import Trigger
from openhall.workdays.queries import calendar

BATCH: Final = 500


def _rules(day: date) -> list[SupervisionRule]:
    return [rule for rule in rules_on(day) if rule.trigger == Trigger.ENQUIRY_LATE]


def _card(
    enquiry: Enquiry,
    *,
    rule: SupervisionRule,
    on: date,
    at: datetime,
    raised: list[Card],
    entered: datetime | None = None,
) -> None:
    found = finding(as_rule(rule), of_day(None, on, complaint_due=enquiry.due), calendar())
    if found is None:
        return
    key = system_key("card", rule.code, enquiry.number, found.occasion)
    card = write_card(
        rule,
        enquiry.organ,
        found.occasion,
        Doing(None, at, key, entered=entered),
        counts_on=on,
        item=enquiry.item,
        reference=enquiry.number,
        values=found.values,
    )
    if card is not None:
        raised.append(card)


def unanswered(today: date, at: datetime) -> int:
    """Cards for questions owed past their last day."""
    raised: list[Card] = []
    for rule in _rules(today):
        known = Card.objects.filter(code=rule.code).values("reference")
        rows = overdue(today).exclude(number__in=known)
        give = partial(_card, rule=rule, on=today, at=at, raised=raised)
        sweeping.sweep("enquiries unanswered", list(rows[:BATCH]), give)
    return len(raised)


def observe_enquiries(*, lived: bool = False) -> int:
    """Cards for answers that went out late, read from their events; how many were read.

    ``lived`` dates a card by its event instead of now: for the demonstration's invented past.
    """
    upto, done = horizon(EnquiryDeed), 0
    while True:
        with transaction.atomic():
            cursor = cursor_of(Cursor.ENQUIRIES)
            rows = EnquiryDeed.objects.filter(id__gt=cursor.last_event_id, id__lte=upto)
            events = list(rows.order_by("id")[:BATCH])
            if not events:
                return done
            sweeping.sweep("late answers", _late(events), partial(_look_at, lived=lived))
            read_to(cursor, events[-1].pk)
            done += len(events)


def _late(events: list[EnquiryDeed]) -> list[EnquiryDeed]:
    return [
        event
        for event in events
        if event.subject == Subject.ENQUIRY
        and event.act == EnquiryAct.SEND
        and event.facts.get("on_time") is False
    ]


def _look_at(event: Any, *, lived: bool) -> None:
    enquiry = Enquiry.objects.select_related("organ", "item").get(pk=event.about)
    on = timezone.localtime(event.event_time).date()
    at = event.entry_time if lived else timezone.now()
    for rule in _rules(on):
        _card(enquiry, rule=rule, on=on, at=at, raised=[], entered=at if lived else None)
