"""An article of a site: as it reads today, as it once read, its history, its files. B4.

Nothing here is personal: “is anything wrong with this page?” is a page of its own.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from openhall.deeds.doing import Doing
from openhall.desk.pages import Subject as Thing
from openhall.desk.pages import existing
from openhall.enquiries import actions as enquiries
from openhall.enquiries.queries import Enquiry, limits_on
from openhall.enquiries.rules.asking import TEXT_AT_LEAST, TEXT_AT_MOST, TITLE_AT_MOST
from openhall.organs.fields import TextField
from openhall.portal.acts import Visitor
from openhall.portal.views.enquiring import Told, hold
from openhall.portal.views.holding import account_of
from openhall.portal.views.site_cards import shown
from openhall.portal.views.site_frame import english, frame, opened, worded
from openhall.sites.kinds import EDITION
from openhall.sites.permissions import may_read_drafts
from openhall.sites.queries import (
    Article,
    Edition,
    Site,
    article_numbered,
    attached,
    begins_at,
    blocks_of,
    deeds_told,
    edition_numbered,
    public_editions,
    shown_edition,
)
from openhall.sites.rules.columns import COLUMNS
from openhall.sites.terms import ArticleAct, WhyWithdrawn
from openhall.versions.queries import differences

ROOM = 100  # signs that say which page it is, behind what a reader wrote


def _opened(slug: str, number: str) -> tuple[Site, Article, Edition]:
    """A published article of this site; 404 for a draft, which is nobody's to read here."""
    site, article = opened(slug), existing(article_numbered(number))
    edition = shown_edition(article, timezone.localdate())
    if article.site_id != site.pk or edition is None:
        raise Http404
    return site, article, edition


def _ended(article: Article, edition: Edition, today: date) -> bool:
    """Whether it was in force once and is no more."""
    return not article.is_withdrawn and not edition.in_force_on(today)


