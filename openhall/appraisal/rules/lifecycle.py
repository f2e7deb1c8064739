"""What may be done to a rating: one table; no pair, no act."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from openhall.appraisal.terms import RatingAct, RatingState

S, A = RatingState, RatingAct
RATINGS: Final[Mapping[tuple[RatingState, RatingAct], RatingState]] = MappingProxyType(
    {
        (S.RECEIVED, A.ASSIGN): S.ASSIGNED,
        (S.ASSIGNED, A.ASSIGN): S.ASSIGNED,  # to somebody else
        (S.ASSIGNED, A.VERIFY): S.VERIFIED,
        (S.RECEIVED, A.OBJECT): S.OBJECTED,
        (S.ASSIGNED, A.OBJECT): S.OBJECTED,
        (S.OBJECTED, A.UPHOLD): S.VERIFIED,
        (S.OBJECTED, A.SET_ASIDE): S.SET_ASIDE,
        (S.VERIFIED, A.FEED_BACK): S.FED_BACK,
        (S.FED_BACK, A.REVISIT): S.CLOSED,
        (S.FED_BACK, A.RETURN): S.VERIFIED,
    }
)
OPEN: Final = (S.RECEIVED, S.ASSIGNED, S.VERIFIED, S.OBJECTED, S.FED_BACK)
