"""M: the rest of the day played many times, each service drawn from its own item's past ones.

One play gives the call of every waiting ticket, so a line is simulated once for all positions.
"""

from heapq import heapify, heapreplace
from random import Random
from typing import Final

from openhall.hall.rules.waiting.learnt import BIN, DAY_PRIOR, LEAST_SAMPLES, NO_SHOW_COST, Learnt
from openhall.hall.rules.waiting.values import HALF_HOUR, PRIORITY, LineNow, Window

DRAWS: Final = 80
SPREAD: Final = 0.05  # of a day's speed, which is known only roughly
FAR: Final = 1e9


def speed(now: LineNow) -> float:
    """By how much today's services are longer than they should be."""
    return (DAY_PRIOR + now.observed) / (DAY_PRIOR + now.expected)


def priority_rates(now: LineNow, learnt: Learnt) -> list[tuple[float, float]]:
    """Arrivals of the priority lane a minute, as (until in minutes from now, rate): by other days'
    half hours, half of them in the measure of today. After the last one nobody comes any more."""
    past = learnt.priority.get(now.line, {})
    if not past:
        return []
    gone, expected, half = now.minute - now.opened, 0.0, HALF_HOUR
    for place, rate in past.items():
        expected += rate * max(
            0.0, min(now.minute, (place + 1) * half) - max(now.opened, place * half)
        )
    today = min(3.0, now.priority_today / expected) if gone >= half and expected > 0 else 1.0
    here = int(now.minute // half)
    return [
        ((place + 1) * half - now.minute, past.get(place, 0.0) * (1 + today) / 2)
        for place in range(here, max(past) + 1)
    ]


def priority_rate(now: LineNow, learnt: Learnt) -> float:
    """The rate of this half hour."""
    rates = priority_rates(now, learnt)
    return rates[0][1] if rates else 0.0


def _next(at: float, rates: list[tuple[float, float]], random: Random) -> float:
    """When the next of the priority lane comes after ``at``."""
    for until, rate in rates:
        if until <= at:
            continue
        if rate > 0:
            comes = at + random.expovariate(rate)
            if comes < until:
                return comes
        at = until
    return FAR


class _Start:
    """When a window is free, drawn anew for each play: what can be known is worked out once."""

    __slots__ = ("age", "fixed", "mean", "rest", "scales")

    def __init__(self, window: Window, learnt: Learnt, base: float) -> None:
        self.fixed, self.age, self.mean = 0.0, 0.0, 0.0
        self.rest: tuple[float, ...] = ()
        self.scales = False
        if window.back_in is not None:
            self.fixed = window.back_in
        elif window.item is not None:
            service = learnt.service(window.item)
            self.age = window.age / base
            self.rest = service.minutes[service.longer(self.age) :]
            self.scales = True
            if len(self.rest) < LEAST_SAMPLES:
                self.rest, self.mean = (), 0.35 * window.age + 1.0
        elif window.idle is not None and learnt.pauses:
            self.age = window.idle
            self.rest = tuple(one for one in learnt.pauses if one > window.idle)
            if not self.rest:
                self.fixed = 1.0

    def draw(self, factor: float, random: Random) -> float:
        if self.rest:
            left = self.rest[int(random.random() * len(self.rest))] - self.age
            return left * factor if self.scales else left
        return random.expovariate(1 / self.mean) if self.mean else self.fixed


def calls(now: LineNow, learnt: Learnt, random: Random, draws: int = DRAWS) -> list[list[float]]:
    """For each who waits, the minutes until they are called, play by play."""
    waiting = now.waiting
    found: list[list[float]] = [[] for _one in waiting]
    if not now.windows:
        return found
    ordinary = any(one.lane != PRIORITY for one in waiting)
    coming = priority_rates(now, learnt) if ordinary else []
    kinds = [
        learnt.service(item).minutes or (10.0,)
        for item in dict.fromkeys(learnt.priority_items.get(now.line) or ("",))
    ]
    people = [
        (
            learnt.service(one.item).minutes or (10.0,),
            one.for_minutes,
            one.lane != PRIORITY,
            found[place].append,
        )
        for place, one in enumerate(waiting)
    ]
    starts = [_Start(window, learnt, speed(now)) for window in now.windows]
    lunches = [window.lunch for window in now.windows]
    absent = learnt.no_show or (0.05,)
    last_bin = len(absent) - 1
    pause_rate, pauses = learnt.pause_rate, learnt.pauses or (0.0,)
    uniform, base = random.random, speed(now)
    for _play in range(draws):
        factor = base * random.lognormvariate(0.0, SPREAD)
        free = [(start.draw(factor, random), n) for n, start in enumerate(starts)]
        heapify(free)
        left = list(lunches)
        next_priority = _next(0.0, coming, random) if coming else FAR
        for samples, waited, yields, called in people:
            while True:
                at, n = free[0]
                lunch = left[n]
                if lunch is not None and at >= lunch[0]:
                    left[n] = None
                    heapreplace(free, (at + lunch[1], n))
                elif yields and next_priority <= at:
                    next_priority = _next(next_priority, coming, random)
                    minutes = kinds[int(uniform() * len(kinds))]
                    taken = minutes[int(uniform() * len(minutes))] * factor
                    heapreplace(free, (at + taken, n))
                else:
                    break
            called(at)
            place = int((waited + at) / BIN)
            if uniform() < absent[place if place < last_bin else last_bin]:
                taken = NO_SHOW_COST
            else:
                taken = samples[int(uniform() * len(samples))] * factor
                if uniform() < pause_rate:
                    taken += pauses[int(uniform() * len(pauses))]
            heapreplace(free, (at + taken, n))
    return found


def means(found: list[list[float]]) -> list[float]:
    """The mean of the plays, for each who waits."""
    return [sum(one) / len(one) if one else 0.0 for one in found]
