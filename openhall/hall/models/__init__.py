"""The tables of the hall, by story: the place, who is on duty, tickets."""

from openhall.hall.models.duty import Duty
from openhall.hall.models.errand import Errand
from openhall.hall.models.kiosk import Kiosk, KioskDay, KioskHeard
from openhall.hall.models.lease import Block, Clash
from openhall.hall.models.limits import HelpLimitsEvent, HelpLimitsVersion
from openhall.hall.models.place import (
    BringsIn,
    Centre,
    CentreEvent,
    Hall,
    HallDeed,
    Line,
    LineItem,
    Opening,
    OpeningEvent,
    Residency,
    Serves,
    Span,
    Window,
    Zone,
)
from openhall.hall.models.service import HallAlarm, StuckMatter
from openhall.hall.models.ticket import (
    HallDay,
    HallLearnt,
    HallState,
    Sent,
    Ticket,
    TicketEvent,
    Turn,
)

__all__ = [
    "Block",
    "BringsIn",
    "Centre",
    "CentreEvent",
    "Clash",
    "Duty",
    "Errand",
    "Hall",
    "HallAlarm",
    "HallDay",
    "HallDeed",
    "HallLearnt",
    "HallState",
    "HelpLimitsEvent",
    "HelpLimitsVersion",
    "Kiosk",
    "KioskDay",
    "KioskHeard",
    "Line",
    "LineItem",
    "Opening",
    "OpeningEvent",
    "Residency",
    "Sent",
    "Serves",
    "Span",
    "StuckMatter",
    "Ticket",
    "TicketEvent",
    "Turn",
    "Window",
    "Zone",
]
