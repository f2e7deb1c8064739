"""Reading public draws; whether the frame is still the one that was announced."""

from collections.abc import Iterable

from django.db.models import QuerySet

from openhall.deeds.rules.codes import tidy
from openhall.ledger.queries import places_of
from openhall.lots.models import DrawFrame, DrawParty, PublicDraw, PublicDrawDeed
from openhall.lots.rules.protocol import frame_hash, rows_of
from openhall.lots.terms import DrawState
from openhall.vault.fields import blinds

__all__ = ["DrawParty", "PublicDraw"]


def draws() -> QuerySet[PublicDraw]:
    """Every public draw, the newest first."""
    return PublicDraw.objects.select_related("organ")


def draw_numbered(number: str) -> PublicDraw | None:
    return draws().filter(number=number).first()


def parties_of(draw: PublicDraw) -> list[DrawParty]:
    return list(DrawParty.objects.filter(draw=draw).order_by("place"))


def party_with(draw: PublicDraw, code: str) -> DrawParty | None:
    """The party of ``draw`` that this code was given to."""
    indexed = blinds("draw-party:" + tidy(code))
    return DrawParty.objects.filter(draw=draw, code_blind__in=indexed).first()


def deeds_of(draw: PublicDraw) -> list[PublicDrawDeed]:
    rows = PublicDrawDeed.objects.filter(subject="public-draw", about=draw.pk)
    return list(rows.select_related("actor").order_by("seq"))


def places_in_the_log(draw: PublicDraw) -> dict[int, int]:
    """Where each step stands in the public log, by its ``seq``; only those a checkpoint covers."""
    deeds = deeds_of(draw)
    places = places_of(deed.entry for deed in deeds)
    return {deed.seq: places[deed.entry] for deed in deeds if deed.entry in places}


def is_covered(draw: PublicDraw) -> bool:
    """Whether a signed checkpoint holds every step so far: only then the next one may follow."""
    entries = [deed.entry for deed in deeds_of(draw)]
    return len(places_of(entries)) == len(entries)


def frame_of(draw: PublicDraw) -> str:
    """The frame as it was announced; ``LookupError`` where it is not that any more."""
    lines = DrawFrame.objects.values_list("lines", flat=True).get(draw=draw)
    if frame_hash(lines) != draw.frame_hash:
        raise LookupError(f"The frame of {draw.number} is not the one that was announced.")
    return lines


def sources_of(draw: PublicDraw, parties: Iterable[DrawParty]) -> list[list[int]]:
    """What the draw is made of, in order: each party's two numbers, then the public number."""
    told = [[one] for party in parties for one in (party.a, party.b) if one is not None]
    return [*told, list(draw.public_numbers)] if draw.public_numbers else told


def drawn_rows(draw: PublicDraw) -> dict[str, list[tuple[int, str]]]:
    """Places and rows of each stratum in the order in which they were drawn."""
    if draw.state != DrawState.DRAWN:
        return {}
    rows = rows_of(frame_of(draw))
    return {
        code: [(at, rows[code][at - 1]) for at in places] for code, places in draw.drawn.items()
    }
