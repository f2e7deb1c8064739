"""The site of a unit on its desks: what is written, one article, contacts, who may write. B4."""

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.catalogue.queries import guides_of_contact, received
from openhall.catalogue.rules.guide import OF_UNIT
from openhall.desk.offers import Offer
from openhall.desk.pages import Subject as Thing
from openhall.desk.pages import existing
from openhall.office.acts.articles import (
    ARTICLE_OFFERS,
    OpenArticle,
    Written,
    asked_day,
    in_english,
)
from openhall.office.acts.contacts import Settle, SettleUnit
from openhall.office.acts.informatization import Advise, Designate, MakeSites, Release
from openhall.office.acts.versions import read_as
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.office.views.desk import queue_context
from openhall.office.views.versions import TONES, told
from openhall.organs.queries import organ_named
from openhall.organs.terms import Desk
from openhall.paging.keyset import paged, place
from openhall.sites.kinds import EDITION
from openhall.sites.permissions import CHECKS, PUBLISHES, WRITES, may_read_access
from openhall.sites.queries import (
    Site,
    article_numbered,
    at_desk,
    blocks_of,
    could_edit,
    coverage,
    deeds_told,
    newest_editions,
    open_edition,
    pages_with_contact,
    site_of,
    site_of_organ,
    sites,
)
from openhall.sites.rules.columns import COLUMNS
from openhall.versions.queries import newest_of
from openhall.versions.terms import OPEN, VersionState

HANDS = (WRITES, CHECKS, PUBLISHES)


def site_here(request: HttpRequest, organ: str, desk: str) -> tuple[Seat, Site]:
    """The seat of a desk that works on its organ's site, and the site."""
    seat = seat_at(request, organ, desk)
    if seat.desk not in HANDS:
        raise PermissionDenied(_("This desk does not work on the site."))
    site = site_of_organ(seat.organ)
    if site is None:
        raise Http404(_("This unit has no site."))
    return seat, site


class Articles(DeskPage):
    """The articles of the unit's site: what waits first; and a new one."""

    offers = (OpenArticle,)
    template, at = "office/sites/articles.html", "articles"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Site]:
        return site_here(request, where["organ"], where["desk"])

    def seq(self, subject: Site) -> None:
        return None

    def context(
        self, request: HttpRequest, who: Seat, subject: Site, **more: Any
    ) -> dict[str, Any]:
        rows = paged(at_desk(subject), ("-pk",), place(request.GET))
        newest = newest_editions(rows)
        return queue_context(request, who) | {
            "site": subject,
            "rows": rows.map(
                lambda one: {
                    "article": one,
                    "edition": newest.get(one.pk),
                    "column": COLUMNS[one.column].kind,
                    "state": VersionState(newest[one.pk].state) if one.pk in newest else None,
                    "tone": TONES.get(VersionState(newest[one.pk].state), "closed")
                    if one.pk in newest
                    else "",
                    "late": one.look_by is not None and one.look_by < who.day,
                }
            ),
        }


listing = official(Articles())


class ArticleOnDesk(Thing):
    """One article with the edition in hand: its words, how it will look, its acts."""

    offers = ARTICLE_OFFERS
    kind = "edition"
    template = "office/sites/article.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Written]:
        seat, site = site_here(request, where["organ"], where["desk"])
        article = existing(article_numbered(where["number"]))
        if article.site_id != site.pk:
            raise PermissionDenied(_("This article is another unit's."))
        edition = open_edition(article) or newest_of(EDITION.model, article=article)
        found: Any = existing(edition)
        found.article = article
        return seat, Written(article, found)

    def home(self, who: Seat, subject: Written) -> str:
        return reverse("office:article", args=[who.organ.code, who.desk, subject.number])

    def seq(self, subject: Written) -> int:
        return read_as(subject.version) + subject.article.seq

    def context(
        self, request: HttpRequest, who: Seat, subject: Written, **more: Any
    ) -> dict[str, Any]:
        edition, article = subject.version, subject.article
        shown = told(who, EDITION, edition)
        return (
            queue_context(request, who)
            | shown
            | {
                "article": article,
                "column": COLUMNS[article.column].kind,
                "edition": edition,
                "faults": list(EDITION.gate(edition, who.day)) if edition.state in OPEN else [],
                "blocks": blocks_of(edition, in_english()),
                "story": [
                    (deed, act, [deed.facts.get("because", "")])
                    for deed, act in deeds_told(article)
                ],
                "is_public": any(one.is_public for one, _state in shown["versions"]),
            }
        )


article = official(ArticleOnDesk())


class Contacts(DeskPage):
    """Telephone, address and hours of a unit with a site, and every page that changes with them."""

    offers: ClassVar[tuple[type[Offer], ...]] = (Settle,)
    template, at = "office/sites/contacts.html", "contacts"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Any]:
        return site_here(request, where["organ"], where["desk"])

    def context(self, request: HttpRequest, who: Seat, subject: Any, **more: Any) -> dict[str, Any]:
        hall = received(who.organ.pk)
        return queue_context(request, who) | {
            "site": site_of_organ(who.organ),
            "hall": hall if hall.address or hall.hours else None,
            "guides": guides_of_contact(who.organ, OF_UNIT.values(), who.day),
            "pages": self.pages(subject, who.day),
        }

    def pages(self, subject: Any, day: date) -> list[Any]:
        """The articles that show them."""
        return pages_with_contact(subject, day)


class UnitContacts(Contacts):
    """The same of a unit without a site: its guides say them all the same."""

    offers = (SettleUnit,)

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Any]:
        seat = seat_at(request, where["organ"], where["desk"])
        if seat.desk != Desk.HEAD:
            raise PermissionDenied(_("Who leads the unit opens this."))
        return seat, seat.organ

    def pages(self, subject: Any, day: date) -> list[Any]:
        return []


OF_SITE, OF_UNIT_ALONE = Contacts(), UnitContacts()


@official
def contacts(request: HttpRequest, organ: str, **where: Any) -> HttpResponse:
    """How a unit is reached, changed once."""
    found = organ_named(organ)
    has_site = found is not None and site_of_organ(found) is not None
    return (OF_SITE if has_site else OF_UNIT_ALONE)(request, organ=organ, **where)


class AllSites(DeskPage):
    """Every site and every designated unit, for the Informatization Office."""

    offers = (MakeSites, Designate, Advise, Release)
    template, at, by_desk = "office/sites/all.html", "all_sites", False

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        return seat_at(request, where["organ"], Desk.INFORMATIZATION.value), None

    def context(
        self, request: HttpRequest, who: Seat, subject: None, **more: Any
    ) -> dict[str, Any]:
        return queue_context(request, who) | {
            "sites": list(sites()),
            "covered": coverage(who.day),
        }


all_sites = official(AllSites())


@official
@require_safe
def access(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """Who could write, check and publish on a site on a day, as the posts stood then."""
    seat = seat_at(request, organ, desk)
    asked = request.GET.get("site", "")
    site = existing(site_of(asked) if asked else site_of_organ(seat.organ) or sites().first())
    if not may_read_access(seat.account, site.organ, seat.day):
        raise PermissionDenied(_("You may read this of your own unit only."))
    day = asked_day(request.GET.get("on", ""))
    everywhere = seat.desk in (Desk.SUPERVISION, Desk.INFORMATIZATION)
    context = queue_context(request, seat) | {
        "site": site,
        "on": day,
        "held": could_edit(site, day),
        "sites": list(sites()) if everywhere else [site],
    }
    return render(request, "office/sites/access.html", context)
