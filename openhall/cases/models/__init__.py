"""The records of a case."""

from openhall.cases.models.application import Draft, Upload
from openhall.cases.models.case import Case
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
from openhall.cases.models.service import DeliveryAttempt, PaperOpening, PaperPrint
from openhall.cases.models.tally import DaysTally, UnitMonth
from openhall.cases.models.template import PaperTemplate, SealImage

__all__ = [
    "Case",
    "CaseEvent",
    "DaysTally",
    "DeliveryAttempt",
    "Draft",
    "Extension",
    "HandOver",
    "Paper",
    "PaperNumber",
    "PaperOpening",
    "PaperPrint",
    "PaperTemplate",
    "Reveal",
    "SealImage",
    "Supplement",
    "SupplementPoint",
    "Suspension",
    "UnitMonth",
    "Upload",
]
