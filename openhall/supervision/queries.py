"""What the desks and the public read of supervision; every list is paged by key."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final, TypeVar

from django.db.models import Count, Model, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from openhall.cases.models import Case, CaseEvent
from openhall.cases.queries import detail_of
from openhall.catalogue.queries import versions_in_force
from openhall.deeds.rules.codes import tidy
from openhall.organs.models import Account, Organ
from openhall.organs.queries import at_desks
from openhall.organs.terms import Desk
from openhall.paging.keyset import START, Page, Place, paged
from openhall.supervision.kinds import KINDS
from openhall.supervision.models import (
    BonusRule,
    Card,
    CaseFileReview,
    Complaint,
    Issue,
    LagMonth,
    LateEntry,
    Notice,
    PreWarning,
    SampleDraw,
    Score,
    ScoreWeight,
    SupervisionDeed,
    SupervisionRule,
    WeightSet,
)
from openhall.supervision.terms import (
    BonusKind,
    CardState,
    ComplaintState,
    IssueState,
    ScorePart,
    Signal,
    Subject,
)
from openhall.vault.fields import blinds

PAGE: Final = 25
M = TypeVar("M", bound=Model)


def _in_force(day: date) -> Q:
    return Q(effective_from__lte=day) & (
        Q(effective_until__isnull=True) | Q(effective_until__gte=day)
    )


def month_after(month: date) -> date:
    """The first day of the month after ``month`` (itself a first day)."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def rules_on(day: date) -> list[SupervisionRule]:
    """The rules in force on ``day``."""
    return list(SupervisionRule.objects.filter(_in_force(day)).order_by("id"))


def rule_of(code: str, day: date) -> SupervisionRule | None:
    """One rule by its code, as in force on ``day``."""
    return SupervisionRule.objects.filter(_in_force(day), code=code).first()


def set_on(day: date) -> WeightSet | None:
    """The weights and bonuses in force on ``day``."""
    return WeightSet.objects.filter(_in_force(day)).order_by("-effective_from").first()


def weights_on(day: date) -> dict[ScorePart, Decimal]:
    """The points of each part in force on ``day``."""
    rows = ScoreWeight.objects.filter(set=set_on(day)).order_by("id")
    return {ScorePart(row.part): row.points for row in rows}


def bonuses_on(day: date) -> dict[BonusKind, BonusRule]:
    """The bonus rules in force on ``day``, with their set."""
    rows = BonusRule.objects.filter(set=set_on(day)).select_related("set").order_by("id")
    return {BonusKind(row.kind): row for row in rows}


def weight_sets() -> list[tuple[date, date | None, str, dict[ScorePart, Decimal]]]:
    """Every set of weights with its days and its basis, newest first."""
    return [
        (
            one.effective_from,
            one.effective_until,
            one.basis,
            {ScorePart(row.part): row.points for row in one.weights.all()},
        )
        for one in WeightSet.objects.prefetch_related("weights")
    ]


def closed_early(organ: Organ, month: date) -> QuerySet[Case]:
    """Cases decided in ``month`` before their promised day: what the bonus counts."""
    decided = Case.objects.filter(
        organ=organ, decided_at__date__gte=month, decided_at__date__lt=month_after(month)
    )
    return decided.filter(promise_due__gt=TruncDate("decided_at")).select_related("item_version")


def least_shortened(organ: Organ, day: date) -> tuple[str, int, int] | None:
    """The item of ``organ`` whose promise is least below its limit: code, promised, statutory.

    Items without a limit of the law say nothing; None if the unit has no other.
    """
    rows = versions_in_force(day).filter(item__organ=organ, statutory_days__gt=0)
    found = [
        (row.item.code, row.promised_days or 0, row.statutory_days)
        for row in rows.select_related("item")
        if row.statutory_days
    ]
    return max(found, key=lambda one: (one[1] / one[2], one[0]), default=None)


