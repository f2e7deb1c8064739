"""The rectification ledger on the desk: the unit puts right, somebody outside it verifies."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openhall.office.offers import Offer, Shown, perform, shown
from openhall.office.seat import Seat, official
from openhall.office.views.oversight import common, scope_of, watching
from openhall.organs.models import Organ
from openhall.organs.terms import Desk
from openhall.paging.keyset import paged, place
from openhall.supervision import actions
from openhall.supervision.models import Issue
from openhall.supervision.queries import deeds_told, issues
from openhall.supervision.rules.lifecycle import ISSUES, acts_at
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
BY_UNIT = {IssueAct.ACCEPT, IssueAct.START, IssueAct.SUBMIT}
BY_OUTSIDE = {IssueAct.VERIFY, IssueAct.RETURN, IssueAct.CLOSE}


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
    asked = request.GET.get("state", "")
    state = IssueState(asked) if asked in IssueState.codes() else None
    unit = scope_of(seat)
    if unit is None and request.GET.get("unit"):
        unit = get_object_or_404(Organ, code=request.GET["unit"])
    rows = paged(issues(organ=unit, state=state), at=place(request.GET))
    base = {name: request.GET[name] for name in ("unit",) if request.GET.get(name)}
    context = common(seat, "oversight_issues") | {
        "rows": rows.map(lambda one: row_of(one, seat)),
        "states": [
            (one, one == state, urlencode(base | {"state": one.value})) for one in IssueState
        ],
        "any_state": (state is None, urlencode(base)),
    }
    return render(request, "office/oversight/issues.html", context)


def _issue(seat: Seat, number: str) -> Issue:
    issue = get_object_or_404(Issue.objects.select_related("organ", "case"), number=number)
    if scope_of(seat) is not None and issue.organ_id != seat.organ.pk:
        raise PermissionDenied(_("This finding is another unit's."))
    return issue


def offers_for(seat: Seat, issue: Issue) -> list[Offer]:
    """What this desk may do to the finding now."""
    pk = issue.pk
    outside = {Desk.SUPERVISION: BY_OUTSIDE, Desk.LEGAL: BY_OUTSIDE}
    may = {Desk.HEAD: BY_UNIT, **outside}.get(seat.desk, set())
    all_of_them = {
        IssueAct.ACCEPT: Offer(
            IssueAct.ACCEPT,
            _("The unit takes it up; the days run from the opening."),
            lambda words, _choice, doing: actions.accept_issue(pk, words, doing),
            asks=_("Measures"),
            tone="primary",
        ),
        IssueAct.START: Offer(
            IssueAct.START,
            _("The measures are being carried out."),
            lambda _words, _choice, doing: actions.start_issue(pk, doing),
            tone="primary",
        ),
        IssueAct.SUBMIT: Offer(
            IssueAct.SUBMIT,
            _("Somebody outside the unit checks it."),
            lambda words, _choice, doing: actions.submit_issue(pk, words, doing),
            asks=_("Result, and the evidence that it is fixed"),
            tone="primary",
        ),
        IssueAct.VERIFY: Offer(
            IssueAct.VERIFY,
            _("You confirm from outside the unit that it is fixed."),
            lambda words, _choice, doing: actions.check_issue(pk, IssueAct.VERIFY, words, doing),
            asks=_("What you checked"),
            tone="primary",
        ),
        IssueAct.RETURN: Offer(
            IssueAct.RETURN,
            _("The unit goes on; its day stays the same."),
            lambda words, _choice, doing: actions.check_issue(pk, IssueAct.RETURN, words, doing),
            asks=_("What is still wrong"),
        ),
        IssueAct.CLOSE: Offer(
            IssueAct.CLOSE,
            _("The public reads your sentence; name no person in it."),
            lambda words, _choice, doing: actions.close_issue(pk, words, doing),
            asks=_("What the public reads"),
            tone="primary",
        ),
    }
    at = acts_at(ISSUES, IssueState(issue.state))
    return [all_of_them[act] for act in at if act in may and act in all_of_them]


def _shown(
    request: HttpRequest, seat: Seat, issue: Issue, tried: Shown | None = None, status: int = 200
) -> HttpResponse:
    context = (
        common(seat, "oversight_issues")
        | row_of(issue, seat)
        | {
            "story": [
                (deed, IssueAct(deed.act), words)
                for deed, words in deeds_told(Subject.ISSUE, issue.pk)
            ],
            "base": reverse(
                "office:oversight_issue", args=[seat.organ.code, seat.desk, issue.number]
            ),
            "acts": shown(offers_for(seat, issue), tried),
        }
    )
    return render(request, "office/oversight/issue.html", context, status=status)


@official
@require_safe
def page(request: HttpRequest, organ: str, desk: str, number: str) -> HttpResponse:
    """One finding with all that was done about it."""
    seat = watching(request, organ, desk)
    return _shown(request, seat, _issue(seat, number))


@official
@require_POST
def act(request: HttpRequest, organ: str, desk: str, number: str, act: str) -> HttpResponse:
    """One act on a finding."""
    seat = watching(request, organ, desk)
    issue = _issue(seat, number)
    tried, status = perform(request, seat, offers_for(seat, issue), act)
    if tried is not None:
        return _shown(request, seat, _issue(seat, number), tried, status)
    return redirect("office:oversight_issue", organ, desk, number)
