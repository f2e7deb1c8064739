"""What was learnt of a hall: services by item, no-shows by wait, breaks, the priority lane."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

BIN: Final = 10.0  # minutes of a bin of no-shows
LEAST_SAMPLES: Final = 8
DAY_PRIOR: Final = 150.0  # minutes that today's services must outweigh
NO_SHOW_COST: Final = 1.1
Bins = Mapping[str, Mapping[int, Mapping[int, tuple[float, float]]]]


@dataclass(frozen=True)
class Service:
    """The last services of one item, in order of length."""

    minutes: tuple[float, ...]

    @cached_property
    def mean(self) -> float:
        return sum(self.minutes) / len(self.minutes) if self.minutes else 10.0

    @cached_property
    def square(self) -> float:
        return sum(m * m for m in self.minutes) / len(self.minutes) if self.minutes else 150.0

    def longer(self, age: float) -> int:
        """From which place on services took longer than ``age``."""
        return bisect_right(self.minutes, age)

    def left(self, age: float) -> float:
        """What is left on average of a service that has taken ``age`` already."""
        at = self.longer(age)
        if len(self.minutes) - at < LEAST_SAMPLES:
            return 0.35 * age + 1.0
        rest = self.minutes[at:]
        return sum(rest) / len(rest) - age


@dataclass(frozen=True)
class Learnt:
    """The parameters of a hall's predictor: dated data that a night's fitting writes.

    ``no_show``: by bins of ten minutes waited. ``pauses``: unannounced breaks, in order of length,
    and ``pause_rate`` of services that one follows. ``priority``: arrivals a minute by line and
    half hour. ``blend``: weights of :meth:`Estimates.row`. ``ratios``: quantiles (10 %, 90 %) of
    wait ÷ estimate by line, lane and bin of the simulated mean; lane -1: all of the line.
    """

    days: int
    services: Mapping[str, Service]
    no_show: tuple[float, ...]
    pause_rate: float
    pauses: tuple[float, ...]
    priority: Mapping[str, Mapping[int, float]]
    priority_items: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    blend: tuple[float, ...] = ()
    ratios: Bins = field(default_factory=dict)
    longest: Mapping[str, float] = field(default_factory=dict)

    def service(self, item: str) -> Service:
        """The services of ``item``; of every item where it was never seen."""
        return self.services.get(item) or self.any_item

    @cached_property
    def any_item(self) -> Service:
        every = sorted(m for one in self.services.values() for m in one.minutes)
        return Service(tuple(every[:: max(1, len(every) // 400)]))

    def absent(self, waited: float) -> float:
        """How likely nobody comes after such a wait."""
        place = min(int(max(0.0, waited) / BIN), len(self.no_show) - 1)
        return self.no_show[place] if self.no_show else 0.05

    def mean_after(self, item: str, waited: float) -> float:
        """How long a window is taken on average by who is called after such a wait."""
        absent = self.absent(waited)
        pause = self.pause_rate * (sum(self.pauses) / len(self.pauses) if self.pauses else 0.0)
        return (1 - absent) * (self.service(item).mean + pause) + absent * NO_SHOW_COST


def plain(learnt: Learnt) -> dict[str, Any]:
    """The parameters as JSON keeps them."""
    return {
        "days": learnt.days,
        "services": {item: list(one.minutes) for item, one in learnt.services.items()},
        "no_show": list(learnt.no_show),
        "pause_rate": learnt.pause_rate,
        "pauses": list(learnt.pauses),
        "priority": {
            line: {str(half): rate for half, rate in rates.items()}
            for line, rates in learnt.priority.items()
        },
        "priority_items": {line: list(items) for line, items in learnt.priority_items.items()},
        "blend": list(learnt.blend),
        "ratios": {
            line: {
                str(lane): {str(place): list(pair) for place, pair in bins.items()}
                for lane, bins in lanes.items()
            }
            for line, lanes in learnt.ratios.items()
        },
        "longest": dict(learnt.longest),
    }


def of_plain(said: Mapping[str, Any]) -> Learnt:
    """The parameters as :func:`plain` wrote them."""

    def pair(two: Sequence[float]) -> tuple[float, float]:
        return (two[0], two[1])

    return Learnt(
        said["days"],
        {item: Service(tuple(minutes)) for item, minutes in said["services"].items()},
        tuple(said["no_show"]),
        said["pause_rate"],
        tuple(said["pauses"]),
        {
            line: {int(half): rate for half, rate in rates.items()}
            for line, rates in said["priority"].items()
        },
        {line: tuple(items) for line, items in said["priority_items"].items()},
        tuple(said["blend"]),
        {
            line: {
                int(lane): {int(place): pair(two) for place, two in bins.items()}
                for lane, bins in lanes.items()
            }
            for line, lanes in said["ratios"].items()
        },
        dict(said["longest"]),
    )
