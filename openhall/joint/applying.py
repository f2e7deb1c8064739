"""What the pages of an unsent joint application read: its parts, its one list of papers. norms 2.5.

The draft of the leading part carries everything that is typed; each further part has a draft of its
own for its papers, so that one file kept for three units is three uploads, each of its own case.
"""

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from openhall.applying.models import Draft
from openhall.applying.queries import acting_of, asked_by, content_of, is_on_record, live_uploads
from openhall.cases.materials import authorisation
from openhall.cases.rules.acting import AUTHORISATION, needs_authorisation
from openhall.catalogue.models import Material
from openhall.files.models import Upload
from openhall.forms.rules import FormDefinition
from openhall.forms.terms import FieldKind
from openhall.joint.matters import (
    CombinedMaterial,
    PartInForce,
    combined_form,
    combined_materials,
    matter_in_force,
    parts_in_force,
)
from openhall.joint.models import JointMatterVersion
from openhall.joint.rules.combining import CombinedForm
from openhall.joint.terms import PartNeed
from openhall.organs.models import Account


def matter_of(draft: Draft) -> JointMatterVersion | None:
    """The joint matter that is applied for; None for an application to one unit."""
    return draft.whole.version if draft.combined else None


def parts_of_draft(draft: Draft, day: date) -> list[PartInForce]:
    """The parts of a joint application as chosen, each with its item's words in force on ``day``.

    Raises ``NotOffered`` where one of them cannot be applied for.
    """
    return parts_in_force(draft.whole.version, day, content_of(draft).get("chosen", []))


def form_and_typed(draft: Draft) -> tuple[FormDefinition, dict[str, Any]]:
    """The questions of the draft, of one item or of all units, and what was typed on them."""
    content = content_of(draft)
    if draft.combined:
        parts = parts_of_draft(draft, timezone.localdate())
        return combined_form(parts).form, content.get("combined", {})
    return asked_by(draft.item_version), content.get("answers", {})


def leading(parts: Sequence[PartInForce], lead_id: int) -> PartInForce:
    """The part whose draft carries the whole: the lead's own, else the first that is always asked.

    Never one by choice, because it could be taken off again.
    """
    always = [one for one in parts if one.part.need == PartNeed.ALWAYS]
    mine = [one for one in always if one.item_version.item.organ_id == lead_id]
    return (mine or always)[0]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One paper of the combined list, and for which part it is kept under which key."""

    material: Material  # under the key of the combined list
    needs: tuple[tuple[PartInForce, str], ...]


def _row(found: CombinedMaterial) -> Wanted:
    shown = copy.copy(found.material)
    shown.key, shown.necessity = found.key, found.necessity
    return Wanted(shown, tuple((part, one.key) for part, one in found.needs))


def wanted(
    draft: Draft, parts: Sequence[PartInForce], account: Account | None, day: date
) -> list[Wanted]:
    """Every paper once, the authorisation before them where somebody acts."""
    rows = [_row(one) for one in combined_materials(parts)]
    if needs_authorisation(acting_of(draft), on_record=is_on_record(draft, account, day)):
        made = authorisation(parts[0].item_version)
        rows.insert(0, Wanted(made, tuple((part, AUTHORISATION) for part in parts)))
    return rows


def drafts_of_parts(draft: Draft, parts: Sequence[PartInForce]) -> dict[str, Draft]:
    """The draft of each part by its item code, as far as there is one yet."""
    own = {draft.item_version.item.code: draft}
    for one in Draft.objects.filter(parent=draft).select_related("item_version__item"):
        own[one.item_version.item.code] = one
    return {part.code: own[part.code] for part in parts if part.code in own}


def uploads_for(rows: Sequence[Wanted], drafts: Mapping[str, Draft]) -> list[Upload]:
    """The files as the combined list shows them: those of the first part, under the list's key."""
    kept = {code: live_uploads(draft) for code, draft in drafts.items()}
    found = []
    for row in rows:
        part, key = row.needs[0]
        for upload in kept.get(part.code, []):
            if upload.material == key:
                shown = copy.copy(upload)
                shown.material = row.material.key
                found.append(shown)
    return found


def file_questions(
    form: CombinedForm, parts: Sequence[PartInForce]
) -> Iterator[tuple[str, list[tuple[PartInForce, str]]]]:
    """Each question that asks for a file, and for which part it is kept under which key."""
    for field in form.form:
        if field.kind == FieldKind.FILE:
            yield (
                field.key,
                [
                    (part, own)
                    for part in parts
                    for own, there in form.keys.get(part.code, {}).items()
                    if there == field.key
                ],
            )


def is_open(draft: Draft, day: date) -> bool:
    """Whether the matter can still be applied for, with the parts that were chosen."""
    return matter_in_force(draft.whole.version.matter.code, day) is not None


def is_outdated(draft: Draft, day: date) -> bool:
    """Whether the matter, or the guide of a part, is another than when it was last saved."""
    now = matter_in_force(draft.whole.version.matter.code, day)
    if now is None:
        return False
    if now.pk != draft.whole.version_id:
        return True
    kept = drafts_of_parts(draft, parts := parts_of_draft(draft, day))
    return any(
        part.code in kept and kept[part.code].item_version_id != part.item_version.pk
        for part in parts
    )


def typed_together(draft: Draft) -> dict[str, Any]:
    """What was answered on the combined form, right or wrong."""
    typed: dict[str, Any] = content_of(draft).get("combined", {})
    return typed
