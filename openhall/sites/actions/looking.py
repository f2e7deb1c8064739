"""The nightly look at every site: measured, kept with its evidence, led to be put right. B2."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from openhall.catalogue.models.reception import share_units
from openhall.catalogue.queries import guide_of, hollow_phrases, versions_in_force
from openhall.catalogue.rules.gate import faults_of
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.deeds.sweeping import sweep
from openhall.enquiries.queries import OWED, consultations
from openhall.files.models import Upload
from openhall.files.terms import ScanState
from openhall.glossary import Said
from openhall.sites.live import issued_by, organs_of, services_of
from openhall.sites.models import Edition, Site, SiteLook, SiteVisits
from openhall.sites.probing import PATIENCE, Answer, ask, visit
from openhall.sites.queries import current, owed_looks, sites
from openhall.sites.rules.columns import order_of
from openhall.sites.rules.health import (
    CHECKED,
    ColumnSeen,
    Measure,
    Seen,
    Visits,
    measures,
    verdict_of,
)
from openhall.sites.rules.text import cards, links
from openhall.sites.rules.words import wrong_words
from openhall.sites.terms import ColumnKind, LookPart, Verdict
from openhall.supervision.actions.issues import open_issue
from openhall.supervision.models import Issue
from openhall.supervision.terms import IssueSource, IssueState, Severity

Asks = Callable[[str], Answer]
WEEK: Final = timedelta(days=7)
MOST_EVIDENCE: Final = 50
LIGHT: Final = (LookPart.WORDS, LookPart.LINKS, LookPart.FILES, LookPart.CARE)


def visit_all(day: date | None = None) -> int:
    """One visit to each site from outside, counted on the day; how many did not answer in time."""
    day, failed = day or timezone.localdate(), 0
    for site in sites():
        answer = visit(f"/sites/{site.slug}/")
        count_visit(site, day, open_=answer.is_open, ms=answer.ms)
        failed += not answer.is_open
    return failed


@transaction.atomic
def count_visit(site: Site, day: date, *, open_: bool, ms: int) -> None:
    """Count one visit."""
    row, _made = SiteVisits.objects.get_or_create(site=site, day=day)
    SiteVisits.objects.filter(pk=row.pk).update(
        tries=F("tries") + 1,
        failed=F("failed") + (0 if open_ and ms <= PATIENCE * 1000 else 1),
        slowest_ms=max(row.slowest_ms, ms),
    )


def look_at_all(day: date | None = None, asks: Asks | None = ask) -> int:
    """Look at every site; how many were looked at. One that fails is set aside, the rest go on.

    ``asks`` tries a link; None where nothing is served yet.
    """
    day = day or timezone.localdate()
    phrases = hollow_phrases()
    return sweep(
        "site looks",
        list(sites()),
        lambda site: look_at(site, day, phrases, asks),
        lambda site: str(site.slug),
    )


def look_at(
    site: Site, day: date, phrases: tuple[str, ...] | None = None, asks: Asks | None = ask
) -> SiteLook:
    """One site on ``day``: its measures, kept; what is weak is led to the unit."""
    hollow = hollow_phrases() if phrases is None else phrases
    found = measures(seen_of(site, day, hollow, asks))
    kept, _made = SiteLook.objects.update_or_create(
        site=site,
        day=day,
        defaults={
            "verdict": verdict_of(found).value,
            "measures": [_kept(one) for one in found],
        },
    )
    for one in found:
        if one.verdict in (Verdict.WEAK, Verdict.VETO):
            _put_right(site, day, one)
    return kept


def _kept(one: Measure) -> dict[str, Any]:
    said = one.plain()
    said["evidence"] = said["evidence"][:MOST_EVIDENCE]
    return said


def _put_right(site: Site, day: date, one: Measure) -> None:
    """One finding a measure as long as it is not closed; the unit says what it does about it."""
    reference = f"{site.slug}/{one.part.value}"
    standing = Issue.objects.filter(source=IssueSource.SITE.value, reference=reference)
    if standing.exclude(state=IssueState.CLOSED.value).exists():
        return
    severity = Severity.ORDINARY
    if one.verdict == Verdict.VETO:
        severity = Severity.GRAVE
    elif one.part in LIGHT:
        severity = Severity.MINOR
    open_issue(
        IssueSource.SITE,
        reference,
        site.organ,
        Said(f"网站检查：{one.said.zh}", f"Check of the site: {one.said.en}"),
        CHECKED.basis,
        severity,
        Doing(None, timezone.now(), system_key("site-look", reference, day)),
    )


# ------------------------------------------------------------ what is seen
def seen_of(site: Site, day: date, phrases: tuple[str, ...], asks: Asks | None = ask) -> Seen:
    """All that one night finds of a site, from its pages and the rooms that keep its content."""
    editions = list(current(day).filter(article__site=site))
    versions = services_of(site, day).prefetch_related(
        "materials", "steps", "laws", "faqs", "prerequisites", "item__tariffs"
    )
    items = list(versions)
    share_units(items)
    incomplete = [
        one.item.code
        for one in items
        if faults_of(guide_of(one, len(one.item.tariffs.all())), phrases)
    ]
    changes = [one.effective_from for one in (*editions, *items) if one.effective_from]
    counted = SiteVisits.objects.filter(site=site, day__gt=day - WEEK, day__lte=day)
    visits = counted.aggregate(tries=Sum("tries"), failed=Sum("failed"))
    since = day - timedelta(days=CHECKED.unanswered_days)
    waiting = consultations().filter(
        organ__in=organs_of(site), state__in=OWED, received_at__date__lt=since
    )
    return Seen(
        day=day,
        made=site.made_on,
        columns=_columns(site, day, editions, len(items)),
        visits=Visits(visits["tries"] or 0, visits["failed"] or 0),
        last_change=max(changes, default=None),
        unanswered=list(waiting.values_list("number", flat=True)[:MOST_EVIDENCE]),
        incomplete=incomplete,
        items=len(items),
        broken=None if asks is None else list(_broken(editions, day, asks)),
        lost=list(_lost(editions)),
        wrong=[
            (one.article.number, wrong, right)
            for one in editions
            for wrong, right in wrong_words(f"{one.title}\n{one.summary}\n{one.text}")
        ],
        overdue_care=[one.number for one in owed_looks(day).filter(site=site)],
    )


def _columns(site: Site, day: date, editions: list[Edition], items: int) -> list[ColumnSeen]:
    found = []
    for column in order_of(site.columns):
        if column.written:
            here = [one for one in editions if one.article.column == column.kind.value]
            days = [one.effective_from for one in here if one.effective_from]
            found.append(ColumnSeen(column, len(here), max(days, default=None)))
        elif column.kind == ColumnKind.POLICIES:
            issued = list(issued_by(site)[:1])
            changed = issued[0].published_on if issued else None
            found.append(ColumnSeen(column, len(issued), changed))
        else:
            found.append(ColumnSeen(column, items))
    return found


def _broken(editions: Iterable[Edition], day: date, asks: Asks) -> Iterable[str]:
    """Links within the city that lead nowhere, and cards of what is not in force. Others' sites are
    not asked: the look must not depend on them."""
    codes = {
        card.key for one in editions for card in cards(one.text) if card.kind in ("guide", "form")
    }
    known = set(
        versions_in_force(day).filter(item__code__in=codes).values_list("item__code", flat=True)
    )
    asked: dict[str, bool] = {}
    for one in editions:
        for path in dict.fromkeys([*links(one.text), *links(one.text_en)]):
            if path.startswith("/"):
                if path not in asked:
                    asked[path] = asks(path.partition("#")[0]).is_open
                if not asked[path]:
                    yield f"{one.article.number}：{path}"
        for card in cards(one.text):
            if card.kind in ("guide", "form") and card.key not in known:
                yield f"{one.article.number}：@{card.key}"


def _lost(editions: Iterable[Edition]) -> Iterable[str]:
    for one in editions:
        for said in one.files:
            upload = Upload.objects.filter(pk=said["upload"]).first()
            whole = upload is not None and upload.scan != ScanState.INFECTED.value
            if (
                upload is None
                or not whole
                or not upload.file.storage.exists(upload.file.name or "")
            ):
                yield f"{one.article.number}：{said['name']}"
