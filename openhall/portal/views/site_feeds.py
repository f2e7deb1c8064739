"""What programmes read of the sites: Atom feeds and sitemaps. B1, B4."""

from typing import Any, Final

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.catalogue.queries import versions_in_force
from openhall.design.words import called
from openhall.policies.queries import documents_listed
from openhall.portal.views.site_frame import address_of, opened, worded
from openhall.sites.queries import Edition, Site, begins_at, listed, sites
from openhall.sites.rules.columns import COLUMNS, Column, order_of
from openhall.sites.rules.text import plain

FEED: Final = 30
MOST: Final = 5_000  # addresses in one sitemap


class ArticlesFeed(Feed):
    """The newest articles of a column, of a site, or of every site."""

    feed_type = Atom1Feed

    def get_object(
        self, request: HttpRequest, slug: str = "", column: str = ""
    ) -> tuple[Site | None, Column | None]:
        site = opened(slug) if slug else None
        if column and (column not in COLUMNS or not COLUMNS[column].written):
            raise Http404
        return site, COLUMNS.get(column)

    def title(self, obj: Any) -> str:
        site, column = obj
        name = called(site) if site else _("News and notices of every unit")
        return f"{name} · {column.kind.said_in(get_language())}" if column else str(name)

    def subtitle(self, obj: Any) -> str:
        _site, column = obj
        return column.told.said_in(get_language()) if column else ""

    def link(self, obj: Any) -> str:
        site, column = obj
        if site is None:
            return reverse("portal:sites")
        if column is None:
            return reverse("portal:site", args=[site.slug])
        return reverse("portal:site_column", args=[site.slug, column.kind.value])

    def items(self, obj: Any) -> list[Edition]:
        site, column = obj
        code = column.kind.value if column else ""
        return list(listed(timezone.localdate(), site, code)[:FEED])

    def item_title(self, item: Any) -> str:
        return worded(item, "title")

    def item_description(self, item: Any) -> str:
        note = _("Changed: %(note)s") % {"note": item.change_note} if item.change_note else ""
        words = worded(item, "summary") or plain(worded(item, "text"))[:200]
        return f"{words} {note}".strip()

    def item_link(self, item: Any) -> str:
        return address_of(item)

    def item_guid(self, item: Any) -> str:
        return f"{settings.BASE_URL}{address_of(item)}#{item.number}"

    def item_author_name(self, item: Any) -> str:
        return called(item.article.site)

    def item_pubdate(self, item: Any) -> Any:
        return timezone.localtime(begins_at(item))

    def item_updateddate(self, item: Any) -> Any:
        return timezone.localtime(begins_at(item))


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The sitemaps of the portal and of all sites."""
    places = [reverse("portal:services_map")]
    places += [reverse("portal:site_map", args=[one.slug]) for one in sites()]
    return _xml(request, "portal/sites/sitemaps.xml", {"places": places})


@require_safe
def services_map(request: HttpRequest) -> HttpResponse:
    """Every guide in force and every document of the library, with the day it is of."""
    today = timezone.localdate()
    pages: list[tuple[str, Any]] = [
        (reverse(f"portal:{name}"), None) for name in ("home", "services", "topics", "policies")
    ]
    guides = versions_in_force(today).order_by("item__code")
    for code, day in guides.values_list("item__code", "effective_from")[:MOST]:
        pages.append((reverse("portal:guide", args=[code]), day))
    for pk, day in documents_listed()[:MOST]:
        pages.append((reverse("portal:policy", args=[pk]), day))
    return _xml(request, "portal/sites/sitemap.xml", {"pages": pages})


@require_safe
def site_map(request: HttpRequest, slug: str) -> HttpResponse:
    """Every page of one site with the day of its last change."""
    site = opened(slug)
    rows = listed(timezone.localdate(), site).defer("text", "text_en")
    pages: list[tuple[str, Any]] = [(reverse("portal:site", args=[slug]), None)]
    pages += [
        (reverse("portal:site_column", args=[slug, one.kind.value]), None)
        for one in order_of(site.columns)
    ]
    pages += [(address_of(one), one.effective_from) for one in rows[:MOST]]
    return _xml(request, "portal/sites/sitemap.xml", {"pages": pages})


def _xml(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context, content_type="application/xml; charset=utf-8")
