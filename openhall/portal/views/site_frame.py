"""What every page of a unit's site has: head, page tags, structured data. norms 6.3, 6.4."""

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from openhall.design.words import called
from openhall.desk.pages import existing
from openhall.organs.terms import OrganKind
from openhall.sites.queries import Edition, Site, begins_at, site_of
from openhall.sites.rules.columns import DATED, Column, order_of

MINUTES: Final = "%Y-%m-%d %H:%M"


def english() -> bool:
    """Whether the page is in English."""
    return (get_language() or "").startswith("en")


def worded(thing: Any, field: str) -> str:
    """``field`` in the language of the page; Chinese where there is no English."""
    said = getattr(thing, f"{field}_en", "") if english() else ""
    return str(said or getattr(thing, field))


def opened(slug: str) -> Site:
    """The site of an address; 404 where there is none."""
    return existing(site_of(slug))


def code_of(site: Site) -> str:
    """The identification code: the site's own, else the city's."""
    return site.code or settings.SITE_CODE


def address(site: Site) -> str:
    """Where the site stands: its own host, where it has one, else its path."""
    if site.host:
        scheme = settings.BASE_URL.split("://", 1)[0]
        return f"{scheme}://{site.host}/"
    return f"{settings.BASE_URL}{reverse('portal:site', args=[site.slug])}"


def tags_of(site: Site, column: Column | None = None, edition: Edition | None = None) -> Any:
    """The page tags of a home, a column or an article."""
    domain = site.host or f"{settings.BASE_URL.split('://', 1)[-1]}/sites/{site.slug}"
    tags: dict[str, Any] = {
        "SiteName": called(site),
        "SiteDomain": domain,
        "SiteIDCode": code_of(site),
    }
    if column is not None:
        name = column.kind.said_in(get_language())
        tags |= {
            "ColumnName": name,
            "ColumnDescription": column.told.said_in(get_language()),
            "ColumnKeywords": f"{called(site)},{name}",
            "ColumnType": name,
        }
    if edition is not None:
        at = timezone.localtime(begins_at(edition))
        tags |= {
            "ArticleTitle": worded(edition, "title"),
            "PubDate": at.strftime(MINUTES),
            "ContentSource": edition.source or site.organ.name,
            "Keywords": edition.keywords,
            "Description": worded(edition, "summary"),
            "Url": f"{settings.BASE_URL}{address_of(edition)}",
        }
    return tags


def address_of(edition: Edition) -> str:
    """The page of an article."""
    article = edition.article
    return reverse("portal:article", args=[article.site.slug, article.number])


def publisher(site: Site) -> dict[str, Any]:
    """schema.org GovernmentOrganization of the site's organ, by its address: how to reach it says
    the site itself, so that a new telephone does not change every article."""
    return {"@type": "GovernmentOrganization", "name": called(site), "url": address(site)}


def organisation(site: Site) -> dict[str, Any]:
    """The same with how it is reached."""
    said = publisher(site)
    if site.organ.phone:
        said["telephone"] = site.organ.phone
    if site.mail:
        said["email"] = site.mail
    if place := worded(site.organ, "address"):
        said["address"] = {"@type": "PostalAddress", "streetAddress": place, "addressCountry": "CN"}
    return said


def frame(
    request: HttpRequest,
    site: Site,
    column: Column | None = None,
    edition: Edition | None = None,
) -> dict[str, Any]:
    """The context of every page of a site."""
    columns = order_of(site.columns)
    return {
        "site": site,
        "columns": columns,
        "column": column,
        "is_city": site.organ.kind == OrganKind.CITY.value,
        "tags": tags_of(site, column, edition),
        "card": open_graph(site, column, edition, request.path),
        "data": data_of(site, edition),
        "site_own_code": site.code,
        "feeds": [one for one in columns if one.holds == DATED],
    }


def open_graph(
    site: Site, column: Column | None, edition: Edition | None, path: str
) -> Mapping[str, str]:
    """Open Graph: how the page looks where somebody passes it on."""
    title, about = called(site), ""
    if column is not None:
        title = f"{column.kind.said_in(get_language())} · {title}"
        about = column.told.said_in(get_language())
    if edition is not None:
        title, about = worded(edition, "title"), worded(edition, "summary")
    return {
        "og:type": "article" if edition is not None else "website",
        "og:title": title,
        "og:description": about,
        "og:url": f"{settings.BASE_URL}{path}",
        "og:site_name": called(site),
        "og:locale": "en_GB" if english() else "zh_CN",
    }


def data_of(site: Site, edition: Edition | None = None) -> dict[str, Any]:
    """The page as schema.org says it: the organisation, or what it published."""
    whole: dict[str, Any] = {"@context": "https://schema.org"}
    if edition is None:
        return whole | organisation(site)
    at = timezone.localtime(begins_at(edition))
    return whole | {
        "@type": "NewsArticle",
        "headline": worded(edition, "title"),
        "description": worded(edition, "summary"),
        "datePublished": at.isoformat(timespec="minutes"),
        "inLanguage": "en" if english() and edition.text_en else "zh-Hans",
        "url": f"{settings.BASE_URL}{address_of(edition)}",
        "publisher": publisher(site),
    }
