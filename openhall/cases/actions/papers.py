"""The papers of a case: whom they name, and under which code the applicant follows it."""

from collections.abc import Sequence

from django.utils import timezone

from openhall.cases.actions.record import Doing
from openhall.cases.models import Case
from openhall.organs.models import Organ
from openhall.papers.actions import giving
from openhall.papers.models import Paper
from openhall.papers.rules.words import Matter
from openhall.papers.terms import INSIDE, PaperKind


def matter_of(case: Case) -> Matter:
    """What the papers of ``case`` say of it."""
    return Matter(
        item=case.item_version.name,
        organ=case.organ.name,
        received=timezone.localtime(case.received_at).date(),
        promise=case.promise_due,
        statutory=case.statutory_due,
    )


def query_code_of(case: Case) -> str:
    """The code under which the applicant follows ``case``: of a joint application, the one code."""
    return case.followed_by or case.query_code


def give(
    case: Case,
    kind: PaperKind,
    words: Sequence[str],
    doing: Doing,
    *,
    by: Organ | None = None,
    to: str | None = None,
) -> Paper:
    """One paper of ``case``, in the transaction of its act.

    ``by``: the organ that gives it, where that is the lead of a joint application; ``to``: whom,
    where that is another unit. Papers that stay inside name neither applicant nor query code.
    """
    inside = kind in INSIDE
    about = giving.Reference(
        number=case.number,
        organ=by or case.organ,
        to=to if to is not None else "" if inside else case.applicant_name,
        query="" if inside else query_code_of(case),
    )
    return giving.give(about, kind, words, doing)
