"""What pages read of joint handling: the lead's queue, a unit's inbox, the whole on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from openhall.cases.materials import point_called
from openhall.cases.models import Case, SupplementDraft
from openhall.cases.queries import supplement_kept
from openhall.cases.rules.points import Point
from openhall.cases.terms import ConsultedOpinion, Outcome, Stage
from openhall.deeds.rules.codes import tidy
from openhall.joint.models import (
    DeemedConsent,
    JointCase,
    JointEvent,
    JointMatter,
    JointMeeting,
    JointTask,
)
from openhall.joint.models import JointMatterVersion as JointMatterVersion
from openhall.joint.models.matter import MOST_DAYS as MOST_DAYS
from openhall.joint.rules.handling import ACTS_NOW, sign_by, stage_of
from openhall.joint.rules.lanes import Lane, Span, drawn
from openhall.joint.rules.words import Fee
from openhall.joint.terms import DeemedBasis, JointAct, JointMode, JointStage
from openhall.joint.units import asked_of, fees_of, owing, tasks_of, whole_of
from openhall.organs.models import Account, Organ
from openhall.paging.keyset import START, Page, Place, beyond, paged
from openhall.papers.models import Paper
from openhall.papers.terms import INSIDE, PaperKind
from openhall.vault.fields import blinds
from openhall.versions.terms import PUBLIC
from openhall.workdays.queries import calendar
from openhall.workdays.rules.calendar import Calendar

PAGE: Final = 25
COUNTED_UP_TO: Final = 999


def _rows() -> QuerySet[JointCase]:
    return JointCase.objects.select_related("lead__parent", "version__matter", "account")


def joint_by_code(code: str) -> JointCase | None:
    """The joint application a query code opens; None for a forged or mistyped one."""
    return _rows().filter(query_blind__in=blinds(tidy(code))).first()


def joint_by_number(number: str) -> JointCase | None:
    return _rows().filter(number=number).first()


def joint_with(case: Case) -> JointCase | None:
    """The joint application ``case`` is part of, if it is."""
    if case.part_days is None:
        return None
    return _rows().filter(tasks__case=case).first()


def joints_of(account: Account, limit: int = 20) -> list[JointCase]:
    """The newest joint applications made with ``account``."""
    return list(_rows().filter(account=account).order_by("-id")[:limit])


def billed_with(case: Case, day: date) -> list[Case]:
    """The granted parts that are asked for on one notice with ``case``; itself alone else."""
    joint = joint_with(case)
    ready = [] if joint is None else owing(tasks_of(joint), day)[0]
    return ready or [case]


# ------------------------------------------------------------ the lead's queue, a unit's inbox
@dataclass(frozen=True, slots=True)
class Led:
    """One row of the lead's queue."""

    joint: JointCase
    stage: JointStage
    due: date | None
    late: bool


def _led(organ: Organ) -> QuerySet[JointCase]:
    """Open joint cases a unit leads; for a government, those that units below it lead."""
    lead = Q(lead=organ) | Q(lead__parent=organ, accepted_at__isnull=False)
    return JointCase.objects.filter(lead, closed_at__isnull=True)


def led_by(organ: Organ, today: date, at: Place = START) -> Page[Led]:
    """A page of what ``organ`` leads, the longest waiting first."""
    rows = _led(organ).select_related("version__matter", "lead")
    page = paged(rows, ("received_at", "pk"), at, PAGE)
    tasks: dict[int, list[JointTask]] = {joint.pk: [] for joint in page}
    for task in JointTask.objects.filter(joint__in=page.rows).select_related("organ", "case"):
        tasks[task.joint_id].append(task)
    held = set(
        JointMeeting.objects.filter(joint__in=page.rows, held_at__isnull=False).values_list(
            "joint_id", flat=True
        )
    )
    made = []
    for joint in page:
        stage = stage_of(whole_of(joint, tasks[joint.pk], held=joint.pk in held))
        due = joint.due_on or joint.answer_due
        made.append(Led(joint, stage, due, due is not None and due < today))
    return page.of(made)


