"""Holding a time for ten minutes, confirming it, changing it, giving it back. A13.

A hold is no deed: it binds nobody and ends by itself. Whoever confirms makes the seats firm first
and counts them; only then does the appointment stand. The other order was measured to lose a
booking: confirmed, with its seat in another's hands.
"""

import secrets
from datetime import date, datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused, kept
from openhall.deeds.writer import deed, fresh_code, write
from openhall.glossary import Said
from openhall.outbox.actions import forget_about, send
from openhall.outbox.terms import Channel
from openhall.slots import words
from openhall.slots.actions.seats import give_back, make_firm, take
from openhall.slots.kinds import APPOINTMENT
from openhall.slots.models import Appointment, CalendarRules
from openhall.slots.permissions import may_receive
from openhall.slots.queries import Offer, Time, missed_days, rules_on
from openhall.slots.rules.release import last_change, paused_until
from openhall.slots.terms import AppointmentAct, AppointmentState, MadeBy
from openhall.vault.fields import blind, blinds

A, S = AppointmentAct, AppointmentState
HOLD: Final = timedelta(minutes=10)
FULL = Said(
    "这个时间刚刚被别人约走了。请另选一个时间。",
    "Somebody has just taken this time. Choose another one.",
)
RUN_OUT = Said(
    "为您暂留的十分钟已过，这个时间没有约上。请重新选择时间，填写的内容不会丢失。",
    "The ten minutes for which the time was held are over, so it was not booked. Choose a time "
    "again.",
)
ONE_A_DAY = Said(
    "您在这一天已有同一事由的预约。请先取消或者改期，再约这一天。",
    "You have an appointment of this kind on that day already. Change or cancel it first.",
)


def hold(offer: Offer, time: Time, persons: int, holder: str, doing: Doing) -> Appointment:
    """Keep ``time`` for ten minutes for ``holder``; what they held before is free again.

    Raises :class:`Refused` where a slot was taken meanwhile.
    """
    purpose = offer.purpose
    if not 1 <= persons <= purpose.persons:
        raise Refused(
            Said(
                f"这个事由一次最多{purpose.persons}人同来。",
                f"At most {purpose.persons} people may come together for this.",
            ),
            "persons",
        )
    mine = blind(f"holder:{holder}") if holder else ""
    try:
        with transaction.atomic():
            if mine:
                _end_holds_of(mine)
            row = Appointment.objects.create(
                number=f"Y{doing.day:%y%m%d}{secrets.randbelow(10**8):08d}",
                calendar_id=time.calendar,
                purpose=purpose.code,
                title=purpose.title,
                title_en=purpose.title_en,
                persons=persons,
                day=_day(time.starts),
                starts=time.starts,
                ends=time.ends,
                state=S.HELD.value,
                held_until=doing.at + HOLD,
                holder=mine,
            )
            taken = take(row, time.slots, doing.at, doing.at + HOLD)
            if taken is None:
                raise Refused(FULL, "slot", code="full")
            row.seats = taken
            row.save(update_fields=["seats"])
    except IntegrityError as twice:  # two pages of one visitor at the same moment
        raise Refused(FULL, "slot", code="full") from twice
    return row


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def _end_holds_of(mine: str) -> None:
    for row in Appointment.objects.filter(holder=mine, state=S.HELD.value):
        _ended(row)


def _ended(row: Appointment) -> bool:
    """End a hold; False where it is none any more, and then its seats are not touched.

    The row first, its seats afterwards: in another tab the same visitor may confirm it meanwhile,
    and the seats of what is confirmed are nobody's to give back.
    """
    rows = Appointment.objects.filter(pk=row.pk, state=S.HELD.value)
    if not rows.update(state=S.EXPIRED.value, seats=[]):
        return False
    give_back(row)
    return True


@transaction.atomic
def let_go(pk: int) -> None:
    """Give a hold back before its time is over. It has nobody's name: the door asks whose it is."""
    row = Appointment.objects.filter(pk=pk).first()
    if row is None or not _ended(row):
        raise Refused(MOVED_ON, code="conflict")


