"""What every page may say of the installation."""

from base64 import b64encode

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from openhall.ledger.publishing import published_note
from openhall.ledger.rules.note import NotVerified, note_body, read_checkpoint


def city(request: HttpRequest) -> dict[str, object]:
    """The city's name in the language of the page, who answers for the site, and its log."""
    english = (get_language() or "").startswith("en")
    return {
        "city_name": settings.CITY_NAME_EN if english else settings.CITY_NAME,
        "city_phone": settings.CITY_PHONE,
        "city_mail": settings.CITY_MAIL,
        "site_code": settings.SITE_CODE,
        "site_filings": settings.SITE_FILINGS,
        "is_demo": settings.DEMO,
        "base_url": settings.BASE_URL,
        "demo_filling": _filling() if settings.DEMO else None,
        "log_checkpoint": SimpleLazyObject(_checkpoint),
    }


def _checkpoint() -> dict[str, object] | None:
    """Size and root of the published checkpoint, from its file: the foot costs no statement."""
    try:
        found = read_checkpoint(note_body(published_note()))
    except NotVerified:
        return None
    return {"size": found.size, "root": b64encode(found.root).decode()}


def _filling() -> object | None:
    """How far the demo's history has been brought, while it is being filled in."""
    from openhall.demo.days import filling

    return filling()