def count_led(organ: Organ) -> int:
    """How many open joint cases ``organ`` leads, counted up to a little over 999."""
    return _led(organ)[: beyond(COUNTED_UP_TO)].count()


def _asked(organ: Organ) -> QuerySet[JointTask]:
    return JointTask.objects.filter(
        organ=organ, noticed_at__isnull=False, opinion="", deemed="", joint__closed_at__isnull=True
    )


@dataclass(frozen=True, slots=True)
class Noticed:
    """One row of a unit's inbox."""

    task: JointTask
    late: bool
    sign_late: bool


def inbox(organ: Organ, today: date, at: Place = START) -> Page[Noticed]:
    """A page of the notices that wait for ``organ``'s opinion, the most urgent first."""
    rows = _asked(organ).select_related(
        "joint__version", "joint__lead", "case__item_version", "signed_by"
    )
    days = calendar()
    return paged(rows, ("due_on", "pk"), at, PAGE).map(lambda task: _noticed(task, today, days))


def _noticed(task: JointTask, today: date, days: Calendar) -> Noticed:
    unsigned = task.signed_at is None and task.noticed_at is not None
    late = unsigned and today > sign_by(timezone.localtime(task.noticed_at).date(), days)
    return Noticed(task, task.due_on is not None and task.due_on < today, late)


def count_inbox(organ: Organ) -> int:
    """How many notices wait for ``organ``'s opinion."""
    return _asked(organ)[: beyond(COUNTED_UP_TO)].count()


def answered_lately(organ: Organ, limit: int = 10) -> list[JointTask]:
    """The unit's last opinions, newest first."""
    rows = JointTask.objects.filter(organ=organ).exclude(opinion="", deemed="")
    return list(rows.select_related("joint__version", "case__item_version").order_by("-pk")[:limit])


# ------------------------------------------------------------ the whole on one page
@dataclass(frozen=True, slots=True)
class UnitTold:
    """One unit as everybody reads it: its limit, its opinion, where its case stands."""

    task: JointTask
    case: Case
    stage: Stage
    outcome: Outcome | None
    opinion: ConsultedOpinion | None
    deemed: DeemedBasis | None
    due: date | None
    state: str  # a kind of {% status %}

    @property
    def over(self) -> bool:
        """Whether its case ended without a decision, so that nothing more is asked of the unit."""
        return self.case.closed_at is not None and self.case.decided_at is None


@dataclass(frozen=True, slots=True)
class JointTold:
    """The whole matter: every unit, meeting and fee, in order."""

    joint: JointCase
    mode: JointMode
    stage: JointStage
    acts_now: str
    units: list[UnitTold]
    meetings: list[JointMeeting]
    fees: list[Fee]
    lanes: list[Lane]
    today_at: int | None
    happened: list[tuple[JointEvent, JointAct]]


def _unit(task: JointTask, today: date, days: Calendar) -> UnitTold:
    asked = asked_of(task)
    due = asked.due
    if asked.over or asked.decided:
        state = "closed"
    elif task.case.suspended_since is not None:
        state = "suspended"
    elif due is None:
        state = "waiting"
    elif due < today:
        state = "overdue"
    else:
        state = "warning" if days.workdays_between(today, due) <= 1 else "on_time"
    return UnitTold(
        task,
        task.case,
        Stage(task.case.stage),
        Outcome(task.case.outcome) if task.case.outcome else None,
        ConsultedOpinion(task.opinion) if task.opinion else None,
        DeemedBasis(task.deemed) if task.deemed else None,
        due,
        state,
    )


def joint_told(joint: JointCase, today: date) -> JointTold:
    """Everything that one page says of ``joint``."""
    tasks = tasks_of(joint)
    rows = JointMeeting.objects.filter(joint=joint).prefetch_related(
        "attendances__representative", "attendances__task__organ"
    )
    meetings = list(rows.order_by("id"))
    held = any(one.held_at is not None for one in meetings)
    stage = stage_of(whole_of(joint, tasks, held=held))
    days = calendar()
    units = [_unit(task, today, days) for task in tasks]
    lanes, today_at = _lanes(joint, units, today)
    events = JointEvent.objects.filter(joint=joint).select_related("organ", "actor", "joint")
    on = timezone.localtime(joint.accepted_at or joint.received_at).date()
    return JointTold(
        joint,
        JointMode(joint.version.mode),
        stage,
        ACTS_NOW.get(stage, "nobody"),
        units,
        meetings,
        fees_of(tasks, on),
        lanes,
        today_at,
        [(event, JointAct(event.act)) for event in events.order_by("seq")],
    )


