"""Service halls: where, when, who waits; a ticket taken for somebody, and given back."""

import uuid
from datetime import date, datetime, time
from typing import Annotated, Any, Final

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from openhall.api.v1.door import here, route
from openhall.api.v1.keyed import doing_of
from openhall.api.v1.paging import LIMIT, Code, Cursor, Limit, page_of
from openhall.api.v1.problems import Words, absent
from openhall.clients.terms import Scope
from openhall.deeds.doing import Doing
from openhall.glossary import Said
from openhall.hall.actions import turns
from openhall.hall.queries import (
    Centre,
    Hall,
    Ticket,
    ahead_of,
    centre_on,
    centres_on,
    hall_named,
    hours_on,
    open_lines,
    ticket_of,
    windows_of,
)
from openhall.hall.state.body import told_of
from openhall.hall.terms import Need, Source, TicketState

router = Router(tags=["halls"])
NO_HALL: Final = Said("没有这个大厅。", "There is no such hall.")
NO_TICKET: Final = Said(
    "没有这张号。请核对取号时给出的编号。",
    "There is no such ticket. Compare it with what was given.",
)


class HallRow(Schema):
    """A hall as it is called today, and whether it serves."""

    slug: str
    kind: str
    unit: str
    name: Words
    address: Words
    phone: str
    standing: str
    url: str
    state: str


class HallRows(Schema):
    data: list[HallRow]
    next: str | None


class SpanTold(Schema):
    """From when to when."""

    opens: time
    closes: time


class Line(Schema):
    """A line one may wait in."""

    letter: str
    name: Words


class WindowTold(Schema):
    """A window and what is special about it."""

    number: int
    name: Words
    general: bool
    wheelchair: bool
    sign_language: bool


class HallTold(HallRow):
    """A hall with today's hours, its lines and its windows."""

    day: date
    hours: list[SpanTold]
    last_ticket: time | None
    why: Words
    lines: list[Line]
    windows: list[WindowTold]


class LineNow(Schema):
    letter: str
    name: Words
    open_windows: int
    waiting: int


class CallNow(Schema):
    ticket: str
    window: int
    at: str


class StateNow(Schema):
    """Who waits and who was called last; ``version`` grows with every change."""

    hall: str
    version: int
    day: date
    closed: bool
    lines: list[LineNow]
    calls: list[CallNow]


class TicketWanted(Schema):
    """Which line, and what is needed at the window."""

    line: Annotated[str, Field(pattern="^[A-Z]$")]
    need: Need = Need.NONE


class TicketTold(Schema):
    """A ticket; ``id`` is known to its holder only."""

    id: uuid.UUID
    hall: str
    number: str
    line: str
    day: date
    state: str
    state_words: Words
    ahead: int | None
    window: int | None
    issued_at: datetime
    url: str


def _row(centre: Centre) -> dict[str, Any]:
    hall = centre.hall
    return {
        "slug": hall.slug,
        "kind": hall.kind,
        "unit": hall.organ.code,
        "name": {"zh": centre.name, "en": centre.name_en},
        "address": {"zh": centre.address, "en": centre.address_en},
        "phone": centre.phone,
        "standing": centre.standing,
        "url": here(f"/hall/{hall.slug}/"),
        "state": here(f"/api/v1/halls/{hall.slug}/state"),
    }


def _hall(slug: str) -> Hall:
    found = hall_named(slug)
    if found is None:
        raise absent(NO_HALL)
    return found


@route(router, "get", "/halls", HallRows, name="halls", summary="Service halls")
def halls(
    request: HttpRequest, cursor: Cursor | None = None, limit: Limit = LIMIT
) -> dict[str, Any]:
    """Every hall there is today, whether it serves or pauses. A1, A15."""
    rows = centres_on(timezone.localdate())
    return page_of(request, "halls", rows, ("pk",), cursor, limit, _row)


