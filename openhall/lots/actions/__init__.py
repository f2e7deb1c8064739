"""The verbs of a public draw, each a deed in the public log."""

from openhall.lots.actions.announcing import Announced, Asked, announce
from openhall.lots.actions.drawing import draw_lots
from openhall.lots.actions.opening import (
    commit_to,
    end_commitments,
    end_openings,
    open_commitment,
    open_paper,
)

__all__ = [
    "Announced",
    "Asked",
    "announce",
    "commit_to",
    "draw_lots",
    "end_commitments",
    "end_openings",
    "open_commitment",
    "open_paper",
]
