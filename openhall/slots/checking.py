"""Whether every appointment has the seats it names, and no two name one. In ``LEDGER_CHECKS``."""

from collections.abc import Iterator

from openhall.ledger.rules.finding import Finding
from openhall.slots.queries import doubled, unlike


def faults(since: int, size: int) -> Iterator[Finding]:
    """Seats given twice, and appointments without their seats; only in a look at the whole."""
    if since:
        return
    for slot in doubled():
        yield Finding(
            f"slot/{slot}",
            f"时段{slot}的同一席位有两项预约。请立即联系其中一人改期。",
            f"Two appointments name one seat of slot {slot}. Ask one of them to come another time.",
        )
    for number in unlike():
        yield Finding(
            f"appointment/{number}/seats",
            f"预约{number}的席位不归它所有：席位表被改动。",
            f"The seats of appointment {number} are not its own: the table of seats was changed.",
        )
