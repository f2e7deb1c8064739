"""The records of a case."""

from openhall.cases.models.acting import Acting, HandedPaper
from openhall.cases.models.case import Case
from openhall.cases.models.erasure import Erasure
from openhall.cases.models.event import BesideDeed, CaseEvent
from openhall.cases.models.hearing import ExtensionRequest, Forwarding, Hearing, SiteCheck
from openhall.cases.models.inside import CaseNote, CaseStep, Consultation, StandIn
from openhall.cases.models.load import OpenLoad, Place, Quota, Recomputation
from openhall.cases.models.procedure import (
    Extension,
    HandOver,
    Supplement,
    SupplementDraft,
    SupplementPoint,
    Suspension,
)
from openhall.cases.models.reveal import Reveal
from openhall.cases.models.service import DeliveryAttempt
from openhall.cases.models.tally import DaysTally, UnitMonth

__all__ = [
    "Acting",
    "BesideDeed",
    "Case",
    "CaseEvent",
    "CaseNote",
    "CaseStep",
    "Consultation",
    "DaysTally",
    "DeliveryAttempt",
    "Erasure",
    "Extension",
    "ExtensionRequest",
    "Forwarding",
    "HandOver",
    "HandedPaper",
    "Hearing",
    "OpenLoad",
    "Place",
    "Quota",
    "Recomputation",
    "Reveal",
    "SiteCheck",
    "StandIn",
    "Supplement",
    "SupplementDraft",
    "SupplementPoint",
    "Suspension",
    "UnitMonth",
]
