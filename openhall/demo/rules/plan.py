"""The life of one invented case, as a list of dated steps. Pure: the same seed, the same life.

Most cases go well. Some are declined, supplemented, suspended, sent back, refused, withdrawn,
late, unpaid, badly rated; a few clicks come twice and a few hands reach for what is not theirs.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from heapq import heappop, heappush
from random import Random
from typing import Any, Final, Protocol

OPENS: Final = time(9, 0)
CLOSES: Final = 17  # o’clock
MINUTES_OF_WORK: Final = (0, 180, 240, 480)  # 9:00–12:00 and 13:00–17:00
DECLINED, SUPPLEMENTED, UNANSWERED, SILENT = 0.03, 0.11, 0.05, 0.004
WITHDRAWN, SUSPENDED, SENT_BACK, REFUSED, LATE = 0.015, 0.03, 0.02, 0.035, 0.022
UNPAID, RATED, TWICE, WRONG_HANDS, SIGNED_IN = 0.03, 0.42, 0.01, 0.004, 0.3
CHANNELS: Final = (("online", 0.56), ("window", 0.34), ("kiosk", 0.05), ("post", 0.05))


class Days(Protocol):
    """What the plan asks of the working-day calendar."""

    def is_workday(self, day: date) -> bool: ...
    def next_workday(self, day: date) -> date: ...


@dataclass(frozen=True, slots=True)
class Matter:
    """An item as the plan needs it; ``weight`` is how often people come for it."""

    code: str
    promised: int
    person: bool
    fee: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Step:
    """One act at one moment; ``place`` orders the steps of a case, ``by`` picks the officer."""

    at: datetime
    case: int
    place: int
    act: str
    by: int = 0
    said: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The idempotency key: the same step is never done twice."""
        return f"demo-{self.case}-{self.place}-{self.act}"


def began(case: int) -> str:
    """The key of the step a case began with."""
    return f"demo-{case}-0-submit"


class Life:
    """Writes the steps of one case forward in time."""

    def __init__(self, case: int, matter: Matter, day: date, rng: Random, days: Days, zone: tzinfo):
        self.case, self.matter, self.rng, self.days, self.zone = case, matter, rng, days, zone
        self.steps: list[Step] = []
        self.at = self._moment(day)

    def _moment(self, day: date) -> datetime:
        first, noon, lunch, last = MINUTES_OF_WORK
        minute = self.rng.randrange(first, last - (lunch - noon))
        minute += (lunch - noon) if minute >= noon else 0
        begin = datetime.combine(day, OPENS, self.zone)
        return begin + timedelta(minutes=minute, seconds=self.rng.randrange(60))

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def wait(self, workdays: int) -> None:
        """Let working days pass; on the same day, some minutes."""
        if workdays <= 0:
            later = self.at + timedelta(minutes=self.rng.randrange(4, 40))
            if later.hour < CLOSES and later.date() == self.at.date():
                self.at = later
                return
            workdays = 1
        day = self.at.date()
        for _ in range(workdays):
            day = self.days.next_workday(day + timedelta(days=1))
        self.at = self._moment(day)

    def do(self, act: str, by: int = 0, **said: Any) -> None:
        self.steps.append(Step(self.at, self.case, len(self.steps), act, by, said))

    # ------------------------------------------------------------ the parts of a life
    def begins(self, first: bool) -> bool:
        """Application to acceptance; whether the case goes on."""
        channel = self.rng.choices([c for c, _ in CHANNELS], [w for _, w in CHANNELS])[0]
        if channel == "online" and not first:
            self.at = self.at.replace(hour=self.rng.randrange(7, 23))
        self.do(
            "submit",
            self.rng.randrange(2),
            channel=channel,
            item=self.matter.code,
            person=self.matter.person,
            account=channel == "online" and self.chance(SIGNED_IN),
        )
        if self.chance(SILENT):
            self.wait(6)
            self.do("deem_accepted")
            return True
        self.at = max(self.at, self._moment(self.days.next_workday(self.at.date())))
        self.wait(self.rng.choices([0, 1, 2, 3], [0.5, 0.35, 0.12, 0.03])[0])
        clerk = self.rng.randrange(2)
        if self.chance(WRONG_HANDS):
            self.do("mistake", clerk)
        if self.chance(DECLINED):
            self.do("decline", clerk, outcome=self.rng.choice(["not_competent", "ineligible"]))
            return False
        if self.chance(SUPPLEMENTED):
            self.do("ask_for_supplement", clerk, point=self.rng.randrange(2))
            if self.chance(UNANSWERED):
                return False
            self.wait(self.rng.randrange(1, 9))
            self.do("supplement")
            self.wait(self.rng.randrange(2))
        self.do("accept", clerk, twice=self.chance(TWICE))
        return True

    def is_handled(self) -> bool:
        """Hand-over to decision; whether it was granted."""
        self.wait(self.rng.choices([0, 1], [0.8, 0.2])[0])
        handler = self.rng.randrange(2)
        self.do("hand_over", self.rng.randrange(2), to=handler)
        promised = self.matter.promised
        late = self.chance(LATE)
        left = promised + self.rng.randrange(1, 5) if late else int(promised * self._pace())
        if self.chance(WITHDRAWN):
            self.steps[0].said.update(channel="online", account=True)
            self.wait(self.rng.randrange(1, 3))
            self.do("withdraw")
            return False
        if promised >= 5 and self.chance(SUSPENDED):
            self.wait(1)
            noticed = self.chance(0.85)
            length = self.rng.randrange(2, 7)
            self.do("suspend", handler, noticed=noticed, days=length)
            self.wait(length)
            self.do("resume", handler)
            left -= 1
        spent = max(0, left - 1)
        self.wait(spent)
        refused = self.chance(REFUSED)
        self.do("review", handler, opinion="refuse" if refused else "grant")
        if promised >= 5 and self.chance(SENT_BACK):
            self.wait(0)
            self.do("send_back")
            self.wait(0)
            self.do("review", handler, opinion="refuse" if refused else "grant")
        self.wait(min(1, left - spent))
        self.do("decide", outcome="refused" if refused else "granted")
        return not refused

    def _pace(self) -> float:
        """The part of the promise that a punctual office uses."""
        return self.rng.triangular(0.1, 0.95, 0.45)

    def ends(self, granted: bool, late: bool) -> None:
        """Bill, bank, issue, delivery, rating."""
        if granted:
            if self.matter.fee:
                self.wait(0)
                self.do("bill")
                if self.chance(UNPAID):
                    return
                self.wait(self.rng.choices([0, 1, 3], [0.6, 0.25, 0.15])[0])
                self.do("settle", channel=self.rng.choice(["counter", "online", "online"]))
            self.wait(self.rng.choices([0, 1, 2], [0.4, 0.4, 0.2])[0])
            self.do("issue", self.rng.randrange(2))
        self.wait(self.rng.choices([0, 1, 2, 4], [0.4, 0.3, 0.2, 0.1])[0])
        self.do("deliver", self.rng.randrange(2), way=self.rng.choice(["in_person", "post"]))
        if self.chance(RATED):
            self.wait(self.rng.choices([0, 1, 3], [0.6, 0.3, 0.1])[0])
            weights = [30, 40, 15, 10, 5] if late or not granted else [68, 24, 5, 2, 1]
            score = self.rng.choices([5, 4, 3, 2, 1], weights)[0]
            self.do("rate", score=score, reason=self.rng.choice(["slow", "unclear", "repeated"]))


