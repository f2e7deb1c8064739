"""How a unit is reached, changed once for every guide that says it. A7, A8."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from openhall.catalogue.queries import guides_of_contact
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Fault, Refused, only
from openhall.glossary import Said
from openhall.organs.actions import CONTACT, change
from openhall.organs.models import Organ
from openhall.organs.permissions import may_settle_contact

NEEDED: Final = {
    "phone": Said("咨询电话", "telephone for enquiries"),
    "complaint_phone": Said("监督投诉电话", "telephone for complaints"),
    "address": Said("地址", "address"),
    "hours": Said("办公时间", "hours"),
}


def settle_contact(organ: Organ, said: Mapping[str, str], doing: Doing) -> None:
    """登记联系方式: the unit's telephones, address and hours (``CONTACT``), by who leads the unit.

    Raises :class:`Refused` for anybody else, for what guides rest on left empty, one telephone for
    both, and where nothing differs.
    """
    only(
        may_settle_contact(doing.actor, organ, doing.day),
        Said("本单位负责人", "who leads the unit"),
        Said("更改本单位的联系方式", "change how the unit is reached"),
    )
    told = {name: said.get(name, "").strip() for name in CONTACT}
    if faults := contact_faults(organ, told, doing.day):
        raise Refused(
            Said("联系方式有误，没有更改。", "Something is wrong; nothing was changed."), "", faults
        )
    differs = {name: words for name, words in told.items() if getattr(organ, name) != words}
    if not differs:
        raise Refused(Said("没有改动。", "Nothing was changed."))
    change(organ, doing, **differs)


def contact_faults(organ: Organ, said: Mapping[str, str], day: date) -> list[Fault]:
    """What is wrong with ``said``: guides rest on it and it is empty, or one number for both."""
    found = []
    for name, what in NEEDED.items():
        resting = 0 if said[name] else len(guides_of_contact(organ, [name], day))
        if resting:
            found.append(
                Fault(
                    Said(
                        f"有{resting}份办事指南使用本单位的{what.zh}，不能为空。",
                        f"Guides of the unit ({resting}) show its {what.en}: it cannot be empty.",
                    ),
                    name,
                )
            )
    if said["phone"] and said["phone"] == said["complaint_phone"]:
        found.append(
            Fault(
                Said("投诉电话应与咨询电话不同。", "Complaints need another telephone."),
                "complaint_phone",
            )
        )
    return found
