"""Tickets: taken, called, served, held, sent on, ended. Atomic across processes and nodes.

Every act takes its locks in one order: the key, the lines by id, the ticket, the hall's counter.
On PostgreSQL a line is locked by its row (``Turn``); on SQLite the gate and BEGIN IMMEDIATE do it.
``SKIP LOCKED`` would never call twice, but would call out of order and say "nobody is waiting"
while somebody is (``docs/decisions/0033-the-hall.md``). The answer to a key is stored with the
act: who clicks twice, or asks again after a broken connection, gets the same person.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone

from openhall.cases.models import Case
from openhall.cases.permissions import may_open
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused, kept
from openhall.glossary import Said
from openhall.hall.actions import refusals as said
from openhall.hall.actions.once import day_of, moved, once
from openhall.hall.models import (
    Hall,
    Line,
    Ticket,
    Window,
)
from openhall.hall.permissions import may_receive_people, on_duty_at, still_at
from openhall.hall.queries import (
    at_window,
    duty_now,
    hours_on,
    lines_now,
)
from openhall.hall.standing import (
    asked,
    next_waiting,
    served_lines,
    somebody_at,
    standing_on,
    stored_day,
)
from openhall.hall.terms import AT_WINDOW, CentreState, Lane, Need, Source, TicketAct, TicketState

S, A = TicketState, TicketAct
OF_TODAY: Final = frozenset({A.HOLD, A.REQUEUE, A.TRANSFER})  # who goes back into a line of the day
TAKEN: Final = (
    "UPDATE hall_turn SET next_no = CASE WHEN day = %s THEN next_no + 1 ELSE 2 END, day = %s"
    " WHERE line_id = %s RETURNING next_no - 1"
)


@dataclass(frozen=True, slots=True)
class Coming:
    """Who comes and what for. ``visit`` of a ticket of theirs, where it is one more matter.

    ``keeps_place``: it has the place in time of the first, as a window gives it to who is there;
    who takes one more by phone waits in its line like everybody, and is called to one at a time.
    """

    line: int
    source: Source
    lane: Lane = Lane.ORDINARY
    item: int | None = None
    persons: int = 1
    need: Need = Need.NONE
    visit: uuid.UUID | None = None
    case: int | None = None
    keeps_place: bool = True


# ------------------------------------------------------------------ taking a ticket
def issue(coming: Coming, doing: Doing) -> Ticket:
    """A number in a line, after all that were given before it.

    Without account it is the kiosk or a phone. Raises :class:`Refused` outside the hours, where the
    line is closed or full, and where no window of the line meets the need.
    """
    line = Line.objects.select_related("hall__organ").get(pk=coming.line)
    if doing.actor is not None and not may_receive_people(doing.actor, line.hall, doing.day):
        raise Refused(said.NOT_RECEPTION)

    def does(now: datetime) -> tuple[Ticket, dict[str, Any]]:
        day = day_of(now)
        if line.closed:
            raise Refused(said.CLOSED_LINE, "line")
        if doing.entered is None:
            _serves_now(line.hall, now)
        _need_is_met(line, coming.need, now)
        ((no,),) = asked(TAKEN, [stored_day(day), stored_day(day), line.pk])
        if no > line.most:
            raise Refused(said.FULL, "line")
        first = _first_of(coming.visit, line, day)
        before = first if coming.keeps_place else None
        ticket = Ticket.objects.create(
            hall=line.hall,
            line=line,
            day=day,
            letter=line.letter,
            no=no,
            lane=int(coming.lane) if before is None else before.lane,
            at=now if before is None else before.at,
            issued_at=now,
            state=S.WAITING.value,
            persons=max(1, min(coming.persons, 20)),
            source=coming.source.value,
            need=coming.need.value,
            item_id=coming.item,
            case_id=coming.case,
            **({} if first is None else {"visit": first.visit}),
        )
        facts = {"line": line.letter, "lane": ticket.lane, "source": ticket.source}
        return ticket, facts

    sent = {"line": coming.line, "item": coming.item, "lane": coming.lane, "need": coming.need}
    ticket = once(A.ISSUE, doing, line.hall_id, [line.pk], sent, does)
    assert ticket is not None
    return ticket


def _first_of(visit: uuid.UUID | None, line: Line, day: date) -> Ticket | None:
    """The first ticket of a visit: one more matter of the same person keeps its place in time."""
    if visit is None:
        return None
    rows = Ticket.objects.filter(visit=visit, hall=line.hall_id, day=day).order_by("id")
    first = rows.first()
    if first is None:
        raise Refused(said.MOVED_ON, "visit")
    return first


def _serves_now(hall: Hall, now: datetime) -> None:
    day, moment = day_of(now), timezone.localtime(now).time()
    if standing_on(hall.pk, day) != CentreState.OPEN:
        raise Refused(
            Said(
                "本大厅今天不对外办公。请看大厅公告，或者到其他中心、网上办理。",
                "This hall does not serve today. Read its notice, go to another centre, or do it "
                "online.",
            )
        )
    hours = hours_on(hall, day)
    if not hours.gives_tickets(moment):
        until = f"{hours.last:%H:%M}" if hours.last else ""
        raise Refused(
            Said(
                f"现在不取号。今天取号到{until}为止。" if until else "今天不对外办公，不取号。",
                f"No tickets are given now. Today they are given until {until}."
                if until
                else "The hall is closed today; no tickets are given.",
            )
        )


def _need_is_met(line: Line, need: Need, now: datetime) -> None:
    if need == Need.NONE:
        return
    column = {Need.WHEELCHAIR: "wheelchair", Need.SIGN: "sign_language"}[need]
    windows = Window.objects.filter(hall=line.hall_id, closed=False, **{column: True})
    if not any(lines_now(one.pk, now).filter(pk=line.pk).exists() for one in windows):
        raise Refused(said.NOBODY_CAN, "need")


# ------------------------------------------------------------------ calling
def call_next(window: Window, doing: Doing) -> Ticket | None:
    """The next of all lines the window serves; None where nobody waits.

    A window that still has somebody gets that ticket again, not a second one.
    """
    _on_duty(window, doing)
    lines = served_lines(window.pk, timezone.now())

    def does(now: datetime) -> tuple[Ticket | None, dict[str, Any]]:
        if somebody_at(window.pk):
            return at_window(window.pk), {"again": True}
        found = _next_in(lines, window, day_of(now))
        if found is None:
            return None, {}
        changes = {"state": S.CALLED.value, "window": window, "called_at": now, "calls": 1}
        return moved(found, [S.WAITING.value], **changes), {}

    return once(A.CALL, doing, window.hall_id, lines, {}, does, window.pk)


def _next_in(lines: list[int], window: Window, day: date) -> Ticket | None:
    needs = [Need.NONE.value]
    needs += [Need.WHEELCHAIR.value] * window.wheelchair + [Need.SIGN.value] * window.sign_language
    found = Ticket.objects.raw(*next_waiting(lines, needs, day)) if lines else ()
    return next(iter(found), None)


def call_by_name(window: Window, ticket: Ticket, doing: Doing) -> Ticket:
    """A ticket that is held, or missed its call, comes to this window before the others."""
    _on_duty(window, doing)

    def does(now: datetime) -> tuple[Ticket, dict[str, Any]]:
        if somebody_at(window.pk):
            raise Refused(said.STILL_SOMEBODY)
        if ticket.day != day_of(now):
            raise Refused(said.MOVED_ON)
        changes = {"state": S.CALLED.value, "window": window, "called_at": now, "ended_at": None}
        states = [S.HELD.value, S.NO_SHOW.value]
        return moved(ticket, states, calls=ticket.calls + 1, **changes), {"named": True}

    sent = {"ticket": ticket.pk}
    done = once(A.CALL, doing, window.hall_id, [ticket.line_id], sent, does, window.pk)
    assert done is not None
    return done


def _on_duty(window: Window, doing: Doing) -> None:
    if not on_duty_at(doing.actor, window, doing.day):
        raise Refused(said.NOT_ON_DUTY)


def _here(
    act: TicketAct,
    window: Window,
    ticket: Ticket,
    doing: Doing,
    states: Iterable[str],
    changes: Callable[[datetime], dict[str, Any]],
    facts: dict[str, Any] | None = None,
    *,
    more_lines: Iterable[int] = (),
    sent: dict[str, Any] | None = None,
) -> Ticket:
    """An act on the ticket that stands at the window of whoever does it.

    A visit past midnight is finished, though its shift is of the day before; it does not go back
    into a line, since that day's lines are called no more.
    """
    if not still_at(doing.actor, window):
        raise Refused(said.NOT_ON_DUTY)

    def does(now: datetime) -> tuple[Ticket, dict[str, Any]]:
        if act in OF_TODAY and ticket.day != day_of(now):
            raise Refused(said.DAY_IS_OVER)
        sql = "SELECT window_id, calls FROM hall_ticket WHERE id = %s"
        ((at, calls),) = asked(sql, [ticket.pk])
        if at != window.pk:
            raise Refused(said.ELSEWHERE)
        ticket.calls = calls
        return moved(ticket, states, **changes(now)), facts or {}

    lines = [ticket.line_id, *more_lines]
    body = {"ticket": ticket.pk, **(sent or {})}
    done = once(act, doing, window.hall_id, lines, body, does, window.pk)
    assert done is not None
    return done


def recall(window: Window, ticket: Ticket, doing: Doing) -> Ticket:
    """Call again: it is spoken once more and moves to the top of the display."""

    def again(now: datetime) -> dict[str, Any]:
        return {"called_at": now, "calls": ticket.calls + 1}

    return _here(A.RECALL, window, ticket, doing, [S.CALLED.value], again)


def serve(window: Window, ticket: Ticket, doing: Doing) -> Ticket:
    """The person is here."""

    def begun(now: datetime) -> dict[str, Any]:
        return {"state": S.SERVING.value, "served_at": ticket.served_at or now}

    return _here(A.SERVE, window, ticket, doing, [S.CALLED.value], begun)


def hold(window: Window, ticket: Ticket, why: str, doing: Doing) -> Ticket:
    """The person fetches something and comes back without queueing again."""
    return _here(
        A.HOLD,
        window,
        ticket,
        doing,
        AT_WINDOW,
        lambda now: {"state": S.HELD.value},
        {"why": kept(why, 100, "why")} if why else {},
        sent={"why": why},
    )


def requeue(window: Window, ticket: Ticket, doing: Doing) -> Ticket:
    """Back into the line, before those who came later."""

    def back(now: datetime) -> dict[str, Any]:
        return {"state": S.WAITING.value, "window": None, "lane": min(ticket.lane, int(Lane.BACK))}

    return _here(A.REQUEUE, window, ticket, doing, [*AT_WINDOW, S.HELD.value], back)


def transfer(window: Window, ticket: Ticket, line: Line, doing: Doing) -> Ticket:
    """To another line of the hall, with the same number and the time at which the person came."""
    if line.hall_id != window.hall_id or line.closed:
        raise Refused(said.CLOSED_LINE, "line")
    return _here(
        A.TRANSFER,
        window,
        ticket,
        doing,
        AT_WINDOW,
        lambda now: {"state": S.WAITING.value, "window": None, "line": line},
        {"from": ticket.line.letter, "to": line.letter},
        more_lines=[line.pk],
        sent={"line": line.pk},
    )


def no_show(window: Window, ticket: Ticket, doing: Doing) -> Ticket:
    """Nobody came. Who comes back today is the next then (:func:`come_back`)."""
    return _here(
        A.NO_SHOW,
        window,
        ticket,
        doing,
        [S.CALLED.value],
        lambda now: {"state": S.NO_SHOW.value, "ended_at": now},
    )


def come_back(ticket: Ticket, doing: Doing) -> Ticket:
    """Who missed the call is here after all: the next of the line, at whatever window calls."""
    if not may_receive_people(doing.actor, ticket.hall, doing.day):
        raise Refused(said.NOT_RECEPTION)

    def does(now: datetime) -> tuple[Ticket, dict[str, Any]]:
        if ticket.day != day_of(now):
            raise Refused(said.MOVED_ON)
        changes = {"state": S.WAITING.value, "window": None, "ended_at": None}
        states = [S.NO_SHOW.value, S.HELD.value]
        return moved(ticket, states, lane=int(Lane.BACK), **changes), {"back": True}

    sent = {"ticket": ticket.pk, "back": True}
    done = once(A.REQUEUE, doing, ticket.hall_id, [ticket.line_id], sent, does)
    assert done is not None
    return done


def finish(window: Window, ticket: Ticket, doing: Doing) -> Ticket:
    """The matter is done at this window."""
    return _here(
        A.FINISH,
        window,
        ticket,
        doing,
        AT_WINDOW,
        lambda now: {
            "state": S.DONE.value,
            "served_at": ticket.served_at or now,
            "ended_at": now,
        },
    )


def link(window: Window, ticket: Ticket, case: Case, doing: Doing) -> Ticket:
    """The ticket opened this case, or goes on with it."""
    if doing.actor is None or not may_open(doing.actor, case, doing.day):
        raise Refused(
            Said(
                "本件不在您的办理范围内，不能关联。",
                "This case is not on your desk, so it cannot be linked.",
            )
        )
    return _here(
        A.LINK,
        window,
        ticket,
        doing,
        AT_WINDOW,
        lambda now: {"case": case, "item": case.item},
        {"case": case.number},
        sent={"case": case.pk},
    )


def linked_at_counter(case: Case, doing: Doing) -> Ticket | None:
    """Link what was just taken in to the ticket at the window of who took it in."""
    sits = duty_now(doing.actor, doing.day)
    ticket = None if sits is None else at_window(sits.window_id)
    if sits is None or ticket is None or ticket.state != S.SERVING or ticket.case_id is not None:
        return None
    return link(sits.window, ticket, case, doing)


def leave(ticket: Ticket, doing: Doing) -> Ticket:
    """The ticket is given back: by its holder, who knows its ``uid``, or at the reception."""
    if doing.actor is not None and not may_receive_people(doing.actor, ticket.hall, doing.day):
        raise Refused(said.NOT_RECEPTION)

    def does(now: datetime) -> tuple[Ticket, dict[str, Any]]:
        states = [S.WAITING.value, S.HELD.value]
        return moved(ticket, states, state=S.LEFT.value, ended_at=now), {}

    sent = {"ticket": ticket.pk}
    done = once(A.LEAVE, doing, ticket.hall_id, [ticket.line_id], sent, does)
    assert done is not None
    return done
