"""The city's signatures on its notices: made, and held against what the notice says now."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from openhall.catalogue.models import Tariff
from openhall.fees.models import NoticeLine, PaymentNotice
from openhall.fees.rules.charging import Price
from openhall.fees.rules.signing import Asked, holds, settled_body, sign
from openhall.ledger.signing import signing_key


def price_of(tariff: Tariff) -> Price:
    """How a standard is counted."""
    return Price(tariff.amount, tariff.included, tariff.more_amount, tariff.most_amount)


def asked_of(notice: PaymentNotice, lines: Iterable[NoticeLine]) -> dict[str, Any]:
    """What the unit signs."""
    return Asked(
        number=notice.number,
        check_code=notice.check_code,
        organ=notice.organ.code,
        reference=notice.reference,
        amount=notice.amount,
        issued_at=timezone.localtime(notice.issued_at).isoformat(timespec="seconds"),
        due_on=notice.due_on.isoformat(),
        red_of=notice.red_of.number if notice.red_of is not None else "",
        lines=[
            (one.reference, one.tariff.code, one.tariff.number, one.quantity, one.amount)
            for one in lines
        ],
    ).body()


def settled_of(
    notice: PaymentNotice, lines: Iterable[NoticeLine], **settled: Any
) -> dict[str, Any]:
    """What the finance bureau signs."""
    return settled_body(asked_of(notice, lines), notice.unit_signature, settled)


def lines_of(notice: PaymentNotice) -> list[NoticeLine]:
    return list(notice.lines.select_related("tariff__item").order_by("pk"))


def unit_signs(notice: PaymentNotice, lines: Iterable[NoticeLine]) -> str:
    """The unit's signature, at issue."""
    return sign(asked_of(notice, lines), signing_key())


def finance_signs(notice: PaymentNotice, **settled: Any) -> str:
    """The finance bureau's signature, once the bank's word has settled the notice."""
    return sign(settled_of(notice, lines_of(notice), **settled), signing_key())


def settling_facts(notice: PaymentNotice) -> dict[str, Any]:
    """What settled ``notice``, as the finance bureau signed it."""
    receipt = getattr(notice, "receipt", None)
    if receipt is None:
        return {}
    return {
        "bank": receipt.bank,
        "serial": receipt.serial,
        "amount": receipt.amount,
        "paid_at": receipt.paid_at_said,
    }


def signatures_hold(notice: PaymentNotice) -> tuple[bool, bool]:
    """Whether the unit's and the finance bureau's signatures are over what the notice says now.

    The second is also true of a notice the finance bureau has nothing to sign of yet.
    """
    key, lines = signing_key().public_key(), lines_of(notice)
    unit = holds(asked_of(notice, lines), notice.unit_signature, key)
    facts = settling_facts(notice)
    if not facts and not notice.finance_signature:
        return unit, True
    body = settled_of(notice, lines, **facts)
    return unit, holds(body, notice.finance_signature, key)
