"""The day held against the bank's file, its exceptions ended by name, and signed by two. A12."""

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Any, Final

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Fault, Refused
from openhall.deeds.writer import deed, held, made_before, write
from openhall.fees.kinds import RECONCILIATION, dress_of
from openhall.fees.matching import Comparison, Exceptional
from openhall.fees.models import BankReceipt, PaymentNotice, Reconciliation, StatementLine
from openhall.fees.permissions import cashier_of, may_oversee
from openhall.fees.queries import day_span, format_on
from openhall.fees.rules.exceptions import Known
from openhall.fees.rules.statement import OWN, UnreadableStatement, entries
from openhall.fees.terms import ExceptionEnd, MatchState, ReconciliationAct
from openhall.glossary import Said
from openhall.organs.models import Account

MOST_EXCEPTIONS: Final = 20_000  # of one day; more is a wrong file, not a day's work
WRITTEN_AT_ONCE: Final = 500
TOO_MANY: Final = Said(
    f"文件与本系统有{MOST_EXCEPTIONS}处以上不符，没有保存。请核对银行、日期和对账格式。",
    f"The file differs from our books in more than {MOST_EXCEPTIONS} places; nothing was kept. "
    "Check the bank, the day and the format.",
)


@acting()
def reconcile(bank: str, day: date, file: str | bytes | Path, doing: Doing) -> Reconciliation:
    """Compare the bank's file of ``day`` with our receipts; doing it again replaces the result.

    The file is read as the bank's format in force on that day says, or in our own columns.

    Raises :class:`Refused` with every bad line of the file, and once somebody has signed.
    """
    again: Reconciliation | None = made_before(
        RECONCILIATION, doing, ReconciliationAct.COMPARE, bank=bank, day=day
    )
    if again is not None:
        return again
    cashier_of(doing)
    form = format_on(bank, day)
    dress = OWN if form is None else dress_of(form)
    with Comparison(day) as comparison, _opened(file) as source:
        try:
            comparison.take_theirs(entries(source.stream, day, dress))
        except UnreadableStatement as error:
            faults = [Fault(one, "file") for one in error.faults]
            raise Refused(error.said, "file", faults) from error
        comparison.take_ours(receipts_of(bank, day))
        found: list[Exceptional] = []
        for one in comparison.exceptions(notices_known):
            found.append(one)
            if len(found) > MOST_EXCEPTIONS:
                raise Refused(TOO_MANY, "file")
        counted = comparison.counted
        figures: dict[str, Any] = {
            "file_digest": source.digest(),
            "matched_digest": counted.digest,
            "matched": counted.matched,
            "exceptions": len(found),
            "amount_here": counted.amount_here,
            "amount_there": counted.amount_there,
        }
    row = _unsigned(bank, day, figures, doing)
    ended = {_place(one): one for one in row.lines.exclude(ended_as="")}
    row.lines.all().delete()
    StatementLine.objects.bulk_create(
        (_line(row, one, ended) for one in found), batch_size=WRITTEN_AT_ONCE
    )
    write(
        RECONCILIATION,
        row,
        ReconciliationAct.COMPARE,
        doing,
        changes={**figures, "made_at": doing.at},
        facts={**figures, "kinds": {k.value: n for k, n in sorted(counted.by_state.items())}},
    )
    return row


class _Source:
    """The file as it is read, and the digest of its bytes."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream

    def digest(self) -> str:
        self.stream.seek(0)
        return hashlib.file_digest(self.stream, "sha256").hexdigest()  # type: ignore[arg-type]


@contextmanager
def _opened(file: str | bytes | Path) -> Iterator[_Source]:
    if isinstance(file, Path):
        with file.open("rb") as stream:
            yield _Source(stream)
        return
    yield _Source(io.BytesIO(file.encode() if isinstance(file, str) else file))


def receipts_of(bank: str, day: date) -> Iterator[tuple[str, str, int]]:
    """Our receipts of a day: serial, notice, fen; below zero what went back."""
    begin, end = day_span(day)
    rows = BankReceipt.objects.filter(bank=bank, paid_at__gte=begin, paid_at__lt=end).values_list(
        "serial", "notice__number", "amount", "notice__red_of"
    )
    for serial, notice, amount, red in rows.iterator(2_000):
        yield serial, notice, amount if red is None else -amount


def notices_known(numbers: list[str]) -> dict[str, Known]:
    """What we know of notices by their numbers."""
    rows = PaymentNotice.objects.filter(number__in=numbers)
    return {
        number: Known(state, still, paid, red is not None)
        for number, state, still, paid, red in rows.values_list(
            "number", "state", "open", "paid", "red_of"
        )
    }


def _unsigned(bank: str, day: date, figures: dict[str, Any], doing: Doing) -> Reconciliation:
    """The day's record under lock, made if there is none; refused once it is signed."""
    pk = Reconciliation.objects.filter(bank=bank, day=day).values_list("pk", flat=True).first()
    if pk is None:
        return Reconciliation.objects.create(bank=bank, day=day, made_at=doing.at, **figures)
    row: Reconciliation = held(RECONCILIATION, pk, doing)
    if row.signed_by_id is not None:
        raise Refused(
            Said(
                f"{day:%Y-%m-%d}的对账已经签字，不能重做。",
                f"The comparison of {day:%Y-%m-%d} is signed and cannot be done again.",
            ),
            code="signed",
        )
    return row


