"""政策法规: each document a head, each of its articles a passage."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from openhall.policies.models import PolicyDocument
from openhall.policies.rules.law_names import article_number
from openhall.search.rules.records import Record
from openhall.search.sources import Source
from openhall.search.terms import RecordKind

LEVELS: Final = {
    "法律": 2,
    "宪法": 2,
    "司法解释": 1,
    "行政法规": 0,
    "地方性法规": -1,
    "部门规章": -1,
}
ANNULLED: Final = 0.7  # what is no longer in force comes after what is
OVER: Final = ("失效", "废止")
BATCH: Final = 100
ARTICLE: Final = 4000


def _records(keys: list[str] | None, day: date) -> Iterator[Record]:
    rows = PolicyDocument.objects.defer("text", "source").prefetch_related("sections")
    if keys is not None:
        rows = rows.filter(source_id__in=keys)
    for document in rows.order_by("pk").iterator(chunk_size=BATCH):
        yield from _of(document)


def _of(document: PolicyDocument) -> Iterator[Record]:
    root = f"policy:{document.source_id}"
    over = any(word in document.status for word in OVER)
    same: dict[str, Any] = {
        "kind": RecordKind.POLICY.value,
        "key": document.source_id,
        "root": root,
        "title": document.title,
        "day": document.published_on,
        "level": LEVELS.get(document.category, 0),
        "weight": ANNULLED if over else 1.0,
        "law": document.title_key,
        "units": (document.issuer, ""),
    }
    about = "，".join(filter(None, [document.number, document.issuer, document.status]))
    yield Record(
        id=root,
        at=("portal:policy", str(document.pk)),
        number=document.number,
        body=about,
        note=(about, ""),
        **same,
    )
    for section in document.sections.all():
        if not section.text and not section.title:
            continue
        article = article_number(section.label) if section.label.endswith("条") else None
        yield Record(
            id=f"{root}#{section.position}",
            at=("portal:policy", str(document.pk), f"s{section.position}"),
            head=False,
            body=f"{section.title}\n{section.text}".strip()[:ARTICLE],
            note=(section.label, section.label),
            article=article or 0,
            **same,
        )


POLICIES: Final = Source(RecordKind.POLICY.value, _records)
