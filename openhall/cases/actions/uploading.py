"""Files: taken, ordered, taken back, scanned. No official opens one before it is clean."""

import hashlib
import io
from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from openhall.cases.actions.signing import void_if_changed
from openhall.cases.applying import material_named
from openhall.cases.models import Case, Draft, Supplement, Upload
from openhall.cases.pictures import fault_of_image, small_copy
from openhall.cases.refusals import Refused
from openhall.cases.rules.uploads import fault_of_content, fault_of_upload, kind_of_content
from openhall.cases.scanning import scanner
from openhall.cases.terms import ScanState, Stage
from openhall.catalogue.models import Material
from openhall.catalogue.terms import TrustLevel
from openhall.jobs.actions import ask

HEAD_BYTES: Final = 32
MOST_FILES: Final = 20  # for one material
SCAN: Final = "openhall.cases.keeping.scan_upload"


def refuse_unless_open(draft: Draft, field: str = "") -> None:
    """Refuse what can no longer be changed, with what to do instead; asks the row, not the page."""
    draft.refresh_from_db(fields=["case", "ended", "ended_at"])
    if draft.case_id is not None:
        raise Refused("这份申请已经提交，不能再修改。请用查询码查看进度。", field)
    if draft.ended:
        raise Refused("这份申请已经删除，不能再修改。请从办事指南重新申请。", field)


@transaction.atomic
def attach(draft: Draft, material: str, file: File) -> Upload:
    """Take one file for one material; the same bytes twice are one upload."""
    refuse_unless_open(draft, material)
    listed = material_named(draft.item_version, material)
    if listed is None:
        raise Refused("该事项不需要这份材料。请在所列材料下上传。", material)
    upload = _kept(Upload(draft=draft, material=material), draft.uploads.all(), file, listed)
    void_if_changed(draft)
    return upload


@transaction.atomic
def attach_supplement(case: Case, material: str, file: File) -> Upload:
    """Take one file for a material that the supplement notice of ``case`` reopened; no other."""
    notice = Supplement.objects.filter(case=case).first()
    if case.stage != Stage.SUPPLEMENT_ASKED or notice is None:
        raise Refused("现在不能补交材料。请刷新页面查看办理状态。", material)
    if not notice.points.filter(material=material).exists():
        raise Refused("该材料不在补正告知书所列内容中，不能更换。", material)
    listed = material_named(case.item_version, material)
    fresh = case.uploads.filter(at__gte=notice.asked_at)
    return _kept(Upload(case=case, material=material), fresh, file, listed)


def _kept(upload: Upload, beside: QuerySet[Upload], file: File, listed: Material | None) -> Upload:
    """``upload`` with ``file`` checked and stored; the one there is, for the same bytes again."""
    material = upload.material
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
        raise Refused(f"每份材料最多{MOST_FILES}个文件。请合并成PDF后上传。", material)
    last = there.aggregate(last=Max("position"))["last"]
    upload.name, upload.media_type, upload.size = name, kind.media_type, size
    upload.sha256, upload.at = digest, timezone.now()
    upload.position = 0 if last is None else last + 1
    made = TrustLevel(listed.trust) if listed is not None else TrustLevel.C
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


@transaction.atomic
def detach(draft: Draft, upload_id: int) -> None:
    """Take an upload of an unsent draft back; the record stays, marked."""
    refuse_unless_open(draft)
    draft.uploads.filter(pk=upload_id).update(replaced=True)
    draft.consents.filter(held__uses=upload_id, revoked_at__isnull=True).update(
        revoked_at=timezone.now()
    )
    void_if_changed(draft)


@transaction.atomic
def take_back_supplement(case: Case, upload_id: int) -> None:
    """Take back a file added since the supplement notice; what stood before cannot be touched."""
    notice = Supplement.objects.filter(case=case).first()
    if case.stage != Stage.SUPPLEMENT_ASKED or notice is None:
        raise Refused("现在不能更换材料。请刷新页面查看办理状态。")
    case.uploads.filter(pk=upload_id, at__gte=notice.asked_at).update(replaced=True)


@transaction.atomic
def move_up(draft: Draft, upload_id: int) -> None:
    """Put one file before the one above it, within its material."""
    refuse_unless_open(draft)
    moved = draft.uploads.filter(pk=upload_id, replaced=False).first()
    if moved is None:
        return
    row: Sequence[Upload] = list(
        draft.uploads.filter(material=moved.material, replaced=False).order_by("position", "id")
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
