"""Which decisions stand in the public register, and how their holder is named: data, with basis.

A licence granted to a company is everybody's business (行政许可法 40, 企业信息公示暂行条例 7): it
is named in full. A benefit, a marriage, a passport or a household move is no licence of a trade;
who got it stays out of the register altogether (政府信息公开条例 15, 个人信息保护法 28).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).parent.parent / "published_powers.json"


class Naming(StrEnum):
    """How the register names a holder."""

    FULL = "full"
    MASKED = "masked"
    NOT = "not"  # the decision does not stand in it


@dataclass(frozen=True, slots=True)
class Power:
    """One line of the data: the first that fits a decision says how its holder is named.

    Empty ``kinds``, ``topics`` and ``holder`` fit everything; ``holder`` is ``company`` or
    ``person``, ``kinds`` are national codes of item kinds.
    """

    naming: Naming
    kinds: tuple[str, ...]
    topics: tuple[str, ...]
    holder: str
    zh: str
    en: str
    basis: str

    def fits(self, kind: str, topics: Sequence[str], holder: str) -> bool:
        """Whether it speaks of a decision on an item of ``kind`` under ``topics``."""
        return (
            (not self.kinds or kind in self.kinds)
            and (not self.topics or bool(set(self.topics) & set(topics)))
            and (not self.holder or self.holder == holder)
        )

    def said_in(self, language: str) -> str:
        """What it covers, in words."""
        return self.en if language.startswith("en") else self.zh


@cache
def powers() -> tuple[Power, ...]:
    """The lines of the data, in their order; the last fits everything."""
    return tuple(
        Power(
            Naming(one["naming"]),
            tuple(one.get("kinds", ())),
            tuple(one.get("topics", ())),
            one.get("holder", ""),
            one["zh"],
            one["en"],
            one["basis"],
        )
        for one in json.loads(FILE.read_text(encoding="utf-8"))
    )


def naming_of(kind: str, topics: Sequence[str], holder: str) -> Naming:
    """How the register names the holder of a decision; ``NOT``: it does not stand there."""
    return next(one.naming for one in powers() if one.fits(kind, topics, holder))
