"""Joint handling on the desk: what a unit leads, what it is asked, one matter. norms 2.5."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.cases.permissions import may_open
from openhall.cases.terms import ConsultedOpinion
from openhall.desk.pages import Subject
from openhall.joint.permissions import may_open_joint
from openhall.joint.queries import (
    COUNTED_UP_TO,
    JointCase,
    JointTold,
    UnitTold,
    answered_lately,
    conclusion_of,
    count_inbox,
    count_led,
    inbox,
    joint_by_number,
    joint_told,
    led_by,
    papers_of_whole,
)
from openhall.joint.rules.lanes import Lane
from openhall.joint.terms import DeemedBasis
from openhall.office.acts.together import JOINT_OFFERS
from openhall.office.seat import Seat, official, seat_at
from openhall.office.views.desk import masked, queue_context
from openhall.organs.terms import Desk
from openhall.paging.keyset import place
from openhall.papers.terms import PaperKind

JOINT_DESKS = (Desk.WINDOW, Desk.HANDLER, Desk.DECIDER, Desk.HEAD)


def _at(request: HttpRequest, organ: str, desk: str) -> Seat:
    seat = seat_at(request, organ, desk)
    if seat.desk not in JOINT_DESKS:
        raise PermissionDenied(_("Window, handlers, deciders and the head handle matters jointly."))
    return seat


def _shown(count: int) -> str:
    return f"{COUNTED_UP_TO}+" if count > COUNTED_UP_TO else str(count)


@official
@require_safe
def led(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """The matters this unit leads, the longest waiting first."""
    seat = _at(request, organ, desk)
    page = led_by(seat.organ, seat.day, place(request.GET))
    context = queue_context(request, seat) | {
        "led": page,
        "count": _shown(count_led(seat.organ)),
        "notices": _shown(count_inbox(seat.organ)),
        "above": any(row.joint.lead_id != seat.organ.pk for row in page),
    }
    return render(request, "office/together/led.html", context)


@official
@require_safe
def notices(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """The joint notices that wait for this unit's opinion, the most urgent first."""
    seat = _at(request, organ, desk)
    page = inbox(seat.organ, seat.day, place(request.GET))
    context = queue_context(request, seat) | {
        "waiting": page,
        "count": _shown(count_inbox(seat.organ)),
        "said": [
            (
                task,
                ConsultedOpinion(task.opinion) if task.opinion else None,
                DeemedBasis(task.deemed) if task.deemed else None,
            )
            for task in answered_lately(seat.organ)
        ],
    }
    return render(request, "office/together/notices.html", context)


def _opened(seat: Seat, number: str) -> JointCase:
    joint = joint_by_number(number)
    if joint is None:
        raise Http404
    if not may_open_joint(seat.account, joint, seat.organ, seat.day):
        raise PermissionDenied(_("This joint matter is not on your desk."))
    return joint


def _where(seat: Seat, unit: UnitTold) -> str:
    """The unit's own case, to who may open it at this desk."""
    if unit.task.organ_id != seat.organ.pk or not may_open(seat.account, unit.case, seat.day):
        return ""
    return reverse("office:matter", args=(seat.organ.code, seat.desk.value, unit.case.number))


class Joint(Subject):
    """A joint application: every unit's state, the meeting, the fees, the acts of this desk."""

    offers = JOINT_OFFERS
    kind = "joint"
    template = "office/together/matter.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, JointTold]:
        seat = _at(request, where["organ"], where["desk"])
        return seat, joint_told(_opened(seat, where["number"]), seat.day)

    def home(self, who: Seat, subject: JointTold) -> str:
        return reverse("office:joint", args=[who.organ.code, who.desk.value, subject.joint.number])

    def seq(self, subject: JointTold) -> int:
        return subject.joint.seq

    def context(
        self, request: HttpRequest, who: Seat, subject: JointTold, **more: Any
    ) -> dict[str, Any]:
        lanes: list[Lane | None] = [*subject.lanes] or [None] * len(subject.units)
        whole = [unit.case for unit in subject.units]
        leads = who.organ.pk == subject.joint.lead_id
        return queue_context(request, who) | {
            "told": subject,
            "joint": subject.joint,
            "units": [
                (unit, lane, _where(who, unit))
                for unit, lane in zip(subject.units, lanes, strict=True)
            ],
            "applicant": masked(whole[0]),
            "objections": [
                unit for unit in subject.units if unit.opinion == ConsultedOpinion.DISAGREE
            ],
            "conclusion": conclusion_of(subject),
            "papers": [(paper, PaperKind(paper.kind)) for paper in papers_of_whole(whole)]
            if leads
            else [],
        }


joint = official(Joint())
