"""The night's work: parameters from the hall's own days. A function over values.

Cost is that of the simulations: about 4 ms for each ticket that had to wait. A hall that keeps what
was simulated when the ticket was taken hands it over (``said``) and pays nothing again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Final, NamedTuple

from openhall.hall.rules.waiting.intervals import Case, ratio_table
from openhall.hall.rules.waiting.learnt import BIN, Learnt, Service
from openhall.hall.rules.waiting.mixing import FLOOR, Mixture, least_squares, of_ticket
from openhall.hall.rules.waiting.replaying import Replay, longest_waits, pauses_of
from openhall.hall.rules.waiting.simulating import DRAWS
from openhall.hall.rules.waiting.values import HALF_HOUR, PRIORITY, Day, Estimates

KEPT_DAYS: Final = 48
KEPT_SERVICES: Final = 400
NO_SHOW_PRIOR: Final = 20.0
BINS: Final = 12


class Judged(NamedTuple):
    """A ticket of a past day: what was said of it when it was taken, and how long it waited."""

    line: str
    lane: int
    said: Estimates
    estimate: float
    wait: float
    issued: float


def no_shows(days: Iterable[Day]) -> tuple[float, ...]:
    """How likely nobody answers, by bins of ten minutes waited."""
    asked, absent = [0.0] * BINS, [0.0] * BINS
    for day in days:
        for one in day.visits:
            if one.called is not None:
                place = min(int((one.called - one.issued) / BIN), BINS - 1)
                asked[place] += 1
                absent[place] += not one.came
    whole = sum(absent) / max(1.0, sum(asked))
    return tuple(
        (gone + NO_SHOW_PRIOR * whole) / (many + NO_SHOW_PRIOR)
        for gone, many in zip(absent, asked, strict=True)
    )


def learnt_of(days: Sequence[Day]) -> Learnt:
    """What needs no simulation."""
    services: dict[str, list[float]] = {}
    priority: dict[str, dict[int, float]] = {}
    kinds: dict[str, list[str]] = {}
    longest: dict[str, float] = {}
    ended, pauses = 0, []
    for day in days:
        for one in day.visits:
            if one.came and one.called is not None and one.ended is not None:
                services.setdefault(one.item, []).append(one.ended - one.called)
            if one.lane == PRIORITY:
                half = int(one.issued // HALF_HOUR)
                rates = priority.setdefault(one.line, {})
                rates[half] = rates.get(half, 0.0) + 1 / (HALF_HOUR * len(days))
                kinds.setdefault(one.line, []).append(one.item)
        many, gaps = pauses_of(day)
        ended += many
        pauses += gaps
        for line, wait in longest_waits(day).items():
            longest[line] = max(longest.get(line, 0.0), wait)
    return Learnt(
        len(days),
        {
            item: Service(tuple(sorted(minutes[-KEPT_SERVICES:])))
            for item, minutes in services.items()
        },
        no_shows(days),
        len(pauses) / max(1, ended),
        tuple(sorted(pauses[-KEPT_SERVICES:])),
        priority,
        {line: tuple(items[-KEPT_SERVICES:]) for line, items in kinds.items()},
        longest=longest,
    )


def judged(day: Day, learnt: Learnt, random: Random, draws: int = DRAWS) -> list[Judged]:
    """Each ticket of ``day`` that had to wait, as the predictor would have told it then."""
    mixtures: dict[str, Mixture] = {}
    open_: dict[int, tuple[Estimates, float]] = {}
    found: list[Judged] = []
    for what, number, now, place in Replay(day, learnt).tickets():
        one = day.visits[number]
        mixture = mixtures.setdefault(one.line, Mixture(learnt))
        if what == "issue":
            if now is not None and now.windows:
                said = of_ticket(now, place, learnt, random, draws)
                open_[number] = (said, mixture.estimate(said))
        elif number in open_ and one.called is not None:
            said, estimate = open_.pop(number)
            wait = one.called - one.issued
            found.append(Judged(one.line, one.lane, said, estimate, wait, one.issued))
            mixture.learn(said, wait)
    return found


def again(rows: Sequence[Judged], learnt: Learnt) -> list[Judged]:
    """The same tickets by the blend of ``learnt``, with nothing simulated anew."""
    mixtures: dict[str, Mixture] = {}
    called = sorted(range(len(rows)), key=lambda n: rows[n].issued + rows[n].wait)
    issued = sorted(range(len(rows)), key=lambda n: rows[n].issued)
    found: dict[int, float] = {}
    next_issue = 0
    for n in called:
        end = rows[n].issued + rows[n].wait
        while next_issue < len(issued) and rows[issued[next_issue]].issued <= end:
            m = issued[next_issue]
            mixture = mixtures.setdefault(rows[m].line, Mixture(learnt))
            found[m] = mixture.estimate(rows[m].said)
            next_issue += 1
        mixtures[rows[n].line].learn(rows[n].said, rows[n].wait)
    return [row._replace(estimate=found[n]) for n, row in enumerate(rows)]


def fitted(
    days: Sequence[Day],
    random: Random,
    draws: int = DRAWS,
    said: Mapping[int, Sequence[Judged]] | None = None,
) -> Learnt:
    """The parameters for tomorrow from the last days, the newest last.

    ``said``: tickets already judged, by the place of their day.
    """
    kept = list(days)[-KEPT_DAYS:]
    learnt = learnt_of(kept)
    ready = said or {}
    told = [
        list(ready[n]) if n in ready else judged(day, learnt, random, draws)
        for n, day in enumerate(kept)
    ]
    rows = [one for day in told for one in day]
    if len(rows) < 50:
        return learnt
    learnt = replace(
        learnt,
        blend=least_squares(
            [one.said.row() for one in rows],
            [one.wait for one in rows],
            [1 / max(FLOOR, one.said.simulated) for one in rows],
        ),
    )
    cases = [
        Case(one.line, one.lane, one.said.simulated, one.estimate, one.wait)
        for day in told
        for one in again(day, learnt)
    ]
    return replace(learnt, ratios=ratio_table(cases))
