"""Halls, their windows and lines, and where people stand in them."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from openhall.catalogue.queries import versions_in_force
from openhall.glossary import Said
from openhall.hall.models import (
    BringsIn,
    Centre,
    Clash,
    Duty,
    Errand,
    Hall,
    HallAlarm,
    HallDay,
    HelpLimitsVersion,
    Kiosk,
    KioskDay,
    Line,
    LineItem,
    Opening,
    Residency,
    Serves,
    StuckMatter,
    Ticket,
    TicketEvent,
    Window,
    Zone,
)
from openhall.hall.reception import units_received
from openhall.hall.rules.limits import SHIPPED, HelpLimits
from openhall.hall.rules.opening import Hours, hours_of
from openhall.hall.standing import openings_on, served_lines, somebody_at
from openhall.hall.terms import AT_WINDOW, CentreState, Need, TicketState
from openhall.hours.rules.week import moment, of_weekday
from openhall.organs.models import Account, Post
from openhall.organs.queries import in_office
from openhall.organs.terms import Desk
from openhall.paging.whole import whole
from openhall.versions.queries import in_force, on_day
from openhall.versions.terms import OPEN, PUBLIC
from openhall.workdays.queries import calendar

__all__ = [
    "Centre", "Duty", "Errand", "Hall", "HallDay", "Kiosk", "KioskDay", "Line", "Opening",
    "Residency", "Ticket", "Window", "Zone", "units_received",
]  # fmt: skip


# ------------------------------------------------------------------ the place
def hall_named(slug: str) -> Hall | None:
    """The hall of this address, if there is one."""
    return Hall.objects.select_related("organ").filter(slug=slug).first()


def hall_of(organ_id: int) -> Hall | None:
    """The hall that the centre ``organ`` runs."""
    return Hall.objects.select_related("organ").filter(organ_id=organ_id).first()


def centre_on(hall: Hall | int, day: date) -> Centre | None:
    """What the hall is called on ``day`` and whether it serves."""
    return in_force(Centre, day, hall_id=hall if isinstance(hall, int) else hall.pk)


def centres_on(day: date) -> QuerySet[Centre]:
    """Every hall that there is on ``day``, whether it serves or pauses."""
    rows = Centre.objects.filter(on_day(day)).select_related("hall__organ__parent")
    return rows.exclude(standing=CentreState.MERGED.value).order_by(
        "hall__organ__position", "hall__slug"
    )


def hours_on(hall: Hall | int, day: date) -> Hours:
    """From when to when the hall is open on ``day``: an exception before the rule."""
    found, spans = openings_on(hall if isinstance(hall, int) else hall.pk, day)
    if found is None:
        return Hours()
    exception, last_ticket, reason, reason_en = found
    if exception:
        week = sorted(one for one in spans if one.weekday == day.isoweekday())
        times = tuple((moment(one.start), moment(one.end)) for one in week)
        return Hours(times, last_ticket, Said(reason, reason_en))
    return hours_of(day, spans, last_ticket, works=calendar().is_workday(day))


def exceptions_after(hall: Hall, day: date) -> list[Opening]:
    """Exceptions from the hours that hold on ``day`` or later, with who published them; those
    that were withdrawn before they began too, since people have read them."""
    rows = Opening.objects.filter(hall=hall, published_at__isnull=False, last_day__gte=day)
    holds = Q(effective_until__isnull=True) | Q(effective_until__gte=day)
    rows = rows.filter(holds).exclude(exception="").select_related("published_by")
    return list(rows.order_by("effective_from"))


def history_of(hall: Hall) -> list[Centre]:
    """Every version of the centre that was published, the newest first."""
    rows = Centre.objects.filter(hall=hall, state__in=PUBLIC).select_related("into")
    return list(rows.order_by("-effective_from"))


def zones_of(hall: Hall) -> QuerySet[Zone]:
    return Zone.objects.filter(hall=hall)


def windows_of(hall: Hall) -> QuerySet[Window]:
    """The windows that stand, in order of number."""
    return Window.objects.filter(hall=hall, closed=False).select_related("zone").order_by("number")


def window_numbered(hall: Hall, number: int) -> Window | None:
    return windows_of(hall).filter(number=number).first()


def open_lines(hall: Hall | int) -> QuerySet[Line]:
    """The lines that give tickets."""
    pk = hall if isinstance(hall, int) else hall.pk
    return Line.objects.filter(hall_id=pk, closed=False).order_by("letter")


def lines_now(window_id: int, now: datetime) -> QuerySet[Line]:
    """The lines a window serves now: what it was moved to for a while instead of its own."""
    return Line.objects.filter(pk__in=served_lines(window_id, now))


def lines_for(hall: Hall, item_id: int) -> QuerySet[Line]:
    """The lines of the hall for an item."""
    return open_lines(hall).filter(line_items__item_id=item_id)


def items_of(line: Line) -> list[int]:
    """The items people of the line come for."""
    return list(LineItem.objects.filter(line=line).values_list("item_id", flat=True))


def residents_of(hall: Hall, day: date) -> QuerySet[Residency]:
    """The units in the hall on ``day``."""
    rows = Residency.objects.filter(in_office(day), hall=hall)
    return rows.select_related("organ").order_by("organ__position", "organ__code")


def not_yet_in(hall: Hall, day: date) -> list[tuple[Residency, BringsIn, Any]]:
    """Items that resident units must have brought in and that no window serves, with the version
    of the item in force; the first due first."""
    owed = BringsIn.objects.filter(residency__in=residents_of(hall, day))
    served = LineItem.objects.filter(
        line__hall=hall,
        line__closed=False,
        line__served_by__until__isnull=True,
        line__served_by__isnull=False,
    )
    rows = owed.exclude(item__in=served.values("item"))
    rows = rows.select_related("residency__organ", "item__entry")
    rows = rows.order_by("by", "item__code")
    named = {
        one.item_id: one
        for one in versions_in_force(day).filter(item__in=[row.item_id for row in rows])
    }
    return [(row.residency, row, named.get(row.item_id)) for row in rows]


# ------------------------------------------------------------------ the roster
def duties_of(hall: Hall, day: date) -> QuerySet[Duty]:
    """The roster of a day."""
    rows = Duty.objects.filter(hall=hall, day=day, cancelled=False)
    return rows.select_related("window", "account", "stands_for", "swap_with__account")


def shifts_ahead(account: Any, day: date) -> list[Duty]:
    """The shifts of one person from ``day`` on that nobody has begun."""
    rows = Duty.objects.filter(account=account, day__gte=day, cancelled=False, signed_in=None)
    rows = rows.select_related("window", "hall__organ", "account", "swap_with__account")
    return list(rows.order_by("day", "starts")[:40])


def shifts_of_others(hall: Hall, account: Any, day: date) -> list[Duty]:
    """The shifts of colleagues in the hall that nobody has begun: what one may swap with."""
    rows = Duty.objects.filter(hall=hall, day__gte=day, cancelled=False, signed_in=None)
    rows = rows.exclude(account=account).select_related("window", "account")
    return list(rows.order_by("day", "starts", "window__number")[:100])


def swaps_asked_of(account: Any, day: date) -> list[Duty]:
    """Shifts whose owner asks to swap with one of mine."""
    rows = Duty.objects.filter(swap_with__account=account, day__gte=day, cancelled=False)
    return list(rows.select_related("window", "account", "swap_with__window", "hall"))


def swaps_agreed(hall: Hall, day: date) -> list[Duty]:
    """Swaps on which two agreed and that wait for a manager."""
    rows = Duty.objects.filter(hall=hall, swap_agreed=True, day__gte=day, cancelled=False)
    return list(rows.select_related("window", "account", "swap_with__account", "swap_with__window"))


def duty_now(account: Any, day: date) -> Duty | None:
    """Where ``account`` is signed in: today, or still since a day before."""
    rows = Duty.objects.filter(
        account=account, day__lte=day, signed_in__isnull=False, signed_out__isnull=True
    )
    return rows.select_related("window", "hall__organ").first()


def open_shifts(hall: Hall, day: date) -> QuerySet[Duty]:
    """The shifts of ``day`` and before on which somebody is still signed in."""
    rows = Duty.objects.filter(hall=hall, day__lte=day, signed_in__isnull=False, signed_out=None)
    return rows.select_related("window", "account").order_by("day", "window__number")


def duties_today(account: Any, day: date) -> list[Duty]:
    """The shifts of one person on a day."""
    rows = Duty.objects.filter(account=account, day=day, cancelled=False)
    return list(rows.select_related("window", "hall__organ"))


# ------------------------------------------------------------------ tickets
def ticket_of(uid: uuid.UUID | str) -> Ticket | None:
    """The ticket its holder knows by ``uid``."""
    try:
        known = uuid.UUID(str(uid))
    except ValueError:
        return None
    return Ticket.objects.select_related("hall__organ", "line", "window").filter(uid=known).first()


def at_window(window_id: int) -> Ticket | None:
    """Who was called to the window or is being served there."""
    if not somebody_at(window_id):
        return None
    rows = Ticket.objects.filter(window_id=window_id, state__in=AT_WINDOW)
    return rows.select_related("line", "item__entry", "case", "window").first()


def held_or_missed(hall: Hall, day: date) -> list[Ticket]:
    """Who may still come back today: held, or not there when called."""
    states = [TicketState.HELD.value, TicketState.NO_SHOW.value]
    rows = Ticket.objects.filter(hall=hall, day=day, state__in=states).select_related("line")
    return list(rows.order_by("state", "-called_at")[:20])


def waiting_in(lines: Iterable[int], day: date) -> QuerySet[Ticket]:
    """Who waits, in the order in which they are called."""
    rows = Ticket.objects.filter(line__in=lines, state=TicketState.WAITING.value, day=day)
    return rows.order_by("lane", "at", "id")


def ahead_of(ticket: Ticket) -> int:
    """How many are called before a waiting ticket in its line."""
    rows = waiting_in([ticket.line_id], ticket.day)
    earlier = Q(lane=ticket.lane) & (Q(at__lt=ticket.at) | Q(at=ticket.at, id__lt=ticket.pk))
    return rows.filter(Q(lane__lt=ticket.lane) | earlier).count()


def ticket_numbered(hall: Hall, day: date, label: str) -> Ticket | None:
    """The ticket of the day with this number, however it is typed: a47 is A047."""
    typed = label.strip().upper()
    rest = typed[1:].strip()
    if not typed or not rest.isascii() or (no := whole(rest)) is None:
        return None
    rows = Ticket.objects.select_related("hall__organ", "line", "window")
    return rows.filter(hall=hall, day=day, letter=typed[0], no=no).first()


@dataclass(frozen=True, slots=True)
class AtWindow:
    """A window on the live board: who sits there, who is served, since when."""

    window: Window
    duty: Duty | None
    ticket: Ticket | None
    lines: str


@dataclass(frozen=True, slots=True)
class InLine:
    """A line on the live board."""

    line: Line
    open: int
    waiting: int
    since: datetime | None
    unmet: int = 0  # of those who wait: need a window with room or signs, and none sits there


def live(hall: Hall, day: date, now: datetime) -> tuple[list[AtWindow], list[InLine]]:
    """The live board: every window and every line as it stands. Seven statements."""
    sits = {one.window_id: one for one in open_shifts(hall, day)}
    there = {
        one.window_id: one
        for one in Ticket.objects.filter(hall=hall, state__in=AT_WINDOW).select_related("line")
    }
    moved: dict[int, list[str]] = {}
    own: dict[int, list[str]] = {}
    rows = Serves.objects.filter(window__hall=hall, since__lte=now, line__closed=False)
    for window, letter, until in rows.values_list("window_id", "line__letter", "until"):
        if until is None:
            own.setdefault(window, []).append(letter)
        elif until > now:
            moved.setdefault(window, []).append(letter)
    windows = [
        AtWindow(
            one,
            sits.get(one.pk),
            there.get(one.pk),
            " ".join(sorted(moved.get(one.pk) or own.get(one.pk, []))),
        )
        for one in windows_of(hall)
    ]
    waiting = {
        line: (n, since)
        for line, n, since in Ticket.objects.filter(
            hall=hall, day=day, state=TicketState.WAITING.value
        )
        .order_by()
        .values_list("line")
        .annotate(n=Count("id"), since=Min("issued_at"))
    }
    sat = [one for one in windows if one.duty and one.duty.day == day and not one.duty.away_since]
    needs = Ticket.objects.filter(hall=hall, day=day, state=TicketState.WAITING.value)
    needy = list(needs.exclude(need="").values_list("line", "need"))
    lines = []
    for line in open_lines(hall):
        serving = [one.window for one in sat if line.letter in one.lines.split()]
        met = {Need.WHEELCHAIR: any(one.wheelchair for one in serving)}
        met[Need.SIGN] = any(one.sign_language for one in serving)
        unmet = sum(at == line.pk and not met[Need(need)] for at, need in needy)
        lines.append(InLine(line, len(serving), *waiting.get(line.pk, (0, None)), unmet))
    return windows, lines


def staff_of(hall: Hall, day: date) -> list[Account]:
    """Who may be put on the roster: window staff of resident units, and the centre's own."""
    units = residents_of(hall, day).values("organ")
    posts = Post.objects.filter(in_office(day))
    here = posts.filter(organ__in=units, desk=Desk.WINDOW.value) | posts.filter(organ=hall.organ)
    rows = Account.objects.filter(is_active=True, pk__in=here.values("account"))
    return sorted(rows, key=str)


