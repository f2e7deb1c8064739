"""The district somebody lives or trades in: a word of the address, kept nowhere.

It decides which unit's guide an entry of the first page opens, never who may apply. A matter that
twelve districts handle is one entry everywhere, and its guide names the other units. A cookie for
it would make a page of its own for every reader of a page that is one for everybody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import HttpRequest

from openhall.catalogue.queries import ItemVersion, family_of
from openhall.organs.queries import Organ, organs_of
from openhall.organs.terms import OrganKind

NAME: Final = "district"  # ?district=cd-510104 on the first page


def all_districts() -> list[Organ]:
    """The districts of the city, in their order."""
    return list(organs_of([OrganKind.DISTRICT]))


def chosen(request: HttpRequest, districts: Iterable[Organ]) -> Organ | None:
    """The district that the address names; None when none, or one that is not there any more."""
    code = request.GET.get(NAME, "")
    return next((one for one in districts if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Place:
    """One unit that handles a matter: the district it is of (None: the city), and its guide."""

    district: Organ | None
    version: ItemVersion

    @property
    def code(self) -> str:
        return self.district.code if self.district else ""


def places_of(version: ItemVersion, day: date) -> list[Place]:
    """Every unit that handles the same matter on ``day``, the city's first; one alone is none."""
    found = []
    for one in family_of(version.item, day):
        parent = one.item.organ.parent
        of = parent if parent and parent.kind == OrganKind.DISTRICT.value else None
        found.append(Place(of, one))
    found.sort(key=lambda one: (one.district is not None, one.district and one.district.position))
    return found if len(found) > 1 else []
