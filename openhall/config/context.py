"""What every page may say of the installation."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def city(request: HttpRequest) -> dict[str, object]:
    """The city's name in the language of the page, and whether this is the demo."""
    english = (get_language() or "").startswith("en")
    return {
        "city_name": settings.CITY_NAME_EN if english else settings.CITY_NAME,
        "is_demo": settings.DEMO,
        "base_url": settings.BASE_URL,
        "demo_filling": _filling() if settings.DEMO else None,
    }


def _filling() -> object | None:
    """How far the demo's history has been brought, while it is being filled in."""
    from openhall.demo.days import filling

    return filling()
