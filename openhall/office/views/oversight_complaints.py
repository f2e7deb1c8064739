"""Complaints on the desk: supervision accepts and reviews, the unit answers."""

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
from openhall.organs.terms import Desk
from openhall.paging.keyset import paged, place
from openhall.supervision import actions
from openhall.supervision.models import Complaint
from openhall.supervision.queries import complaints, deeds_told
from openhall.supervision.rules.lifecycle import COMPLAINTS, acts_at
from openhall.supervision.terms import (
    ComplaintAbout,
    ComplaintAct,
    ComplaintState,
    Subject,
    Trigger,
)
from openhall.vault.rules.masks import mask_name, mask_phone

KINDS = {
    ComplaintState.RECEIVED: "waiting",
    ComplaintState.ACCEPTED: "info",
    ComplaintState.REJECTED: "refused",
    ComplaintState.DRAFTED: "info",
    ComplaintState.ANSWERED: "waiting",
    ComplaintState.SATISFIED: "on_time",
    ComplaintState.REOPENED: "warning",
    ComplaintState.UNCONFIRMED: "closed",
}
BY_UNIT = {ComplaintAct.ANSWER}
BY_SUPERVISION = {
    ComplaintAct.ACCEPT,
    ComplaintAct.REJECT,
    ComplaintAct.PASS,
    ComplaintAct.SEND_BACK,
}
OWED = {ComplaintState.ACCEPTED, ComplaintState.REOPENED}


@official
@require_safe
def listing(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """Complaints by state, newest first; a head sees those accepted against the unit."""
    seat = watching(request, organ, desk)
    asked = request.GET.get("state", "")
    state = ComplaintState(asked) if asked in ComplaintState.codes() else None
    rows = paged(complaints(organ=scope_of(seat), state=state), at=place(request.GET))
    context = common(seat, "oversight_complaints") | {
        "rows": rows.map(
            lambda one: {
                "complaint": one,
                "state": ComplaintState(one.state),
                "kind": KINDS[ComplaintState(one.state)],
                "about": ComplaintAbout(one.about),
                "due": one.accept_due if one.state == ComplaintState.RECEIVED else one.answer_due,
            }
        ),
        "states": [(one, one == state, urlencode({"state": one.value})) for one in ComplaintState],
        "any_state": (state is None, ""),
    }
    return render(request, "office/oversight/complaints.html", context)


def _complaint(seat: Seat, number: str) -> Complaint:
    rows = Complaint.objects.select_related("organ", "case", "item")
    complaint = get_object_or_404(rows, number=number)
    if (
        scope_of(seat) is not None
        and not complaints(organ=seat.organ).filter(pk=complaint.pk).exists()
    ):
        raise PermissionDenied(_("This complaint is not with your unit."))
    return complaint


def offers_for(seat: Seat, complaint: Complaint) -> list[Offer]:
    """What this desk may do to the complaint now."""
    pk = complaint.pk
    may = {Desk.HEAD: BY_UNIT, Desk.SUPERVISION: BY_SUPERVISION}.get(seat.desk, set())
    all_of_them = {
        ComplaintAct.ACCEPT: Offer(
            ComplaintAct.ACCEPT,
            _("The unit has a month to answer; the complainant sees it with the code."),
            lambda _words, _choice, doing: actions.accept_complaint(pk, doing),
            tone="primary",
        ),
        ComplaintAct.REJECT: Offer(
            ComplaintAct.REJECT,
            _("The complainant reads the reasons in writing."),
            lambda words, _choice, doing: actions.reject_complaint(pk, words, doing),
            asks=_("Reasons, as the complainant will read them"),
            tone="grave",
        ),
        ComplaintAct.ANSWER: Offer(
            ComplaintAct.ANSWER,
            _("Supervision reads it before the complainant does."),
            lambda words, _choice, doing: actions.answer_complaint(pk, words, doing),
            asks=_("What was found and what was done"),
            tone="primary",
        ),
        ComplaintAct.PASS: Offer(
            ComplaintAct.PASS,
            _("The complainant reads the answer and says whether it is solved."),
            lambda _words, choice, doing: actions.pass_complaint(pk, choice == "yes", doing),
            choice_label=_("Was the complaint justified?"),
            choices=(("yes", _("Yes; a finding is opened")), ("no", _("No"))),
            tone="primary",
        ),
        ComplaintAct.SEND_BACK: Offer(
            ComplaintAct.SEND_BACK,
            _("The unit answers anew; its time goes on."),
            lambda words, _choice, doing: actions.send_back_complaint(pk, words, doing),
            asks=_("What the answer lacks"),
        ),
    }
    at = acts_at(COMPLAINTS, ComplaintState(complaint.state))
    return [all_of_them[act] for act in at if act in may]


def _shown(
    request: HttpRequest,
    seat: Seat,
    complaint: Complaint,
    tried: Shown | None = None,
    status: int = 200,
) -> HttpResponse:
    state = ComplaintState(complaint.state)
    due = complaint.answer_due if state in OWED else None
    context = common(seat, "oversight_complaints") | {
        "complaint": complaint,
        "state": state,
        "kind": KINDS[state],
        "about": ComplaintAbout(complaint.about),
        "breach": Trigger(complaint.breach) if complaint.breach else None,
        "name": mask_name(complaint.name) if complaint.real_name else "",
        "phone": mask_phone(complaint.phone) if complaint.phone else "",
        "overdue": due is not None and due < seat.figures_day,
        "story": [
            (deed, ComplaintAct(deed.act), words)
            for deed, words in deeds_told(Subject.COMPLAINT, complaint.pk)
        ],
        "base": reverse(
            "office:oversight_complaint", args=[seat.organ.code, seat.desk, complaint.number]
        ),
        "acts": shown(offers_for(seat, complaint), tried),
    }
    return render(request, "office/oversight/complaint.html", context, status=status)


@official
@require_safe
def page(request: HttpRequest, organ: str, desk: str, number: str) -> HttpResponse:
    """One complaint; the name of who complained is masked."""
    seat = watching(request, organ, desk)
    return _shown(request, seat, _complaint(seat, number))


@official
@require_POST
def act(request: HttpRequest, organ: str, desk: str, number: str, act: str) -> HttpResponse:
    """One act on a complaint."""
    seat = watching(request, organ, desk)
    complaint = _complaint(seat, number)
    tried, status = perform(request, seat, offers_for(seat, complaint), act)
    if tried is not None:
        return _shown(request, seat, _complaint(seat, number), tried, status)
    return redirect("office:oversight_complaint", organ, desk, number)
