"""A survey of 100,000 answers reported: every figure, interval, table and cause of it.

Run: ``.venv/bin/python benchmarks/survey.py [ANSWERS]``. ANSWERS (100,000) lie over 63 units, each
of which closed ten times as many cases; 300 people of the hall and 40 score sheets a unit come on
top. Told is what the report takes, by the clock and of the processor, beside the plain counting of
the same answers, which tells no interval and hides nothing.
"""

import sys
from collections import Counter
from pathlib import Path
from random import Random
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from openhall.surveys.rules.instruments import LEVELS
from openhall.surveys.rules.results import UnitAnswers, results

ANSWERS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
UNITS, TIMES, LIMIT = 63, 5, 1.0
CAUSES = ("over_limit", "queue", "many_trips", "unclear", "attitude")


def unit(at: int, chance: Random) -> UnitAnswers:
    """One unit's answers; one in eight to one in thirty is content with nothing."""
    many = ANSWERS // UNITS + (at < ANSWERS % UNITS)
    weights = [50, 30, 12, 2 + at % 5, 1 + at % 3]
    levels = chance.choices(LEVELS, weights, k=many)
    return UnitAnswers(
        f"cd-{at:03d}",
        many * 10,
        many * 2,
        many + 40,
        levels,
        chance.choices(LEVELS, weights, k=300),
        [float(chance.randint(60, 100)) for _sheet in range(40)],
        Counter(chance.choices(CAUSES, k=many // 10)),
        Counter({"too_little": 25, "not_served": 15}),
    )


def main() -> None:
    chance = Random("a survey")
    units = [unit(at, chance) for at in range(UNITS)]
    took, used = [], []
    for _time in range(TIMES):
        begin, ran = perf_counter(), process_time()
        told = results(units, 70)
        took.append(perf_counter() - begin)
        used.append(process_time() - ran)
    assert len(told["units"]) == UNITS
    ran = process_time()
    plain = [Counter(one.levels) for one in units]
    counting = process_time() - ran
    assert sum(sum(one.values()) for one in plain) == ANSWERS
    print(
        f"{ANSWERS:,} answers of {UNITS} units: {min(used):.2f} s of the processor,"
        f" {min(took):.2f} s by the clock (limit {LIMIT:.0f} s); plain counting {counting:.3f} s"
    )


if __name__ == "__main__":
    main()
