"""The rows of a hall as its predictor needs them, and what the predictor says of each line. A13.

The presser asks every fifteen seconds, once for all positions of a line; never per phone. What is
told is an interval, or why nothing can be told (``rules/waiting``).
"""

from collections.abc import Iterable
from datetime import date, datetime
from random import Random
from typing import Any, Final

from django.utils import timezone

from openhall.hall.models import Duty, HallLearnt, Line, Serves, Ticket
from openhall.hall.rules.waiting.classic import mean_service
from openhall.hall.rules.waiting.learnt import Learnt, of_plain
from openhall.hall.rules.waiting.mixing import Mixture, estimates
from openhall.hall.rules.waiting.saying import told, why_not
from openhall.hall.rules.waiting.simulating import calls, means
from openhall.hall.rules.waiting.values import (
    ORDINARY,
    PRIORITY,
    Day,
    LineNow,
    Stay,
    Visit,
    Waiting,
    Window,
)
from openhall.hall.terms import AT_WINDOW, Lane, TicketState

FIRST_MINUTE: Final = 9 * 60.0


def minute_of(moment: datetime) -> float:
    """The minute of the day in the city."""
    local = timezone.localtime(moment)
    return local.hour * 60 + local.minute + local.second / 60


def lane_of(lane: int) -> int:
    return PRIORITY if lane <= int(Lane.PRIORITY) else ORDINARY


def learnt_of(hall_id: int) -> Learnt | None:
    """What past days taught of the hall; None where nothing did."""
    row = HallLearnt.objects.filter(hall_id=hall_id).first()
    return None if row is None else of_plain(row.learnt)


def _kind(ticket: Ticket) -> str:
    return str(ticket.item_id or ticket.letter)


def _windows(line: int, sitting: Iterable[int], there: dict[int, Ticket], now: datetime) -> Any:
    for window in sitting:
        ticket = there.get(window)
        if ticket is None:
            yield Window()
        else:
            began = ticket.served_at or ticket.called_at or now
            yield Window(item=_kind(ticket), age=max(0.0, (now - began).total_seconds() / 60))


def line_now(line: Line, sitting: list[int], there: dict[int, Ticket], now: datetime) -> LineNow:
    """A line as it stands, with one more at its end: who would take a ticket now."""
    day = timezone.localtime(now).date()
    rows = Ticket.objects.filter(line=line, day=day)
    waits = rows.filter(state=TicketState.WAITING.value).order_by("lane", "at", "id")
    waiting = [
        Waiting(lane_of(one.lane), _kind(one), (now - one.issued_at).total_seconds() / 60)
        for one in waits
    ]
    called = rows.filter(called_at__isnull=False).order_by("-called_at")
    last = called.first()
    entered: dict[int, float] = {}
    for one in called[:20]:
        wait = (one.called_at - one.issued_at).total_seconds() / 60 if one.called_at else 0.0
        entered.setdefault(lane_of(one.lane), max(0.0, wait))
    return LineNow(
        line=line.letter,
        minute=minute_of(now),
        windows=tuple(_windows(line.pk, sitting, there, now)),
        waiting=(*waiting, Waiting(ORDINARY, line.letter, 0.0)),
        priority_today=rows.filter(lane__lte=int(Lane.PRIORITY)).count(),
        opened=FIRST_MINUTE,
        entered=entered,
        last_call=None
        if last is None or last.called_at is None
        else (now - last.called_at).total_seconds() / 60,
    )


def estimates_of(hall_id: int, day: date, now: datetime | None = None) -> dict[int, Any]:
    """By line, what a person at each position is told: minutes, or why nothing can be."""
    now = now or timezone.now()
    learnt = learnt_of(hall_id)
    there = {
        one.window_id: one
        for one in Ticket.objects.filter(hall_id=hall_id, state__in=AT_WINDOW)
        if one.window_id is not None
    }
    serving = _serving(hall_id, day, now)
    said: dict[int, Any] = {}
    for line in Line.objects.filter(hall_id=hall_id, closed=False).order_by("letter"):
        stands = line_now(line, serving.get(line.pk, []), there, now)
        mean = mean_service(stands, learnt) if learnt is not None else 0.0
        why = why_not(stands, learnt, mean=mean)
        if why is not None or learnt is None:
            said[line.pk] = {"why": [why.zh, why.en] if why else ["", ""]}
            continue
        random = Random(f"{line.pk}-{now:%Y%m%d%H%M}")  # noqa: S311 - draws, no secret
        waits = means(calls(stands, learnt, random))
        mixture = Mixture(learnt)
        at = []
        for place, one in enumerate(stands.waiting):
            every = estimates(stands, place, learnt, waits[place])
            found = told(learnt, line.letter, one.lane, waits[place], mixture.estimate(every))
            if found.why is not None:
                break
            at.append([found.low, found.high])
        said[line.pk] = {"at": at} if at else {"why": ["无法估计。", "It cannot be said."]}
    return said


def _serving(hall_id: int, day: date, now: datetime) -> dict[int, list[int]]:
    """For each line the windows at which somebody sits and serves it now."""
    sits = Duty.objects.filter(
        hall_id=hall_id,
        day=day,
        signed_in__isnull=False,
        signed_out__isnull=True,
        away_since__isnull=True,
    ).values("window")
    own: dict[int, list[int]] = {}
    moved: dict[int, list[int]] = {}
    rows = Serves.objects.filter(window__in=sits, since__lte=now)
    for window, line, until in rows.values_list("window_id", "line_id", "until"):
        if until is None:
            own.setdefault(window, []).append(line)
        elif until > now:
            moved.setdefault(window, []).append(line)
    found: dict[int, list[int]] = {}
    for window in {*own, *moved}:
        for line in moved.get(window) or own.get(window, []):
            found.setdefault(line, []).append(window)
    return found


def day_told(hall_id: int, day: date) -> Day:
    """What a closed day left behind, as the predictor learns from it."""
    visits = tuple(
        Visit(
            line=one.line.letter,
            lane=lane_of(one.lane),
            item=_kind(one),
            issued=minute_of(one.issued_at),
            called=None if one.called_at is None else minute_of(one.called_at),
            ended=None if one.ended_at is None else minute_of(one.ended_at),
            window="" if one.window_id is None else str(one.window_id),
            came=one.state == TicketState.DONE,
        )
        for one in Ticket.objects.filter(hall_id=hall_id, day=day)
        .select_related("line")
        .order_by("issued_at", "id")
    )
    shifts = Duty.objects.filter(hall_id=hall_id, day=day, signed_in__isnull=False)
    stays = []
    for shift in shifts.select_related("window"):
        ends = shift.signed_out or shift.signed_in
        rows = Serves.objects.filter(window=shift.window, until__isnull=True)
        for letter in rows.values_list("line__letter", flat=True):
            assert shift.signed_in is not None
            assert ends is not None
            since, until = minute_of(shift.signed_in), minute_of(ends)
            stays.append(Stay(str(shift.window_id), letter, since, until))
    return Day(visits, tuple(stays))
