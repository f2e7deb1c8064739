"""Answers of a question guide as people read them, in the page's language."""

from django import template
from django.utils.translation import get_language

from openhall.questions.rules.answers import in_words, kind_in_words
from openhall.questions.rules.content import Question
from openhall.questions.rules.walking import Answer, Kind

register = template.Library()


def _english() -> bool:
    return (get_language() or "").startswith("en")


@register.filter
def answer_words(question: Question, answer: Answer) -> str:
    """The answer as people read it."""
    return in_words(question, answer, _english())


@register.filter
def kind_words(question: Question, kind: Kind) -> str:
    """Every answer of one kind as people read it."""
    return kind_in_words(question, kind, _english())
