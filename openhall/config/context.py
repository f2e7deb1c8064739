"""What every page may say of the installation."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

ALMOST = 500  # acts; fewer are done before anybody has read the notice


def city(request: HttpRequest) -> dict[str, object]:
    """The city's name in the language of the page, and whether this is the demo."""
    english = (get_language() or "").startswith("en")
    return {
        "city_name": settings.CITY_NAME_EN if english else settings.CITY_NAME,
        "is_demo": settings.DEMO,
        "base_url": settings.BASE_URL,
        "demo_progress": _progress() if settings.DEMO else None,
    }


def _progress() -> dict[str, int] | None:
    """How far the demo's history has been brought, while it is being built."""
    from openhall.demo.models import City

    found = City.objects.values("driven", "planned").first()
    if found is None or found["planned"] - found["driven"] < ALMOST:
        return None
    driven, planned = found["driven"], found["planned"]
    return {"driven": driven, "planned": planned, "percent": 100 * driven // planned}
