"""What the fee window and the finance bureau do about money. A11, A12."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar, Final

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from openhall.cases.actions import bill, relieve
from openhall.cases.queries import case_numbered
from openhall.cases.queues import to_bill
from openhall.cases.terms import Act
from openhall.catalogue.queries import Tariff, tariffs_in_force
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.design.forms import DateInput
from openhall.design.words import called, money
from openhall.desk.offers import NOTE, Offer, said
from openhall.fees import actions
from openhall.fees.queries import (
    PaymentNotice,
    Reconciliation,
    Relief,
    cash_day,
    days_to_remit,
    deposits_waiting,
    exception_of,
    exceptions_waiting,
    lines_left,
    reconciliation_of,
)
from openhall.fees.rules.charging import MOST
from openhall.fees.terms import (
    BillAct,
    CashDayAct,
    ExceptionEnd,
    NoticeState,
    ReconciliationAct,
    RefundGround,
    ReliefKind,
    RemittanceAct,
)
from openhall.glossary import Said
from openhall.joint.actions import bill_joint
from openhall.joint.queries import billed_with, joint_with
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.paging.whole import whole

FEN: Final = 100
CASHIER, FINANCE = (Desk.CASHIER,), (Desk.FINANCE,)
NO_FILE = Said(
    "银行没有送来当日文件，请在此上传。", "The bank has sent no file for this day; upload it here."
)
TOO_LONG = Said(
    "文件超过上限，没有读取。请只上传当日的文件。",
    "The file is longer than allowed and was not read. Upload the file of that day alone.",
)
TOLD: Final = _("Give the day as 2026-11-24.")


def fen(typed: Any) -> int:
    """Yuan as typed, as fen."""
    return int((typed or Decimal(0)) * FEN)


class AtTheWindow(Offer):
    """What the fee window does about one row of its page."""

    desks = CASHIER
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

    def charges(self) -> list[tuple[str, Any, list[Tariff]]]:
        """What is asked of each case on the notice; of a joint matter all parts stand on one."""
        case = self.about[0]
        if case.part_days is None:
            return [("fee", case, self.fees)]
        return [
            (f"fee-{one.pk}", one, list(tariffs_in_force(one.item_id, self.who.day)))
            for one in billed_with(case, self.who.day)
        ]

    def ask(self) -> None:
        for prefix, _case, fees in self.charges():
            for n, tariff in enumerate(fees if len(fees) > 1 else ()):
                self.fields[f"{prefix}-{n}"] = forms.IntegerField(
                    label=f"{called(tariff)} · {money(tariff.amount)}",
                    min_value=0,
                    max_value=MOST,
                    required=False,
                )
                self.fields[f"{prefix}-{n}"].asked_for = True  # type: ignore[attr-defined]  # one

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        lines = {
            case.number: {one.code: typed.get(f"{prefix}-{n}") or 0 for n, one in enumerate(fees)}
            for prefix, case, fees in self.charges()
        }
        case = self.about[0]
        if (joint := joint_with(case)) is not None:
            return bill_joint(joint, doing, lines=lines)
        return bill(case.pk, doing, lines=lines[case.number])


# ------------------------------------------------------------------------------ one notice
class OnNotice(Offer):
    """What the fee window does about one notice."""

    desks: ClassVar[tuple[str, ...]] = CASHIER
    when: ClassVar[NoticeState] = NoticeState.DUE

    @classmethod
    def offered(cls, subject: PaymentNotice, who: Any) -> bool:
        return subject.state == cls.when


class TakeCash(OnNotice):
    """Cash for the whole notice; it is deposited the same day."""

    act = BillAct.TAKE_CASH
    effect = _(
        "You take the whole sum in cash and give a slip. The notice is paid once the bank has "
        "confirmed today's deposit."
    )
    done = _("The cash is entered; give the slip.")

    @classmethod
    def offered(cls, subject: PaymentNotice, who: Any) -> bool:
        return super().offered(subject, who) and not hasattr(subject, "slip")

    def does(self, doing: Doing) -> Any:
        return actions.take_cash(self.subject.pk, doing)


class Amounts(OnNotice):
    """How much of which line. Left empty: all that is left of it."""

    relief: ClassVar[ReliefKind]

    def ask(self) -> None:
        for line, left in lines_left(self.subject, self.relief):
            if left:
                self.fields[f"line-{line.pk}"] = forms.DecimalField(
                    label=f"{called(line.tariff)} · {money(left)}",
                    min_value=0,
                    max_value=Decimal(left) / FEN,
                    decimal_places=2,
                    required=False,
                )

    def amounts(self) -> dict[int, int] | None:
        """Fen by line; None where nothing was said, which means all of it."""
        typed = {
            int(name.removeprefix("line-")): fen(value)
            for name, value in self.cleaned_data.items()
            if name.startswith("line-") and value is not None
        }
        return typed or None


class AskWaiver(Amounts):
    """Ask the finance bureau to let the payer off, on a stated basis."""

    act, relief = BillAct.ASK_WAIVER, ReliefKind.WAIVER
    effect = _("The finance bureau decides; until then the notice stays to be paid.")
    done = _("The waiver is asked for.")
    basis = TextField(
        label=_("Basis of the waiver"),
        max_length=300,
        help_text=_("The document that allows it. Amounts left empty: the whole notice."),
        error_messages={"required": _("Give the basis of the waiver.")},
    )

    def does(self, doing: Doing) -> Any:
        basis = self.cleaned_data["basis"]
        return actions.ask_waiver(self.subject.pk, basis, doing, amounts=self.amounts())


class AskRefund(Amounts):
    """Ask the finance bureau to give back what was paid, whole or in part."""

    act, relief, when = BillAct.ASK_REFUND, ReliefKind.REFUND, NoticeState.PAID
    effect = _(
        "The finance bureau decides. What it approves leaves a red-letter notice, and the bank "
        "returns the money the way it came."
    )
    done = _("The refund is asked for.")
    ground = forms.ChoiceField(label=_("Ground"))
    reason = TextField(
        label=_("Facts and paper"),
        max_length=250,
        help_text=_("Amounts left empty: all that is left of each line."),
    )

    def ask(self) -> None:
        self.choose("ground", said(RefundGround))
        super().ask()

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        return actions.ask_refund(
            self.subject.pk,
            RefundGround(typed["ground"]),
            typed["reason"],
            doing,
            amounts=self.amounts(),
        )


class Cancel(OnNotice):
    """作废."""

    act, tone, seldom = BillAct.CANCEL, "grave", True
    effect = _("The notice can be paid no more; the case may have a new one.")
    done = _("The notice is cancelled.")
    reason = TextField(label=_("Why it is cancelled"), max_length=300)

    def does(self, doing: Doing) -> Any:
        return actions.cancel(self.subject.pk, self.cleaned_data["reason"], doing)


class Decides(Offer):
    """The finance bureau's word on a request."""

    desks = FINANCE
    approves: ClassVar[bool]
    words = TextField(label=_("Why it is decided so"), max_length=300, widget=NOTE)

    @classmethod
    def abouts(cls, subject: PaymentNotice, who: Any) -> Iterable[Relief]:
        return [one for one in subject.reliefs.all() if one.state == "asked"]

    @classmethod
    def part(cls, subject: PaymentNotice, key: str) -> Relief | None:
        pk = whole(key)
        return None if pk is None else subject.reliefs.filter(pk=pk).first()

    def does(self, doing: Doing) -> Any:
        words = self.cleaned_data["words"]
        return relieve(self.subject.pk, self.about.pk, words, doing, approved=self.approves)


