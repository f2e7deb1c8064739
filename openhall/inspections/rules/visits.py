"""检查日程: which unit is visited in which half-day. 成办发〔2003〕75号 二（三）.

Nobody is in two places at once; units follow in the order given, each in the first half-day in
which its whole team is free, fewest visits first, so that a window is used evenly.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from openhall.glossary import Said
from openhall.inspections.terms import Half

Times = Mapping[str, tuple[date, Half]]


class TooShort(ValueError):
    """The window has too few working half-days."""

    def __init__(self, unit: str, halves: int) -> None:
        super().__init__(unit)
        self.said = Said(
            f"检查期间只有{halves}个工作半天，排不下全部单位（{unit}）。请延长检查期间，或者增加"
            "检查人员（成办发〔2003〕75号 二（三））。",
            f"The days of the visits have {halves} working half-days, too few for every unit "
            f"({unit}). Lengthen them, or name more inspectors.",
        )


def scheduled(teams: Mapping[str, Sequence[str]], days: Sequence[date]) -> Times:
    """The half-day of each unit. ``teams``: inspectors by unit; ``days``: working days, in order.

    Raises :class:`TooShort`.
    """
    halves = [(day, half) for day in days for half in Half]
    busy: dict[tuple[date, Half], set[str]] = {one: set() for one in halves}
    visits = dict.fromkeys(halves, 0)
    found: dict[str, tuple[date, Half]] = {}
    for unit, team in teams.items():
        free = [one for one in halves if not busy[one] & set(team)]
        if not free:
            raise TooShort(unit, len(halves))
        chosen = min(free, key=lambda one: (visits[one], halves.index(one)))
        busy[chosen] |= set(team)
        visits[chosen] += 1
        found[unit] = chosen
    return found
