"""One estimate of six: a blend learnt on past days, and a mixture that today's errors weigh."""

from collections.abc import Sequence
from random import Random
from typing import Final

from openhall.hall.rules.waiting.classic import (
    fluid,
    head_of_line,
    last_to_enter,
    queue_length,
)
from openhall.hall.rules.waiting.learnt import Learnt
from openhall.hall.rules.waiting.simulating import DRAWS, calls, means, speed
from openhall.hall.rules.waiting.values import Estimates, LineNow

FORGETS: Final = 1 / 30  # of today's errors, at each call
FLOOR: Final = 0.3  # minutes
PRIORS: Final = (1.0, 1.2, 1.9, 0.8)  # squared errors ÷ simulated: M, G, QL, the blend
PRIOR_SHOWS: Final = 12.0
STEADY: Final = 6.0
RIDGE: Final = 1e-3


def estimates(now: LineNow, place: int, learnt: Learnt, simulated: float) -> Estimates:
    """What each way says of who stands at ``place`` of the line."""
    lane = now.waiting[place].lane
    return Estimates(
        simulated,
        fluid(now, place, learnt),
        queue_length(now, place, learnt),
        queue_length(now, place, learnt, speed(now)),
        last_to_enter(now, lane),
        head_of_line(now, lane, place),
    )


def of_ticket(
    now: LineNow, place: int, learnt: Learnt, random: Random, draws: int = DRAWS
) -> Estimates:
    """The same with its own simulation, which ends at this ticket."""
    short = LineNow(
        now.line,
        now.minute,
        now.windows,
        now.waiting[: place + 1],
        now.observed,
        now.expected,
        now.priority_today,
        now.opened,
        now.entered,
        now.last_call,
    )
    return estimates(short, place, learnt, means(calls(short, learnt, random, draws))[place])


def blended(said: Estimates, weights: Sequence[float]) -> float:
    """The blend; the simulation alone where none was learnt."""
    if not weights:
        return max(FLOOR, said.simulated)
    return max(FLOOR, sum(w * x for w, x in zip(weights, said.row(), strict=True)))


class Mixture:
    """Today's mixture for one line; begun anew each day."""

    def __init__(self, learnt: Learnt) -> None:
        self.learnt = learnt
        self.errors = [0.0] * len(PRIORS)
        self.shows = 0.0

    def candidates(self, said: Estimates) -> tuple[float, ...]:
        return (said.simulated, said.fluid, said.queue, blended(said, self.learnt.blend))

    def estimate(self, said: Estimates) -> float:
        """The mean of the candidates, each weighed by how wrong it was today."""
        weights = [
            ((error + PRIOR_SHOWS * prior) / (self.shows + STEADY)) ** -2
            for error, prior in zip(self.errors, PRIORS, strict=True)
        ]
        tried = self.candidates(said)
        mixed = sum(w * x for w, x in zip(weights, tried, strict=True)) / sum(weights)
        return max(FLOOR, mixed)

    def learn(self, said: Estimates, wait: float) -> None:
        """A ticket was called: how wrong was each."""
        scale = max(2.0, said.simulated)
        for n, guess in enumerate(self.candidates(said)):
            self.errors[n] = self.errors[n] * (1 - FORGETS) + (guess - wait) ** 2 / scale
        self.shows = self.shows * (1 - FORGETS) + 1.0


def least_squares(
    rows: Sequence[tuple[float, ...]], values: Sequence[float], weights: Sequence[float]
) -> tuple[float, ...]:
    """Weighted least squares by the normal equations, with a small ridge."""
    size = len(rows[0])
    matrix = [[0.0] * (size + 1) for _n in range(size)]
    for row, value, weight in zip(rows, values, weights, strict=True):
        for i in range(size):
            left = row[i] * weight
            line = matrix[i]
            for j in range(size):
                line[j] += left * row[j]
            line[size] += left * value
    for i in range(size):
        matrix[i][i] += RIDGE * (matrix[i][i] + 1.0)
    for i in range(size):
        top = max(range(i, size), key=lambda r: abs(matrix[r][i]))
        matrix[i], matrix[top] = matrix[top], matrix[i]
        for r in range(size):
            if r != i:
                share = matrix[r][i] / matrix[i][i]
                for c in range(i, size + 1):
                    matrix[r][c] -= share * matrix[i][c]
    return tuple(matrix[i][size] / matrix[i][i] for i in range(size))
