"""How far each joint application of the demonstration has come, as days before today.

Every way of the procedure is there once: fresh, being asked about, opinions half in, an objection
overruled with its reasons owed, a meeting called, a meeting held, and one that is closed.
"""

from dataclasses import dataclass
from typing import Final

from openhall.demo.data import told


@dataclass(frozen=True, slots=True)
class Way:
    """One joint application: how many working days ago it came, and how far it went.

    ``opinions`` are given in the order of the parts; ``!`` is an objection with its reasons, ``.``
    an agreement, ``-`` silence. ``end`` is one of submitted, asked, accepted, opinions, called,
    concluded, reported.
    """

    code: str
    ago: int
    end: str
    opinions: str = ""
    signed: int = 0  # how many units signed the receipt of the notice
    mine: bool = False  # 王芳's own


IN_PARALLEL: Final = tuple(Way(**way) for way in told("together")["parallel"])
IN_A_MEETING: Final = tuple(Way(**way) for way in told("together")["meeting"])


def said_by(way: Way, place: int) -> str:
    """What the unit at ``place`` says; an objection is made once, what else is last goes on."""
    if not way.opinions:
        return "-"
    sign = way.opinions[min(place, len(way.opinions) - 1)]
    return "." if sign == "!" and place >= len(way.opinions) else sign
