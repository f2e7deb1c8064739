"""问答引导: guides that ask a person and answer with his own list."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from openhall.questions.queries import guides_in_force
from openhall.search.rules.records import Record
from openhall.search.sources import Source
from openhall.search.terms import RecordKind


def _records(keys: list[str] | None, day: date) -> Iterator[Record]:
    rows = guides_in_force(day)
    if keys is not None:
        rows = rows.filter(guide__slug__in=keys)
    told: set[str] = set()
    for version in rows:
        guide = version.guide
        if guide.slug in told:
            continue
        told.add(guide.slug)
        yield Record(
            id=f"questions:{guide.slug}",
            kind=RecordKind.QUESTIONS.value,
            key=guide.slug,
            root=f"questions:{guide.slug}",
            title=version.title,
            title_en=version.title_en,
            at=("portal:ask", guide.slug),
            body=version.summary,
            body_en=version.summary_en,
            unit=guide.organ.code,
            units=(guide.organ.name, guide.organ.name_en),
            day=version.effective_from,
            level=2,
            note=(version.summary, version.summary_en),
        )


def _guide(version: Any) -> tuple[str, ...]:
    return (version.guide.slug,)


def _public(keys: list[str], day: date) -> set[str]:
    rows = guides_in_force(day).filter(guide__slug__in=keys)
    return set(rows.values_list("guide__slug", flat=True))


QUESTIONS: Final = Source(RecordKind.QUESTIONS.value, _records, {"question-guide": _guide}, _public)
