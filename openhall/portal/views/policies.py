"""政策法规: the policy library, its documents and the matters that rest on each. B3."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.catalogue.library import resting_on
from openhall.desk.pages import existing
from openhall.paging.keyset import place
from openhall.policies.queries import categories, document_by_pk, documents


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Documents by the words of their head and by category; paged by key."""
    words = request.GET.get("q", "").strip()
    category = request.GET.get("category", "").strip()
    context = {
        "documents": documents(words, category, place(request.GET)),
        "words": words,
        "category": category,
        "categories": categories(),
    }
    return render(request, "portal/policies.html", context)


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: its five facts, its sections, and the matters that rest on it."""
    found = existing(document_by_pk(pk))
    facts = [
        (_("Status"), found.status or _("not stated")),
        (_("Published on"), found.published_on),
        (_("In force from"), found.effective_on),
        (_("Issued by"), found.issuer),
        (_("Document number"), found.number),
    ]
    context = {
        "document": found,
        "facts": facts,
        "sections": found.sections.all(),
        "items": resting_on(found, timezone.localdate()),
    }
    return render(request, "portal/policy.html", context)
