"""What an official's desk reads of one case: the whole of it, its clock, who is seated."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Model, Q, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from openhall.cases.days import extended_by, legs_of, limits_of, pauses_of
from openhall.cases.models import (
    Case,
    CaseEvent,
    Consultation,
    DeliveryAttempt,
    Erasure,
    Quota,
    Reveal,
    SupplementDraft,
    SupplementPoint,
)
from openhall.cases.permissions import may_be_handed
from openhall.cases.rules.lifecycle import acts_at
from openhall.cases.terms import (
    Act,
    ApplicantKind,
    AttemptResult,
    Delivery,
    Relation,
    SignedBy,
    Stage,
)
from openhall.catalogue.asking import form_of
from openhall.design.timeline import Day, DayKind, Limit, Timeline
from openhall.files.models import Upload
from openhall.files.terms import Given
from openhall.forms.rules import FormDefinition, told_under
from openhall.forms.rules import Told as Answered
from openhall.forms.terms import FieldKind
from openhall.organs.models import Account, Organ
from openhall.organs.queries import officers_at
from openhall.organs.terms import Desk
from openhall.papers.models import PaperOpening
from openhall.papers.queries import opened_at
from openhall.workdays.models import CalendarDay
from openhall.workdays.queries import calendar, figures_day
from openhall.workdays.rules.calendar import Calendar


def case_for_desk(number: str, organ: Organ) -> Case | None:
    """One case of ``organ`` with what its page shows."""
    rows = Case.objects.select_related(
        "organ", "item", "item_version", "payment", "handler", "intake", "decider", "account"
    )
    own = Q(organ=organ) | Q(organ__parent=organ, joint=True)  # the government's head extends
    return rows.filter(own, number=number).first()


def whole_case(number: str, organ: Organ) -> Case | None:
    """The same with its files and its story (``case.told``), as the page of a matter reads it.

    What hangs on a case is read only where an event says that there is such a thing.
    """
    rows = Case.objects.select_related(
        *("organ", "item", "item_version__form", "payment", "folder"),
        *("handler", "intake", "decider", "account"),
        *("acting", "hearing", "extension"),
    )
    own = Q(organ=organ) | Q(organ__parent=organ, joint=True)
    case = rows.filter(own, number=number).first()
    if case is None:
        return None
    case.told = story(case)
    happened = {Act(one.event.act) for one in case.told}
    wanted = [name for name, acts in HANGS_ON.items() if acts & happened]
    if case.folder_id is not None:
        wanted.append("folder__uploads__verified_by")
    prefetch_related_objects([case], *wanted)
    held: dict[str, Any] = case.__dict__.setdefault("_prefetched_objects_cache", {})
    for name in HANGS_ON:
        relation = name.partition("__")[0]
        if relation not in held:
            held[relation] = getattr(case, relation).none()
    case.page_read = True
    return case


HANGS_ON: Final[dict[str, frozenset[Act]]] = {
    "suspensions": frozenset({Act.SUSPEND, Act.CALL_HEARING}),
    "forwardings": frozenset({Act.FORWARD}),
    "extension_requests": frozenset({Act.ASK_EXTENSION}),
    "steps__done_by": frozenset({Act.ACCEPT, Act.ACCEPT_AT_ONCE, Act.DEEM_ACCEPTED}),
    "consultations__organ": frozenset({Act.CONSULT}),
    "consultations__answered_by": frozenset({Act.CONSULT}),
    "site_checks__first": frozenset({Act.SITE_CHECK}),
    "site_checks__second": frozenset({Act.SITE_CHECK}),
    "supplements__points": frozenset({Act.ASK_FOR_SUPPLEMENT, Act.ASK_AGAIN}),
    "attempts__by": frozenset({Act.DECIDE, Act.ISSUE}),
}


def case_numbered(number: str) -> Case | None:
    """The case with this number, whatever unit has it."""
    return (
        Case.objects.select_related("organ", "item", "item_version").filter(number=number).first()
    )


def due_of(case: Case) -> date | None:
    """The day that matters next."""
    if case.stage in (Stage.SUBMITTED, Stage.SUPPLEMENTED):
        return case.answer_due
    if case.stage in (Stage.GRANTED, Stage.ISSUED, Stage.REFUSED):
        return case.delivery_due
    return case.promise_due


def clock_day(case: Case, shown: date | None = None) -> date:
    """The day its clock is read on: that of figures (``shown``), never before it was received."""
    return max(shown or figures_day(), timezone.localtime(case.received_at).date())


def urgency(case: Case, today: date, days: Calendar) -> str:
    """The state of its clock as a kind of ``{% status %}``. A3: warnings before, alarms after.

    ``days`` is the calendar in force, read once for a whole queue.
    """
    due = due_of(case)
    if case.suspended_since is not None:
        return "suspended"
    if due is None:
        return "waiting"
    if due < today:
        return "overdue"
    return "warning" if days.workdays_between(today, due) <= 1 else "on_time"


@dataclass(frozen=True, slots=True)
class Told:
    """One event as people read it; ``said`` is what its private detail says, if one may read."""

    event: CaseEvent
    said: dict[str, Any]


def story(case: Case) -> list[Told]:
    """Every event of the case in order, with what the parties may read of it."""
    events = CaseEvent.objects.filter(case=case).select_related("actor", "case").order_by("seq")
    return [Told(one, detail_of(one)) for one in events]


def detail_of(event: CaseEvent) -> dict[str, Any]:
    """What was written at ``event`` for the parties alone, by field."""
    said: dict[str, Any] = json.loads(event.detail) if event.detail else {}
    return said


def answers_kept(case: Case) -> dict[str, Any]:
    """What the applicant wrote, as it is kept, by the key of each question."""
    kept: dict[str, Any] = json.loads(case.answers)
    return kept


def supplement_kept(draft: SupplementDraft | None) -> dict[str, Any]:
    """What was typed in answer to a notice and not sent yet."""
    kept: dict[str, Any] = json.loads(draft.answers) if draft else {}
    return kept


def answers_told(
    case: Case, language: str | None, *, mask: Callable[[FieldKind, str], str] | None = None
) -> list[Answered]:
    """What was answered, in words, by heading; ``mask`` says how a personal word is shown."""
    asked = form_of(case.item_version) or FormDefinition("", "", ())
    files = {one.pk: one.name for one in (case.folder.uploads.all() if case.folder else ())}
    return told_under(asked, answers_kept(case), language, mask=mask, files=files)


def points_told(case: Case) -> Sequence[SupplementPoint]:
    """What the applicant was asked to supplement, notice by notice."""
    if case.page_read:
        notices = sorted(case.supplements.all(), key=lambda one: one.number)
        return [point for one in notices for point in sorted(one.points.all(), key=pk_of)]
    rows = SupplementPoint.objects.filter(supplement__case=case)
    return list(rows.order_by("supplement__number", "pk"))


def pk_of(row: Model) -> int:
    """Rows in the order they were made."""
    return int(row.pk)


def reveals_of(case: Case) -> Sequence[Reveal]:
    """Who last read the applicant's data in the clear, and why."""
    return list(case.reveals.select_related("account")[:5])


