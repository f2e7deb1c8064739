"""The rows of a hall as its predictor needs them, and what the predictor says of each line. A13.

The presser asks every fifteen seconds, once for all positions of a line; never per phone. What is
told is an interval, or why nothing can be told (``rules/waiting``). What is known of a line now is
what the nights learn from (``day_told``): today's pace, idle windows, the midday break.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random
from typing import Any, Final

from django.utils import timezone

from openhall.hall.models import Duty, HallLearnt, Line, Serves, Ticket
from openhall.hall.queries import hours_on
from openhall.hall.rules.waiting.classic import mean_service
from openhall.hall.rules.waiting.learnt import Learnt, of_plain
from openhall.hall.rules.waiting.mixing import Mixture, estimates
from openhall.hall.rules.waiting.replaying import IDLE
from openhall.hall.rules.waiting.saying import LEAST_JUDGED, told, why_not
from openhall.hall.rules.waiting.simulating import calls, means
from openhall.hall.rules.waiting.values import (
    ORDINARY,
    PRIORITY,
    Absence,
    Day,
    Estimates,
    LineNow,
    Stay,
    Visit,
    Waiting,
    Window,
)
from openhall.hall.terms import AT_WINDOW, Lane, TicketState

FIRST_MINUTE: Final = 9 * 60.0


def minute_of(moment: datetime | time) -> float:
    """The minute of the day in the city."""
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return local.hour * 60 + local.minute + local.second / 60


def lane_of(lane: int) -> int:
    return PRIORITY if lane <= int(Lane.PRIORITY) else ORDINARY


def learnt_of(hall_id: int) -> Learnt | None:
    """What past days taught of the hall; None where nothing did."""
    row = HallLearnt.objects.filter(hall_id=hall_id).first()
    return None if row is None else of_plain(row.learnt)


def fitted_at(hall_id: int) -> datetime | None:
    """When it learnt last."""
    rows = HallLearnt.objects.filter(hall_id=hall_id)
    return rows.values_list("fitted_at", flat=True).first()


def _kind(ticket: Ticket) -> str:
    return str(ticket.item_id or ticket.letter)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """From when the hall serves on a day, and its midday break in minutes, if it has one."""

    opened: float
    pause: tuple[float, float] | None = None

    def lunch(self, minute: float) -> tuple[float, float] | None:
        """In how many minutes the break begins, and how long it is."""
        if self.pause is None or self.pause[0] <= minute:
            return None
        return self.pause[0] - minute, self.pause[1] - self.pause[0]

    def back_in(self, minute: float) -> float | None:
        """Until when the break goes on, while it does."""
        if self.pause is None or not self.pause[0] <= minute < self.pause[1]:
            return None
        return self.pause[1] - minute


def rhythm_of(hall_id: int, day: date) -> Rhythm:
    spans = [
        (minute_of(opens), minute_of(closes)) for opens, closes in hours_on(hall_id, day).spans
    ]
    if not spans:
        return Rhythm(FIRST_MINUTE)
    return Rhythm(spans[0][0], (spans[0][1], spans[1][0]) if len(spans) == 2 else None)


@dataclass(slots=True)
class Sits:
    """Who sits at a window, as the predictor sees it: whom it serves, or since when nobody."""

    ticket: Ticket | None
    free_since: datetime

    def window(self, now: datetime, rhythm: Rhythm) -> Window:
        minute = minute_of(now)
        if (back := rhythm.back_in(minute)) is not None:
            return Window(back_in=back)
        lunch = rhythm.lunch(minute)
        if self.ticket is not None:
            began = self.ticket.called_at or now
            age = max(0.0, (now - began).total_seconds() / 60)
            return Window(item=_kind(self.ticket), age=age, lunch=lunch)
        idle = (now - self.free_since).total_seconds() / 60
        return Window(idle=idle if idle > IDLE else None, lunch=lunch)


def line_now(
    line: Line, sitting: Iterable[Sits], learnt: Learnt, rhythm: Rhythm, now: datetime
) -> tuple[LineNow, list[Ticket]]:
    """A line as it stands, with one more at its end: who would take a ticket now."""
    rows = list(Ticket.objects.filter(line=line, day=timezone.localtime(now).date()))
    waits = [one for one in rows if one.state == TicketState.WAITING]
    waits.sort(key=lambda one: (one.lane, one.at, one.pk))
    waiting = [
        Waiting(lane_of(one.lane), _kind(one), (now - one.issued_at).total_seconds() / 60)
        for one in waits
    ]
    done = [one for one in rows if one.state == TicketState.DONE and one.called_at]
    called = [(one.called_at, one) for one in rows if one.called_at is not None]
    called.sort(key=lambda pair: pair[0], reverse=True)
    entered: dict[int, float] = {}
    for at, one in called[:20]:
        entered.setdefault(lane_of(one.lane), max(0.0, (at - one.issued_at).total_seconds() / 60))
    stands = LineNow(
        line=line.letter,
        minute=minute_of(now),
        windows=tuple(one.window(now, rhythm) for one in sitting),
        waiting=(*waiting, Waiting(ORDINARY, line.letter, 0.0)),
        observed=sum(
            (one.ended_at - one.called_at).total_seconds() / 60
            for one in done
            if one.ended_at and one.called_at
        ),
        expected=sum(learnt.service(_kind(one)).mean for one in done),
        priority_today=sum(one.lane <= int(Lane.PRIORITY) for one in rows),
        opened=rhythm.opened,
        entered=entered,
        last_call=(now - called[0][0]).total_seconds() / 60 if called else None,
    )
    return stands, waits


@dataclass(slots=True)
class Promise:
    """What was said of a ticket when it was first seen waiting."""

    said: Estimates
    low: float
    high: float
    at: datetime


@dataclass(slots=True)
class Today:
    """What a day taught of one line so far: its errors, and how many intervals were kept."""

    mixture: Mixture
    promised: dict[int, Promise] = field(default_factory=dict)
    kept: deque[bool] = field(default_factory=lambda: deque(maxlen=LEAST_JUDGED))

    def hear(self, line: Line) -> None:
        """Those who were called since: how wrong was what they were told."""
        gone = Ticket.objects.filter(line=line, pk__in=list(self.promised))
        for pk, state, at in gone.values_list("pk", "state", "called_at").order_by("called_at"):
            if state == TicketState.WAITING:
                continue
            promise = self.promised.pop(pk)
            if at is None or at < promise.at:
                continue  # it left, or was called while it was looked at
            wait = (at - promise.at).total_seconds() / 60
            self.mixture.learn(promise.said, wait)
            self.kept.append(promise.low <= wait <= promise.high)


class Predictor:
    """What each hall says of waiting, with what today taught; kept by the node that presses."""

    def __init__(self) -> None:
        self.halls: dict[int, tuple[Any, Learnt | None, dict[int, Today]]] = {}

    def __call__(self, hall_id: int, day: date, now: datetime | None = None) -> dict[int, Any]:
        """By line, what a person at each position is told: minutes, or why nothing can be."""
        now = now or timezone.now()
        since = (day, fitted_at(hall_id))
        if hall_id not in self.halls or self.halls[hall_id][0] != since:
            self.halls[hall_id] = (since, learnt_of(hall_id), {})
        _since, known, today = self.halls[hall_id]
        learnt = known or Learnt(0, {}, (), 0.0, (), {})
        sits, rhythm = _sitting(hall_id, day), rhythm_of(hall_id, day)
        serving = _serving(sits, now)
        said: dict[int, Any] = {}
        for line in Line.objects.filter(hall_id=hall_id, closed=False).order_by("letter"):
            here = today.setdefault(line.pk, Today(Mixture(learnt)))
            here.hear(line)
            at = serving.get(line.pk, ())
            stands, waits = line_now(line, (sits[one] for one in at), learnt, rhythm, now)
            mean = mean_service(stands, learnt)
            share = sum(here.kept) / len(here.kept) if here.kept else 1.0
            why = why_not(stands, known, mean=mean, kept=share, judged=len(here.kept))
            if why is not None:
                said[line.pk] = {"why": [why.zh, why.en]}
                continue
            random = Random(f"{line.pk}-{now:%Y%m%d%H%M}")  # noqa: S311 - draws, no secret
            said[line.pk] = _told(stands, waits, learnt, here, random, now)
        return said


def _told(
    stands: LineNow,
    waits: list[Ticket],
    learnt: Learnt,
    here: Today,
    random: Random,
    now: datetime,
) -> dict[str, Any]:
    simulated = means(calls(stands, learnt, random))
    at = []
    for place, one in enumerate(stands.waiting):
        every = estimates(stands, place, learnt, simulated[place])
        estimate = here.mixture.estimate(every)
        found = told(learnt, stands.line, one.lane, simulated[place], estimate)
        if found.why is not None:
            break
        at.append([found.low, found.high])
        if place < len(waits):
            here.promised.setdefault(waits[place].pk, Promise(every, found.low, found.high, now))
    return {"at": at} if at else {"why": ["无法估计。", "It cannot be said."]}


def _sitting(hall_id: int, day: date) -> dict[int, Sits]:
    """By window, who sits there: on a break too, as the nights see it, for it comes back."""
    there = {
        one.window_id: one for one in Ticket.objects.filter(hall_id=hall_id, state__in=AT_WINDOW)
    }
    over = Ticket.objects.filter(
        hall_id=hall_id, day=day, window__isnull=False, ended_at__isnull=False
    ).order_by("ended_at")
    ended: dict[int, Any] = dict(over.values_list("window_id", "ended_at"))
    rows = Duty.objects.filter(
        hall_id=hall_id, day=day, signed_in__isnull=False, signed_out__isnull=True
    )
    away = {one.window_id for one in rows if one.away_since is not None}
    everybody_away = len(away) == len(rows)
    return {
        one.window_id: Sits(
            there.get(one.window_id),
            max(one.signed_in, ended.get(one.window_id, one.signed_in)),
        )
        for one in rows
        if one.signed_in is not None and not everybody_away
    }


def _serving(sits: Iterable[int], now: datetime) -> dict[int, list[int]]:
    """For each line the windows at which somebody sits and serves it now."""
    own: dict[int, list[int]] = {}
    moved: dict[int, list[int]] = {}
    rows = Serves.objects.filter(window__in=list(sits), since__lte=now)
    for window, line, until in rows.values_list("window_id", "line_id", "until"):
        if until is None:
            own.setdefault(window, []).append(line)
        elif until > now:
            moved.setdefault(window, []).append(line)
    found: dict[int, list[int]] = {}
    for window in sorted({*own, *moved}):
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
    rhythm = rhythm_of(hall_id, day)
    shifts = Duty.objects.filter(hall_id=hall_id, day=day, signed_in__isnull=False)
    stays, absences = [], []
    for shift in shifts.select_related("window"):
        assert shift.signed_in is not None
        since, until = minute_of(shift.signed_in), minute_of(shift.signed_out or shift.signed_in)
        window = str(shift.window_id)
        if rhythm.pause is not None and since < rhythm.pause[0] < until:
            absences.append(Absence(window, rhythm.pause[0], *rhythm.pause))
        rows = Serves.objects.filter(window=shift.window, until__isnull=True)
        stays += [
            Stay(window, letter, since, until)
            for letter in rows.values_list("line__letter", flat=True)
        ]
    return Day(visits, tuple(stays), tuple(absences), rhythm.opened)
