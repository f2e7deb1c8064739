"""Guides and the policy library: the law behind an article, and what rests on a law. B3."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from openhall.catalogue.models import ItemVersion, LawRef
from openhall.catalogue.queries import versions_in_force
from openhall.policies.models import PolicyDocument, PolicySection
from openhall.policies.rules.law_names import COUNTRY, article_number, law_key


@dataclass(frozen=True, slots=True)
class Cited:
    """A basis of a guide; ``document`` and the place of its article where the library has them."""

    law: LawRef
    document: PolicyDocument | None
    position: int | None
    article: str = ""  # the name by which its page addresses the article: 第十二条


def cited(laws: Iterable[LawRef]) -> list[Cited]:
    """Each basis with its document and article in the library; two queries whatever their number.

    A document chosen by the editor stands before one found by name; of several with one name the
    newest counts.
    """
    given = list(laws)
    keys = {law_key(law.law) for law in given}
    chosen = {law.document_id for law in given if law.document_id}
    found = list(
        PolicyDocument.objects.filter(Q(title_key__in=keys) | Q(pk__in=chosen))
        .defer("text", "source")
        .order_by(F("published_on").asc(nulls_first=True), "pk")
    )
    by_name = {document.title_key: document for document in found}
    by_pk = {document.pk: document for document in found}
    pairs = [
        (law, by_pk.get(law.document_id or 0) or by_name.get(law_key(law.law))) for law in given
    ]
    places: dict[tuple[int, int], tuple[int, str]] = {}
    rows = PolicySection.objects.filter(
        document__in={d.pk for _law, d in pairs if d}, file__isnull=True
    )
    for document, label, position in rows.values_list("document", "label", "position"):
        if label.endswith("条") and (number := article_number(label)) is not None:
            places.setdefault((document, number), (position, label))
    return [
        Cited(
            law, document, *places.get((document.pk, article_number(law.article) or 0), (None, ""))
        )
        if document
        else Cited(law, None, None)
        for law, document in pairs
    ]


def resting_on(document: PolicyDocument, day: date, limit: int = 100) -> list[ItemVersion]:
    """The items in force on ``day`` whose guides name ``document`` as their basis."""
    key = document.title_key
    names = [document.title, key, COUNTRY + key]
    refs = LawRef.objects.filter(Q(law__in=names) | Q(document=document))
    rows = versions_in_force(day).filter(pk__in=refs.values("version"))
    return list(rows.order_by("item__code")[:limit])
