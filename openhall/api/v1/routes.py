"""The version put together: every route answers HEAD where it answers GET, and refuses in words."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from openhall.api.v1 import (
    cases,
    catalogue,
    dcat,
    figures,
    halls,
    hooks,
    hsds,
    log,
    oauth,
)
from openhall.api.v1.door import v1
from openhall.api.v1.problems import problem
from openhall.glossary import Said

NOT_HERE: Final = Said("这个地址不支持这种请求。", "This address does not answer that method.")

for part in (catalogue, halls, figures, log, cases, hooks, oauth, hsds, dcat):
    v1.add_router("", part.router)


def by_method(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """HEAD is GET without its body; a method that is not answered is refused as a problem."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        head = request.method == "HEAD"
        if head:
            request.method = "GET"
        answer = view(request, *args, **more)
        if answer.status_code == 405:
            allowed = answer.headers.get("Allow", "")
            return problem(request, "method", NOT_HERE, headers={"Allow": allowed})
        if head:
            length = str(len(answer.content))
            answer.content = b""
            answer.headers["Content-Length"] = length
        return answer

    return answered


MADE = v1.urls
for one in MADE[0]:
    if isinstance(one, URLPattern):
        one.callback = by_method(one.callback)
urlpatterns = [path("", MADE)]
