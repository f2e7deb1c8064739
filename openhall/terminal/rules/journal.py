"""What a kiosk may print, told from its journal alone; memory is never asked. E1.

One append with fsync burns a number *before* it is printed: a crash between leaves a number without
paper, never two papers with one number. A request is written down before it is sent, so a repeated
one gets the same block. Restart is reading the journal.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

LOW: Final = 3  # numbers left, below which the next block is asked for
SIZE: Final = 8  # numbers of a block; a hall sets it to twice its peak of the longest cut
SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


class Stock(StrEnum):
    """How a line stands at this kiosk."""

    EMPTY = "empty"  # never had a block of this day
    LEASED = "leased"
    LOW = "low"
    SPENT = "spent"  # ticket at the reception


@dataclass(frozen=True, slots=True)
class Block:
    """Numbers ``first`` to ``last`` of a line's day, this kiosk's for ever."""

    number: int
    line: str
    day: str
    first: int
    last: int
    leased_at: float


@dataclass(frozen=True, slots=True)
class Paper:
    """A burnt number; ``at`` is what the kiosk believes, which the server bounds."""

    uid: str
    block: int
    line: str
    day: str
    no: int
    at: float
    item: int = 0  # what for, where a matter was chosen


@dataclass(slots=True)
class Journal:
    """What the lines of a journal say."""

    blocks: list[Block] = field(default_factory=list)
    asked: dict[str, str] = field(default_factory=dict)  # request → line, not answered yet
    requests: int = 0
    papers: dict[str, Paper] = field(default_factory=dict)
    waiting: dict[str, Paper] = field(default_factory=dict)  # not acknowledged yet
    next_no: dict[int, int] = field(default_factory=dict)  # block → next number
    day: str = ""  # the newest day the server named
    heard: float = 0.0  # the server's time when it last answered
    heard_at: float = 0.0  # the kiosk's clock then

    def take(self, line: str) -> None:
        """One line of the journal."""
        said: Mapping[str, Any] = json.loads(line)
        if "asked" in said:
            self.asked[said["asked"]] = said["line"]
            self.requests += 1
        elif "block" in said:
            block = Block(**said["block"])
            self.asked.pop(said["request"], None)
            if block.number not in self.next_no:
                self.blocks.append(block)
                self.next_no[block.number] = block.first
        elif "paper" in said:
            paper = Paper(**said["paper"])
            self.papers[paper.uid] = self.waiting[paper.uid] = paper
            self.next_no[paper.block] = paper.no + 1
        elif "settled" in said:
            for uid in said["settled"]:
                self.waiting.pop(uid, None)
        elif "heard" in said:
            self.heard, self.heard_at = said["heard"], said["clock"]
            self.day = max(self.day, said["day"])

    def usable(self, line: str) -> list[Block]:
        """Blocks of the line that have numbers left, oldest first.

        Once the kiosk knows today, yesterday's are printed no more; one that never heard of the new
        day goes on with the day that stands on its papers.
        """
        return [
            one
            for one in self.blocks
            if one.line == line and one.day >= self.day and self.next_no[one.number] <= one.last
        ]

    def left(self, line: str) -> int:
        return sum(one.last - self.next_no[one.number] + 1 for one in self.usable(line))

    def stock(self, line: str) -> Stock:
        had = any(one.line == line and one.day >= self.day for one in self.blocks)
        left = self.left(line)
        if not left:
            return Stock.SPENT if had else Stock.EMPTY
        return Stock.LOW if left <= LOW else Stock.LEASED

    def believed(self, clock: float) -> float:
        """What the time is at the server, as far as this machine can know."""
        return self.heard + max(0.0, clock - self.heard_at)

    def wants(self, line: str) -> bool:
        """Whether the next block is to be asked for."""
        return self.left(line) <= LOW and line not in self.asked.values()


def read(lines: Iterable[str]) -> Journal:
    """The journal of a kiosk that was just switched on.

    A last line that is not whole was not yet written when the power went: it says nothing.
    """
    journal = Journal()
    for line in lines:
        try:
            journal.take(line)
        except ValueError:
            break
    return journal


def asking(journal: Journal, kiosk: str, line: str) -> tuple[str, str]:
    """The number of the next request, and the line to write before it is sent."""
    request = f"{kiosk}-{journal.requests + 1}"
    return request, json.dumps({"asked": request, "line": line})


def leased(request: str, block: Block) -> str:
    """To be written before a number of ``block`` counts as one's own."""
    kept = {name: getattr(block, name) for name in Block.__slots__}
    return json.dumps({"request": request, "block": kept})


def heard(day: str, server: float, clock: float) -> str:
    """What the server said of day and time."""
    return json.dumps({"heard": server, "clock": clock, "day": day})


def settled(uids: Iterable[str]) -> str:
    return json.dumps({"settled": list(uids)})


def burnt(
    journal: Journal, line: str, uid: str, clock: float, item: int = 0
) -> tuple[Paper, str] | None:
    """The next number and the line that burns it; None where there is none.

    ``clock`` counts from switching on and never jumps; the day is the block's and never a clock's.
    """
    blocks = journal.usable(line)
    if not blocks:
        return None
    block = blocks[0]
    believed = journal.believed(clock)
    last = max((one.at for one in journal.papers.values() if one.line == line), default=0.0)
    at = max(block.leased_at, last, believed)
    paper = Paper(uid, block.number, line, block.day, journal.next_no[block.number], at, item)
    kept = {name: getattr(paper, name) for name in Paper.__slots__}
    return paper, json.dumps({"paper": kept})


def mark(uid: str) -> str:
    """Four signs beside the number: two papers with one number are told apart by them."""
    value = int(uid.replace("-", ""), 16)
    signs = ""
    for _n in range(4):
        value, place = divmod(value, len(SIGNS))
        signs += SIGNS[place]
    return signs
