"""What of supervision waits at a desk, and what its search finds there by number."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openhall.organs.desks import Hit, Sits, Waits
from openhall.organs.terms import Desk
from openhall.paging.typed import code_of
from openhall.supervision.models import Card, CaseFileReview, Complaint, Issue
from openhall.supervision.terms import CardState, ComplaintState, IssueState

ALL_UNITS = (Desk.SUPERVISION, Desk.LEGAL, Desk.INSPECTOR)
C, K, F = ComplaintState, CardState, IssueState


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
    """A count, the oldest, the first that runs out and how many ran out: one statement."""
    today = seat.figures_day
    named = {"many": Count("pk"), "came": Min(came)}
    if due:
        named |= {"due": Min(due), "late": Count("pk", filter=Q(**{f"{due}__lt": today}))}
    told = rows.order_by().aggregate(**named)
    since = told["came"]
    since = timezone.localtime(since).date() if since is not None else None
    return Waits(
        words, told["many"], page, rule, since, told.get("due"), told.get("late") or 0, sent
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
                "",
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
                "state=objected",
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
            _waits(
                seat,
                _("Case files to review"),
                _("Drawn, not signed yet"),
                CaseFileReview.objects.filter(signed_at__isnull=True),
                "office:oversight_draws",
                "draw__announced_at",
                "",
                "",
            ),
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
                "",
            ),
        ]
    if seat.desk in (Desk.LEGAL, Desk.INSPECTOR):
        return [
            _waits(
                seat,
                _("Findings open in all units"),
                _("To read"),
                Issue.objects.filter(closed_at__isnull=True),
                "office:oversight_issues",
                "opened_at",
                "due_on",
                "",
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
