"""减免和退付: asked by the fee window on a ground, decided by the finance bureau. A12.

What is let off leaves the notice; what was paid comes back by a red-letter notice, line by line.
"""

from collections.abc import Mapping
from typing import Any, Final

from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed, write
from openhall.fees.actions.notices import red_letter
from openhall.fees.kinds import BILL
from openhall.fees.models import CashSlip, NoticeLine, PaymentNotice, Relief, ReliefLine
from openhall.fees.permissions import cashier_of, overseer_of
from openhall.fees.queries import lines_left
from openhall.fees.terms import BillAct, NoticeState, RefundGround, ReliefKind, ReliefState
from openhall.glossary import Said

Amounts = Mapping[int, int]  # fen by the id of a line
GROUND: Final = {
    ReliefKind.WAIVER: Said(
        "减免须写明依据（行政许可法 58）。",
        "Give the basis of the waiver (Administrative Licensing Law, art. 58).",
    ),
    ReliefKind.REFUND: Said(
        "退付须写明原因（财库〔2021〕31号）。", "Say why the money goes back (财库〔2021〕31号)."
    ),
}
WHEN: Final = {
    ReliefKind.WAIVER: (
        NoticeState.DUE,
        Said("只有待缴费的缴款书可以减免。", "Only a notice that is still to be paid is waived."),
    ),
    ReliefKind.REFUND: (
        NoticeState.PAID,
        Said("只有已缴费的缴款书可以退付。", "Money comes back only of a notice that was paid."),
    ),
}


@deed(BILL, BillAct.ASK_WAIVER)
def ask_waiver(
    notice: PaymentNotice, basis: str, doing: Doing, *, amounts: Amounts | None = None
) -> Deed:
    """Ask that a notice be let off, whole or in part (``amounts``), on a stated basis."""
    return _ask(notice, ReliefKind.WAIVER, basis, amounts, doing)


@deed(BILL, BillAct.ASK_REFUND)
def ask_refund(
    notice: PaymentNotice,
    ground: RefundGround,
    reason: str,
    doing: Doing,
    *,
    amounts: Amounts | None = None,
) -> Deed:
    """Ask that what was paid go back, whole or in part (``amounts``)."""
    if not reason.strip():
        raise Refused(GROUND[ReliefKind.REFUND], "reason", code="basis")
    return _ask(notice, ReliefKind.REFUND, f"{ground.zh}：{reason.strip()}", amounts, doing)


def _ask(
    notice: PaymentNotice, kind: ReliefKind, ground: str, amounts: Amounts | None, doing: Doing
) -> Deed:
    cashier = cashier_of(doing)
    if not ground.strip():
        raise Refused(GROUND[kind], "basis", code="basis")
    state, said = WHEN[kind]
    if notice.state != state or notice.is_red:
        raise Refused(said, code="conflict")
    if notice.reliefs.filter(state=ReliefState.ASKED.value).exists():
        raise Refused(
            Said("这张缴款书已有一项申请待批。", "A request on this notice waits for a decision."),
            code="conflict",
        )
    if CashSlip.objects.filter(notice=notice).exists() and kind == ReliefKind.WAIVER:
        raise Refused(
            Said(
                "已收现金的缴款书不能减免，请先解缴。", "Cash was taken for it; deposit it first."
            ),
            code="conflict",
        )
    of_line = _amounts(notice, kind, amounts)
    relief = Relief.objects.create(
        notice=notice,
        kind=kind.value,
        ground=ground.strip(),
        amount=sum(of_line.values()),
        asked_by=cashier,
        asked_at=doing.at,
    )
    ReliefLine.objects.bulk_create(
        ReliefLine(relief=relief, line=line, amount=amount) for line, amount in of_line.items()
    )
    act = BillAct.ASK_WAIVER if kind == ReliefKind.WAIVER else BillAct.ASK_REFUND
    facts = {"amount": relief.amount, "ground": relief.ground}
    return write(BILL, notice, act, doing, facts=facts)


def _amounts(
    notice: PaymentNotice, kind: ReliefKind, amounts: Amounts | None
) -> dict[NoticeLine, int]:
    """How much of which line; all that is left of each where nothing is said."""
    left = dict(lines_left(notice, kind))
    if amounts is None:
        asked = {line: rest for line, rest in left.items() if rest}
    else:
        asked = {line: amounts[line.pk] for line in left if amounts.get(line.pk)}
    if not asked:
        raise Refused(
            Said("请填写减免或者退付的金额。", "Say how much is let off or given back."), "amounts"
        )
    for line, amount in asked.items():
        if not 0 < amount <= left[line]:
            raise Refused(
                Said(
                    f"“{line.tariff.name}”最多{left[line]}分，现为{amount}分。",
                    f"Of “{line.tariff.name_en or line.tariff.name}” at most {left[line]} fen can "
                    f"go, not {amount}.",
                ),
                "amounts",
            )
    return asked


@deed(BILL, BillAct.APPROVE, BillAct.REFUSE)
def decide_relief(
    notice: PaymentNotice, relief_pk: int, words: str, doing: Doing, *, approved: bool
) -> Deed:
    """The finance bureau's decision, by a person who neither asked nor issued the notice."""
    overseer = overseer_of(doing)
    relief = notice.reliefs.filter(pk=relief_pk).first()
    if relief is None or relief.state != ReliefState.ASKED:
        raise Refused(
            Said("这项申请已经决定。", "This request is decided already."), code="conflict"
        )
    if overseer.pk in (relief.asked_by_id, notice.issued_by_id):
        raise Refused(
            Said(
                "申请人和开具人不能批准同一张缴款书的减免、退付，请由另一人审批（收缴分离）。",
                "Who asked or issued the notice does not decide about it; another person does.",
            ),
            code="same",
        )
    if not words.strip():
        raise Refused(Said("请写明审批意见。", "Say why it is decided so."), "words", code="basis")
    Relief.objects.filter(pk=relief.pk).update(
        state=(ReliefState.APPROVED if approved else ReliefState.REFUSED).value,
        decided_by=overseer,
        decided_at=doing.at,
        words=words.strip(),
    )
    facts = {"kind": relief.kind, "amount": relief.amount, "words": words.strip()}
    if not approved:
        return write(BILL, notice, BillAct.REFUSE, doing, facts=facts)
    if relief.kind == ReliefKind.WAIVER:
        changes = _let_off(notice, relief, doing)
    else:
        changes = _given_back(notice, relief, doing)
        facts["red"] = changes.pop("red")
    return write(BILL, notice, BillAct.APPROVE, doing, changes=changes, facts=facts)


def _let_off(notice: PaymentNotice, relief: Relief, doing: Doing) -> dict[str, Any]:
    if notice.state != NoticeState.DUE or notice.open < relief.amount:
        raise Refused(WHEN[ReliefKind.WAIVER][1], code="conflict")
    left = notice.open - relief.amount
    changes: dict[str, Any] = {
        "waived": notice.waived + relief.amount,
        "open": left,
        "reason": relief.ground,
    }
    if not left:
        changes |= {"state": NoticeState.WAIVED.value, "settled_at": doing.at}
    return changes


def _given_back(notice: PaymentNotice, relief: Relief, doing: Doing) -> dict[str, Any]:
    amounts = {
        one.line: one.amount
        for one in relief.lines.select_related("line__tariff").order_by("line_id")
    }
    red = red_letter(notice, amounts, relief.ground, doing)
    Relief.objects.filter(pk=relief.pk).update(red=red)
    return {"refunded": notice.refunded + relief.amount, "red": red.number}
