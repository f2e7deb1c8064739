"""A guide as data: CPSV-AP 3.2.0 in Turtle and in JSON-LD, for programmes. B3."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from openhall.catalogue.exchange.public_service import things_of
from openhall.catalogue.library import cited
from openhall.catalogue.queries import tariffs_in_force, version_to_show
from openhall.catalogue.rules.linked_data import Thing, json_ld, turtle
from openhall.desk.pages import existing


def _things(code: str) -> list[Thing]:
    today = timezone.localdate()
    version = existing(version_to_show(code, today)).version
    tariffs = tariffs_in_force(version.item_id, today)
    return things_of(version, cited(version.laws.all()), tariffs, settings.BASE_URL)


@require_safe
def as_turtle(request: HttpRequest, code: str) -> HttpResponse:
    """RDF 1.1 Turtle."""
    return HttpResponse(turtle(_things(code)), content_type="text/turtle; charset=utf-8")


@require_safe
def as_json_ld(request: HttpRequest, code: str) -> HttpResponse:
    """JSON-LD 1.1."""
    return HttpResponse(json_ld(_things(code)), content_type="application/ld+json")
