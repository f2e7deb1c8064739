"""抽取: the public number completes the sources; what is drawn anyone draws again."""

from collections.abc import Sequence

from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused, led
from openhall.deeds.writer import deed, write
from openhall.glossary import Said
from openhall.lots.actions.opening import covered, leads
from openhall.lots.kinds import PUBLIC_DRAW
from openhall.lots.models import PublicDraw
from openhall.lots.queries import frame_of, parties_of, sources_of
from openhall.lots.rules.lifecycle import DRAWS, fault_of_numbers
from openhall.lots.rules.protocol import drawn_from
from openhall.lots.terms import DrawAct, DrawState


@deed(PUBLIC_DRAW, DrawAct.DRAW)
def draw_lots(draw: PublicDraw, numbers: Sequence[int], doing: Doing) -> Deed:
    """Enter the number of the announced day, and draw. Once: there is no second draw."""
    leads(draw, doing)
    state = led(DRAWS, DrawState(draw.state), DrawAct.DRAW)
    if doing.day < draw.public_on:
        raise Refused(
            Said(
                f"公开号码是{draw.public_on.isoformat()}的，到那一天才能填入。",
                f"The public number is of {draw.public_on.isoformat()}; enter it from then on.",
            ),
            "numbers",
        )
    covered(draw)
    if fault := fault_of_numbers(list(numbers)):
        raise Refused(fault, "numbers")
    draw.public_numbers = list(numbers)
    sources = sources_of(draw, parties_of(draw))
    drawn = drawn_from(draw.strata, frame_of(draw), sources, draw.algorithm)
    return write(
        PUBLIC_DRAW,
        draw,
        DrawAct.DRAW,
        doing,
        changes={
            "state": state.value,
            "public_numbers": list(numbers),
            "drawn": drawn,
            "drawn_at": doing.at,
        },
        facts={"public_numbers": list(numbers), "sources": sources, "drawn": drawn},
    )
