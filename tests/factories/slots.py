"""A centre with one calendar in force, its people, and visitors who book there."""

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from openhall.deeds.doing import Doing
from openhall.hours.rules.week import spans_of
from openhall.organs.actions import appoint
from openhall.organs.actions import found as found_organ
from openhall.organs.models import Account, Organ
from openhall.organs.terms import Desk
from openhall.slots import actions
from openhall.slots.actions.booking import Who
from openhall.slots.kinds import RULES
from openhall.slots.models import BookingCalendar, CalendarRules
from openhall.slots.queries import grid, offer_of
from openhall.slots.rules.purposes import plain, purposes_of
from openhall.slots.terms import CalendarFor
from openhall.versions import actions as versions

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2024, 3, 4)  # a Monday
HOURS = "工作日 09:00-11:00 2\n周六 09:00-10:00 1"
PURPOSES = (
    "social | 社会团体登记 | Social organisations | 15 | 15 | 4 | 否 | MZ-XK-0001\n"
    "passport | 护照办理 | Passports | 30 | 0 | 1 | 是"
)


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=ZONE)


@dataclass
class Centre:
    """李管 keeps the calendar, 王窗 writes its rules and receives; days are released."""

    organ: Organ
    manager: Account
    window: Account
    calendar: BookingCalendar
    rules: CalendarRules
    serial: Any = field(default_factory=lambda: count(1))

    def doing(self, who: Account | None, moment: str, key: str = "") -> Doing:
        return Doing(who, at(moment), key or f"s:slots-{next(self.serial)}")

    def offer(self, purpose: str = "social", day: date = DAY) -> Any:
        return offer_of(self.organ.code, purpose, day)

    def times(self, moment: str, purpose: str = "social", day: date = DAY, persons: int = 1):
        """The times of ``day`` as they stand at ``moment``: hour → time."""
        (shown,) = grid(self.offer(purpose), persons, day, 1, at(moment))
        return {f"{one.starts.astimezone(ZONE):%H:%M}": one for one in shown.times}

    def hold(self, hour: str, moment: str, who: str = "v1", day: date = DAY, **more: Any):
        purpose, persons = more.get("purpose", "social"), more.get("persons", 1)
        time = self.times(moment, purpose, day, persons)[hour]
        return actions.hold(self.offer(purpose), time, persons, who, self.doing(None, moment))

    def booked(
        self,
        hour: str,
        moment: str = "2024-03-01 09:00",
        phone: str = "13800000001",
        day: date = DAY,
        **more: Any,
    ):
        """A confirmed appointment and its code."""
        identity = more.pop("identity", "")
        held = self.hold(hour, moment, f"of-{phone}", day, **more)
        who = Who("王芳", phone, identity)
        _deed, code = actions.confirm(held.pk, who, self.doing(None, moment))
        held.refresh_from_db()
        return held, code


def account(name: str, organ: Organ, desk: Desk) -> Account:
    made = Account.objects.create_user(username=name, is_official=True)
    appoint(made, organ, desk, date(2003, 1, 1))
    return made


def centre(hours: str = HOURS, purposes: str = PURPOSES, code: str = "cd-hall") -> Centre:
    organ = found_organ(
        code=code,
        kind="centre",
        name="市政务服务中心",
        name_en="City Service Centre",
        short_name="市中心",
        address="天府大道1号",
        address_en="1 Tianfu Avenue",
    )
    manager = account(f"li_guan-{code}", organ, Desk.CENTRE_MANAGER)
    window = account(f"wang_chuang-{code}", organ, Desk.WINDOW)
    serial = count(1)

    def doing(who: Account, moment: str = "2024-02-01 09:00") -> Doing:
        return Doing(who, at(moment), f"s:{code}-built-{next(serial)}")

    calendar = actions.open_calendar(
        f"{code}-main", organ, CalendarFor.WINDOW, "二楼窗口", doing(window), title_en="Windows"
    )
    draft = versions.begin(RULES, {"calendar": calendar}, doing(window))
    actions.save_rules(
        draft.pk,
        {"purposes": plain(purposes_of(purposes)), "place": "二楼", "place_en": "2nd floor"},
        spans_of(hours),
        doing(window),
    )
    versions.publish(RULES, draft.pk, date(2024, 2, 1), doing(manager))
    draft.refresh_from_db()
    actions.release_due(at("2024-03-01 08:30"))
    calendar.refresh_from_db()
    return Centre(organ, manager, window, calendar, draft)
