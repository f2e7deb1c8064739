"""Opening a calendar, writing its rules, releasing its days, changing one day. A13."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused, kept
from openhall.deeds.sweeping import sweep
from openhall.deeds.writer import deed, held, made_before, stands_already, write
from openhall.glossary import Said
from openhall.hours.rules.week import DAY_MINUTES, Span, hour
from openhall.organs.models import Organ
from openhall.slots.actions.seats import remove_free
from openhall.slots.kinds import CALENDAR, RULES
from openhall.slots.models import (
    BookingCalendar,
    CalendarRules,
    DayException,
    OpeningHours,
    Seat,
    Slot,
)
from openhall.slots.permissions import may_publish_rules, may_write_rules
from openhall.slots.queries import calendars_open, rules_on
from openhall.slots.rules.opening import SlotOfDay, slots_of
from openhall.slots.rules.release import opens_at
from openhall.slots.terms import CalendarAct, CalendarFor, DayChange
from openhall.versions.actions import save
from openhall.workdays.queries import calendar as working_calendar

A = CalendarAct
RELEASED_EARLY = 2  # days: what a job makes is bookable only from its own hour


@acting()
def open_calendar(
    code: str,
    owner: Organ,
    kind: CalendarFor,
    title: str,
    doing: Doing,
    *,
    title_en: str = "",
    reference: str = "",
) -> BookingCalendar:
    """A calendar of ``owner``; it offers nothing until rules of it are in force."""
    before: BookingCalendar | None = made_before(CALENDAR, doing, A.OPEN, code=code)
    if before is not None:
        return before
    if doing.entered is None and not may_write_rules(doing.actor, owner, doing.day):
        raise Refused(WRITES, code="forbidden")
    if not title.strip():
        raise Refused(Said("请写明日历的名称。", "Give the calendar a name."), "title")
    if BookingCalendar.objects.filter(code=code).exists():
        raise Refused(
            Said(f"已有代码为{code}的日历。", f"There is a calendar {code} already."), "code"
        )
    row = BookingCalendar.objects.create(
        code=code,
        owner=owner,
        kind=kind.value,
        title=title.strip(),
        title_en=title_en.strip(),
        reference=reference,
    )
    write(CALENDAR, row, A.OPEN, doing, facts={"kind": kind.value, "title": row.title})
    return row


WRITES = Said(
    "预约日历由本单位的中心管理、窗口或者事项维护人员开设（成办发〔2003〕75号 二（一））。",
    "A unit's centre manager, window or catalogue clerk opens its calendars "
    "(成办发〔2003〕75号 二（一）).",
)
RULES_IT = Said(
    "调整、停用预约日历由本单位的中心管理或者负责人办理（成办发〔2003〕75号 二（一））。",
    "A unit's centre manager or head changes and closes its calendars "
    "(成办发〔2003〕75号 二（一）).",
)


def save_rules(
    pk: int,
    values: Mapping[str, Any],
    openings: Sequence[Span],
    doing: Doing,
) -> CalendarRules:
    """Keep the draft of rules as it was written."""

    def write_it(rules: CalendarRules) -> None:
        for name, value in values.items():
            setattr(rules, name, value)
        rules.openings.all().delete()
        OpeningHours.objects.bulk_create(
            OpeningHours(rules=rules, weekday=one[0], start=one[1], end=one[2], seats=one[3])
            for one in openings
        )

    rules: CalendarRules = save(RULES, pk, doing, write_it)
    return rules


def _moment(day: date, minute: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()) + timedelta(minutes=minute))


def _offered(calendar: BookingCalendar, rules: CalendarRules, day: date) -> list[SlotOfDay]:
    return slots_of(
        day,
        [one.value for one in rules.openings.all()],
        rules.length,
        works=working_calendar().is_workday(day),
        changes=[one.value for one in calendar.days.filter(day=day, withdrawn="")],
    )


def release_day(calendar: BookingCalendar, day: date, at: datetime) -> Deed | None:
    """Offer the slots of ``day`` by the rules in force then; once. A deed of the system."""
    key = system_key("slots", calendar.code, day.isoformat())
    if stands_already(CALENDAR, key):
        return None
    rules = rules_on(calendar, day)
    if rules is None:
        return None
    doing = Doing(None, at, key)
    with acting():
        row: BookingCalendar = held(CALENDAR, calendar.pk, doing)
        if stands_already(CALENDAR, key):
            return None
        slots = _offered(row, rules, day)
        opening = timezone.make_aware(opens_at(day, rules.days_ahead, rules.release_at))
        _lay(row, day, slots, opening)
        last = max(day, row.released_to) if row.released_to else day
        return write(
            CALENDAR,
            row,
            A.RELEASE,
            doing,
            changes={"released_to": last},
            facts={
                "day": day.isoformat(),
                "slots": len(slots),
                "seats": sum(one.seats for one in slots),
                "rules": rules.number,
            },
        )


def _lay(row: BookingCalendar, day: date, slots: Sequence[SlotOfDay], opening: datetime) -> None:
    """Slots that are not there yet, with their seats."""
    there = set(Slot.objects.filter(calendar=row, day=day).values_list("starts", flat=True))
    fresh = [one for one in slots if _moment(day, one.start) not in there]
    made = Slot.objects.bulk_create(
        Slot(
            calendar=row,
            day=day,
            starts=_moment(day, one.start),
            ends=_moment(day, one.end),
            opens_at=opening,
        )
        for one in fresh
    )
    Seat.objects.bulk_create(
        Seat(slot=slot, no=number)
        for slot, one in zip(made, fresh, strict=True)
        for number in range(1, one.seats + 1)
    )


def release_due(now: datetime | None = None) -> int:
    """Release what is due of every calendar; how many days were."""
    at = now or timezone.now()
    today = timezone.localtime(at).date()
    done: list[date] = []

    def release(calendar: BookingCalendar) -> None:
        rules = rules_on(calendar, today)
        if rules is None:
            return
        last = today + timedelta(days=rules.days_ahead + RELEASED_EARLY)
        first = (
            max(today, calendar.released_to + timedelta(days=1)) if calendar.released_to else today
        )
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        done.extend(day for day in days if release_day(calendar, day, at) is not None)

    sweep("appointments offered", calendars_open(today), release, lambda one: one.code)
    return len(done)


@deed(CALENDAR, A.EXCEPT)
def change_day(
    row: BookingCalendar,
    day: date,
    kind: DayChange,
    reason: str,
    doing: Doing,
    *,
    start: int = 0,
    end: int = DAY_MINUTES,
    seats: int = 0,
) -> Deed:
    """One day differs: closed, fewer seats because staff is away, or more hours.

    Seats that nobody has are taken away at once; who has one already keeps it until the unit calls
    the appointment off, and is listed.
    """
    if not may_publish_rules(doing.actor, row.owner, doing.day):
        raise Refused(RULES_IT, code="forbidden")
    if not reason.strip():
        raise Refused(Said("请写明原因，它会公布。", "Say why; everybody reads it."), "reason")
    if day < doing.day:
        raise Refused(
            Said("不能调整已经过去的日子。", "A day that is past cannot be changed."), "day"
        )
    if start >= end:
        raise Refused(Said("结束须晚于开始。", "It must end after it begins."), "end")
    if kind != DayChange.CLOSED and seats < 1:
        raise Refused(Said("请写明席位数。", "Say how many seats."), "seats")
    DayException.objects.create(
        calendar=row,
        day=day,
        kind=kind.value,
        start=start,
        end=end,
        seats=0 if kind == DayChange.CLOSED else seats,
        reason=kept(reason, 200, "reason"),
    )
    _fit_released(row, day, doing.at)
    return write(
        CALENDAR,
        row,
        A.EXCEPT,
        doing,
        facts={
            "day": day.isoformat(),
            "change": kind.value,
            "from": hour(start),
            "to": hour(end),
            "seats": seats,
            "reason": kept(reason, 200, "reason"),
        },
    )


@deed(CALENDAR, A.WITHDRAW)
def withdraw_change(row: BookingCalendar, change: int, reason: str, doing: Doing) -> Deed:
    """What was published of one day is taken back: the day is again what the rules say.

    The change stays to be read, with why it no longer holds. Hours added and taken back leave who
    booked them on the unit's list, as a closing does.
    """
    if not may_publish_rules(doing.actor, row.owner, doing.day):
        raise Refused(RULES_IT, code="forbidden")
    if not reason.strip():
        raise Refused(
            Said("请写明撤回的原因，它会公布。", "Say why; everybody reads it."), "reason"
        )
    one = DayException.objects.filter(pk=change, calendar=row).first()
    if one is None or one.withdrawn:
        raise Refused(
            Said(
                "这次调整已经撤回。请刷新页面。",
                "This change is withdrawn already. Reload the page.",
            ),
            code="gone",
        )
    if one.day < doing.day:
        raise Refused(
            Said(
                "已经过去的日子不能撤回，它已经发生。",
                "A day that is past is not taken back: it has happened.",
            )
        )
    DayException.objects.filter(pk=one.pk).update(withdrawn=kept(reason, 200, "reason"))
    _fit_released(row, one.day, doing.at)
    facts = {"day": one.day.isoformat(), "change": one.kind, "reason": kept(reason, 200, "reason")}
    return write(CALENDAR, row, A.WITHDRAW, doing, facts=facts)


def _fit_released(row: BookingCalendar, day: date, now: datetime) -> None:
    rules = rules_on(row, day)
    if rules is not None and row.released_to is not None and day <= row.released_to:
        _fit(row, rules, day, now)


def _fit(row: BookingCalendar, rules: CalendarRules, day: date, now: datetime) -> None:
    """Bring the released slots of ``day`` to what it offers now."""
    wanted = {_moment(day, one.start): one for one in _offered(row, rules, day)}
    for slot in Slot.objects.filter(calendar=row, day=day).order_by("starts"):
        seats = wanted[slot.starts].seats if slot.starts in wanted else 0
        there = slot.seats.count()
        if there > seats:
            remove_free(slot.pk, there - seats, now)
        elif there < seats:
            last = max(slot.seats.values_list("no", flat=True), default=0)
            Seat.objects.bulk_create(
                Seat(slot=slot, no=number) for number in range(last + 1, last + 1 + seats - there)
            )
    opening = timezone.make_aware(opens_at(day, rules.days_ahead, rules.release_at))
    _lay(row, day, list(wanted.values()), min(opening, now))


@deed(CALENDAR, A.CLOSE)
def close_calendar(row: BookingCalendar, reason: str, doing: Doing) -> Deed:
    """No day is released any more, and what is free is taken away; appointments stay."""
    if not may_publish_rules(doing.actor, row.owner, doing.day):
        raise Refused(RULES_IT, code="forbidden")
    if not reason.strip():
        raise Refused(Said("请写明停用的原因。", "Say why it is closed."), "reason")
    if row.closed_on is not None:
        raise Refused(Said("这个日历已经停用。", "This calendar is closed already."))
    for slot in Slot.objects.filter(calendar=row, starts__gt=doing.at):
        remove_free(slot.pk, slot.seats.count(), doing.at)
    return write(
        CALENDAR,
        row,
        A.CLOSE,
        doing,
        changes={"closed_on": doing.day},
        facts={"reason": kept(reason, 200, "reason")},
    )
