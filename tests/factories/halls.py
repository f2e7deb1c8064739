"""Two invented halls whose days nobody tells the predictor; the second has other rules.

Plain event simulation; nothing of the product is used but the shape of a day's record.
"""

from dataclasses import dataclass
from heapq import heappop, heappush
from math import exp, log, pi, sin
from random import Random

from openhall.hall.rules.waiting.values import Absence, Day, Stay, Visit

OPEN, CLOSE = 9 * 60.0, 17 * 60.0


@dataclass(frozen=True)
class World:
    """How a hall lives: its items, lines and habits."""

    items: dict[str, list[tuple[str, float, float, float]]]  # line → (item, mean, sigma, share)
    windows: dict[str, int]
    load: float  # of the windows on duty, on an ordinary day
    priority: float
    lunch: float
    pause: tuple[float, float, float]  # chance, from, to
    day_speed: float
    window_speed: float
    absent: tuple[float, float, float]  # at once, more a minute, at most
    moves: float  # chance that a window changes its line at a half hour
    groups: float  # chance that several come at once
    shape: str  # of a day's arrivals
    heavy: float  # chance that a service takes three times as long


FIRST = World(
    items={
        "A": [("a1", 6, 0.5, 3), ("a2", 9, 0.5, 3), ("a3", 14, 0.6, 2), ("a4", 20, 0.6, 1),
              ("a5", 4, 0.4, 3)],
        "B": [("b1", 8, 0.5, 2), ("b2", 12, 0.6, 2), ("b3", 18, 0.7, 1), ("b4", 30, 0.7, 0.5)],
    },
    windows={"A": 9, "B": 4},
    load=0.76,
    priority=0.18,
    lunch=45.0,
    pause=(0.04, 4.0, 12.0),
    day_speed=0.12,
    window_speed=0.15,
    absent=(0.05, 0.0025, 0.25),
    moves=0.06,
    groups=0.0,
    shape="two peaks",
    heavy=0.0,
)  # fmt: skip
SECOND = World(
    items={
        "X": [("x1", 5, 0.3, 4), ("x2", 16, 0.8, 2), ("x3", 11, 0.5, 3)],
        "Y": [("y1", 22, 0.4, 1), ("y2", 13, 0.6, 1)],
        "Z": [("z1", 7, 0.9, 1)],
    },
    windows={"X": 6, "Y": 5, "Z": 2},
    load=0.64,
    priority=0.08,
    lunch=30.0,
    pause=(0.015, 8.0, 25.0),
    day_speed=0.18,
    window_speed=0.25,
    absent=(0.08, 0.004, 0.4),
    moves=0.02,
    groups=0.12,
    shape="morning",
    heavy=0.04,
)


def _profile(shape: str, minute: float) -> float:
    at = (minute - OPEN) / (CLOSE - OPEN)
    if shape == "morning":
        return 1.9 - 1.6 * at if at < 0.92 else 0.2
    wave = 0.65 + 0.75 * abs(sin(pi * (2 * at + 0.12)))
    return wave if at < 0.94 else 0.25


def _lognormal(random: Random, mean: float, sigma: float) -> float:
    return random.lognormvariate(log(mean) - sigma * sigma / 2, sigma)


def _arrivals(world: World, random: Random) -> list[tuple[float, str, str, int]]:
    found: list[tuple[float, str, str, int]] = []
    busy = _lognormal(random, 1.0, 0.14)
    for line, items in world.items.items():
        shares = [one[3] for one in items]
        mean = sum(one[1] * one[3] for one in items) / sum(shares)
        base = world.load * world.windows[line] / mean
        noise, minute = 0.0, OPEN
        while minute < CLOSE:
            noise = 0.7 * noise + random.gauss(0, 0.18)
            rate = base * busy * exp(noise) * _profile(world.shape, minute)
            at = minute + random.expovariate(rate)
            while at < minute + 30:
                many = random.randint(2, 8) if random.random() < world.groups / 4 else 1
                for n in range(many):
                    item = random.choices(items, shares)[0][0]
                    lane = 0 if random.random() < world.priority else 1
                    found.append((at + n * 0.1, line, item, lane))
                at += random.expovariate(rate)
            minute += 30
    return sorted(found)