def life_of(
    case: int, matter: Matter, day: date, rng: Random, days: Days, zone: tzinfo
) -> list[Step]:
    """Every step of one case from its application on ``day``, in order of time."""
    life = Life(case, matter, day, rng, days, zone)
    if not life.begins(first=days.is_workday(day)):
        return life.steps
    began = life.at
    granted = life.is_handled()
    if life.steps[-1].act == "withdraw":
        return life.steps
    used = sum(
        days.is_workday(began.date() + timedelta(days=n + 1))
        for n in range((life.at.date() - began.date()).days)
    )
    life.ends(granted, late=used > matter.promised)
    return life.steps


def arrivals(first: date, last: date, rng: Random, days: Days, each_workday: int) -> Iterator[date]:
    """The day of every application: steady with a weekly and a yearly wave, few at weekends."""
    day = first
    while day <= last:
        if days.is_workday(day):
            wave = 1.15 if day.weekday() == 0 else 1.0
            wave *= 0.8 if day.month in (1, 2) else 1.1 if day.month in (3, 9) else 1.0
            count = round(rng.gauss(each_workday * wave, each_workday * 0.12))
        else:
            count = round(each_workday * 0.08)
        yield from [day] * max(count, 0)
        day += timedelta(days=1)


def lives(
    matters: list[Matter],
    first: date,
    last: date,
    seed: int,
    days: Days,
    zone: tzinfo,
    each_workday: int,
) -> Iterator[list[Step]]:
    """The steps of every case that begins between ``first`` and ``last``, in order of their day."""
    weights = [matter.weight for matter in matters]
    for case, day in enumerate(arrivals(first, last, Random(seed), days, each_workday)):
        rng = Random(seed * 1_000_003 + case)
        matter = rng.choices(matters, weights)[0]
        yield life_of(case, matter, day, rng, days, zone)


def in_order(lives: Iterable[list[Step]]) -> Iterator[Step]:
    """Every step of all lives in order of time, holding no more than the lives under way.

    A life has no step before the day of its first, so what lies before that day goes out.
    """
    waiting: list[tuple[datetime, int, int, Step]] = []
    today = date.min
    for life in lives:
        if life[0].at.date() != today:
            today = life[0].at.date()
            while waiting and waiting[0][0].date() < today:
                yield heappop(waiting)[-1]
        for step in life:
            heappush(waiting, (step.at, step.case, step.place, step))
    while waiting:
        yield heappop(waiting)[-1]
