"""Kiosks give tickets while the server is away, and merge without doubles, whatever breaks."""

import random
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from openhall.hall.actions.leasing import Paper, lease, merge
from openhall.hall.models import Clash, Ticket
from tests.factories.hall import furnished

pytestmark = pytest.mark.django_db


class Kiosk:
    """What stands on its disk: blocks, the journal of papers, which of them were acknowledged."""

    def __init__(self, name, line):
        self.name, self.line = name, line
        self.request, self.blocks, self.next, self.journal = None, [], {}, []
        self.printed = []

    def ask(self, *, lost=False):
        self.request = self.request or str(uuid4())  # written down before it asks
        block = lease(self.line, 4, self.name, self.request)
        if lost:
            return  # the answer got lost: the same request is sent again later
        self.blocks.append(block)
        self.next[block.pk] = block.first
        self.request = None

    def give(self, *, crash=False):
        block = next((one for one in self.blocks if self.next[one.pk] <= one.last), None)
        if block is None:
            return
        no = self.next[block.pk]
        self.next[block.pk] = no + 1
        skew = timedelta(seconds=random.uniform(-90_000, 90_000))
        self.journal.append(Paper(uuid4(), block.pk, no, timezone.now() + skew))
        if not crash:
            self.printed.append(f"{self.line.letter}{no:03d}")

    def send(self, *, lost=False):
        sent = random.sample(self.journal, random.randint(0, len(self.journal)))
        settled, clashes = merge(self.name, sent * random.choice((1, 2)))
        assert clashes == []
        if not lost:
            self.journal = [one for one in self.journal if one.uid not in settled]


@pytest.mark.parametrize("seed", range(6))
def test_random_histories_leave_no_doubles_and_lose_nothing(db, seed):
    random.seed(seed)
    there = furnished(signed_in=False)
    line = there.lines["A"]
    kiosks = [Kiosk(f"k{n}", line) for n in range(3)]
    begun = timezone.now()
    counter = []
    for _ in range(120):
        one, dice = random.choice(kiosks), random.random()
        if dice < 0.2:
            one.ask(lost=random.random() < 0.3)
        elif dice < 0.7:
            one.give(crash=random.random() < 0.2)
        elif dice < 0.85:
            one.send(lost=random.random() < 0.4)
        else:
            counter.append(str(there.taken()))
    for one in kiosks:
        one.journal and merge(one.name, one.journal)
    papers = [*counter, *(paper for one in kiosks for paper in one.printed)]
    assert len(papers) == len(set(papers))
    stands = {str(one) for one in Ticket.objects.all()}
    assert set(papers) <= stands
    assert not Clash.objects.exists()
    assert not Ticket.objects.filter(at__lt=begun).exists()
    assert not Ticket.objects.filter(at__gt=timezone.now()).exists()


def test_a_restored_disk_and_a_foreign_number_stand_on_a_list(db):
    there = furnished(signed_in=False)
    block = lease(there.lines["A"], 3, "k1", "r1")
    now = timezone.now()
    first, twin = Paper(uuid4(), block.pk, 1, now), Paper(uuid4(), block.pk, 1, now)
    foreign = Paper(uuid4(), block.pk, 9, now)
    settled, clashes = merge("k1", [first, twin, foreign, twin])
    assert settled == [first.uid, twin.uid, foreign.uid, twin.uid]
    assert {one.uid for one in clashes} == {twin.uid, foreign.uid}
    assert merge("k2", [Paper(uuid4(), block.pk, 2, now)])[1]
    assert Ticket.objects.count() == 1
    assert lease(there.lines["A"], 3, "k1", "r1") == block
    assert lease(there.lines["A"], 3, "k1", "r2").first == 4
