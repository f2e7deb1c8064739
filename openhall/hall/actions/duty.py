"""The roster: planned, swapped, stood in for; signed in and out at the window. A9."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused, kept
from openhall.deeds.writer import deed, done_before, locked, made_before, write
from openhall.glossary import Said
from openhall.hall.actions import refusals as said
from openhall.hall.actions.once import clock, ended, locked_lines, press
from openhall.hall.kinds import DUTY
from openhall.hall.models import Duty, Hall, Ticket, Window
from openhall.hall.permissions import may_manage, may_sit
from openhall.hall.queries import at_window
from openhall.hall.terms import DutyAct, TicketAct, TicketState
from openhall.organs.models import Account
from openhall.workdays.queries import calendar

A = DutyAct
LONGEST_REPEAT: Final = timedelta(days=31)
APART = {"swap_with": None, "swap_agreed": False}  # no swap is asked for any more
NOT_YOURS = Said("这不是您的班次。", "This is not your shift.")
BEGUN = Said(
    "这个班次已经签到或者撤销，不能再改。", "Somebody has signed in on it, or it was cancelled."
)


def _free(account: Account, window: Window, day: date, starts: time, ends: time, but: Any) -> None:
    """Nobody sits twice at a time, and no window has two."""
    rows = Duty.objects.filter(day=day, cancelled=False, starts__lt=ends, ends__gt=starts)
    rows = rows.exclude(pk__in=but)
    if (clash := rows.filter(account=account).select_related("window").first()) is not None:
        raise Refused(
            Said(
                f"这个人这段时间已经排在{clash.window.number}号窗口。",
                f"They are on the roster at window {clash.window.number} at that time.",
            ),
            "account",
        )
    if rows.filter(window=window).exists():
        raise Refused(
            Said(
                f"{window.number}号窗口这段时间已经有人。",
                f"Window {window.number} has somebody at that time.",
            ),
            "window",
        )


@acting()
def plan(
    window: Window, account: Account, day: date, starts: time, ends: time, doing: Doing
) -> Duty:
    """Put somebody on the roster of a window."""
    same = {"window_id": window.pk, "account_id": account.pk, "day": day}
    before: Duty | None = made_before(DUTY, doing, A.PLAN, **same)
    if before is not None:
        return before
    if doing.actor is not None and not may_manage(doing.actor, window.hall, doing.day):
        raise Refused(said.NOT_MANAGER)
    if not may_sit(account, window.hall, day):
        raise Refused(
            Said(
                "只能排进驻单位的窗口人员或者本中心的人员。",
                "Only window staff of resident units and the centre's own are put on its roster.",
            ),
            "account",
        )
    if ends <= starts:
        raise Refused(Said("下班应当晚于上班。", "A shift ends after it begins."), "ends")
    _free(account, window, day, starts, ends, [])
    duty = Duty.objects.create(
        hall=window.hall, window=window, account=account, day=day, starts=starts, ends=ends
    )
    facts = {"day": day.isoformat(), "shift": f"{starts:%H:%M}–{ends:%H:%M}"}
    write(DUTY, duty, A.PLAN, doing, facts=facts)
    return duty


@acting()
def repeat(hall: Hall, day: date, until: date, doing: Doing) -> list[Duty]:
    """The roster of ``day`` again on each working day after it, to ``until``; the shifts planned.

    What is on the roster already stays, and who may not sit there any more is left out. Raises
    :class:`Refused` where nothing is to be repeated, or for more than a month.
    """
    if doing.actor is not None and not may_manage(doing.actor, hall, doing.day):
        raise Refused(said.NOT_MANAGER)
    if not day < until <= day + LONGEST_REPEAT:
        raise Refused(
            Said("最多向后排31天。", "It is repeated for a month at most, from the day after."),
            "until",
        )
    shifts = Duty.objects.filter(hall=hall, day=day, cancelled=False)
    rows = list(shifts.select_related("window__hall__organ", "account"))
    works, made = calendar(), []
    for n in range(1, (until - day).days + 1):
        on = day + timedelta(days=n)
        if on < doing.day or not works.is_workday(on):
            continue
        for one in rows:
            part = doing.part(f"{on.isoformat()}-{one.pk}")
            try:
                made.append(plan(one.window, one.account, on, one.starts, one.ends, part))
            except Refused:
                continue
    if not made:
        raise Refused(Said("没有可以照排的班次。", "There is no shift to be repeated."), "until")
    return made


def _not_begun(duty: Duty) -> None:
    if duty.cancelled or duty.signed_in is not None:
        raise Refused(BEGUN)


@deed(DUTY, A.CANCEL)
def cancel(duty: Duty, doing: Doing) -> Deed:
    """Take a shift off the roster, before anybody signed in on it."""
    if not may_manage(doing.actor, duty.hall, doing.day):
        raise Refused(said.NOT_MANAGER)
    _not_begun(duty)
    return write(DUTY, duty, A.CANCEL, doing, changes={"cancelled": True, **APART})


@deed(DUTY, A.STAND_IN)
def stand_in(duty: Duty, account: Account, why: str, doing: Doing) -> Deed:
    """Another person takes the shift; who was planned stays named."""
    if not may_manage(doing.actor, duty.hall, doing.day):
        raise Refused(said.NOT_MANAGER)
    _not_begun(duty)
    if not why.strip():
        raise Refused(Said("请写明顶岗的原因。", "Say why somebody stands in."), "why")
    if account.pk == duty.account_id or not may_sit(account, duty.hall, duty.day):
        raise Refused(
            Said("请选择另一位窗口人员。", "Choose another member of the window staff."), "account"
        )
    _free(account, duty.window, duty.day, duty.starts, duty.ends, [duty.pk])
    changes = {
        "account": account,
        "stands_for": duty.stands_for or duty.account,
        "note": kept(why, 200, "why"),
    }
    return write(DUTY, duty, A.STAND_IN, doing, changes=changes, detail={"why": why.strip()})


@deed(DUTY, A.ASK_SWAP)
def ask_swap(duty: Duty, other: Duty, doing: Doing) -> Deed:
    """Ask a colleague to swap shifts; nothing changes until they agree."""
    if doing.actor is None or duty.account_id != doing.actor.pk:
        raise Refused(NOT_YOURS)
    _not_begun(duty)
    _not_begun(other)
    if other.hall_id != duty.hall_id or other.account_id == duty.account_id:
        raise Refused(
            Said("请选择同一大厅同事的班次。", "Choose a colleague's shift in this hall."), "other"
        )
    return write(DUTY, duty, A.ASK_SWAP, doing, changes={"swap_with": other, "swap_agreed": False})


@deed(DUTY, A.AGREE)
def agree_swap(duty: Duty, doing: Doing) -> Deed:
    """The colleague agrees; the shifts change hands once a manager has confirmed it."""
    other = duty.swap_with
    if other is None or duty.swap_agreed:
        raise Refused(said.MOVED_ON)
    if doing.actor is None or other.account_id != doing.actor.pk:
        raise Refused(NOT_YOURS)
    _not_begun(duty)
    _not_begun(other)
    return write(DUTY, duty, A.AGREE, doing, changes={"swap_agreed": True})


@acting()
def confirm_swap(pk: int, doing: Doing) -> Deed:
    """A manager confirms what two agreed on: both shifts change hands at once."""
    before: Deed | None = done_before(DUTY, doing, (A.SWAP,), pk)
    if before is not None:
        return before
    asked = locked(DUTY, pk)
    if not may_manage(doing.actor, asked.hall, doing.day):
        raise Refused(said.NOT_MANAGER)
    if asked.swap_with_id is None or not asked.swap_agreed:
        raise Refused(said.MOVED_ON)
    mine = locked(DUTY, asked.swap_with_id)
    if doing.actor is not None and doing.actor.pk in (asked.account_id, mine.account_id):
        raise Refused(
            Said("自己的换班由另一位管理人员确认。", "Another manager confirms your own swap.")
        )
    _not_begun(asked)
    _not_begun(mine)
    both = [asked.pk, mine.pk]
    _free(mine.account, asked.window, asked.day, asked.starts, asked.ends, both)
    _free(asked.account, mine.window, mine.day, mine.starts, mine.ends, both)
    first, second = asked.account, mine.account
    write(DUTY, mine, A.SWAP, doing.part("mine"), changes={"account": first, **APART})
    return write(DUTY, asked, A.SWAP, doing, changes={"account": second, **APART})


@deed(DUTY, A.KEEP)
def keep_shift(duty: Duty, doing: Doing) -> Deed:
    """The colleague declines, who asked takes it back, or a manager says no."""
    other = duty.swap_with
    if other is None:
        raise Refused(said.MOVED_ON)
    both = (duty.account_id, other.account_id)
    own = doing.actor is not None and doing.actor.pk in both
    if not own and not may_manage(doing.actor, duty.hall, doing.day):
        raise Refused(NOT_YOURS)
    return write(DUTY, duty, A.KEEP, doing, changes=APART)


# ------------------------------------------------------------------ at the window
@deed(DUTY, A.SIGN_IN)
def sign_in(duty: Duty, doing: Doing) -> Deed:
    """Here, at the window. One person at a window, one window a person."""
    if doing.actor is None or duty.account_id != doing.actor.pk:
        raise Refused(NOT_YOURS)
    _not_begun(duty)
    if duty.day != doing.day:
        raise Refused(
            Said("只能在当班当天签到。", "Sign in on the day of the shift."),
        )
    rows = Duty.objects.filter(signed_in__isnull=False, signed_out__isnull=True)
    if rows.filter(window=duty.window).exists():
        raise Refused(
            Said(
                "这个窗口还有人没有签退。请前一位签退，或者请中心管理人员代为签退。",
                "Somebody is still signed in at this window. They sign out first, or the centre's "
                "management does it for them.",
            )
        )
    if rows.filter(account=duty.account).exists():
        raise Refused(
            Said(
                "您还在另一个窗口签到。请先签退。",
                "You are signed in at another window. Sign out there first.",
            )
        )
    late = _minutes(_planned(duty.day, duty.starts), doing.at)
    event = write(
        DUTY,
        duty,
        A.SIGN_IN,
        doing,
        changes={"signed_in": doing.at, **APART},
        facts={"late_minutes": late},
    )
    press(duty.hall_id, doing.at)
    return event


def _ended(left: Ticket | None, doing: Doing) -> dict[str, Any]:
    """End the visit whose clerk has gone: served it is done, called and not there it is missed."""
    if left is None:
        return {}
    locked_lines([left.line_id])
    now = clock() if doing.entered is None else doing.at
    fresh = at_window(left.window_id or 0)
    if fresh is None or fresh.pk != left.pk:
        raise Refused(said.MOVED_ON)
    served = fresh.state == TicketState.SERVING
    act, state = (
        (TicketAct.FINISH, TicketState.DONE) if served else (TicketAct.NO_SHOW, TicketState.NO_SHOW)
    )
    ended(fresh, act, state, now, doing, {"by_management": True})
    return {"ended": str(fresh)}


def _planned(day: date, moment: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, moment))


def _minutes(since: datetime, until: datetime) -> int:
    return max(0, int((until - since).total_seconds() // 60))


def _sits(duty: Duty, doing: Doing) -> None:
    if doing.actor is None or duty.account_id != doing.actor.pk:
        raise Refused(NOT_YOURS)
    if duty.signed_in is None or duty.signed_out is not None:
        raise Refused(said.NOT_ON_DUTY)


@deed(DUTY, A.BREAK)
def leave_window(duty: Duty, doing: Doing) -> Deed:
    """Away from the window for a while; nobody is called there meanwhile."""
    _sits(duty, doing)
    if duty.away_since is not None:
        raise Refused(said.MOVED_ON)
    if at_window(duty.window_id) is not None:
        raise Refused(said.STILL_SOMEBODY)
    event = write(DUTY, duty, A.BREAK, doing, changes={"away_since": doing.at})
    press(duty.hall_id, doing.at)
    return event


@deed(DUTY, A.BACK)
def back_at_window(duty: Duty, doing: Doing) -> Deed:
    """Back; the minutes away are kept."""
    _sits(duty, doing)
    if duty.away_since is None:
        raise Refused(said.MOVED_ON)
    away = _minutes(duty.away_since, doing.at)
    event = write(
        DUTY,
        duty,
        A.BACK,
        doing,
        changes={"away_since": None, "away_minutes": duty.away_minutes + away},
        facts={"minutes": away},
    )
    press(duty.hall_id, doing.at)
    return event


@deed(DUTY, A.SIGN_OUT)
def sign_out(duty: Duty, doing: Doing) -> Deed:
    """The shift ends; a manager may end it for somebody who forgot, which the deed says.

    Who still stands at the window of somebody who has gone is ended with it: else the window would
    have that person the next day, and the day could never be closed.
    """
    manager = may_manage(doing.actor, duty.hall, doing.day)
    if not manager:
        _sits(duty, doing)
    if duty.signed_in is None or duty.signed_out is not None:
        raise Refused(said.MOVED_ON)
    own = doing.actor is not None and duty.account_id == doing.actor.pk
    left = at_window(duty.window_id)
    if left is not None and own:
        raise Refused(said.STILL_SOMEBODY)
    away = 0 if duty.away_since is None else _minutes(duty.away_since, doing.at)
    event = write(
        DUTY,
        duty,
        A.SIGN_OUT,
        doing,
        changes={
            "signed_out": doing.at,
            "away_since": None,
            "away_minutes": duty.away_minutes + away,
        },
        facts={
            **_ended(left, doing),
            "early_minutes": _minutes(doing.at, _planned(duty.day, duty.ends)),
            **({} if own else {"by_management": True}),
        },
    )
    press(duty.hall_id, doing.at)
    return event
