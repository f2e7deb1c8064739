"""What is drawn from, who commits to what, and what is drawn once all is known.

The frame's hash is announced first; each party commits to two numbers, then opens them; then comes
a number nobody of them makes, of a day after the last opening. Without that last number one who
refuses to open gains half a standard deviation; with it nothing (``docs/decisions``).
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from openhall.glossary import Said
from openhall.lots.rules.rfc3797 import MOST, draw, key_of

PARTIES_AT_LEAST: Final = 3
MARK: Final = "openhall-draw-commit-v1"
BELOW: Final = 2**62  # integers the outside tools of RFC 3797 read without loss
SALT: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Stratum:
    """One pool: ``rows`` are its opaque ids, ``take`` how many are drawn, ``more`` the reserve.

    ``of`` names the stratum and row on which it depends: it is drawn only if that row was.
    """

    code: str
    name: Said
    rows: tuple[str, ...]
    take: int
    more: int = 0
    of: tuple[str, str] | None = None


def frame_lines(strata: Sequence[Stratum]) -> str:
    """The frame as one text: a line for each row, by stratum, rows in order of their ids."""
    return "".join(f"{one.code}\t{row}\n" for one in strata for row in sorted(one.rows))


def frame_hash(lines: str) -> str:
    """SHA-256 of the frame's text, as 64 hexadecimal digits."""
    return sha256(lines.encode()).hexdigest()


def rows_of(lines: str) -> dict[str, list[str]]:
    """The rows of each stratum, in order: place 1 is the first."""
    found: dict[str, list[str]] = {}
    for line in lines.splitlines():
        code, _tab, row = line.partition("\t")
        found.setdefault(code, []).append(row)
    return found


def faults_of_strata(strata: Sequence[Stratum]) -> Iterator[Said]:
    """What forbids announcing a draw from these."""
    for one in strata:
        size = len(one.rows)
        if size > MOST:
            yield Said(
                f"{one.name.zh}有{size}项，一次最多从{MOST}项中抽取。请先分层。",
                f"{one.name.en} has {size} rows; one pool holds {MOST} at most. Divide it first.",
            )
        if len(set(one.rows)) != size:
            yield Said(
                f"{one.name.zh}中有重复的行。请核对抽样框。",
                f"{one.name.en} has a row twice. Check the frame.",
            )
        if one.of is None and size < one.take:
            yield Said(
                f"{one.name.zh}只有{size}项，不能抽取{one.take}项。",
                f"{one.name.en} has {size} rows; {one.take} cannot be drawn.",
            )


def commitment(number: str, party: str, frame: str, a: int, b: int, salt: str) -> str:
    """What a party commits to; draw and party stand inside, so a copied one opens nothing."""
    said = [MARK, number, party, frame, a, b, salt]
    return sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()


def fault_of_opening(a: int, b: int, salt: str) -> Said | None:
    """Whether these can have been committed to at all."""
    if not (0 <= a < BELOW and 0 <= b < BELOW):
        return Said(
            "两个整数都应不小于0、小于2的62次方。",
            "Both numbers are whole, not below 0 and below 2 to the 62nd power.",
        )
    if not SALT.fullmatch(salt):
        return Said(
            "随机盐是64位十六进制数（0—9、a—f）。",
            "The salt is 64 hexadecimal digits (0–9, a–f).",
        )
    return None


def drawn_from(
    strata: Sequence[Mapping[str, Any]],
    lines: str,
    sources: Sequence[Sequence[int]],
    algorithm: str,
) -> dict[str, list[int]]:
    """Places drawn in each stratum, in order, the reserve last; one not asked for is left out.

    ``strata`` as a draw keeps them (``code``, ``take``, ``more``, ``of``), ``lines`` its frame.
    """
    rows = rows_of(lines)
    found: dict[str, list[int]] = {}
    for place, one in enumerate(strata, start=1):
        pool = rows.get(one["code"], [])
        if one.get("of"):
            parent, row = one["of"]
            taken = found.get(parent, [])[: _take_of(strata, parent)]
            if row not in [rows[parent][at - 1] for at in taken]:
                continue
        count = min(len(pool), one["take"] + one["more"])
        key = key_of(sources, place)
        found[one["code"]] = list(draw(key, len(pool), count, algorithm)) if pool else []
    return found


def _take_of(strata: Sequence[Mapping[str, Any]], code: str) -> int:
    return int(next(one["take"] for one in strata if one["code"] == code))


def seeds_file(sources: Sequence[Sequence[int]]) -> str:
    """The sources as the tools of RFC 3797 read them: one a line, no empty line."""
    return "".join(" ".join(str(one) for one in values) + "\n" for values in sources)
