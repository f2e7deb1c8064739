"""Work on applications by itself: drafts past their term are removed."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from openhall.applying.actions.drafting import expire
from openhall.applying.models import Draft

BATCH: Final = 200


@task()
def remove_old_drafts() -> int:
    """Remove drafts not touched for ``DRAFT_DAYS``; their pages have said so for a fortnight."""
    before = timezone.now() - timedelta(days=settings.DRAFT_DAYS)
    done = 0
    old = Draft.objects.filter(
        case__isnull=True, ended="", saved_at__lt=before, parent__isnull=True
    )
    while page := list(old.order_by("saved_at", "id")[:BATCH]):
        for draft in page:
            expire(draft)
            done += 1
    return done
