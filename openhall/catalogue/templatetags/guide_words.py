"""Words of a guide in the page's language; Chinese where there is no English."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from openhall.catalogue.models.reception import reached_at
from openhall.catalogue.rules.guide import OF_HALL, OF_UNIT
from openhall.press.watching.parts import drawn
from openhall.press.watching.recording import here

register = template.Library()


def _english() -> bool:
    return (get_language() or "").startswith("en")


@register.filter
def worded(thing: Any, name: str) -> str:
    """``thing.name_en`` on an English page, where it is there; else ``thing.name``."""
    said = getattr(thing, f"{name}_en", "") if _english() else ""
    return str(said or getattr(thing, name, ""))


@register.simple_tag
def reached(version: Any, name: str, dress: str = "") -> SafeString:
    """How a guide's unit is reached: its own words, else those of its hall or of the unit, which
    stand once for all their guides and are put into the pages that carry them.

    ``dress``: ``link`` or ``button``.
    """
    if getattr(version, name):
        return dressed(worded(version, name), dress)
    if here() is None:  # nobody stores the page: the unit's row is at hand
        return dressed(contact_of(version.item.organ, name, in_hall=version.in_centre), dress)
    place = "hall" if version.in_centre and name in OF_HALL else "unit"
    about = f"{version.item.organ_id} {place} {name} {dress}".rstrip()
    return mark_safe(drawn("guide_contact", about))  # noqa: S308  # escaped where it is drawn


def contact_of(organ: Any, name: str, *, in_hall: bool) -> str:
    """A contact that a guide leaves to its unit or hall, in the page's language where it is."""
    english = f"{name}_en" if _english() and f"{name}_en" in OF_UNIT else ""
    told = reached_at(organ, english, in_hall=in_hall) if english else ""
    return told or reached_at(organ, name, in_hall=in_hall)


def dressed(said: str, dress: str) -> SafeString:
    """A telephone or an address as a page shows it; nothing where there is none."""
    context = {"said": said, "dress": dress}
    return mark_safe(render_to_string("catalogue/contact.html", context).strip())  # noqa: S308


@register.simple_tag
def pick_words(chinese: str, english: str) -> str:
    """The English words on an English page, where they are there; else the Chinese."""
    return (english if _english() else "") or chinese
