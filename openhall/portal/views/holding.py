"""Whose draft and whose case: by account, or held in this session after showing its code."""

from django.http import HttpRequest

from openhall.cases.models import Case, Draft
from openhall.cases.permissions import is_applicant
from openhall.organs.models import Account

DRAFTS, CASES = "held_drafts", "held_cases"


def account_of(request: HttpRequest) -> Account | None:
    """The signed-in account, if any."""
    return request.user if isinstance(request.user, Account) else None


def hold_draft(request: HttpRequest, draft: Draft) -> None:
    request.session[DRAFTS] = [*request.session.get(DRAFTS, []), draft.pk][-20:]


def holds_draft(request: HttpRequest, draft: Draft) -> bool:
    account = account_of(request)
    if account is not None and draft.account_id == account.pk:
        return True
    return draft.pk in request.session.get(DRAFTS, [])


def hold_case(request: HttpRequest, case: Case) -> None:
    request.session[CASES] = [*request.session.get(CASES, []), case.pk][-20:]


def holds_case(request: HttpRequest, case: Case) -> bool:
    return is_applicant(account_of(request), case) or case.pk in request.session.get(CASES, [])