@dataclass(frozen=True, slots=True)
class Serving:
    """The service of a result: every attempt in words, and when it was opened in the account."""

    rows: list[tuple[DeliveryAttempt, Delivery, AttemptResult, Relation | None, SignedBy | None]]
    opening: PaperOpening | None


def serving_told(case: Case) -> Serving | None:
    """What was tried to serve the result; None before there is one."""
    stage = Stage(case.stage)
    if Act.DELIVER not in acts_at(stage) and stage != Stage.DELIVERED:
        return None
    rows = [
        (
            one,
            Delivery(one.way),
            AttemptResult(one.result),
            Relation(one.relation) if one.relation else None,
            SignedBy(one.signed) if one.signed else None,
        )
        for one in (case.attempts.all() if case.page_read else case.attempts.select_related("by"))
    ]
    return Serving(rows, opened_at(case.number))


def takers(case: Case, day: date) -> Sequence[Account]:
    """The handlers to whom the case may be handed."""
    seated = officers_at(case.organ, Desk.HANDLER.value, day)
    return [account for account in seated if may_be_handed(account, case, day)]


def timeline(case: Case, today: date) -> Timeline | None:
    """The drawn clock of an accepted case; None before acceptance."""
    if case.accepted_at is None or case.promise_due is None:
        return None
    first = timezone.localtime(case.accepted_at).date()
    ended = timezone.localtime(case.closed_at).date() if case.closed_at else None
    last = max(filter(None, [case.promise_due, case.statutory_due, ended]))
    if ended is None:
        last = max(last, min(today, last + timedelta(days=28)))
    if (last - first).days > LONGEST_DRAWN:
        last = max(case.promise_due, min(ended or today, first + timedelta(days=LONGEST_DRAWN)))
    worked = calendar()
    named = dict(CalendarDay.objects.filter(date__range=(first, last)).values_list("date", "name"))
    halts = [*pauses_of(case), *legs_of(case)]
    paused = [(pause.since, pause.until or today) for pause in halts if pause.noticed]
    days = []
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        if any(since < day <= until for since, until in paused):
            days.append(Day(day, DayKind.SUSPENDED, _("Excluded time with its notice")))
        elif n == 0 or not worked.is_workday(day):
            days.append(Day(day, DayKind.RESTS, named.get(day, "")))
        else:
            days.append(Day(day, DayKind.COUNTS))
    more = extended_by(case)
    extended = _(" (extended by %(days)s working days)") % {"days": more} if more else ""
    limits = [
        Limit(
            _("Promised limit") + extended,
            case.promise_due,
            (case.item_version.promised_days or 0) + more,
        )
    ]
    statutory = limits_of(case)[1]
    if case.statutory_due is not None and case.statutory_due <= last:
        limits.append(
            Limit(
                _("Statutory limit") + extended,
                case.statutory_due,
                statutory.days + more if statutory else 0,
                "行政许可法 42",
            )
        )
    return Timeline(days, today, limits, ended)


