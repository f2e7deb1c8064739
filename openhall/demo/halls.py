"""The halls of the city: all its centres with windows and hours, and two that live today. A15.

Tickets of today come and go while the simulator runs: people take numbers, windows call, serve and
finish, as far as the clock has come. Nothing of it lies in the past but this morning.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from openhall.catalogue.models import Item
from openhall.conduct.actions import record_training
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.deeds.refusals import Refused
from openhall.demo.data import told
from openhall.hall.actions import arranging, centres, duty, kiosks, turns
from openhall.hall.kinds import CENTRE, OPENING
from openhall.hall.models import Duty, Hall, Line, Ticket, Window
from openhall.hall.queries import at_window, hours_on
from openhall.hall.standing import is_closed
from openhall.hall.terms import CentreKind, KioskKind, Lane, Source, TicketState
from openhall.hours.rules.week import WORKING, Span, minute
from openhall.organs.models import Account, Organ
from openhall.organs.terms import OrganKind
from openhall.terminal.centre import key_in, public_line
from openhall.versions import actions as versions

SAID: Final = told("halls")
BACK: Final = timedelta(minutes=75)  # so much of this morning is filled in at first
STEP: Final = timedelta(minutes=1)
HALL_CODE: Final = "cd-hall"
OLD_AGE_EVERY: Final = 6
LATEST: Final = 25  # minutes one matter takes at most


def _moment(day: date, text: str) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(text)))


def arrange(today: date) -> None:
    """Every centre has a hall from today on: named, open, with windows and hours."""
    at = timezone.now()
    office = Account.objects.get(username="fengban")

    def doing(what: str, *parts: object, by: Account | None = None) -> Doing:
        return Doing(by, at, system_key("demo-hall", what, *parts))

    places = Organ.objects.filter(kind=OrganKind.CENTRE.value).select_related("parent")
    for organ in places.order_by("position", "code"):
        living = SAID["living"].get(organ.code, {})
        slug = living.get("slug") or organ.code
        hall = arranging.found(organ, slug, _kind(organ), doing("found", slug))
        _units(hall, organ, living, today, doing)
        _arranged(hall, organ, living, doing)
        words = {
            "name": organ.name,
            "name_en": organ.name_en,
            "address": organ.address,
            "address_en": organ.address_en,
            "phone": organ.phone,
            "basis": SAID["basis"],
        }
        writer = _writer()
        made = centres.begin_centre(hall, words, doing("centre", slug, by=writer))
        versions.publish(CENTRE, made.pk, today, doing("open", slug, by=office))
        spans = [
            Span(WORKING, minute(time.fromisoformat(opens)), minute(time.fromisoformat(closes)))
            for opens, closes in SAID["through" if living else "hours"]
        ]
        hours = centres.begin_hours(hall, spans, doing("hours", slug, by=writer))
        versions.publish(OPENING, hours.pk, today, doing("in-force", slug, by=office))
        for row in living.get("windows", ()):
            _trained(hall, row, today, doing)
        for kiosk in living.get("kiosks", ()):
            _machine(hall, kiosk, doing("kiosk", slug, kiosk["folder"]))


def _trained(hall: Hall, row: Mapping[str, Any], today: date, doing: Any) -> None:
    """Who sits at a window has passed what every window asks for."""
    who = Account.objects.get(username=row.get("by") or row["planned"])
    for n, what in enumerate(SAID["trainings"]):
        passed = today - timedelta(days=20 + 9 * n + row["number"])
        key = doing("training", hall.slug, row["number"], n)
        record_training(hall, who, what, passed, key, valid_until=passed + timedelta(days=365))


def _machine(hall: Hall, said: Mapping[str, Any], doing: Doing) -> None:
    """A machine whose key lies in a folder of the city's home, so that it can be tried there:
    ``python -m openhall.terminal run --home <home>/<folder> …``."""
    key = public_line(key_in(settings.HOME / said["folder"]))
    number = said.get("window")
    window = Window.objects.get(hall=hall, number=number) if number else None
    kind = KioskKind.PAD if window else KioskKind.KIOSK
    kiosks.register(hall, kind, said["name"], key, doing, window=window)


def _writer() -> Account:
    """The second hand of the Government Office, who writes what the first one publishes."""
    return Account.objects.get(username="xiaban")


def _kind(organ: Organ) -> CentreKind:
    if organ.code == HALL_CODE:
        return CentreKind.CITY
    parent = organ.parent
    district = parent is not None and parent.kind == OrganKind.DISTRICT
    return CentreKind.DISTRICT if district else CentreKind.DEPARTMENTAL


def _near(organ: Organ) -> list[Organ]:
    """The unit whose centre it is: the district's bureau, or the department."""
    stem = organ.code.removesuffix("-zx")
    return list(Organ.objects.filter(code__in=[stem + "-spj", stem]).exclude(kind="district"))


def _units(hall: Hall, organ: Organ, living: Mapping[str, Any], today: date, doing: Any) -> None:
    named = [code for line in living.get("lines", ()) for code in line["units"]]
    units = _near(organ)
    if organ.code == HALL_CODE:  # every department receives in the city's hall
        units = list(Organ.objects.filter(kind=OrganKind.DEPARTMENT.value))
    for unit in units:
        items = list(Item.objects.filter(organ=unit).order_by("code"))
        arranging.admit(
            hall.pk,
            unit,
            today,
            doing("admit", hall.slug, unit.code),
            only_here=bool(living.get("only_here")),
            items=items if unit.code in named else (),
            by=today + timedelta(days=30),
            basis=SAID["basis"],
        )


