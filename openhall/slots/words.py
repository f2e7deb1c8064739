"""What a person is told about an appointment, in the language they booked in."""

from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.utils import timezone

from openhall.glossary import Said
from openhall.hours.rules.week import NAMES
from openhall.slots.models import Appointment, CalendarRules

DAYS_EN: Final = ("", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def day_named(day: date) -> Said:
    """A day with its weekday."""
    week = day.isoweekday()
    return Said(f"{day.month}月{day.day}日 {NAMES[week]}", f"{DAYS_EN[week]} {day.day} {day:%b}")


def title_of(one: Appointment) -> Said:
    """What it is for."""
    return Said(one.title, one.title_en or one.title)


def moment(at: datetime) -> Said:
    """A time as a message says it."""
    local = timezone.localtime(at)
    week = local.isoweekday()
    return Said(
        f"{local.month}月{local.day}日（{NAMES[week]}）{local:%H:%M}",
        f"{DAYS_EN[week]} {local:%Y-%m-%d} {local:%H:%M}",
    )


def place_of(rules: CalendarRules | None, one: Appointment) -> Said:
    """Where to come: the unit and the place in it."""
    owner = one.calendar.owner
    zh, en = (rules.place, rules.place_en) if rules else ("", "")
    return Said(
        f"{owner.name}{zh}（{owner.address}）" if owner.address else f"{owner.name}{zh}",
        f"{owner.name_en}, {en or zh}" + (f" ({owner.address_en})" if owner.address_en else ""),
    )


def _address() -> str:
    return f"{settings.BASE_URL}/appointments/open/"


def confirmed(one: Appointment, rules: CalendarRules | None, code: str) -> Said:
    """It stands; with its code, which opens it."""
    at, place = moment(one.starts), place_of(rules, one)
    return Said(
        f"您预约的“{one.title}”已确认：{at.zh}，{place.zh}。预约号{one.number}，预约码{code}。"
        f"查看、改期、取消：{_address()} 。请勿把预约码告诉他人。",
        f"Your appointment “{one.title_en or one.title}” stands: {at.en}, {place.en}. Number "
        f"{one.number}, code {code}. To see, change or cancel it: {_address()} . Tell nobody the "
        "code.",
    )


def reminder(one: Appointment, rules: CalendarRules | None) -> Said:
    """The day before."""
    at, place = moment(one.starts), place_of(rules, one)
    return Said(
        f"提醒：您预约了{at.zh}到{place.zh}办理“{one.title}”（预约号{one.number}）。"
        f"不能来请取消，让给别人：{_address()} 。",
        f"A reminder: you have an appointment for “{one.title_en or one.title}” on {at.en}, "
        f"{place.en} (number {one.number}). If you cannot come, give it back: {_address()} .",
    )


def moved(one: Appointment, rules: CalendarRules | None) -> Said:
    """It has another time."""
    at, place = moment(one.starts), place_of(rules, one)
    return Said(
        f"预约{one.number}（“{one.title}”）已改到{at.zh}，{place.zh}。预约码不变。",
        f"Appointment {one.number} (“{one.title_en or one.title}”) is now on {at.en}, {place.en}. "
        "Its code is the same.",
    )


def cancelled(one: Appointment) -> Said:
    """The person gave it back."""
    return Said(
        f"预约{one.number}（“{one.title}”，{moment(one.starts).zh}）已取消。",
        f"Appointment {one.number} (“{one.title_en or one.title}”, {moment(one.starts).en}) is "
        "cancelled.",
    )


def called_off(one: Appointment, reason: str) -> Said:
    """The unit cannot keep it."""
    return Said(
        f"很抱歉，您{moment(one.starts).zh}的预约{one.number}（“{one.title}”）因{reason}取消。"
        f"请另选时间：{settings.BASE_URL}/appointments/ ，或者拨打{settings.HOTLINE}。",
        f"We are sorry: your appointment {one.number} (“{one.title_en or one.title}”) of "
        f"{moment(one.starts).en} cannot be kept: {reason}. Choose another time: "
        f"{settings.BASE_URL}/appointments/ , or call {settings.HOTLINE}.",
    )
