"""Verifying in the visitor's own browser: the page, its script, and both to take home. A5."""

import io
import zipfile
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from openhall.cases.public import opening_of
from openhall.cases.queries import case_numbered
from openhall.ledger import standalone
from openhall.ledger.publishing import published_note
from openhall.ledger.signing import public_verifier_key
from openhall.ledger.witnesses import witnesses
from openhall.portal.forms import VerifyForm
from openhall.portal.views.holding import holds_case

SCRIPT = "portal/verify.js"
VERIFIER = "openhall_verify.py"


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The form and its words; what is checked never leaves the browser."""
    address = request.GET.get("receipt", "")
    ours = address.startswith("/") and not address.startswith("//") and address.endswith(".json")
    context = {
        "form": _form(),
        "receipt": address if ours else "",
    }
    return render(request, "portal/verify.html", context)


def _form() -> VerifyForm:
    keys = [public_verifier_key(), *(one.vkey for one in witnesses())]
    return VerifyForm(auto_id="verify-%s", initial={"key": "\n".join(keys)})


def _script() -> bytes:
    found = finders.find(SCRIPT)
    if not isinstance(found, str):
        raise Http404
    return Path(found).read_bytes()


def _verifier() -> bytes:
    return Path(str(standalone.__file__)).with_name(VERIFIER).read_bytes()


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The single-file verifier."""
    answer = HttpResponse(_verifier(), content_type="text/x-python; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{VERIFIER}"'
    return answer


@require_safe
def kit(request: HttpRequest) -> HttpResponse:
    """Page, script, single-file verifier, key and checkpoint in one archive, for use without us."""
    alone = render_to_string("portal/verify_alone.html", {"form": _form()}, request)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("verify.html", alone)
        archive.writestr("verify.js", _script())
        archive.writestr(VERIFIER, _verifier())
        archive.writestr("key", public_verifier_key() + "\n")
        archive.writestr("checkpoint", published_note())
    answer = HttpResponse(held.getvalue(), content_type="application/zip")
    answer.headers["Content-Disposition"] = 'attachment; filename="openhall-verify.zip"'
    return answer


@require_safe
def opening(request: HttpRequest, number: str, seq: int) -> HttpResponse:
    """With what the applicant can show what was written in one step; to them alone."""
    case = case_numbered(number)
    found = opening_of(case, seq) if case is not None and holds_case(request, case) else None
    if found is None:
        raise Http404
    answer = HttpResponse(found.to_json(), content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="opening-{number}-{seq}.json"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
