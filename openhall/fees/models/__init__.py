"""Notices and what becomes of them; days with the bank."""

from openhall.fees.models.days import (
    CashDay,
    FeeDeed,
    Reconciliation,
    Remittance,
    RemittanceLine,
    StatementLine,
)
from openhall.fees.models.format import StatementFormat, StatementFormatEvent
from openhall.fees.models.notice import (
    BankReceipt,
    CashSlip,
    NoticeLine,
    NoticeNumber,
    PaymentNotice,
    Relief,
    ReliefLine,
)

__all__ = [
    "BankReceipt",
    "CashDay",
    "CashSlip",
    "FeeDeed",
    "NoticeLine",
    "NoticeNumber",
    "PaymentNotice",
    "Reconciliation",
    "Relief",
    "ReliefLine",
    "Remittance",
    "RemittanceLine",
    "StatementFormat",
    "StatementFormatEvent",
    "StatementLine",
]
