"""A hall of one district with two lines and three windows, open all day, and who works there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from openhall.deeds.doing import Doing
from openhall.hall.actions import arranging, centres, duty
from openhall.hall.actions.turns import Coming, issue
from openhall.hall.kinds import CENTRE, OPENING
from openhall.hall.models import Hall, Line, Ticket, Window
from openhall.hall.terms import CentreKind, Source
from openhall.hours.rules.week import DAY_MINUTES, Span
from openhall.organs.actions import appoint
from openhall.organs.actions import found as found_organ
from openhall.organs.models import Account, Organ
from openhall.organs.terms import Desk
from openhall.versions import actions as versions

LONG_AGO = date(2003, 1, 1)
serial = count(1)


def doing(who: Any = None, key: str = "", **more: Any) -> Doing:
    return Doing(who, timezone.now(), key or f"s:hall-{next(serial)}", **more)


def seated(name: str, organ: Organ, desk: Desk) -> Account:
    account = Account.objects.create_user(username=name, is_official=True)
    appoint(account, organ, desk, LONG_AGO)
    return account


@dataclass
class TestHall:
    """吴军 and 苏敏 manage, 冯办 publishes; 李窗, 张铭 and 何苗 sit at windows 1, 2 and 3."""

    __test__ = False
    hall: Hall
    unit: Organ
    windows: dict[int, Window]
    lines: dict[str, Line]
    manager: Account
    second: Account
    office: Account
    clerks: list[Account]
    doing: Callable[..., Doing] = doing

    def taken(self, letter: str = "A", **more: Any) -> Ticket:
        """A ticket from the kiosk."""
        return issue(Coming(self.lines[letter].pk, Source.KIOSK, **more), doing())


def furnished(item: Any = None, unit: Organ | None = None, *, signed_in: bool = True) -> TestHall:
    """The hall, open today from midnight to midnight, with its clerks at their windows."""
    city = found_organ(code="cd", kind="city", name="成都市", short_name="成")
    centre = found_organ(
        code="cd-zx",
        kind="centre",
        name="锦江区政务服务中心",
        name_en="Jinjiang Service Centre",
        short_name="锦江",
        parent=city,
    )
    unit = unit or found_organ(
        code="cd-spj", kind="bureau", name="锦江区行政审批局", short_name="锦审"
    )
    office = seated("fengban", city, Desk.GOVERNMENT_OFFICE)
    manager = seated("wujun", centre, Desk.CENTRE_MANAGER)
    second = seated("sumin", centre, Desk.CENTRE_MANAGER)
    clerks = [seated(name, unit, Desk.WINDOW) for name in ("lichuang", "zhangming", "hemiao")]
    hall = arranging.found(centre, "jinjiang", CentreKind.DISTRICT, doing(office))
    arranging.admit(hall.pk, unit, timezone.localdate(), doing(manager))
    arranging.arrange(
        hall.pk,
        doing(manager),
        zones=[{"code": "z2", "name": "二楼", "name_en": "Second floor", "floor": "2"}],
        lines=[
            {"letter": "A", "name": "综合", "name_en": "General", "items": [item] if item else []},
            {"letter": "B", "name": "社保医保", "name_en": "Insurance", "items": []},
        ],
        windows=[
            {"number": 1, "name": "综合窗口", "zone": "z2", "lines": ["A"]},
            {"number": 2, "name": "社保医保", "zone": "z2", "lines": ["B"]},
            {
                "number": 3,
                "name": "无障碍综合窗口",
                "general": True,
                "wheelchair": True,
                "zone": "z2",
                "lines": ["A", "B"],
            },
        ],
    )
    hall.refresh_from_db()
    today = timezone.localdate()
    words = {"name": "锦江区政务服务中心", "name_en": "Jinjiang", "basis": "锦府发〔2026〕1号"}
    made = centres.begin_centre(hall, words, doing(manager))
    versions.publish(CENTRE, made.pk, today, doing(office))
    all_day = [Span(weekday, 0, DAY_MINUTES) for weekday in range(1, 8)]
    hours = centres.begin_hours(hall, all_day, doing(manager), last_ticket=0)
    versions.publish(OPENING, hours.pk, today, doing(second))
    every_day = centres.begin_hours(
        hall,
        all_day,
        doing(manager),
        first_day=today,
        last_day=today + timedelta(days=3),
        last_ticket=0,
        reason="试运行，全天开放。",
    )
    versions.publish(OPENING, every_day.pk, today, doing(second))
    there = TestHall(
        hall=hall,
        unit=unit,
        windows={one.number: one for one in Window.objects.select_related("hall__organ")},
        lines={one.letter: one for one in Line.objects.select_related("hall__organ")},
        manager=manager,
        second=second,
        office=office,
        clerks=clerks,
    )
    if signed_in:
        for clerk, number in zip(clerks, (1, 2, 3), strict=True):
            sits(there, clerk, number)
    return there


def sits(there: TestHall, clerk: Account, number: int) -> Any:
    """``clerk`` is on the roster of the window today and has signed in."""
    today = timezone.localdate()
    shift = duty.plan(
        there.windows[number], clerk, today, time(0), time(23, 59), doing(there.manager)
    )
    duty.sign_in(shift.pk, doing(clerk))
    shift.refresh_from_db()
    return shift
