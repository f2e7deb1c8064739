"""Parts made anew, and put into the pages that carry them without drawing these."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from openhall.press.actions.keeping import put_away
from openhall.press.actions.marks import drain
from openhall.press.actions.shown import note_shown
from openhall.press.actions.tags import settled, transaction_now
from openhall.press.context import KINDS
from openhall.press.models import MadeFrom, Page, Part, PartPlace, Touched
from openhall.press.queries import Spliced, assembled
from openhall.press.rules.kinds import Archive
from openhall.press.watching.parts import html_of
from openhall.press.watching.recording import Drawn, recording
from openhall.vault.shut import vault_shut

TRIES = 3
BATCH = 200


def known(drawn: Iterable[Drawn], language: str) -> list[tuple[Part | None, Drawn]]:
    """Each part that a page was drawn with, and its row if it has one."""
    found = []
    for one in drawn:
        keys = {"name": one.name, "about": one.about, "language": language}
        found.append((Part.objects.filter(**keys).first(), one))
    return found


def is_written(part: Part | None, tags: set[str]) -> bool:
    """Whether every tag of the part was written down before it was drawn."""
    if part is None or not settled(part.tags_since):
        return False
    return tags <= set(part.made_from.values_list("tag", flat=True))


def write_down(name: str, about: str, language: str, tags: set[str]) -> Part:
    """Write down what a part is made from, before that is relied on."""
    with transaction.atomic():
        part, _new = Part.objects.get_or_create(name=name, about=about, language=language)
        MadeFrom.objects.bulk_create(
            [MadeFrom(part=part, tag=tag) for tag in sorted(tags)], ignore_conflicts=True
        )
        part.tags_since = transaction_now()
        part.save(update_fields=["tags_since"])
    return part


def remake(part: Part) -> bool:
    """Draw a part anew and keep it, unless it is being changed; whether it is fresh."""
    for _turn in range(TRIES):
        drain()
        part.refresh_from_db()
        with (
            translation.override(part.language),
            recording() as recorder,
            vault_shut() as refused,
        ):
            html = html_of(part.name, part.about)
        tags = recorder.least()
        if refused or recorder.loose:
            return False
        if not is_written(part, tags):
            write_down(part.name, part.about, part.language, tags)
            continue
        with transaction.atomic():
            if Touched.objects.filter(tag__in=tags).exists():
                continue
            if Part.objects.filter(pk=part.pk, marked=part.marked).update(html=html, stale=False):
                return True
    return False


def remake_of(page: Page) -> bool:
    """Make the stale parts of a page fresh; whether all of them are."""
    rows = Part.objects.filter(places__page=page, stale=True).distinct()
    fresh = [remake(part) for part in rows]  # each of them, also after one that is not
    return all(fresh)


def remake_stale() -> int:
    """Make every stale part fresh; then the pages that carry one are kept as they read now."""
    if not settings.PRESS_PARTS:
        return 0
    while drain():
        pass
    remade = [part.pk for part in Part.objects.filter(stale=True) if remake(part)]
    pages = (
        PartPlace.objects.filter(part__in=remade).order_by("page").values_list("page", flat=True)
    )
    waiting = list(pages.distinct())
    for at in range(0, len(waiting), BATCH):
        _keep_spliced(waiting[at : at + BATCH])
    return len(remade)


@transaction.atomic
def _keep_spliced(pages: list[int]) -> None:
    """Keep the bytes of these pages as they read with their parts of now: a version of the past."""
    now = timezone.now()
    for page in Page.objects.select_related("key", "body").filter(pk__in=pages, stale=False):
        found = assembled(page.pk, page.body_id or "")
        if found is None or found.sha256 == page.body_id:
            continue
        page.body = put_away(page, found.body)
        page.save(update_fields=["body", "key"])
        _places(found)
        kind = KINDS.get(page.kind)
        if kind is not None and kind.archive is Archive.EVERY:
            note_shown(page.path, found.sha256, Archive.EVERY, now)


def _places(found: Spliced) -> None:
    PartPlace.objects.bulk_update(
        [
            PartPlace(pk=pk, start=start, length=length)
            for pk, (start, length) in zip(found.places, found.now, strict=True)
        ],
        ["start", "length"],
    )
