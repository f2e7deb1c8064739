"""A draw that anyone can repeat: rank each case by the hash of the published seed and its number.

The seed is the root of the public log's first checkpoint after an announced moment: nobody,
neither the drawer nor a unit, can know it before. norms 4.3: sampling instead of speed rankings.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Final

from openhall.glossary import Said

FORMULA: Final = Said(
    "SHA-256（种子 + “/” + 办件编号），按十六进制升序，每个单位取前 n 件",
    "SHA-256 (seed + “/” + number of the case), in ascending hexadecimal order; the first n of "
    "each unit",
)


def rank(seed: str, number: str) -> str:
    """The place of one case: 64 hexadecimal digits, ascending."""
    return hashlib.sha256(f"{seed}/{number}".encode()).hexdigest()


def drawn(seed: str, numbers: Iterable[str], size: int) -> list[str]:
    """The ``size`` numbers with the lowest rank; all of them if there are fewer."""
    return sorted(numbers, key=lambda number: rank(seed, number))[:size]


def drawn_by_unit(
    seed: str, population: Mapping[str, Iterable[str]], size: int
) -> dict[str, list[str]]:
    """``size`` cases of each unit, so that a small unit is looked at as closely as a large one."""
    return {unit: drawn(seed, numbers, size) for unit, numbers in sorted(population.items())}


def digest(numbers: Iterable[str]) -> str:
    """What fixes the population before the seed exists: the hash of its sorted numbers."""
    return hashlib.sha256("\n".join(sorted(numbers)).encode()).hexdigest()
