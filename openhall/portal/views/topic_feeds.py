"""Atom feeds of a guide, of a document, of a search: what one subscriber reads without a name."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openhall.catalogue.queries import ItemVersion, public_versions, version_to_show
from openhall.design.words import called
from openhall.desk.pages import existing
from openhall.policies.queries import PolicyDocument, document_by_pk, links_of, sections_of
from openhall.policies.terms import LinkKind
from openhall.portal.views.search import address_of
from openhall.search.queries import Shown, Wanted, search
from openhall.search.rules.folding import LONGEST

ENTRIES: Final = 30


def begins(day: date | None) -> datetime | None:
    """The first moment of a day here."""
    return timezone.make_aware(datetime.combine(day, time())) if day else None


class GuideFeed(Feed):
    """Every version of a guide that was in force, the newest first, with what it changed."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, code: str) -> ItemVersion:
        return existing(version_to_show(code, timezone.localdate())).version

    def title(self, obj: Any) -> str:
        return str(called(obj))

    def link(self, obj: Any) -> str:
        return reverse("portal:guide", args=[obj.item.code])

    def items(self, obj: Any) -> list[ItemVersion]:
        return public_versions(obj.item, timezone.localdate())[:ENTRIES]

    def item_title(self, item: Any) -> str:
        return _("%(name)s, version %(number)s") % {"name": called(item), "number": item.number}

    def item_description(self, item: Any) -> str:
        return item.change_note or _("The guide as it has read since that day.")

    def item_link(self, item: Any) -> str:
        return reverse("portal:history", args=[item.item.code])

    def item_guid(self, item: Any) -> str:
        return f"{settings.BASE_URL}{self.item_link(item)}#{item.number}"

    def item_pubdate(self, item: Any) -> Any:
        return timezone.localtime(max(item.published_at, begins(item.effective_from)))

    item_updateddate = item_pubdate


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was done about a document."""

    words: str
    day: date | None
    key: str
    document: PolicyDocument


class PolicyFeed(Feed):
    """What newer documents do to a document, what it does to older ones, its files, itself."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, pk: int) -> PolicyDocument:
        return existing(document_by_pk(pk))

    def title(self, obj: Any) -> str:
        return str(obj.title)

    def link(self, obj: Any) -> str:
        return reverse("portal:policy", args=[obj.pk])

    def items(self, obj: Any) -> list[Line]:
        does, undergoes = links_of(obj)
        lines = [
            Line(
                f"{one.newer.title} {LinkKind(one.kind).said_in(get_language())} {one.older.title}",
                one.since,
                f"link-{one.pk}",
                obj,
            )
            for one in (*undergoes, *does)
        ]
        _own, files = sections_of(obj)
        lines += [Line(file.name, None, f"file-{file.pk}", obj) for file, _read in files]
        changed = timezone.localtime(obj.changed_at).date() if obj.changed_at else obj.published_on
        lines.append(Line(obj.title, changed, "itself", obj))
        return sorted(lines, key=lambda one: str(one.day or changed), reverse=True)[:ENTRIES]

    def item_title(self, item: Any) -> str:
        return str(item.words)

    def item_description(self, item: Any) -> str:
        return str(item.document.number)

    def item_link(self, item: Any) -> str:
        return reverse("portal:policy", args=[item.document.pk])

    def item_guid(self, item: Any) -> str:
        return f"{settings.BASE_URL}{self.item_link(item)}#{item.key}"

    def item_pubdate(self, item: Any) -> Any:
        return begins(item.day)

    item_updateddate = item_pubdate


class SearchFeed(Feed):
    """What a search finds, the newest first: never stored, for its words are somebody's own."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest) -> str:
        words = request.GET.get("q", "").strip()[:LONGEST]
        if not words:
            raise Http404
        return words

    def title(self, obj: Any) -> str:
        return _("Search: %(words)s") % {"words": obj}

    def link(self, obj: Any) -> str:
        return reverse("portal:search")

    def items(self, obj: Any) -> list[Shown]:
        found = search(obj, Wanted(most=100, english=(get_language() or "").startswith("en")))
        rows = [*found.cited, *found.services, *found.others]
        return sorted(rows, key=lambda one: one.record.day or date.min, reverse=True)[:ENTRIES]

    def item_title(self, item: Any) -> str:
        return "".join(words for words, _marked in item.title)

    def item_description(self, item: Any) -> str:
        return "".join(words for words, _marked in item.text)

    def item_link(self, item: Any) -> str:
        return address_of(item)

    def item_pubdate(self, item: Any) -> Any:
        return begins(item.record.day)

    item_updateddate = item_pubdate
