"""政策法规: the policy library, its documents and the matters that rest on each. B3."""

from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urlencode

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.catalogue.library import resting_on
from openhall.desk.pages import existing
from openhall.glossary import Said
from openhall.paging.keyset import place
from openhall.paging.whole import whole
from openhall.policies.laws import issuer_in, number_in
from openhall.policies.queries import (
    Wanted,
    categories,
    document_by_pk,
    documents,
    file_shown,
    issuers,
    links_of,
    sections_of,
    states_of,
    years,
)
from openhall.policies.terms import LinkKind, PolicyState
from openhall.search.terms import RecordKind

TONES: Final = {
    PolicyState.IN_FORCE: "on_time",
    PolicyState.AMENDED: "info",
    PolicyState.ANNULLED: "closed",
    PolicyState.LAPSED: "closed",
    PolicyState.COMING: "waiting",
    PolicyState.UNKNOWN: "draft",
}

BY: Final = {  # as the older document says it
    LinkKind.AMENDS: Said("被以下文件修改", "Amended by"),
    LinkKind.REPLACES: Said("被以下文件替代", "Replaced by"),
    LinkKind.ANNULS: Said("被以下文件废止", "Annulled by"),
    LinkKind.EXPLAINS: Said("解读", "Explained in"),
}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Documents by category, paged by key; words are looked for where all words are."""
    if words := request.GET.get("q", "").strip():
        asked = urlencode({"q": words, "kind": RecordKind.POLICY.value})
        return redirect(f"{reverse('portal:search')}?{asked}")
    today, sent = timezone.localdate(), request.GET
    state = sent.get("state", "")
    wanted = Wanted(
        sent.get("category", "").strip(),
        sent.get("issuer", "").strip(),
        whole(sent.get("year")) or 0,
        PolicyState(state) if state in PolicyState.codes() else None,
    )
    rows = documents(at=place(sent), wanted=wanted, day=today)
    states = states_of(rows, today)
    context = {
        "documents": rows.map(lambda one: (one, states[one.pk], TONES[states[one.pk]])),
        "wanted": wanted,
        "category": wanted.category,
        "categories": categories(),
        "issuers": issuers(),
        "years": years(),
        "states": list(PolicyState),
    }
    return render(request, "portal/policies.html", context)


def _anchored(sections: Iterable[Any]) -> list[tuple[Any, str, str, str]]:
    """Each section, the name by which its article is addressed where it is the first of it, its
    heading where it has one, and its text without it: a first sentence is no heading."""
    given: set[str] = set()
    found = []
    for one in sections:
        name = one.label if one.label.endswith("条") and one.label not in given else ""
        given.add(name)
        title, text = one.title, one.text
        if title and text.startswith(title):
            rest = text.removeprefix(title)
            title, text = (title, rest.strip()) if rest[:1] in ("", "\n") else ("", text)
        found.append((one, name, title, text))
    return found


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: its five facts, its sections, and the matters that rest on it."""
    found = existing(document_by_pk(pk))
    today = timezone.localdate()
    state = states_of([found], today)[found.pk]
    does, undergoes = links_of(found)
    own, files = sections_of(found)
    rows = [
        (_("Index number"), found.index_number),
        (_("Status"), state),
        (_("As it was published"), found.status),
        (_("Written on"), found.written_on),
        (_("Published on"), found.published_on),
        (_("In force from"), found.effective_on),
        (_("Until"), found.lapses_on),
        (_("Issued by"), issuer_in(found.issuer, get_language())),
        (_("Document number"), number_in(found.number, get_language())),
    ]
    facts = [(name, said) for name, said in rows if said]
    context = {
        "document": found,
        "facts": facts,
        "sections": _anchored(own),
        "files": files,
        "state": state,
        "tone": TONES[state],
        "over": state in (PolicyState.ANNULLED, PolicyState.LAPSED),
        "does": [(LinkKind(one.kind), one) for one in does],
        "undergoes": [(BY[LinkKind(one.kind)], one) for one in undergoes],
        "items": resting_on(found, timezone.localdate()),
    }
    return render(request, "portal/policy.html", context)


@require_safe
def file(request: HttpRequest, pk: int, file: int) -> FileResponse:
    """A file of a document, as it was published, under its own name."""
    found = existing(file_shown(pk, file))
    answer = FileResponse(
        found.upload.file.open("rb"),
        content_type=found.media_type,
        as_attachment=True,
        filename=found.name,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
