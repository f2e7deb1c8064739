"""公告抽取: frame, parties, times and public number, before anything is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils import timezone

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Fault, Refused
from openhall.deeds.writer import fresh_code, made_before, write
from openhall.glossary import Said
from openhall.ledger.queries import size_now
from openhall.lots.kinds import PUBLIC_DRAW
from openhall.lots.models import DrawFrame, DrawParty, PublicDraw
from openhall.lots.rules.lifecycle import faults_of_times
from openhall.lots.rules.protocol import (
    PARTIES_AT_LEAST,
    Stratum,
    faults_of_strata,
    frame_hash,
    frame_lines,
)
from openhall.lots.terms import Algorithm, DrawAct, DrawState
from openhall.organs.models import Organ
from openhall.paging.typed import visible
from openhall.supervision.actions.numbers import number
from openhall.vault.fields import blind

NUMBER_OF_DRAWS: Final = "GC"
SOURCE_AT_LEAST: Final = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """How a draw is to be made. ``public_source``: which number of which day, and how written."""

    title: Said
    parties: Sequence[Said]
    commit_until: datetime
    open_until: datetime
    public_source: str
    public_on: date
    algorithm: Algorithm = Algorithm.RFC3797

    def faults(self, now: datetime) -> list[Fault]:
        """What forbids announcing it now, each beside its field."""
        last_day = timezone.localtime(self.open_until).date()
        times = (now, self.commit_until, self.open_until, last_day, self.public_on)
        found = [Fault(said, field) for field, said in faults_of_times(*times)]
        names = [one.zh.strip() for one in self.parties]
        if len(set(names)) < PARTIES_AT_LEAST or len(set(names)) != len(names):
            found.append(
                Fault(
                    Said(
                        f"承诺方不少于{PARTIES_AT_LEAST}个，且各不相同：少于三个时，互相串通就能"
                        "影响结果。",
                        f"There are {PARTIES_AT_LEAST} different parties at least: fewer could "
                        "agree among themselves.",
                    ),
                    "parties",
                )
            )
        if visible(self.public_source) < SOURCE_AT_LEAST:
            found.append(
                Fault(
                    Said(
                        "请写明用哪一期、哪一天的公开号码，怎样写成整数。",
                        "Say which public number of which day is used and how it is written as "
                        "whole numbers.",
                    ),
                    "public_source",
                )
            )
        return found


@dataclass(frozen=True, slots=True)
class Announced:
    """The draw, and the parties with the codes to hand to them."""

    draw: PublicDraw
    parties: list[DrawParty]


@acting()
def announce(organ: Organ, asked: Asked, strata: Sequence[Stratum], doing: Doing) -> Announced:
    """Announce a draw; called by the act that needs it, which says who may.

    Raises :class:`Refused` with every fault of times, parties and frame.
    """
    before: PublicDraw | None = made_before(PUBLIC_DRAW, doing, DrawAct.ANNOUNCE, organ_id=organ.pk)
    if before is not None:
        return Announced(before, list(before.parties.order_by("place")))
    faults = asked.faults(doing.at) + [Fault(said, "frame") for said in faults_of_strata(strata)]
    if faults:
        raise Refused(faults[0].said, faults[0].field, faults)
    lines = frame_lines(strata)
    draw = PublicDraw.objects.create(
        number=number(NUMBER_OF_DRAWS, doing.day.year),
        organ=organ,
        title=asked.title.zh,
        title_en=asked.title.en,
        algorithm=asked.algorithm.value,
        strata=[_kept(one) for one in strata],
        frame_hash=frame_hash(lines),
        frame_rows=lines.count("\n"),
        log_size=size_now(),
        commit_until=asked.commit_until,
        open_until=asked.open_until,
        public_source=asked.public_source.strip(),
        public_on=asked.public_on,
        state=DrawState.COMMITTING.value,
        announced_by=doing.actor,
        announced_at=doing.at,
    )
    DrawFrame.objects.create(draw=draw, lines=lines)
    parties = []
    for place, one in enumerate(asked.parties, start=1):
        code = fresh_code()
        parties.append(
            DrawParty.objects.create(
                draw=draw,
                place=place,
                name=one.zh,
                name_en=one.en,
                code=code,
                code_blind=blind(f"draw-party:{code}"),
            )
        )
    write(
        PUBLIC_DRAW,
        draw,
        DrawAct.ANNOUNCE,
        doing,
        facts={
            "title": draw.title,
            "algorithm": draw.algorithm,
            "frame": draw.frame_hash,
            "rows": draw.frame_rows,
            "log_size": draw.log_size,
            "strata": [[one["code"], one["size"], one["take"], one["more"]] for one in draw.strata],
            "parties": [one.name for one in parties],
            "commit_until": draw.commit_until.isoformat(timespec="seconds"),
            "open_until": draw.open_until.isoformat(timespec="seconds"),
            "public_source": draw.public_source,
            "public_on": draw.public_on.isoformat(),
        },
    )
    return Announced(draw, parties)


def _kept(one: Stratum) -> dict[str, object]:
    return {
        "code": one.code,
        "name": one.name.zh,
        "name_en": one.name.en,
        "size": len(one.rows),
        "take": one.take,
        "more": one.more,
        "of": list(one.of) if one.of else None,
    }
