"""What of supervision waits at a desk, and what its search finds there by number."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Max, Model, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openhall.organs.desks import Hit, Sits, Waits, waits_in
from openhall.organs.terms import Desk
from openhall.paging.typed import code_of
from openhall.supervision.models import Card, CaseFileReview, Complaint, Issue
from openhall.supervision.terms import CardState, ComplaintState, IssueState

ALL_UNITS = (Desk.SUPERVISION, Desk.LEGAL, Desk.INSPECTOR)
C, K, F = ComplaintState, CardState, IssueState
OPEN_ISSUES = "state=" + ",".join(one.value for one in F if one != F.CLOSED)


def _waits(
    seat: Sits,
    words: Any,
    rule: Any,
    rows: QuerySet[Any],
    page: str,
    came: str,
    due: str,
    sent: str,
) -> Waits:
    return waits_in(seat, words, rule, rows, page, came=came, due=due, sent=sent)


def _to_review(seat: Sits) -> Waits:
    mine = Q(reviewer=seat.account) | Q(reviewer__isnull=True)
    return _waits(
        seat,
        _("Case files to review"),
        _("Drawn, assigned to you or to nobody yet"),
        CaseFileReview.objects.filter(mine, signed_at__isnull=True),
        "office:oversight_draws",
        "draw__announced_at",
        "",
        "",
    )


def waits(seat: Sits) -> list[Waits]:
    """Cards, complaints and findings that wait for this desk, of every unit or of its own."""
    if seat.desk == Desk.SUPERVISION:
        return [
            _waits(
                seat,
                _("Complaints to take or decline"),
                _("Within the days of the rule"),
                Complaint.objects.filter(state__in=[C.RECEIVED.value, C.REOPENED.value]),
                "office:oversight_complaints",
                "received_at",
                "accept_due",
                "state=received,reopened",
            ),
            _waits(
                seat,
                _("Answers to complaints to check"),
                _("Before the complainant reads them"),
                Complaint.objects.filter(state=C.DRAFTED.value),
                "office:oversight_complaints",
                "received_at",
                "answer_due",
                "state=drafted",
            ),
            _waits(
                seat,
                _("Objections to cards to rule on"),
                _("With the reason in writing"),
                Card.objects.filter(state__in=[K.OBJECTED.value, K.ESCALATED.value]),
                "office:oversight_cards",
                "raised_at",
                "",
                "state=objected,escalated",
            ),
            _waits(
                seat,
                _("Corrections to verify"),
                _("Not by who put it right"),
                Issue.objects.filter(state=F.SUBMITTED.value),
                "office:oversight_issues",
                "opened_at",
                "due_on",
                "state=submitted",
            ),
            _to_review(seat),
        ]
    if seat.desk == Desk.HEAD:
        mine = {"organ": seat.organ}
        return [
            _waits(
                seat,
                _("Cards to answer"),
                _("Explain or object; silence escalates"),
                Card.objects.filter(state=K.RAISED.value, **mine),
                "office:oversight_cards",
                "raised_at",
                "answer_due",
                "state=raised",
            ),
            _waits(
                seat,
                _("Complaints to answer"),
                _("Supervision checks the answer"),
                Complaint.objects.filter(state=C.ACCEPTED.value, **mine),
                "office:oversight_complaints",
                "received_at",
                "answer_due",
                "state=accepted",
            ),
            _waits(
                seat,
                _("Findings to put right"),
                _("Each with its measures and evidence"),
                Issue.objects.filter(
                    state__in=[
                        F.OPEN.value,
                        F.ACCEPTED.value,
                        F.IN_PROGRESS.value,
                        F.RETURNED.value,
                    ],
                    **mine,
                ),
                "office:oversight_issues",
                "opened_at",
                "due_on",
                "state=open,accepted,in_progress,returned",
            ),
        ]
    if seat.desk in (Desk.LEGAL, Desk.INSPECTOR):
        reviews = [_to_review(seat)] if seat.desk == Desk.LEGAL else []
        return [
            *reviews,
            _waits(
                seat,
                _("Findings open in all units"),
                _("To read"),
                Issue.objects.filter(closed_at__isnull=True),
                "office:oversight_issues",
                "opened_at",
                "due_on",
                OPEN_ISSUES,
            ),
        ]
    return []


def finds(seat: Sits, typed: str) -> Iterable[Hit]:
    """A card, complaint or finding by its number, to who reads it at this desk."""
    bare = code_of(typed)
    if len(bare) < 4 or seat.desk not in (*ALL_UNITS, Desk.HEAD):
        return
    for model, state, page, words in (
        (Card, CardState, "office:oversight_card", _("Card")),
        (Complaint, ComplaintState, "office:oversight_complaint", _("Complaint")),
        (Issue, IssueState, "office:oversight_issue", _("Issue")),
    ):
        rows: QuerySet[Any] = model._default_manager.filter(
            number__in=spellings(model, typed, bare)
        )
        if seat.desk == Desk.HEAD:
            rows = rows.filter(organ=seat.organ)
            if model is Complaint:
                rows = rows.exclude(state__in=[C.RECEIVED.value, C.REJECTED.value])
        for row in rows.select_related("organ")[:5]:
            english = get_language() == "en"
            unit = (english and row.organ.name_en) or row.organ.name
            yield Hit(
                row.number,
                f"{words} · {unit}",
                state(row.state).said_in(get_language()),
                page,
                (seat.organ.code, seat.desk.value, row.number),
                due=_due(row),
                about=words,
            )


def spellings(model: type[Model], typed: str, bare: str) -> list[str]:
    """The number as it may have been typed: with its dashes, or read out without them."""
    newest = model._default_manager.aggregate(number=Max("number"))["number"] or ""
    found, places = list(bare), [n for n, sign in enumerate(newest) if sign == "-"]
    for place in places:
        found.insert(place, "-")
    return [typed.strip().upper(), bare, "".join(found)]


def _due(row: Any) -> date | None:
    return getattr(row, "answer_due", None) or getattr(row, "due_on", None)
