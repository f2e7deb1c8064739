"""汇缴: what of a compared day goes to the treasury, unit by unit. 行政许可法 59."""

from datetime import date

from django.db.models import Count, Q, Sum

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import made_before, write
from openhall.fees.actions.reconciling import open_exceptions
from openhall.fees.kinds import REMITTANCE
from openhall.fees.models import BankReceipt, Reconciliation, Remittance, RemittanceLine
from openhall.fees.permissions import overseer_of
from openhall.fees.queries import day_span
from openhall.fees.terms import RemittanceAct
from openhall.glossary import Said


@acting()
def remit(bank: str, day: date, doing: Doing) -> Remittance:
    """The summary of a day that two have signed and whose exceptions are all ended."""
    before: Remittance | None = made_before(
        REMITTANCE, doing, RemittanceAct.REMIT, bank=bank, day=day
    )
    if before is not None:
        return before
    overseer = overseer_of(doing)
    record = Reconciliation.objects.filter(bank=bank, day=day).first()
    if record is None or record.countersigned_by_id is None:
        raise Refused(
            Said(
                f"{day:%Y-%m-%d}还没有两人签字的对账，不能汇缴。",
                f"{day} is not compared and signed by two; nothing is remitted.",
            ),
            code="unsigned",
        )
    if waiting := open_exceptions(record):
        raise Refused(
            Said(
                f"{day:%Y-%m-%d}还有{waiting}项差异没有处理，不能汇缴。",
                f"{waiting} exceptions of {day} are not ended; nothing is remitted.",
            ),
            code="exceptions",
        )
    if Remittance.objects.filter(bank=bank, day=day).exists():
        raise Refused(Said("这一天已经汇缴。", "This day was remitted already."), code="conflict")
    begin, end = day_span(day)
    plain, red = Q(notice__red_of__isnull=True), Q(notice__red_of__isnull=False)
    units = list(
        BankReceipt.objects.filter(bank=bank, paid_at__gte=begin, paid_at__lt=end)
        .values("notice__organ")
        .annotate(
            receipts=Count("pk", filter=plain),
            taken=Sum("amount", filter=plain, default=0),
            returned=Sum("amount", filter=red, default=0),
        )
        .order_by("notice__organ")
    )
    row = Remittance.objects.create(
        bank=bank,
        day=day,
        receipts=sum(one["receipts"] for one in units),
        amount=sum(one["taken"] for one in units),
        returned=sum(one["returned"] for one in units),
        made_at=doing.at,
        made_by=overseer,
    )
    RemittanceLine.objects.bulk_create(
        RemittanceLine(
            remittance=row,
            organ_id=one["notice__organ"],
            receipts=one["receipts"],
            amount=one["taken"],
            returned=one["returned"],
        )
        for one in units
    )
    facts = {"receipts": row.receipts, "amount": row.amount, "returned": row.returned}
    write(REMITTANCE, row, RemittanceAct.REMIT, doing, facts=facts)
    return row
