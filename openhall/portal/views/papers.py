"""The papers of a case as PDF, and the page that says whether a paper is genuine. A5."""

import hashlib
import re

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from openhall.cases.actions.reveal import reveal
from openhall.cases.application import applied_with
from openhall.cases.application import pdf_of as application_pdf
from openhall.cases.permissions import is_applicant, may_open
from openhall.cases.queries import case_numbered, is_of_a_company
from openhall.deeds.audit import of_row
from openhall.deeds.doing import Doing
from openhall.deeds.rules.codes import fault_of_code, tidy
from openhall.deeds.sent import key_of
from openhall.desk.pages import existing
from openhall.fees.queries import notice_by_check_code
from openhall.ledger.queries import leaf_of
from openhall.papers.actions.handing_out import hand_out, opened
from openhall.papers.kinds import PAPER
from openhall.papers.queries import (
    PUBLIC_PAPERS,
    Paper,
    given_to,
    is_print_of,
    paper_checked,
    paper_of,
)
from openhall.papers.terms import PaperKind
from openhall.portal.views.holding import account_of, holds_case
from openhall.throttle.middleware import may_try_code, wrong_code
from openhall.vault.rules.masks import mask_company, mask_name

LARGEST = 5 * 1024 * 1024
DIGEST = re.compile(r"[0-9a-f]{64}")


@require_safe
def download(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One paper, to who holds the case and to the officials who may open it."""
    paper = existing(paper_of(number, pk))
    case = existing(case_numbered(number))
    account = account_of(request)
    official = account is not None and may_open(account, case, timezone.localdate())
    theirs = paper.kind in PUBLIC_PAPERS and holds_case(request, case)
    if not official and not theirs:
        raise PermissionDenied
    if official and not theirs and account is not None:  # the paper names the applicant in full
        doing = Doing(account, timezone.now(), key_of(request))
        reveal(case, f"下载{PaperKind(paper.kind).zh}{paper.number}", doing)
    if theirs and is_applicant(account, case):
        opened(paper, timezone.now())
    answer = HttpResponse(hand_out(paper), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{paper.kind}-{paper.pk}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"  # a desk prints it from its own page
    return answer


@require_safe
def application_form(request: HttpRequest, number: str) -> HttpResponse:
    """The form as it was sent, to who holds the case and to the officials who may open it."""
    case = existing(case_numbered(number))
    account = account_of(request)
    theirs = holds_case(request, case)
    official = account is not None and may_open(account, case, timezone.localdate())
    if not official and not theirs:
        raise PermissionDenied
    applied = existing(applied_with(case))
    if official and not theirs and account is not None:  # it names the applicant in full
        reveal(case, "下载申请表", Doing(account, timezone.now(), key_of(request)))
    answer = HttpResponse(application_pdf(applied), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="application-{number}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _compared(request: HttpRequest, paper: Paper) -> tuple[str, str]:
    """What comparing the visitor's file says: ``same``, ``other`` or ``wrong``, and a sentence."""
    digest = request.POST.get("digest", "").lower()
    sent = request.FILES.get("file")
    if sent is not None and not digest:
        if sent.size is None or sent.size > LARGEST:
            return "wrong", _("The file is larger than any paper of ours.")
        digest = hashlib.sha256(sent.read()).hexdigest()
    if not DIGEST.fullmatch(digest):
        return "wrong", _("Choose the PDF file first.")
    if is_print_of(paper, digest):
        return "same", _("The file is exactly the one we gave, byte for byte.")
    return "other", _(
        "The file is not the one we gave: it was altered, or saved anew by another program. Rely "
        "on the paper as the unit shows it."
    )


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a paper with this check code was given; never more than stands on its face."""
    may_try_code(request)
    fault = fault_of_code(code)
    paper = None if fault else paper_checked(tidy(code))
    if paper is None and not fault and notice_by_check_code(tidy(code)) is not None:
        return redirect("portal:fee_check", tidy(code))
    if paper is None:
        wrong_code(request)
        unknown = {"paper": None, "fault": fault and fault.said_in(get_language())}
        return render(request, "portal/check.html", unknown, status=404)
    company = is_of_a_company(paper.about)
    name = given_to(paper)
    verdict, sentence = _compared(request, paper) if request.method == "POST" else ("", "")
    given = PAPER.events_of([paper.pk]).first()
    context = {
        "paper": paper,
        "kind": PaperKind(paper.kind),
        "applicant": mask_company(name) if company else mask_name(name) if name else "—",
        "verdict": verdict,
        "sentence": sentence,
        "given": given,
        "leaf": leaf_of(given.entry) if given is not None else None,
        "faults": of_row(PAPER, paper),  # held against the log at this moment
    }
    return render(request, "portal/check.html", context)