class Who:
    """Who comes: what they are asked, and in which language they are told."""

    def __init__(self, name: str, phone: str, identity: str = "", *, language: str = "zh") -> None:
        self.name, self.phone, self.identity = name.strip(), phone, identity
        self.language = language

    @property
    def counted_by(self) -> str:
        """By what limits count: the identity number where it is asked, else the telephone."""
        return f"id:{self.identity}" if self.identity else f"phone:{self.phone}"


def confirm(
    pk: int,
    who: Who,
    doing: Doing,
    *,
    made_by: MadeBy = MadeBy.ONLINE,
    reference: str = "",
) -> tuple[Deed, str]:
    """The held time becomes an appointment. The deed, and its code, which is said once and kept
    nowhere; empty where this was done before."""
    code = fresh_code()
    try:
        done = _confirm(pk, who, code, doing, made_by=made_by, reference=reference)
    except IntegrityError as twice:
        raise Refused(ONE_A_DAY, "phone", code="limit") from twice
    fresh = Appointment.objects.filter(pk=pk, code_blind=blind(code)).exists()
    return done, code if fresh else ""


@deed(APPOINTMENT, A.CONFIRM)
def _confirm(
    row: Appointment, who: Who, code: str, doing: Doing, *, made_by: MadeBy, reference: str
) -> Deed:
    if row.state != S.HELD:
        raise Refused(RUN_OUT if row.state == S.EXPIRED else MOVED_ON, "slot", code="conflict")
    rules = rules_on(row.calendar, row.day)
    purpose = rules.purpose(row.purpose) if rules else None
    if rules is None or purpose is None:
        raise Refused(RUN_OUT, "slot", code="conflict")
    if not who.name or not who.phone:
        raise Refused(
            Said("请填写姓名和联系电话。", "Give your name and telephone."),
            "phone" if who.name else "name",
        )
    if purpose.identity and not who.identity:
        raise Refused(
            Said(
                "这个事由按人限约，请填写证件号码；它加密保存，到期删除。",
                "This purpose counts by person: give the number of your document; it is kept "
                "encrypted and erased afterwards.",
            ),
            "identity",
        )
    if not purpose.identity:
        who.identity = ""  # what is not needed is not kept
    if made_by == MadeBy.COUNTER:
        if not may_receive(doing.actor, row.calendar.owner, doing.day):
            raise Refused(NOT_YOURS, code="forbidden")
    else:
        _not_paused(who, rules, doing)
    _within_limits(who, rules, doing)
    if make_firm(row, doing.at) != len(row.seats) or not row.seats:
        raise Refused(RUN_OUT, "slot", code="run_out")
    row.confirmed_at, row.language = doing.at, who.language
    sent = words.confirmed(row, rules, grouped(code))
    _tell(row, who, sent, "confirmed", doing)
    _remind(row, who, rules, row.seq + 1, doing)
    return write(
        APPOINTMENT,
        row,
        A.CONFIRM,
        doing,
        changes={
            "state": S.CONFIRMED.value,
            "held_until": None,
            "holder": "",
            "person": blind(who.counted_by),
            "code_blind": blind(code),
            "name": who.name,
            "phone": who.phone,
            "identity": who.identity,
            "account": None if made_by == MadeBy.COUNTER else doing.actor,
            "made_by": made_by.value,
            "reference": reference,
            "language": who.language,
            "confirmed_at": doing.at,
        },
        facts={
            "purpose": row.purpose,
            "day": row.day.isoformat(),
            "slots": len(row.seats),
            "by": made_by.value,
        },
    )


MOVED_ON = Said(
    "这项预约已经不是暂留状态。请刷新页面查看。",
    "This appointment is not merely held any more. Reload the page.",
)
NOT_YOURS = Said(
    "只有本单位窗口或者中心管理人员可以办理来访预约（成办发〔2003〕75号 二（一））。",
    "Only the unit's window or centre manager does this (成办发〔2003〕75号 二（一）).",
)


