"""An official may enter a deed afterwards, within limits and with a reason; both times are kept.

成府发〔2009〕53号 asks for data in real time. A forbidden back-filling would be a false event time;
an allowed one is told as what it is, and supervision counts it (norms 9).
"""

from datetime import date, datetime
from typing import Final, Protocol

LONGEST: Final = 5  # working days between the deed and its entry
REASON_AT_LEAST: Final = 4  # characters


class Days(Protocol):
    def workdays_between(self, after: date, until: date) -> int: ...


def objection(
    happened: datetime, now: datetime, last: datetime | None, reason: str, days: Days
) -> tuple[str, str] | None:
    """Why ``happened`` may not be entered now, and beside which field; None where it may.

    All moments are in the city's zone; ``last`` is when the case's last deed happened.
    """
    if happened > now:
        return "事件时间不能晚于现在。请核对时间。", "happened_at"
    if last is not None and happened < last:
        return (
            f"本件上一步发生于{last:%Y-%m-%d %H:%M}，补录的时间不能更早。请核对时间。",
            "happened_at",
        )
    if days.workdays_between(happened.date(), now.date()) > LONGEST:
        return (
            f"只能补录{LONGEST}个工作日以内的办理（成府发〔2009〕53号：数据实时）。"
            "请按现在的时间录入，并在意见中说明。",
            "happened_at",
        )
    if len(reason.strip()) < REASON_AT_LEAST:
        return f"补录须说明原因（不少于{REASON_AT_LEAST}个字）；补录会公开显示。", "late_reason"
    return None
