"""Files of an unsent application: taken, ordered, taken back, handed over."""

from django.core.files.base import File
from django.utils import timezone

from openhall.applying.actions.signing import void_if_changed
from openhall.applying.models import Draft
from openhall.applying.queries import material_asked
from openhall.cases.actions.supplement_draft import made_level
from openhall.deeds.collecting import acting
from openhall.deeds.refusals import Refused
from openhall.files import actions as files
from openhall.files.models import Upload
from openhall.files.terms import Given
from openhall.glossary import Said


def hand_files_over(draft: Draft) -> None:
    """What lies in the folder of ``draft`` is sent with it; what was replaced before is not."""
    Upload.objects.filter(folder=draft.folder_id, replaced=False).update(given=Given.SENT.value)


def refuse_unless_open(draft: Draft, field: str = "") -> None:
    """Refuse what can no longer be changed, with what to do instead; asks the row, not the page."""
    draft.refresh_from_db(fields=["case", "ended", "ended_at", "folder"])
    if draft.case_id is not None:
        raise Refused(
            Said(
                "这份申请已经提交，不能再修改。请用查询码查看进度。",
                "This application was sent and cannot be changed. Follow it by its query code.",
            ),
            field,
        )
    if draft.ended:
        raise Refused(
            Said(
                "这份申请已经删除，不能再修改。请从办事指南重新申请。",
                "This application was removed and cannot be changed. Apply again from the guide.",
            ),
            field,
        )


def attach(draft: Draft, material: str, file: File | files.Received) -> Upload:
    """Take one file for one material; the same bytes twice are one upload.

    The file is judged before the act begins.
    """
    refuse_unless_open(draft, material)
    listed = material_asked(draft, material)
    if listed is None:
        raise Refused(
            Said(
                "该事项不需要这份材料。请在所列材料下上传。",
                "This item needs no such paper. Add the file under one that is listed.",
            ),
            material,
        )
    with files.received(file, material) as kept, acting():
        refuse_unless_open(draft, material)
        folder = files.folder_of(draft)
        upload = files.take(folder, material, kept, draft.uploads, made_level(listed))
        void_if_changed(draft)
    return upload


@acting()
def detach(draft: Draft, upload_id: int) -> None:
    """Take an upload of an unsent draft back; the record stays, marked."""
    refuse_unless_open(draft)
    draft.uploads.filter(pk=upload_id).update(replaced=True)
    repeated = draft.uploads.filter(pk=upload_id).values("repeats")
    draft.consents.filter(held__in=repeated, revoked_at__isnull=True).update(
        revoked_at=timezone.now()
    )
    void_if_changed(draft)


@acting()
def move_up(draft: Draft, upload_id: int) -> None:
    """Put one file before the one above it, within its material."""
    refuse_unless_open(draft)
    files.move_up(draft.uploads, upload_id)
