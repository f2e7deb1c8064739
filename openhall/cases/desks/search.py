"""Finding a case at a desk: only among those the person may open there, by an index each time.

Each way of asking is one statement over one index, so a search costs the same among ten cases and
among a million.
"""

from collections.abc import Sequence
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from openhall.cases.desks.blinds import name_said, phone_said
from openhall.cases.models import Case, CaseEvent
from openhall.cases.models.ends import EndOfNumber
from openhall.cases.queues import hands_of
from openhall.cases.rules.searched import PERSONAL, By, Meant
from openhall.cases.rules.separation import HANDLING_ACTS
from openhall.cases.terms import ApplicantKind
from openhall.organs.desks import Sits
from openhall.organs.terms import Desk
from openhall.vault.fields import blinds

MOST: Final = 20  # rows; who finds more is asked to say more


def mine_to_open(seat: Sits) -> Q | None:
    """The cases this person may open at this desk, as ``permissions.may_open`` says; None: none."""
    account, organ = seat.account, seat.organ
    others = ~Q(account=account)
    if seat.desk in (Desk.WINDOW, Desk.DECIDER):
        return Q(organ=organ) & others
    if seat.desk == Desk.HEAD:
        did = CaseEvent.objects.filter(
            case=OuterRef("pk"), actor=account, act__in=[act.value for act in HANDLING_ACTS]
        )
        below = Q(organ__parent=organ, joint=True) & ~Exists(did)
        return (Q(organ=organ) | below) & others
    if seat.desk == Desk.HANDLER:
        away = [pk for pk in hands_of(account, organ, seat.day) if pk != account.pk]
        stood = Q(handler__in=away) & ~Q(intake=account) & ~Q(decider=account)
        return Q(organ=organ) & (Q(handler=account) | stood) & others
    return None


def asks(meant: Meant) -> Q:
    """The question that finds what is meant."""
    value = meant.value
    match meant.by:
        case By.NUMBER:
            return Q(number=value)
        case By.END:
            return Q(ends=value[-4:], number__endswith=value)
        case By.CODE:
            return Q(query_blind__in=blinds(value))
        case By.BODY | By.IDENTITY:
            return Q(identity_blind__in=blinds(value))
        case By.PHONE:
            return Q(phone_blind__in=blinds(phone_said(value)))
    return Q(name_blind__in=blinds(name_said(value)))


def rows_of(seat: Sits) -> QuerySet[Case]:
    """The cases this desk may open, as a question that an index narrows."""
    scope = mine_to_open(seat)
    rows = Case.objects.select_related("item_version").alias(ends=EndOfNumber("number"))
    return rows.none() if scope is None else rows.filter(scope)


def found(seat: Sits, meant: Sequence[Meant], *, people: bool) -> list[tuple[Case, By]]:
    """The newest cases that ``meant`` may mean, with the reading that found each.

    ``people``: by a person's data too, for whoever has given a reason; else only companies are
    found by their name.
    """
    if mine_to_open(seat) is None:
        return []
    rows = rows_of(seat)
    seen: dict[int, tuple[Case, By]] = {}
    for one in meant:
        asked = rows.filter(asks(one))
        if one.by in PERSONAL and not people:
            if one.by != By.NAME:
                continue
            asked = asked.filter(applicant_kind=ApplicantKind.COMPANY.value)
        for case in asked.order_by("-id")[:MOST]:
            seen.setdefault(case.pk, (case, one.by))
    return sorted(seen.values(), key=lambda row: -row[0].pk)[:MOST]


def asks_for_people(meant: Sequence[Meant]) -> bool:
    """Whether one of the readings needs a reason."""
    return any(one.by in PERSONAL for one in meant)
