"""From when on an address showed which bytes."""

from datetime import date, datetime

from django.utils import timezone

from openhall.press.models import Page, Shown
from openhall.press.rules.kinds import Archive


def close_day_of(page: Page, today: date) -> None:
    """Of a page whose last state of a day is kept: note it, once another day has begun."""
    if page.body_id and page.made_at is not None and page.made_on and page.made_on < today:
        note_shown(page.path, page.body_id, Archive.DAILY, page.made_at)


def note_shown(path: str, sha256: str, kept: Archive, now: datetime) -> None:
    """From now on ``path`` shows these bytes (none: it is there no longer)."""
    moment = timezone.localtime(now)
    day, second = moment.date(), moment.hour * 3600 + moment.minute * 60 + moment.second
    last = Shown.objects.filter(path=path).order_by("-day", "-second").first()
    if last is not None:
        if last.sha256 == sha256:
            return
        if (last.day, last.second) >= (day, second):  # within one second, or a clock set back
            day, second = last.day, min(last.second + 1, 86_399)
    Shown.objects.bulk_create(
        [Shown(path=path, day=day, second=second, sha256=sha256, kept=kept.value)],
        ignore_conflicts=True,
    )
