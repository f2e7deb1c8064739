"""What the counter knows beforehand: what it takes in most, who was just served, until when."""

from collections import Counter
from datetime import date
from typing import Any, Final

from django.utils import timezone

from openhall.cases.models import Case, CaseEvent
from openhall.cases.permissions import may_open
from openhall.cases.rules.clock import answer_due
from openhall.cases.rules.packs import pack_on
from openhall.organs.desks import Sits
from openhall.organs.models import Organ
from openhall.workdays.queries import calendar

LATELY: Final = 300  # cases


def often_of(organ: Organ) -> dict[int, int]:
    """How often each item stands among the last cases of ``organ``."""
    rows = Case.objects.filter(organ=organ).order_by("-received_at", "-id")
    return Counter(rows.values_list("item_id", flat=True)[:LATELY])


def answer_day(today: date) -> date | None:
    """The day until which what comes today is answered."""
    return answer_due(today, pack_on(today), calendar())


def party_again(number: str, seat: Sits) -> dict[str, Any]:
    """The applicant of a case that this person entered today, for another matter; else nothing.

    The same hand typed it a moment ago; to everybody else the data stays masked.
    """
    case = Case.objects.select_related("organ").filter(number=number, organ=seat.organ).first()
    if case is None or not may_open(seat.account, case, seat.day):
        return {}
    first = CaseEvent.objects.filter(case=case, seq=1, actor=seat.account).first()
    if first is None or first.desk != seat.desk or _day(first) != seat.day:
        return {}
    return {
        "kind": case.applicant_kind,
        "name": case.applicant_name,
        "identity": case.identity_kind,
        "number": case.identity_number,
        "phone": case.phone,
        "address": case.address,
    }


def _day(event: CaseEvent) -> date:
    return timezone.localtime(event.entry_time).date()
