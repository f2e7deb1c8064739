"""What deeds of this room are done to."""

from openhall.deeds.kinds import Kind, Owned, register
from openhall.fees.models import (
    BankReceipt,
    FeeDeed,
    NoticeLine,
    PaymentNotice,
    Reconciliation,
    StatementLine,
)
from openhall.fees.terms import BillAct, ReconciliationAct
from openhall.glossary import Said

BILL = register(
    Kind(
        name="bill",
        model=PaymentNotice,
        events=FeeDeed,
        acts=BillAct,
        title=Said("缴费通知书", "Payment notice"),
        related=("organ",),
        tells=lambda notice: {"organ": notice.organ.code},
        owns=[Owned("line", NoticeLine, "notice"), Owned("receipt", BankReceipt, "notice")],
    )
)
RECONCILIATION = register(
    Kind(
        name="reconciliation",
        model=Reconciliation,
        events=FeeDeed,
        acts=ReconciliationAct,
        title=Said("对账", "Reconciliation"),
        number=lambda one: f"{one.bank}/{one.day.isoformat()}",
        owns=[Owned("line", StatementLine, "reconciliation")],
    )
)
