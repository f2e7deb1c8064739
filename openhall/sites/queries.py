"""What doors read of sites and articles: in force on a day, by column, by number, by owner."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from openhall.deeds.rules.codes import tidy
from openhall.files.models import Upload
from openhall.files.terms import ScanState
from openhall.organs.models import Account, Organ, Post
from openhall.organs.queries import in_office, officers_at
from openhall.sites.models import (
    Article,
    CoverageLook,
    Designation,
    Edition,
    Site,
    SiteDeed,
    SiteLook,
    Subscription,
)
from openhall.sites.permissions import CHECKS, PUBLISHES, WRITES
from openhall.sites.rules.text import Block, blocks
from openhall.sites.terms import ArticleAct, Capability, ColumnKind, Subject
from openhall.supervision.models import Issue
from openhall.supervision.terms import IssueSource
from openhall.vault.fields import blinds
from openhall.versions.queries import draft_of, on_day
from openhall.versions.terms import OPEN, PUBLIC

LOOKED_AT: Final = 16  # rows for each that is shown: every unit writes of the same month
ACCESS: Final = (WRITES, CHECKS, PUBLISHES)


def sites() -> QuerySet[Site]:
    """Every site with its organ, in the order of the organs."""
    return Site.objects.select_related("organ").order_by("organ__position", "slug")


def site_by_pk(pk: int) -> Site | None:
    """The site with this key."""
    return Site.objects.select_related("organ").filter(pk=pk).first()


def site_of(slug: str) -> Site | None:
    """The site at this path."""
    return Site.objects.select_related("organ__parent").filter(slug=slug).first()


def site_of_organ(organ: Organ) -> Site | None:
    """The site of ``organ``."""
    return Site.objects.select_related("organ").filter(organ=organ).first()


def current(day: date) -> QuerySet[Edition]:
    """The edition of every article in force on ``day``; withdrawn articles are left out.

    Two editions may begin on one day: the later one is in force.
    """
    newer = Edition.objects.filter(
        article=OuterRef("article"),
        number__gt=OuterRef("number"),
        state__in=PUBLIC,
        effective_from__lte=day,
    )
    return (
        Edition.objects.filter(on_day(day), ~Exists(newer), article__withdrawn_at__isnull=True)
        .select_related("article__site__organ")
        .order_by("-effective_from", "-published_at", "-pk")
    )


def listed(day: date, site: Site | None = None, column: str = "") -> QuerySet[Edition]:
    """The editions in force of a site or of all, of a column or of all; the newest first."""
    rows = current(day)
    if site is not None:
        rows = rows.filter(article__site=site)
    return rows.filter(article__column=column) if column else rows


def latest_of_city(day: date, column: ColumnKind, many: int) -> list[Edition]:
    """The newest of a column over all sites; what several units publish under one title once."""
    found: dict[str, Edition] = {}
    for one in listed(day, column=column.value)[: many * LOOKED_AT]:
        found.setdefault(one.title, one)
    return list(found.values())[:many]


def article_numbered(number: str) -> Article | None:
    """One article with its site."""
    rows = Article.objects.select_related("site__organ", "owner")
    return rows.filter(number=number).first()


def shown_edition(article: Article, day: date) -> Edition | None:
    """The edition a reader sees on ``day``: in force, or the last that was."""
    rows = article.editions.filter(state__in=PUBLIC, effective_from__lte=day)
    return rows.select_related("article__site__organ", "published_by").order_by("-number").first()


def public_editions(article: Article, day: date) -> list[Edition]:
    """Every edition that was in force up to ``day``, the newest first."""
    rows = article.editions.filter(state__in=PUBLIC, effective_from__lte=day)
    return list(rows.order_by("-number"))


def edition_by_pk(pk: int) -> Edition | None:
    """One edition with its article and site."""
    return Edition.objects.select_related("article__site__organ").filter(pk=pk).first()


def edition_numbered(article: Article, number: int) -> Edition | None:
    """One edition of an article, published or not."""
    return article.editions.filter(number=number).first()


def open_edition(article: Article) -> Edition | None:
    """What is being written or reviewed."""
    return draft_of(Edition, article=article)


def begins_at(edition: Edition) -> datetime:
    """From when on everybody can read it: never before the act, which the log has a time of."""
    assert edition.effective_from is not None
    opening = timezone.make_aware(datetime.combine(edition.effective_from, time()))
    return max(edition.published_at or opening, opening)


def blocks_of(edition: Edition, english: bool) -> list[Block]:
    """Its blocks in the language of the page; Chinese where there is no English."""
    return blocks(edition.text_en if english and edition.text_en else edition.text)


def at_desk(site: Site) -> QuerySet[Article]:
    """The articles of a site as its editors work on them, what waits first."""
    waiting = Edition.objects.filter(article=OuterRef("pk"), state__in=OPEN)
    return (
        Article.objects.filter(site=site)
        .annotate(waits=Exists(waiting), newest=Max("editions__pk"))
        .select_related("owner")
        .order_by("-waits", "-pk")
    )


def newest_editions(articles: Iterable[Article]) -> dict[int, Edition]:
    """The newest edition of each article, by the article's key."""
    rows = Edition.objects.filter(article__in=[one.pk for one in articles]).order_by("number")
    return {one.article_id: one for one in rows.defer("text", "text_en")}


