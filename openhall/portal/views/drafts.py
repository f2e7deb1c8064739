"""My matters: named drafts and cases; what one can do to a draft besides filling it in."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.applying.actions.drafting import settle_aside
from openhall.applying.actions.reusing import revoke
from openhall.applying.holdings import documents_of
from openhall.applying.queries import (
    Draft,
    asked_of,
    consent_of,
    drafts_of,
    offered_now,
    removal_of,
    step_name,
)
from openhall.applying.slip import slip_pdf
from openhall.cases.public import cases_of
from openhall.cases.terms import Channel, Stage
from openhall.deeds.refusals import Refused
from openhall.design.qr import qr_svg
from openhall.desk.pages import SeeOther, Subject, existing, stands_on
from openhall.files.rules.trust import fault_of_reuse
from openhall.files.terms import TrustLevel
from openhall.joint.applying import matter_of
from openhall.joint.queries import joints_of
from openhall.outbox.queries import unread
from openhall.paging.whole import whole_or
from openhall.portal.acts import DRAFT_ACTS, Visitor
from openhall.portal.views.holding import account_of, drafts_held, held_draft


def _row(draft: Draft, offered: dict[int, int]) -> dict[str, object]:
    """One draft as the list shows it: where it was left, until when it is kept, what changed."""
    _day, warning = removal_of(draft)
    now = offered.get(draft.item_version.item_id)
    return {
        "draft": draft,
        "step": draft.step or "applicant",
        "step_name": step_name(draft.step or "applicant"),
        "closed": now is None,
        "changed": now not in (None, draft.item_version_id),
        "warning": warning,
        "waits": getattr(draft, "waits", 0),
    }


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My matters: unfinished applications and cases; to a visitor, the ways to them.

    The pages for everybody link here and say nothing of who reads; here the head says it.
    """
    account = account_of(request)
    here = drafts_held(request)
    own = drafts_of(account) if account else []
    offered = offered_now([*own, *here], timezone.localdate())

    def rows(drafts: list[Draft]) -> list[dict[str, object]]:
        return [_row(draft, offered) for draft in drafts]

    context = {
        "account": account,
        "cases": [
            (case, Stage(case.stage), Channel(case.channel))
            for case in (cases_of(account) if account else [])
        ],
        "joints": joints_of(account) if account else [],
        "drafts": rows(own),
        "here": rows(here),
        "to_sign": asked_of(account) if account else [],
        "keeps": settings.DRAFT_DAYS,
        "unread": unread(account.pk) if account else 0,
    }
    return render(request, "portal/mine.html", context)


class OwnDraft(Subject):
    """One unsent application, and what its owner may do with it besides filling it in."""

    offers = DRAFT_ACTS
    template = "portal/draft_kept.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Visitor, Draft]:
        draft = held_draft(request, where["pk"])
        return Visitor(account_of(request), timezone.localdate(), holds=True), draft

    def home(self, who: Visitor, subject: Draft) -> str:
        return reverse("portal:draft_kept", args=[subject.pk])

    def context(
        self, request: HttpRequest, who: Visitor, subject: Draft, **more: Any
    ) -> dict[str, Any]:
        row = _row(subject, offered_now([subject], who.day))
        return {"row": row, "draft": subject, "account": who.account}


own_draft = OwnDraft()


@stands_on(mine)
def aside(request: HttpRequest, pk: int, aside: int) -> HttpResponse:
    """Choose between what stands and what was set aside."""
    draft = held_draft(request, pk)
    try:
        settle_aside(draft, aside, take="take" in request.POST)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return SeeOther(reverse("portal:draft", args=[draft.pk, draft.step or "applicant"]))


def code_picture(address: str) -> str:
    """A QR of ``address`` as markup that may stand in a page."""
    drawn = qr_svg(address, quiet=2, title=_("QR code"))
    return mark_safe(drawn)  # noqa: S308 - drawn here from our own address


@require_safe
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """The resume slip: a page that prints, with the code in signs and as QR.

    The code stands behind ``#`` in the address, so no server and no log ever sees it there.
    """
    draft = held_draft(request, pk)
    removed_on, _warning = removal_of(draft)
    address = f"{settings.BASE_URL}/resume/#{draft.resume_code}"
    context = {
        "draft": draft,
        "version": matter_of(draft) or draft.item_version,
        "removed_on": removed_on,
        "address": f"{settings.BASE_URL}/resume/",
        "qr": code_picture(address),
    }
    answer = render(request, "portal/slip.html", context)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def slip_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The same slip as PDF."""
    draft = held_draft(request, pk)
    removed_on, _warning = removal_of(draft)
    answer = HttpResponse(slip_pdf(draft, removed_on), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="slip-{draft.pk}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def documents(request: HttpRequest) -> HttpResponse:
    """My documents that may be used again, and every consent I gave."""
    account = account_of(request)
    if account is None:
        return redirect(f"/accounts/login/?next={request.path}")
    if request.method == "POST":
        wanted = whole_or(0, request.POST.get("revoke"))
        given = existing(consent_of(account, wanted))
        try:
            revoke(given.draft, given.pk, account)
            messages.success(request, _("The consent is taken back."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("portal:documents")
    today = timezone.localdate()
    context = {
        "rows": [
            (
                one,
                TrustLevel(one.trust),
                fault_of_reuse(TrustLevel(one.trust), one.until, bool(one.withdrawn_at), today),
            )
            for one in documents_of(account, today)
        ],
        "consents": account.consents.select_related("draft__item_version", "case").order_by("-id")[
            :50
        ],
    }
    return render(request, "portal/documents.html", context)
