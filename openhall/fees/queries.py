"""Reading notices, days with the bank, and the books. Each names the rows it answers with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from openhall.fees.models import (
    BankReceipt,
    CashDay,
    CashSlip,
    NoticeLine,
    PaymentNotice,
    Reconciliation,
    Relief,
    ReliefLine,
    Remittance,
    StatementFormat,
    StatementLine,
)
from openhall.fees.rules.life import Life
from openhall.fees.terms import MatchState, NoticeState, ReliefKind, ReliefState
from openhall.organs.models import Account, Organ
from openhall.paging.whole import whole
from openhall.versions.terms import PUBLIC

SHOWN: Final = 200  # exceptions of a day on its page
__all__ = [
    "PaymentNotice",
    "Reconciliation",
    "Relief",
    "Remittance",
    "StatementFormat",
    "balance",
    "book_of",
    "cash_day",
    "cash_today",
    "days_to_remit",
    "deposits_waiting",
    "exception_of",
    "exceptions_waiting",
    "format_on",
    "formats",
    "life_of",
    "lines_left",
    "notice_by_check_code",
    "notice_numbered",
    "notice_read",
    "notices_due",
    "reconciliation_of",
    "reconciliations",
    "reliefs_waiting",
    "remittances",
    "returns_waiting",
    "units_charging",
]


def day_span(day: date) -> tuple[datetime, datetime]:
    """The first moment of ``day`` in the city and of the next."""
    begin = timezone.make_aware(datetime.combine(day, time()))
    return begin, begin + timedelta(days=1)


# ------------------------------------------------------------------------------ notices
def notices_due(after: int | None = None, limit: int = 50) -> list[PaymentNotice]:
    """Unpaid notices, the longest waiting first, paged by id."""
    rows = PaymentNotice.objects.filter(state=NoticeState.DUE.value)
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return list(rows.select_related("organ").order_by("pk")[:limit])


def notice_numbered(number: str) -> PaymentNotice | None:
    """One payment notice."""
    return PaymentNotice.objects.filter(number=number).first()


def _whole() -> QuerySet[PaymentNotice]:
    return PaymentNotice.objects.select_related(
        "organ", "receipt", "slip", "slip__taken_by", "issued_by", "red_of"
    ).prefetch_related(
        "lines__tariff__item", "reliefs__asked_by", "reliefs__decided_by", "red_letters"
    )


def notice_read(number: str) -> PaymentNotice | None:
    """One payment notice with all that hangs on it."""
    return _whole().filter(number=number).first()


def notice_by_check_code(code: str) -> PaymentNotice | None:
    """The notice that prints the check code ``code`` (tidied)."""
    return _whole().filter(check_code=code).first()


def life_of(notice: PaymentNotice) -> Life:
    """How far the life of an electronic notice has come.

    It is entered once its day is compared, signed by two and free of an exception that names it;
    and filed once that day went to the treasury.
    """
    receipt = getattr(notice, "receipt", None)
    life = Life(notice.issued_at, notice.checked_at, notice.settled_at)
    if receipt is None:
        return life
    day = timezone.localtime(receipt.paid_at).date()
    record = Reconciliation.objects.filter(
        bank=receipt.bank, day=day, countersigned_at__isnull=False
    ).first()
    waits = StatementLine.objects.filter(
        reconciliation=record, serial=receipt.serial, ended_as=""
    ).exists()
    if record is None or waits:
        return life
    remitted = Remittance.objects.filter(bank=receipt.bank, day=day).first()
    return Life(
        notice.issued_at,
        notice.checked_at,
        notice.settled_at,
        record.countersigned_at,
        remitted.made_at if remitted else None,
    )


def lines_left(notice: PaymentNotice, kind: ReliefKind) -> list[tuple[NoticeLine, int]]:
    """Each line of a notice and how much of it can still be let off or given back."""
    gone: dict[int, int] = {}
    rows = ReliefLine.objects.filter(
        relief__notice=notice, relief__state=ReliefState.APPROVED.value
    )
    for line, amount, was in rows.values_list("line_id", "amount", "relief__kind"):
        if was == kind or kind == ReliefKind.REFUND:
            gone[line] = gone.get(line, 0) + amount
    lines = notice.lines.select_related("tariff").order_by("pk")
    return [(line, line.amount - gone.get(line.pk, 0)) for line in lines]


def reliefs_waiting() -> list[Relief]:
    """Waivers and refunds that wait for the finance bureau, the oldest first."""
    rows = Relief.objects.filter(state=ReliefState.ASKED.value)
    return list(rows.select_related("notice__organ", "asked_by").order_by("asked_at")[:SHOWN])


# ------------------------------------------------------------------------------ days
def reconciliations() -> QuerySet[Reconciliation]:
    """Days compared, the newest first."""
    rows = Reconciliation.objects.select_related("signed_by", "countersigned_by")
    return rows.order_by("-day", "bank")


def exceptions_waiting(record: Reconciliation) -> list[StatementLine]:
    """The exceptions of a day that nobody has ended."""
    rows = record.lines.filter(ended_as="").exclude(state=MatchState.MATCHED.value)
    return list(rows.order_by("state", "serial", "place")[:SHOWN])


def exception_of(record: Reconciliation, key: str) -> StatementLine | None:
    """One line of a day by the key of an address."""
    pk = whole(key)
    return None if pk is None else record.lines.filter(pk=pk).first()


def reconciliation_of(key: str) -> Reconciliation | None:
    """A compared day by the key of an address."""
    pk = whole(key)
    return None if pk is None else Reconciliation.objects.filter(pk=pk).first()


def cash_day(key: str) -> CashDay | None:
    """A closed day by the key of an address."""
    pk = whole(key)
    return None if pk is None else CashDay.objects.select_related("cashier").filter(pk=pk).first()


def days_to_remit() -> list[Reconciliation]:
    """Days signed by two, without an open exception, not remitted yet."""
    waiting = StatementLine.objects.filter(reconciliation=OuterRef("pk"), ended_as="")
    done = Remittance.objects.filter(bank=OuterRef("bank"), day=OuterRef("day"))
    rows = Reconciliation.objects.filter(countersigned_by__isnull=False)
    return list(rows.exclude(Exists(waiting)).exclude(Exists(done)).order_by("day")[:SHOWN])


def remittances(limit: int = 31) -> list[Remittance]:
    """Days remitted, the newest first, with each unit's share."""
    rows = Remittance.objects.select_related("made_by").prefetch_related("lines__organ")
    return list(rows.order_by("-day", "bank")[:limit])


