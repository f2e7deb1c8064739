"""The verbs of the procedure. Nothing else writes a case."""

from openhall.cases.actions.erasing import erase
from openhall.cases.actions.handling import hand_over, resume, review, send_back, suspend
from openhall.cases.actions.intake import (
    Party,
    accept,
    decline,
    deem_accepted,
    submit,
)
from openhall.cases.actions.outcome import decide, deliver, issue, withdraw
from openhall.cases.actions.payment import bill, settle
from openhall.cases.actions.record import Doing
from openhall.cases.actions.supplementing import Point, ask_for_supplement, lapse, supplement

__all__ = [
    "Doing",
    "Party",
    "Point",
    "accept",
    "ask_for_supplement",
    "bill",
    "decide",
    "decline",
    "deem_accepted",
    "deliver",
    "erase",
    "hand_over",
    "issue",
    "lapse",
    "resume",
    "review",
    "send_back",
    "settle",
    "submit",
    "supplement",
    "suspend",
    "withdraw",
]
