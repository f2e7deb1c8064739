"""Targets on the desk: sheets issued and signed, reports submitted and verified."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from openhall.desk.pages import Subject as Thing
from openhall.desk.pages import existing
from openhall.office.acts.targets import (
    HEADS,
    OFFICES,
    REPORT_OFFERS,
    SECTION_WORDS,
    BeginSheet,
)
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.office.views.desk import queue_context
from openhall.paging.keyset import paged, place
from openhall.targets.queries import (
    OPEN,
    TargetReport,
    compared,
    deeds_told,
    drafts,
    overdue,
    report_numbered,
    reports,
    sheet_on,
    sheets,
    standing,
    totals,
)
from openhall.targets.terms import Period, ReportAct, ReportState
from openhall.versions.terms import VersionState

DONE = (ReportState.ACCEPTED.value, ReportState.PUBLISHED.value)
KINDS = {
    ReportState.OWED: "waiting",
    ReportState.SUBMITTED: "info",
    ReportState.RETURNED: "warning",
    ReportState.ACCEPTED: "on_time",
    ReportState.PUBLISHED: "on_time",
}


def targeted_here(request: HttpRequest, organ: str, desk: str) -> Seat:
    """The seat of a desk that has a part in targets."""
    seat = seat_at(request, organ, desk)
    if seat.desk not in (*OFFICES, *HEADS):
        raise PermissionDenied(_("This desk has no part in targets."))
    return seat


def row_of(report: TargetReport, seat: Seat) -> dict[str, Any]:
    """A report as a list shows it."""
    state = ReportState(report.state)
    late = report.state in OPEN and report.due < seat.figures_day
    return {
        "report": report,
        "period": Period(report.period),
        "state": state,
        "kind": "overdue" if late else KINDS[state],
        "late": late,
    }


class Targets(DeskPage):
    """A head: the unit's own. The Government Office: every unit's, the overdue first."""

    offers = (BeginSheet,)
    template, at = "office/targets/list.html", "targets"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        return targeted_here(request, where["organ"], where["desk"]), None

    def context(
        self, request: HttpRequest, who: Seat, subject: None, **more: Any
    ) -> dict[str, Any]:
        own = who.organ if who.desk in HEADS else None
        every, year = reports(organ=own), who.day.year
        rows = paged(every.exclude(state__in=DONE), ("due", "pk"), place(request.GET))
        done = every.filter(state__in=DONE, year=year).order_by("-due", "pk")
        in_force = sheets(year) if own is None else sheets(year).filter(organ=own)
        return queue_context(request, who) | {
            "rows": rows.map(lambda one: row_of(one, who)),
            "done": [row_of(one, who) for one in done],
            "drafts": [(one, VersionState(one.state)) for one in drafts(own)],
            "sheets": list(in_force.order_by("organ__position", "pk")),
            "overdue": overdue(who.figures_day).count() if own is None else 0,
            "year": year,
        }


listing = official(Targets())


class ReportOnDesk(Thing):
    """One report: what is claimed beside what was counted."""

    offers = REPORT_OFFERS
    kind = "target-report"
    template = "office/targets/report.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, TargetReport]:
        seat = targeted_here(request, where["organ"], where["desk"])
        found = existing(report_numbered(where["number"]))
        if seat.desk in HEADS and found.organ_id != seat.organ.pk:
            raise PermissionDenied(_("This report is another unit's."))
        return seat, found

    def home(self, who: Seat, subject: TargetReport) -> str:
        return reverse("office:target_report", args=[who.organ.code, who.desk, subject.number])

    def context(
        self, request: HttpRequest, who: Seat, subject: TargetReport, **more: Any
    ) -> dict[str, Any]:
        sheet = sheet_on(subject.organ, subject.year, who.day)
        now = standing(sheet, who.figures_day)[0] if sheet and not subject.targets else []
        return (
            queue_context(request, who)
            | row_of(subject, who)
            | {
                "lines": compared(subject),
                "now": now,
                "totals": totals(subject),
                "is_year": subject.period == Period.YEAR,
                "sections": [
                    (SECTION_WORDS[name], words) for name, words in subject.sections.items()
                ],
                "story": [
                    (deed, ReportAct(deed.act), words) for deed, words in deeds_told(subject)
                ],
            }
        )


report = official(ReportOnDesk())
