"""The fee window: notices to issue, notices unpaid, the daily comparison with the bank. A12."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from openhall.cases.actions import bill
from openhall.cases.queries import case_numbered
from openhall.cases.queues import to_bill
from openhall.cases.terms import Act
from openhall.catalogue.queries import Tariff, tariffs_in_force
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.design.forms import DateInput
from openhall.design.words import called, money
from openhall.desk.offers import Offer
from openhall.desk.pages import Subject, existing
from openhall.fees.actions import reconcile, sign_reconciliation, waive
from openhall.fees.queries import (
    PaymentNotice,
    Reconciliation,
    notice_numbered,
    notices_due,
    reconciliations,
)
from openhall.fees.rules.charging import MOST
from openhall.fees.terms import BillAct, MatchState, ReconciliationAct
from openhall.glossary import Said
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.paging.sheets import Unreadable, text_of_bytes

NEWEST = 31
NO_FILE = Said(
    "银行没有送来当日文件，请在此上传。", "The bank has sent no file for this day; upload it here."
)

TOO_LONG = Said(
    "文件超过上限，没有读取。请只上传当日的文件。",
    "The file is longer than allowed and was not read. Upload the file of that day alone.",
)


class AtTheWindow(Offer):
    """What the fee window does about one row of its page."""

    desks = (Desk.CASHIER,)
    words: ClassVar[Any] = ""

    @property
    def button(self) -> str:
        """Each row's button by a name of its own, for who cannot see the row it stands in."""
        return format_html(
            '{}<span class="visually-hidden">: {}</span>', self.words, self.part_key(self.about)
        )

    def said_done(self) -> str:
        return str(self.done) % {"number": self.part_key(self.about)}


class Issue(AtTheWindow):
    """A payment notice for one granted case: its one fee, or how many of which of several."""

    act, section, bare = Act.BILL, "bill", True
    words = _("Issue the notice")
    done = _("Payment notice issued for %(number)s")

    @classmethod
    def abouts(cls, subject: Any, who: Any) -> Iterable[Any]:
        return to_bill(who.day)

    @classmethod
    def part(cls, subject: Any, key: str) -> Any:
        # Whether it still waits for its notice the act says: an old page is refused, not lost.
        case = case_numbered(key)
        return (case, None) if case is not None else None

    @classmethod
    def part_key(cls, about: Any) -> str:
        return str(about[0].number)

    @property
    def fees(self) -> list[Tariff]:
        case, fees = self.about
        return list(tariffs_in_force(case.item_id, self.who.day)) if fees is None else fees

    def ask(self) -> None:
        fees = self.fees
        for n, tariff in enumerate(fees if len(fees) > 1 else ()):
            self.fields[f"fee-{n}"] = forms.IntegerField(
                label=f"{called(tariff)} · {money(tariff.amount)}",
                min_value=0,
                max_value=MOST,
                required=False,
            )
            self.fields[f"fee-{n}"].asked_for = True  # type: ignore[attr-defined]  # one of them

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        lines = {one.code: typed.get(f"fee-{n}") or 0 for n, one in enumerate(self.fees)}
        return bill(self.about[0].pk, doing, lines=lines)


class Waive(AtTheWindow):
    """Let a notice off on its stated basis."""

    act, section, tone = BillAct.WAIVE, "due", "grave"
    words, done = _("Waive"), _("Waived: %(number)s")
    basis = TextField(
        label=_("Basis of the waiver"),
        max_length=300,
        error_messages={"required": _("Give the basis of the waiver.")},
    )

    @classmethod
    def abouts(cls, subject: Any, who: Any) -> Iterable[Any]:
        return notices_due()

    @classmethod
    def part(cls, subject: Any, key: str) -> PaymentNotice | None:
        return notice_numbered(key)

    @classmethod
    def part_key(cls, about: Any) -> str:
        return str(about.number)

    @property
    def label(self) -> str:
        return str(self.button)

    def does(self, doing: Doing) -> Any:
        return waive(self.about.pk, self.cleaned_data["basis"], doing)


class Compare(Offer):
    """A day against the bank's file: the one in the drop folder, or one sent here."""

    act, section, bare = ReconciliationAct.COMPARE, "compare", True
    desks, button = (Desk.CASHIER,), _("Compare")
    day = forms.DateField(  # type: ignore[assignment]
        label=_("Day"),
        widget=DateInput,
        error_messages={"invalid": _("Give the day as 2026-11-24.")},
    )
    file = forms.FileField(
        label=_("The bank's file (optional)"),
        required=False,
        help_text=_("Left empty, the file the bank put into the drop folder is taken."),
    )

    def ask(self) -> None:
        self.fields["day"].initial = self.who.day

    def does(self, doing: Doing) -> Reconciliation:
        day: date = self.cleaned_data["day"]
        return reconcile(settings.BANK_CODE, day, self._text(day), doing)

    def _text(self, day: date) -> str:
        sent = self.cleaned_data["file"]
        path = settings.BANK_STATEMENTS / f"{settings.BANK_CODE}-{day:%Y%m%d}.csv"
        try:
            if sent and (sent.size or 0) > settings.UPLOAD_MAX_BYTES:
                raise Refused(TOO_LONG, "file")  # never read in part
            if sent:
                return text_of_bytes(sent.read(settings.UPLOAD_MAX_BYTES), sent.name or "")
            if path.exists():
                return text_of_bytes(path.read_bytes(), path.name)
        except Unreadable as problem:
            raise Refused(problem.said, "file") from problem
        raise Refused(NO_FILE, "file")

    def goes_to(self, left: Any) -> str:
        return reverse("office:reconciliation", args=[self.who.organ.code, left.pk])


class Till(DeskPage):
    """What waits to be asked for, what waits to be paid, the days compared."""

    offers = (Issue, Waive, Compare)
    template, at, by_desk = "office/cashier.html", "till", False

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        return seat_at(request, where["organ"], Desk.CASHIER.value), None

    def content(self, who: Seat, subject: None) -> dict[str, Any]:
        return {"seat": who, "days": reconciliations()[:NEWEST]}


class Sign(Offer):
    """One of the two signatures under a compared day."""

    act, desks = ReconciliationAct.SIGN, (Desk.CASHIER,)
    effect = _("You say that you compared the day and that the exceptions are being followed up.")

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return subject.countersigned_by is None

    def does(self, doing: Doing) -> Any:
        return sign_reconciliation(self.subject.pk, doing)


class Compared(Subject):
    """One compared day: its lines, and two signatures."""

    offers = (Sign,)
    kind = "reconciliation"
    template = "office/reconciliation.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Reconciliation]:
        seat = seat_at(request, where["organ"], Desk.CASHIER.value)
        return seat, existing(reconciliations().filter(pk=where["pk"]).first())

    def home(self, who: Seat, subject: Reconciliation) -> str:
        return reverse("office:reconciliation", args=[who.organ.code, subject.pk])

    def content(self, who: Seat, subject: Reconciliation) -> dict[str, Any]:
        lines = subject.lines.order_by("state", "serial")
        return {
            "seat": who,
            "record": subject,
            "lines": [(line, MatchState(line.state)) for line in lines],
        }


till, reconciliation = official(Till()), official(Compared())
