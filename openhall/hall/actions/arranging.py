"""Halls set up and arranged: zones, windows, lines, resident units, windows moved for a while."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed, made_before, write
from openhall.glossary import Said
from openhall.hall.actions import refusals as said
from openhall.hall.actions.once import press
from openhall.hall.kinds import HALL
from openhall.hall.models import (
    BringsIn,
    Duty,
    Hall,
    HallState,
    Line,
    LineItem,
    Residency,
    Serves,
    Ticket,
    Turn,
    Window,
    Zone,
)
from openhall.hall.permissions import may_decide_centres, may_manage
from openhall.hall.terms import CentreKind, HallAct, TicketState
from openhall.organs.models import Organ

LONGEST_TIDE: Final = timedelta(hours=8)


@acting()
def found(organ: Organ, slug: str, kind: CentreKind, doing: Doing) -> Hall:
    """Set a hall up for the centre ``organ``. It serves once a version of its centre says so."""
    before: Hall | None = made_before(HALL, doing, HallAct.FOUND, slug=slug)
    if before is not None:
        return before
    if doing.actor is not None and not may_decide_centres(doing.actor, doing.day):
        raise Refused(
            Said(
                "政务服务中心由市政府办公厅设立（成办发〔2003〕75号 二（一））。",
                "The Government Office sets up a service centre (成办发〔2003〕75号, part 2(1)).",
            )
        )
    if Hall.objects.filter(organ=organ).exists() or Hall.objects.filter(slug=slug).exists():
        raise Refused(
            Said(
                "这个单位已经有大厅，或者网址名已经使用。", "It has a hall, or the name is taken."
            ),
            "slug",
        )
    hall = Hall.objects.create(organ=organ, slug=slug, kind=kind.value)
    HallState.objects.create(hall=hall, gen=1, changed=doing.at)
    write(HALL, hall, HallAct.FOUND, doing, facts={"kind": kind.value})
    return hall


def _manages(hall: Hall, doing: Doing) -> None:
    if doing.actor is not None and not may_manage(doing.actor, hall, doing.day):
        raise Refused(said.NOT_MANAGER)


@deed(HALL, HallAct.ARRANGE)
def arrange(
    hall: Hall,
    doing: Doing,
    *,
    zones: Iterable[Mapping[str, Any]] = (),
    windows: Iterable[Mapping[str, Any]] = (),
    lines: Iterable[Mapping[str, Any]] = (),
) -> Deed:
    """Write zones, windows and lines, each known by its code, number or letter; the others stay.

    A window says its ``zone`` by code and the ``lines`` it serves by letter; a line its ``items``.
    """
    _manages(hall, doing)
    rows_of_lines, rows_of_windows = list(lines), list(windows)
    _nobody_left_standing(hall, rows_of_lines, rows_of_windows, doing.day)
    lines, windows = rows_of_lines, rows_of_windows
    done: dict[str, list[Any]] = {}
    for row in zones:
        _kept(Zone, {"hall": hall, "code": row["code"]}, row)
        done.setdefault("zones", []).append(row["code"])
    for row in lines:
        items = row.get("items")
        line = _kept(Line, {"hall": hall, "letter": row["letter"]}, row, but=("items",))
        Turn.objects.get_or_create(line=line, defaults={"day": doing.day})
        if items is not None:
            _items(line, {getattr(one, "pk", one) for one in items})
        done.setdefault("lines", []).append(row["letter"])
    for row in windows:
        more = dict(row)
        served, zone = more.pop("lines", None), more.pop("zone", None)
        if zone is not None:
            more["zone"] = Zone.objects.get(hall=hall, code=zone)
        window = _kept(Window, {"hall": hall, "number": row["number"]}, more)
        if served is not None:
            _serves(window, set(served), doing.at)
        done.setdefault("windows", []).append(row["number"])
    event = write(HALL, hall, HallAct.ARRANGE, doing, facts=done)
    press(hall.pk, doing.at)
    return event


def _nobody_left_standing(
    hall: Hall,
    lines: Iterable[Mapping[str, Any]],
    windows: Iterable[Mapping[str, Any]],
    day: date,
) -> None:
    """A line that people wait in, or a window where somebody stands or sits, is not closed."""
    shut = [row["letter"] for row in lines if row.get("closed")]
    waits = Ticket.objects.filter(hall=hall, day=day, line__letter__in=shut)
    if waits.filter(state__in=[TicketState.WAITING.value, TicketState.HELD.value]).exists():
        raise Refused(
            Said(
                "这个队列今天还有人在等。请先叫完，或者转到别的队列。",
                "People wait in this line today. Call them, or send them to another line first.",
            ),
            "closed",
        )
    gone = [row["number"] for row in windows if row.get("closed")]
    sits = Duty.objects.filter(hall=hall, window__number__in=gone, signed_in__isnull=False)
    if sits.filter(signed_out__isnull=True).exists():
        raise Refused(
            Said("这个窗口还有人签到。", "Somebody is signed in at this window."), "closed"
        )


def _kept(
    model: Any, known: Mapping[str, Any], row: Mapping[str, Any], but: tuple[str, ...] = ()
) -> Any:
    values = {name: value for name, value in row.items() if name not in known and name not in but}
    standing = model.objects.filter(**known).first()
    if standing is None:
        return model.objects.create(**known, **values)
    if any(getattr(standing, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(standing, name, value)
        standing.save()
    return standing


def _items(line: Line, wanted: set[int]) -> None:
    here = set(LineItem.objects.filter(line=line).values_list("item_id", flat=True))
    LineItem.objects.filter(line=line, item_id__in=here - wanted).delete()
    for item in sorted(wanted - here):
        LineItem.objects.create(line=line, item_id=item)


def _serves(window: Window, letters: set[str], at: datetime) -> None:
    """The lines it serves from now on; what it served before keeps its end."""
    standing = Serves.objects.filter(window=window, until__isnull=True).select_related("line")
    here = {one.line.letter: one for one in standing}
    for letter, row in here.items():
        if letter not in letters:
            Serves.objects.filter(pk=row.pk).update(until=max(at, row.since + timedelta(seconds=1)))
    for line in Line.objects.filter(hall=window.hall_id, letter__in=letters - here.keys()):
        Serves.objects.create(window=window, line=line, since=at)


@deed(HALL, HallAct.MOVE)
def move_window(
    hall: Hall, window: Window, lines: Iterable[Line], until: datetime, doing: Doing
) -> Deed:
    """For the next hour or so the window serves other lines; then its own again (潮汐窗口)."""
    _manages(hall, doing)
    wanted = [line for line in lines if line.hall_id == hall.pk and not line.closed]
    if window.hall_id != hall.pk or not wanted:
        raise Refused(Said("请选择这个大厅的队列。", "Choose lines of this hall."), "lines")
    if not doing.at < until <= doing.at + LONGEST_TIDE:
        raise Refused(
            Said(
                "临时调整从现在开始，最长8小时。长期调整请修改窗口的队列。",
                "It begins now and lasts eight hours at most. For longer, change the window.",
            ),
            "until",
        )
    Serves.objects.filter(window=window, until__gt=doing.at).update(until=doing.at)
    for line in wanted:
        Serves.objects.create(window=window, line=line, since=doing.at, until=until)
    event = write(
        HALL,
        hall,
        HallAct.MOVE,
        doing,
        facts={
            "window": window.number,
            "lines": sorted(line.letter for line in wanted),
            "until": until.isoformat(timespec="minutes"),
        },
    )
    press(hall.pk, doing.at)
    return event


@deed(HALL, HallAct.ADMIT)
def admit(
    hall: Hall,
    organ: Organ,
    since: date,
    doing: Doing,
    *,
    only_here: bool = True,
    items: Iterable[Any] = (),
    by: date | None = None,
    basis: str = "",
) -> Deed:
    """A unit moves in; ``items`` it must bring in, ``by`` a day, on a document."""
    _manages(hall, doing)
    standing = Residency.objects.filter(hall=hall, organ=organ, until__isnull=True).first()
    if standing is None:
        standing = Residency.objects.create(
            hall=hall, organ=organ, since=since, only_here=only_here
        )
    owed = list(items)
    if owed and (by is None or not basis.strip()):
        raise Refused(
            Said(
                "请写明应进事项的期限和依据文件。",
                "Say until when the items must be brought in, and on which document.",
            ),
            "basis",
        )
    until = by or since
    here = set(BringsIn.objects.filter(residency=standing).values_list("item_id", flat=True))
    for item in owed:
        if item.pk not in here:
            BringsIn.objects.create(residency=standing, item=item, by=until, basis=basis.strip())
    return write(
        HALL,
        hall,
        HallAct.ADMIT,
        doing,
        facts={
            "organ": organ.code,
            "since": since.isoformat(),
            "only_here": only_here,
            "items": sorted(item.code for item in owed),
        },
    )


@deed(HALL, HallAct.LEAVE)
def dismiss(hall: Hall, organ: Organ, last_day: date, doing: Doing) -> Deed:
    """A unit leaves the hall after ``last_day``."""
    _manages(hall, doing)
    rows = Residency.objects.filter(hall=hall, organ=organ, until__isnull=True)
    if not rows.filter(since__lte=last_day).exists():
        raise Refused(
            Said("这个单位没有进驻，或者还没有进驻。", "The unit is not in the hall then."),
            "last_day",
        )
    rows.update(until=last_day)
    facts = {"organ": organ.code, "last_day": last_day.isoformat()}
    return write(HALL, hall, HallAct.LEAVE, doing, facts=facts)
