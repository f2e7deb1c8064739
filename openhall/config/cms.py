"""The door of Wagtail's admin: its own content policy, and our own sign-in.

Wagtail's admin needs inline styles and scripts, which the rest of the site forbids; the looser
policy is given to these pages only. Its password page is replaced by the site's sign-in, so that
an editor passes the same second factor as every other member of staff.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponseBase
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
    path("", include(decorate_urlpatterns(admin_urls.urlpatterns, with_policy))),
]
