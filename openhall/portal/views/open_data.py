"""Open data for people: what there is, how to use it, under which licence; and for developers."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openhall.clients.rules.examples import OPEN, VERIFY, WITH_KEY
from openhall.clients.rules.grounds import GROUNDS
from openhall.clients.rules.open_data import LICENCE, LICENCE_NAME, OF_FIGURES, OF_THE_CITY
from openhall.clients.terms import Scope, Topic
from openhall.throttle.limits import KEY_READS, OPEN_READS


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The data sets with their files and addresses. 政府信息公开条例 13."""
    context = {
        "sets": OF_THE_CITY,
        "figures": OF_FIGURES,
        "licence": LICENCE,
        "licence_name": LICENCE_NAME,
    }
    return render(request, "portal/open/overview.html", context)


@require_safe
def developers(request: HttpRequest) -> HttpResponse:
    """How a programme asks: examples to copy, keys, limits, refusals, webhooks."""
    base = settings.BASE_URL
    context = {
        "base": base,
        "open": [(one, one.typed(base)) for one in OPEN],
        "with_key": [(one, one.typed(base)) for one in WITH_KEY],
        "verify": VERIFY,
        "scopes": list(Scope),
        "topics": list(Topic),
        "grounds": GROUNDS.items(),
        "limits": [(limit.burst, round(60 / limit.every)) for limit in (OPEN_READS, KEY_READS)],
    }
    return render(request, "portal/open/developers.html", context)
