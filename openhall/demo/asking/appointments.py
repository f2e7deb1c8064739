"""Calendars of the city's hall and of some districts, with people who booked. A13."""

from datetime import datetime, time, timedelta
from random import Random
from typing import Any, Final

from django.utils import timezone

from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.deeds.refusals import Refused
from openhall.demo.data import told
from openhall.demo.rules import people
from openhall.hall.queries import hall_of
from openhall.hours.rules.week import spans_of
from openhall.organs.actions import appoint
from openhall.organs.models import Account, Organ
from openhall.organs.queries import officers_at
from openhall.organs.terms import Desk, OrganKind
from openhall.slots import actions
from openhall.slots.actions.booking import Who
from openhall.slots.kinds import RULES
from openhall.slots.models import Appointment, BookingCalendar
from openhall.slots.queries import grid, offer_of
from openhall.slots.rules.purposes import plain, purposes_of
from openhall.slots.terms import CalendarFor, DayChange
from openhall.versions import actions as versions

SEED: Final = 41
DISTRICTS: Final = 3
BOOKED: Final = (6, 5, 4, 2, 1)  # visitors on each of the next days
SAID: Final = told("appointments")


def offer_times(hall: str) -> None:
    """What can be booked from today on, and who has booked."""
    now = timezone.now()
    owner = Organ.objects.get(code=hall)
    districts = Organ.objects.filter(kind=OrganKind.CENTRE.value, parent__kind="district")
    for row in SAID["calendars"]:
        if row["at"] == "hall":
            _calendar(owner, row, now)
        else:
            for centre in districts.order_by("code")[:DISTRICTS]:
                _calendar(centre, row, now)
    actions.release_due(now)
    rng = Random(SEED)
    for calendar in BookingCalendar.objects.select_related("owner"):
        _visitors(calendar, rng, now)
    _away(owner, now)


def _seated(owner: Organ, desk: Desk, now: datetime) -> Account:
    found = officers_at(owner, desk.value, timezone.localtime(now).date()).first()
    if found is None:
        found = Account.objects.create(
            username=f"{owner.code}-{desk.value}-0",
            real_name=people.name(Random(owner.code + desk.value)),
            is_official=True,
            password="!",  # noqa: S106 - the mark of an unusable password
        )
        appoint(found, owner, desk, timezone.localtime(now).date() - timedelta(days=400))
    return found


def _calendar(owner: Organ, row: dict[str, Any], now: datetime) -> None:
    clerk, manager = _seated(owner, Desk.WINDOW, now), _seated(owner, Desk.CENTRE_MANAGER, now)
    code, at = f"{owner.code}-{row['code']}", now - timedelta(days=30)

    def doing(who: Account, step: str) -> Doing:
        return Doing(who, at, system_key("demo", "calendar", code, step), entered=at)

    calendar = actions.open_calendar(
        code,
        owner,
        CalendarFor(row["kind"]),
        row["title"],
        doing(clerk, "open"),
        title_en=row["title_en"],
        reference=hall.slug if (hall := hall_of(owner.pk)) else "",
    )
    draft = versions.begin(RULES, {"calendar": calendar}, doing(clerk, "begin"))
    words = {
        "purposes": plain(purposes_of("\n".join(row["purposes"]))),
        "place": row["place"],
        "place_en": row["place_en"],
    }
    actions.save_rules(draft.pk, words, spans_of(row["hours"]), doing(clerk, "save"))
    day = timezone.localtime(at).date()
    versions.publish(RULES, draft.pk, day, doing(manager, "publish"))


def _visitors(calendar: BookingCalendar, rng: Random, now: datetime) -> None:
    """Some book for today, as of yesterday, and came; others for the next days."""
    today = timezone.localtime(now).date()
    at = now - timedelta(days=1)
    rules = calendar.rules.get()
    receiver = _seated(calendar.owner, Desk.WINDOW, now)
    for purpose in rules.offered[:2]:
        offer = offer_of(calendar.owner.code, purpose.code, today)
        assert offer is not None
        for shown, many in zip(grid(offer, 1, today, len(BOOKED), at), BOOKED, strict=True):
            times = rng.sample(shown.times, min(many, len(shown.times)))
            for serial, chosen in enumerate(times):
                part = (calendar.code, purpose.code, shown.day.isoformat(), serial)
                doing = Doing(None, at, system_key("demo", "book", *part), entered=at)
                try:
                    held = actions.hold(offer, chosen, 1, "-".join(map(str, part)), doing)
                except Refused:  # a longer visit before took one of its slots
                    continue
                identity = people.resident_id(rng) if purpose.identity else ""
                who = Who(people.name(rng), people.phone(rng), identity)
                actions.confirm(held.pk, who, doing)
                _came(held, receiver, rng, now)


def _came(one: Appointment, receiver: Account, rng: Random, now: datetime) -> None:
    at = one.starts + timedelta(minutes=rng.randrange(-8, 9))
    if at < now and rng.random() < 0.85:
        key = system_key("demo", "came", one.number)
        actions.arrive(one.pk, Doing(receiver, at, key, "window", entered=at))


def _away(owner: Organ, now: datetime) -> None:
    """Next week one of the staff is at a training: fewer seats that morning."""
    calendar = BookingCalendar.objects.filter(owner=owner).order_by("code").first()
    assert calendar is not None
    today = timezone.localtime(now).date()
    day = today + timedelta(days=7 - today.weekday())
    at = min(now, timezone.make_aware(datetime.combine(today, time(0, 1))))
    manager = _seated(owner, Desk.CENTRE_MANAGER, now)
    doing = Doing(manager, at, system_key("demo", "away", calendar.code), entered=at)
    actions.change_day(
        calendar.pk,
        day,
        DayChange.FEWER,
        SAID["away"]["reason"],
        doing,
        start=9 * 60,
        end=12 * 60,
        seats=SAID["away"]["seats"],
    )
