"""What began today or yesterday, whatever room keeps it: what subscribers are told of. B4."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone, translation

from openhall.catalogue.queries import versions_in_force
from openhall.glossary import Said
from openhall.policies.models import PolicyDeed, PolicyDocument, PolicyFile, PolicyLink
from openhall.policies.terms import FileAct, LinkAct, LinkKind
from openhall.sites.queries import begins_at, current

FRESH: Final = timedelta(days=2)  # what began earlier was told, or is no news any more


@dataclass(frozen=True, slots=True)
class News:
    """Something new: to whom (``topics``), what the search calls it (``root``), since when."""

    key: str
    topics: tuple[str, ...]
    root: str
    path: str
    since: datetime
    title: Said
    note: Said
    number: str = ""


def news_on(today: date) -> list[News]:
    """Everything that is new on ``today`` and readable now, the oldest first."""
    now = timezone.now()
    with translation.override("zh-hans"):  # addresses without the prefix of another language
        found = [*_articles(today), *_guides(today), *_documents(now), *_bearing(today, now)]
    return sorted((one for one in found if one.since <= now), key=lambda one: one.since)


def _articles(today: date) -> Iterator[News]:
    for one in current(today).filter(effective_from__gt=today - FRESH):
        article, site = one.article, one.article.site
        yield News(
            key=f"{one.pk}",
            topics=(f"site:{site.slug}", f"site:{site.slug}/{article.column}"),
            root=f"article:{article.number}",
            path=reverse("portal:article", args=[site.slug, article.number]),
            since=begins_at(one),
            title=Said(f"{site.name}：{one.title}", f"{site.name_en}: {one.title_en or one.title}"),
            note=Said(one.change_note, one.change_note),
            number=article.number,
        )


def _guides(today: date) -> Iterator[News]:
    rows = versions_in_force(today).filter(effective_from__gt=today - FRESH)
    for one in rows.select_related("item__inherits"):
        item = one.item
        assert one.effective_from is not None
        opening = timezone.make_aware(datetime.combine(one.effective_from, time()))
        note = one.change_note or ("" if one.number == 1 else "办事指南有更新")
        yield News(
            key=f"guide-{one.pk}",
            topics=(f"guide:{item.code}",),
            root=f"guide:{(item.inherits or item).code}",
            path=reverse("portal:guide", args=[item.code]),
            since=max(one.published_at or opening, opening),
            title=Said(f"办事指南：{one.name}", f"Guide: {one.name_en or one.name}"),
            note=Said(note, one.change_note or ("" if one.number == 1 else "it was changed")),
            number=item.code,
        )


def _documents(now: datetime) -> Iterator[News]:
    rows = PolicyDocument.objects.filter(changed_at__gt=now - FRESH).defer("text", "source")
    for one in rows:
        assert one.changed_at is not None
        day = timezone.localtime(one.changed_at).date()
        words = Said("收入政策库，或者文本有更新", "new in the library, or its text was changed")
        yield _of_document(f"policy-{one.pk}-{day:%Y%m%d}", [one], one, one.changed_at, words)


def _bearing(today: date, now: datetime) -> Iterator[News]:
    """What newer documents do to older ones, and files that were attached."""
    deeds = {
        (one.subject, one.about): one.event_time
        for one in PolicyDeed.objects.filter(
            event_time__gt=now - FRESH, act__in=[LinkAct.RECORD.value, FileAct.ATTACH.value]
        )
    }
    links = PolicyLink.objects.filter(
        pk__in=[about for subject, about in deeds if subject == LinkAct.LINK.value],
        struck=False,
        since__lte=today,
    )
    for one in links.select_related("newer", "older"):
        kind, since = LinkKind(one.kind), deeds[LinkAct.LINK.value, one.pk]
        words = Said(
            f"《{one.newer.title}》{kind.zh}《{one.older.title}》，自{one.since:%Y-%m-%d}起",
            f"{one.newer.title}: {kind.en} {one.older.title}, since {one.since:%Y-%m-%d}",
        )
        both = [one.newer, one.older]
        yield _of_document(f"link-{one.pk}", both, one.older, since, words)
    files = PolicyFile.objects.filter(
        pk__in=[about for subject, about in deeds if subject == FileAct.FILE.value], removed=False
    )
    for file in files.select_related("document"):
        words = Said(f"添加附件：{file.name}", f"file attached: {file.name}")
        since = deeds[FileAct.FILE.value, file.pk]
        yield _of_document(f"file-{file.pk}", [file.document], file.document, since, words)


def _of_document(
    key: str, about: Iterable[Any], shown: PolicyDocument, since: datetime, note: Said
) -> News:
    return News(
        key=key,
        topics=tuple(f"policy:{one.pk}" for one in about),
        root=f"policy:{shown.source_id}",
        path=reverse("portal:policy", args=[shown.pk]),
        since=since,
        title=Said(f"政策：{shown.title}", f"Policy: {shown.title}"),
        note=note,
        number=shown.number[:20],
    )
