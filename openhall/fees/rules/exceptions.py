"""What a line is that does not agree: one name, one reason, one next step. A12."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from openhall.fees.terms import MatchState, NoticeState
from openhall.glossary import Said


class Bank(NamedTuple):
    """A line of the bank's file; ``day`` as a number of days."""

    serial: str
    place: int
    notice: str
    amount: int
    day: int


class Ours(NamedTuple):
    """A receipt of ours."""

    serial: str
    notice: str
    amount: int


class Known(NamedTuple):
    """What we know of a notice: where it stands, what is open, whether it is in red."""

    state: str
    open: int
    paid: int
    red: bool


class Reversals:
    """Reversals of a file and the payments they may take back. They are few."""

    def __init__(self) -> None:
        self.back: Counter[tuple[str, int]] = Counter()
        self.payments: Counter[tuple[str, int]] = Counter()
        self.taken: Counter[tuple[str, int]] = Counter()
        self.told: Counter[str] = Counter()

    def __bool__(self) -> bool:
        return bool(self.back)

    def add(self, notice: str, amount: int) -> None:
        """A reversal stands in the file."""
        self.back[(notice, -amount)] += 1

    def paid(self, notice: str, amount: int) -> None:
        """A payment stands in the file."""
        key = (notice, amount)
        if key in self.back:
            self.payments[key] += 1

    def takes_back(self, notice: str, amount: int) -> bool:
        """Whether a payment we do not know is one that the same file takes back."""
        key = (notice, amount)
        if self.back[key] <= self.taken[key]:
            return False
        self.taken[key] += 1
        return True

    def first(self, notice: str) -> bool:
        """Whether no other payment of this notice was told apart before."""
        self.told[notice] += 1
        return self.told[notice] == 1


def told_apart(
    bank: Bank | None,
    own: Ours | None,
    again: bool,
    known: Mapping[str, Known],
    back: Reversals,
    today: int,
) -> tuple[MatchState, Said]:
    """What a pair is that does not agree, and what to do about it."""
    if bank is None:
        return MatchState.MISSING_THERE, Said(
            "本系统已记收，银行文件没有。请向银行查询。",
            "Booked here, not in the bank's file: ask the bank.",
        )
    if bank.day != today:
        return MatchState.WRONG_DAY, Said(
            "银行记账日不是对账日，应归入所属日。", "Of another day: it belongs to that day's file."
        )
    if bank.amount < 0:
        return _went_back(bank, own, known.get(bank.notice), back)
    if again:
        return MatchState.DOUBLED, Said(
            "同一流水号在文件中出现不止一次。请银行更正。",
            "One serial number stands more than once: the bank corrects it.",
        )
    if own is not None:
        return _differs(bank, own)
    if back.takes_back(bank.notice, bank.amount):
        return MatchState.REVERSED, Said("当日已冲正", "Taken back the same day")
    return _unheard(bank, known.get(bank.notice), back)


def _went_back(
    bank: Bank, own: Ours | None, notice: Known | None, back: Reversals
) -> tuple[MatchState, Said]:
    if notice is not None and notice.red:
        if own is not None or notice.state == NoticeState.RETURNED:
            return MatchState.DOUBLED, Said("红字款重复退付。", "Returned a second time.")
        return MatchState.MISSING_HERE, Said(
            "红字缴款书已由银行退付，回执未到。请银行重发回执。",
            "The bank returned it, its receipt has not come: ask for it again.",
        )
    if back.payments[(bank.notice, -bank.amount)] > 0 or back.taken[(bank.notice, -bank.amount)]:
        return MatchState.REVERSED, Said(
            "银行冲正或者退款；本系统已记收的，须另行办理退付",
            "Taken back at the bank; what is booked here is refunded by its own act",
        )
    if notice is None:
        return MatchState.UNKNOWN, Said("不知为何退款。", "Money went back for no notice of ours.")
    return MatchState.REFUND_UNKNOWN, Said(
        "银行退款，本系统没有批准的红字缴款书。", "Money went back without an approved red letter."
    )


def _differs(bank: Bank, own: Ours) -> tuple[MatchState, Said]:
    note = Said(
        f"银行{bank.amount}分（{bank.notice}），本系统{own.amount}分（{own.notice}）",
        f"{bank.amount} fen at the bank ({bank.notice}), {own.amount} here ({own.notice})",
    )
    if bank.notice != own.notice:
        return MatchState.OTHER_NOTICE, note
    return (MatchState.SHORT if bank.amount < own.amount else MatchState.OVER), note


def _unheard(bank: Bank, notice: Known | None, back: Reversals) -> tuple[MatchState, Said]:
    """A payment of which no receipt came."""
    if notice is None or notice.red:
        return MatchState.UNKNOWN, Said(
            "没有这个编号的缴款书。请银行提供缴款人，认领或者退还。",
            "No notice has this number: ask the bank who paid, then claim or return it.",
        )
    if notice.state == NoticeState.PAID or (
        notice.state == NoticeState.DUE and not back.first(bank.notice)
    ):
        return MatchState.TWICE, Said(
            "缴款书已缴清，应退还缴款人。", "The notice was paid already: return the money."
        )
    if notice.state != NoticeState.DUE:
        return MatchState.NOT_DUE, Said(
            "缴款书已减免或者作废，应退还缴款人。",
            "The notice was let off or cancelled: return it.",
        )
    if bank.amount != notice.open:
        state = MatchState.SHORT if bank.amount < notice.open else MatchState.OVER
        return state, Said(
            f"应缴{notice.open}分，银行收{bank.amount}分，回执未予登记。",
            f"{notice.open} fen are due and {bank.amount} were paid, so no receipt was taken.",
        )
    return MatchState.MISSING_HERE, Said(
        "银行已收款，回执未到。请银行重发回执。",
        "Paid at the bank, its receipt has not come: ask for it again.",
    )
