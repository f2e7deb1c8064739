"""The records of a case."""

from openhall.cases.models.application import Draft, Upload
from openhall.cases.models.case import Case
from openhall.cases.models.erasure import Erasure
from openhall.cases.models.event import CaseEvent
from openhall.cases.models.paper import Paper, PaperNumber
from openhall.cases.models.procedure import (
    Extension,
    HandOver,
    Supplement,
    SupplementPoint,
    Suspension,
)
from openhall.cases.models.reveal import Reveal
from openhall.cases.models.tally import DaysTally, UnitMonth

__all__ = [
    "Case",
    "CaseEvent",
    "DaysTally",
    "Draft",
    "Erasure",
    "Extension",
    "HandOver",
    "Paper",
    "PaperNumber",
    "Reveal",
    "Supplement",
    "SupplementPoint",
    "Suspension",
    "UnitMonth",
    "Upload",
]
