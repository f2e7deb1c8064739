"""The papers of a case as PDF, and the page that says whether a paper is genuine. A5."""

import json

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openhall.cases.actions.reveal import reveal
from openhall.cases.models import Paper
from openhall.cases.notices.pdf import pdf_of
from openhall.cases.permissions import may_open
from openhall.cases.public import PUBLIC_PAPERS
from openhall.cases.rules.codes import fault_of_code, tidy
from openhall.cases.terms import ApplicantKind, PaperKind
from openhall.portal.views.holding import account_of, holds_case
from openhall.vault.rules.masks import mask_company, mask_name


@require_safe
def download(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One paper, to who holds the case and to the officials who may open it."""
    rows = Paper.objects.select_related("case__organ")
    paper = get_object_or_404(rows, pk=pk, case__number=number)
    account = account_of(request)
    official = account is not None and may_open(account, paper.case, timezone.localdate())
    theirs = paper.kind in PUBLIC_PAPERS and holds_case(request, paper.case)
    if not official and not theirs:
        raise PermissionDenied
    if official and not theirs and account is not None:  # the paper names the applicant in full
        reveal(paper.case, account, f"下载{PaperKind(paper.kind).zh}{paper.number}")
    answer = HttpResponse(pdf_of(paper), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{paper.kind}-{paper.pk}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a paper with this check code was given; never more than stands on its face."""
    fault = fault_of_code(code)
    rows = Paper.objects.select_related("case", "organ")
    paper = None if fault else rows.filter(check_code=tidy(code)).first()
    applicant = ""
    if paper is not None:
        company = paper.case.applicant_kind == ApplicantKind.COMPANY
        name = json.loads(paper.content)["to"]
        applicant = mask_company(name) if company else mask_name(name)
    context = {
        "paper": paper,
        "kind": PaperKind(paper.kind) if paper else None,
        "applicant": applicant,
        "fault": fault,
    }
    return render(request, "portal/check.html", context, status=200 if paper else 404)
