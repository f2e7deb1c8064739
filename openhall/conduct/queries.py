"""Findings, training and assessments; and what a month of somebody is counted from."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from openhall.appraisal.models import Rating
from openhall.appraisal.terms import RatingState
from openhall.cases.models import Case
from openhall.conduct.models import (
    Assessment,
    ConductDeed,
    ConductRules,
    Deduction,
    Finding,
    Training,
)
from openhall.conduct.rules.counting import Seen, Shift
from openhall.conduct.rules.packs import NUMBERS, SHIPPED, ConductPack, pack_of
from openhall.conduct.terms import SourceKind
from openhall.hall.models import Duty, Hall, HallDeed, TicketEvent
from openhall.hall.terms import DutyAct, TicketAct
from openhall.organs.models import Account
from openhall.versions.queries import in_force
from openhall.versions.terms import PUBLIC

__all__ = ["Assessment", "Deduction", "Finding", "Training"]

FOUND_TRUE = (
    RatingState.VERIFIED.value,
    RatingState.FED_BACK.value,
    RatingState.CLOSED.value,
)


def _pack(version: ConductRules) -> ConductPack:
    numbers = {name: getattr(version, name) for name in NUMBERS}
    code, base = str(version.number), version.base
    return pack_of(code, version.basis, base, numbers, version.points, version.seen)


def pack_on(day: date) -> ConductPack:
    """The rules in force on ``day``; before the first version those of the programme."""
    version = in_force(ConductRules, day)
    return SHIPPED if version is None else _pack(version)


def packs() -> dict[str, ConductPack]:
    """Every set of rules that was ever in force, by its code."""
    rows = ConductRules.objects.filter(state__in=PUBLIC)
    return {SHIPPED.code: SHIPPED} | {str(one.number): _pack(one) for one in rows}


def rule_versions() -> QuerySet[ConductRules]:
    """Every version of the rules, newest first."""
    return ConductRules.objects.order_by("-number")


def month_after(month: date) -> date:
    """The first day of the month after ``month``."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def _between(month: date) -> tuple[datetime, datetime]:
    zone = timezone.get_default_timezone()
    ends = month_after(month)
    return (
        datetime(month.year, month.month, 1, tzinfo=zone),
        datetime(ends.year, ends.month, 1, tzinfo=zone),
    )


def on_the_roster(hall: Hall, month: date) -> list[Account]:
    """Who had a shift in the hall in the month, by name."""
    rows = Duty.objects.filter(
        hall=hall, cancelled=False, day__gte=month, day__lt=month_after(month)
    )
    return sorted(Account.objects.filter(pk__in=rows.values("account")), key=str)


def shifts_of(hall: Hall, account: Account, month: date) -> list[Shift]:
    """The shifts of the month as planned and kept."""
    rows = Duty.objects.filter(
        hall=hall, account=account, cancelled=False, day__gte=month, day__lt=month_after(month)
    )
    signed = HallDeed.objects.filter(
        subject="duty", act=DutyAct.SIGN_OUT.value, about__in=rows.values("pk")
    )
    by_others = {one.about for one in signed if one.facts.get("by_management")}
    zone = timezone.get_default_timezone()
    return [
        Shift(
            str(one.pk),
            one.day,
            datetime.combine(one.day, one.starts, zone),
            datetime.combine(one.day, one.ends, zone),
            one.signed_in,
            one.signed_out,
            one.away_minutes,
            one.pk in by_others,
        )
        for one in rows.order_by("day", "starts")
    ]


def seen_of(hall: Hall, account: Account, month: date) -> list[Seen]:
    """Cases answered late, bad ratings found true, findings: each with its source."""
    since, until = _between(month)
    late = Case.objects.filter(
        intake=account, accepted_at__gte=since, accepted_at__lt=until, answer_due__isnull=False
    )
    found = [
        Seen("answer-late", here, SourceKind.CASE, number)
        for number, at, due in late.values_list("number", "accepted_at", "answer_due")
        if at and due and (here := timezone.localtime(at).date()) > due
    ]
    bad = Rating.objects.filter(
        accepted__intake=account, score__lt=3, state__in=FOUND_TRUE, at__gte=since, at__lt=until
    )
    found += [
        Seen("bad-rating", timezone.localtime(at).date(), SourceKind.RATING, number or "")
        for number, at in bad.values_list("number", "at")
    ]
    findings = Finding.objects.filter(
        hall=hall, account=account, withdrawn=False, day__gte=month, day__lt=month_after(month)
    )
    found += [Seen(one.rule, one.day, SourceKind.FINDING, str(one.pk)) for one in findings]
    return found


