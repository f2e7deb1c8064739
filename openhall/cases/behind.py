"""What officials read behind the window: steps, notes, consultations, colleagues. A2, A3."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from openhall.cases.models import (
    Case,
    CaseNote,
    CaseStep,
    Consultation,
    Forwarding,
    SiteCheck,
    StandIn,
)
from openhall.cases.queries import Told, pk_of
from openhall.cases.rules.steps import is_late
from openhall.cases.terms import Act, ConsultedOpinion, StepPhase, StepState, SuspensionGround
from openhall.files.models import Upload
from openhall.organs.models import Account, Organ, Post
from openhall.organs.queries import working_at
from openhall.vault.rules.masks import mask_name


@dataclass(frozen=True, slots=True)
class StepTold:
    """One step as people read it; ``late`` is 环节超时, apart from the case as a whole."""

    step: CaseStep
    state: StepState
    due_on: date | None  # never after the promised day of the case
    late: bool


def steps_told(case: Case, today: date) -> list[StepTold]:
    """The published steps of ``case`` with their own clocks."""
    rows = (
        case.steps.all()
        if case.page_read
        else CaseStep.objects.filter(case=case).select_related("done_by")
    )
    return [_step_told(one, case, today) for one in sorted(rows, key=lambda one: one.position)]


def _step_told(step: CaseStep, case: Case, today: date) -> StepTold:
    """Published steps may add up to more days than were promised: the promise stands."""
    due_on, inside = step.due_on, step.phase not in AFTER_THE_PROMISE
    if due_on is not None and case.promise_due is not None and inside:
        due_on = min(due_on, case.promise_due)
    late = (
        step.state != StepState.AHEAD
        and case.suspended_since is None
        and is_late(due_on, step.done_on or today)
    )
    return StepTold(step, StepState(step.state), due_on, late)


AFTER_THE_PROMISE = frozenset({StepPhase.ISSUE.value, StepPhase.DELIVER.value})


@dataclass(frozen=True, slots=True)
class SuspensionTold:
    """Why the clock stands still: the ground, its planned working days, the basis, the notice."""

    ground: SuspensionGround
    days: int
    basis: str
    since: date
    notice: str


def suspension_now(case: Case) -> SuspensionTold | None:
    """The suspension that runs; None while the clock does."""
    if case.suspended_since is None:
        return None
    running = next((one for one in case.suspensions.all() if one.until is None), None)
    if running is None:
        return None
    return SuspensionTold(
        SuspensionGround(running.ground),
        running.planned_days,
        running.basis,
        running.since,
        running.notice_number,
    )


def competent_told(told: Sequence[Told]) -> str:
    """The organ that is competent, where the case was declined because this one is not."""
    for one in reversed(told):
        if one.event.act == Act.DECLINE:
            return str(one.event.facts.get("competent_organ") or "")
    return ""


def asker_told(case: Case, *, in_clear: bool) -> str:
    """Who asked for the hearing, masked like the applicant unless somebody gave a reason."""
    hearing = getattr(case, "hearing", None)
    if hearing is None or not hearing.asked_by:
        return ""
    return hearing.asked_by if in_clear else mask_name(hearing.asked_by)


def notes_of(case: Case) -> QuerySet[CaseNote]:
    """The notes of colleagues, newest first; never for the applicant."""
    return CaseNote.objects.filter(case=case).select_related("author")


@dataclass(frozen=True, slots=True)
class Asked:
    """One consultation with its opinion as a word."""

    consultation: Consultation
    opinion: ConsultedOpinion | None
    late: bool


def _asked(row: Consultation, today: date) -> Asked:
    opinion = ConsultedOpinion(row.opinion) if row.opinion else None
    return Asked(row, opinion, opinion is None and row.due_on < today)


def consultations_in(case: Case, today: date) -> list[Asked]:
    """Whom the handler asked, and what they said."""
    rows = case.consultations.all()
    if not case.page_read:
        rows = rows.select_related("organ", "answered_by")
    return [_asked(row, today) for row in sorted(rows, key=pk_of)]


def consultations_for(organ: Organ, today: date, limit: int = 50) -> list[Asked]:
    """What ``organ`` is asked and has not answered, the most urgent first; then what it said."""
    rows = Consultation.objects.filter(organ=organ).select_related(
        "case__item_version", "case__organ"
    )
    waiting = rows.filter(answered_at__isnull=True).order_by("due_on", "pk")[:limit]
    said = rows.filter(answered_at__isnull=False).order_by("-pk")[:10]
    return [_asked(row, today) for row in [*waiting, *said]]


def waiting_consultations(organ: Organ) -> int:
    """How many consultations wait for ``organ``, counted up to a thousand."""
    return Consultation.objects.filter(organ=organ, answered_at__isnull=True)[:1000].count()


def shared_in(consultation: Consultation) -> tuple[list[tuple[str, Any]], list[Upload]]:
    """What the handler shared: answers by their questions, and uploads; nothing else."""
    case = consultation.case
    keys = consultation.shared.get("answers", [])
    said = json.loads(case.answers)
    asked = case.item_version.form.fields if hasattr(case.item_version, "form") else []
    answers = [(one["label"], said.get(one["key"], "")) for one in asked if one["key"] in keys]
    files = case.uploads.filter(pk__in=consultation.shared.get("uploads", []))
    return answers, list(files)


def shareable(case: Case) -> list[tuple[str, str]]:
    """The answers and uploads a handler may share with a unit, one by one."""
    asked = case.item_version.form.fields if hasattr(case.item_version, "form") else []
    return [(f"answer:{one['key']}", one["label"]) for one in asked] + [
        (f"upload:{one.pk}", one.name) for one in case.uploads.filter(replaced=False)
    ]


def colleagues(case: Case, day: date) -> list[Account]:
    """Who works for the case's unit today and did not accept the case."""
    return [one for one in working_at(case.organ, day) if one.pk != case.intake_id]


def site_checks_of(case: Case) -> list[SiteCheck]:
    """The checks on site, with their first two officers."""
    return sorted(case.site_checks.all(), key=pk_of)


def legs_told(case: Case) -> list[Forwarding]:
    """The superior's legs."""
    return sorted(case.forwardings.all(), key=pk_of)


def stand_ins_of(organ: Organ, day: date) -> QuerySet[StandIn]:
    """Who stands in for whom from ``day`` on."""
    rows = StandIn.objects.filter(organ=organ, until__gte=day)
    return rows.select_related("absent", "present").order_by("since", "pk")


def seated(organ: Organ, day: date) -> list[Post]:
    """Every post of ``organ`` held on ``day``, by desk."""
    rows = Post.objects.filter(organ=organ, since__lte=day).exclude(until__lt=day)
    return list(rows.select_related("account").order_by("desk", "pk"))
