"""One joint application as its applicant follows it: every unit, one timeline. norms 2.5."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openhall.cases.actions import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.sent import key_of
from openhall.desk.pages import SeeOther, Subject
from openhall.fees.terms import NoticeState
from openhall.joint import actions as joint
from openhall.joint.queries import (
    JointTold,
    joint_told,
    kept_supplement,
    papers_of_whole,
    points_of,
)
from openhall.joint.rules.lanes import Lane
from openhall.joint.terms import JointStage
from openhall.papers.terms import PaperKind
from openhall.portal.acts import Visitor, WithdrawWhole
from openhall.portal.views.holding import account_of, joint_held


def _units(told: JointTold) -> list[tuple[Any, Any, str]]:
    """Each unit with its lane, and the address of its own case."""
    lanes: list[Lane | None] = [*told.lanes] or [None] * len(told.units)
    return [
        (unit, lane, reverse("portal:case", args=[unit.case.number]))
        for unit, lane in zip(told.units, lanes, strict=True)
    ]


class JointFollowed(Subject):
    """The page of the whole matter."""

    offers = (WithdrawWhole,)
    kind = "joint"
    template = "portal/joint_case.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Visitor, JointTold]:
        whole, today = joint_held(request, where["number"]), timezone.localdate()
        return Visitor(account_of(request), today, holds=True), joint_told(whole, today)

    def home(self, who: Visitor, subject: JointTold) -> str:
        return reverse("portal:joint_case", args=[subject.joint.number])

    def seq(self, subject: JointTold) -> int:
        return subject.joint.seq

    def content(self, who: Visitor, subject: JointTold) -> dict[str, Any]:
        cases = [unit.case for unit in subject.units]
        return {
            "told": subject,
            "joint": subject.joint,
            "units": _units(subject),
            "papers": [(one, PaperKind(one.kind)) for one in papers_of_whole(cases, public=True)],
            "bills": [
                (unit, unit.case.payment, NoticeState(unit.case.payment.state))
                for unit in {one.case.payment_id: one for one in reversed(subject.units)}.values()
                if unit.case.payment is not None
            ],
            "asked": subject.stage == JointStage.ASKED,
        }


joint_case = JointFollowed()


def supplement(request: HttpRequest, number: str) -> HttpResponse:
    """What every unit lacks, and what was answered so far; sent for all units at once."""
    whole = joint_held(request, number)
    told = joint_told(whole, timezone.localdate())
    if told.stage != JointStage.ASKED:
        return redirect("portal:joint_case", number)
    rows = [(unit, points_of(unit.case)) for unit in told.units]
    refused: Refused | None = None
    if request.method == "POST":
        answers = {unit.case.pk: kept_supplement(unit.case) for unit, points in rows if points}
        key = key_of(request)
        # Who showed the query code answers for the account the application was made with.
        doing = Doing(whole.account, timezone.now(), key)
        try:
            joint.supplement_joint(whole.pk, answers, doing)
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _("Sent. The lead unit looks at it now."))
            return SeeOther(reverse("portal:joint_case", args=[number]))
    context = {
        "joint": whole,
        "told": told,
        "rows": [(unit, points) for unit, points in rows if points],
        "due_on": told.units[0].case.supplement.due_on,
        "ready": all(point.answered for _unit, points in rows for point in points),
        "refused": refused,
        "key": uuid.uuid4(),
    }
    return render(request, "portal/joint_supplement.html", context, status=422 if refused else 200)
