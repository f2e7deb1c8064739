"""What of targets waits at a desk."""

from django.db.models import Q
from django.utils.translation import gettext as _

from openhall.organs.desks import Sits, Waits, waits_in
from openhall.organs.terms import Desk
from openhall.targets.queries import OPEN, drafts, reports
from openhall.targets.rules.reports import opens_on
from openhall.targets.terms import Period, ReportState


def waits(seat: Sits) -> list[Waits]:
    """Targets to sign and reports to submit; reports to verify."""
    if seat.desk == Desk.HEAD:
        day = seat.day
        due = Q(state=ReportState.RETURNED.value)
        for period in Period:
            for year in (day.year - 1, day.year):
                if opens_on(year, period) <= day:
                    due |= Q(year=year, period=period.value)
        rows = reports(organ=seat.organ, states=OPEN).filter(due)
        found = [
            waits_in(
                seat,
                _("Reports on targets"),
                _("Words by you, figures counted"),
                rows,
                "office:targets",
            )
        ]
        signs = drafts(seat.organ).filter(step="unit").count()
        if signs:
            told = (_("Targets to sign"), signs, "office:targets", _("Both sides sign"))
            found.append(Waits(*told))
        return found
    if seat.desk == Desk.GOVERNMENT_OFFICE:
        rows = reports(states=[ReportState.SUBMITTED.value])
        rule = _("Compare what is claimed with what was counted")
        return [waits_in(seat, _("Reports on targets to verify"), rule, rows, "office:targets")]
    return []