def _place(line: StatementLine) -> tuple[str, str, int, str]:
    return line.serial, line.notice_number, line.amount, line.state


def _line(
    row: Reconciliation, one: Exceptional, ended: dict[tuple[str, str, int, str], StatementLine]
) -> StatementLine:
    """The row of an exception; what a person ended before stays ended."""
    line = StatementLine(
        reconciliation=row,
        place=one.place,
        serial=one.serial,
        notice_number=one.notice,
        amount=one.amount,
        amount_here=one.amount_here,
        day=one.day,
        state=one.state.value,
        note=one.note.zh,
    )
    before = ended.get(_place(line))
    if before is not None:
        line.ended_as, line.ended_by_id = before.ended_as, before.ended_by_id
        line.ended_at, line.remark = before.ended_at, before.remark
    return line


@deed(RECONCILIATION, ReconciliationAct.END_EXCEPTION)
def end_exception(
    record: Reconciliation, line_pk: int, how: ExceptionEnd, remark: str, doing: Doing
) -> Deed:
    """End one exception by a named act, with what was done about it."""
    who = _reconciler(doing)
    line = record.lines.filter(pk=line_pk).first()
    if line is None or line.ended_as:
        raise Refused(
            Said("这项差异已经处理。", "This exception is ended already."), code="conflict"
        )
    if not remark.strip():
        raise Refused(
            Said(
                "请写明处理经过和凭证，例如银行更正函编号、退款流水号。",
                "Say what was done and by which paper, such as the bank's letter.",
            ),
            "remark",
            code="basis",
        )
    said = remark.strip()
    if how == ExceptionEnd.CLAIMED and not PaymentNotice.objects.filter(number=said).exists():
        raise Refused(
            Said(
                f"没有编号为{said[:40]}的缴款书。认领时请填写缴款书编号。",
                f"There is no payment notice {said[:40]}; give its number to claim the payment.",
            ),
            "remark",
        )
    if (
        how == ExceptionEnd.TAKEN
        and not BankReceipt.objects.filter(bank=record.bank, serial=line.serial).exists()
    ):
        raise Refused(
            Said(
                "银行回执还没有到，不能按“补收回执”处理。请联系银行重发。",
                "The bank's receipt has not come, so this is not how it ends. Ask the bank.",
            ),
            "how",
        )
    StatementLine.objects.filter(pk=line.pk).update(
        ended_as=how.value, ended_by=who, ended_at=doing.at, remark=said
    )
    facts = {"serial": line.serial, "state": line.state, "how": how.value}
    return write(
        RECONCILIATION,
        record,
        ReconciliationAct.END_EXCEPTION,
        doing,
        facts=facts,
        detail={"remark": said},
    )


def _reconciler(doing: Doing) -> Account:
    """The fee window or the finance bureau: both work on a compared day."""
    if doing.actor is not None and may_oversee(doing.actor, doing.day):
        overseer: Account = doing.actor
        return overseer
    return cashier_of(doing)


@deed(RECONCILIATION, ReconciliationAct.SIGN, ReconciliationAct.COUNTERSIGN)
def sign_reconciliation(record: Reconciliation, doing: Doing) -> Deed:
    """The first, then the second signature, of two persons; the first is the fee window's."""
    if record.signed_by_id is None:
        act, changes = ReconciliationAct.SIGN, {"signed_by": cashier_of(doing)}
        return write(RECONCILIATION, record, act, doing, changes=changes)
    who = _reconciler(doing)
    if record.countersigned_by_id is not None:
        raise Refused(
            Said("这一天的对账已由两人签字。", "Two people have signed this day already."),
            code="signed",
        )
    if record.signed_by_id == who.pk:
        raise Refused(
            Said(
                "对账须由两人签字，第二个签字应是另一个人（收缴分离）。",
                "Two people sign a day; the second signature must be another person's.",
            ),
            code="same",
        )
    both: dict[str, Any] = {"countersigned_by": who, "countersigned_at": doing.at}
    return write(RECONCILIATION, record, ReconciliationAct.COUNTERSIGN, doing, changes=both)


def open_exceptions(record: Reconciliation) -> int:
    """How many exceptions of a day nobody has ended yet."""
    return record.lines.filter(ended_as="").exclude(state=MatchState.MATCHED.value).count()