BEGUN = Said(
    "预约的时间已经开始，不能再改期或者取消。请登记到场或者未到。",
    "The time has begun: it is not changed or cancelled any more. Note who came and who did not.",
)


def grouped(code: str) -> str:
    """A code as people read it."""
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4))


def _not_paused(who: Who, rules: CalendarRules, doing: Doing) -> None:
    since = doing.day - timedelta(days=rules.missed_days + rules.pause_days)
    until = paused_until(
        missed_days(blinds(who.counted_by), since),
        doing.day,
        times=rules.missed_times,
        within=rules.missed_days,
        pause=rules.pause_days,
    )
    if until is not None:
        raise Refused(
            Said(
                f"您在{rules.missed_days}天内有{rules.missed_times}次预约没有到场，{until}前暂不能"
                "网上预约。仍可直接到窗口取号，或者拨打电话由工作人员预约。",
                f"You missed {rules.missed_times} appointments within {rules.missed_days} days, so "
                f"you cannot book online until {until}. You may still take a ticket at the hall, "
                "or have the staff book by telephone.",
            ),
            "phone",
            code="paused",
        )


def _within_limits(who: Who, rules: CalendarRules, doing: Doing) -> None:
    mine = Appointment.objects.filter(person__in=blinds(who.counted_by))
    coming = mine.filter(state=S.CONFIRMED.value, starts__gt=doing.at)
    if coming.count() >= rules.most_open:
        raise Refused(
            Said(
                f"每人最多有{rules.most_open}项未到期的预约。请先取消不去的预约。",
                f"A person may have {rules.most_open} appointments to come. Cancel one first.",
            ),
            "phone",
            code="limit",
        )


def _tell(row: Appointment, who: Who, said: Said, what: str, doing: Doing) -> None:
    """By text message, in the transaction of the deed."""
    send(
        Channel.SMS,
        who.phone,
        Said("预约通知", "Your appointment").said_in(who.language),
        said.said_in(who.language),
        about=row.number,
        key=f"appointment/{row.number}/{row.seq}/{what}",
        language=who.language,
        at=doing.at,
    )


def _reminder(row: Appointment, seq: int) -> str:
    return f"{row.number}/r{seq}"


def _remind(row: Appointment, who: Who, rules: CalendarRules, seq: int, doing: Doing) -> None:
    """Put the reminder into the outbox for its hour; another time gives another one."""
    at = row.starts - timedelta(hours=rules.remind_hours)
    if rules.remind_hours and at > doing.at + timedelta(hours=1):
        send(
            Channel.SMS,
            who.phone,
            Said("预约提醒", "A reminder").said_in(who.language),
            words.reminder(row, rules).said_in(who.language),
            about=_reminder(row, seq),
            key=f"appointment/{row.number}/{seq}/reminder",
            language=who.language,
            at=at,
        )


def _no_reminder(row: Appointment) -> None:
    """What still waits to be sent about the time it no longer has."""
    for seq in range(1, row.seq + 1):
        forget_about(_reminder(row, seq))


def _standing(row: Appointment, doing: Doing, *, online: bool) -> CalendarRules | None:
    """Refused unless it stands and may still be changed: online some hours before, at the counter
    until it begins."""
    if row.state != S.CONFIRMED:
        state = S(row.state)
        raise Refused(
            Said(
                f"这项预约“{state.zh}”，不能再改期或者取消。",
                f"This appointment is “{state.en.lower()}”: it cannot be changed any more.",
            ),
            code="conflict",
        )
    rules = rules_on(row.calendar, row.day)
    hours = rules.change_hours if rules and online else 0
    if doing.at > last_change(row.starts, hours):
        raise Refused(
            BEGUN
            if not hours
            else Said(
                f"预约时间前{hours}小时内不能网上改期或者取消。请拨打办理单位电话。",
                f"Within {hours} hours of the time it cannot be changed online. Please call.",
            ),
            code="late",
        )
    return rules


