"""Reading ratings."""

from openhall.appraisal.models import Rating
from openhall.cases.models import Case


def rating_of(case: Case) -> Rating | None:
    """The rating of ``case``, if it was rated."""
    return Rating.objects.filter(case=case).first()
