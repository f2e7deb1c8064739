"""Words that many pages carry, made once for all (``settings.PRESS_PARTS``)."""

from django.template.loader import render_to_string

from openhall.catalogue.templatetags.guide_words import contact_of, dressed
from openhall.organs.queries import organs_by_pk
from openhall.paging.whole import whole
from openhall.sites.queries import site_by_pk


def organ_contact(about: str) -> str:
    """How a unit is reached: telephone, address, hours, complaints; nothing where none is known."""
    pk = whole(about)
    organ = organs_by_pk([pk]).get(pk) if pk is not None else None
    return render_to_string("portal/organ_contact.html", {"organ": organ}) if organ else ""


def guide_contact(about: str) -> str:
    """One contact of a unit or of its hall, in each guide that has none of its own."""
    pk, place, name, dress = [*about.split(" "), ""][:4]
    organ = organs_by_pk([int(pk)])[int(pk)]
    return dressed(contact_of(organ, name, in_hall=place == "hall"), dress)


def site_reach(about: str) -> str:
    """Telephone and mail of a unit's site, in the foot of each of its pages."""
    site = site_by_pk(whole(about) or 0)
    return render_to_string("portal/sites/reach.html", {"site": site}) if site else ""
