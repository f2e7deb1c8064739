"""Where an act leads a question."""

from openhall.deeds.refusals import Refused, led
from openhall.deeds.rules.tables import NoSuchStep
from openhall.enquiries.models import Enquiry
from openhall.enquiries.rules.lifecycle import ENQUIRIES, acts_on
from openhall.enquiries.terms import EnquiryAct, EnquiryKind, EnquiryState


def onward(enquiry: Enquiry, act: EnquiryAct) -> str:
    """Where ``act`` leads ``enquiry``; an opinion knows fewer acts than a question."""
    kind, state = EnquiryKind(enquiry.kind), EnquiryState(enquiry.state)
    if act not in (may := acts_on(kind, state)):
        raise Refused(NoSuchStep(state, act, tuple(sorted(may))).said)
    return str(led(ENQUIRIES, state, act).value)
