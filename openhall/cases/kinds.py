"""What deeds of this room are done to: cases, with all that hangs on them."""

from typing import Any

from django.utils import timezone

from openhall.cases.models import (
    Acting,
    Case,
    CaseEvent,
    Consultation,
    Erasure,
    Extension,
    ExtensionRequest,
    Forwarding,
    HandOver,
    Hearing,
    SiteCheck,
    Supplement,
    SupplementPoint,
    Suspension,
)
from openhall.cases.rules.backfill import objection
from openhall.cases.terms import Act
from openhall.deeds.doing import Doing
from openhall.deeds.kinds import Kind, Owned, register
from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.workdays.queries import calendar


def _within_limits(case: Case, doing: Doing, now: Any) -> None:
    """What may be entered afterwards, and how long afterwards (norms 9)."""
    last = CaseEvent.objects.filter(case=case, seq=case.seq).values_list("event_time", flat=True)
    before = last.first()
    found = objection(
        timezone.localtime(doing.at),
        timezone.localtime(now),
        timezone.localtime(before) if before else None,
        doing.backfilled or "",
        calendar(),
    )
    if found:
        raise Refused(*found)


CASE = register(
    Kind(
        name="case",
        model=Case,
        events=CaseEvent,
        acts=Act,
        title=Said("办件", "Case"),
        fk="case",
        tells=lambda case: {"organ": case.organ.code, "item": case.item.code},
        columns=("stage",),
        related=("organ", "item", "item_version"),
        openly=("answer_due", "promise_due", "statutory_due", "delivery_due", "due_is_provisional"),
        objection=_within_limits,
        loose={
            "query_blind": "An index of the query code, made from it; the code is committed to.",
            "identity_blind": "An index of the identity number, made from it.",
        },
        owns=[
            Owned("acting", Acting, "case"),
            Owned("supplement", Supplement, "case"),
            Owned("point", SupplementPoint, "supplement__case"),
            Owned("suspension", Suspension, "case"),
            Owned("extension", Extension, "case"),
            Owned("extension-request", ExtensionRequest, "case"),
            Owned("hand-over", HandOver, "case"),
            Owned("hearing", Hearing, "case"),
            Owned("site-check", SiteCheck, "case"),
            Owned("forwarding", Forwarding, "case"),
            Owned("consultation", Consultation, "case"),
            Owned("erasure", Erasure, "case"),
        ],
    )
)