def cards(
    *,
    organ: Organ | None = None,
    states: Sequence[CardState] = (),
    signal: Signal | None = None,
    month: date | None = None,
) -> QuerySet[Card]:
    """Cards as asked for, with what a list shows."""
    rows = Card.objects.select_related("rule", "organ", "case__item_version")
    if organ is not None:
        rows = rows.filter(organ=organ)
    if states:
        rows = rows.filter(state__in=[state.value for state in states])
    if signal is not None:
        rows = rows.filter(signal=signal.value)
    if month is not None:
        rows = rows.filter(month=month)
    return rows


def deeds_of(subject: Subject, pk: int) -> list[SupervisionDeed]:
    """What was done to one thing, in order."""
    rows = SupervisionDeed.objects.filter(subject=subject.value, about=pk).select_related("actor")
    return list(rows.order_by("seq"))


def deeds_told(subject: Subject, pk: int) -> list[tuple[SupervisionDeed, list[str]]]:
    """The same with what was written at each, for who may read it."""
    row: Any = KINDS[subject].model._base_manager.only("salt").get(pk=pk)
    return [(deed, list(deed.detail_under(row.salt).values())) for deed in deeds_of(subject, pk)]


@dataclass(slots=True)
class Standing:
    """What one unit has on the board."""

    red: int = 0
    yellow: int = 0
    warned: int = 0
    unanswered: int = 0
    to_rule: int = 0
    upheld: int = 0
    withdrawn: int = 0
    issues: int = 0
    overdue: int = 0


TO_RULE: Final = (CardState.EXPLAINED, CardState.OBJECTED, CardState.ESCALATED)


def board(month: date, today: date, organ: Organ | None = None) -> list[tuple[Organ, Standing]]:
    """Each unit that has anything on it, in the order of the organs: four statements."""
    found: dict[int, Standing] = defaultdict(Standing)
    where: dict[str, Any] = {} if organ is None else {"organ": organ}
    rows = Card.objects.filter(month=month, **where).order_by()
    for row in rows.values("organ", "signal", "state").annotate(n=Count("id")):
        one, n, state = found[row["organ"]], row["n"], row["state"]
        one.red += n if row["signal"] == Signal.RED else 0
        one.yellow += n if row["signal"] == Signal.YELLOW else 0
        one.unanswered += n if state == CardState.RAISED else 0
        one.to_rule += n if state in TO_RULE else 0
        one.upheld += n if state in (CardState.UPHELD, CardState.CLOSED) else 0
        one.withdrawn += n if state == CardState.WITHDRAWN else 0
    warned = reminders(today, organ).select_related(None)
    for pk, n in warned.order_by().values_list("organ").annotate(n=Count("id")):
        found[pk].warned = n
    owed = Issue.objects.filter(closed_at__isnull=True, **where).order_by()
    late = Count("id", filter=Q(due_on__lt=today))
    for pk, n, overdue in owed.values_list("organ").annotate(n=Count("id"), late=late):
        found[pk].issues, found[pk].overdue = n, overdue
    units = Organ.objects.in_bulk(list(found))
    pairs = [(units[pk], standing) for pk, standing in found.items()]
    return sorted(pairs, key=lambda pair: (pair[0].position, pair[0].code))


def card_months(first: date, last: date) -> dict[tuple[int, date], Standing]:
    """Cards by unit and month, for the public: raised, upheld, withdrawn."""
    found: dict[tuple[int, date], Standing] = defaultdict(Standing)
    rows = Card.objects.filter(month__range=(first, last)).order_by()
    for row in rows.values("organ", "month", "signal", "state").annotate(n=Count("id")):
        one, n = found[row["organ"], row["month"]], row["n"]
        one.red += n if row["signal"] == Signal.RED else 0
        one.yellow += n if row["signal"] == Signal.YELLOW else 0
        one.upheld += n if row["state"] in (CardState.UPHELD, CardState.CLOSED) else 0
        one.withdrawn += n if row["state"] == CardState.WITHDRAWN else 0
    return found


def reminders(today: date, organ: Organ | None = None) -> QuerySet[PreWarning]:
    """The reminders that stand: open cases whose promised day is still to come, soonest first."""
    rows = PreWarning.objects.filter(due_on__gte=today, case__closed_at__isnull=True)
    rows = rows if organ is None else rows.filter(organ=organ)
    return rows.select_related("case__item_version", "organ")