@route(router, "get", "/halls/{slug}", HallTold, name="hall", summary="One hall today")
def hall(request: HttpRequest, slug: Code) -> dict[str, Any]:
    """Where it is, when it is open today, its lines and windows. A9."""
    day, found = timezone.localdate(), _hall(slug)
    centre = centre_on(found, day)
    if centre is None:
        raise absent(NO_HALL)
    centre.hall = found
    hours = hours_on(found, day)
    return {
        **_row(centre),
        "day": day,
        "hours": [{"opens": opens, "closes": closes} for opens, closes in hours.spans],
        "last_ticket": hours.last,
        "why": {"zh": hours.why.zh, "en": hours.why.en},
        "lines": [
            {"letter": one.letter, "name": {"zh": one.name, "en": one.name_en}}
            for one in open_lines(found)
        ],
        "windows": [
            {
                "number": one.number,
                "name": {"zh": one.name, "en": one.name_en},
                "general": one.general,
                "wheelchair": one.wheelchair,
                "sign_language": one.sign_language,
            }
            for one in windows_of(found)
        ],
    }


@route(router, "get", "/halls/{slug}/state", StateNow, name="hall_now", summary="Who waits now")
def hall_now(request: HttpRequest, slug: Code) -> dict[str, Any]:
    """How many wait in each line, how many windows serve it, the last calls; no person."""
    found = _hall(slug)
    said = told_of(found.pk, found.slug, timezone.localdate())
    return {
        "hall": found.slug,
        "version": said["g"],
        "day": said["day"],
        "closed": said["over"],
        "lines": [
            {
                "letter": one["l"],
                "name": {"zh": one["n"], "en": one["e"]},
                "open_windows": one["open"],
                "waiting": len(one["wait"]),
            }
            for one in said["lines"]
        ],
        "calls": [
            {"ticket": one["n"], "window": one["w"], "at": one["t"]} for one in said["calls"]
        ],
    }


def _ticket(ticket: Ticket) -> dict[str, Any]:
    state = TicketState(ticket.state)
    return {
        "id": ticket.uid,
        "hall": ticket.hall.slug,
        "number": str(ticket),
        "line": ticket.line.letter,
        "day": ticket.day,
        "state": state.value,
        "state_words": {"zh": state.zh, "en": state.en},
        "ahead": ahead_of(ticket) if state == TicketState.WAITING else None,
        "window": ticket.window.number if ticket.window is not None else None,
        "issued_at": ticket.issued_at,
        "url": here(f"/hall/{ticket.hall.slug}/ticket/{ticket.uid}/"),
    }


@route(
    router,
    "post",
    "/halls/{slug}/tickets",
    {201: TicketTold},
    name="take_ticket",
    summary="Take a ticket for today",
    scope=Scope.TICKETS,
)
def take_ticket(request: HttpRequest, slug: Code, said: TicketWanted) -> Any:
    """A number in a line, as from a telephone; nothing of the person is asked.

    The same ``Idempotency-Key`` again answers with the same ticket.
    """
    found = _hall(slug)
    line = next((one for one in open_lines(found) if one.letter == said.line), None)
    if line is None:
        raise absent(Said("这个大厅没有这个队列。", "This hall has no such line."))
    doing = doing_of(request)
    done = turns.issue(
        turns.Coming(line.pk, Source.PHONE, need=said.need), Doing(None, doing.at, doing.key)
    )
    ticket = ticket_of(done.uid)
    assert ticket is not None
    return Status(201, _ticket(ticket))


@route(
    router,
    "get",
    "/tickets/{id}",
    TicketTold,
    name="ticket",
    summary="Where a ticket stands",
    scope=Scope.TICKETS,
)
def ticket(request: HttpRequest, id: uuid.UUID) -> dict[str, Any]:
    """How many are before, at which window it was called. Its ``id`` is known to its holder."""
    found = ticket_of(id)
    if found is None:
        raise absent(NO_TICKET)
    return _ticket(found)


@route(
    router,
    "post",
    "/tickets/{id}/leave",
    TicketTold,
    name="leave_line",
    summary="Give a ticket back",
    scope=Scope.TICKETS,
)
def leave_line(request: HttpRequest, id: uuid.UUID) -> dict[str, Any]:
    """Everybody behind moves up; the number is not given again."""
    found = ticket_of(id)
    if found is None:
        raise absent(NO_TICKET)
    doing = doing_of(request)
    turns.leave(found, Doing(None, doing.at, doing.key))
    after = ticket_of(id)
    assert after is not None
    return _ticket(after)
