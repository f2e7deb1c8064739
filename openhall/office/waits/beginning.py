"""The first run: what an operator sets up, in order, and which step is not done yet.

Each line is asked of the rooms themselves, so it is true whoever did it and by whichever way.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from openhall.catalogue.queries import versions_in_force
from openhall.ledger.queries import latest_checkpoint
from openhall.organs.desks import Sits
from openhall.organs.queries import units, vacant
from openhall.papers.queries import unsealed
from openhall.workdays.queries import announced_years


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to set up: what, why, how it is done, and whether it is."""

    words: str
    how: str
    done: bool


def steps(seat: Sits) -> list[Step]:
    """The steps in their order."""
    day = seat.day
    there = units(day)
    some = there.exists()
    empty = vacant(day)
    return [
        Step(
            _("Organs and their posts"),
            _("Nobody receives, handles or decides in: %(units)s") % {"units": "、".join(empty[:5])}
            if empty
            else _("Each unit has somebody who receives, who handles and who decides"),
            some and not empty,
        ),
        Step(
            _("Working days of this year"),
            _("openhall recalendar --load FILE --basis NOTICE"),
            day.year in announced_years(),
        ),
        Step(
            _("The list of matters"),
            _("openhall import catalogue, or the catalogue’s own page"),
            versions_in_force(day).exists(),
        ),
        Step(
            _("A seal for every unit"),
            _("Papers and seal, at the desk of each head"),
            some and not unsealed(there, day),
        ),
        Step(
            _("The public log is signed"),
            _("openhall serve signs it every 30 seconds"),
            latest_checkpoint() is not None,
        ),
        Step(
            _("A second factor for officials"),
            _("OPENHALL_STAFF_MFA_REQUIRED=1, before the public comes"),
            bool(settings.STAFF_MFA_REQUIRED),
        ),
        Step(
            _("A gateway for text messages"),
            _("OPENHALL_OUTBOX_SMS=gateway and its address; until then they lie in a file"),
            settings.OUTBOX_CARRIERS["sms"] == "gateway",
        ),
    ]
