"""Small cells: hide those from 1 to 4, and so many others that nobody computes them back.

A table of units by levels with both margins published. A *move* adds t and takes t away at the
corners of a rectangle (or of a six-cornered way through three lines each way), so that every
published sum stays as it is. A hidden cell is safe when two whole tables, both none below nought,
agree in everything published and lie five apart in it; the chain of moves is its own proof, so
no solver is needed. All hidden cells carry one mark: "first" and "second" would tell which are
small. A cell for which no proof is found makes the table unpublishable: lines are merged instead.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations, product
from math import log2
from typing import Final

Cell = tuple[int, int]
Move = tuple[tuple[Cell, int], ...]

UNDER: Final = 5  # counts from 1 to 4 are small
WIDTH: Final = 5  # how far apart two tables that agree must lie in a hidden cell


def _rectangles(at: Cell, rows: int, columns: int) -> Iterator[Move]:
    r, c = at
    for r2, c2 in product(
        (i for i in range(rows) if i != r), (j for j in range(columns) if j != c)
    ):
        yield ((at, 1), ((r, c2), -1), ((r2, c), -1), ((r2, c2), 1))


def _hexagons(at: Cell, rows: int, columns: int) -> Iterator[Move]:
    r, c = at
    others = permutations([i for i in range(rows) if i != r], 2)
    for r1, r2 in others:
        for c1, c2 in permutations([j for j in range(columns) if j != c], 2):
            yield (
                (at, 1),
                ((r, c1), -1),
                ((r1, c1), 1),
                ((r1, c2), -1),
                ((r2, c2), 1),
                ((r2, c), -1),
            )


class _Table:
    def __init__(self, counts: Sequence[Sequence[int]]) -> None:
        self.rows, self.columns = len(counts), len(counts[0]) if counts else 0
        self.count = {(r, c): n for r, row in enumerate(counts) for c, n in enumerate(row)}
        self.small = {cell for cell, n in self.count.items() if 0 < n < UNDER}
        self._moves: dict[Cell, list[Move]] = {}

    def moves(self, at: Cell) -> list[Move]:
        """Moves through ``at`` that can be done at all, up or down."""
        if at not in self._moves:
            size = (at, self.rows, self.columns)
            every = [*_rectangles(*size), *_hexagons(*size)]
            self._moves[at] = [one for one in every if self._room(one)]
        return self._moves[at]

    def _room(self, move: Move) -> int:
        up = min(self.count[cell] for cell, sign in move if sign < 0)
        down = min(self.count[cell] for cell, sign in move if sign > 0)
        return up + down

    def width(self, at: Cell, hidden: set[Cell]) -> int:
        """How far apart two tables lie in ``at`` that agree where it is not hidden."""
        allowed = [one for one in self.moves(at) if all(cell in hidden for cell, _s in one)]
        return sum(self._pushed(allowed, want) for want in (1, -1))

    def _pushed(self, allowed: Sequence[Move], want: int) -> int:
        now, moved, again = dict(self.count), 0, True
        while again and moved < WIDTH:
            again = False
            for move in allowed:
                least = min(now[cell] for cell, sign in move if sign * want < 0)
                t = min(least, WIDTH - moved)
                if t > 0:
                    for cell, sign in move:
                        now[cell] += sign * want * t
                    moved, again = moved + t, True
        return moved

    def cost(self, cell: Cell) -> float:
        return 1 + log2(1 + self.count[cell]) / 16


def hidden_cells(counts: Sequence[Sequence[int]]) -> tuple[frozenset[Cell], frozenset[Cell]]:
    """Which cells to hide, and small ones that no hiding makes safe (then merge lines instead)."""
    table = _Table(counts)
    hidden, failed = set(table.small), set()
    for cell in sorted(table.small, key=lambda one: (-table.count[one], one)):
        while (width := table.width(cell, hidden)) < WIDTH:
            fresh = [
                (one, {at for at, _sign in one} - hidden)
                for one in table.moves(cell)
                if not all(at in hidden for at, _sign in one)
            ]
            if not fresh:
                failed.add(cell)
                break
            _best, more = max(
                fresh,
                key=lambda one: (
                    min(table._room(one[0]), WIDTH - width) / sum(map(table.cost, one[1])),
                    sorted(one[1]),
                ),
            )
            hidden |= more
    for cell in sorted(hidden - table.small, key=lambda one: (-table.cost(one), one)):
        fewer = hidden - {cell}
        while lone := {one for one in fewer - table.small if table.width(one, fewer) < WIDTH}:
            fewer -= lone  # what lost its reason goes with it
        if all(table.width(one, fewer) >= WIDTH for one in table.small - failed):
            hidden = fewer
    return frozenset(hidden), frozenset(failed)


def suppressed(
    counts: Mapping[str, Mapping[str, int]], levels: Sequence[str]
) -> tuple[dict[str, dict[str, int | None]], bool]:
    """The table as it is published: None for a hidden cell; and whether it may be at all."""
    units = list(counts)
    hidden, failed = hidden_cells([[counts[u].get(v, 0) for v in levels] for u in units])
    told = {
        unit: {
            level: None if (r, c) in hidden else counts[unit].get(level, 0)
            for c, level in enumerate(levels)
        }
        for r, unit in enumerate(units)
    }
    return told, not failed
