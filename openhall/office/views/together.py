"""Joint handling on the desk: what a unit leads, what it is asked, one matter. norms 2.5."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openhall.cases.actions import Doing
from openhall.cases.permissions import may_open
from openhall.cases.terms import ConsultedOpinion
from openhall.deeds.refusals import Moved, Refused
from openhall.deeds.sent import key_of
from openhall.joint.models import JointCase
from openhall.joint.permissions import may_open_joint
from openhall.joint.queries import (
    COUNTED_UP_TO,
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
from openhall.office.seat import Seat, official, seat_at
from openhall.office.together.acts import JointForm, form_tried, forms_of
from openhall.office.views.desk import masked, queue_context
from openhall.organs.terms import Desk
from openhall.paging.keyset import place
from openhall.paging.whole import whole_or
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


def _matter(
    request: HttpRequest,
    seat: Seat,
    told: JointTold,
    *,
    tried: JointForm | None = None,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    acts = forms_of(told, seat)
    if tried is not None:
        names = [form.name for form in acts]
        acts = [tried if form.name == tried.name else form for form in acts]
        if tried.name not in names:
            acts.append(tried)
    lanes: list[Lane | None] = [*told.lanes] or [None] * len(told.units)
    whole = [unit.case for unit in told.units]
    context = queue_context(request, seat) | {
        "told": told,
        "joint": told.joint,
        "units": [
            (unit, lane, _where(seat, unit)) for unit, lane in zip(told.units, lanes, strict=True)
        ],
        "applicant": masked(whole[0]),
        "objections": [unit for unit in told.units if unit.opinion == ConsultedOpinion.DISAGREE],
        "conclusion": conclusion_of(told),
        "papers": [(paper, PaperKind(paper.kind)) for paper in papers_of_whole(whole)]
        if seat.organ.pk == told.joint.lead_id
        else [],
        "acts": acts,
        "tried": tried,
        "refused": refused,
        "key": uuid.uuid4(),
    }
    return render(request, "office/together/matter.html", context, status=status)


@official
@require_safe
def page(request: HttpRequest, organ: str, desk: str, number: str) -> HttpResponse:
    """One joint matter: every unit's state, the meeting, the fees, the acts of this desk."""
    seat = _at(request, organ, desk)
    return _matter(request, seat, joint_told(_opened(seat, number), seat.day))


@official
@require_POST
def act(request: HttpRequest, organ: str, desk: str, number: str, name: str) -> HttpResponse:
    """Do one act; a refusal comes back beside its field with everything that was typed."""
    seat = _at(request, organ, desk)
    told = joint_told(_opened(seat, number), seat.day)
    form = form_tried(name, told, seat, request.POST)
    if form is None:
        raise Http404
    if not form.is_valid():
        return _matter(request, seat, told, tried=form, status=422)
    seen = whole_or(told.joint.seq, request.POST.get("seen"))
    key = key_of(request)
    doing = Doing(seat.account, timezone.now(), key, seat.desk.value)
    try:
        form.does(doing, seen)
    except Moved as moved:
        fresh = joint_told(_opened(seat, number), seat.day)
        return _matter(request, seat, fresh, tried=form, refused=moved, status=409)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _matter(request, seat, told, tried=form, refused=refusal, status=422)
    done = form.act.said_in(get_language())
    messages.success(request, _("%(act)s: done for %(number)s") % {"act": done, "number": number})
    return redirect("office:joint", organ, desk, number)
