"""A joint application before it is one, and what binds its parts once they are sent. 26, 29.

It goes by the same acts as any application: each part is a draft, sent as drafts are sent.
"""

import json
from collections.abc import Sequence

from django.utils import timezone

from openhall.applying.actions.drafting import save_draft, start_draft
from openhall.applying.actions.for_all import part_draft
from openhall.applying.actions.signing import void_if_changed
from openhall.applying.actions.uploading import refuse_unless_open
from openhall.applying.models import Draft
from openhall.applying.queries import written
from openhall.applying.rooms_above import Whole
from openhall.cases.application.seal import Enclosed
from openhall.cases.models import Case
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.joint.actions.receiving import Sent, begin_joint
from openhall.joint.applying import leading
from openhall.joint.matters import codes_of, matter_in_force, parts_in_force
from openhall.joint.models import JointMatterVersion, WholeDraft
from openhall.organs.models import Account


@acting()
def start_joint(
    version: JointMatterVersion, account: Account | None, chosen: Sequence[str], *, key: str = ""
) -> Draft:
    """A new joint application with the parts chosen; a repeated key answers with the first."""
    wished = sorted(set(chosen) & codes_of(version))
    parts = parts_in_force(version, timezone.localdate(), wished)
    first = leading(parts, version.matter.lead_id)
    draft = start_draft(first.item_version, account, key=key)
    if draft.combined:
        return draft
    WholeDraft.objects.create(draft=draft, version=version)
    draft.combined = True
    draft.name = version.title[:100]
    draft.content = json.dumps({"chosen": wished}, ensure_ascii=False)
    draft.save(update_fields=["combined", "name", "content", "saved_at"])
    return draft


def choose_parts(draft: Draft, chosen: Sequence[str], *, seen: int | None = None) -> Draft:
    """Other parts than before; what was typed and uploaded for a part taken off stays unsent."""
    version = draft.whole.version
    wished = sorted(set(chosen) & codes_of(version))
    parts_in_force(version, timezone.localdate(), wished)
    return save_draft(draft, {"chosen": wished}, "parts", seen=seen)


@acting()
def bring_up_to_date(draft: Draft) -> Draft:
    """Move to the matter and the guides in force today; what was typed goes along by its keys."""
    refuse_unless_open(draft)
    version = matter_in_force(draft.whole.version.matter.code, timezone.localdate())
    if version is None:
        raise Refused(
            Said(
                "该事项已不再联合办理，不能继续申请。请在办事指南中查找现行事项。",
                "This matter is no longer handled jointly; the application cannot go on. "
                "Look for the items in force in the service guides.",
            ),
            "parts",
        )
    WholeDraft.objects.filter(draft=draft).update(version=version)
    draft.whole.version = version
    for part in parts_in_force(version, timezone.localdate(), written(draft).chosen):
        if part.item_version.item_id == draft.item_version.item_id:
            draft.item_version = part.item_version
        else:
            part_draft(draft, part)
    draft.save(update_fields=["item_version", "saved_at"])
    void_if_changed(draft)
    return draft


def bind(whole: Whole, cases: Sequence[Case], code: str, doing: Doing, enclosed: Enclosed) -> None:
    """One joint case of those just sent (``settings.APPLICATION_SENT``)."""
    sent = [Sent(case, part.days or 0) for case, part in zip(cases, whole.parts, strict=True)]
    begin_joint(whole.version, code, sent, doing.actor, doing, enclosed)
