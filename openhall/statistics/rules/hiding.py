"""Opinions by unit: which counts to hide so that nobody computes them back. Exact, no solver.

A line of the table is a unit: so many ratings, of them so many good, the rest bad. How many ratings
a unit received is published, and the sums of the city. Over the hidden lines the bad ones sum to a
number anyone subtracts, so in a hidden line the bad lie anywhere from ``low`` to ``high`` and
nowhere else: both bounds are reached. A line is safe when they lie five apart.

A correction is one problem with what it corrects: anybody subtracts the old table from the new.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

UNDER: Final = 5  # counts from 1 to 4 are small
WIDTH: Final = 5
OTHERS: Final = "other"  # units with too few ratings, together
Line = tuple[int, int]  # good and bad


@dataclass(frozen=True, slots=True)
class Hidden:
    """The lines as they are published; good and bad of those in ``hidden`` are not.

    ``city``: whether the good and bad of the whole city are.
    """

    lines: Mapping[str, Line]
    hidden: frozenset[str]
    joined: frozenset[str]  # units that stand in the line of the others
    city: bool = True


def total(line: Line) -> int:
    """How many ratings."""
    return line[0] + line[1]


def is_small(line: Line) -> bool:
    return any(0 < count < UNDER for count in line)


def bounds(lines: Mapping[str, Line], hidden: Collection[str]) -> dict[str, tuple[int, int]]:
    """Between which numbers the bad ones of each hidden line lie, for whoever reads the rest."""
    bad = sum(lines[one][1] for one in hidden)
    every = sum(total(lines[one]) for one in hidden)
    found = {}
    for one in hidden:
        own = total(lines[one])
        found[one] = (max(0, bad - (every - own)), min(own, bad))
    return found


def _wide(lines: Mapping[str, Line], hidden: Collection[str], width: int = WIDTH) -> bool:
    return all(high - low >= width for low, high in bounds(lines, hidden).values())


def hidden_lines(lines: Mapping[str, Line], must: Collection[str] = ()) -> frozenset[str] | None:
    """Which lines to hide: small ones, ``must``, and as few more as make them safe; None: no way.

    More lines widen the bounds, those with most on their scarcer side first.
    """
    hidden = {one for one, line in lines.items() if is_small(line)} | set(must)
    if not hidden or _wide(lines, hidden):
        return frozenset(hidden)
    more = sorted(set(lines) - hidden, key=lambda one: (-min(lines[one]), -total(lines[one]), one))
    added: list[str] = []
    for one in more:
        hidden.add(one)
        added.append(one)
        if _wide(lines, hidden):
            break
    else:
        return None
    for one in added[:-1]:  # what is not needed after all is shown
        if _wide(lines, hidden - {one}):
            hidden.remove(one)
    return frozenset(hidden)


def first(lines: Mapping[str, Line]) -> Hidden:
    """A table published for the first time.

    Units with fewer than five ratings stand together; so does the next smallest, until they are
    five or the whole city. Where no hiding is enough, only how many ratings there were is told.
    """
    few = {one for one, line in lines.items() if 0 < total(line) < UNDER}
    rest = sorted(
        (one for one in lines if one not in few and total(lines[one])),
        key=lambda one: (total(lines[one]), one),
    )
    while few and rest and sum(total(lines[one]) for one in few) < UNDER:
        few.add(rest.pop(0))
    told = told_lines(lines, few)
    found = None if is_small(city_of(told)) else hidden_lines(told)
    if found is None:
        return Hidden(told, frozenset(told), frozenset(few), city=False)
    return Hidden(told, found, frozenset(few))


def corrected(lines: Mapping[str, Line], before: Hidden) -> Hidden | None:
    """The table after a correction; None: it cannot be published yet without giving something away.

    What was hidden or joined stays so. Ratings are only added. The old table and what was added
    are safe apart, so both together are: they share no number that is not known.
    """
    fresh = {one for one in lines if one not in before.lines and one not in before.joined}
    joined = before.joined | {one for one in fresh if 0 < total(lines[one]) < UNDER}
    told = told_lines(lines, joined)
    if set(before.lines) - set(told):
        return None
    if not before.city:
        return Hidden(told, frozenset(told), joined, city=False)
    none = (0, 0)
    added = {
        one: (line[0] - before.lines.get(one, none)[0], line[1] - before.lines.get(one, none)[1])
        for one, line in told.items()
    }
    if any(min(line) < 0 for line in added.values()) or is_small(city_of(added)):
        return None
    changed = {one for one, line in added.items() if total(line)}
    loose = {one for one in changed - before.hidden if is_small(added[one])}
    found = hidden_lines(told, before.hidden | loose)
    if found is None:
        return None
    one_sided = 0 in city_of(added)  # all good, or all bad: nothing of a single one is told
    for one, (low, high) in bounds(added, found).items():
        if one not in changed:
            continue
        known = one in before.hidden
        if known and one_sided and not is_small(added[one]):
            continue
        if high - low < (min(WIDTH, total(added[one])) if known else WIDTH):
            return None
    return Hidden(told, found, joined)


def city_of(lines: Mapping[str, Line]) -> Line:
    """The line of the whole city."""
    return sum(line[0] for line in lines.values()), sum(line[1] for line in lines.values())


def told_lines(lines: Mapping[str, Line], joined: Collection[str]) -> dict[str, Line]:
    """The lines with those ``joined`` summed in one."""
    told = {one: line for one, line in lines.items() if one not in joined and total(line)}
    if joined:
        few = [lines.get(one, (0, 0)) for one in joined]
        told[OTHERS] = (sum(line[0] for line in few), sum(line[1] for line in few))
    return told