def warnings_for(handler: Account, today: date, limit: int = 10) -> list[PreWarning]:
    """The handler's open cases soon due, the nearest first."""
    rows = PreWarning.objects.filter(
        case__handler=handler, case__closed_at__isnull=True, due_on__gte=today
    )
    return list(rows.select_related("case__item_version").order_by("due_on", "pk")[:limit])


def complaints(
    *, organ: Organ | None = None, states: Sequence[ComplaintState] = ()
) -> QuerySet[Complaint]:
    """Complaints as asked for."""
    rows = Complaint.objects.select_related("organ", "case", "item")
    if organ is not None:
        rows = rows.filter(organ=organ).exclude(state__in=["received", "rejected"])
    return rows.filter(state__in=[state.value for state in states]) if states else rows


def complaint_by_code(code: str) -> Complaint | None:
    """The complaint its code opens; None for a forged or mistyped one."""
    rows = Complaint.objects.select_related("organ", "case", "item")
    return rows.filter(code_blind__in=blinds("complaint:" + tidy(code))).first()


def issues(
    *,
    organ: Organ | None = None,
    states: Sequence[IssueState] = (),
    late_on: date | None = None,
) -> QuerySet[Issue]:
    """Findings as asked for; ``late_on``: those open whose day had passed on it."""
    rows = Issue.objects.select_related("organ", "case")
    if organ is not None:
        rows = rows.filter(organ=organ)
    if late_on is not None:
        rows = rows.filter(closed_at__isnull=True, due_on__lt=late_on)
    return rows.filter(state__in=[state.value for state in states]) if states else rows


def population(month: date) -> dict[str, list[str]]:
    """Numbers of the cases accepted and closed in ``month``, by the code of their unit."""
    zone = timezone.get_default_timezone()
    begin = datetime.combine(month, time.min, zone)
    end = datetime.combine(month_after(month), time.min, zone)
    rows = Case.objects.filter(
        closed_at__gte=begin, closed_at__lt=end, accepted_at__isnull=False
    ).values_list("organ__code", "number")
    found: dict[str, list[str]] = defaultdict(list)
    for code, number in rows.order_by("number"):
        found[code].append(number)
    return dict(found)


def draws() -> list[SampleDraw]:
    """Every draw with how many of its sheets are signed, newest first."""
    signed = Count("reviews", filter=Q(reviews__signed_at__isnull=False))
    bad = Count("reviews", filter=Q(reviews__defects__gt=0))
    rows = SampleDraw.objects.annotate(files=Count("reviews"), signed=signed, bad=bad)
    return list(rows.order_by("-id")[:50])


def reviewers(day: date) -> QuerySet[Account]:
    """Whom a file may be given to: who sits at Legal Affairs or Supervision."""
    return at_desks((Desk.LEGAL, Desk.SUPERVISION), day)


def open_sheets(account: Account, at: Place = START) -> Page[CaseFileReview]:
    """Drawn files that ``account`` is to review: those assigned to them, and those to nobody."""
    mine = Q(reviewer=account) | Q(reviewer__isnull=True)
    rows = CaseFileReview.objects.filter(mine, signed_at__isnull=True)
    return paged(rows.select_related("draw", "case__item_version", "organ", "reviewer"), ["pk"], at)


def sheets_of(draw: SampleDraw) -> list[CaseFileReview]:
    """The sheets of a draw in the order of the units."""
    rows = CaseFileReview.objects.filter(draw=draw)
    related = ("case__item_version", "organ", "reviewer", "signed_by")
    return list(rows.select_related(*related).order_by("organ__position", "pk"))


def scores(month: date, organ: Organ | None = None) -> list[Score]:
    """The scores of a month in the order of the organs: never by size of the score."""
    rows = Score.objects.filter(month=month).select_related("organ")
    if organ is not None:
        rows = rows.filter(organ=organ)
    return list(rows.order_by("organ__position", "organ__code"))


