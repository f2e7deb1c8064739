"""What an article shows of other rooms, read when the page is drawn: never retyped. B3, B4."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from openhall.catalogue.queries import ItemVersion, tariffs_in_force, versions_in_force
from openhall.paging.whole import month as month_named
from openhall.paging.whole import whole
from openhall.policies.queries import documents_by_pk
from openhall.portal.views.site_charts import series_of
from openhall.sites.queries import Edition, Site, site_of
from openhall.sites.rules.text import SERIES, Block, Line
from openhall.statistics.queries import by_month
from openhall.statistics.rules.figures import Sums


@dataclass(frozen=True, slots=True)
class Shown:
    """A block with what its card shows; ``thing`` None where there is no such thing any more."""

    block: Block
    thing: Any = None
    href: str = ""
    more: Any = None


def shown(blocks: Iterable[Block], edition: Edition, day: date | None = None) -> list[Shown]:
    """Each block with what it shows; one statement a kind of card."""
    found, day = list(blocks), day or timezone.localdate()
    guides = _guides([one.key for one in found if one.kind in ("guide", "form", "fee")], day)
    papers = documents_by_pk(
        pk for one in found if one.kind == "policy" and (pk := whole(one.key.partition("#")[0]))
    )
    files = {one["name"]: one for one in edition.files}
    site = edition.article.site
    return [_shown(one, edition, site, guides, papers, files, day) for one in found]


def _guides(codes: list[str], day: date) -> dict[str, ItemVersion]:
    if not codes:
        return {}
    return {one.item.code: one for one in versions_in_force(day).filter(item__code__in=codes)}


def _cell(line: Line) -> SafeString:
    """The words of a cell, with what leads somewhere as a link; nothing typed is markup."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<a href="{}">{}</a>', run.href, run.text) if run.href else run.text,)
            for run in line
        ),
    )


def _shown(
    block: Block,
    edition: Edition,
    site: Site,
    guides: dict[str, ItemVersion],
    papers: dict[int, Any],
    files: dict[str, Any],
    day: date,
) -> Shown:
    if block.kind == "guide" and (version := guides.get(block.key)):
        return Shown(block, version, reverse("portal:guide", args=[block.key]))
    if block.kind == "form" and (version := guides.get(block.key)):
        return Shown(block, version, reverse("portal:form_pdf", args=[block.key]))
    if block.kind == "policy":
        key, _mark, article = block.key.partition("#")
        paper = papers.get(whole(key) or 0)
        if paper is not None:
            href = reverse("portal:policy", args=[paper.pk]) + (f"#{article}" if article else "")
            return Shown(block, paper, href, article)
    if block.kind == "figures" and (month := month_named(block.key)):
        sums = by_month(month, month, site.organ).get(month, Sums())
        return Shown(block, sums, reverse("portal:unit", args=[site.organ.code]), month)
    if block.kind == "chart" and (measure := SERIES.get(block.key)):
        return Shown(block, series_of(site.organ, measure))
    if block.kind == "fee" and (version := guides.get(block.key)):
        href = reverse("portal:guide", args=[block.key])
        return Shown(block, version, href, list(tariffs_in_force(version.item_id, day)))
    if block.kind == "contact":
        other = site_of(block.key) if block.key else site
        return Shown(block, other)
    if block.kind == "table" and block.rows:
        heads, *rows = ([_cell(cell) for cell in row] for row in block.rows)
        return Shown(block, more=(heads, rows))
    if block.kind == "picture" and (said := files.get(block.key)):
        where = [site.slug, edition.article.number, said["upload"]]
        return Shown(block, said, reverse("portal:article_file", args=where))
    return Shown(block)
