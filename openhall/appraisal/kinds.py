"""What deeds of this room are done to."""

from openhall.appraisal.models import AppraisalDeed, Rating
from openhall.appraisal.terms import RatingAct
from openhall.deeds.kinds import Kind, register
from openhall.glossary import Said

RATING = register(
    Kind(
        name="rating",
        model=Rating,
        events=AppraisalDeed,
        acts=RatingAct,
        title=Said("评价", "Rating"),
        # Its own number, never the case's: the public log does not lead to who rated.
        number=lambda rating: rating.number or str(rating.pk),
        tells=lambda rating: {"organ": rating.organ.code},
        related=("case", "accepted", "organ"),
    )
)
