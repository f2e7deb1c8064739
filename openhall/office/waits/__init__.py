"""What waits of the rooms beneath the organs, which know no desk: messages, the log, questions."""

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openhall.ledger.queries import open_alarms
from openhall.organs.desks import Sits, Waits
from openhall.organs.terms import Desk
from openhall.outbox.queries import counts
from openhall.outbox.terms import MessageState
from openhall.questions.queries import needing_attention
from openhall.upkeep.queries import looks


def waits(seat: Sits) -> list[Waits]:
    """Messages that could not be sent, alarms of the log, question guides that no longer agree."""
    if seat.desk == Desk.OPERATOR:
        stuck = counts()[MessageState.GIVEN_UP.value]
        urgent = [look for look in looks() if look.urgent]
        return [
            Waits(
                _("What the machine needs"),
                len(urgent),
                "office:machine",
                "；".join(look.name.said_in(get_language()) for look in urgent),
            ),
            Waits(
                _("Messages that were not sent"),
                stuck,
                "office:outbox",
                _("Read why, then send again"),
                sent="state=given_up",
            ),
        ]
    if seat.desk == Desk.SUPERVISION:
        alarms = open_alarms()
        since = min((one.found_at for one in alarms), default=None)
        return [
            Waits(
                _("Alarms of the public log"),
                len(alarms),
                "office:log",
                _("Say what was done about each"),
                timezone.localtime(since).date() if since else None,
            )
        ]
    if seat.desk in (Desk.INFORMATIZATION, Desk.GOVERNMENT_OFFICE, Desk.EDITOR):
        return [
            Waits(
                _("Question guides that no longer agree"),
                len(needing_attention(seat.day)),
                "office:questions",
                _("A matter changed; look at the paths"),
            )
        ]
    return []