def _arranged(hall: Hall, organ: Organ, living: Mapping[str, Any], doing: Any) -> None:
    said = living or SAID["all_halls"]
    near = [unit.code for unit in _near(organ)]
    lines = [
        {
            **{name: value for name, value in line.items() if name != "units"},
            # One matter in ten has not been brought into the hall yet; the board says so.
            "items": [
                item
                for n, item in enumerate(
                    Item.objects.filter(organ__code__in=line.get("units", near)).order_by("code")
                )
                if n % 10 != 7
            ],
        }
        for line in said["lines"]
    ]
    windows = [
        {name: value for name, value in window.items() if name not in ("by", "planned")}
        for window in said["windows"]
    ]
    arranging.arrange(
        hall.pk,
        doing("arrange", hall.slug),
        zones=said.get("zones", ()),
        lines=lines,
        windows=windows,
    )


# ------------------------------------------------------------------ a living hall
def live(now: datetime | None = None) -> None:
    """Bring the halls that live up to now: who sits is signed in, people come and are served."""
    now = now or timezone.now()
    day = timezone.localtime(now).date()
    for hall in Hall.objects.filter(slug__in=[one["slug"] for one in SAID["living"].values()]):
        if is_closed(hall.pk, day) or not hours_on(hall, day).open_at(
            timezone.localtime(now).time()
        ):
            continue
        said = next(one for one in SAID["living"].values() if one["slug"] == hall.slug)
        _sit_down(hall, said, day, now)
        last = Ticket.objects.filter(hall=hall, day=day).order_by("-issued_at").first()
        opened = timezone.make_aware(datetime.combine(day, hours_on(hall, day).spans[0][0]))
        moment = max(opened, now - BACK) if last is None else last.issued_at + STEP
        while moment <= now:
            _minute(hall, said, moment)
            moment += STEP
        _minute(hall, said, now, arrivals=False)


def _sit_down(hall: Hall, said: Mapping[str, Any], day: date, now: datetime) -> None:
    hours = hours_on(hall, day)
    starts, ends = hours.spans[0][0], hours.spans[-1][1]
    for row in said["windows"]:
        window = Window.objects.select_related("hall__organ").get(hall=hall, number=row["number"])
        name = row.get("by") or row["planned"]
        account = Account.objects.get(username=name)
        key = system_key("demo-duty", hall.slug, row["number"], day.isoformat())
        if Duty.objects.filter(window=window, day=day).exists():
            continue
        shift = duty.plan(window, account, day, starts, ends, Doing(None, now, key))
        if "by" in row:
            at = Doing(account, now, system_key("demo-sit", shift.pk), "window")
            _unless_refused(duty.sign_in, shift.pk, at)


def _unless_refused(act: Any, *given: Any) -> Any:
    """A person at a desk may have been quicker than the simulator: then nothing is done."""
    try:
        return act(*given)
    except Refused:
        return None


def _minute(hall: Hall, said: Mapping[str, Any], at: datetime, *, arrivals: bool = True) -> None:
    """What happens in one minute: somebody comes, somebody is done, a window calls the next."""
    minute = int(at.timestamp() // 60)
    rng = Random(f"{hall.slug}-{minute}")

    def doing(who: Account | None, *parts: object) -> Doing:
        key = system_key("demo-turn", hall.slug, minute, *parts)
        return Doing(who, at, key, "window" if who else "", entered=at)

    for letter, every in said["arrivals"].items() if arrivals else ():
        if rng.randrange(every) == 0:
            line = Line.objects.get(hall=hall, letter=letter)
            lane = Lane.PRIORITY if rng.randrange(OLD_AGE_EVERY) == 0 else Lane.ORDINARY
            source = rng.choice((Source.KIOSK, Source.KIOSK, Source.PHONE, Source.RECEPTION))
            _unless_refused(
                turns.issue, turns.Coming(line.pk, source, lane=lane), doing(None, "come", letter)
            )
    for sits in _sitting(hall, said, timezone.localtime(at).date()):
        _at_window(sits, at, rng, doing)


def _sitting(hall: Hall, said: Mapping[str, Any], day: date) -> Iterable[Duty]:
    """Who the simulator sits in for: never somebody of the cast, who may sign in themselves."""
    own = [row["by"] for row in said["windows"] if "by" in row]
    rows = Duty.objects.filter(hall=hall, day=day, signed_in__isnull=False, signed_out__isnull=True)
    rows = rows.filter(account__username__in=own, away_since__isnull=True)
    return list(rows.select_related("window__hall__organ", "account"))


def _at_window(sits: Duty, at: datetime, rng: Random, doing: Any) -> None:
    here = at_window(sits.window_id)
    window, who = sits.window, sits.account
    if here is not None:
        began = here.served_at or here.called_at or at
        takes = timedelta(minutes=3 + Random(f"{here.pk}").randrange(LATEST - 5))
        if here.state == TicketState.CALLED:
            if Random(f"gone-{here.pk}").randrange(14) == 0 and at - began > 2 * STEP:
                _unless_refused(turns.no_show, window, here, doing(who, "gone", window.number))
            else:
                _unless_refused(turns.serve, window, here, doing(who, "serve", window.number))
            return
        if at - began < takes:
            return
        _unless_refused(turns.finish, window, here, doing(who, "finish", window.number))
    _unless_refused(turns.call_next, window, doing(who, "call", window.number))
