"""What of bad ratings waits at a desk."""

from typing import Any

from django.utils.translation import gettext as _

from openhall.appraisal.queries import bad_ratings
from openhall.appraisal.terms import RatingState
from openhall.organs.desks import Sits, Waits, waits_in
from openhall.organs.terms import Desk

S = RatingState


def _waits(seat: Sits, words: Any, rule: Any, rows: Any, sent: str) -> Waits:
    return waits_in(seat, words, rule, rows, "office:ratings", came="at", sent=sent)


def waits(seat: Sits) -> list[Waits]:
    """Bad ratings to assign and feed back, to verify, to rule on, to revisit."""
    if seat.desk == Desk.HEAD:
        rows = bad_ratings(organ=seat.organ).filter(state__in=[S.RECEIVED.value, S.VERIFIED.value])
        rule = _("Each is verified, put right and answered")
        return [_waits(seat, _("Bad ratings of the unit"), rule, rows, "")]
    if seat.desk == Desk.CENTRE_MANAGER:
        rows = bad_ratings(state=S.FED_BACK)
        rule = _("Ask who rated whether it is right now")
        return [_waits(seat, _("Bad ratings to revisit"), rule, rows, "state=fed_back")]
    if seat.desk == Desk.SUPERVISION:
        rows = bad_ratings(state=S.OBJECTED)
        rule = _("Rule with your reasons")
        return [_waits(seat, _("Objections to ratings"), rule, rows, "state=objected")]
    if seat.desk in (Desk.HANDLER, Desk.DECIDER, Desk.WINDOW):
        rows = bad_ratings(organ=seat.organ, state=S.ASSIGNED, mine=seat.account)
        rule = _("You did not deal with the case")
        found = _waits(seat, _("Ratings given to you to verify"), rule, rows, "state=assigned")
        return [found] if found.count else []
    return []
