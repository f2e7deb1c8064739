"""Joint handling under supervision: unsigned notices, late opinions, empty chairs. norms 2.5, 4.2.

Each night the tasks of the last weeks are looked at, open or done late; an occasion has one card.
The card goes to who was late: the unit, or the lead for what the lead owes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from openhall.cases.models import Case, Forwarding
from openhall.deeds import sweeping
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.joint.models import JointAttendance, JointTask
from openhall.joint.rules.handling import sign_by
from openhall.joint.units import asked_of
from openhall.organs.models import Organ
from openhall.supervision.actions.cards import write_card
from openhall.supervision.facts import as_rule
from openhall.supervision.models import Card, SupervisionRule
from openhall.supervision.queries import rules_on
from openhall.supervision.rules.signals import JOINT_DUES, Facts, finding
from openhall.supervision.terms import Trigger
from openhall.workdays.queries import calendar

LOOKED_BACK: Final = 120  # days since the notice; what was late before has its card
BATCH: Final = 500


def silent_lead(case: Case) -> Organ | None:
    """Whose silence accepted a part of a joint application: the lead's, once for the whole."""
    task = JointTask.objects.select_related("joint__lead").filter(case=case, position=1).first()
    return None if task is None else task.joint.lead


@dataclass(frozen=True, slots=True)
class Owed:
    """What was due on a day, when it was done if it was, and who owed it."""

    trigger: Trigger
    due: date
    done: date | None
    organ: Organ
    case: Case


def _day(moment: Any) -> date | None:
    return None if moment is None else timezone.localtime(moment).date()


def _owed(task: JointTask) -> Iterator[Owed]:
    """Everything that stands against one unit's task, in the order of the procedure."""
    asked, case, days = asked_of(task), task.case, calendar()
    noticed = _day(task.noticed_at)
    if noticed is None:
        return
    if not asked.over or task.signed_at is not None:
        unsigned = sign_by(noticed, days)
        yield Owed(Trigger.NOTICE_UNSIGNED, unsigned, _day(task.signed_at), task.organ, case)
    if task.due_on is not None and not asked.excused and (task.opinion or not asked.over):
        due = asked.due or task.due_on
        yield Owed(Trigger.OPINION_LATE, due, _day(task.opinion_at), task.organ, case)
    if task.reasons_due is not None:
        lead = task.joint.lead
        yield Owed(Trigger.REASONS_LATE, task.reasons_due, asked.reasons_on, lead, case)
    if task.forward_due is not None and not asked.over:
        legs = Forwarding.objects.filter(case=case).order_by("pk")
        leg = legs.values_list("since", flat=True).first()
        yield Owed(Trigger.FORWARD_LATE, task.forward_due, leg, task.organ, case)
    if task.tell_due is not None:
        told = _day(task.told_at)
        yield Owed(Trigger.REPLY_UNTOLD, task.tell_due, told, task.organ, case)


def joint_lateness(today: date, at: datetime) -> int:
    """Cards of what units owed one another and the applicant; how many were raised."""
    rules = {Trigger(one.trigger): one for one in rules_on(today)}
    if not rules.keys() & (JOINT_DUES | {Trigger.JOINT_ABSENT}):
        return 0
    since = at - timedelta(days=LOOKED_BACK)
    rows = JointTask.objects.filter(noticed_at__gte=since).select_related(
        "organ", "joint__lead", "case__organ", "case__item"
    )
    raised: list[Card] = []

    def look_at(task: JointTask) -> None:
        for owed in _owed(task):
            if card := _late(rules.get(owed.trigger), owed, today, at):
                raised.append(card)

    after = 0
    while page := list(rows.filter(pk__gt=after).order_by("pk")[:BATCH]):
        with transaction.atomic():
            sweeping.sweep("joint lateness", page, look_at)
        after = page[-1].pk
    return len(raised) + _absent(rules.get(Trigger.JOINT_ABSENT), today, at, since)


def _late(rule: SupervisionRule | None, owed: Owed, today: date, at: datetime) -> Card | None:
    on = owed.done or today
    if rule is None or on <= owed.due:
        return None
    found = finding(as_rule(rule), Facts(on=on, joint_due=owed.due), calendar())
    if found is None:
        return None
    return write_card(
        rule,
        owed.organ,
        found.occasion,
        Doing(None, at, system_key("card", rule.code, owed.case.pk, found.occasion)),
        counts_on=on,
        case=owed.case,
        values=found.values,
    )


def _absent(rule: SupervisionRule | None, today: date, at: datetime, since: datetime) -> int:
    """A unit that stayed away from a meeting and gave no reason."""
    if rule is None:
        return 0
    raised: list[Card] = []
    rows = JointAttendance.objects.filter(
        representative__isnull=True, meeting__held_at__gte=since
    ).select_related("meeting", "task__organ", "task__case__item", "task__case__organ")

    def look_at(one: JointAttendance) -> None:
        on = timezone.localtime(one.meeting.held_at).date()
        found = finding(as_rule(rule), Facts(on=on, joint_absent=True), calendar())
        if found is None:
            return
        occasion = f"absent:{one.meeting_id}"
        card = write_card(
            rule,
            one.task.organ,
            occasion,
            Doing(None, at, system_key("card", rule.code, one.task.case_id, occasion)),
            counts_on=on,
            case=one.task.case,
            values=found.values,
        )
        if card is not None:
            raised.append(card)

    sweeping.sweep("joint absence", [one for one in rows if not one.excuse.strip()], look_at)
    return len(raised)
