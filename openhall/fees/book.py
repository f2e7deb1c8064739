"""收费台账 as a workbook: what finance takes away and files. A12."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils import timezone

from openhall.fees.models import PaymentNotice
from openhall.fees.terms import NoticeState, PayChannel
from openhall.paging.books import book_of

HEAD: Final = (
    "缴款书编号",
    "执收单位",
    "事项编号",
    "开具时间",
    "应缴（元）",
    "已缴（元）",
    "减免（元）",
    "作废（元）",
    "未缴（元）",
    "红字冲回（元）",
    "状态",
    "银行",
    "银行流水",
    "缴款时间",
    "渠道",
    "红字所冲编号",
    "减免、作废、红字原因",
)
FEN: Final = 100


def workbook(rows: Iterable[PaymentNotice], first: date, last: date) -> bytes:
    """``rows`` as XLSX, without names of payers; a red letter's sums are below zero."""
    title = [f"收费台账 {first:%Y-%m-%d} 至 {last:%Y-%m-%d}"]
    return book_of("收费台账", [title, HEAD, *(_cells(one) for one in rows)])


def _cells(one: PaymentNotice) -> list[object]:
    receipt = getattr(one, "receipt", None)
    sign = -1 if one.is_red else 1
    sums = (one.amount, one.paid, one.waived, one.cancelled, one.open, one.refunded)
    return [
        one.number,
        one.organ.name,
        one.reference,
        f"{timezone.localtime(one.issued_at):%Y-%m-%d %H:%M}",
        *(sign * Decimal(fen) / FEN for fen in sums),
        NoticeState(one.state).zh,
        receipt.bank if receipt else "",
        receipt.serial if receipt else "",
        f"{timezone.localtime(receipt.paid_at):%Y-%m-%d %H:%M:%S}" if receipt else "",
        PayChannel(receipt.channel).zh if receipt else "",
        one.red_of.number if one.red_of else "",
        one.reason,
    ]
