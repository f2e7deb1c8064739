"""A unit claims a line of the list: its item, its code, its first draft. 国办函〔2016〕108号."""

from openhall.catalogue.actions.coding import item_code
from openhall.catalogue.actions.item_versions import ITEM_VERSION
from openhall.catalogue.actions.record import record_item
from openhall.catalogue.history import city_version
from openhall.catalogue.kinds import ITEM
from openhall.catalogue.models import CatalogueEntry, Item, ItemVersion
from openhall.catalogue.permissions import may_claim
from openhall.catalogue.queries import state_of
from openhall.catalogue.rules.claims import fault_of_claim
from openhall.catalogue.terms import ItemState, ItemStep
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import made_before
from openhall.glossary import Said
from openhall.organs.models import Organ
from openhall.organs.terms import OrganKind
from openhall.versions import actions as versions


@acting()
def claim(entry_id: int, organ: Organ, doing: Doing) -> ItemVersion:
    """The draft of the unit's item, base elements in it; a district's is the city's guide copied.

    Raises :class:`Refused`.
    """
    same = {"entry_id": entry_id, "organ_id": organ.pk}
    if (before := made_before(ITEM, doing, ItemStep.CLAIMED, **same)) is not None:
        first: ItemVersion = before.versions.get(number=1)
        return first
    if not may_claim(doing.actor, organ, doing.day):
        raise Refused(
            Said(
                "只有本单位的事项维护人员可以认领事项（国办函〔2016〕108号）。",
                "Only the catalogue clerk of this unit may claim items (国办函〔2016〕108号).",
            )
        )
    entry = CatalogueEntry.objects.select_for_update(of=("self",)).get(pk=entry_id)
    ended = entry.listed_until is not None and entry.listed_until < doing.day
    if ended or state_of(entry).on(doing.day) == ItemState.CANCELLED:
        raise Refused(
            Said(
                "该事项已不在《行政审批事项目录》中，不能认领。",
                "This line is no longer on the central list and cannot be claimed.",
            ),
            "entry",
        )
    claimed = Item.objects.filter(entry=entry).exclude(state=ItemState.CANCELLED.value)
    if own := claimed.filter(organ=organ).first():
        raise Refused(
            Said(
                f"本单位已经认领该事项（{own.code}）。请直接编写。",
                f"This unit has claimed it already ({own.code}). Write its guide.",
            ),
            "entry",
        )
    above = claimed.filter(inherits=None, organ__kind=OrganKind.DEPARTMENT.value).first()
    if organ.kind != OrganKind.BUREAU:
        above = None
    if fault := fault_of_claim(organ.kind, entry.use_level, above is not None):
        raise Refused(fault, "entry")
    item = Item.objects.create(
        code=item_code(entry, organ), entry=entry, organ=organ, inherits=above
    )
    record_item(item, ItemStep.CLAIMED, doing, facts={"entry": entry.code})
    version: ItemVersion = versions.begin(
        ITEM_VERSION, {"item": item}, doing.part("guide"), source=city_version(item)
    )
    return version
