"""Names of laws and of their articles in the page's language."""

from django import template
from django.utils.translation import get_language

from openhall.policies.laws import category_in, issuer_in, number_in, title_in
from openhall.policies.rules.law_names import article_number

register = template.Library()


@register.filter
def law_title(title: str) -> str:
    """The law's name; in English, where it has one here."""
    return title_in(title, get_language())


@register.filter
def law_title_marked(title: str) -> str:
    """The law's name as it is cited: in book marks in Chinese, plain in English."""
    said = title_in(title, get_language())
    return f"《{title}》" if said == title else f"{said}, "


@register.filter
def law_article(article: str) -> str:
    """``第三十二条`` as “Article 32” on an English page; what has no number, as it is."""
    if (get_language() or "").startswith("en") and article:
        parts = [article_number(one) for one in article.split("、")]
        if all(parts):
            numbers = ", ".join(str(one) for one in parts)
            return f"{'Articles' if len(parts) > 1 else 'Article'} {numbers}"
    return article


@register.filter
def document_kind(category: str) -> str:
    """The kind of document a category is."""
    return category_in(category, get_language())


@register.filter
def law_issuer(issuer: str) -> str:
    """Who issued a document, in the page's language."""
    return issuer_in(issuer, get_language())


@register.filter
def law_number(number: str) -> str:
    """The number of a document, in the page's language where it is an order's."""
    return number_in(number, get_language())
