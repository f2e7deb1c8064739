"""What deeds of this room are done to: cases, with all that hangs on them."""

from typing import Any, Final

from django.utils import timezone

from openhall.cases.models import (
    Acting,
    BesideDeed,
    Case,
    CaseEvent,
    CaseNote,
    CaseStep,
    Consultation,
    DeliveryAttempt,
    Erasure,
    Extension,
    ExtensionRequest,
    Forwarding,
    HandedPaper,
    HandOver,
    Hearing,
    Place,
    Quota,
    Reveal,
    SiteCheck,
    StandIn,
    Supplement,
    SupplementPoint,
    Suspension,
)
from openhall.cases.rules.backfill import objection
from openhall.cases.terms import Act, BesideAct
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
            "name_blind": "An index of the name, made from it.",
            "phone_blind": "An index of the telephone, made from it.",
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
            Owned("handed-paper", HandedPaper, "case"),
            Owned("place", Place, "case"),
            Owned(
                "step",
                CaseStep,
                "case",
                loose={"due_on": "Counted from its first day and its days under the calendar."},
            ),
        ],
    )
)


def _beside(name: str, model: Any, title: Said, **more: Any) -> Kind:
    return register(
        Kind(name=name, model=model, events=BesideDeed, acts=BesideAct, title=title, **more)
    )


def _of_its_case(row: Any) -> dict[str, str]:
    return {"case": row.case.number, "organ": row.case.organ.code}


_CASE: Final = {"related": ("case__organ",), "tells": _of_its_case}
ATTEMPT = _beside("attempt", DeliveryAttempt, Said("送达经过", "Attempt to serve"), **_CASE)
NOTE = _beside("note", CaseNote, Said("内部记事", "Note"), **_CASE)
REVEAL = _beside("reveal", Reveal, Said("个人信息查看记录", "Look at personal data"), **_CASE)
STAND_IN = _beside(
    "stand-in",
    StandIn,
    Said("代办安排", "Stand-in"),
    related=("organ",),
    tells=lambda one: {"organ": one.organ.code, "post": one.desk},
)
QUOTA = _beside(
    "quota",
    Quota,
    Said("数量限制", "Limited number"),
    related=("item__organ",),
    number=lambda quota: f"{quota.item.code}/{quota.since.isoformat()}",
    tells=lambda quota: {"organ": quota.item.organ.code, "item": quota.item.code},
)
