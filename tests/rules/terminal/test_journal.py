"""A kiosk without its server: random histories of leases, cuts, crashes and clocks. No paper twice.

``KIOSK_HISTORIES=3000`` for the nightly walk; the bounded one takes a few seconds.
"""

import os
import uuid
from collections import Counter
from dataclasses import dataclass, field
from random import Random

import pytest

from openhall.terminal.rules.journal import (
    LOW,
    SIZE,
    Block,
    Journal,
    Stock,
    asking,
    burnt,
    heard,
    leased,
    mark,
    read,
    settled,
)

HISTORIES = int(os.environ.get("KIOSK_HISTORIES", "120"))
STEPS = 300
LINES = ("A", "B")


@dataclass
class Server:
    """What the hall does: leases, its own counter, merges."""

    now: float = 1_000.0
    day: int = 1
    next_no: dict = field(default_factory=dict)
    blocks: dict = field(default_factory=dict)  # (kiosk, request) → block
    tickets: dict = field(default_factory=dict)  # uid → (day, line, no, at, claimed block)
    numbers: dict = field(default_factory=dict)
    clashes: list = field(default_factory=list)

    def lease(self, kiosk, request, line) -> Block:
        if (kiosk, request) not in self.blocks:
            first = self.next_no.get((line, self.day), 1)
            self.next_no[line, self.day] = first + SIZE
            number = len(self.blocks) + 1
            self.blocks[kiosk, request] = Block(
                number, line, f"{self.day:04d}", first, first + SIZE - 1, self.now
            )
        return self.blocks[kiosk, request]

    def counter(self, line) -> None:
        no = self.next_no.get((line, self.day), 1)
        self.next_no[line, self.day] = no + 1
        self._enter(str(uuid.UUID(int=len(self.tickets))), f"{self.day:04d}", line, no, self.now)

    def _enter(self, uid, day, line, no, at) -> None:
        if (day, line, no) in self.numbers:
            self.clashes.append(uid)
        else:
            self.numbers[day, line, no] = uid
            self.tickets[uid] = (day, line, no, at)

    def merge(self, kiosk, papers, *, trusts=False) -> list[str]:
        own = {one.number: one for (name, _r), one in self.blocks.items() if name == kiosk}
        for paper in papers:
            if paper.uid in self.tickets or paper.uid in self.clashes:
                continue
            block = own.get(paper.block)
            if block is None or not block.first <= paper.no <= block.last:
                self.clashes.append(paper.uid)
                continue
            at = paper.at if trusts else min(self.now, max(block.leased_at, paper.at))
            self._enter(paper.uid, block.day, block.line, paper.no, at)
        return [one.uid for one in papers]


@dataclass
class Kiosk:
    """A disk that only grows, a memory that a crash loses, a printer."""

    name: str
    random: Random
    disk: list = field(default_factory=list)
    printed: list = field(default_factory=list)
    clock: float = 0.0
    fault: str = ""
    journal: Journal = field(default_factory=Journal)
    crashes: int = 0

    def write(self, line: str) -> None:
        self.disk.append(line)
        self.journal.take(line)

    def crash(self) -> None:
        self.crashes += 1
        if self.random.random() < 0.3 and self.disk:
            torn = [*self.disk, '{"paper": {"uid": "to']  # the power went while it was written
            self.journal = read(torn)
        else:
            self.journal = read(self.disk)
        self.clock = 0.0 if self.random.random() < 0.5 else self.clock
        self.journal.heard_at = min(self.journal.heard_at, self.clock)

    def ticket(self, line: str) -> None:
        uid = str(uuid.UUID(int=self.random.getrandbits(128)))
        clock = self.clock
        if self.fault == "trusts the clock":
            clock += self.random.choice((-100_000.0, 100_000.0))
        got = burnt(self.journal, line, uid, clock)
        if got is None:
            return None
        paper, entry = got
        chance = self.random.random()
        if self.fault == "prints first":
            self.printed.append(paper)
            if chance < 0.2:
                return self.crash()
            return self.write(entry)
        if chance < 0.1:
            return self.crash()  # before the journal: nothing happened
        self.write(entry)
        if chance < 0.2:
            return self.crash()  # burnt, not printed: a gap
        self.printed.append(paper)
        if chance < 0.3:
            self.crash()
        return None

    def talk(self, server: Server) -> None:
        """Ask for blocks and send papers; requests and answers get lost."""
        for line in LINES:
            waiting = [r for r, of in self.journal.asked.items() if of == line]
            if not waiting and self.journal.wants(line):
                request, entry = asking(self.journal, self.name, line)
                self.write(entry)
                waiting = [request]
            for request in waiting:
                if self.random.random() < 0.2:
                    continue  # the request was lost
                block = server.lease(self.name, request, line)
                if self.random.random() < 0.2:
                    server.lease(self.name, request, line)  # it came twice
                if self.random.random() < 0.2:
                    continue  # the answer was lost
                self.write(leased(request, block))
                self.write(heard(f"{server.day:04d}", server.now, self.clock))
        papers = list(self.journal.waiting.values())
        if papers and self.random.random() < 0.8:
            half = papers[: self.random.randint(1, len(papers))]
            uids = server.merge(self.name, half, trusts=self.fault == "trusts the clock")
            if self.random.random() < 0.8:
                self.write(settled(uids))