@require_safe
def article(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """The article as it reads now; withdrawn, it stays and says so."""
    site, found, edition = _opened(slug, number)
    return _page(request, site, found, edition)


@require_safe
def older(request: HttpRequest, slug: str, number: str, edition: int) -> HttpResponse:
    """The article as an earlier edition of it read."""
    site, found, newest = _opened(slug, number)
    editions = public_editions(found, timezone.localdate())
    asked = next((one for one in editions if one.number == edition), None)
    if asked is None or found.is_hidden:
        raise Http404
    asked.article = found
    return _page(request, site, found, asked, newest=newest)


def _of_its_hands(request: HttpRequest, slug: str, number: str) -> tuple[Site, Article]:
    """An article with its drafts, to who writes, checks or publishes it; to others 404."""
    site, article = opened(slug), existing(article_numbered(number))
    if article.site_id != site.pk or not may_read_drafts(
        account_of(request), site, timezone.localdate()
    ):
        raise Http404
    return site, article


@never_cache
@require_safe
def preview(request: HttpRequest, slug: str, number: str, edition: int) -> HttpResponse:
    """An edition as everybody would see it, with what it shows of other rooms."""
    site, found = _of_its_hands(request, slug, number)
    return _page(request, site, found, existing(edition_numbered(found, edition)), preview=True)


def _page(
    request: HttpRequest,
    site: Site,
    found: Article,
    edition: Edition,
    newest: Edition | None = None,
    *,
    preview: bool = False,
) -> HttpResponse:
    today = timezone.localdate()
    edition.article = found
    column = COLUMNS[found.column]
    urgent = [one for one, act in deeds_told(found) if act == ArticleAct.URGENT]
    context = frame(request, site, column, None if preview else edition) | {
        "preview": preview,
        "article": found,
        "edition": edition,
        "title": worded(edition, "title"),
        "summary": worded(edition, "summary"),
        "blocks": [] if found.is_hidden else shown(blocks_of(edition, english()), edition),
        "files": [] if found.is_hidden else edition.files,
        "in_chinese_only": english() and not edition.text_en and not found.is_hidden,
        "at": None if preview else begins_at(edition),
        "source": site.organ if edition.source in ("", site.organ.name) else edition.source,
        "newest": newest if newest is not None and newest.number != edition.number else None,
        "why": WhyWithdrawn(found.why_withdrawn) if found.is_withdrawn else None,
        "ended": not preview and _ended(found, newest or edition, today),
        "editions": len(public_editions(found, today)),
        "urgent": urgent[-1].facts.get("reason", "") if urgent else "",
    }
    return render(request, "portal/sites/article.html", context)


@require_safe
def history(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """Every edition and what changed from each to the next."""
    site, found, _edition = _opened(slug, number)
    editions = public_editions(found, timezone.localdate())
    steps = [
        (
            one,
            begins_at(one),
            []
            if found.is_hidden
            else [
                (EDITION.names.get(place.path.split("[")[0], place.path), place)
                for place in differences(EDITION, before, one)
            ],
        )
        for one, before in zip(editions, [*editions[1:], None], strict=True)
    ]
    context = frame(request, site, COLUMNS[found.column]) | {
        "article": found,
        "title": worded(editions[0], "title"),
        "steps": steps,
        "why": WhyWithdrawn(found.why_withdrawn) if found.is_withdrawn else None,
        "deeds": [(deed, act) for deed, act in deeds_told(found) if act != ArticleAct.OPEN],
    }
    return render(request, "portal/sites/history.html", context)


@require_safe
def file(request: HttpRequest, slug: str, number: str, pk: int) -> FileResponse:
    """A picture or a file of a published edition; of a draft to who works on it."""
    site, found = opened(slug), existing(article_numbered(number))
    editions = [] if found.is_hidden else public_editions(found, timezone.localdate())
    if may_read_drafts(account_of(request), site, timezone.localdate()):
        editions = list(found.editions.all())
    upload = None
    if found.site_id == site.pk:
        for one in editions:
            one.article = found
            upload = upload or attached(one, pk)
    if upload is None:
        raise Http404
    answer = FileResponse(upload.file.open("rb"), content_type=upload.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    if not upload.media_type.startswith("image/"):
        answer.headers["Content-Disposition"] = FileResponse(
            b"", as_attachment=True, filename=upload.name
        ).headers.get("Content-Disposition", "attachment")
    return answer


class Wrong:
    """A page that somebody finds wrong."""

    def __init__(self, request: HttpRequest, site: Site, found: Article, edition: Edition) -> None:
        self.request, self.site, self.article, self.edition = request, site, found, edition


class SayWrong(Told):
    """What is wrong with the page; the unit that owns it answers within its limit."""

    code, bare, tone = "wrong", True, "primary"
    title = button = gettext_lazy("Tell the unit")
    done = gettext_lazy("Thank you. The unit answers within its limit; keep the code below.")
    text = TextField(
        label=gettext_lazy("What is wrong?"),
        max_length=TEXT_AT_MOST - ROOM,
        least=TEXT_AT_LEAST,
        help_text=gettext_lazy("Say which sentence, link or figure, and what you expected."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    field_order = ("text",)

    def does(self, doing: Doing) -> Enquiry:
        wrong: Wrong = self.subject
        title = _("About the page “%(title)s”") % {"title": wrong.edition.title}
        where = f"{wrong.site.slug} {wrong.article.number}"[: ROOM - 3]
        left = enquiries.ask(
            enquiries.Asked(
                title[:TITLE_AT_MOST],
                f"{self.cleaned_data['text']}\n（{where}）",
                organ=wrong.site.organ,
                **self.who_asks(),
            ),
            replace(doing, actor=None, seen=None),
        )
        hold(self.request, left)
        return left

    def goes_to(self, left: Enquiry) -> str:
        return reverse("portal:enquiry", args=[left.number])


class WrongPage(Thing):
    """Live: it holds a form, and is never stored."""

    offers = (SayWrong,)
    template = "portal/sites/wrong.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Visitor, Wrong]:
        site, found, edition = _opened(where["slug"], where["number"])
        return Visitor(None, timezone.localdate()), Wrong(request, site, found, edition)

    def home(self, who: Visitor, subject: Wrong) -> str:
        return reverse("portal:article_wrong", args=[subject.site.slug, subject.article.number])

    def act_at(self, who: Visitor, subject: Wrong, name: str) -> str:
        return self.home(who, subject)

    def seq(self, subject: Wrong) -> None:
        return None

    def context(
        self, request: HttpRequest, who: Visitor, subject: Wrong, **more: Any
    ) -> dict[str, Any]:
        return {
            "site": subject.site,
            "article": subject.article,
            "title": worded(subject.edition, "title"),
            "days": limits_on(who.day).answer_days,
            "language": get_language(),
        }


wrong = WrongPage()
