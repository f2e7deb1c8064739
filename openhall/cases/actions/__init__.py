"""The verbs of the procedure. Nothing else writes a case."""

from openhall.cases.actions.asking_again import allow_again
from openhall.cases.actions.assigning import finish_step, reassign, return_step, set_stand_in
from openhall.cases.actions.at_once import decide_at_once
from openhall.cases.actions.consulting import consult, note, opine
from openhall.cases.actions.correcting import correct_on_spot
from openhall.cases.actions.erasing import erase
from openhall.cases.actions.examining import forward, reply, site_check
from openhall.cases.actions.extending import ask_extension, extend, refuse_extension
from openhall.cases.actions.handling import hand_over, resume, review, send_back, suspend
from openhall.cases.actions.hearing import ask_hearing, call_hearing, hold_hearing, tell_hearing
from openhall.cases.actions.intake import (
    Party,
    accept,
    accept_at_once,
    decline,
    deem_accepted,
    submit,
)
from openhall.cases.actions.outcome import decide, deliver, issue, withdraw
from openhall.cases.actions.payment import bill, bill_together, relieve, settle
from openhall.cases.actions.quotas import set_quota
from openhall.cases.actions.record import Doing
from openhall.cases.actions.serving import attempt
from openhall.cases.actions.supplementing import (
    Point,
    ask_again,
    ask_for_supplement,
    lapse,
    supplement,
)

__all__ = [
    "Doing",
    "Party",
    "Point",
    "accept",
    "accept_at_once",
    "allow_again",
    "ask_again",
    "ask_extension",
    "ask_for_supplement",
    "ask_hearing",
    "attempt",
    "bill",
    "bill_together",
    "call_hearing",
    "consult",
    "correct_on_spot",
    "decide",
    "decide_at_once",
    "decline",
    "deem_accepted",
    "deliver",
    "erase",
    "extend",
    "finish_step",
    "forward",
    "hand_over",
    "hold_hearing",
    "issue",
    "lapse",
    "note",
    "opine",
    "reassign",
    "refuse_extension",
    "relieve",
    "reply",
    "resume",
    "return_step",
    "review",
    "send_back",
    "set_quota",
    "set_stand_in",
    "settle",
    "site_check",
    "submit",
    "supplement",
    "suspend",
    "tell_hearing",
    "withdraw",
]
