"""The fee window's and the finance bureau's work of the last days, each kind of it once. A12.

Done through the acts, under keys of its own: driven again it does only what is missing. One waiver
waits for its decision, one compared day for the end of an exception.
"""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import timezone

from openhall.cases.actions import relieve, settle
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.demo.bank.till import ZONE, Till
from openhall.demo.data import told
from openhall.fees import actions
from openhall.fees.models import BankReceipt, PaymentNotice, Reconciliation, Relief
from openhall.fees.terms import ExceptionEnd, NoticeState, PayChannel, RefundGround
from openhall.organs.models import Account
from openhall.organs.terms import Desk

SAID: Final = told("money")
DAYS: Final = 3  # compared with the bank; the newest has an exception open


class Books:
    """Who works on the books, and their doings of today."""

    def __init__(self) -> None:
        people = {one.username: one for one in Account.objects.filter(username__in=PEOPLE)}
        self.qian, self.zou, self.song = (people[name] for name in PEOPLE)
        self.till = Till(settings.BANK_STATEMENTS.parent, settings.BANK_CODE)

    def by(self, who: Account, what: str, desk: Desk = Desk.CASHIER) -> Doing:
        return Doing(who, timezone.now(), system_key("demo", "money", what), desk.value)

    def due(self) -> list[PaymentNotice]:
        """Notices the demo may change: they wait, and nobody else began anything with them."""
        rows = PaymentNotice.objects.filter(state=NoticeState.DUE.value, reliefs__isnull=True)
        return list(rows.filter(slip__isnull=True).order_by("pk")[:4])

    def paid(self) -> list[PaymentNotice]:
        rows = PaymentNotice.objects.filter(state=NoticeState.PAID.value, reliefs__isnull=True)
        return list(rows.order_by("pk")[:2])

    def decide(self, notice: PaymentNotice, words: str, what: str) -> None:
        relief = Relief.objects.get(notice=notice, state="asked")
        doing = self.by(self.song, what, Desk.FINANCE)
        relieve(notice.pk, relief.pk, words, doing, approved=True)


PEOPLE: Final = ("qianli", "zoulan", "songcai")


def keep_books() -> None:
    """Waived, asked, cancelled, cash, refunded; the last days compared, signed and remitted.

    As much of it as there are notices for: a city that has hardly begun to live has few.
    """
    if Relief.objects.exists():
        return
    books = Books()
    for notice, does in zip(books.due(), (_asked, _waived, _cash, _cancelled), strict=False):
        does(books, notice)
    for notice, does in zip(books.paid(), (_refunded, _refund_asked), strict=False):
        does(books, notice)
    _compared(books)


def _waived(books: Books, notice: PaymentNotice) -> None:
    actions.ask_waiver(notice.pk, SAID["waiver"], books.by(books.qian, "waiver"))
    books.decide(notice, SAID["waiver_yes"], "waived")


def _asked(books: Books, notice: PaymentNotice) -> None:
    """Half of it, and it waits for the finance bureau."""
    doing = books.by(books.zou, "asked")
    actions.ask_waiver(notice.pk, SAID["waiver_asked"], doing, amounts=_half(notice))


def _cancelled(books: Books, notice: PaymentNotice) -> None:
    actions.cancel(notice.pk, SAID["cancelled"], books.by(books.qian, "cancelled"))


def _half(notice: PaymentNotice) -> dict[int, int]:
    line = notice.lines.order_by("pk").first()
    assert line is not None
    return {line.pk: max(1, line.amount // 2)}


def _cash(books: Books, notice: PaymentNotice) -> None:
    """Taken, counted, deposited by two, and settled by the bank's word."""
    today = timezone.localdate()
    actions.take_cash(notice.pk, books.by(books.zou, "cash"))
    organ = books.zou.posts.select_related("organ").get(desk=Desk.CASHIER.value).organ
    amount = notice.open
    closed = actions.close_day(organ, today, amount, books.by(books.zou, "close"))
    serial = f"{SAID['deposit']}{today:%Y%m%d}-1"
    actions.witness_deposit(closed.pk, serial, books.by(books.qian, "deposit"))
    _told(books, notice.number, amount, PayChannel.CASH)


def _refunded(books: Books, notice: PaymentNotice) -> None:
    """In part, by a red letter, and returned by the bank."""
    ground, doing = RefundGround.WRONG_STANDARD, books.by(books.qian, "refund")
    actions.ask_refund(notice.pk, ground, SAID["refund"], doing, amounts=_half(notice))
    books.decide(notice, SAID["refund_yes"], "refunded")
    red = PaymentNotice.objects.get(red_of=notice)
    _told(books, red.number, red.amount, PayChannel.REFUND)


def _refund_asked(books: Books, notice: PaymentNotice) -> None:
    doing = books.by(books.zou, "refund-asked")
    actions.ask_refund(notice.pk, RefundGround.TWICE, SAID["refund_asked"], doing)


def _told(books: Books, number: str, amount: int, channel: PayChannel) -> None:
    now = datetime.now(ZONE)
    said = books.till.pay(number, amount, channel.value, now)
    doing = Doing(None, timezone.now(), system_key("bank", said.bank, said.serial))
    settle(said, books.till.signature(said), doing)
    books.till.told(said)


def _compared(books: Books) -> None:
    """The last days on which somebody paid: the older ones remitted, the newest still open."""
    today = timezone.localdate()
    moments = BankReceipt.objects.filter(bank=settings.BANK_CODE).order_by("-paid_at")
    days: list[date] = []
    for moment in moments.values_list("paid_at", flat=True).iterator(500):
        day = timezone.localtime(moment).date()
        if day < today and day not in days:
            days.append(day)
        if len(days) == DAYS:
            break
    for place, day in enumerate(days):
        _one_day(books, day, newest=place == 0)


def _one_day(books: Books, day: date, *, newest: bool) -> None:
    file = books.till.write_statement(day, settings.BANK_STATEMENTS)
    _stray(file, day)
    name = f"{day:%Y%m%d}"
    record = actions.reconcile(
        settings.BANK_CODE, day, file, books.by(books.qian, f"compare-{name}")
    )
    if newest:
        return
    _end(books, record, name)
    actions.sign_reconciliation(record.pk, books.by(books.qian, f"sign-{name}"))
    second = books.by(books.zou, f"countersign-{name}")
    actions.sign_reconciliation(record.pk, second)
    actions.remit(settings.BANK_CODE, day, books.by(books.song, f"remit-{name}", Desk.FINANCE))


def _end(books: Books, record: Reconciliation, name: str) -> None:
    for line in record.lines.filter(ended_as="").order_by("pk"):
        doing = books.by(books.qian, f"end-{name}-{line.pk}")
        remark = f"{SAID['explained']}{line.serial}"
        actions.end_exception(record.pk, line.pk, ExceptionEnd.RETURNED, remark, doing)


def _stray(file: Path, day: date) -> None:
    """A payment under a number that no notice has, as somebody mistyped it at a counter."""
    moment = datetime.combine(day, datetime.min.time(), ZONE) + timedelta(hours=15)
    row = f"BX{day:%Y%m%d},9{day:%Y%m%d}000000000,2000,counter,{moment.isoformat()}\n"
    if f"BX{day:%Y%m%d}" not in file.read_text(encoding="utf-8"):
        with file.open("a", encoding="utf-8") as out:
            out.write(row)
