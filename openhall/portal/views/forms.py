"""表格下载: the form in force, free and without sign-in; whether a paper is outdated. A11, B5."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from openhall.catalogue.asking import form_held, form_of
from openhall.catalogue.queries import ItemVersion, version_in_force
from openhall.catalogue.terms import ItemState
from openhall.design.words import called
from openhall.forms.blank import Sheet, docx_of, pdf_of, sheet_of
from openhall.forms.rules import FormDefinition, changes_between, digest_of

FRESH = 600  # seconds a copy may be kept without asking again
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def sheet_for(version: ItemVersion, form: FormDefinition, *, sample: bool) -> Sheet:
    """The paper of ``version`` in the language of the page."""
    code, digest = version.item.code, digest_of(form)
    return sheet_of(
        form,
        language=get_language() or "",
        organ=called(version.item.organ),
        code=code,
        version=version.number,
        check=f"{settings.BASE_URL}/forms/{code}/{digest}/",
        today=timezone.localdate() if sample else None,
    )


@require_safe
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    return _given(request, code, "pdf")


@require_safe
def sample(request: HttpRequest, code: str) -> HttpResponse:
    return _given(request, code, "sample")


@require_safe
def docx(request: HttpRequest, code: str) -> HttpResponse:
    return _given(request, code, "docx")


def _given(request: HttpRequest, code: str, what: str) -> HttpResponse:
    """The form in force today; not modified when the reader holds it already."""
    version = version_in_force(code, timezone.localdate())
    form = form_of(version) if version else None
    if version is None or form is None:
        raise Http404
    named = f"{digest_of(form)}-{version.number}-{what}-{get_language()}"
    if what == "sample":  # ages in it are reckoned to the day
        named += f"-{timezone.localdate():%Y%m%d}"
    etag = quote_etag(named)
    if request.headers.get("If-None-Match") == etag:
        answer = HttpResponse(status=304)
    else:
        sheet = sheet_for(version, form, sample=what == "sample")
        made = docx_of(sheet) if what == "docx" else pdf_of(sheet)
        kind = DOCX if what == "docx" else "application/pdf"
        answer = HttpResponse(made, content_type=kind)
        ending = "docx" if what == "docx" else "pdf"
        how = "attachment" if what == "docx" else "inline"
        answer.headers["Content-Disposition"] = f'{how}; filename="{code}-{what}.{ending}"'
    answer.headers["ETag"] = etag
    patch_cache_control(answer, public=True, max_age=FRESH)
    return answer


@require_safe
def held(request: HttpRequest, code: str, digest: str) -> HttpResponse:
    """Where the QR of a printed form leads: is it in force, and what changed since."""
    today = timezone.localdate()
    found = form_held(code, digest, today)
    if found is None:
        unknown = {"code": code, "current": version_in_force(code, today)}
        return render(request, "portal/form_unknown.html", unknown, status=404)
    language = get_language()
    changes = (
        [
            (
                change.kind,
                change.label.said_in(language),
                [how.said_in(language) for how in change.how],
            )
            for change in changes_between(found.form, found.current_form)
        ]
        if found.current_form and not found.is_current
        else []
    )
    context = {
        "held": found,
        "state": ItemState(found.item.state),
        "ahead": found.version.effective_from and found.version.effective_from > today,
        "changes": changes,
    }
    return render(request, "portal/form_held.html", context)
