"""``{% part "organ_contact" organ.pk %}``: words that many pages carry, made once for all."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from openhall.press.watching.parts import drawn

register = template.Library()


@register.simple_tag
def part(name: str, about: object) -> SafeString:
    """The part ``name`` (``settings.PRESS_PARTS``) about the row with this key."""
    return mark_safe(drawn(name, str(about)))  # noqa: S308  # a template of ours has drawn it
