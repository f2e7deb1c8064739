"""A small city for the programmes' door: a case, a hall, a log, and a key of every kind."""

from dataclasses import dataclass
from typing import Any

from openhall.ledger.actions import seal
from tests.factories.clients import own_key, unit_key
from tests.factories.hall import TestHall, furnished


@dataclass
class OpenCity:
    """王芳's case at the civil affairs bureau; ``keys`` by what they may do, each the whole key."""

    cast: Any
    hall: TestHall
    case: Any
    keys: dict[str, str]

    def likely(self, **instead: str) -> dict[str, str]:
        """What leads somewhere in the place of each name in an address."""
        return {
            "code": "MZ-XK-0001",
            "number": "1",
            "slug": self.hall.hall.slug,
            "month": "2024-03",
            "unit": self.cast.organ.code,
            "measure": "received",
            "index": "0",
            "id": "00000000-0000-4000-8000-000000000000",
            "name": "hook_0000000000000000",
        } | instead


def open_city(cast: Any, walk: Any) -> OpenCity:
    """Everything once, sealed."""
    case = walk.accepted(walk.submitted())
    hall = furnished(cast.item.pk, cast.organ)
    keys = {
        "none": own_key(cast.wang_fang)[1],
        "cases": own_key(cast.wang_fang, "cases")[1],
        "tickets": own_key(cast.wang_fang, "tickets")[1],
        "hooks": own_key(cast.wang_fang, "hooks")[1],
        "all": own_key(cast.wang_fang, "cases", "tickets", "hooks")[1],
        "stranger": own_key(cast.zhou_wai, "cases", "tickets", "hooks")[1],
        "unit": unit_key(cast.organ, "cases", "tickets", "hooks")[1],
    }
    seal()
    return OpenCity(cast, hall, case, keys)
