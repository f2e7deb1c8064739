"""What a person is told when a request is refused: what happened, what was kept, what to do.

A form whose security token has expired (a session that ended in mid-form, or a second tab in which
one signed in) is not lost: the same fields are offered once more with a new token.
"""

import logging
import re
import secrets
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.db import DataError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from openhall.api.v1.problems import BY_STATUS, GROUNDS, problem
from openhall.deeds.sent import UNREPEATABLE, repeatable
from openhall.desk.own_page import from_our_own_page, is_own_page, says_nothing
from openhall.gate.space import is_disk_full

logger = logging.getLogger(__name__)

BY_CODE = re.compile(r"^/(?:en/)?(?:cases|applications)/")  # opened by account or by query code


def _for_program(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or not request.accepts("text/html")


def _refusal(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    if request.path.startswith("/api/v1/") and status in BY_STATUS:
        return problem(request, BY_STATUS[status], GROUNDS[BY_STATUS[status]].title)
    if _for_program(request):
        return JsonResponse({"detail": sentence}, status=status)
    by_code = status == 403 and BY_CODE.search(request.path) is not None
    said = {"title": title, "sentence": sentence, "status": status, "by_code": by_code}
    return render(request, "refusals/refusal.html", said, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _refusal(
        request,
        400,
        _("The request could not be read"),
        _("Something in the address or in the form was not as expected. Nothing was changed."),
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The refusing act says why, in plain words; its sentence is shown when there is one."""
    return _refusal(
        request,
        403,
        _("You may not do this"),
        str(exception) or _("Your account does not have this permission. Nothing was changed."),
    )


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _refusal(
        request,
        404,
        _("There is no such page"),
        _("The address may have been mistyped, or the page may have been moved or withdrawn."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """A page that needs neither database nor session, with a number to quote to the operator."""
    reference = secrets.token_hex(4).upper()
    logger.error("Reference %s was shown for %s %s", reference, request.method, request.path)
    if request.path.startswith("/api/v1/"):
        return problem(request, "broken", GROUNDS["broken"].title)
    if _for_program(request):
        return JsonResponse({"detail": "internal error", "reference": reference}, status=500)
    page = render_to_string("refusals/broken.html", {"reference": reference})
    return HttpResponse(page, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The security token was missing or old: offer the same fields again with a new one.

    Not to a stranger's page, which could have its own fields repeated here with a good token. A
    page that is stored for everybody has no token to send (``desk.own_page``): where the browser
    does not say whence its form came, the person is asked to press once more.
    """
    if _for_program(request):
        return JsonResponse({"detail": reason or "CSRF token missing"}, status=403)
    if not (from_our_own_page(request) or (says_nothing(request) and is_own_page(request))):
        return _refusal(
            request,
            403,
            _("This form did not come from our site"),
            _("Nothing was accepted or changed. Open the page here again."),
        )
    said = {
        "title": _("This page was open for too long"),
        "fields": repeatable(request),
        "files": sorted(request.FILES),
        "hidden": any(
            word in name.lower()
            for name in request.POST
            for word in UNREPEATABLE
            if name != "csrfmiddlewaretoken"
        ),
        "address": request.get_full_path(),
    }
    return render(request, "refusals/expired.html", said, status=403)


class NoNul:
    """U+0000 in an address names nothing, and in a question asks nothing.

    PostgreSQL keeps no such sign in a text and SQLite does, so what one answers with an empty page
    the other would answer with a fault of ours. Forms refuse it beside the field; what gets past
    them is refused here, with nothing changed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404
        if any("\0" in word for name, said in request.GET.lists() for word in (name, *said)):
            raise BadRequest
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DataError) and "NUL" in str(exception):
            return bad_request(request, exception)
        return None


class DiskFull:
    """A full disk is no fault of who sent: nothing was changed, and the operator is called.

    The log says so as CRITICAL, because no message can be queued where nothing can be written.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not (isinstance(exception, OperationalError | OSError) and is_disk_full(exception)):
            return None
        logger.critical("The disk is full: %s %s was refused.", request.method, request.path)
        answer = _refusal(
            request,
            503,
            _("Nothing can be written just now"),
            _("The machine has run out of room. Nothing was changed; its operator is called."),
        )
        answer["Retry-After"] = "600"
        return answer
