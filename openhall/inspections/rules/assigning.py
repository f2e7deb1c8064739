"""Who inspects what: decided by the seed of the public draw alone.

Each unit by so many inspectors of at least two categories, loads within one of each other, every
two categories meeting somewhere, nobody where he declared an interest. Refused with its reason
where that cannot be, and where the severities of inspectors could not be compared at all.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as Unordered
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from itertools import combinations, product
from typing import Final

from openhall.glossary import Said
from openhall.paging.typed import Unreadable

KINDS: Final = 2  # categories in a team
TRIES: Final = 3000  # exchanges tried at most
IN_VAIN: Final = 200  # and so many without any gain
Pair = tuple[str, str]
Exchange = tuple[str, str, str, str]  # two units, one of each
Cost = tuple[int, int, float]


class Impossible(Unreadable):
    """No assignment keeps the rules; ``said`` says why."""


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


@dataclass(slots=True)
class _Plan:
    inspectors: Mapping[str, str]  # name → category
    forbidden: Unordered[Pair]  # (name, unit)
    seed: str
    kinds: int
    teams: dict[str, list[str]] = field(default_factory=dict)
    load: dict[str, int] = field(default_factory=dict)

    def luck(self, *words: str) -> bytes:
        return sha256("\x1f".join((self.seed, *words)).encode()).digest()

    def fits(self, unit: str, out: str, into: str) -> bool:
        """Whether ``into`` may take the place of ``out`` at ``unit``."""
        team = self.teams[unit]
        if (into, unit) in self.forbidden or into in team:
            return False
        left = {self.inspectors[one] for one in team if one != out}
        return len(left | {self.inspectors[into]}) >= self.kinds

    def swap(self, unit: str, out: str, into: str) -> None:
        self.teams[unit][self.teams[unit].index(out)] = into


def assign(
    units: Sequence[str],
    inspectors: Mapping[str, str],
    forbidden: Unordered[Pair],
    seed: str,
    each: int = 3,
) -> dict[str, list[str]]:
    """The team of each unit. ``inspectors``: category by name; ``forbidden``: (name, unit).

    Raises :class:`Impossible`.
    """
    categories = set(inspectors.values())
    if len(units) * (each - 1) < len(inspectors) - 1:
        raise Impossible(
            Said(
                f"{len(inspectors)}名检查人员分到{len(units)}个单位，彼此没有足够的共同对象，"
                "无法比较宽严。请减少人员或者增加单位。",
                f"{len(inspectors)} inspectors at {len(units)} units meet too seldom for their "
                "severity to be compared. Take fewer inspectors or more units.",
            )
        )
    plan = _Plan(inspectors, forbidden, seed, min(KINDS, each, len(categories)))
    plan.load = dict.fromkeys(inspectors, 0)
    _begin(plan, units, each)
    while _level(plan):
        pass
    _link(plan, sorted(units), each)
    parts, unlinked, _again = _cost(plan)
    if unlinked or parts > 1:
        raise Impossible(
            Said(
                "按回避和均衡的要求，有的类别或者人员彼此没有共同检查的单位，无法比较宽严。"
                "请增加人数少的类别的人员，或者增加单位。",
                "With the interests and even loads, some categories or inspectors never meet at a "
                "unit, so their severity cannot be compared. Take more people of the small "
                "categories, or more units.",
            )
        )
    return plan.teams


def _begin(plan: _Plan, units: Sequence[str], each: int) -> None:
    may = {u: [i for i in plan.inspectors if (i, u) not in plan.forbidden] for u in units}
    met: dict[Pair, int] = {}
    kinds_met: dict[Pair, int] = {}

    def rank(unit: str, team: Sequence[str], i: str) -> tuple[int, int, int, int, bytes]:
        kind, used = plan.inspectors[i], [plan.inspectors[j] for j in team]
        fresh = used.count(kind) if len(set(used)) < plan.kinds else 0
        seldom = sum(kinds_met.get(_pair(kind, c), 0) for c in used if c != kind)
        again = sum(met.get(_pair(i, j), 0) for j in team)
        return fresh, plan.load[i], seldom, again, plan.luck("pick", unit, i)

    for unit in sorted(units, key=lambda u: (len(may[u]), plan.luck("unit", u))):
        able = may[unit]
        if len(able) < each or len({plan.inspectors[i] for i in able}) < plan.kinds:
            raise Impossible(
                Said(
                    f"{unit}：回避之后能检查的人员不足{each}名或者不足{plan.kinds}类。",
                    f"{unit}: after those with an interest, fewer than {each} inspectors or "
                    f"{plan.kinds} categories are left.",
                )
            )
        team = plan.teams.setdefault(unit, [])
        for _place in range(each):
            free = [i for i in able if i not in team]
            best = min(free, key=lambda i: rank(unit, team, i))
            for j in team:
                met[_pair(best, j)] = met.get(_pair(best, j), 0) + 1
                a, b = plan.inspectors[best], plan.inspectors[j]
                if a != b:
                    kinds_met[_pair(a, b)] = kinds_met.get(_pair(a, b), 0) + 1
            team.append(best)
            plan.load[best] += 1


def _lightest(plan: _Plan, unit: str, one: str) -> tuple[int, bytes]:
    return plan.load[one], plan.luck("chain", unit, one)


def _level(plan: _Plan) -> bool:
    """Bring two loads nearer along a chain of replacements; whether there was one."""
    for high in sorted(plan.load, key=lambda i: (-plan.load[i], plan.luck("high", i))):
        came: dict[str, tuple[str, str] | None] = {high: None}
        queue = [high]
        for a in queue:
            its = sorted(
                (u for u in plan.teams if a in plan.teams[u]),
                key=lambda u: plan.luck("chain", u),
            )
            for u in its:
                fresh = [b for b in plan.load if b not in came and plan.fits(u, a, b)]
                fresh.sort(key=partial(_lightest, plan, u))
                for b in fresh:
                    came[b] = (a, u)
                    queue.append(b)
        lower = [b for b in came if plan.load[b] <= plan.load[high] - 2]
        if not lower:
            continue
        low = min(lower, key=lambda b: (plan.load[b], plan.luck("low", b)))
        return _moved(plan, high, low, came)
    return False


def _moved(plan: _Plan, high: str, low: str, came: Mapping[str, tuple[str, str] | None]) -> bool:
    chain, b = [], low
    while (step := came[b]) is not None:
        a, u = step
        chain.append((u, a, b))
        b = a
    if len({u for u, _a, _b in chain}) < len(chain):  # a unit twice: its mixture could break
        u, a, b = chain[0]
        if plan.load[a] < plan.load[b] + 1:
            return False
        chain, high, low = chain[:1], a, b
    plan.load[low] += 1
    plan.load[high] -= 1
    for u, a, b in chain:
        plan.swap(u, a, b)
    return True


def _cost(plan: _Plan) -> Cost:
    """Parts of the graph of inspectors, categories that never meet, how often pairs meet again."""
    kinds: dict[Pair, int] = {}
    pairs: dict[Pair, int] = {}
    root: dict[str, str] = {}

    def find(x: str) -> str:
        while root.get(x, x) != x:
            x = root[x]
        return x

    for unit, team in plan.teams.items():
        for a, b in combinations(team, 2):
            pairs[_pair(a, b)] = pairs.get(_pair(a, b), 0) + 1
            c, d = plan.inspectors[a], plan.inspectors[b]
            if c != d:
                kinds[_pair(c, d)] = kinds.get(_pair(c, d), 0) + 1
        for one in team:
            root[find(one)] = find(f"unit\x1f{unit}")
    parts = len({find(i) for i in plan.inspectors if plan.load[i]})
    every = combinations(sorted(set(plan.inspectors.values())), 2)
    unlinked = sum(not kinds.get(_pair(a, b)) for a, b in every)
    again = sum(v * v for v in kinds.values()) / 4 + sum(v * v for v in pairs.values())
    return parts, unlinked, again


def _by_chance(plan: _Plan, units: Sequence[str], each: int) -> Iterator[Exchange]:
    for turn in range(TRIES):
        h = plan.luck("swap", str(turn))
        u = units[int.from_bytes(h[:4], "big") % len(units)]
        v = units[int.from_bytes(h[4:8], "big") % len(units)]
        yield u, v, plan.teams[u][h[8] % each], plan.teams[v][h[9] % each]


def _every(plan: _Plan, units: Sequence[str]) -> Iterator[Exchange]:
    order = sorted(units, key=lambda u: plan.luck("every", u))
    for u, v in combinations(order, 2):
        for a, b in product(list(plan.teams[u]), list(plan.teams[v])):
            if a in plan.teams[u] and b in plan.teams[v]:
                yield u, v, a, b


def _gained(plan: _Plan, one: Exchange, now: Cost) -> Cost | None:
    """The cost after the exchange, which stands if it is lower; None (and undone) if it is not."""
    u, v, a, b = one
    if u == v or a in plan.teams[v] or b in plan.teams[u]:
        return None
    if not (plan.fits(u, a, b) and plan.fits(v, b, a)):
        return None
    plan.swap(u, a, b)
    plan.swap(v, b, a)
    if (new := _cost(plan)) < now:
        return new
    plan.swap(u, b, a)
    plan.swap(v, a, b)
    return None


def _link(plan: _Plan, units: Sequence[str], each: int) -> None:
    """Exchanges that leave every load as it is: categories meet, pairs spread.

    By chance first; where a rare category still meets another nowhere, every exchange is tried.
    """
    now, vain = _cost(plan), 0
    for one in _by_chance(plan, units, each):
        if vain > IN_VAIN:
            break
        if (new := _gained(plan, one, now)) is None:
            vain += 1
        else:
            now, vain = new, 0
    better = True
    while now[:2] > (1, 0) and better:
        better = False
        for one in _every(plan, units):
            if (new := _gained(plan, one, now)) is not None:
                now, better = new, True
                if now[:2] == (1, 0):
                    return
