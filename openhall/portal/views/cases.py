"""Following a case: by its code or by account; withdraw, rate. A5, A8."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.appraisal.actions import rate
from openhall.appraisal.forms import RatingForm
from openhall.appraisal.queries import rating_of
from openhall.appraisal.terms import BadReason, RatingSource, Satisfaction
from openhall.cases import actions
from openhall.cases.actions.papers import query_code_of
from openhall.cases.days import deadline_ledger
from openhall.cases.models import Case, CaseEvent
from openhall.cases.permissions import is_applicant
from openhall.cases.public import OPENED_BY_APPLICANT, case_by_code, papers_of, source_of, waits_for
from openhall.cases.queries import clock_day, timeline
from openhall.cases.rules.lifecycle import acts_at
from openhall.cases.terms import Act, Outcome, Stage
from openhall.deeds.refusals import Refused
from openhall.deeds.rules.codes import fault_of_code
from openhall.deeds.sent import key_of
from openhall.desk.pages import stands_on
from openhall.fees.bank import payment_address
from openhall.fees.terms import NoticeState
from openhall.joint.queries import joint_by_code, joint_with
from openhall.permits.queries import permit_of
from openhall.portal.forms import CodeForm
from openhall.portal.views.holding import account_of, case_held, hold_case, hold_joint, holds_case
from openhall.portal.views.supplementing import supplement_of
from openhall.portal.views.told import told


def track(request: HttpRequest) -> HttpResponse:
    """Find a case by the query code of its receipt; a forged code finds nothing."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fault = fault_of_code(form.cleaned_data["code"])
        joint = None if fault else joint_by_code(form.cleaned_data["code"])
        if joint is not None:
            hold_joint(request, joint)
            return redirect("portal:joint_case", joint.number)
        case = None if fault else case_by_code(form.cleaned_data["code"])
        if case is not None:
            hold_case(request, case)
            return redirect("portal:case", case.number)
        form.add_error("code", fault or _("No case has this code. Compare it with your receipt."))
    return render(request, "portal/track.html", {"form": form})


def _page(
    request: HttpRequest,
    case: Case,
    *,
    rating_form: RatingForm | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    stage = Stage(case.stage)
    alone = case.part_days is None  # a part of a joint application is answered with the others
    asked = supplement_of(case) if stage == Stage.SUPPLEMENT_ASKED and alone else {}
    rating = rating_of(case)
    context = {
        "case": case,
        "stage": stage,
        "outcome": Outcome(case.outcome) if case.outcome else None,
        "who": waits_for(case)[1],
        "events": [
            (Act(event.act), event, event.act in OPENED_BY_APPLICANT)
            for event in CaseEvent.objects.filter(case=case).order_by("seq")
        ],
        "source": source_of(case),
        "whole": joint_with(case),
        "code": query_code_of(case),
        "asked": asked,
        "refused": refused,
        "papers": papers_of(case),
        "told": told(case),
        "payment": case.payment,
        "payment_state": NoticeState(case.payment.state) if case.payment else None,
        "pay_at": payment_address(case.payment.number, case.payment.amount)
        if case.payment and case.payment.state == NoticeState.DUE
        else "",
        "clock": timeline(case, clock_day(case)),
        "ledger": deadline_ledger(case, clock_day(case)),
        "permit": permit_of(case, timezone.localdate()),
        "may_ask_permit": is_applicant(account_of(request), case),
        "hearing": getattr(case, "hearing", None),
        "may_ask_hearing": is_applicant(account_of(request), case)
        and stage == Stage.HANDLING
        and hasattr(case, "hearing")
        and timezone.localdate() <= case.hearing.ask_by,
        "rating": rating,
        "satisfaction": Satisfaction(str(rating.score)) if rating else None,
        "rating_form": rating_form or RatingForm(prefix="rating"),
        "may_rate": stage == Stage.DELIVERED and rating is None and not _is_official(request),
        "may_withdraw": Act.WITHDRAW in acts_at(stage)
        and (alone or case.accepted_at is not None)
        and is_applicant(account_of(request), case),
        "key": uuid.uuid4(),
    }
    wrong = refused is not None or (rating_form is not None and bool(rating_form.errors))
    return render(request, "portal/case.html", context, status=422 if wrong else 200)


def _is_official(request: HttpRequest) -> bool:
    account = account_of(request)
    return account is not None and account.is_official


@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    return _page(request, case_held(request, number))


@stands_on(case)
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    case = case_held(request, number)
    doing = actions.Doing(account_of(request), timezone.now(), key_of(request))
    try:
        actions.withdraw(case.pk, doing)
    except Refused as refusal:
        return _page(request, case, refused=refusal)
    return redirect("portal:case", case.number)


@stands_on(case)
def rating(request: HttpRequest, number: str) -> HttpResponse:
    """Rate the service, once; what was chosen stays where it was wrong."""
    case = case_held(request, number)
    form = RatingForm(request.POST, prefix="rating")
    if not form.is_valid():
        return _page(request, case, rating_form=form)
    doing = actions.Doing(account_of(request), timezone.now(), key_of(request))
    typed = form.cleaned_data
    try:
        rate(
            case.pk,
            Satisfaction(typed["satisfaction"]),
            [BadReason(reason) for reason in typed["reasons"]],
            typed["comment"],
            RatingSource.ONLINE,
            doing,
            holds_code=holds_case(request, case),
        )
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _page(request, case, rating_form=form)
    return redirect("portal:case", case.number)