class Approve(Decides):
    act, approves, tone = BillAct.APPROVE, True, "primary"
    effect = _(
        "A waiver leaves the notice at once. A refund leaves a red-letter notice for the bank."
    )
    done = _("Approved.")


class Refuse(Decides):
    act, approves = BillAct.REFUSE, False
    effect = _("The notice stays as it is.")
    done = _("Not approved.")


# ------------------------------------------------------------------------------ the day
class CloseDay(Offer):
    """日结: count the cash."""

    act, section, bare = CashDayAct.CLOSE, "cash", True
    desks, button, done = CASHIER, _("Close the day"), _("Your day is closed.")
    effect = _("After this no more cash is taken today; the sum goes to the bank with a colleague.")
    day = forms.DateField(  # type: ignore[assignment]
        label=_("Day of the cash"), widget=DateInput, error_messages={"invalid": TOLD}
    )
    counted = forms.DecimalField(
        label=_("Cash counted, in yuan"), min_value=0, max_value=100_000_000, decimal_places=2
    )

    def ask(self) -> None:
        self.fields["day"].initial = self.who.day

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        return actions.close_day(self.who.organ, typed["day"], fen(typed["counted"]), doing)


class Deposit(AtTheWindow):
    """The second person enters the bank's deposit slip."""

    act, section = CashDayAct.DEPOSIT, "deposits"
    words, done = _("Enter the deposit"), _("Deposited: %(number)s")
    serial = TextField(label=_("Number of the bank's deposit slip"), max_length=60)

    @classmethod
    def abouts(cls, subject: Any, who: Any) -> Iterable[Any]:
        return [one for one in deposits_waiting() if one.cashier_id != who.account.pk]

    @classmethod
    def part(cls, subject: Any, key: str) -> Any:
        return cash_day(key)

    @classmethod
    def part_key(cls, about: Any) -> str:
        return str(about.pk)

    @property
    def label(self) -> str:
        return str(self.button)

    def does(self, doing: Doing) -> Any:
        return actions.witness_deposit(self.about.pk, self.cleaned_data["serial"], doing)


