"""Words of a guide in the page's language; Chinese where there is no English."""

from typing import Any

from django import template
from django.utils.translation import get_language

register = template.Library()


def _english() -> bool:
    return (get_language() or "").startswith("en")


@register.filter
def worded(thing: Any, name: str) -> str:
    """``thing.name_en`` on an English page, where it is there; else ``thing.name``."""
    said = getattr(thing, f"{name}_en", "") if _english() else ""
    return str(said or getattr(thing, name, ""))


@register.simple_tag
def pick_words(chinese: str, english: str) -> str:
    """The English words on an English page, where they are there; else the Chinese."""
    return (english if _english() else "") or chinese
