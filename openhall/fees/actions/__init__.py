"""What is done about money: asked, taken on the bank's word, let off, given back, compared."""

from openhall.fees.actions.cash import close_day, take_cash, witness_deposit
from openhall.fees.actions.formats import begin_format, save_format
from openhall.fees.actions.notices import (
    cancel,
    forget_payer,
    issue_joint_notice,
    issue_notice,
    note_check,
)
from openhall.fees.actions.receipts import take_receipt
from openhall.fees.actions.reconciling import end_exception, reconcile, sign_reconciliation
from openhall.fees.actions.relief import ask_refund, ask_waiver, decide_relief
from openhall.fees.actions.remitting import remit

__all__ = [
    "ask_refund",
    "ask_waiver",
    "begin_format",
    "cancel",
    "close_day",
    "decide_relief",
    "end_exception",
    "forget_payer",
    "issue_joint_notice",
    "issue_notice",
    "note_check",
    "reconcile",
    "remit",
    "save_format",
    "sign_reconciliation",
    "take_cash",
    "take_receipt",
    "witness_deposit",
]
