"""Words of a question guide in the page's language; Chinese where there is no English."""

from typing import Any

from django import template
from django.utils.translation import get_language

from openhall.catalogue.rules.answers import in_words, kind_in_words
from openhall.catalogue.rules.questions import Question
from openhall.catalogue.rules.walking import Answer, Kind

register = template.Library()


def _english() -> bool:
    return (get_language() or "").startswith("en")


@register.filter
def worded(thing: Any, name: str) -> str:
    """``thing.name_en`` on an English page, where it is there; else ``thing.name``."""
    said = getattr(thing, f"{name}_en", "") if _english() else ""
    return str(said or getattr(thing, name, ""))


@register.filter
def answer_words(question: Question, answer: Answer) -> str:
    """The answer as people read it."""
    return in_words(question, answer, _english())


@register.filter
def kind_words(question: Question, kind: Kind) -> str:
    """Every answer of one kind as people read it."""
    return kind_in_words(question, kind, _english())


@register.simple_tag
def pick_words(chinese: str, english: str) -> str:
    """The English words on an English page, where they are there; else the Chinese."""
    return (english if _english() else "") or chinese
