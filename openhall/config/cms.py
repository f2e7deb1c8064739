"""The door of Wagtail's admin: its own content policy, and our own sign-in.

Wagtail's admin needs inline styles and scripts, which the rest of the site forbids; the looser
policy is given to these pages only. Its password page is replaced by the site's sign-in, so that
an editor passes the same second factor as every other member of staff.

Its views trust what their own pages send. What no page of theirs sends (a port of thirty digits,
half a form, a list where a number belongs) is answered here with 400.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest, ValidationError
from django.db import DataError
from django.http import HttpRequest, HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as admin_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "frame-src 'self'",
        "frame-ancestors 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    ]
)


logger = logging.getLogger(__name__)
NOT_UNDERSTOOD = (ArithmeticError, DataError, LookupError, RecursionError, TypeError,
                  ValidationError, ValueError)  # fmt: skip


def understood(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer 400 to what the view could not read. It reads before it writes, and what it writes is
    a transaction of its own; none is laid around it here, or each look would wait for a writer."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            page = view(request, *args, **kwargs)
            # Its widgets look up what was sent only while the page is drawn.
            return page.render() if isinstance(page, SimpleTemplateResponse) else page
        except NOT_UNDERSTOOD as fault:
            # The place in the log: should one of its own pages send this, somebody must see it.
            logger.warning("%s %s was not understood", request.method, request.path, exc_info=fault)
            raise BadRequest from fault

    return answer


def with_policy(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer with the admin's content policy unless the view set one of its own."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    return answer


urlpatterns = [
    path("login/", RedirectView.as_view(url="/accounts/login/", query_string=True)),
    path(
        "",
        include(
            decorate_urlpatterns(
                decorate_urlpatterns(admin_urls.urlpatterns, understood), with_policy
            )
        ),
    ),
]