def days_left_open(hall: Hall, day: date) -> list[date]:
    """Days before ``day`` with tickets that nobody has closed, of the last two weeks."""
    since = day - timedelta(days=14)
    closed = HallDay.objects.filter(hall=hall, day__gte=since).values("day")
    rows = Ticket.objects.filter(hall=hall, day__gte=since, day__lt=day).exclude(day__in=closed)
    return sorted(set(rows.order_by().values_list("day", flat=True).distinct()))


def closed_day(hall: Hall, day: date) -> HallDay | None:
    """How the day was closed, if it was."""
    return HallDay.objects.filter(hall=hall, day=day).first()


def versions_of_centres(hall: Hall | None = None) -> list[tuple[Any, Any]]:
    """Versions of centres and of hours, drafts first: with the kind each is of."""
    centres = Centre.objects.select_related("hall__organ", "published_by")
    openings = Opening.objects.select_related("hall__organ", "published_by")
    if hall is not None:
        centres, openings = centres.filter(hall=hall), openings.filter(hall=hall)
    rows: list[tuple[Any, Any]] = [("centre", one) for one in centres.order_by("-pk")[:60]]
    rows += [("opening-hours", one) for one in openings.order_by("-pk")[:60]]
    return sorted(rows, key=lambda row: (row[1].state not in OPEN, row[1].hall.slug, row[0]))


