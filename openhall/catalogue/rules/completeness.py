"""How whole a guide is, of a hundred points. Pure.

Each element has the points it is worth to who has to come with everything at the first visit:
materials, conditions, procedure and time weigh most. A field with a fault earns nothing.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from openhall.catalogue.rules.guide import Fault
from openhall.catalogue.terms import GuideElement

E = GuideElement
POINTS: Final[Mapping[GuideElement, Mapping[str, int]]] = MappingProxyType(
    {
        E.CONTENT: {"name": 2, "summary": 4, "faqs": 2, "result_kind": 2},
        E.CONDITIONS: {"conditions": 10, "service_objects": 4},
        E.PROCEDURE: {"steps": 8, "address": 3, "hours": 3, "visit_reason": 2},
        E.TIME_LIMIT: {"promised_days": 6, "statutory_days": 6},
        E.FEE: {"has_fee": 4, "fee_basis": 3, "tariffs": 3},
        E.BASIS: {"laws": 10},
        E.COMPLAINT: {"complaint_phone": 4, "enquiry_phone": 4},
        E.MATERIALS: {"materials": 14},
        E.PREREQUISITES: {"prerequisites": 6},
    }
)
ELSEWHERE: Final = 2  # a fault beside a field that has no points of its own
FULL: Final = sum(sum(fields.values()) for fields in POINTS.values())


def points_of(element: GuideElement, faults: Iterable[Fault]) -> int:
    """What ``element`` earns with these faults; never less than nothing."""
    worth = POINTS[element]
    faulty = {fault.field for fault in faults if fault.element == element}
    lost = sum(worth.get(field, ELSEWHERE) for field in faulty)
    return max(0, sum(worth.values()) - lost)


def completeness(faults: Iterable[Fault]) -> int:
    """Points of a hundred."""
    found = list(faults)
    return sum(points_of(element, found) for element in GuideElement)
