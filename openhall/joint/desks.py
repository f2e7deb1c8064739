"""What of joint applications waits at a desk."""

from django.utils.translation import gettext as _

from openhall.joint.queries import count_inbox, count_led
from openhall.organs.desks import Sits, Waits
from openhall.organs.terms import Desk

WORKING = (Desk.WINDOW, Desk.HANDLER, Desk.DECIDER, Desk.HEAD)


def waits(seat: Sits) -> list[Waits]:
    """Those this unit leads, and those it is asked about."""
    if seat.desk not in WORKING:
        return []
    return [
        Waits(
            _("Joint applications this unit leads"),
            count_led(seat.organ),
            "office:joint_led",
            _("One unit answers for all"),
        ),
        Waits(
            _("Notices of joint applications"),
            count_inbox(seat.organ),
            "office:joint_notices",
            _("Sign for it, then give the unit’s opinion"),
        ),
    ]