class Compare(Offer):
    """A day against the bank's file: the one in the drop folder, or one sent here."""

    act, section, bare = ReconciliationAct.COMPARE, "compare", True
    desks, button = CASHIER, _("Compare")
    bank = forms.ChoiceField(label=_("Bank"), required=False)
    day = forms.DateField(  # type: ignore[assignment]
        label=_("Day"), widget=DateInput, error_messages={"invalid": TOLD}
    )
    file = forms.FileField(
        label=_("The bank's file"),
        required=False,
        help_text=_("Left empty, the file the bank put into the drop folder is taken."),
    )

    def ask(self) -> None:
        self.fields["day"].initial = self.who.day
        self.choose("bank", [(one, one) for one in settings.BANK_CODES])
        self.fields["bank"].initial = settings.BANK_CODE

    def does(self, doing: Doing) -> Reconciliation:
        day: date = self.cleaned_data["day"]
        bank = self.cleaned_data["bank"] or settings.BANK_CODE
        return actions.reconcile(bank, day, self._file(bank, day), doing)

    def _file(self, bank: str, day: date) -> bytes | Path:
        sent = self.cleaned_data["file"]
        if sent and (sent.size or 0) > settings.UPLOAD_MAX_BYTES:
            raise Refused(TOO_LONG, "file")  # never read in part
        if sent:
            return bytes(sent.read(settings.UPLOAD_MAX_BYTES))
        for ending in ("csv", "txt", "xml"):
            path: Path = settings.BANK_STATEMENTS / f"{bank}-{day:%Y%m%d}.{ending}"
            if path.exists():
                return path
        raise Refused(NO_FILE, "file")

    def goes_to(self, left: Any) -> str:
        at = [self.who.organ.code, self.who.desk.value, left.pk]
        return reverse("office:reconciliation", args=at)


class EndException(Offer):
    """End one exception of a compared day by a named act."""

    act, section = ReconciliationAct.END_EXCEPTION, "exceptions"
    desks = (Desk.CASHIER, Desk.FINANCE)
    done = _("The exception is ended.")
    how = forms.ChoiceField(label=_("How it ends"))
    remark = TextField(
        label=_("What was done, by which paper"),
        max_length=300,
        help_text=_("To claim a payment, give the number of its notice."),
    )

    @classmethod
    def abouts(cls, subject: Any, who: Any) -> Iterable[Any]:
        return exceptions_waiting(subject)

    @classmethod
    def part(cls, subject: Any, key: str) -> Any:
        return exception_of(subject, key)

    def ask(self) -> None:
        self.choose("how", said(ExceptionEnd))

    @property
    def label(self) -> str:
        return format_html(
            '{}<span class="visually-hidden">: {}</span>', _("End"), self.about.serial
        )

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        return actions.end_exception(
            self.subject.pk, self.about.pk, ExceptionEnd(typed["how"]), typed["remark"], doing
        )


class Sign(Offer):
    """One of the two signatures under a compared day."""

    act, desks = ReconciliationAct.SIGN, (Desk.CASHIER, Desk.FINANCE)
    effect = _("You say that you compared the day and that the exceptions are being followed up.")

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        # Two sign, so whoever signed first is not asked again. 成办发〔2003〕75号 二（一）
        return subject.countersigned_by is None and subject.signed_by_id != who.account.pk

    def does(self, doing: Doing) -> Any:
        return actions.sign_reconciliation(self.subject.pk, doing)


class Remit(AtTheWindow):
    """汇缴: a day's sum, unit by unit."""

    act, section, desks, bare = RemittanceAct.REMIT, "remit", FINANCE, True
    words, done = _("Remit to the treasury"), _("Remitted: %(number)s")

    @classmethod
    def abouts(cls, subject: Any, who: Any) -> Iterable[Any]:
        return days_to_remit()

    @classmethod
    def part(cls, subject: Any, key: str) -> Any:
        return reconciliation_of(key)

    @classmethod
    def part_key(cls, about: Any) -> str:
        return str(about.pk)

    def does(self, doing: Doing) -> Any:
        return actions.remit(self.about.bank, self.about.day, doing)
