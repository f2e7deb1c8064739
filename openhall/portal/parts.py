"""Words that many pages carry, made once for all (``settings.PRESS_PARTS``)."""

from django.template.loader import render_to_string

from openhall.catalogue.templatetags.guide_words import dressed, worded
from openhall.organs.queries import organs_by_pk
from openhall.paging.whole import whole
from openhall.sites.queries import site_by_pk


def organ_contact(about: str) -> str:
    """How a unit is reached: telephone, address, hours, complaints; nothing where none is known."""
    pk = whole(about)
    organ = organs_by_pk([pk]).get(pk) if pk is not None else None
    return render_to_string("portal/organ_contact.html", {"organ": organ}) if organ else ""


def guide_contact(about: str) -> str:
    """One telephone or address of a unit, in each guide that has none of its own."""
    pk, name, dress = [*about.split(" "), ""][:3]
    organ = organs_by_pk([int(pk)]).get(int(pk))
    return dressed(worded(organ, name), dress)


def site_reach(about: str) -> str:
    """Telephone and mail of a unit's site, in the foot of each of its pages."""
    site = site_by_pk(whole(about) or 0)
    return render_to_string("portal/sites/reach.html", {"site": site}) if site else ""
