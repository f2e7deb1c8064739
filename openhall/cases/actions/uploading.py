"""Files of an application and of a supplement: taken, ordered, taken back."""

from django.core.files.base import File
from django.utils import timezone

from openhall.cases.actions.signing import void_if_changed
from openhall.cases.applying import material_named
from openhall.cases.models import Case, Draft, Supplement
from openhall.cases.terms import Stage
from openhall.catalogue.models import Material
from openhall.deeds.collecting import acting
from openhall.deeds.refusals import Refused
from openhall.files import actions as files
from openhall.files.models import Folder, Upload
from openhall.files.terms import Given, TrustLevel
from openhall.glossary import Said


def folder_of(owner: Case | Draft) -> int:
    """The folder of a case or an unsent application, opened with its first file."""
    if owner.folder_id is None:
        owner.folder = Folder.objects.create()
        owner.save(update_fields=["folder"])
    assert owner.folder_id is not None
    return owner.folder_id


def hand_files_over(draft: Draft, case: Case) -> None:
    """The folder of ``draft`` becomes that of ``case``; what was replaced before is not sent."""
    if draft.folder_id is None:
        return
    case.folder = draft.folder
    case.save(update_fields=["folder"])
    Upload.objects.filter(folder=draft.folder_id, replaced=False).update(given=Given.SENT.value)


def _made(listed: Material | None) -> TrustLevel:
    return TrustLevel(listed.trust) if listed is not None else TrustLevel.C


def refuse_unless_open(draft: Draft, field: str = "") -> None:
    """Refuse what can no longer be changed, with what to do instead; asks the row, not the page."""
    draft.refresh_from_db(fields=["case", "ended", "ended_at"])
    if draft.case_id is not None:
        raise Refused(
            Said(
                "这份申请已经提交，不能再修改。请用查询码查看进度。",
                "This application was sent and cannot be changed. Follow it with its query code.",
            ),
            field,
        )
    if draft.ended:
        raise Refused(
            Said(
                "这份申请已经删除，不能再修改。请从办事指南重新申请。",
                "This application was removed and cannot be changed. Apply again from the "
                "service guide.",
            ),
            field,
        )


@acting()
def attach(draft: Draft, material: str, file: File) -> Upload:
    """Take one file for one material; the same bytes twice are one upload."""
    refuse_unless_open(draft, material)
    listed = material_named(draft.item_version, material)
    if listed is None:
        raise Refused(
            Said(
                "该事项不需要这份材料。请在所列材料下上传。",
                "This item does not ask for this material. Upload it under a material "
                "that is listed.",
            ),
            material,
        )
    upload = files.take(folder_of(draft), material, file, draft.uploads, _made(listed))
    void_if_changed(draft)
    return upload


@acting()
def attach_supplement(case: Case, material: str, file: File) -> Upload:
    """Take one file for a material that the supplement notice of ``case`` reopened; no other."""
    notice = Supplement.objects.filter(case=case).first()
    if case.stage != Stage.SUPPLEMENT_ASKED or notice is None:
        raise Refused(
            Said(
                "现在不能补交材料。请刷新页面查看办理状态。",
                "No material can be added now. Reload the page to see where the case stands.",
            ),
            material,
        )
    if not notice.points.filter(material=material).exists():
        raise Refused(
            Said(
                "该材料不在补正告知书所列内容中，不能更换。",
                "This material is not listed in the notice and cannot be replaced.",
            ),
            material,
        )
    listed = material_named(case.item_version, material)
    fresh = case.uploads.filter(at__gte=notice.asked_at)
    return files.take(folder_of(case), material, file, fresh, _made(listed), Given.ADDED)


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
def take_back_supplement(case: Case, upload_id: int) -> None:
    """Take back a file added since the supplement notice; what stood before cannot be touched."""
    notice = Supplement.objects.filter(case=case).first()
    if case.stage != Stage.SUPPLEMENT_ASKED or notice is None:
        raise Refused(
            Said(
                "现在不能更换材料。请刷新页面查看办理状态。",
                "No material can be replaced now. Reload the page to see where the case stands.",
            )
        )
    case.uploads.filter(pk=upload_id, at__gte=notice.asked_at).update(replaced=True)


@acting()
def move_up(draft: Draft, upload_id: int) -> None:
    """Put one file before the one above it, within its material."""
    refuse_unless_open(draft)
    files.move_up(draft.uploads, upload_id)
