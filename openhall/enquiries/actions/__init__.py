"""The verbs of this room. Nothing else writes a question, a call or the limits."""

from openhall.enquiries.actions.answering import (
    ask_to_clarify,
    assign,
    close,
    draft,
    refer,
    send_answer,
    send_back,
    transfer,
)
from openhall.enquiries.actions.askers import clarify, find_helpful, lapse, withdraw
from openhall.enquiries.actions.asking import Asked, ask
from openhall.enquiries.actions.calls import (
    Words,
    announce_call,
    begin_call,
    draft_report,
    drop_call,
    prolong_call,
    publish_report,
    return_report,
    rewrite_call,
    send_back_call,
)
from openhall.enquiries.actions.limits import end_limits, set_limits
from openhall.enquiries.actions.publishing import Hiding, publish, take_down

__all__ = [
    "Asked",
    "Hiding",
    "Words",
    "announce_call",
    "ask",
    "ask_to_clarify",
    "assign",
    "begin_call",
    "clarify",
    "close",
    "draft",
    "draft_report",
    "drop_call",
    "end_limits",
    "find_helpful",
    "lapse",
    "prolong_call",
    "publish",
    "publish_report",
    "refer",
    "return_report",
    "rewrite_call",
    "send_answer",
    "send_back",
    "send_back_call",
    "set_limits",
    "take_down",
    "transfer",
    "withdraw",
]
