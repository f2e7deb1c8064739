"""The records of a case."""

from openhall.cases.models.acting import Acting, HandedPaper
from openhall.cases.models.application import Draft, SetAside, SupplementDraft, Upload
from openhall.cases.models.case import Case
from openhall.cases.models.event import CaseEvent
from openhall.cases.models.holdings import Consent, HeldDocument
from openhall.cases.models.paper import Paper, PaperNumber
from openhall.cases.models.procedure import (
    Extension,
    HandOver,
    Supplement,
    SupplementPoint,
    Suspension,
)
from openhall.cases.models.reveal import Reveal
from openhall.cases.models.signing import Signatory, Signature
from openhall.cases.models.tally import DaysTally, UnitMonth

__all__ = [
    "Acting",
    "Case",
    "CaseEvent",
    "Consent",
    "DaysTally",
    "Draft",
    "Extension",
    "HandOver",
    "HandedPaper",
    "HeldDocument",
    "Paper",
    "PaperNumber",
    "Reveal",
    "SetAside",
    "Signatory",
    "Signature",
    "Supplement",
    "SupplementDraft",
    "SupplementPoint",
    "Suspension",
    "UnitMonth",
    "Upload",
]
