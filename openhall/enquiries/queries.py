"""What doors and the rooms above read of questions, calls and limits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from openhall.catalogue.queries import items_of_topic, versions_in_force
from openhall.deeds.rules.codes import tidy
from openhall.enquiries.models import AnswerLimits, Call, Enquiry, EnquiryDeed
from openhall.enquiries.rules.calling import counted
from openhall.enquiries.rules.lifecycle import OPEN
from openhall.enquiries.rules.limits import SHIPPED, Limits
from openhall.enquiries.terms import CallState, EnquiryKind, EnquiryState, Subject
from openhall.files.models import Upload
from openhall.files.terms import ScanState
from openhall.organs.models import Organ
from openhall.organs.terms import OrganKind
from openhall.vault.fields import blinds
from openhall.versions.queries import in_force

OWED: Final = [state.value for state in OPEN]
NUMBERS: Final = ("answer_days", "clarify_days", "transfers", "call_days", "report_days", "basis")


def limits_on(day: date) -> Limits:
    """The limits in force on ``day``; before the first version those of the programme."""
    version = in_force(AnswerLimits, day)
    if version is None:
        return SHIPPED
    return Limits(**{name: getattr(version, name) for name in NUMBERS})


def limit_versions() -> QuerySet[AnswerLimits]:
    """Every version of the limits, newest first."""
    return AnswerLimits.objects.select_related("published_by").order_by("-number")


def transfer_desk() -> Organ | None:
    """The centre that names the unit where nobody knows it: the city's own."""
    rows = Organ.objects.filter(kind=OrganKind.CENTRE.value, closed_on__isnull=True)
    return rows.order_by("position", "pk").first()


def _rows() -> QuerySet[Enquiry]:
    return Enquiry.objects.select_related("organ", "item", "call", "follows")


def enquiry_numbered(number: str) -> Enquiry | None:
    """One question with what it is about."""
    return _rows().filter(number=number).first()


def enquiry_by_code(code: str) -> Enquiry | None:
    """The question its code opens; None for a forged or mistyped one."""
    return _rows().filter(code_blind__in=blinds("enquiry:" + tidy(code))).first()


def follow_up_of(enquiry: Enquiry) -> Enquiry | None:
    """The question that followed this one up."""
    return _rows().filter(follows=enquiry).first()


def parts_of(enquiry: Enquiry) -> dict[str, str]:
    """What would be published, part by part, as it was written."""
    text = f"{enquiry.text}\n{enquiry.added}" if enquiry.added else enquiry.text
    return {"title": enquiry.title, "text": text, "answer": enquiry.answer}


def deeds_told(enquiry: Enquiry) -> list[tuple[EnquiryDeed, list[str]]]:
    """What was done to a question, with what was written at each step, for who may read it."""
    rows = EnquiryDeed.objects.filter(subject=Subject.ENQUIRY.value, about=enquiry.pk)
    return [
        (deed, list(deed.detail_under(enquiry.salt).values()))
        for deed in rows.select_related("actor").order_by("seq")
    ]


def consultations(organ: Organ | None = None) -> QuerySet[Enquiry]:
    """Questions to a unit, or to all; opinions on a call are no part of them."""
    rows = _rows().filter(kind=EnquiryKind.CONSULTATION.value)
    return rows if organ is None else rows.filter(organ=organ)


def at_desk(organ: Organ, state: EnquiryState | None) -> QuerySet[Enquiry]:
    """What lies with a unit: what is owed first by its last day, or one state newest first."""
    rows = _rows().filter(organ=organ)
    if state is None:
        return rows.filter(state__in=OWED).order_by("due", "id")
    return rows.filter(state=state.value).order_by("-id")


def overdue(day: date, organ: Organ | None = None) -> QuerySet[Enquiry]:
    """Questions owed past their last day, the longest owed first."""
    rows = consultations(organ).filter(state__in=OWED, due__lt=day)
    return rows.order_by("due", "id")


def not_clarified(day: date) -> Iterable[int]:
    """Questions whose asker was asked something and let the day pass."""
    rows = Enquiry.objects.filter(state=EnquiryState.TO_CLARIFY.value, clarify_due__lt=day)
    return rows.values_list("pk", flat=True)


def published(
    *,
    organ: Organ | None = None,
    keys: list[str] | None = None,
    topic: str = "",
    day: date | None = None,
) -> QuerySet[Enquiry]:
    """What everybody may read, newest first; ``topic`` is one of items in force on ``day``."""
    rows = consultations(organ).filter(published_on__isnull=False)
    if topic and day is not None:
        rows = rows.filter(item__in=items_of_topic(topic, day).values("item"))
    if keys is not None:
        rows = rows.filter(number__in=keys)
    return rows.order_by("-published_on", "-id")


def topics_published(day: date) -> list[str]:
    """The topics of the items that published questions are about."""
    asked = published().filter(item__isnull=False).order_by().values("item")
    rows = versions_in_force(day).filter(item__in=asked).values_list("topics", flat=True)
    return sorted({topic for topics in rows for topic in topics})


