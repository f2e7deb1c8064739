"""Files: taken, ordered, scanned, forgotten. No official opens one before it is clean."""

import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import IO, Final

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import Max, Model, QuerySet
from django.utils import timezone

from openhall.deeds.refusals import Refused
from openhall.files.judges import judged
from openhall.files.models import Folder, Upload
from openhall.files.rules.metadata import bare
from openhall.files.rules.uploads import Judged, fault_of_size
from openhall.files.scanning import scanner
from openhall.files.terms import Given, ScanState, TrustLevel
from openhall.glossary import Said
from openhall.jobs.actions import ask

JPEG: Final = b"\xff\xd8\xff"  # of every small copy (``pictures``)

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


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was judged and laid into storage before its act; ``stored`` is its path there."""

    found: Judged
    size: int
    sha256: str
    stored: str
    small: str


@contextmanager
def received(file: File | Received, field: str = "", *, public: bool = False) -> Iterator[Received]:
    """``file`` judged and stored, for the act inside; what the act does not keep is removed.

    ``public``: everybody will read it, so a picture loses first what its camera wrote beside it.

    All that costs time, reading, judging and storing, is done here, before anybody waits for the
    act's locks. Raises :class:`Refused` beside ``field`` if the file cannot be taken.
    """
    if isinstance(file, Received):
        yield file
        return
    name, size = (file.name or "").rsplit("/", 1)[-1], file.size or 0
    if fault := fault_of_size(name, size, settings.UPLOAD_MAX_BYTES):
        raise Refused(fault, field)
    file.seek(0)
    content = bytes(file.read())
    found = judged(name, content)
    if found.fault is not None:
        raise Refused(found.fault, field)
    if public and found.media_type.startswith("image/"):
        content = _for_everybody(content, field)
        size = len(content)
    blank = Upload(sha256=hashlib.sha256(content).hexdigest())
    blank.file.save(name, ContentFile(content), save=False)
    if found.small:
        blank.thumbnail.save("small", ContentFile(found.small), save=False)
    stored, small = str(blank.file.name), str(blank.thumbnail.name or "")
    try:
        yield Received(found, size, blank.sha256, stored, small)
    finally:
        if not Upload.objects.filter(file=stored).exists():
            for path in filter(None, (stored, small)):
                blank.file.storage.delete(path)


def _for_everybody(content: bytes, field: str) -> bytes:
    shown = bare(content)
    if shown is None:
        raise Refused(
            Said(
                "这种图片不能公开：多数浏览器打不开，拍摄地点等信息也去不掉。请另存为JPG或者PNG后再传。",
                "A picture of this kind is not published: most browsers do not show it, and where "
                "it was taken cannot be removed. Save it as JPG or PNG and send it again.",
            ),
            field,
        )
    return shown


def take(
    folder_id: int,
    material: str,
    file: Received,
    beside: QuerySet[Upload],
    made: TrustLevel,
    given: Given = Given.ATTACHED,
) -> Upload:
    """``file`` kept; the one there is, for the same bytes again.

    ``beside``: the files among which the same bytes are looked for. ``made``: the level the guide
    gives this material; only what its user makes and vouches for (D) counts here.
    """
    there = beside.filter(material=material, replaced=False)
    if same := there.filter(sha256=file.sha256).first():
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
    found = file.found
    upload = Upload(folder_id=folder_id, material=material, given=given.value)
    upload.name, upload.media_type, upload.size = found.name, found.media_type, file.size
    upload.sha256, upload.at, upload.note = file.sha256, timezone.now(), found.note.value
    upload.position = 0 if last is None else last + 1
    upload.trust = (TrustLevel.D if made == TrustLevel.D else TrustLevel.C).value
    upload.file.name, upload.thumbnail.name = file.stored, file.small
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
    # One application may keep the same bytes for several materials.
    alike = Upload.objects.filter(file=upload.file.name, scan=ScanState.PENDING.value)
    alike.update(
        scan=(ScanState.INFECTED if finding else ScanState.CLEAN).value,
        finding=finding[:120],
        scanned_at=timezone.now(),
    )
    upload.refresh_from_db()
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


def is_as_given(name: str, plain: IO[bytes]) -> bool:
    """Whether ``plain`` is, in the clear, what stands under ``name``: by the digest of what was
    sent, or a small copy, which has no digest and is only shown."""
    if Upload.objects.filter(thumbnail=name).exists():
        return plain.read(len(JPEG)) == JPEG
    digest = hashlib.file_digest(plain, "sha256").hexdigest()  # type: ignore[arg-type]
    return Upload.objects.filter(file=name, sha256=digest).exists()