LONGEST_DRAWN: Final = 120  # days; a longer clock is drawn to its promise


def numbered(numbers: Sequence[str], organ: Organ) -> list[tuple[int, str]]:
    """Id and number of those of ``numbers`` that are cases of ``organ``, in the order given."""
    known = dict(Case.objects.filter(organ=organ, number__in=numbers).values_list("number", "pk"))
    return [(known[number], number) for number in dict.fromkeys(numbers) if number in known]


def quotas_of(organ: Organ) -> list[Quota]:
    """The limited numbers of the items of ``organ``, newest period first."""
    rows = Quota.objects.filter(item__organ=organ).select_related("item__entry")
    rows = rows.annotate(
        taken=Count("places"), granted=Count("places", filter=Q(places__granted=True))
    )
    return list(rows.order_by("-since", "item__code"))


def held_case(number: str) -> Case | None:
    """One case with what the page of its applicant shows."""
    rows = Case.objects.select_related("organ", "item", "item_version", "payment", "acting")
    return rows.filter(number=number).first()


def own_case(pk: int, account: Account) -> Case | None:
    """A case made with ``account``."""
    return Case.objects.filter(pk=pk, account=account).first()


def own_case_numbered(number: str, account: Account) -> Case | None:
    """The same by its number."""
    return Case.objects.filter(number=number, account=account).first()


def is_of_a_company(number: str) -> bool:
    """Whether the case with this number was applied for by a company."""
    company = ApplicantKind.COMPANY.value
    return Case.objects.filter(number=number, applicant_kind=company).exists()


def erasure_of(case: Case) -> Erasure | None:
    """The erasure of its personal data, if they were erased."""
    return Erasure.objects.filter(case=case).first()


def consultation_of(pk: int, organ: Organ) -> Consultation | None:
    """A question put to ``organ`` inside a case."""
    rows = Consultation.objects.select_related("case__item_version", "case__organ", "answered_by")
    return rows.filter(pk=pk, organ=organ).first()


def upload_sent(number: str, pk: int) -> Upload | None:
    """A file that was sent with the case ``number``."""
    rows = Upload.objects.select_related("folder__case").exclude(given=Given.ATTACHED.value)
    return rows.filter(pk=pk, folder__case__number=number).first()
