"""The verbs of joint handling 并联审批: each goes through the cases of all units, or of none."""

from openhall.joint.actions.concluding import (
    conclude,
    extend_joint,
    give_reasons,
    report,
    tell_reply,
)
from openhall.joint.actions.drafting import start_joint
from openhall.joint.actions.ending import decline_joint, withdraw_joint
from openhall.joint.actions.meeting import There, call_meeting, hold_meeting
from openhall.joint.actions.opining import deem_consent, opine_together, sign_notice
from openhall.joint.actions.paying import bill_joint
from openhall.joint.actions.receiving import (
    Sent,
    accept_joint,
    begin_joint,
    deem_joint_accepted,
)
from openhall.joint.actions.supplementing import (
    ask_joint_supplement,
    lapse_joint,
    supplement_joint,
)
from openhall.joint.actions.switching import switch_off, switch_on

__all__ = [
    "Sent",
    "There",
    "accept_joint",
    "ask_joint_supplement",
    "begin_joint",
    "bill_joint",
    "call_meeting",
    "conclude",
    "decline_joint",
    "deem_consent",
    "deem_joint_accepted",
    "extend_joint",
    "give_reasons",
    "hold_meeting",
    "lapse_joint",
    "opine_together",
    "report",
    "sign_notice",
    "start_joint",
    "supplement_joint",
    "switch_off",
    "switch_on",
    "tell_reply",
    "withdraw_joint",
]
