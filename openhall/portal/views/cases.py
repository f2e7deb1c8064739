"""Following a case: by its code or by account; withdraw, rate. A5, A8."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from openhall.appraisal.terms import RatingState, Satisfaction
from openhall.cases.actions.papers import query_code_of
from openhall.cases.days import deadline_ledger
from openhall.cases.public import OPENED_BY_APPLICANT, papers_of, source_of
from openhall.cases.queries import clock_day, story, timeline
from openhall.cases.terms import Act, Outcome, Stage
from openhall.desk.pages import Subject
from openhall.fees.bank import payment_address
from openhall.fees.terms import NoticeState
from openhall.joint.queries import joint_with
from openhall.portal.acts import CASE_ACTS, Followed, Visitor
from openhall.portal.case_head import head_of
from openhall.portal.views.holding import (
    account_of,
    case_held,
    holds_case,
    source_of_rating,
)
from openhall.portal.views.past import link_to
from openhall.portal.views.told import told


class CaseFollowed(Subject):
    """A case as its applicant follows it."""

    offers = CASE_ACTS
    kind = "case"
    template = "portal/case.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Visitor, Followed]:
        case, today = case_held(request, where["number"]), timezone.localdate()
        who = Visitor(account_of(request), today, holds_case(request, case))
        followed = replace(Followed.of(case, today), source=source_of_rating(request))
        return who, followed

    def home(self, who: Visitor, subject: Followed) -> str:
        return reverse("portal:case", args=[subject.number])

    def content(self, who: Visitor, subject: Followed) -> dict[str, Any]:
        case, rating, day = subject.case, subject.rating, clock_day(subject.case)
        stage = Stage(case.stage)
        payment = case.payment
        state = NoticeState(payment.state) if payment else None
        events, whole = story(case), joint_with(case)
        led = bool(whole) and not case.accepted_at and not case.closed_at
        return {
            "case": case,
            "head": head_of(case, events, led=led, today=day),
            "stage": stage,
            "outcome": Outcome(case.outcome) if case.outcome else None,
            "events": [
                (Act(one.event.act), one.event, one.event.act in OPENED_BY_APPLICANT)
                for one in reversed(events)
            ],
            "source": source_of(case),
            "guide_then": link_to(
                "portal:guide", case.item.code, day=timezone.localdate(case.received_at)
            ),
            "whole": whole,
            "code": query_code_of(case),
            "papers": papers_of(case),
            "told": told(case),
            "payment": payment,
            "payment_state": state,
            "pay_at": payment_address(payment.number, payment.open)
            if payment and state == NoticeState.DUE
            else "",
            "clock": timeline(case, day),
            "ledger": deadline_ledger(case, day),
            "permit": subject.permit,
            "hearing": getattr(case, "hearing", None),
            "satisfaction": Satisfaction(str(rating.score)) if rating else None,
            "replies": [
                (one, Satisfaction(str(one.score)), RatingState(one.state))
                for one in (rating, subject.acceptance)
                if one is not None and one.state != RatingState.COUNTED
            ],
        }


case = CaseFollowed()
