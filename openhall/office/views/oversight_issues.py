"""The rectification ledger on the desk: the unit puts right, somebody outside it verifies."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.desk.pages import Subject as Thing
from openhall.office.acts.oversight import ISSUE_OFFERS
from openhall.office.seat import Seat, official
from openhall.office.views.oversight import common, scope_of, states_in, unit_of, watching
from openhall.paging.keyset import paged, place
from openhall.supervision.queries import Issue, deeds_told, issue_numbered, issues
from openhall.supervision.terms import IssueAct, IssueSource, IssueState, Severity, Subject

KINDS = {
    IssueState.OPEN: "waiting",
    IssueState.ACCEPTED: "info",
    IssueState.IN_PROGRESS: "info",
    IssueState.SUBMITTED: "waiting",
    IssueState.RETURNED: "warning",
    IssueState.VERIFIED: "on_time",
    IssueState.CLOSED: "closed",
}


def row_of(issue: Issue, seat: Seat) -> dict[str, object]:
    """A finding as a list shows it."""
    state = IssueState(issue.state)
    return {
        "issue": issue,
        "state": state,
        "kind": KINDS[state],
        "source": IssueSource(issue.source),
        "severity": Severity(issue.severity),
        "overdue": issue.closed_at is None and issue.due_on < seat.figures_day,
    }


@official
@require_safe
def listing(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """Findings by state, newest first."""
    seat = watching(request, organ, desk)
    states = states_in(request.GET.get("state", ""), IssueState)
    late_on = seat.figures_day if request.GET.get("late") == "1" else None
    unit = scope_of(seat)
    if unit is None and request.GET.get("unit"):
        unit = unit_of(request.GET["unit"])
    rows = paged(issues(organ=unit, states=states, late_on=late_on), at=place(request.GET))
    base = {name: request.GET[name] for name in ("unit",) if request.GET.get(name)}
    context = common(seat, "oversight_issues") | {
        "rows": rows.map(lambda one: row_of(one, seat)),
        "states": [
            (one, one in states, urlencode(base | {"state": one.value})) for one in IssueState
        ],
        "any_state": (not states and late_on is None, urlencode(base)),
    }
    return render(request, "office/oversight/issues.html", context)


class IssueOnDesk(Thing):
    """One finding with all that was done about it."""

    offers = ISSUE_OFFERS
    kind = "issue"
    template = "office/oversight/issue.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Issue]:
        seat = watching(request, where["organ"], where["desk"])
        issue = issue_numbered(where["number"])
        if issue is None:
            raise Http404
        if scope_of(seat) is not None and issue.organ_id != seat.organ.pk:
            raise PermissionDenied(_("This finding is another unit's."))
        return seat, issue

    def home(self, who: Seat, subject: Issue) -> str:
        return reverse("office:oversight_issue", args=[who.organ.code, who.desk, subject.number])

    def content(self, who: Seat, subject: Issue) -> dict[str, Any]:
        deeds = deeds_told(Subject.ISSUE, subject.pk)
        return (
            common(who, "oversight_issues")
            | row_of(subject, who)
            | {"story": [(deed, IssueAct(deed.act), words) for deed, words in deeds]}
        )


issue = official(IssueOnDesk())
