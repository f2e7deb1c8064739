"""申请条件 as a reader takes them in: who may apply, who may not, and what must be so. Pure.

Kept as lines of one text, each with its beginning, so that whoever writes a guide by hand can do
the same. 行政许可法 30.
"""

from typing import Final, NamedTuple

MAY: Final = ("可以申请：", "May apply: ")
MAY_NOT: Final = ("不能申请：", "May not apply: ")


class Conditions(NamedTuple):
    """The lines of each kind, without their beginnings."""

    may: tuple[str, ...]
    may_not: tuple[str, ...]
    must: tuple[str, ...]


def _of(lines: list[str], begins: tuple[str, str]) -> tuple[str, ...]:
    found = ((line, next((one for one in begins if line.startswith(one)), "")) for line in lines)
    return tuple(line.removeprefix(one).strip() for line, one in found if one)


def conditions_in(text: str) -> Conditions:
    """``text`` by kind; lines that begin otherwise are what must be so."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    named = tuple(one.strip() for pair in (MAY, MAY_NOT) for one in pair)
    must = tuple(line for line in lines if not line.startswith(named))
    return Conditions(_of(lines, MAY), _of(lines, MAY_NOT), must)
