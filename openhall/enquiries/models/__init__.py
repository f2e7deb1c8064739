"""Questions to units, calls for opinions, what was done to both, and the limits in force."""

from openhall.enquiries.models.call import Call
from openhall.enquiries.models.deed import EnquiryDeed
from openhall.enquiries.models.enquiry import Enquiry
from openhall.enquiries.models.limits import AnswerLimits, AnswerLimitsEvent
from openhall.enquiries.models.serial import EnquirySerial

__all__ = [
    "AnswerLimits",
    "AnswerLimitsEvent",
    "Call",
    "Enquiry",
    "EnquiryDeed",
    "EnquirySerial",
]
