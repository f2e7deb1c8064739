"""An official may enter a deed afterwards, within limits and with a reason; both times are kept.

成府发〔2009〕53号 asks for data in real time. A forbidden back-filling would be a false event time;
an allowed one is told as what it is, and supervision counts it (norms 9).
"""

from datetime import date, datetime
from typing import Final, Protocol

from openhall.glossary import Said
from openhall.paging.typed import visible

LONGEST: Final = 5  # working days between the deed and its entry
REASON_AT_LEAST: Final = 4  # characters


class Days(Protocol):
    def workdays_between(self, after: date, until: date) -> int: ...


def objection(
    happened: datetime, now: datetime, last: datetime | None, reason: str, days: Days
) -> tuple[Said, str] | None:
    """Why ``happened`` may not be entered now, and beside which field; None where it may.

    All moments are in the city's zone; ``last`` is when the case's last deed happened.
    """
    if happened > now:
        return Said(
            "事件时间不能晚于现在。请核对时间。",
            "The time cannot be later than now. Check the time.",
        ), "happened_at"
    if last is not None and happened < last:
        return (
            Said(
                f"本件上一步发生于{last:%Y-%m-%d %H:%M}，补录的时间不能更早。请核对时间。",
                f"The last act of this case happened at {last:%Y-%m-%d %H:%M}; one entered "
                "afterwards cannot be earlier. Check the time.",
            ),
            "happened_at",
        )
    if days.workdays_between(happened.date(), now.date()) > LONGEST:
        return (
            Said(
                f"只能补录{LONGEST}个工作日以内的办理（成府发〔2009〕53号：数据实时）。"
                "请按现在的时间录入，并在意见中说明。",
                f"Enter only acts of the last {LONGEST} working days afterwards "
                "(成府发〔2009〕53号: data in real time). Enter it with the time of now and "
                "explain it in the note.",
            ),
            "happened_at",
        )
    if visible(reason) < REASON_AT_LEAST:
        return Said(
            f"补录须说明原因（不少于{REASON_AT_LEAST}个字）；补录会公开显示。",
            f"Say why it is entered afterwards (at least {REASON_AT_LEAST} "
            "characters); this is shown to the public.",
        ), "late_reason"
    return None
