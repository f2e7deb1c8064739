"""Elder mode without scripts: the one place where a page is given its class.

The page itself is the same for everybody; ``elder.js`` sets the class where scripts run. For whom
they do not, it is written into the first tag of what was answered.
"""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

COOKIE: Final = "elder"
PLAIN: Final = b'<html lang="'
LARGE: Final = b'<html class="elder" lang="'


def enlarged(body: bytes) -> bytes:
    """``body`` with the class of elder mode in its first tag."""
    return body.replace(PLAIN, LARGE, 1)


class Elder:
    """Middleware: who asked for larger text is given it in the first tag of the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        if is_page and request.COOKIES.get(COOKIE) == "1" and isinstance(answer, HttpResponse):
            answer.content = enlarged(answer.content)
            patch_vary_headers(answer, ["Cookie"])
        return answer
