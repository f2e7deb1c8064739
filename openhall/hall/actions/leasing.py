"""Numbers leased to a kiosk, which goes on giving tickets while the server is away. E1.

A kiosk writes down the number of its request before it asks, so a repeated request gets the same
block; numbers are never given again nor taken back. What it printed is merged by each paper's own
``uid``: once, however often it is sent. The day is the block's, never a clock's; of the kiosk's
time only what lies between the lease and the merge is believed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.hall.actions import refusals as said
from openhall.hall.actions.once import clock, day_of, locked_lines, press
from openhall.hall.models import Block, Clash, Line, LineItem, Ticket, TicketEvent, Turn
from openhall.hall.queries import hours_on
from openhall.hall.standing import is_closed, standing_on
from openhall.hall.terms import CentreState, Lane, Source, TicketAct, TicketState

MOST = 200  # numbers of one block


@dataclass(frozen=True, slots=True)
class Paper:
    """A ticket a kiosk printed: its own ``uid``, out of which block, when as the kiosk says."""

    uid: UUID
    block: int
    no: int
    claimed: datetime
    priority: bool = False
    item: int | None = None


@transaction.atomic
def lease(line: Line, many: int, kiosk: str, request: str) -> Block:
    """``many`` numbers of the line for today, for ``kiosk``; the same request, the same block."""
    before = Block.objects.filter(kiosk=kiosk, request=request).first()
    if before is not None:
        return before
    locked_lines([line.pk])
    before = Block.objects.filter(kiosk=kiosk, request=request).first()
    if before is not None:  # its twin was first
        return before
    now = clock()
    day = day_of(now)
    serves = standing_on(line.hall_id, day) == CentreState.OPEN
    if line.closed or not serves or not hours_on(line.hall_id, day).spans:
        raise Refused(said.CLOSED_LINE, "line")
    if is_closed(line.hall_id, day):
        raise Refused(said.DAY_CLOSED, "line")
    turn = Turn.objects.get(line=line)
    first = turn.next_no if turn.day == day else 1
    last = first + max(1, min(many, MOST)) - 1
    if last > line.most:
        raise Refused(said.FULL, "line")
    Turn.objects.filter(line=line).update(day=day, next_no=last + 1)
    return Block.objects.create(
        line=line, kiosk=kiosk, request=request, day=day, first=first, last=last, leased_at=now
    )


def merge(kiosk: str, papers: Sequence[Paper]) -> tuple[list[UUID], list[Clash]]:
    """Take in what a kiosk printed; which papers are settled, and those that clash.

    Each is acknowledged, also one that clashes: it stands on a list that people look at.
    """
    settled, clashes = [], []
    for paper in papers:
        clash = _taken(kiosk, paper)
        settled.append(paper.uid)
        if clash is not None:
            clashes.append(clash)
    return settled, clashes


@transaction.atomic
def _taken(kiosk: str, paper: Paper) -> Clash | None:
    if Ticket.objects.filter(uid=paper.uid).exists():
        return None
    if (known := Clash.objects.filter(uid=paper.uid).first()) is not None:
        return known
    block = Block.objects.select_related("line").filter(pk=paper.block, kiosk=kiosk).first()
    if block is None or not block.first <= paper.no <= block.last:
        return _clash(kiosk, paper, block, NOT_OF_BLOCK)
    locked_lines([block.line_id])
    line = block.line
    numbers = Ticket.objects.filter(
        hall_id=line.hall_id, day=block.day, letter=line.letter, no=paper.no
    )
    if numbers.exists():
        return _clash(kiosk, paper, block, GIVEN_TWICE)
    now = clock()
    if is_closed(line.hall_id, block.day):
        return _clash(kiosk, paper, block, said.DAY_CLOSED)
    at = min(now, max(block.leased_at, paper.claimed))
    waits = block.day == day_of(now)
    ticket = Ticket.objects.create(
        uid=paper.uid,
        hall_id=line.hall_id,
        line=line,
        day=block.day,
        letter=line.letter,
        no=paper.no,
        lane=int(Lane.PRIORITY if paper.priority else Lane.ORDINARY),
        at=at,
        issued_at=at,
        state=(TicketState.WAITING if waits else TicketState.NO_SHOW).value,
        ended_at=None if waits else now,
        source=Source.KIOSK.value,
        item_id=_item_of(line, paper.item),
    )
    TicketEvent.objects.create(
        hall_id=line.hall_id,
        day=block.day,
        ticket=ticket,
        act=TicketAct.ISSUE.value,
        at=now,
        facts={"kiosk": kiosk, "block": block.pk, "claimed": paper.claimed.isoformat()},
    )
    press(line.hall_id, now)
    return None


def _item_of(line: Line, item: int | None) -> int | None:
    """The item that was chosen at the kiosk, where people of the line come for it."""
    if item is None or not LineItem.objects.filter(line=line, item=item).exists():
        return None
    return item


NOT_OF_BLOCK = Said("号码不在这台机器的号段里。", "The number is not of this kiosk's block.")
GIVEN_TWICE = Said("这个号码已经给过别人。", "This number was given to somebody else.")


def _clash(kiosk: str, paper: Paper, block: Block | None, why: Said) -> Clash:
    made: Clash = Clash.objects.create(
        uid=paper.uid, kiosk=kiosk, block=block, no=paper.no, why=why.zh, at=clock()
    )
    return made
