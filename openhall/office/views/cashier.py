"""The fee window: notices to issue, notices unpaid, cash, the compared days. A12."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from openhall.desk.pages import Subject, existing
from openhall.fees.bank import terminal_address
from openhall.fees.queries import (
    PaymentNotice,
    Reconciliation,
    cash_today,
    life_of,
    notice_read,
    notices_due,
    reconciliations,
)
from openhall.fees.terms import ExceptionEnd, MatchState, NoticeState, ReliefKind, ReliefState
from openhall.office.acts import fees
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.organs.terms import Desk

NEWEST = 31
ON_MONEY = (Desk.CASHIER, Desk.FINANCE)


def money_seat(request: HttpRequest, where: dict[str, Any]) -> Seat:
    """The seat the address names, if its desk has to do with money at all."""
    desk = where["desk"] if where["desk"] in ON_MONEY else Desk.CASHIER.value
    return seat_at(request, where["organ"], desk)


class Till(DeskPage):
    """What waits to be asked for, what waits to be paid, today's cash, the days compared."""

    offers = (fees.Issue, fees.CloseDay, fees.Deposit, fees.Compare)
    template, at, by_desk = "office/cashier.html", "till", False

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        return seat_at(request, where["organ"], Desk.CASHIER.value), None

    def content(self, who: Seat, subject: None) -> dict[str, Any]:
        return {
            "seat": who,
            "due": notices_due(),
            "days": reconciliations()[:NEWEST],
            "cash": cash_today(who.account, who.day),
            "several_banks": len(settings.BANK_CODES) > 1,
        }


class Notice(Subject):
    """One notice: what it asks and by which standard, how far it has come, what is done to it."""

    offers = (
        fees.Approve,
        fees.Refuse,
        fees.TakeCash,
        fees.AskWaiver,
        fees.AskRefund,
        fees.Cancel,
    )
    kind, template = "bill", "office/notice.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, PaymentNotice]:
        return money_seat(request, where), existing(notice_read(where["number"]))

    def home(self, who: Seat, subject: PaymentNotice) -> str:
        at = [who.organ.code, who.desk.value, subject.number]
        return reverse("office:notice", args=at)

    def content(self, who: Seat, subject: PaymentNotice) -> dict[str, Any]:
        return {
            "seat": who,
            "notice": subject,
            "state": NoticeState(subject.state),
            "terminal": terminal_address(subject.number, subject.open)
            if subject.state == NoticeState.DUE and who.desk == Desk.CASHIER
            else "",
            "life": life_of(subject).steps(),
            "reliefs": [
                (one, ReliefKind(one.kind), ReliefState(one.state)) for one in subject.reliefs.all()
            ],
        }


class Compared(Subject):
    """One compared day: its exceptions, each ended by name, and two signatures."""

    offers = (fees.Sign, fees.EndException)
    kind = "reconciliation"
    template = "office/reconciliation.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Reconciliation]:
        seat = money_seat(request, where)
        return seat, existing(reconciliations().filter(pk=where["pk"]).first())

    def home(self, who: Seat, subject: Reconciliation) -> str:
        at = [who.organ.code, who.desk.value, subject.pk]
        return reverse("office:reconciliation", args=at)

    def content(self, who: Seat, subject: Reconciliation) -> dict[str, Any]:
        ended = subject.lines.exclude(ended_as="").select_related("ended_by")
        return {
            "seat": who,
            "record": subject,
            "ended": [
                (line, MatchState(line.state), ExceptionEnd(line.ended_as))
                for line in ended.order_by("state", "serial")
            ],
        }


till, notice, reconciliation = official(Till()), official(Notice()), official(Compared())