def stuck_of(hall: Hall) -> list[StuckMatter]:
    """What got stuck and was taken here: what is open first, by its last day."""
    rows = StuckMatter.objects.filter(hall=hall).select_related("organ", "official", "case")
    return sorted(rows.order_by("-pk")[:50], key=lambda one: (one.state != "taken", one.due_on))


def stuck_with(account: Account) -> list[StuckMatter]:
    """What got stuck, in whatever hall, and this official answers for."""
    rows = StuckMatter.objects.filter(official=account).select_related("organ", "official", "case")
    return sorted(rows.order_by("-pk")[:50], key=lambda one: (one.state != "taken", one.due_on))


def help_limits_on(day: date) -> HelpLimits:
    """The limits of helping in force on ``day``; before the first version the programme's."""
    version = in_force(HelpLimitsVersion, day)
    if version is None:
        return SHIPPED
    return HelpLimits(**{one.name: getattr(version, one.name) for one in fields(HelpLimits)})


def help_limit_versions() -> QuerySet[HelpLimitsVersion]:
    """Every version of the limits of helping, newest first."""
    return HelpLimitsVersion.objects.order_by("-number")


def errands_of(hall: Hall) -> list[Errand]:
    """What was taken over here: what is open first, by its last day."""
    rows = Errand.objects.filter(hall=hall).select_related("organ", "helper", "case")
    return sorted(rows.order_by("-pk")[:60], key=lambda one: (one.state == "done", one.due_on))


