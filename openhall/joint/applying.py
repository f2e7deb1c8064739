"""What a joint matter says of an application for it: its parts, and whether they still stand."""

from collections.abc import Sequence
from datetime import date

from openhall.applying.models import Draft
from openhall.applying.rooms_above import Whole
from openhall.joint.matters import PartInForce, matter_in_force, parts_in_force
from openhall.joint.models import JointMatterVersion
from openhall.joint.terms import PartNeed


def matter_of(draft: Draft) -> JointMatterVersion | None:
    """The joint matter that is applied for; None for an application to one unit."""
    return draft.whole.version if draft.combined else None


def whole_of(draft: Draft, chosen: Sequence[str], day: date) -> Whole:
    """The matter with the parts chosen, each with its item's words in force on ``day``.

    ``settings.APPLICATION_WHOLE``. Raises ``NotOffered`` where one cannot be applied for.
    """
    version = draft.whole.version
    now = matter_in_force(version.matter.code, day)
    parts = parts_in_force(version, day, chosen)
    moved = now is not None and (now.pk != version.pk or _moved(draft, parts))
    return Whole(version, tuple(parts), now is not None, moved)


def _moved(draft: Draft, parts: Sequence[PartInForce]) -> bool:
    """Whether the guide of a part is another than when its papers were last kept."""
    kept = dict(
        Draft.objects.filter(parent=draft).values_list("item_version__item", "item_version")
    )
    kept[draft.item_version.item_id] = draft.item_version_id
    return any(
        kept.get(part.item_version.item_id, part.item_version.pk) != part.item_version.pk
        for part in parts
    )


def leading(parts: Sequence[PartInForce], lead_id: int) -> PartInForce:
    """The part whose draft carries the whole: the lead's own, else the first that is always asked.

    Never one by choice, because it could be taken off again.
    """
    always = [one for one in parts if one.part.need == PartNeed.ALWAYS]
    mine = [one for one in always if one.item_version.item.organ_id == lead_id]
    return (mine or always)[0]