def deeds_told(article: Article) -> list[tuple[SiteDeed, ArticleAct]]:
    """What was done to an article, beside the steps of its editions."""
    rows = SiteDeed.objects.filter(subject=Subject.ARTICLE.value, about=article.pk)
    return [(one, ArticleAct(one.act)) for one in rows.select_related("actor").order_by("seq")]


def pages_with_contact(site: Site, day: date) -> list[Edition]:
    """The pages in force that show the site's contacts: they change with them."""
    rows = current(day).filter(
        Q(text__contains=f"@联系 {site.slug}")
        | Q(article__site=site, text__contains="@联系")
        | Q(article__site=site, text_en__contains="@contact")
        | Q(text_en__contains=f"@contact {site.slug}")
    )
    return list(rows)


def pages_with_fee(code: str, day: date) -> list[Edition]:
    """The pages in force that show the fees of an item: they change with them."""
    shows = Q()
    for mark in ("@费用", "@fee"):
        shows |= Q(text__contains=f"{mark} {code}") | Q(text_en__contains=f"{mark} {code}")
    return list(current(day).filter(shows))


def attached(edition: Edition, pk: int) -> Upload | None:
    """A file of an edition that may be opened; None where it is not its own or not clean."""
    if pk not in [one["upload"] for one in edition.files]:
        return None
    folder = edition.article.folder_id
    found = Upload.objects.filter(folder=folder, pk=pk).first()
    return found if found is not None and found.scan != ScanState.INFECTED.value else None


def could_edit(site: Site, day: date) -> list[tuple[Any, list[Post]]]:
    """Who could write, check and publish on ``day``: the posts as they stood then."""
    rows = Post.objects.filter(in_office(day), organ=site.organ, desk__in=[d.value for d in ACCESS])
    held = list(rows.select_related("account").order_by("since", "pk"))
    return [(desk, [one for one in held if one.desk == desk.value]) for desk in ACCESS]


def editors(site: Site, day: date) -> QuerySet[Account]:
    """The editors of a site on ``day``."""
    return officers_at(site.organ, WRITES.value, day)


def owed_looks(day: date, organ: Organ | None = None) -> QuerySet[Article]:
    """Articles past the day by which they should have been looked through."""
    rows = Article.objects.filter(look_by__lt=day, withdrawn_at__isnull=True)
    return rows.filter(site__organ=organ) if organ is not None else rows


def waiting_for(site: Site, step: str) -> QuerySet[Edition]:
    """Editions that lie with one hand of the route; an empty step means drafts."""
    rows = Edition.objects.filter(article__site=site, step=step)
    return rows.filter(state="review" if step else "draft").order_by("saved_at", F("pk"))


# ------------------------------------------------------------ looks and coverage
def last_looks() -> dict[int, SiteLook]:
    """The newest look at each site, by the site's key."""
    newest = SiteLook.objects.filter(site=OuterRef("site")).order_by("-day").values("pk")[:1]
    return {one.site_id: one for one in SiteLook.objects.filter(pk=Subquery(newest))}


def looks_at(site: Site, many: int = 30) -> list[SiteLook]:
    """The last looks at one site, the newest first."""
    return list(SiteLook.objects.filter(site=site).order_by("-day")[:many])


def findings_on(site: Site) -> list[Issue]:
    """What the looks led to be put right, the newest first."""
    rows = Issue.objects.filter(source=IssueSource.SITE.value, organ=site.organ)
    return list(rows.filter(reference__startswith=f"{site.slug}/").order_by("-pk")[:30])


def designations(day: date) -> QuerySet[Designation]:
    """The units that count on ``day``."""
    ends = Q(until__isnull=True) | Q(until__gt=day)
    return Designation.objects.filter(ends, since__lte=day).select_related("organ__parent")


def designation_by_pk(pk: int) -> Designation | None:
    """One designation with its unit."""
    return Designation.objects.select_related("organ").filter(pk=pk).first()


def guidance_given(designation: Designation) -> list[SiteDeed]:
    """Every guidance a unit was given, the newest first."""
    rows = SiteDeed.objects.filter(subject=Subject.DESIGNATION.value, about=designation.pk)
    return list(rows.order_by("-seq"))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many designated units are interactive, and how many have each capability. B9."""

    day: date | None
    rows: list[tuple[Designation, CoverageLook | None]]

    @property
    def designated(self) -> int:
        return len(self.rows)

    @property
    def interactive(self) -> int:
        return sum(1 for _one, look in self.rows if look is not None and look.holds)

    @property
    def percent(self) -> float | None:
        return self.interactive * 100 / self.designated if self.rows else None

    def able(self, capability: Capability) -> int:
        return sum(
            1
            for _one, look in self.rows
            if look is not None and look.answers.get(capability.value, {}).get("holds")
        )


def coverage(day: date) -> Coverage:
    """The designated units with the newest night's answers for each."""
    newest = (
        CoverageLook.objects.filter(organ=OuterRef("organ"), day__lte=day)
        .order_by("-day")
        .values("pk")[:1]
    )
    looks = {one.organ_id: one for one in CoverageLook.objects.filter(pk=Subquery(newest))}
    rows = [(one, looks.get(one.organ_id)) for one in designations(day)]
    days = [look.day for _one, look in rows if look is not None]
    return Coverage(max(days, default=None), rows)


# ------------------------------------------------------------ subscriptions
def subscription_by_code(code: str) -> Subscription | None:
    """The subscription its code opens."""
    return Subscription.objects.filter(code_blind__in=blinds("subscription:" + tidy(code))).first()