def _lanes(
    joint: JointCase, units: Sequence[UnitTold], today: date
) -> tuple[list[Lane], int | None]:
    """Each unit's limit inside the common one, as a drawing."""
    if joint.accepted_at is None or joint.due_on is None:
        return [], None
    first = timezone.localtime(joint.accepted_at).date()
    ends = [unit.due for unit in units if unit.due is not None]
    last = max([joint.due_on, *ends]) + timedelta(days=1)
    spans = [
        Span(
            first,
            unit.due or joint.due_on,
            _day(unit.task.opinion_at),
            _day(unit.case.decided_at),
        )
        for unit in units
    ]
    return drawn(first, last, joint.due_on, spans, today)


def _day(moment: Any) -> date | None:
    return None if moment is None else timezone.localtime(moment).date()


WHOLE_PAPERS: Final = (
    PaperKind.JOINT_RECEIPT,
    PaperKind.JOINT_ACCEPTANCE,
    PaperKind.JOINT_FEES,
    PaperKind.SUPPLEMENT,
    PaperKind.SUPPLEMENTED,
    PaperKind.JOINT_NOTICE,
    PaperKind.JOINT_MINUTES,
    PaperKind.JOINT_REASONS,
    PaperKind.JOINT_REPORT,
)


def papers_of_whole(cases: Sequence[Case], *, public: bool = False) -> list[Paper]:
    """The papers that speak of the whole matter, in the order given; ``public``: the applicant's.

    The extension of the common limit is among each unit's own papers.
    """
    kinds = [kind.value for kind in WHOLE_PAPERS if not (public and kind in INSIDE)]
    rows = Paper.objects.filter(about__in=[one.number for one in cases], kind__in=kinds)
    return list(rows.order_by("pk"))


@dataclass(frozen=True, slots=True)
class PointTold:
    """One thing a unit lacks: its name, why, and whether something was given for it."""

    name: str
    reason: str
    answered: bool


def kept_supplement(case: Case) -> dict[str, Any]:
    """What was typed in answer to the notice of ``case`` and not sent yet."""
    draft = SupplementDraft.objects.filter(supplement__case=case).first()
    typed = supplement_kept(draft)
    named = case.supplement.points.exclude(field="").values_list("field", flat=True)
    return {key: typed[key] for key in named if key in typed}


def points_of(case: Case) -> list[PointTold]:
    """What ``case`` lacks, each with whether it was answered."""
    if case.stage != Stage.SUPPLEMENT_ASKED:
        return []
    notice, typed = case.supplement, kept_supplement(case)
    fresh = case.uploads.filter(at__gte=notice.asked_at, replaced=False)
    there = set(fresh.values_list("material", flat=True))
    return [
        PointTold(
            point_called(case, Point("", one.field, one.material)),
            one.reason,
            one.field in typed if one.field else one.material in there,
        )
        for one in notice.points.all()
    ]


def conclusion_of(told: JointTold) -> str:
    """The lead's conclusion in words; empty before it is drawn, or once erased."""
    for event, act in told.happened:
        if act == JointAct.CONCLUDE:
            return event.detail.get("conclusion", "")
    return ""


def switches() -> list[DeemedConsent]:
    """Every row of the switch 超时默许, newest first."""
    return list(DeemedConsent.objects.filter(state__in=PUBLIC).select_related("published_by"))


def matter_coded(code: str) -> JointMatter | None:
    """The joint matter with this code, with its lead and its versions."""
    rows = JointMatter.objects.select_related("lead").prefetch_related("versions")
    return rows.filter(code=code).first()


def cases_of_joint(joint: JointCase) -> QuerySet[Case]:
    """The case of each of its units."""
    return Case.objects.filter(task__joint=joint)