@deed(APPOINTMENT, A.CHANGE)
def change(
    row: Appointment, offer: Offer, time: Time, doing: Doing, *, online: bool = True
) -> Deed:
    """Another time for the same visit: new seats are taken and firm, then the old ones are free."""
    rules = _standing(row, doing, online=online)
    if offer.purpose.code != row.purpose:
        raise Refused(
            Said("改期不能更换事由。请另行预约。", "To come for something else, book anew.")
        )
    if time.starts <= doing.at:
        raise Refused(FULL, "slot", code="full")
    kept = {slot: no for slot, no in row.seats if slot in time.slots}
    before = row.day
    fresh = take(row, [one for one in time.slots if one not in kept], doing.at, doing.at + HOLD)
    if fresh is None or make_firm(row, doing.at) != len(fresh):
        raise Refused(FULL, "slot", code="full")
    give_back(row, [[slot, no] for slot, no in row.seats if slot not in kept])
    mine = kept | {one[0]: one[1] for one in fresh}
    taken = [[slot, mine[slot]] for slot in time.slots]
    who = Who(row.name, row.phone, row.identity, language=row.language)
    _no_reminder(row)
    row.starts, row.ends, row.day = time.starts, time.ends, _day(time.starts)
    new = rules_on(row.calendar, row.day) or rules
    try:
        with transaction.atomic():
            done = write(
                APPOINTMENT,
                row,
                A.CHANGE,
                doing,
                changes={
                    "calendar_id": time.calendar,
                    "starts": time.starts,
                    "ends": time.ends,
                    "day": row.day,
                    "seats": taken,
                },
                facts={"from": before.isoformat(), "day": row.day.isoformat()},
            )
    except IntegrityError as twice:
        raise Refused(ONE_A_DAY, "slot", code="limit") from twice
    if new is not None:
        _tell(row, who, words.moved(row, new), "moved", doing)
        _remind(row, who, new, row.seq, doing)
    return done


@deed(APPOINTMENT, A.CANCEL)
def cancel(row: Appointment, doing: Doing, *, online: bool = True) -> Deed:
    """The person gives the time back; it can be booked again at once."""
    _standing(row, doing, online=online)
    give_back(row)
    _no_reminder(row)
    who = Who(row.name, row.phone, language=row.language)
    _tell(row, who, words.cancelled(row), "cancelled", doing)
    return write(
        APPOINTMENT,
        row,
        A.CANCEL,
        doing,
        changes={"state": S.CANCELLED.value, "ended_at": doing.at, "seats": []},
        facts={"day": row.day.isoformat()},
    )


@deed(APPOINTMENT, A.CALL_OFF)
def call_off(row: Appointment, reason: str, doing: Doing) -> Deed:
    """The unit cannot keep it: the person is told why, and where to choose another time."""
    if not may_receive(doing.actor, row.calendar.owner, doing.day):
        raise Refused(NOT_YOURS, code="forbidden")
    if row.state != S.CONFIRMED:
        raise Refused(MOVED_ON, code="conflict")
    if not reason.strip():
        raise Refused(
            Said("请写明取消的原因，它会告知预约人。", "Say why; the person is told."), "reason"
        )
    give_back(row)
    _no_reminder(row)
    who = Who(row.name, row.phone, language=row.language)
    _tell(row, who, words.called_off(row, reason.strip()), "called-off", doing)
    return write(
        APPOINTMENT,
        row,
        A.CALL_OFF,
        doing,
        changes={
            "state": S.CANCELLED.value,
            "ended_at": doing.at,
            "seats": [],
            "reason": kept(reason, 300, "reason"),
        },
        facts={"day": row.day.isoformat(), "reason": reason.strip()},
    )


@deed(APPOINTMENT, A.FORGET)
def forget_person(row: Appointment, doing: Doing) -> Deed:
    """Name, telephone and number go; that somebody came stays. 个人信息保护法 47."""
    return write(
        APPOINTMENT,
        row,
        A.FORGET,
        doing,
        changes={
            "name": "",
            "phone": "",
            "identity": "",
            "person": "",
            "code_blind": None,
            "account": None,
            "salt": "",
        },
    )
