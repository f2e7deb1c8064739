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
        number=lambda rating: rating.case.number,
        tells=lambda rating: {"organ": rating.organ.code},
        related=("case", "organ"),
    )
)
