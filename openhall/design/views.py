"""Elder mode without scripts, and the guide to every component."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from openhall.design import samples

YEAR = 365 * 24 * 3600


@require_safe
def elder(request: HttpRequest) -> HttpResponse:
    """Remember larger text on this device and go back; only to an address of this site."""
    wanted = request.GET.get("next", "/")
    local = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    answer = HttpResponseRedirect(wanted if local else "/")
    answer.set_cookie(
        "elder",
        "1" if request.GET.get("on", "1") == "1" else "0",
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every state; ``?desk=1`` shows the officials' shell."""
    if request.GET.get("desk"):
        return render(request, "design/styleguide_desk.html", samples.everything(request))
    return render(request, "design/styleguide.html", samples.everything(request))
