"""Was I charged right? Each line by its standard, and a file to verify it by. A11."""

import base64
import json
from dataclasses import dataclass
from typing import Any, Final

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils import timezone

from openhall.fees.kinds import BILL
from openhall.fees.models import NoticeLine, PaymentNotice
from openhall.fees.signatures import asked_of, lines_of, price_of, settled_of, settling_facts
from openhall.ledger.queries import receipt_for
from openhall.ledger.signing import public_verifier_key, signing_key

FORMAT: Final = "openhall-payment-notice/1"


@dataclass(frozen=True, slots=True)
class Charged:
    """A line, and what its standard makes of it today as on the day of the notice."""

    line: NoticeLine
    amount: int  # by the standard; of a red letter what may be taken back at most
    in_force: bool

    @property
    def right(self) -> bool:
        """Whether nothing else was charged than the standard says."""
        charged = self.line.amount
        if self.line.of_id is not None:
            return charged <= self.amount
        return self.in_force and charged == self.amount


def recomputed(notice: PaymentNotice) -> list[Charged]:
    """Each line of ``notice`` counted anew by the standard it names."""
    day = timezone.localtime((notice.red_of or notice).issued_at).date()
    return [
        Charged(line, price_of(line.tariff).of(line.quantity), line.tariff.in_force_on(day))
        for line in lines_of(notice)
    ]


def bundle_of(notice: PaymentNotice) -> dict[str, Any]:
    """What was signed, the signatures, the public keys, the standards and the log's receipts."""
    lines = lines_of(notice)
    facts = settling_facts(notice)
    key = signing_key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    receipts = [receipt_for(event.entry) for event in BILL.events_of([notice.pk])]
    return {
        "format": FORMAT,
        "asked": asked_of(notice, lines),
        "unit_signature": notice.unit_signature,
        "settled": settled_of(notice, lines, **facts) if facts else None,
        "finance_signature": notice.finance_signature,
        "public_key": base64.b64encode(key).decode(),
        "log_key": public_verifier_key(),
        "standards": [
            {
                "item": line.tariff.item.code,
                "code": line.tariff.code,
                "version": line.tariff.number,
                "name": line.tariff.name,
                "unit": line.tariff.unit,
                "basis": line.tariff.basis,
                "approval": line.tariff.price_approval,
                "page": line.tariff.approval_page,
                "amount": line.tariff.amount,
                "included": line.tariff.included,
                "more": line.tariff.more_amount,
                "most": line.tariff.most_amount,
                "digest": line.tariff.digest,
            }
            for line in lines
        ],
        "receipts": [json.loads(one.to_json()) for one in receipts if one is not None],
    }
