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
class Line:
    """One drawn series: the path of its line, one path of dots, and its style's number."""

    label: str
    path: str
    dots: str
    style: int


def top_of(values: Sequence[float | None]) -> float:
    """The first of 1, 2, 2.5, 5 × 10ⁿ (from 1 up) that is not below the largest value."""
    largest = max((value for value in values if value is not None), default=0)
    step = 1.0
    while True:
        for factor in (1, 2, 2.5, 5):
            if step * factor >= largest:
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


def lines(series: Sequence[Series], top: float) -> list[Line]:
    """Every series drawn on one scale, numbered from 1 so that a style tells them apart."""
    return [
        Line(one.label, *path_of([point.value for point in one.points], top), number)
        for number, one in enumerate(series, start=1)
    ]


def rows(series: Sequence[Series]) -> list[tuple[str, list[Point | None]]]:
    """The table under a line: one row a label, one cell a series, in the order first met."""
    labels = dict.fromkeys(point.label for one in series for point in one.points)
    found = [{point.label: point for point in one.points} for one in series]
    return [(label, [points.get(label) for points in found]) for label in labels]
