"""What of papers and seals waits at a desk."""

from django.utils import timezone
from django.utils.translation import gettext as _

from openhall.organs.desks import Sits, Waits
from openhall.organs.terms import Desk
from openhall.papers.models import SealImage
from openhall.papers.queries import words_to_review
from openhall.versions.queries import draft_of


def waits(seat: Sits) -> list[Waits]:
    """Words of papers that another person proposed."""
    if seat.desk in (Desk.HEAD, Desk.DECIDER):
        seal = draft_of(SealImage, organ=seat.organ)
        mine = seal is not None and seat.account.pk in seal.writers
        since = (
            timezone.localtime(seal.saved_at).date() if seal is not None and seal.saved_at else None
        )
        return [
            Waits(
                _("A seal to confirm"),
                int(seal is not None and not mine),
                "office:seal",
                _("Another person brought it in; look at the sample"),
                None if mine else since,
            )
        ]
    if seat.desk not in (Desk.LEGAL, Desk.GOVERNMENT_OFFICE):
        return []
    rows = words_to_review(seat.account)
    since = timezone.localtime(rows[0].saved_at).date() if rows and rows[0].saved_at else None
    return [
        Waits(
            _("Words of papers to review"),
            len(rows),
            "office:papers",
            _("Who writes does not publish alone"),
            since,
        )
    ]
