"""What deeds of this room are done to."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from openhall.deeds.kinds import Kind, Owned, register
from openhall.deeds.refusals import Fault
from openhall.fees.models import (
    BankReceipt,
    CashDay,
    CashSlip,
    FeeDeed,
    NoticeLine,
    PaymentNotice,
    Reconciliation,
    Relief,
    ReliefLine,
    Remittance,
    RemittanceLine,
    StatementFormat,
    StatementFormatEvent,
    StatementLine,
)
from openhall.fees.permissions import may_collect, may_oversee
from openhall.fees.rules.dress_faults import faults_of
from openhall.fees.rules.statement import Dress
from openhall.fees.terms import (
    BillAct,
    CashDayAct,
    FormatKind,
    PayChannel,
    ReconciliationAct,
    RemittanceAct,
)
from openhall.glossary import Said
from openhall.versions.kinds import VersionKind, register_versions
from openhall.versions.rules.route import Route, Step
from openhall.versions.terms import VersionAct

BILL = register(
    Kind(
        name="bill",
        model=PaymentNotice,
        events=FeeDeed,
        acts=BillAct,
        title=Said("缴款书", "Payment notice"),
        related=("organ",),
        tells=lambda notice: {"organ": notice.organ.code},
        owns=[
            Owned("line", NoticeLine, "notice"),
            Owned("receipt", BankReceipt, "notice"),
            Owned("relief", Relief, "notice"),
            Owned("relief_line", ReliefLine, "relief__notice"),
            Owned("slip", CashSlip, "notice"),
        ],
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
CASH_DAY = register(
    Kind(
        name="cash-day",
        model=CashDay,
        events=FeeDeed,
        acts=CashDayAct,
        title=Said("收费窗口日结", "Cashier's day"),
        related=("organ",),
        tells=lambda one: {"organ": one.organ.code, "day": one.day.isoformat()},
    )
)
REMITTANCE = register(
    Kind(
        name="remittance",
        model=Remittance,
        events=FeeDeed,
        acts=RemittanceAct,
        title=Said("汇缴", "Remittance"),
        number=lambda one: f"{one.bank}/{one.day.isoformat()}",
        owns=[Owned("line", RemittanceLine, "remittance")],
    )
)


def dress_of(version: StatementFormat) -> Dress:
    """The format as the reader takes it."""
    return Dress(
        kind=FormatKind(version.kind),
        columns=dict(version.columns),
        yuan=version.yuan,
        encoding=version.encoding,
        channels=dict(version.channels),
        channel=version.channel,
        back=(version.back_column, version.back_says),
        skip=(version.skip_first, version.skip_last),
    )


def _format_says(version: StatementFormat) -> Mapping[str, Any]:
    names = ("kind", "columns", "channels", "channel", "encoding", "yuan", "back_column")
    more = ("back_says", "skip_first", "skip_last")
    return {"bank": version.bank, **{name: getattr(version, name) for name in (*names, *more)}}


def _format_faults(version: StatementFormat, _first_day: date) -> Iterator[Fault]:
    for field, said in faults_of(dress_of(version)):
        yield Fault(said, field)


FORMAT = register_versions(
    VersionKind(
        kind=register(
            Kind(
                name="statement-format",
                model=StatementFormat,
                events=StatementFormatEvent,
                acts=VersionAct,
                title=Said("对账格式", "Format of the bank's file"),
                fk="version",
                number=lambda version: f"{version.bank}/{version.number}",
            )
        ),
        family=("bank",),
        route=Route(
            write=Step(
                "writer",
                Said("编写", "Writing"),
                Said(
                    "对账格式由统一收费窗口编写（成办发〔2003〕75号 二（一））。",
                    "The format is written at the fee window (成办发〔2003〕75号 二（一）).",
                ),
                lambda account, version, day: may_collect(account, day),
            ),
            publish=Step(
                "publisher",
                Said("公布", "Publication"),
                Said(
                    "对账格式由财政监管岗位公布（成办发〔2003〕75号 二（一））。",
                    "The finance bureau puts the format in force (成办发〔2003〕75号 二（一）).",
                ),
                lambda account, version, day: may_oversee(account, day),
            ),
        ),
        content=_format_says,
        gate=_format_faults,
        names={
            "bank": Said("银行", "Bank"),
            "kind": Said("文件类型", "Kind of file"),
            "columns": Said("各项位置", "Where each fact stands"),
            "columns.serial": Said("流水号", "Serial number"),
            "columns.notice": Said("缴款码", "Number of the notice"),
            "columns.paid_at": Said("缴款时间", "Time of payment"),
            "channels": Said("银行的渠道用语", "The bank's words for the way of paying"),
            "channel": Said("没有写明时的渠道", "Way of paying where none is said"),
            "yuan": Said("金额单位为元", "Amounts in yuan"),
            "encoding": Said("编码", "Encoding"),
            "back_column": Said("冲正标记位置", "Where the mark of a reversal stands"),
            "back_says": Said("冲正标记", "Mark of a reversal"),
            "skip_first": Said("文件开头跳过的行", "Lines above that are left out"),
            "skip_last": Said("文件末尾跳过的行", "Lines below that are left out"),
        },
        terms={"kind": FormatKind, "channel": PayChannel, "channels.*": PayChannel},
        called=lambda version: Said(f"{version.bank}银行", f"Bank {version.bank}"),
    )
)
