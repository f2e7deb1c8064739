"""What deeds of this room are done to: calendars, their rules, appointments."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from openhall.deeds.kinds import Kind, Owned, register
from openhall.deeds.refusals import Fault
from openhall.glossary import Said
from openhall.hours.rules.week import faults_of, hour, weekday_in_words
from openhall.organs.queries import organ_called
from openhall.slots.models import (
    Appointment,
    BookingCalendar,
    CalendarRules,
    DayException,
    OpeningHours,
    SlotDeed,
)
from openhall.slots.permissions import may_publish_rules, may_write_rules
from openhall.slots.terms import AppointmentAct, AppointmentState, CalendarAct
from openhall.versions.kinds import VersionKind, register_versions
from openhall.versions.rules.route import Route, Step
from openhall.versions.terms import VersionAct

UNBOUND = (AppointmentState.HELD.value, AppointmentState.EXPIRED.value)

CALENDAR = register(
    Kind(
        name="booking-calendar",
        model=BookingCalendar,
        events=SlotDeed,
        acts=CalendarAct,
        title=Said("预约日历", "Booking calendar"),
        number=lambda one: one.code,
        related=("owner",),
        tells=lambda one: {"organ": one.owner.code},
        owns=[Owned("day", DayException, "calendar")],
    )
)


def _bound(rows: QuerySet) -> QuerySet:
    return rows.exclude(state__in=UNBOUND)


APPOINTMENT = register(
    Kind(
        name="appointment",
        model=Appointment,
        events=SlotDeed,
        acts=AppointmentAct,
        title=Said("预约", "Appointment"),
        related=("calendar__owner",),
        tells=lambda one: {"organ": one.calendar.owner.code, "calendar": one.calendar.code},
        bound=_bound,
        settled=lambda one: one.state not in UNBOUND,
        binding=frozenset({AppointmentAct.CONFIRM.value}),
        loose={
            "code_blind": "An index of the code, made from it; no other column says the code.",
            "person": "An index of the identity number or telephone, which are committed to.",
        },
    )
)


def _content(rules: CalendarRules) -> Mapping[str, Any]:
    names = (
        *("length", "place", "place_en", "days_ahead", "most_open", "change_hours"),
        *("remind_hours", "late_minutes", "missed_times", "missed_days", "pause_days"),
    )
    return {
        "calendar": rules.calendar.code,
        **{name: getattr(rules, name) for name in names},
        "release_at": f"{rules.release_at:%H:%M}",
        "openings": [list(one.value) for one in rules.openings.order_by("weekday", "start")],
        "purposes": rules.purposes,
    }


def _gate(rules: CalendarRules, day: date) -> Iterator[Fault]:
    openings = [one.value for one in rules.openings.all()]
    if not openings:
        yield Fault(Said("还没有写开放时间。", "No opening hours are written yet."), "openings")
    if not rules.purposes:
        yield Fault(Said("还没有写预约事由。", "No purposes are written yet."), "purposes")
    for said in faults_of(openings, rules.length):
        yield Fault(said, "openings")
    if not rules.place:
        yield Fault(Said("请写明到哪里办理。", "Say where people are to come."), "place")


WRITERS = Step(
    "writer",
    Said("编写", "Writing"),
    Said(
        "预约规则由本单位的中心管理、窗口或者事项维护人员编写（成办发〔2003〕75号 二（一））。",
        "Booking rules are written by the unit's centre manager, window or catalogue clerk "
        "(成办发〔2003〕75号 二（一）).",
    ),
    lambda account, rules, day: may_write_rules(account, rules.calendar.owner, day),
)
PUBLISHER = Step(
    "publisher",
    Said("公布", "Publication"),
    Said(
        "预约规则由本单位的中心管理或者负责人公布，编写人不能公布自己写的（成办发〔2003〕75号 "
        "二（一））。",
        "Booking rules are published by the unit's centre manager or head, never by who wrote "
        "them (成办发〔2003〕75号 二（一）).",
    ),
    lambda account, rules, day: may_publish_rules(account, rules.calendar.owner, day),
)


def _title_of(calendar: BookingCalendar) -> Said:
    return Said(calendar.title, calendar.title_en or calendar.title)


def _calendar_called(code: str) -> Said:
    found = BookingCalendar.objects.filter(code=code).first()
    return Said(code, code) if found is None else _title_of(found)


RULES = register_versions(
    VersionKind(
        kind=register(
            Kind(
                name="calendar-rules",
                model=CalendarRules,
                events=SlotDeed,
                acts=VersionAct,
                title=Said("预约规则", "Booking rules"),
                number=lambda rules: f"{rules.calendar.code}/{rules.number}",
                related=("calendar__owner",),
                tells=lambda rules: {"organ": rules.calendar.owner.code},
            )
        ),
        family=("calendar",),
        route=Route(write=WRITERS, publish=PUBLISHER),
        content=_content,
        gate=_gate,
        rows=((OpeningHours, "rules"),),
        names={
            "calendar": Said("日历", "Calendar"),
            "length": Said("每个时段（分钟）", "Minutes of one slot"),
            "place": Said("地点", "Place"),
            "place_en": Said("地点（英文）", "Place in English"),
            "days_ahead": Said("提前几天放号", "Days ahead"),
            "release_at": Said("放号时刻", "Hour of release"),
            "most_open": Said("每人未到期预约上限", "Appointments to come, a person"),
            "change_hours": Said("改期、取消截止（小时）", "Hours before, to change or cancel"),
            "remind_hours": Said("提醒（提前小时）", "Reminder, hours before"),
            "late_minutes": Said("迟到多久算未到（分钟）", "Minutes late until missed"),
            "missed_times": Said("未到几次暂停网上预约", "Missed how often until paused"),
            "missed_days": Said("统计未到的天数", "Days in which misses count"),
            "pause_days": Said("暂停天数", "Days of pause"),
            "openings": Said("开放时间", "Opening hours"),
            "openings[][1]": Said("星期", "Day"),
            "openings[][2]": Said("自", "From"),
            "openings[][3]": Said("至", "To"),
            "openings[][4]": Said("每个时段人数", "Seats of a slot"),
            "purposes": Said("预约事由", "Purposes"),
        },
        terms={
            "calendar": _calendar_called,
            "openings[][1]": weekday_in_words,
            "openings[][2]": hour,
            "openings[][3]": hour,
            "purposes.unit": organ_called,
        },
        called=lambda rules: _title_of(rules.calendar),
    )
)
