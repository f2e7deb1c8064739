"""Work on files by itself: what waits is scanned."""

import io
import logging
from datetime import timedelta
from typing import Final

from django.utils import timezone
from django_tasks import task

from openhall.files.actions import bytes_of, settle_scan
from openhall.files.models import Upload
from openhall.files.scanning import CannotScan, scanner
from openhall.files.terms import ScanState

BATCH: Final = 200
logger = logging.getLogger(__name__)


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
