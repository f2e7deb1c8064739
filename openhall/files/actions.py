"""Files: taken, ordered, scanned, forgotten. No official opens one before it is clean."""

import hashlib
import io
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import Max, Model, QuerySet
from django.utils import timezone

from openhall.deeds.refusals import Refused
from openhall.files.models import Folder, Upload
from openhall.files.pictures import fault_of_image, small_copy
from openhall.files.rules.uploads import fault_of_content, fault_of_upload, kind_of_content
from openhall.files.scanning import scanner
from openhall.files.terms import Given, ScanState, TrustLevel
from openhall.glossary import Said
from openhall.jobs.actions import ask

HEAD_BYTES: Final = 32
MOST_FILES: Final = 20  # for one material
SCAN: Final = "openhall.files.tasks.scan_upload"


def folder_of(owner: Model) -> int:
    """The folder of a case or an unsent application, opened with its first file.

    Asked of the row, not of the instance: two files may arrive at once.
    """
    rows = type(owner)._default_manager.filter(pk=owner.pk)
    if rows.filter(folder=None).exists():
        made = Folder.objects.create()
        if not rows.filter(folder=None).update(folder=made):  # another file came first
            made.delete()
    owner.refresh_from_db(fields=["folder"])
    found: int | None = owner.folder_id  # type: ignore[attr-defined]
    assert found is not None
    return found


def take(
    folder_id: int,
    material: str,
    file: File,
    beside: QuerySet[Upload],
    made: TrustLevel,
    given: Given = Given.ATTACHED,
) -> Upload:
    """``file`` checked and stored; the one there is, for the same bytes again.

    ``beside``: the files among which the same bytes are looked for. ``made``: the level the guide
    gives this material; only what its user makes and vouches for (D) counts here.
    """
    name, size = (file.name or "").rsplit("/", 1)[-1], file.size or 0
    file.seek(0)
    head = file.read(HEAD_BYTES)
    if fault := fault_of_upload(name, size, head, settings.UPLOAD_MAX_BYTES):
        raise Refused(fault, material)
    file.seek(0)
    content = bytes(file.read())
    if fault := fault_of_content(name, content):
        raise Refused(fault, material)
    kind = kind_of_content(content)
    assert kind is not None  # fault_of_content has refused every other
    picture = kind.media_type.startswith("image/")
    if picture and (fault := fault_of_image(name, content)):
        raise Refused(fault, material)
    digest = hashlib.sha256(content).hexdigest()
    there = beside.filter(material=material, replaced=False)
    if same := there.filter(sha256=digest).first():
        return same
    if there.count() >= MOST_FILES:
        raise Refused(
            Said(
                f"每份材料最多{MOST_FILES}个文件。请合并成PDF后上传。",
                f"Add {MOST_FILES} files at most for each material. Merge them into one "
                "PDF, then upload.",
            ),
            material,
        )
    last = there.aggregate(last=Max("position"))["last"]
    upload = Upload(folder_id=folder_id, material=material, given=given.value)
    upload.name, upload.media_type, upload.size = name, kind.media_type, size
    upload.sha256, upload.at = digest, timezone.now()
    upload.position = 0 if last is None else last + 1
    upload.trust = (TrustLevel.D if made == TrustLevel.D else TrustLevel.C).value
    upload.file.save(name, ContentFile(content), save=False)
    if picture:
        upload.thumbnail.save("small", ContentFile(small_copy(content)), save=False)
    waits = scanner() is not None
    upload.scan = (ScanState.PENDING if waits else ScanState.UNSCANNED).value
    upload.save()
    if waits:
        ask(SCAN, [upload.pk], key=f"scan-{upload.pk}")
    return upload


def move_up(uploads: QuerySet[Upload], upload_id: int) -> None:
    """Put one of ``uploads`` before the one above it, within its material."""
    moved = uploads.filter(pk=upload_id, replaced=False).first()
    if moved is None:
        return
    row: Sequence[Upload] = list(
        uploads.filter(material=moved.material, replaced=False).order_by("position", "id")
    )
    at = next(n for n, one in enumerate(row) if one.pk == moved.pk)
    order = [one.pk for one in row]
    if at:
        order[at - 1], order[at] = order[at], order[at - 1]
    for place, pk in enumerate(order):
        Upload.objects.filter(pk=pk).update(position=place)


@transaction.atomic
def settle_scan(upload_id: int, finding: str) -> Upload:
    """Note what the scanner said; the bytes of an infected file are removed, its record stays."""
    upload = Upload.objects.select_for_update().get(pk=upload_id)
    if upload.scan != ScanState.PENDING.value:
        return upload
    upload.scan = (ScanState.INFECTED if finding else ScanState.CLEAN).value
    upload.finding, upload.scanned_at = finding[:120], timezone.now()
    upload.save(update_fields=["scan", "finding", "scanned_at"])
    if finding:
        remove_bytes([upload])
    return upload


def remove_bytes(uploads: Sequence[Upload]) -> None:
    """Delete the files behind ``uploads`` once the transaction has committed."""
    files = [file for one in uploads for file in (one.file, one.thumbnail) if file]

    def remove() -> None:
        for file in files:
            file.storage.delete(str(file.name))

    transaction.on_commit(remove)


def bytes_of(upload: Upload) -> bytes:
    """The whole file; at most ``UPLOAD_MAX_BYTES``."""
    with upload.file.open("rb") as file:
        whole = io.BytesIO(file.read())
    return whole.getvalue()


def forget(rows: QuerySet[Upload]) -> None:
    """Destroy names, digests and bytes of ``rows``; the records stay. 个人信息保护法 47."""
    gone = list(rows)
    same = Upload.objects.filter(pk__in=[one.pk for one in gone])
    same.filter(scan=ScanState.PENDING.value).update(scan=ScanState.UNSCANNED.value)
    same.update(name="", sha256="", file="", thumbnail="")
    forget_files(gone)


def forget_files(gone: Iterable[Upload]) -> None:
    """Delete the bytes once the act has committed: a rolled-back act must lose nothing.

    A file is deleted only when no other application holds the same bytes.
    """
    for upload in gone:
        for kept in (upload.file, upload.thumbnail):
            name = kept.name
            if not name:
                continue
            others = Upload.objects.filter(file=name) | Upload.objects.filter(thumbnail=name)
            if not others.exists():
                transaction.on_commit(partial(kept.storage.delete, name))