def errands_to(organ: Any) -> list[Errand]:
    """What other halls hand on to the unit and is not finished."""
    rows = Errand.objects.filter(organ=organ, kind="cross").exclude(state="done")
    return list(rows.select_related("hall__organ", "helper", "case", "organ").order_by("due_on"))


def alarms_of(hall: Hall) -> list[HallAlarm]:
    """Silent alarms that nobody has answered."""
    rows = HallAlarm.objects.filter(hall=hall, answered_at__isnull=True)
    return list(rows.select_related("window", "raised_by"))


def every_hall() -> list[Hall]:
    """All halls there are."""
    return list(Hall.objects.select_related("organ"))


def tickets_of_case(case_id: int) -> QuerySet[Ticket]:
    """The visits at which a case was opened or gone on with."""
    return Ticket.objects.filter(case_id=case_id).select_related("hall", "window")


def events_of(ticket: Ticket) -> QuerySet[TicketEvent]:
    """What happened to a ticket, in order."""
    return TicketEvent.objects.filter(ticket=ticket).select_related("window").order_by("id")


def counted(hall: Hall, day: date) -> dict[str, int]:
    """How many tickets of the day stand where."""
    rows = Ticket.objects.filter(hall=hall, day=day).values_list("state").annotate(n=Count("id"))
    return dict(rows.order_by())