def day_of(world: World, seed: int) -> Day:
    """One day of ``world``; the same seed, the same day."""
    random = Random(seed)
    kinds = {one[0]: one for items in world.items.values() for one in items}
    pace = _lognormal(random, 1.0, world.day_speed)
    windows: dict[str, str] = {}
    pace_of: dict[str, float] = {}
    planned: dict[str, float] = {}
    for line, many in world.windows.items():
        for n in range(many):
            name = f"{line}{n + 1}"
            windows[name] = line
            pace_of[name] = _lognormal(random, 1.0, world.window_speed)
            planned[name] = 11.5 * 60 + (n % 3) * world.lunch
    queue: dict[str, list[tuple[int, float, int]]] = {line: [] for line in world.windows}
    arrivals = _arrivals(world, random)
    tickets = [list(one) for one in arrivals]
    called: dict[int, tuple[float, float, str, bool]] = {}
    stays: list[Stay] = []
    since = dict.fromkeys(windows, OPEN)
    absences: list[Absence] = []
    idle: set[str] = set()
    events: list[tuple[float, int, str, int]] = []
    for number, one in enumerate(arrivals):
        heappush(events, (one[0], 1, "come", number))
    for name in windows:
        heappush(events, (OPEN, 0, name, -1))
    half = OPEN + 30
    while half < CLOSE:
        heappush(events, (half, 2, "move", 0))
        half += 30

    def wake(line: str, at: float) -> None:
        for name in sorted(idle):
            if windows[name] == line:
                idle.discard(name)
                heappush(events, (at, 0, name, -1))
                return

    while events:
        at, _order, what, number = heappop(events)
        if what == "come":
            _at, line, _item, lane = tickets[number]
            heappush(queue[line], (lane, at, number))
            wake(line, at)
        elif what == "move":
            if random.random() < world.moves * len(windows):
                # The manager helps the longer line, and tells nobody.
                name = random.choice(sorted(windows))
                many = {of: sum(one == of for one in windows.values()) for of in world.windows}
                burden = {of: len(queue[of]) / many[of] for of in queue}
                line, to = windows[name], max(burden, key=burden.__getitem__)
                left = sum(1 for one in windows.values() if one == line)
                if (
                    line != to
                    and left > 1
                    and burden[to] > burden[line] + 1.5
                    and name not in called_now(called, at)
                ):
                    stays.append(Stay(name, line, since[name], at))
                    windows[name], since[name] = to, at
                    if name in idle and queue[to]:
                        idle.discard(name)
                        heappush(events, (at, 0, name, -1))
        else:
            name = what
            if name in planned and at >= planned[name]:
                until = at + world.lunch
                absences.append(Absence(name, planned.pop(name), at, until))
                heappush(events, (until, 0, name, -1))
                continue
            line = windows[name]
            if not queue[line]:
                idle.add(name)
                continue
            _lane, _issued, who = heappop(queue[line])
            waited = at - tickets[who][0]
            first, more, most = world.absent
            if random.random() < min(most, first + more * waited):
                end, came = at + 1.1, False
            else:
                _item, mean, sigma, _share = kinds[tickets[who][2]]
                length = _lognormal(random, mean, sigma) * pace * pace_of[name]
                if random.random() < world.heavy:
                    length *= 3
                end, came = at + max(0.5, length), True
            called[who] = (at, end, name, came)
            pause, low, high = world.pause
            rest = random.uniform(low, high) if came and random.random() < pause else 0.0
            if at < CLOSE + 240:
                heappush(events, (end + rest, 0, name, -1))
    last = max((end for _at, end, _name, _came in called.values()), default=CLOSE) + 1
    stays += [Stay(name, line, since[name], last) for name, line in windows.items()]
    visits = []
    for number, (at, line, item, lane) in enumerate(arrivals):
        got = called.get(number)
        begun, end, name, came = got if got else (None, None, "", True)
        visits.append(Visit(line, lane, item, at, begun, end, name, came))
    return Day(tuple(visits), tuple(stays), tuple(sorted(absences)), OPEN)


def called_now(called: dict[int, tuple[float, float, str, bool]], at: float) -> set[str]:
    """Windows that serve somebody at ``at``: they do not move then."""
    return {name for begun, end, name, _came in called.values() if begun <= at < end}
