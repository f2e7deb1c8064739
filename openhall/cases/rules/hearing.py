"""The hearing: who is told, who may ask until when, when it is held and by whom.

行政许可法 36, 46–48. The applicant and interested parties pay nothing.
"""

from datetime import date
from typing import Final

from openhall.cases.rules.clock import WorkingCalendar
from openhall.glossary import Said

ASK_WITHIN: Final = 5  # working days after being told (47)
HOLD_WITHIN: Final = 20  # working days after it was asked for (47)
NOTICE_BEFORE: Final = 7  # working days before it is held (48(1)(一))


def ask_by(told: date, calendar: WorkingCalendar) -> date:
    """The last day to ask for a hearing."""
    return calendar.add_workdays(told, ASK_WITHIN).on


def hold_by(asked: date, calendar: WorkingCalendar) -> date:
    """The last day to hold it."""
    return calendar.add_workdays(asked, HOLD_WITHIN).on


def objection_to_day(
    held_on: date, today: date, last: date, calendar: WorkingCalendar
) -> Said | None:
    """Why it cannot be held on ``held_on``, in plain words; None where it can."""
    if calendar.workdays_between(today, held_on) < NOTICE_BEFORE:
        return Said(
            f"举行听证的{NOTICE_BEFORE}个工作日前须通知申请人和利害关系人（行政许可法 48）。"
            f"最早可定在{calendar.add_workdays(today, NOTICE_BEFORE).on:%Y-%m-%d}。",
            f"Notify the applicant and the interested parties {NOTICE_BEFORE} working "
            "days before the hearing (Administrative Licensing Law, art. 48). The "
            "earliest day is "
            f"{calendar.add_workdays(today, NOTICE_BEFORE).on:%Y-%m-%d}.",
        )
    if held_on > last:
        return Said(
            f"听证应当在申请之日起20个工作日内组织，最迟{last:%Y-%m-%d}（行政许可法 47）。",
            "Hold the hearing within 20 working days of the request, by "
            f"{last:%Y-%m-%d} (Administrative Licensing Law, art. 47).",
        )
    return None


def objection_to_host(host: int, handler: int | None, intake: int | None) -> Said | None:
    """The host is somebody else than those who examine the application. 行政许可法 48(1)(三)."""
    if host == handler:
        return Said(
            "听证主持人不得是审查本件的工作人员（行政许可法 48）。请另选主持人。",
            "Who examines this case cannot preside over its hearing (Administrative "
            "Licensing Law, art. 48). Choose another host.",
        )
    if host == intake:
        return Said(
            "受理人不主持本件的听证（接办件分离，成办发〔2003〕75号）。请另选主持人。",
            "Who accepted this case does not preside over its hearing (reception and "
            "handling are separate, 成办发〔2003〕75号). Choose another host.",
        )
    return None


def objection_to_deciding(
    told: date | None, ask_until: date | None, asked: bool, held: bool, today: date
) -> Said | None:
    """Why nobody may decide yet: the right was told and is still open, or asked for and unmet."""
    if told is None or held:
        return None
    if asked:
        return Said(
            "已有人申请听证，听证举行以前不能作出决定（行政许可法 47、48）。请先举行听证。",
            "A hearing was asked for; nobody decides before it is held "
            "(Administrative Licensing Law, art. 47 and 48). Hold the hearing first.",
        )
    if ask_until is not None and today <= ask_until:
        return Said(
            f"已告知听证权利，{ask_until:%Y-%m-%d}以前可以申请听证，"
            "期满以前不能作出决定（行政许可法 47）。",
            "The right to a hearing was told and can be used until "
            f"{ask_until:%Y-%m-%d}; nobody decides before (Administrative Licensing "
            "Law, art. 47).",
        )
    return None