# ------------------------------------------------------------------ machines
def kiosk_coded(code: str) -> Kiosk | None:
    """The machine of this code that stands: its public key says who signs."""
    rows = Kiosk.objects.select_related("hall__organ", "window")
    return rows.filter(code=code, retired=False).first()


def kiosks_of(hall: Hall) -> list[Kiosk]:
    """The machines of the hall, those in service first, with when each was last heard."""
    rows = Kiosk.objects.filter(hall=hall).select_related("window", "heard")
    return list(rows.order_by("retired", "code"))


def minutes_heard(hall: Hall, since: date) -> dict[int, list[KioskDay]]:
    """For each machine the days on which it was heard, the newest first."""
    found: dict[int, list[KioskDay]] = {}
    for one in KioskDay.objects.filter(kiosk__hall=hall, day__gte=since).order_by("-day"):
        found.setdefault(one.kiosk_id, []).append(one)
    return found


def clashes_of(hall: Hall) -> list[Clash]:
    """Papers of its machines that could not be taken in: for people to look at."""
    codes = Kiosk.objects.filter(hall=hall).values("code")
    return list(Clash.objects.filter(kiosk__in=codes).select_related("block__line")[:30])


def just_served(window: Window, now: datetime, since: timedelta) -> Ticket | None:
    """The last matter at the window with a case, served within ``since`` or being served."""
    rows = Ticket.objects.filter(window=window, case__isnull=False, served_at__gte=now - 4 * since)
    recent = Q(ended_at__isnull=True) | Q(ended_at__gte=now - since)
    return rows.filter(recent).select_related("case__organ").order_by("-served_at").first()


def today() -> date:
    """The day of the city."""
    return timezone.localdate()


def centres_of_items(items: Iterable[int], day: date) -> dict[int, list[Centre]]:
    """By item, the centres that serve today and have a line for it. Two statements."""
    serving = {one.hall_id: one for one in centres_on(day).filter(standing=CentreState.OPEN.value)}
    rows = LineItem.objects.filter(line__closed=False, item__in=list(items))
    found: dict[int, list[Centre]] = {}
    pairs = rows.order_by("item_id", "line__hall_id").values_list("item_id", "line__hall_id")
    for item, hall in pairs.distinct():
        if hall in serving:
            found.setdefault(item, []).append(serving[hall])
    return found


def week_of(hall_id: int, day: date) -> list[tuple[int, time, time]]:
    """The regular hours in force on ``day``: weekday (Monday 0), from, to; Monday to Friday where
    they are written for working days."""
    rule = in_force(Opening, day, hall_id=hall_id, exception="")
    spans = [] if rule is None else [one.value for one in rule.spans.all()]
    return [
        (weekday, moment(one.start), moment(one.end))
        for weekday in range(7)
        for one in of_weekday(weekday + 1, spans)
    ]
