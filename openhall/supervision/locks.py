"""The secret with which the words of a deed are locked: the complaint's own, or the case's salt."""

import base64
from typing import Any

from openhall.supervision.models import Card, CaseFileReview, Complaint, Issue
from openhall.supervision.terms import Subject

OF_A_CASE: dict[Subject, Any] = {
    Subject.CARD: Card,
    Subject.ISSUE: Issue,
    Subject.REVIEW: CaseFileReview,
}


def secret_of(row: Any) -> bytes:
    """The secret of what was done to ``row``; empty where it concerns nobody's case."""
    if isinstance(row, Complaint):
        return base64.b64decode(row.secret)
    case = getattr(row, "case", None)
    return base64.b64decode(case.salt) if case is not None else b""


def secret_behind(subject: Subject, about: int) -> bytes:
    """The same, asked by what a deed says it is about: one statement."""
    if subject == Subject.COMPLAINT:
        return secret_of(Complaint.objects.only("secret").get(pk=about))
    if subject not in OF_A_CASE:
        return b""
    rows = OF_A_CASE[subject].objects.filter(pk=about)
    return base64.b64decode(rows.values_list("case__salt", flat=True).get() or "")
