"""Where a case stands, for a row of a queue and for the first sentence of its page.

What happens now, who must act, until when, and how many working days are left or over.
"""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from openhall.cases.models import Case
from openhall.cases.queries import clock_day, due_of, urgency
from openhall.cases.terms import Outcome, Stage
from openhall.catalogue.queries import tariffs_in_force
from openhall.fees.terms import NoticeState
from openhall.workdays.rules.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Standing:
    """``kind`` is the state of its clock as ``urgency`` names it; ``days`` is negative if over."""

    kind: str
    due: date | None
    days: int

    @property
    def words(self) -> str:
        """The state in a word or two, so that nothing is said by colour alone."""
        if self.kind == "suspended":
            return _("Clock suspended")
        if self.due is None:
            return _("No limit runs")
        if self.kind == "overdue":
            over = -self.days
            return ngettext("Overdue: %(n)s day", "Overdue: %(n)s days", over) % {"n": over}
        if self.days == 0:
            return _("Due today")
        return ngettext("%(n)s day left", "%(n)s days left", self.days) % {"n": self.days}


def standing_of(case: Case, shown: date, days: Calendar) -> Standing:
    """How ``case`` stands on the day of figures, counted in working days."""
    on, due = clock_day(case, shown), due_of(case)
    kind = urgency(case, on, days)
    if due is None:
        return Standing(kind, None, 0)
    if due < on:
        # Late over a weekend is late all the same.
        return Standing(kind, due, -max(1, days.workdays_between(due, on)))
    return Standing(kind, due, days.workdays_between(on, due) if due > on else 0)


def who_acts(case: Case) -> str:
    """What happens now and who must act, as a sentence begins."""
    stage = Stage(case.stage)
    if stage in (Stage.SUBMITTED, Stage.SUPPLEMENTED):
        return _("The window answers")
    if stage == Stage.SUPPLEMENT_ASKED:
        return _("The applicant brings what was missing")
    if stage == Stage.ACCEPTED:
        return _("The window hands it over")
    if stage == Stage.HANDLING:
        if case.suspended_since is not None:
            return _("The clock is suspended; %(who)s resumes it") % {"who": case.handler}
        return _("%(who)s examines it") % {"who": case.handler}
    if stage == Stage.FORWARDED:
        return _("The superior organ answers")
    if stage == Stage.REVIEWED:
        return _("The decider decides")
    if stage == Stage.GRANTED:
        waits = {
            None: _("The window issues it"),
            "bill": _("The fee window gives the payment notice"),
            "pay": _("The applicant pays; then the window issues it"),
        }
        return waits[fee_stands(case)]
    if stage in (Stage.ISSUED, Stage.REFUSED):
        return _("The window delivers it")
    ended = Outcome(case.outcome) if case.outcome else stage
    return _("Ended: %(how)s") % {"how": ended.said_in(get_language())}


def fee_stands(case: Case) -> str | None:
    """For what a granted case waits before it may be issued: its bill, its payment; None: no more.

    Asked once a page, for its sentence and for what is offered.
    """
    known: dict[str, str | None] = case.__dict__
    if "fee_stands" not in known:
        if case.payment is not None and case.payment.state != NoticeState.CANCELLED:
            owed = case.payment.state not in (NoticeState.PAID, NoticeState.WAIVED)
            known["fee_stands"] = "pay" if owed else None
        else:
            charged = tariffs_in_force(case.item_id, timezone.localdate()).exists()
            known["fee_stands"] = "bill" if charged else None
    return known["fee_stands"]


def ended_on(case: Case) -> date | None:
    """The day on which nothing more was to be done."""
    last = case.delivered_at or (case.closed_at if case.stage in ENDED_STAGES else None)
    return timezone.localtime(last).date() if last else None


ENDED_STAGES = frozenset(
    stage.value for stage in (Stage.DELIVERED, Stage.DECLINED, Stage.WITHDRAWN, Stage.LAPSED)
)
