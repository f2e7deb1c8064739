"""The verbs of rating. Nothing else writes a rating."""

from openhall.appraisal.actions.mending import (
    assign,
    feed_back,
    object_to,
    return_it,
    revisit,
    set_aside,
    uphold,
    verify,
)
from openhall.appraisal.actions.rating import forget_comment, rate

__all__ = [
    "assign",
    "feed_back",
    "forget_comment",
    "object_to",
    "rate",
    "return_it",
    "revisit",
    "set_aside",
    "uphold",
    "verify",
]
