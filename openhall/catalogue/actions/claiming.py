"""A unit claims a line of the list: its item, its code, its first draft. 国办函〔2016〕108号."""

from datetime import datetime

from django.db import transaction

from openhall.catalogue.actions.coding import item_code
from openhall.catalogue.actions.copying import copy_of
from openhall.catalogue.actions.record import day_of, note_author, record_item
from openhall.catalogue.history import city_version
from openhall.catalogue.models import CatalogueEntry, Item, ItemVersion
from openhall.catalogue.permissions import may_claim
from openhall.catalogue.queries import state_of
from openhall.catalogue.rules.claims import fault_of_claim
from openhall.catalogue.terms import ItemState, ItemStep
from openhall.deeds.refusals import Refused
from openhall.organs.models import Account, Organ
from openhall.organs.terms import OrganKind


@transaction.atomic
def claim(entry_id: int, organ: Organ, actor: Account | None, at: datetime) -> ItemVersion:
    """The draft of the unit's item, base elements in it; a district's is the city's guide copied.

    Raises :class:`Refused`.
    """
    day = day_of(at)
    if not may_claim(actor, organ, day):
        raise Refused("只有本单位的事项维护人员可以认领事项（国办函〔2016〕108号）。")
    entry = CatalogueEntry.objects.select_for_update(of=("self",)).get(pk=entry_id)
    ended = entry.listed_until is not None and entry.listed_until < day
    if ended or state_of(entry).on(day) == ItemState.CANCELLED:
        raise Refused("该事项已不在《行政审批事项目录》中，不能认领。", "entry")
    claimed = Item.objects.filter(entry=entry).exclude(state=ItemState.CANCELLED.value)
    if own := claimed.filter(organ=organ).first():
        raise Refused(f"本单位已经认领该事项（{own.code}）。请直接编写。", "entry")
    above = claimed.filter(inherits=None, organ__kind=OrganKind.DEPARTMENT.value).first()
    if organ.kind != OrganKind.BUREAU:
        above = None
    if fault := fault_of_claim(organ.kind, entry.use_level, above is not None):
        raise Refused(fault, "entry")
    item = Item.objects.create(
        code=item_code(entry, organ), entry=entry, organ=organ, inherits=above
    )
    city = city_version(item)
    if city is not None:
        version = copy_of(city, item, 1)
    else:
        version = ItemVersion.objects.create(
            item=item, number=1, name=entry.name, name_en=entry.name_en
        )
    record_item(item, version, ItemStep.CLAIMED, actor, at, facts={"entry": entry.code})
    note_author(version, actor, at)
    return version