@dataclass(frozen=True, slots=True)
class Cash:
    """A cashier's cash of a day."""

    slips: int
    amount: int
    closed: CashDay | None


def cash_today(cashier: Account, day: date) -> Cash:
    """What this cashier took today, and whether the day is closed."""
    slips = list(
        CashSlip.objects.filter(taken_by=cashier, day=day).values_list("amount", flat=True)
    )
    closed = CashDay.objects.filter(cashier=cashier, day=day).first()
    return Cash(len(slips), sum(slips), closed)


def deposits_waiting() -> list[CashDay]:
    """Closed days whose cash is not at the bank yet; a day without cash has none."""
    rows = CashDay.objects.filter(deposited_at__isnull=True, amount__gt=0)
    return list(rows.select_related("cashier", "organ").order_by("day")[:SHOWN])


def returns_waiting() -> list[PaymentNotice]:
    """Red-letter notices whose money has not gone back yet."""
    rows = PaymentNotice.objects.filter(state=NoticeState.TO_RETURN.value)
    return list(rows.select_related("organ", "red_of__receipt").order_by("pk")[:SHOWN])


def format_on(bank: str, day: date) -> StatementFormat | None:
    """How ``bank`` writes its file on ``day``; None: in our own columns."""
    rows = StatementFormat.objects.filter(bank=bank, state__in=PUBLIC, effective_from__lte=day)
    ended = Q(effective_until__isnull=True) | Q(effective_until__gte=day)
    return rows.filter(ended).order_by("-effective_from").first()


def formats() -> list[StatementFormat]:
    """Every version of every bank's format, the newest first."""
    return list(StatementFormat.objects.order_by("bank", "-number")[:SHOWN])


# ------------------------------------------------------------------------------ the books
@dataclass(frozen=True, slots=True)
class Balance:
    """Notices = receipts + waivers + cancelled + open; and what was given back of it."""

    notices: int
    asked: int
    paid: int
    waived: int
    cancelled: int
    open: int
    receipts: int
    red: int
    returned: int

    @property
    def holds(self) -> bool:
        return (
            self.asked == self.paid + self.waived + self.cancelled + self.open
            and self.paid == self.receipts
        )


def balance() -> Balance:
    """The sums of all notices and of all receipts, counted separately."""
    plain = PaymentNotice.objects.filter(red_of__isnull=True)
    sums = plain.aggregate(
        *(Sum(name, default=0) for name in ("amount", "paid", "waived", "cancelled", "open"))
    )
    red = PaymentNotice.objects.filter(red_of__isnull=False)
    receipts = BankReceipt.objects.filter(notice__red_of__isnull=True)
    returned = BankReceipt.objects.filter(notice__red_of__isnull=False)
    return Balance(
        plain.count(),
        sums["amount__sum"],
        sums["paid__sum"],
        sums["waived__sum"],
        sums["cancelled__sum"],
        sums["open__sum"],
        receipts.aggregate(all=Sum("amount", default=0))["all"],
        red.aggregate(all=Sum("amount", default=0))["all"],
        returned.aggregate(all=Sum("amount", default=0))["all"],
    )


def book_of(organ: Organ | None, first: date, last: date) -> QuerySet[PaymentNotice]:
    """收费台账: every notice of a unit (of all: None) made from ``first`` to ``last``."""
    begin, end = day_span(first)[0], day_span(last)[1]
    rows = PaymentNotice.objects.filter(issued_at__gte=begin, issued_at__lt=end)
    if organ is not None:
        rows = rows.filter(organ=organ)
    return rows.select_related("organ", "receipt", "red_of").order_by("pk")


def sums_of(rows: QuerySet[PaymentNotice]) -> Mapping[str, int]:
    """The sums under a book: what was asked, paid, let off, is open, and went back."""
    names = ("amount", "paid", "waived", "cancelled", "open", "refunded")
    found = rows.filter(red_of__isnull=True).aggregate(*(Sum(one, default=0) for one in names))
    return {name: found[f"{name}__sum"] for name in names}


def units_charging() -> list[Organ]:
    """Units that ever issued a notice."""
    ids = PaymentNotice.objects.order_by().values("organ").distinct()
    return list(Organ.objects.filter(pk__in=ids).order_by("position", "code"))