def lag_by_unit(first: date, last: date) -> list[tuple[Organ, dict[str, int]]]:
    """Events entered late from ``first`` to ``last`` (months), by unit."""
    rows = LagMonth.objects.filter(month__range=(first, last)).order_by().values("organ")
    sums = {
        row["organ"]: row
        for row in rows.annotate(n=Sum("events"), late_n=Sum("late"), office_minutes=Sum("minutes"))
    }
    units = Organ.objects.in_bulk(list(sums))
    pairs = [
        (
            units[pk],
            {
                "events": row["n"],
                "late": row["late_n"],
                "hours": round(row["office_minutes"] / 60 / row["late_n"]) if row["late_n"] else 0,
            },
        )
        for pk, row in sums.items()
    ]
    return sorted(pairs, key=lambda pair: (pair[0].position, pair[0].code))


@dataclass(frozen=True, slots=True)
class LateDeed:
    """One event entered late, who entered it, and the reason given for it if it was asked."""

    entry: LateEntry
    event: CaseEvent
    reason: str


def late_deeds(organ: Organ, month: date, at: Place = START) -> Page[LateDeed]:
    """A page of the events behind a unit's figure, for the oversight desks: two statements."""
    rows = paged(late_entries(organ, month), at=at)
    events = CaseEvent.objects.filter(case__in={row.case_id for row in rows})
    by_place = {(one.case_id, one.seq): one for one in events.select_related("actor", "case")}
    told = []
    for row in rows:
        event = by_place[row.case_id, row.seq]
        said = detail_of(event)
        told.append(LateDeed(row, event, said.get("late_reason", "")))
    return rows.of(told)


def late_entries(organ: Organ, month: date) -> QuerySet[LateEntry]:
    """The events behind a unit's figure."""
    rows = LateEntry.objects.filter(organ=organ, month=month)
    return rows.select_related("case__item_version")


def card_numbered(number: str) -> Card | None:
    """One card with its rule, its unit and its case."""
    rows = Card.objects.select_related("rule", "organ", "item", "case__item_version")
    return rows.filter(number=number).first()


def evidence_of(card: Card) -> list[CaseEvent]:
    """The events of the case that the card rests on."""
    if card.case_id is None:
        return []
    rows = CaseEvent.objects.filter(case=card.case_id, seq__in=card.evidence)
    return list(rows.order_by("seq"))


def notice_of(pk: int) -> Notice | None:
    """One supervision notice with its unit and its card."""
    return Notice.objects.select_related("organ", "issued_by", "card").filter(pk=pk).first()


def issue_numbered(number: str) -> Issue | None:
    """One finding with its unit and its case."""
    return Issue.objects.select_related("organ", "case").filter(number=number).first()


def complaint_numbered(number: str) -> Complaint | None:
    """One complaint with what it is about."""
    rows = Complaint.objects.select_related("organ", "case", "item")
    return rows.filter(number=number).first()


def is_with(complaint: Complaint, organ: Organ) -> bool:
    """Whether the complaint was accepted against ``organ``, so that its head reads it."""
    return complaints(organ=organ).filter(pk=complaint.pk).exists()


def draw_numbered(number: str) -> SampleDraw | None:
    """One draw of case files."""
    return SampleDraw.objects.filter(number=number).first()


def review_by_pk(pk: int) -> CaseFileReview | None:
    """One review sheet with its draw, its case and its unit."""
    rows = CaseFileReview.objects.select_related("draw", "case__item_version", "organ", "signed_by")
    return rows.filter(pk=pk).first()


def score_of(code: str, month: date) -> Score | None:
    """The score of the unit ``code`` for a month."""
    return Score.objects.select_related("organ").filter(organ__code=code, month=month).first()


def versions_of_rule(code: str) -> list[SupervisionRule]:
    """Every version of a rule, newest first."""
    return list(SupervisionRule.objects.filter(code=code).order_by("-effective_from"))


def lag_of(organ: Organ, month: date) -> LagMonth | None:
    """How late ``organ`` entered its deeds in a month."""
    return LagMonth.objects.filter(organ=organ, month=month).first()
