"""Work on applications by itself: files are scanned, drafts past their term are removed."""

import io
import logging
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from openhall.cases.actions.drafting import expire
from openhall.cases.actions.uploading import bytes_of, settle_scan
from openhall.cases.models import Draft, Upload
from openhall.cases.scanning import CannotScan, scanner
from openhall.cases.terms import ScanState

logger = logging.getLogger(__name__)
BATCH: Final = 200
GRACE: Final = timedelta(minutes=5)  # the job asked for at the upload comes first


def _scan(upload: Upload) -> str:
    asked = scanner()
    if asked is None or upload.scan != ScanState.PENDING.value:
        return upload.scan
    whole = io.BytesIO(bytes_of(upload))
    return settle_scan(upload.pk, asked.finding(whole)).scan


@task()
def scan_upload(pk: int) -> str:
    """Scan one file; raises `CannotScan` while the scanner is away, so that the job comes again."""
    upload = Upload.objects.filter(pk=pk).first()
    return "" if upload is None else _scan(upload)


@task()
def scan_pending() -> int:
    """Scan what still waits because the scanner was away; how many were settled."""
    if scanner() is None:
        return 0
    done = 0
    waiting = Upload.objects.filter(scan=ScanState.PENDING.value, at__lt=timezone.now() - GRACE)
    for upload in waiting.order_by("pk")[:BATCH]:
        try:
            _scan(upload)
            done += 1
        except CannotScan as problem:
            logger.warning("The virus scanner is away: %s", problem)
            break
    return done


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