def services_of(hall: Hall, account: Account, month: date) -> int:
    """How many people were served to the end by the account in the hall."""
    rows = TicketEvent.objects.filter(
        hall=hall, actor=account, act=TicketAct.FINISH.value, day__gte=month
    )
    return rows.filter(day__lt=month_after(month)).count()


def good_ratings_of(account: Account, month: date) -> int:
    """Ratings of the taking in that were satisfied."""
    since, until = _between(month)
    rows = Rating.objects.filter(accepted__intake=account, score__gte=3)
    return rows.filter(at__gte=since, at__lt=until).count()


def findings_of(hall: Hall, since: date) -> QuerySet[Finding]:
    """Findings of the hall since a day, the newest first."""
    return Finding.objects.filter(hall=hall, day__gte=since).select_related("account", "found_by")


def finding_by_pk(pk: int) -> Finding | None:
    return Finding.objects.select_related("hall__organ", "account").filter(pk=pk).first()


def trainings_of(accounts: Iterable[Account]) -> dict[int, list[Training]]:
    """The trainings of each, the newest first."""
    found: dict[int, list[Training]] = {}
    for one in Training.objects.filter(account__in=list(accounts)):
        found.setdefault(one.account_id, []).append(one)
    return found


def assessments_of(hall: Hall, month: date) -> list[Assessment]:
    """The assessments of a month in order of name: nobody is ranked."""
    rows = Assessment.objects.filter(hall=hall, month=month).select_related("account")
    open_ones = Count("deductions", filter=Q(deductions__state="objected"))
    return sorted(rows.annotate(objected=open_ones), key=lambda one: str(one.account))


def own_assessments(account: Account) -> QuerySet[Assessment]:
    """Everything that was assessed of one person."""
    return Assessment.objects.filter(account=account).select_related("hall__organ")


def assessment_by_pk(pk: int) -> Assessment | None:
    rows = Assessment.objects.select_related("hall__organ", "account", "confirmed_by")
    return rows.filter(pk=pk).first()


def months_drawn(hall: Hall) -> list[date]:
    """The months of which there are assessments, the newest first."""
    rows = Assessment.objects.filter(hall=hall).order_by("-month")
    return list(rows.values_list("month", flat=True).distinct())


def source_of(deduction: Deduction) -> Any:
    """What the deduction rests on, as a row: a shift, a finding; a case or rating by its number."""
    if deduction.source == SourceKind.DUTY.value:
        return Duty.objects.select_related("window").filter(pk=deduction.reference).first()
    if deduction.source == SourceKind.FINDING.value:
        return finding_by_pk(int(deduction.reference))
    return deduction.reference


def found_by(deduction: Deduction) -> int | None:
    """Who wrote down the finding it rests on."""
    if deduction.source != SourceKind.FINDING.value:
        return None
    finding = finding_by_pk(int(deduction.reference))
    return finding.found_by_id if finding is not None else None


def deeds_told(assessment: Assessment) -> list[tuple[ConductDeed, list[str]]]:
    """What was done to it, with what was written at each step."""
    rows = ConductDeed.objects.filter(subject="assessment", about=assessment.pk)
    return [
        (deed, list(deed.detail_under(assessment.salt).values()))
        for deed in rows.select_related("actor").order_by("seq")
    ]


def rules_broken(hall: Hall, month: date) -> list[tuple[str, int]]:
    """How often each rule was broken in the hall: what training is needed, of nobody by name."""
    rows = Deduction.objects.filter(assessment__hall=hall, assessment__month=month)
    counted = rows.exclude(state="struck").order_by().values_list("rule").annotate(n=Count("pk"))
    return list(counted.order_by(F("n").desc(), "rule"))
