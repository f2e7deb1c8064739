"""News, notices and pages of units, as the search finds them. B8."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from openhall.search.rules.records import Record
from openhall.search.sources import Source
from openhall.search.terms import RecordKind
from openhall.sites.queries import current
from openhall.sites.rules.text import plain

BATCH: Final = 500
BODY: Final = 2000


def _records(keys: list[str] | None, day: date) -> Iterator[Record]:
    rows = current(day)
    if keys is not None:
        rows = rows.filter(article__number__in=keys)
    for one in rows.iterator(chunk_size=BATCH):
        article, site = one.article, one.article.site
        words = plain(one.text)
        yield Record(
            id=f"article:{article.number}",
            kind=RecordKind.ARTICLE.value,
            key=article.number,
            root=f"article:{article.number}",
            title=one.title,
            title_en=one.title_en,
            at=("portal:article", site.slug, article.number),
            body=words[:BODY],
            body_en=plain(one.text_en)[:BODY],
            unit=site.organ.code,
            units=(site.organ.name, site.organ.name_en),
            day=one.effective_from,
            note=(one.summary or words[:120], one.summary_en or one.summary or words[:120]),
        )


def _of_edition(edition: Any) -> Iterable[str]:
    return (edition.article.number,)


def _of_article(article: Any) -> Iterable[str]:
    return (article.number,)


def _public(keys: list[str], day: date) -> set[str]:
    rows = current(day).filter(article__number__in=keys)
    return set(rows.values_list("article__number", flat=True))


ARTICLES: Final = Source(
    RecordKind.ARTICLE.value, _records, {"edition": _of_edition, "article": _of_article}, _public
)
