"""How often one must come in person: what the guide states, else what follows from its ways. Pure.

A copy that its applicant uploads is compared with its original at a window (国办函〔2016〕108号),
once for all of them; what is neither taken online nor by post is brought.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from openhall.catalogue.terms import MaterialKind, Necessity, OnlineDepth
from openhall.files.terms import TrustLevel
from openhall.glossary import Said

ONLINE: Final = (OnlineDepth.RECEIVE.value, OnlineDepth.ACCEPT.value, OnlineDepth.WHOLE.value)
COMPARED: Final = Said("核对材料原件", "originals are compared with your copies")
BROUGHT: Final = Said("到窗口提交", "handed in at a window")
NONE: Final = Said("", "")


@dataclass(frozen=True, slots=True)
class Paper:
    """Of a material what makes one bring it: its codes, and how many originals."""

    necessity: str
    kind: str
    trust: str
    originals: int

    @property
    def is_compared(self) -> bool:
        """Whether its original must be seen of everybody; a form online is the answers."""
        return (
            self.necessity == Necessity.REQUIRED.value
            and self.kind != MaterialKind.FORM.value
            and self.trust == TrustLevel.C.value
            and self.originals > 0
        )


@dataclass(frozen=True, slots=True)
class Visits:
    """``number`` of visits; ``least``: there may be more. ``why`` where it follows, not stated."""

    number: int
    least: bool = False
    why: Said = NONE


def visits_of(stated: int | None, depth: str, *, by_post: bool, papers: Iterable[Paper]) -> Visits:
    """How often one comes: ``stated`` in the guide, else counted from its ways and papers."""
    if stated is not None:
        return Visits(stated)
    if depth == OnlineDepth.WHOLE.value or (by_post and depth not in ONLINE):
        return Visits(0)
    if depth in ONLINE:
        compared = any(one.is_compared for one in papers)
        return Visits(1, why=COMPARED) if compared else Visits(0)
    return Visits(1, least=True, why=BROUGHT)
