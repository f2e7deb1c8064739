"""Values for a figure on a board, and the arithmetic of drawing it.

Drawn on the server as SVG whose numbers are plain attributes, so a strict content policy, a
printer and a reader without scripts all get the same figure; the table stands beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 600.0, 200.0


@dataclass(frozen=True)
class Point:
    """One figure: its name, its value (``None`` when not known) and the page it opens."""

    label: str
    value: float | None
    href: str = ""
    note: str = ""


@dataclass(frozen=True)
class Series:
    """Figures of the same thing in order, usually months."""

    label: str
    points: list[Point]


@dataclass(frozen=True)
class Bar:
    """One row of a drawn table; ``share`` is the length in percent of the scale."""

    point: Point
    share: str


@dataclass(frozen=True)
class Rule:
    """A line across a chart, with what it stands for."""

    at: str
    label: str


@dataclass(frozen=True)
class Dot:
    """One point as drawn: where, what it says when somebody looks at it, and what it opens."""

    x: str
    y: str
    point: Point
    value: str
    shown: bool  # written beside the dot at all times: the newest, and the least of a rate
    side: str = ""  # its words begin or end at it where a word in its middle would leave the chart


@dataclass(frozen=True)
class Chart:
    """One series drawn with room above it: rules, a tick for each point, dots."""

    path: str
    dots: list[Dot]
    rules: list[Rule]
    ticks: list[Rule]
    floor: float


# A chart is as wide as a phone, so its letters are as large as they are written.
LEFT, RIGHT, CEILING, BASE = 44.0, 350.0, 26.0, 150.0
FLOORS = (80.0, 50.0, 0.0)  # of a rate: the highest that no value lies under
PARTS = 4  # stretches between rules
WORD = 20.0  # half the room a value takes
NAMED = 3  # every third tick has its name


def top_of(values: Sequence[float | None]) -> float:
    """The first of 1, 2, 2.5, 5 × 10ⁿ (from 1 up) that is not below the largest value."""
    largest = max((value for value in values if value is not None), default=0)
    step = 1.0
    while True:
        for factor in (1, 2, 2.5, 5):
            if step * factor >= largest:
                return step * factor
        step *= 10


def step_of(least: float) -> float:
    """The first of 1, 2, 5 × 10ⁿ (from 1 up) not below ``least``: whole marks of a scale."""
    step = 1.0
    while True:
        for factor in (1, 2, 5):
            if step * factor >= least:
                return step * factor
        step *= 10


def bars(points: Sequence[Point], top: float | None = None) -> list[Bar]:
    """Rows with their length in percent of ``top``, or of the largest value when not given."""
    scale = top or max((point.value or 0 for point in points), default=0) or 1
    return [
        Bar(point, f"{min(max((point.value or 0) / scale, 0), 1) * 100:.2f}%") for point in points
    ]


def path_of(
    values: Sequence[float | None], top: float, width: float = WIDTH, height: float = HEIGHT
) -> tuple[str, str]:
    """The line through ``values`` and a dot at each, as SVG path data; a gap where unknown."""
    step = width / max(len(values) - 1, 1)
    line, dots, pen = [], [], "M"
    for place, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        spot = f"{place * step:.1f} {height - min(max(value / top, 0), 1) * height:.1f}"
        line.append(f"{pen}{spot}")
        dots.append(f"M{spot}h0")
        pen = "L"
    return "".join(line), "".join(dots)


def chart(points: Sequence[Point], *, rate: bool = False) -> Chart:
    """The drawing of ``points``; a ``rate`` is in percent and may begin above nothing."""
    values = [point.value for point in points if point.value is not None]
    low = next(one for one in FLOORS if (rate and (not values or one <= min(values))) or not one)
    top = 100.0 if rate else PARTS * step_of(max([*values, PARTS]) / PARTS)
    apart = (RIGHT - LEFT) / max(len(points) - 1, 1)

    def height(value: float) -> float:
        return BASE - (min(max(value, low), top) - low) / (top - low) * (BASE - CEILING)

    dots, line, pen = [], [], "M"
    worst = min(values) if rate and values else None
    for place, point in enumerate(points):
        if point.value is None:
            pen = "M"
            continue
        x, y = f"{LEFT + place * apart:.1f}", f"{height(point.value):.1f}"
        line.append(f"{pen}{x} {y}")
        pen = "L"
        last = place == len(points) - 1
        value = f"{point.value:,g}" + ("%" if rate else "")
        at = LEFT + place * apart
        side = "start" if at < LEFT + WORD else "end" if at > RIGHT - WORD / 2 else ""
        dots.append(Dot(x, y, point, value, last or point.value == worst, side))
        worst = None if point.value == worst else worst
    marks = [low + (top - low) * part / PARTS for part in range(PARTS + 1)]
    count = len(points)
    return Chart(
        "".join(line),
        dots,
        [Rule(f"{height(one):.1f}", f"{one:,g}" + ("%" if rate else "")) for one in marks],
        [
            Rule(
                f"{LEFT + place * apart:.1f}",
                point.note if (count - 1 - place) % NAMED == 0 else "",
            )
            for place, point in enumerate(points)
        ],
        low,
    )
