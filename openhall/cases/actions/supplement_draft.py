"""What is typed and uploaded in answer to a supplement notice, before it is sent."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.files.base import File

from openhall.cases.materials import material_named
from openhall.cases.models import Case, Supplement, SupplementDraft
from openhall.cases.terms import Stage
from openhall.catalogue.models import Material
from openhall.deeds.collecting import acting
from openhall.deeds.refusals import Refused
from openhall.files import actions as files
from openhall.files.models import Upload
from openhall.files.terms import Given, TrustLevel
from openhall.glossary import Said


def made_level(listed: Material | None) -> TrustLevel:
    """The level that the guide gives a file of this material when its user made it."""
    return TrustLevel(listed.trust) if listed is not None else TrustLevel.C


def _reopened(case: Case, material: str) -> Supplement:
    """The notice that asks for ``material`` again."""
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
    return notice


def attach_supplement(case: Case, material: str, file: File | files.Received) -> Upload:
    """Take one file for a material that the supplement notice of ``case`` reopened; no other.

    The file is judged before the act begins.
    """
    _reopened(case, material)
    with files.received(file, material) as kept, acting():
        notice = _reopened(case, material)
        made = made_level(material_named(case.item_version, material))
        fresh = case.uploads.filter(at__gte=notice.asked_at)
        return files.take(files.folder_of(case), material, kept, fresh, made, Given.ADDED)


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
def save_supplement(case: Case, answers: Mapping[str, Any]) -> SupplementDraft:
    """Keep what was typed in answer to a supplement notice, right or wrong, until it is sent."""
    if case.stage != Stage.SUPPLEMENT_ASKED:
        raise Refused(
            Said(
                "现在不能补正。请刷新页面查看办理状态。",
                "Nothing can be supplemented now. Reload the page to see where the case stands.",
            )
        )
    named = set(case.supplement.points.exclude(field="").values_list("field", flat=True))
    draft, _new = SupplementDraft.objects.get_or_create(supplement=case.supplement)
    typed = {key: value for key, value in answers.items() if key in named}
    draft.answers = json.dumps(json.loads(draft.answers) | typed, ensure_ascii=False)
    draft.save(update_fields=["answers", "saved_at"])
    return draft