def history(seed: int, fault: str = ""):
    random = Random(seed)
    server = Server()
    kiosks = [Kiosk(f"k{n}", random, fault=fault) for n in range(3)]
    for _step in range(STEPS):
        gone = random.uniform(0, 20)
        server.now += gone
        for kiosk in kiosks:
            kiosk.clock += gone
        kiosk, chance = random.choice(kiosks), random.random()
        if chance < 0.45:
            kiosk.ticket(random.choice(LINES))
        elif chance < 0.75:
            kiosk.talk(server)
        elif chance < 0.9:
            server.counter(random.choice(LINES))
        elif chance < 0.97:
            kiosk.crash()
        else:
            server.day += 1
    for kiosk in kiosks:
        server.now += 1
        trusts = fault == "trusts the clock"
        server.merge(kiosk.name, list(read(kiosk.disk).waiting.values()), trusts=trusts)
    return server, kiosks


def wrongs(server: Server, kiosks: list[Kiosk]) -> Counter:
    """What must never be: a number on two papers, a lost paper, a time out of its bounds."""
    found: Counter = Counter()
    papers = [paper for kiosk in kiosks for paper in kiosk.printed]
    numbers = Counter((one.day, one.line, one.no) for one in papers)
    found["doubles"] = sum(many > 1 for many in numbers.values()) + len(server.clashes)
    found["lost"] = sum(one.uid not in server.tickets for one in papers)
    leased_at = {one.number: one.leased_at for one in server.blocks.values()}
    for one in papers:
        if one.uid in server.tickets:
            at = server.tickets[one.uid][3]
            found["times"] += not leased_at[one.block] <= at <= server.now
    for kiosk in kiosks:
        for line in LINES:
            mine = [one.at for one in kiosk.printed if one.line == line]
            found["order"] += mine != sorted(mine)
    return +found


def test_random_histories_give_no_paper_twice_and_lose_none():
    papers = crashes = 0
    for seed in range(HISTORIES):
        server, kiosks = history(seed)
        assert wrongs(server, kiosks) == Counter(), seed
        papers += sum(len(kiosk.printed) for kiosk in kiosks)
        crashes += sum(kiosk.crashes for kiosk in kiosks)
    assert papers > HISTORIES * 20
    assert crashes > HISTORIES * 10


def test_printing_before_the_journal_is_found():
    found = sum(wrongs(*history(seed, "prints first"))["doubles"] > 0 for seed in range(20))
    assert found >= 15


def test_trusting_the_kiosks_clock_is_found():
    found = sum(wrongs(*history(seed, "trusts the clock"))["times"] > 0 for seed in range(20))
    assert found >= 15


def test_a_line_goes_from_empty_to_spent():
    journal = Journal()
    assert (journal.stock("A"), journal.wants("A")) == (Stock.EMPTY, True)
    request, entry = asking(journal, "k", "A")
    journal.take(entry)
    assert not journal.wants("A")  # it waits for the answer
    journal.take(leased(request, Block(1, "A", "0001", 5, 5 + LOW, 100.0)))
    assert journal.stock("A") == Stock.LEASED
    for no in range(5, 6 + LOW):
        paper, entry = burnt(journal, "A", str(uuid.UUID(int=no)), 0.0)
        assert paper.no == no
        journal.take(entry)
    assert (journal.stock("A"), burnt(journal, "A", "x", 0.0)) == (Stock.SPENT, None)


def test_yesterdays_numbers_are_not_printed_once_today_is_known():
    journal = Journal()
    journal.take(leased("r", Block(1, "A", "0001", 1, 8, 100.0)))
    assert burnt(journal, "A", "0", 0.0) is not None
    journal.take(heard("0002", 200.0, 0.0))
    assert burnt(journal, "A", "0", 0.0) is None


@pytest.mark.parametrize("torn", ["", "{", '{"paper": {"uid": "1'])
def test_a_line_that_was_half_written_says_nothing(torn):
    whole = leased("r", Block(1, "A", "0001", 1, 8, 100.0))
    assert read([whole, torn]).left("A") == SIZE


def test_two_papers_with_one_number_are_told_apart():
    marks = {mark(str(uuid.UUID(int=n * 7919))) for n in range(500)}
    assert len(marks) > 490
    assert all(len(one) == 4 for one in marks)
