"""Complaints on the desk: supervision accepts and reviews, the unit answers."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.desk.pages import Subject as Thing
from openhall.office.acts.oversight import COMPLAINT_OFFERS
from openhall.office.seat import Seat, official
from openhall.office.views.oversight import common, scope_of, states_in, watching
from openhall.paging.keyset import paged, place
from openhall.supervision.queries import (
    Complaint,
    complaint_numbered,
    complaints,
    deeds_told,
    is_with,
)
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
OWED = {ComplaintState.ACCEPTED, ComplaintState.REOPENED}


@official
@require_safe
def listing(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """Complaints by state, newest first; a head sees those accepted against the unit."""
    seat = watching(request, organ, desk)
    states = states_in(request.GET.get("state", ""), ComplaintState)
    rows = paged(complaints(organ=scope_of(seat), states=states), at=place(request.GET))
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
        "states": [(one, one in states, urlencode({"state": one.value})) for one in ComplaintState],
        "any_state": (not states, ""),
    }
    return render(request, "office/oversight/complaints.html", context)


class ComplaintOnDesk(Thing):
    """One complaint; the name of who complained is masked."""

    offers = COMPLAINT_OFFERS
    kind = "complaint"
    template = "office/oversight/complaint.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Complaint]:
        seat = watching(request, where["organ"], where["desk"])
        complaint = complaint_numbered(where["number"])
        if complaint is None:
            raise Http404
        if scope_of(seat) is not None and not is_with(complaint, seat.organ):
            raise PermissionDenied(_("This complaint is not with your unit."))
        return seat, complaint

    def home(self, who: Seat, subject: Complaint) -> str:
        where = [who.organ.code, who.desk, subject.number]
        return reverse("office:oversight_complaint", args=where)

    def content(self, who: Seat, subject: Complaint) -> dict[str, Any]:
        state = ComplaintState(subject.state)
        due = subject.answer_due if state in OWED else None
        return common(who, "oversight_complaints") | {
            "complaint": subject,
            "state": state,
            "kind": KINDS[state],
            "about": ComplaintAbout(subject.about),
            "breach": Trigger(subject.breach) if subject.breach else None,
            "name": mask_name(subject.name) if subject.real_name else "",
            "phone": mask_phone(subject.phone) if subject.phone else "",
            "overdue": due is not None and due < who.figures_day,
            "story": [
                (deed, ComplaintAct(deed.act), words)
                for deed, words in deeds_told(Subject.COMPLAINT, subject.pk)
            ],
        }


complaint = official(ComplaintOnDesk())
