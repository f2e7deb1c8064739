"""How well the waiting time is told: two invented halls, 48 days learnt from, 60 never seen.

    python benchmarks/waiting.py [--world first|second] [--days 60] [--draws 80]

Prints the kept share of the 80 % interval, the mean squared error beside the best classic
predictor, the busier half of the days and the worst one.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from openhall.hall.rules.waiting.fitting import fitted, judged
from openhall.hall.rules.waiting.saying import interval, told
from tests.factories.halls import FIRST, SECOND, day_of

LEARNT = 48


def squares(rows, value):
    return sum((value(one) - one.wait) ** 2 for one in rows)


def measured(world, unseen: int, draws: int, first: int = 1000) -> dict:
    begun = time.process_time()
    learnt = fitted([day_of(world, n) for n in range(LEARNT)], Random(1), draws)
    fitting = time.process_time() - begun
    days = [judged(day_of(world, first + n), learnt, Random(n), draws) for n in range(unseen)]
    days = [rows for rows in days if rows]
    rows = [one for day in days for one in day]
    ways = {
        "mixture": lambda one: one.estimate,
        "M": lambda one: one.said.simulated,
        "G": lambda one: one.said.fluid,
        "QL": lambda one: one.said.queue,
        "LES": lambda one: one.said.entered,
        "HOL": lambda one: one.said.head,
    }
    mse = {name: squares(rows, way) / len(rows) for name, way in ways.items()}
    best = min(("QL", "LES", "HOL"), key=mse.__getitem__)
    kept = rounded = 0
    width = 0.0
    by_day = []
    for day in days:
        inside = 0
        for one in day:
            low, high = interval(learnt, one.line, one.lane, one.said.simulated, one.estimate)
            inside += low <= one.wait <= high
            width += high - low
            said = told(learnt, one.line, one.lane, one.said.simulated, one.estimate)
            rounded += said.why is None and said.low <= one.wait <= said.high
        kept += inside
        ratio = squares(day, ways["mixture"]) / max(
            1e-9, min(squares(day, ways[name]) for name in ("QL", "LES", "HOL"))
        )
        ql = squares(day, ways["mixture"]) / max(1e-9, squares(day, ways["QL"]))
        by_day.append((statistics.fmean(one.wait for one in day), ratio, ql, inside / len(day)))
    by_day.sort()
    busy = by_day[len(by_day) // 2 :]
    return {
        "tickets": len(rows),
        "days": len(days),
        "mean wait": statistics.fmean(one.wait for one in rows),
        "mse": mse,
        "best": best,
        "ratio": mse["mixture"] / mse[best],
        "kept": kept / len(rows),
        "kept rounded": rounded / len(rows),
        "width": width / len(rows),
        "days within 70-90": sum(0.7 <= one[3] <= 0.9 for one in by_day),
        "days ≤ 0.8": sum(one[1] <= 0.8 for one in by_day),
        "busy ≤ 0.8": sum(one[1] <= 0.8 for one in busy) / len(busy),
        "worse than QL": sum(one[2] > 1 for one in by_day),
        "worst ÷ QL": max(one[2] for one in by_day),
        "fitting s": fitting,
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--world", choices=("first", "second"), default="first")
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--draws", type=int, default=80)
    parser.add_argument("--first", type=int, default=1000)
    asked = parser.parse_args()
    world = {"first": FIRST, "second": SECOND}[asked.world]
    for name, value in measured(world, asked.days, asked.draws, asked.first).items():
        if isinstance(value, dict):
            print(f"{name}: " + ", ".join(f"{k} {v:.1f}" for k, v in value.items()))
        else:
            print(f"{name}: {value:.3f}" if isinstance(value, float) else f"{name}: {value}")


if __name__ == "__main__":
    main()
