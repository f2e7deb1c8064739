"""Whose draft and whose case: by account, or held in this session after showing its code.

What was typed into a page whose session had ended is kept for who typed it (``organs.midway``) and
stands in the page again once the person is known.
"""

from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openhall.applying.permissions import may_open_draft
from openhall.applying.queries import Draft, draft_by_pk, drafts_unowned, listed
from openhall.appraisal.terms import RatingSource
from openhall.cases.permissions import is_applicant
from openhall.cases.queries import Case, held_case
from openhall.desk.pages import existing
from openhall.joint.permissions import owns_joint
from openhall.joint.queries import JointCase, cases_of_joint, joint_by_number
from openhall.organs.midway import keep_typed
from openhall.organs.queries import Account

DRAFTS, CASES, JOINTS = "held_drafts", "held_cases", "held_joints"
CAME_BY: Final = "came_by"
VIA: Final = {"qr": RatingSource.QR, "sms": RatingSource.LINK}


def account_of(request: HttpRequest) -> Account | None:
    """The signed-in account, if any."""
    return request.user if isinstance(request.user, Account) else None


def hold_draft(request: HttpRequest, draft: Draft) -> None:
    held = [pk for pk in request.session.get(DRAFTS, []) if pk != draft.pk]
    request.session[DRAFTS] = [*held, draft.pk][-20:]


def holds_draft(request: HttpRequest, draft: Draft) -> bool:
    shown = draft.pk in request.session.get(DRAFTS, [])
    account = account_of(request)
    return may_open_draft(account, draft, shown_code=shown, day=timezone.localdate())


def drafts_held(request: HttpRequest) -> list[Draft]:
    """Unsent drafts held in this session that are in nobody's account."""
    return listed(drafts_unowned(request.session.get(DRAFTS, [])))


def hold_case(request: HttpRequest, case: Case) -> None:
    request.session[CASES] = [*request.session.get(CASES, []), case.pk][-20:]


def came_by(request: HttpRequest) -> None:
    """Note by which way a code came, where its address said so: a rating names it as its source."""
    if (via := request.POST.get("via", "")) in VIA:
        request.session[CAME_BY] = via


def source_of_rating(request: HttpRequest) -> RatingSource:
    """Where a rating given in this session comes from."""
    return VIA.get(request.session.get(CAME_BY, ""), RatingSource.ONLINE)


def holds_case(request: HttpRequest, case: Case) -> bool:
    return is_applicant(account_of(request), case) or case.pk in request.session.get(CASES, [])


def case_held(request: HttpRequest, number: str) -> Case:
    """The case of the address, to who holds it."""
    case = existing(held_case(number))
    if not holds_case(request, case):
        raise PermissionDenied
    return case


def hold_joint(request: HttpRequest, joint: JointCase) -> None:
    """Hold a joint application, and with it the case of each of its units."""
    held = [pk for pk in request.session.get(JOINTS, []) if pk != joint.pk]
    request.session[JOINTS] = [*held, joint.pk][-20:]
    for case in cases_of_joint(joint):
        hold_case(request, case)


def joint_held(request: HttpRequest, number: str) -> JointCase:
    """The joint application of the address, to who holds it."""
    joint = joint_by_number(number)
    if joint is None:
        raise Http404
    shown = joint.pk in request.session.get(JOINTS, [])
    if not (shown or owns_joint(account_of(request), joint)):
        raise PermissionDenied
    return joint


class NotHeld(PermissionDenied):
    """The draft is not this visitor's; ``owned`` says whether signing in could help."""

    def __init__(self, sentence: str, *, owned: bool) -> None:
        super().__init__(sentence)
        self.owned = owned


def held_draft(request: HttpRequest, pk: int) -> Draft:
    """The draft of the address, to who may open it; raises :class:`NotHeld`."""
    draft = existing(draft_by_pk(pk))
    if not holds_draft(request, draft):
        owned = draft.account_id is not None and account_of(request) is None
        raise NotHeld(
            _(
                "This application is not open here. Sign in with the account it was begun with,"
                " or enter its code under “Go on with an application”."
            ),
            owned=owned,
        )
    return draft


# ------------------------------------------------------------ a session that ended in mid-form
def rescue(request: HttpRequest, *, sign_in: bool) -> HttpResponse:
    """Keep what was typed for who typed it, and ask who that is."""
    if keep_typed(request):
        words = _("Your session had ended. What you typed is kept; files must be chosen again.")
    else:
        words = _("Your session had ended. The form was too long to be kept; go back to copy it.")
    messages.warning(request, words)
    if sign_in:
        address = reverse("account_login") + "?" + urlencode({"next": request.path})
        return redirect(address)
    return redirect("portal:resume")
