"""How the unit of a guide is reached: the hall that it receives people in, else the unit itself.

Halls lie above the catalogue, so where a unit receives is asked of ``settings.RECEPTION``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from openhall.catalogue.rules.guide import OF_HALL, OF_UNIT
from openhall.organs.models import Organ


@dataclass(frozen=True, slots=True)
class Reception:
    """Where people are received and when, in both languages; empty: the hall does not say."""

    address: str = ""
    address_en: str = ""
    hours: str = ""
    hours_en: str = ""


def received(organ_id: int) -> Reception:
    """What the hall says today in which the unit ``organ_id`` receives; empty without one."""
    if not settings.RECEPTION:
        return Reception()
    said: Reception = import_string(settings.RECEPTION)(organ_id)
    return said


def known_of(organ: Organ, hall: Reception, *, in_hall: bool) -> dict[str, str]:
    """What a guide of ``organ`` need not say, by its field: the words of the unit, or of the hall.

    ``in_hall``: the matter is handled in the hall. The English of what the hall says is its own.
    """
    said = {name: str(getattr(organ, unit)) for name, unit in OF_UNIT.items()}
    if in_hall:
        theirs = {name: str(getattr(hall, name)) for name in OF_HALL}
        said |= {name: one for name, one in theirs.items() if theirs[name.removesuffix("_en")]}
    return said


def reached_at(organ: Organ, name: str, *, in_hall: bool) -> str:
    """``name``, a field of a guide, as the hall of the unit says it, or the unit."""
    hall = Reception()
    if in_hall and name in OF_HALL:
        kept = organ.__dict__  # one page says it several times: asked once for each row read
        if "received" not in kept:
            kept["received"] = received(organ.pk)
        hall = kept["received"]
    return known_of(organ, hall, in_hall=in_hall)[name]


def share_units(versions: Iterable[Any]) -> None:
    """One row of each unit for all ``versions``, so that its hall is asked for once."""
    units: dict[int, Organ] = {}
    for one in versions:
        one.item.organ = units.setdefault(one.item.organ_id, one.item.organ)