def published_numbered(number: str) -> Enquiry | None:
    """One published question or opinion; None where it is not public."""
    return _rows().filter(published_on__isnull=False, number=number).first()


@dataclass(frozen=True, slots=True)
class Standing:
    """The figures of one unit: each opens to its questions."""

    asked: int = 0
    answered: int = 0
    on_time: int = 0
    late: int = 0
    open: int = 0
    overdue: int = 0
    closed: int = 0
    helped: int = 0
    rated: int = 0
    published: int = 0


MEASURES: Final[dict[str, Any]] = {
    "asked": Q(),
    "answered": Q(state="answered"),
    "on_time": Q(on_time=True),
    "late": Q(on_time=False),
    "open": Q(state__in=OWED),
    "closed": Q(state="closed"),
    "helped": Q(helpful=True),
    "rated": Q(helpful__isnull=False),
    "published": Q(published_on__isnull=False),
}


def measure(name: str, day: date) -> Q | None:
    """The condition behind a figure; None for an unknown one."""
    if name == "overdue":
        return Q(state__in=OWED, due__lt=day)
    return MEASURES.get(name)


def _counts(day: date) -> dict[str, Any]:
    names = ("overdue", *MEASURES)  # aliases of their own: some figures are called like columns
    conditions = {name: measure(name, day) for name in names}
    return {f"n_{name}": Count("pk", filter=q or None) for name, q in conditions.items()}


def _standing(row: Mapping[str, Any]) -> Standing:
    return Standing(**{name.removeprefix("n_"): count for name, count in row.items()})


def standings(day: date) -> list[tuple[Organ, Standing]]:
    """Every unit that was asked anything, in the order of the organs; one statement and one."""
    rows = Enquiry.objects.filter(kind=EnquiryKind.CONSULTATION.value)
    grouped = rows.order_by().values("organ").annotate(**_counts(day))
    found: dict[int, Standing] = {}
    for row in grouped:
        told: dict[str, Any] = dict(row)
        organ = told.pop("organ")
        found[organ] = _standing(told)
    organs = Organ.objects.filter(pk__in=found).order_by("position", "pk")
    return [(organ, found[organ.pk]) for organ in organs]


def standing_of(organ: Organ, day: date) -> Standing:
    """The figures of one unit."""
    rows = Enquiry.objects.filter(kind=EnquiryKind.CONSULTATION.value, organ=organ)
    return _standing(rows.order_by().aggregate(**_counts(day)))


def behind(organ: Organ, name: str, day: date) -> QuerySet[Enquiry] | None:
    """The questions behind a figure of a unit; None for an unknown figure."""
    condition = measure(name, day)
    return None if condition is None else consultations(organ).filter(condition).order_by("-id")


# ------------------------------------------------------------------------------------ calls
TOLD: Final = [CallState.ANNOUNCED.value, CallState.REPORT_DRAFTED.value, CallState.REPORTED.value]


def calls(*, organ: Organ | None = None) -> QuerySet[Call]:
    """Calls that were announced, those open longest last; every one of ``organ`` for its desk."""
    rows = Call.objects.select_related("organ")
    if organ is not None:
        return rows.filter(organ=organ).order_by("-id")
    return rows.filter(state__in=TOLD).order_by("-until", "-id")


def call_numbered(number: str) -> Call | None:
    """One call, announced or not."""
    return Call.objects.select_related("organ").filter(number=number).first()


def call_told(number: str) -> Call | None:
    """One call that everybody may read."""
    return Call.objects.select_related("organ").filter(number=number, state__in=TOLD).first()


def call_deeds(call: Call) -> list[tuple[EnquiryDeed, list[str]]]:
    """What was done to a call, with what was written."""
    rows = EnquiryDeed.objects.filter(subject=Subject.CALL.value, about=call.pk)
    return [
        (deed, list(deed.detail_under(call.salt).values()))
        for deed in rows.select_related("actor").order_by("seq")
    ]


def opinions(call: Call) -> QuerySet[Enquiry]:
    """Every opinion on a call, in the order in which they came."""
    return _rows().filter(call=call).order_by("id")


def published_opinions(call: Call) -> QuerySet[Enquiry]:
    """What was said on a call, as far as its authors let it be published."""
    return _rows().filter(call=call, published_on__isnull=False)


def attached_file(call: Call, pk: int) -> Upload | None:
    """A clean file of a call; None where it is no file of this one."""
    if call.folder_id is None:
        return None
    rows = Upload.objects.filter(folder=call.folder_id, pk=pk)
    return rows.filter(scan__in=[ScanState.CLEAN.value, ScanState.UNSCANNED.value]).first()


def undecided(call: Call) -> int:
    """How many opinions have no answer yet."""
    return Enquiry.objects.filter(call=call, state__in=OWED).count()


def opinions_counted(call: Call) -> dict[str, Any]:
    """The figures of a call, counted from its opinions."""
    rows = Enquiry.objects.filter(call=call).values("state", "late", "stance", "taken")
    return counted(rows)
