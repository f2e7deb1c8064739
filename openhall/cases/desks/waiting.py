"""How many cases wait at a desk, queue by queue, and for how long the oldest does."""

from django.utils import timezone
from django.utils.translation import gettext as _

from openhall.cases.behind import waiting_consultations
from openhall.cases.models import Consultation
from openhall.cases.queues import ALL, BUCKETS, Wanted, counted_all, oldest, to_bill
from openhall.organs.desks import Sits, Waits
from openhall.organs.terms import Desk

ANSWERING = frozenset({Desk.HANDLER, Desk.DECIDER, Desk.HEAD})
# What lies with the applicant or with another desk is seen here, but waits for somebody else.
ELSEWHERE = frozenset({"asked", "above", "handled", "supplemented"})


def names() -> dict[str, str]:
    """The queues in words."""
    return {
        "answer": _("To answer"),
        "hand_over": _("To hand over"),
        "finish": _("To issue and deliver"),
        "asked": _("Waiting for the applicant"),
        "handling": _("My cases"),
        "decide": _("To decide"),
        "handled": _("Being handled"),
        "supplemented": _("Supplemented, at the window"),
        "above": _("With the superior organ"),
        "extensions": _("Extensions to approve"),
    }


def rules() -> dict[str, str]:
    """What is to be done in each queue, in a few words."""
    return {
        "answer": _("Within five working days; silence accepts"),
        "hand_over": _("Accepted; a handler is to be named"),
        "finish": _("Within ten working days of the decision"),
        "handling": _("Examine before the promised day"),
        "decide": _("Examined; the decision is written"),
        "extensions": _("Before the limit runs out, once"),
    }


def waits(seat: Sits) -> list[Waits]:
    """The queues of the desk, and what other units ask of it."""
    buckets = BUCKETS.get(seat.desk, ())
    asked = [(one, wanted) for one in buckets for wanted in (ALL, Wanted(due="overdue"))]
    found = counted_all(asked, seat) if asked else []
    told, words, rule = [], names(), rules()
    for place, bucket in enumerate(buckets):
        if bucket.code in ELSEWHERE:
            continue
        many, late = found[2 * place : 2 * place + 2]
        since, due = oldest(bucket, seat) if many else (None, None)
        told.append(
            Waits(
                words[bucket.code],
                many,
                "office:queue",
                rule.get(bucket.code, ""),
                since,
                due,
                late,
                f"queue={bucket.code}",
            )
        )
    if seat.desk == Desk.CASHIER:
        granted = [case for case, _fees in to_bill(seat.day)]
        since = min((one.decided_at for one in granted if one.decided_at), default=None)
        told.append(
            Waits(
                _("Notices to issue"),
                len(granted),
                "office:till",
                _("Granted; without a notice it cannot be issued"),
                timezone.localtime(since).date() if since else None,
            )
        )
    if seat.desk in ANSWERING:
        many = waiting_consultations(seat.organ)
        rows = Consultation.objects.filter(organ=seat.organ, answered_at__isnull=True)
        first = rows.order_by("due_on").values_list("due_on", flat=True).first() if many else None
        told.append(
            Waits(
                _("Questions of other units"),
                many,
                "office:consultations",
                _("Answer for the unit"),
                due=first,
            )
        )
    return told
