"""What ratings hold of a person, when the data of a case is erased: the comment. 个人信息保护法 47.

The score and its reasons name nobody and stay; the log's commitment to the comment can no longer
be opened. The roof names this module in ``settings.ERASURES``.
"""

from datetime import date

from openhall.appraisal.models import Rating
from openhall.cases.models import Case


def objection(case: Case, day: date) -> str:
    """No law keeps a comment."""
    return ""


def forget(case: Case) -> None:
    """Erase the comment."""
    Rating.objects.filter(case=case).update(comment="")
