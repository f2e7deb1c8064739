"""Which door stands at which address (``docs/decisions/0002-urls-language.md``).

People's doors carry the language in the address: nothing for Chinese, ``/en/`` for English.
Programs' doors and the editors' room have one address only.
"""

from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from openhall.config.pictures import picture


def door(address: str, module: str) -> list[URLPattern | URLResolver]:
    """The addresses of one door, or none when that room has not been built."""
    return [path(address, include(module))] if find_spec(module) else []


urlpatterns = [
    *door("api/", "openhall.api.urls"),
    path("proof/", include("openhall.throttle.urls")),
    path("cms/", include("openhall.config.cms")),
    path("documents/", include("wagtail.documents.urls")),
    path("media/<path:path>", picture),
    path("i18n/", include("django.conf.urls.i18n")),
    *i18n_patterns(
        path("accounts/", include("allauth.urls")),
        *door("office/", "openhall.office.urls"),
        *door("", "openhall.design.urls"),
        *door("", "openhall.kiosk.urls"),
        *door("", "openhall.portal.urls"),  # Last: Wagtail's pages take every other address.
        prefix_default_language=False,
    ),
]

handler400 = "openhall.config.refusals.bad_request"
handler403 = "openhall.config.refusals.permission_denied"
handler404 = "openhall.config.refusals.page_not_found"
handler500 = "openhall.config.refusals.server_error"
