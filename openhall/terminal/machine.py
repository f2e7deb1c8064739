"""The machine itself: beats, keeps numbers in stock, gives one, sends what it gave. E1.

Numbers always come out of a leased block, whether the server answers or not: one way, so that the
one used on a bad day is the one used on every day. What was printed is sent at once where it can.
"""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from threading import Event, RLock
from typing import Any, Final

from openhall.terminal.centre import Away, Centre
from openhall.terminal.disk import Disk
from openhall.terminal.rules.journal import (
    SIZE,
    Block,
    Paper,
    asking,
    burnt,
    heard,
    leased,
    settled,
)

BEAT: Final = 20.0  # seconds between two heartbeats
WRITTEN: Final = 600.0  # seconds after which the time that was heard is written down anew
ANSWERS_OF_A_LEASE: Final = (409, 422)  # refused for good: the line gives no more today
CITY: Final = timezone(timedelta(hours=8))
VERSION: Final = "1"


def since_boot() -> float:
    """Seconds since the machine was switched on, sleep included: it never jumps."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class NoNumber(Exception):
    """No number can be given now; ``why`` is one of ``closed``, ``spent``, ``locked``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass
class Machine:
    """What is known of the hall since the last heartbeat, and the journal."""

    centre: Centre
    disk: Disk
    clock: Callable[[], float] = since_boot
    hall: dict[str, Any] = field(default_factory=dict)  # what the last heartbeat answered
    as_of: str = ""  # of the copy of the pages
    refused: set[str] = field(default_factory=set)  # lines that give no more numbers today
    lock: RLock = field(default_factory=RLock)
    moved: Event = field(default_factory=Event)  # there is something to send
    last_beat: float = float("-inf")
    last_written: float = float("-inf")
    away: bool = False

    # ------------------------------------------------------------ the server
    def round(self) -> None:
        """Everything that is due; :attr:`away` says whether the server answered."""
        with self.lock:
            try:
                if self.clock() - self.last_beat >= BEAT or not self.hall:
                    self.beat()
                self.send()
                self.restock()
                self.away = False
            except Away:
                self.away = True

    def _ask(self, what: str, told: Any) -> Any:
        answer = self.centre.ask(what, told, self.now())
        if answer.status == 403:  # unknown time after a long night, or the key was replaced
            self._hear_time()
            answer = self.centre.ask(what, told, self.now())
        if answer.status in ANSWERS_OF_A_LEASE:
            return None
        if answer.status != 200:
            raise Away(str(answer.status))
        return answer.said()

    def _hear_time(self) -> None:
        said = self.centre.get(f"/kiosk/{self.centre.hall}/time.json").said()
        self._heard(said["day"], said["now"])

    def _heard(self, day: str, now: float) -> None:
        line = heard(day, now, self.clock())
        journal = self.disk.journal
        if day > journal.day or self.clock() - self.last_written >= WRITTEN:
            self.refused.clear()
            self.disk.append(line)
            self.last_written = self.clock()
        else:
            journal.take(line)

    def beat(self) -> None:
        """Say how it stands, and hear day, time, lines, hours and whether it is locked."""
        if not self.disk.journal.heard:
            self._hear_time()
        journal = self.disk.journal
        told = {
            "left": {line: journal.left(line) for line in self.lines()},
            "unsent": len(journal.waiting),
            "as_of": self.as_of,
            "version": VERSION,
        }
        said = self._ask("beat", told)
        if said is None:
            raise Away("the heartbeat was refused")
        self.last_beat = self.clock()
        self._heard(said["day"], said["now"])
        self.hall = said

    def restock(self) -> None:
        """Ask for the next numbers of each line that runs low; a lost answer is asked for again."""
        for line in self.lines():
            journal = self.disk.journal
            open_ones = [number for number, of in journal.asked.items() if of == line]
            if not open_ones and not journal.wants(line):
                continue
            if line in self.refused:
                continue
            if open_ones:
                request = open_ones[0]
            else:
                request, written = asking(journal, self.centre.code, line)
                self.disk.append(written)
            told = {"request": request, "line": line, "many": self.hall.get("size", SIZE)}
            said = self._ask("lease", told)
            if said is None:
                self.refused.add(line)
                continue
            self.disk.append(leased(request, Block(**said)))

    def send(self) -> None:
        """Send what was printed and is not acknowledged; the server takes each paper once."""
        waiting = list(self.disk.journal.waiting.values())[:100]
        if not waiting:
            return
        papers = [
            {
                "uid": one.uid,
                "block": one.block,
                "no": one.no,
                "at": one.at,
                "item": one.item or None,
            }
            for one in waiting
        ]
        said = self._ask("merge", {"papers": papers})
        if said is None:
            raise Away("the papers were refused")
        known = [uid for uid in said["settled"] if uid in self.disk.journal.waiting]
        if known:
            self.disk.append(settled(known))

    # ------------------------------------------------------------ the visitor
    @property
    def locked(self) -> bool:
        return bool(self.hall.get("locked"))

    def lines(self) -> list[str]:
        """The letters of the hall's lines; before the first heartbeat those of the journal."""
        if self.hall:
            return [one["letter"] for one in self.hall["lines"]]
        return sorted({one.line for one in self.disk.journal.blocks})

    def now(self) -> float:
        """The server's time as far as the machine can know."""
        return self.disk.journal.believed(self.clock())

    def is_open(self) -> bool:
        """Whether tickets are given at this hour; who never heard the hours gives them."""
        hours = self.hall.get("hours")
        if hours is None:
            return True
        here = datetime.fromtimestamp(self.now(), CITY)
        first, last = hours.get(here.date().isoformat()) or ("24", "00")
        return bool(first <= f"{here:%H:%M}" < last)

    def give(self, line: str, item: int = 0) -> Paper:
        """A number for a visitor: it stands in the journal before this returns."""
        if self.locked:
            raise NoNumber("locked")
        if not self.is_open():
            raise NoNumber("closed")
        with self.disk.lock:
            found = burnt(self.disk.journal, line, str(uuid.uuid4()), self.clock(), item)
            if found is None:
                raise NoNumber("spent")
            paper, written = found
            self.disk.append(written)
        self.moved.set()
        return paper
